"""How good placement is against hand labels: precision, recall, F1, roles, with intervals."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

import polars as pl

from chainmap.linkage.lexicon import ROLES
from chainmap.linkage.scopes import HIGH_CONFIDENCE

Z95 = 1.959964
"""Two-sided 95% quantile of the standard normal."""


@dataclass(frozen=True)
class Share:
    """A share of `total`, with its 95% interval; all None where there is nothing to divide by."""

    hits: int
    total: int

    @property
    def value(self) -> float | None:
        """The share, 0..1."""
        return self.hits / self.total if self.total else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """The Wilson score interval.

        Source:
            Wilson (1927): (p + z²/2n ± z·sqrt(p(1-p)/n + z²/4n²)) / (1 + z²/n).
        """
        n = self.total
        if not n:
            return None
        p = self.hits / n
        centre = p + Z95**2 / (2 * n)
        spread = Z95 * sqrt(p * (1 - p) / n + Z95**2 / (4 * n * n))
        width = 1 + Z95**2 / n
        return (max(0.0, (centre - spread) / width), min(1.0, (centre + spread) / width))


@dataclass(frozen=True)
class Scores:
    """What was found of one kind: `kind` is a chain, a chain and role, or a whole."""

    kind: str
    precision: Share
    recall: Share

    @property
    def f1(self) -> float | None:
        """Harmonic mean of precision and recall."""
        found = self.precision.total + self.recall.total
        return 2 * self.precision.hits / found if found else None


@dataclass(frozen=True)
class PlacementScores:
    """Scores per chain, per chain and role, and the figures of issue 4."""

    chains: list[Scores]
    roles: list[Scores]
    role_accuracy: Share
    maker_precision: Share
    companies: int


def chain_claims(placed: pl.DataFrame) -> pl.DataFrame:
    """Return `company, chain_id, role, confidence`: each chain's strongest role, highest surety."""
    rank = {role.value: number for number, role in enumerate(ROLES)}
    return (
        placed.with_columns(rank=pl.col("role").replace_strict(rank, return_dtype=pl.Int64))
        .sort("rank", maintain_order=True)
        .group_by("company", "chain_id", maintain_order=True)
        .agg(pl.first("role"), pl.max("confidence"))
    )


def score_placements(claims: pl.DataFrame, labels: pl.DataFrame) -> PlacementScores:
    """Return the scores of claims against labels.

    Role accuracy is over the chains both name; a maker is right where the label says make, and
    only rows of `HIGH_CONFIDENCE` and above are asked.

    Args:
        claims: From `chain_claims`, of the labelled companies only.
        labels: `uscc, chain, role`; a company outside every chain has one row with null chain.
    """
    wanted = labels.filter(pl.col("chain").is_not_null()).select(
        company="uscc", chain_id="chain", label="role"
    )
    both = claims.join(wanted, on=["company", "chain_id"], how="full", coalesce=True)
    chains = [_of(both, chain) for chain in sorted(set(both["chain_id"].to_list()))]
    roles = [
        _of_role(both, chain, role.value)
        for chain in sorted(set(both["chain_id"].to_list()))
        for role in ROLES
    ]
    met = both.filter(pl.col("role").is_not_null() & pl.col("label").is_not_null())
    sure = both.filter((pl.col("role") == "make") & (pl.col("confidence") >= HIGH_CONFIDENCE))
    return PlacementScores(
        chains=chains,
        roles=[scores for scores in roles if scores.precision.total or scores.recall.total],
        role_accuracy=Share(met.filter(pl.col("role") == pl.col("label")).height, met.height),
        maker_precision=Share(sure.filter(pl.col("label") == "make").height, sure.height),
        companies=labels["uscc"].n_unique(),
    )


def _of(both: pl.DataFrame, chain: str) -> Scores:
    rows = both.filter(pl.col("chain_id") == chain)
    found, wanted = pl.col("role").is_not_null(), pl.col("label").is_not_null()
    hits = rows.filter(found & wanted).height
    return Scores(
        chain, Share(hits, rows.filter(found).height), Share(hits, rows.filter(wanted).height)
    )


def _of_role(both: pl.DataFrame, chain: str, role: str) -> Scores:
    rows = both.filter(pl.col("chain_id") == chain)
    found, wanted = pl.col("role").eq_missing(role), pl.col("label").eq_missing(role)
    hits = rows.filter(found & wanted).height
    precision = Share(hits, rows.filter(found).height)
    return Scores(f"{chain}/{role}", precision, Share(hits, rows.filter(wanted).height))
