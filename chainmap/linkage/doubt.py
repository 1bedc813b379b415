"""Doubtful placements (把握不大的归位), and what the learned model says of them.

Doubtful is a row that the rules are not sure of (`HIGH_CONFIDENCE`), and a row that names a chain
and no segment. Sure rows keep everything; a doubtful row stays, never surer than the rules' own
doubt allows, and a proposed segment is a row of its own that presence does not count.
"""

from __future__ import annotations

import numpy as np
import polars as pl

from chainmap.chains.library import load_library
from chainmap.concepts.kinds import SegmentKind
from chainmap.linkage.fragments import Floats
from chainmap.linkage.placement_model import (
    PlacementModel,
    Proposal,
    chain_opinions,
    proposal_fragments,
    propose_segments,
    read_items,
    rightness,
)
from chainmap.linkage.scopes import HIGH_CONFIDENCE, PROPOSED
from chainmap.linkage.texts import boundaries

AROUND = 16
"""Characters read on either side of a word, up to the next mark: an item is seldom longer."""
HIGHEST = HIGH_CONFIDENCE - 0.001
"""No doubtful row leaves doubt by the model alone: it must not add to what presence counts."""
LOWEST = 0.02
TRUST = 0.5
"""Share of the model's log-odds that moves a confidence; chosen on the dev half (decision 0010)."""
MADE_BY = "；字符片段 "
_ITEM = f"[^{boundaries()}]"


def doubtful(rows: pl.DataFrame) -> pl.Series:
    """Return which placements are doubtful."""
    return (rows["confidence"] < HIGH_CONFIDENCE) | rows["segment_id"].is_null()


def with_opinions(
    rows: pl.DataFrame, companies: pl.DataFrame, model: PlacementModel
) -> pl.DataFrame:
    """Return the placements with the model's say on the doubtful ones.

    A doubtful confidence moves by the log-odds that the item is of the chain; a row of a chain as
    a whole may be followed by one with the proposed segment, whose rule begins with `PROPOSED`.
    Both say in `rule` which character fragments made it.

    Args:
        rows: `TextPlacements` of the companies.
        companies: `company` and the texts that `rows.source` names.
        model: The learned model.
    """
    asked = doubtful(rows)
    items = _items(rows.filter(asked), companies)
    told = _opinions(items, model)
    weighed = items.join(told, on=["chain_id", "item"], how="left", maintain_order="left")
    proposed = _proposals(weighed, rows, model)
    moved = pl.Series(_moved(weighed["confidence"].to_numpy(), weighed["odds"].to_numpy(), model))
    unsure = pl.col("confidence") < HIGH_CONFIDENCE
    because = (
        pl.when(pl.col("because") == "").then(pl.lit("")).otherwise(MADE_BY + pl.col("because"))
    )
    weighed = weighed.with_columns(
        confidence=pl.when(unsure).then(moved).otherwise("confidence"),
        rule=pl.when(unsure).then(pl.col("rule") + because).otherwise("rule"),
    ).select(rows.columns)
    return pl.concat([rows.filter(~asked), weighed, proposed])


def _items(rows: pl.DataFrame, companies: pl.DataFrame) -> pl.DataFrame:
    """Return the rows with `item`, the words around the evidence up to the next marks."""
    known = companies.join(rows.select("company").unique(), on="company", how="semi").unique(
        "company", keep="first"
    )
    parts = []
    for source in rows["source"].unique().sort():
        texts = known.select("company", _text=pl.col(source).cast(pl.String))
        own = rows.filter(pl.col("source") == source)
        parts.append(own.join(texts, on="company", how="left", maintain_order="left"))
    if not parts:
        return rows.with_columns(item=pl.lit("", pl.String))
    begin = pl.max_horizontal(pl.col("start") - AROUND, 0)
    before = pl.col("_text").str.slice(begin, pl.col("start") - begin)
    after = pl.col("_text").str.slice(pl.col("end"), AROUND)
    return (
        pl.concat(parts)
        .with_columns(
            item=pl.concat_str(
                before.str.extract(f"({_ITEM}*)$"),
                "evidence",
                after.str.extract(f"^({_ITEM}*)"),
            )
        )
        .drop("_text")
    )


def _opinions(items: pl.DataFrame, model: PlacementModel) -> pl.DataFrame:
    """Return the model's answers on every item of every chain, once.

    `chain_id, item, odds, because`, and of a proposed segment `proposed, before, lead`.
    """
    whole = pl.col("segment_id").is_null().any()
    asked = items.group_by("chain_id", "item").agg(whole=whole).sort("chain_id", "item")
    read = read_items(model, asked["item"].to_list())
    odds, because = chain_opinions(model, read, asked["chain_id"].to_list())
    named: list[Proposal | None] = [None] * asked.height
    wanted = asked.with_row_index("at").filter("whole")
    for (chain_id,), own in wanted.group_by("chain_id", maintain_order=True):
        at = own["at"].to_numpy()
        for place, one in zip(at, propose_segments(model, read[at], str(chain_id)), strict=True):
            named[place] = one
    return asked.select("chain_id", "item").with_columns(
        odds=pl.Series(odds, dtype=pl.Float64),
        because=because,
        proposed=pl.Series([p and p.segment_id for p in named], dtype=pl.String),
        before=pl.Series([p and p.before for p in named], dtype=pl.String),
        lead=pl.Series([p and p.lead for p in named], dtype=pl.Float64),
    )


def _moved(confidence: Floats, odds: Floats, model: PlacementModel) -> Floats:
    """Return the rules' confidence, moved by how far the model's log-odds are from the usual."""
    share = np.clip(confidence / HIGH_CONFIDENCE, 0.001, 0.999)
    moved = np.log(share / (1 - share)) + TRUST * (odds - model.neutral)
    return np.asarray(np.clip(HIGHEST / (1 + np.exp(-moved)), LOWEST, HIGHEST).round(4))


def _proposals(weighed: pl.DataFrame, rows: pl.DataFrame, model: PlacementModel) -> pl.DataFrame:
    """Return a row for every segment proposed to a row of a chain as a whole."""
    services = [s.id for s in load_library().segments.values() if s.kind is SegmentKind.SERVICE]
    is_service = pl.col("segment_id").is_in(services)
    new = (
        weighed.filter(pl.col("segment_id").is_null() & pl.col("proposed").is_not_null())
        .with_columns(segment_id="proposed")
        .filter(pl.col("segment_id").is_in(list(load_library().segments)))
        .filter(~is_service | pl.col("role").is_in(["rd", "serve"]))
        .join(rows, on=["company", "segment_id"], how="anti")
        .unique(["company", "segment_id"], keep="first", maintain_order=True)
    )
    right = pl.Series(rightness(model, new["lead"].to_numpy()), dtype=pl.Float64)
    because = proposal_fragments(
        model,
        new["item"].to_list(),
        [Proposal(*p) for p in new.select("segment_id", "before", "lead").iter_rows()],
    )
    return new.with_columns(
        confidence=pl.min_horizontal("confidence", right, pl.lit(HIGHEST)).round(4),
        rule=pl.lit(PROPOSED + MADE_BY) + because,
    ).select(rows.columns)
