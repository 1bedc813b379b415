"""Fit and judge “does it make this” on placements that a reader labelled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from chainmap.concepts.identifiers import chain_of
from chainmap.errors import InputError
from chainmap.logistic import fit_logistic
from chainmap.ranking.known import Floats
from chainmap.ranking.makes import (
    HIGHEST,
    TEXT_KINDS,
    VERSION,
    MakesModel,
    RosterShares,
    makes_chances,
)
from chainmap.released import rounded
from chainmap.significance import Interval, paired_bootstrap

ROLES = ("rd", "serve")
"""Roles with a summand of their own beside `make`."""
FIXED, OF_CHAIN, OF_SEGMENT = 3.0, 0.3, 1.0
"""How far summands may go, as standard deviations of log-odds: kinds, roles and confidence freely;
chains and segments are drawn to 0. Chosen by cross-validation on the first half of the labels."""
PRIOR_FIRMS = 8
"""Labelled placements that the roster's share is drawn to the sure ones of listed firms by."""
PRIOR_EVENTS = 2.0
"""Expected neighbours by which the neighbours' share is drawn to what co-occurrence says."""
SURE_FROM = 0.75
NEIGHBOUR, NEIGHBOUR_FIRMS = 0.062, 20
"""As `scorer.MakerRates`: the share over all pairs, and the firms that draw a pair's own to it."""
DIGITS = 6
LABELS = ("kind", "code", "segment", "role", "confidence", "half", "right")


@dataclass(frozen=True)
class MakesLabels:
    """What a reader said of placements.

    Attributes:
        placed: `kind, segment_id, role, confidence, half, right`; only those that could be told.
        unclear: Placements of which the texts do not tell, by kind.
        neighbours: `n_makers, n_both, right`, pairs of a firm and a segment beside its own.
        neighbours_unclear: The same that could not be told.
    """

    placed: pl.DataFrame
    unclear: dict[str, int]
    neighbours: pl.DataFrame
    neighbours_unclear: int


@dataclass(frozen=True)
class MakesScores:
    """How chances fitted on one half of the labels compare with the other.

    Attributes:
        thirds: Per third, the highest chances first: labels, mean chance, share seen.
        brier: Mean squared distance; of `fitted`, of the base rate of the fitting half, and of
            `borrowed`, what the ranker used before.
        lead: Brier of the base rate less that of the fitted chances, with its 95 % interval.
        lead_borrowed: The same over `borrowed`.
        by: Part → labels, mean chance, share seen: kinds, roles, bands of confidence.
    """

    n: int
    thirds: tuple[tuple[int, float, float], ...]
    brier: dict[str, float]
    lead: Interval
    lead_borrowed: Interval
    by: dict[str, tuple[int, float, float]]


def read_makes_labels(file: Path, neighbours: Path) -> MakesLabels:
    """Return the labels of two files: placements, and firms with a segment beside their own.

    Raises:
        InputError: A file is missing or lacks a column.
    """
    for one in (file, neighbours):
        if not one.is_file():
            raise InputError(
                f"没有找到人工标注 {one}。",
                todo="标注随源码发布、不随安装包安装：请在源码目录运行。",
            )
    rows = pl.read_csv(file, infer_schema=False, encoding="utf8")
    pairs = pl.read_csv(neighbours, infer_schema=False, encoding="utf8")
    lacking = [c for c in LABELS if c not in rows.columns]
    if lacking:
        raise InputError(f"{file.name} 缺少列：{'、'.join(lacking)}。")
    told = pl.col("right").fill_null("") != ""
    placed = rows.filter(told).select(
        "kind", "role", "half",
        segment_id="segment",
        confidence=pl.col("confidence").cast(pl.Float64),
        right=pl.col("right").cast(pl.Float64),
    )  # fmt: skip
    unclear = dict(rows.filter(~told).group_by("kind").len().sort("kind").iter_rows())
    beside = pairs.filter(told).select(
        pl.col("n_makers", "n_both").cast(pl.Float64), right=pl.col("right").cast(pl.Float64)
    )
    return MakesLabels(placed, unclear, beside, pairs.height - beside.height)


def fit_makes(labels: MakesLabels, version: str = VERSION) -> MakesModel:
    """Return the calibration fitted on all labels."""
    return _fit(labels.placed.filter(pl.col("kind").is_in(TEXT_KINDS)), labels, version)


def measure_makes(labels: MakesLabels) -> MakesScores:
    """Return how chances fitted on the first half of the labels do on the second."""
    texts = labels.placed.filter(pl.col("kind").is_in(TEXT_KINDS))
    first, second = (texts.filter(pl.col("half") == half) for half in ("0", "1"))
    chances = makes_chances(_fit(first, labels, ""), second)
    right = second["right"].to_numpy()
    base = float(first["right"].to_numpy().mean())
    order = np.argsort(-chances, kind="stable")
    thirds = tuple(_seen(chances[p], right[p]) for p in np.array_split(order, 3))
    sure = (second["confidence"] >= SURE_FROM).to_numpy()
    parts = {f"kind:{k}": (second["kind"] == k).to_numpy() for k in TEXT_KINDS}
    parts |= {f"role:{r}": (second["role"] == r).to_numpy() for r in ("make", *ROLES)}
    parts |= {"confidence:high": sure, "confidence:low": ~sure}
    squares = {
        name: (value - right) ** 2
        for name, value in (
            ("fitted", chances),
            ("base_rate", np.full(len(right), base)),
            ("borrowed", _borrowed(second)),
        )
    }
    return MakesScores(
        n=second.height,
        thirds=thirds,
        brier={name: float(values.mean()) for name, values in squares.items()},
        lead=paired_bootstrap(squares["base_rate"] - squares["fitted"]),
        lead_borrowed=paired_bootstrap(squares["borrowed"] - squares["fitted"]),
        by={name: _seen(chances[at], right[at]) for name, at in parts.items() if at.any()},
    )


def makes_rows(scores: MakesScores) -> list[dict[str, Any]]:
    """Return the measures as plain rows: thirds, parts, Brier."""
    named = {f"third:{i + 1}": one for i, one in enumerate(scores.thirds)} | scores.by
    rows: list[dict[str, Any]] = [
        {
            "part": name,
            "labels": n,
            "predicted": round(chance, 4),
            "seen": round(seen, 4),
            "seen_over_predicted": round(seen / max(chance, 1e-9), 3),
        }
        for name, (n, chance, seen) in named.items()
    ]
    return [*rows, {"part": "brier", "labels": scores.n,
                    **{k: round(v, 4) for k, v in scores.brier.items()},
                    "lead": [round(v, 4) for v in scores.lead],
                    "lead_borrowed": [round(v, 4) for v in scores.lead_borrowed]}]  # fmt: skip


def plain_makes(model: MakesModel) -> dict[str, Any]:
    """Return the calibration as plain numbers and texts, as it is stored."""
    return {
        **{k: v for k, v in model.__dict__.items() if k != "roster"},
        "roles": dict(model.roles),
        "chains": dict(model.chains),
        "segments": dict(model.segments),
        "roster": dict(model.roster.__dict__),
    }


def _fit(rows: pl.DataFrame, labels: MakesLabels, version: str) -> MakesModel:
    segments = sorted(rows["segment_id"].unique())
    chain = rows["segment_id"].replace_strict(
        {one: chain_of(one) for one in segments}, return_dtype=pl.String
    )
    chains = sorted(chain.unique())
    columns = [
        FIXED * (rows["kind"] == "scope").to_numpy(),
        *(FIXED * (rows["role"] == role).to_numpy() for role in ROLES),
        FIXED * rows["confidence"].clip(0.0, HIGHEST).to_numpy(),
        *(OF_CHAIN * (chain == one).to_numpy() for one in chains),
        *(OF_SEGMENT * (rows["segment_id"] == one).to_numpy() for one in segments),
    ]
    found = fit_logistic(
        np.column_stack(columns), rows["right"].to_numpy(), np.ones(rows.height), 1.0
    )
    scale = [1.0] + [FIXED] * 4 + [OF_CHAIN] * len(chains) + [OF_SEGMENT] * len(segments)
    values = [rounded(float(b) * s, DIGITS) for b, s in zip(found, scale, strict=True)]
    return MakesModel(
        version=version,
        intercept=values[0],
        scope=values[1],
        roles=dict(zip(ROLES, values[2:4], strict=True)),
        confidence=values[4],
        chains=dict(zip(chains, values[5 : 5 + len(chains)], strict=True)),
        segments=dict(zip(segments, values[5 + len(chains) :], strict=True)),
        roster=_roster(labels),
    )


def _roster(labels: MakesLabels) -> RosterShares:
    own = labels.placed.filter(pl.col("kind") == "roster")["right"]
    sure = labels.placed.filter(
        (pl.col("kind") == "business")
        & (pl.col("role") == "make")
        & (pl.col("confidence") >= SURE_FROM)
    )["right"].to_numpy()
    prior = float(sure.mean())
    pairs = labels.neighbours
    expected = (pairs["n_both"] + NEIGHBOUR_FIRMS * NEIGHBOUR) / (
        pairs["n_makers"] + NEIGHBOUR_FIRMS
    )
    kept = (float(pairs["right"].sum()) + PRIOR_EVENTS) / (float(expected.sum()) + PRIOR_EVENTS)
    return RosterShares(
        right=rounded(float(own.sum()) + PRIOR_FIRMS * prior, DIGITS),
        asked=float(own.len() + PRIOR_FIRMS),
        neighbour_kept=rounded(kept, DIGITS),
    )


def _borrowed(rows: pl.DataFrame) -> Floats:
    """Return what the ranker said before: 82/85 where sure, times 0.941 where not a maker."""
    sure = pl.when(pl.col("confidence") >= SURE_FROM).then(82 / 85).otherwise("confidence")
    role = pl.when(pl.col("role") == "make").then(1.0).otherwise(0.941)
    return rows.select(chance=sure * role)["chance"].to_numpy()


def _seen(chances: Floats, right: Floats | Sequence[float]) -> tuple[int, float, float]:
    return len(chances), float(np.mean(chances)), float(np.mean(right))
