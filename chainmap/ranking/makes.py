"""Does it make this (制造把握): how often a placement on a segment is right, as labels showed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import polars as pl

from chainmap.concepts.identifiers import chain_of
from chainmap.errors import ModelError
from chainmap.logistic import sigmoid
from chainmap.ranking.known import Floats
from chainmap.ranking.universe import Universe
from chainmap.released import Named, Release, read_release

NAMED = Named("makes", "归位校准", "chainmap train makes")
VERSION = "1"
"""Folder under `models/makes/` that this release uses."""
TEXT_KINDS = ("business", "scope")
"""What a placement was read from: a listed firm's main business, anybody's business scope."""
SHARE_CODE = r"^\d{6}(\.(SH|SZ|BJ))?$"
HIGHEST = 0.92
"""Confidence beyond which none was labelled; the roster's own 1.0 has a share of its own."""


@dataclass(frozen=True)
class RosterShares:
    """What the roster's placements turned out to be, where other texts let it be judged.

    Attributes:
        right: Placements that were right, with what a listed firm's sure placement would add.
        asked: Placements judged, with the same.
        neighbour_kept: Of the share of a segment's firms that stand in the neighbour as well, what
            is left for firms of which the roster does not say so.
    """

    right: float
    asked: float
    neighbour_kept: float


@dataclass(frozen=True)
class MakesModel:
    """Log-odds that a firm makes the segment a text places it on, as plain summands.

    Attributes:
        intercept: Of a listed firm that makes, at confidence 0.
        scope: Added where a business scope was read.
        roles: Added by role; none for `make`.
        confidence: Added per unit of the placement's confidence, 0..1.
        chains: Added by chain id prefix.
        segments: Added by segment; only those with labels are there.
        roster: The roster's own shares.
    """

    version: str
    intercept: float
    scope: float
    roles: Mapping[str, float]
    confidence: float
    chains: Mapping[str, float]
    segments: Mapping[str, float]
    roster: RosterShares


def makes_chances(model: MakesModel, placed: pl.DataFrame) -> Floats:
    """Return P(the firm makes or develops what the segment is), one a row, 0..1.

    Args:
        model: The calibration.
        placed: `kind` (of `TEXT_KINDS`), `segment_id`, `role`, `confidence`.
    """
    terms = [
        pl.when(pl.col("kind") == "scope").then(model.scope).otherwise(0.0),
        _added("role", model.roles),
        pl.col("confidence").clip(0.0, HIGHEST) * model.confidence,
        _added("segment_id", model.segments),
        pl.col("segment_id")
        .replace_strict(
            {s: model.chains.get(chain_of(s), 0.0) for s in placed["segment_id"].unique()},
            default=0.0,
            return_dtype=pl.Float64,
        ),
    ]  # fmt: skip
    odds = placed.select(odds=model.intercept + pl.sum_horizontal(terms))["odds"]
    return np.asarray(sigmoid(odds.to_numpy()), np.float64)


def universe_makes(model: MakesModel, universe: Universe, segments: Sequence[str]) -> pl.DataFrame:
    """Return `firm_id, makes`: P(the firm makes one of some segments), its likeliest, by firm.

    A firm with a share code or a day of listing is read as the listed ones of the labels were, by
    its main business; any other as those of the register were, by its business scope.
    """
    placed = universe.placed.filter(pl.col("segment_id").is_in(list(segments)))
    codes = [universe.codes.get(firm, firm) for firm in placed["firm_id"]]
    dated = universe.firms.select("firm_id", dated=pl.col("listed_year").is_not_null())
    listed = pl.col("dated") | pl.Series(codes, dtype=pl.String).str.contains(SHARE_CODE)
    rows = placed.join(dated, on="firm_id", maintain_order="left").with_columns(
        kind=pl.when(listed).then(pl.lit("business")).otherwise(pl.lit("scope"))
    )
    rows = rows.with_columns(makes=pl.Series(makes_chances(model, rows).round(4)))
    return rows.group_by("firm_id").agg(pl.col("makes").max()).sort("firm_id")


def _added(column: str, values: Mapping[str, float]) -> pl.Expr:
    return pl.col(column).replace_strict(dict(values), default=0.0, return_dtype=pl.Float64)


@cache
def load_makes_model(version: str = VERSION) -> MakesModel:
    """Return the released calibration, checked against its manifest.

    Raises:
        ModelError: The file is not the one the manifest names, or lacks a part.
        ResourceError: The release is missing.
    """
    return makes_model(read_release(NAMED, version))


def released_makes_rows(version: str = VERSION) -> list[dict[str, Any]]:
    """Return how the release did on labels held out, as its manifest has it: parts, then Brier.

    Raises:
        ModelError: The file is not the one the manifest names.
        ResourceError: The release is missing.
    """
    rows: list[dict[str, Any]] = read_release(NAMED, version).manifest["held_out"]
    return rows


def makes_model(release: Release) -> MakesModel:
    """Return the calibration a release holds.

    Raises:
        ModelError: A part is missing or not known.
    """
    plain = dict(release.plain)
    try:
        return MakesModel(**{**plain, "roster": RosterShares(**plain["roster"])})
    except (KeyError, TypeError) as error:
        raise ModelError(f"{NAMED.zh}不完整：{error}。", todo="请重新安装。") from error
