"""Lists ranked from mixed inputs: some of one snapshot, some of another.

Five factors can come from either side: the firm's own rows with the city's measured need (data),
what policy and catalogue say (policy), the scorer (model), the options and filters (parameters),
and the rows of all other firms (others).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

import numpy as np
import polars as pl

from chainmap.ranking.candidates import Veto
from chainmap.ranking.families import Family
from chainmap.ranking.known import Ints
from chainmap.ranking.listing import best_segments
from chainmap.ranking.scorer import Scorer
from chainmap.ranking.scoring import score_candidates
from chainmap.ranking.snapshots import ListSnapshot
from chainmap.ranking.target_options import TargetOptions
from chainmap.tables import Candidates


class Factor(StrEnum):
    """What a rank may have changed through; the order is that of every list shown."""

    DATA = "data"
    POLICY = "policy"
    MODEL = "model"
    PARAMETERS = "parameters"
    OTHERS = "others"

    @property
    def zh(self) -> str:
        """The Chinese words."""
        return _ZH[self]


_ZH = {
    "data": "数据",
    "policy": "政策",
    "model": "模型",
    "parameters": "参数",
    "others": "其他企业",
}

_STATED = ["catalogue_item", "wanted_met", "terms_met", "terms_failed", "terms_unknown"]
"""What a catalogue says of a row; it goes with the policy."""
_UNIT = 1e9
"""Utilities are rounded to nine digits; as whole numbers they compare exactly."""
_LEAST = 1e-6
"""As `ranking.scoring` floors the best gap."""


class Mix(NamedTuple):
    """Which snapshot each factor comes from: 0 the earlier, 1 the later."""

    data: int
    policy: int
    model: int
    parameters: int
    others: int


@dataclass(frozen=True)
class _Table:
    """One row a firm, best first: its number, its segment's, its utility, its place there."""

    firm: Ints
    segment: Ints
    utility: Ints
    nth: Ints
    place: dict[int, int]


class MixedLists:
    """Two snapshots of one city, and the rank of any firm under any mix of their inputs.

    Rows that one question left out by chain, segment or mode are taken from the other side:
    its inputs do not speak of them, and the filter is a parameter.

    Args:
        earlier: Side 0.
        later: Side 1.
    """

    def __init__(self, earlier: ListSnapshot, later: ListSnapshot) -> None:
        self.sides = (earlier, later)
        self.same_inputs = earlier.candidates.equals(later.candidates)
        rows = _completed(earlier, later), _completed(later, earlier)
        self._rows = tuple(_with_features(table, (earlier.scorer, later.scorer)) for table in rows)
        self._bare = tuple(map(_bare, self._rows, (earlier.options.gamma, later.options.gamma)))
        both = pl.concat([table.select("company_id", "segment_id") for table in rows])
        firms = both["company_id"].unique().sort()
        self._firms = {name: at for at, name in enumerate(firms)}
        self._segments = {n: at for at, n in enumerate(both["segment_id"].unique().sort())}
        self._made: dict[tuple[int, ...], _Table] = {}

    def rank(self, company_id: str, mix: Mix) -> int:
        """Return a firm's rank under a mix; where it is not listed, one behind the list's end."""
        options = self.sides[mix.parameters].options
        others = self._table(mix.others, mix)
        own = self._table(mix.data, mix)
        number = self._firms.get(company_id, -1)
        nth, at = others.nth, others.place.get(number)
        if at is not None:
            nth = nth.copy()
            nth[at + 1 :] -= others.segment[at + 1 :] == others.segment[at]
        limit = options.per_segment or len(self._firms) + 1
        kept = nth < limit
        if at is not None:
            kept[at] = False
        behind = int(kept.sum()) + 1
        behind = min(behind, options.top + 1) if options.top else behind
        mine = own.place.get(number)
        if mine is None:
            return behind
        utility, segment = own.utility[mine], own.segment[mine]
        before = (others.utility > utility) | ((others.utility == utility) & (others.firm < number))
        before &= others.firm != number
        if int((before & (others.segment == segment)).sum()) >= limit:
            return behind
        rank = int((before & kept).sum()) + 1
        return behind if options.top and rank > options.top else rank

    def _table(self, rows: int, mix: Mix) -> _Table:
        """Return the table of one side's rows under a mix, made once."""
        key = (rows, mix.data, mix.policy, mix.model, mix.parameters)
        if self.same_inputs:
            key = (0, 0, 0, mix.model, mix.parameters)
        if self.sides[0].scorer == self.sides[1].scorer:
            key = (*key[:3], 0, key[4])
        if key not in self._made:
            self._made[key] = self._make(*key)
        return self._made[key]

    def _make(self, rows: int, data: int, policy: int, model: int, parameters: int) -> _Table:
        side = self.sides[parameters]
        frame = self._mixed(rows, data, policy, side.options)
        frame = frame.filter(_admits(side))
        scored = score_candidates(Candidates(frame), side.options, self.sides[model].scorer)
        gamma = side.options.gamma
        bare = (scored["gap_score"] / (1.0 + gamma * scored["policy_weight"])).max()
        best = max(float(bare) if isinstance(bare, float) else 0.0, _LEAST)
        shift = side.options.weights[Family.NEED.value] * np.log(best)
        rows_ = best_segments(scored).filter(self._shown(parameters))
        firm = rows_["company_id"].replace_strict(self._firms, return_dtype=pl.Int64).to_numpy()
        segment = rows_["segment_id"].replace_strict(self._segments, return_dtype=pl.Int64)
        nth = rows_.select(pl.int_range(pl.len()).over("segment_id")).to_series().to_numpy()
        utility = np.rint(rows_["utility"].to_numpy() * _UNIT) + np.rint(shift * _UNIT)
        place = {int(number): at for at, number in enumerate(firm)}
        return _Table(firm, segment.to_numpy(), utility.astype(np.int64), nth, place)

    def _shown(self, parameters: int) -> pl.Expr:
        """Return which ranked firms a side's filters show.

        A firm that its candidates do not know is shown where the other side, asked with the same
        filters, shows it: a snapshot does not say where firms are at home.
        """
        side, other = self.sides[parameters], self.sides[1 - parameters]
        if side.narrowed is None:
            return pl.lit(value=True)
        known = pl.col("company_id").is_in(side.candidates["company_id"].unique().to_list())
        elsewhere = pl.lit(value=False)
        if other.narrowed is not None and other.question.narrows == side.question.narrows:
            elsewhere = other.narrowed.admits()
        return (known & side.narrowed.admits()) | (~known & elsewhere)

    def _mixed(self, rows: int, data: int, policy: int, options: TargetOptions) -> pl.DataFrame:
        """Return one side's rows with need, policy and gap score as mixed."""
        frame = self._rows[rows].with_columns(bare=self._bare[rows])
        if data != rows:
            needs = _by_segment(self._rows[data].with_columns(bare=self._bare[data]), "bare")
            frame = frame.update(needs, on="segment_id")
        if policy != rows:
            told = self._rows[policy]
            frame = frame.update(_by_segment(told, "policy_weight"), on="segment_id")
            stated = told.select("company_id", "segment_id", *_STATED, known=pl.lit(value=True))
            frame = frame.join(
                stated, on=["company_id", "segment_id"], how="left", suffix="_told"
            ).with_columns(
                pl.when("known").then(pl.col(f"{name}_told")).otherwise(pl.col(name)).alias(name)
                for name in _STATED
            )
        by_rule = pl.col("veto").is_null() | (pl.col("veto") == Veto.TERMS_FAILED.value)
        failed = pl.when(pl.col("terms_failed") > 0).then(pl.lit(Veto.TERMS_FAILED.value))
        return frame.with_columns(
            gap_score=pl.col("bare") * (1.0 + options.gamma * pl.col("policy_weight")),
            veto=pl.when(by_rule).then(failed).otherwise(pl.col("veto")),
        )


def _admits(side: ListSnapshot) -> pl.Expr:
    """Return which rows a question's chain, segment and mode let in."""
    asked = side.question
    every = pl.lit(value=True)
    chain = every if asked.chain_id is None else pl.col("chain_id") == asked.chain_id
    segment = every if asked.segment_id is None else pl.col("segment_id") == asked.segment_id
    return chain & segment & (side.picked.admits() if side.picked else every)


def _completed(side: ListSnapshot, other: ListSnapshot) -> pl.DataFrame:
    """Return a side's rows, and the other's for what its own question left out."""
    return pl.concat([side.candidates, other.candidates.filter(~_admits(side))])


def _with_features(rows: pl.DataFrame, scorers: tuple[Scorer, Scorer]) -> pl.DataFrame:
    """Return rows that hold every feature of both scorers; one nobody measured is at its mean."""
    if rows.is_empty():
        return rows
    held = {one["name"] for one in rows["features"][0]}
    wanted = {s.feature: s.mean for scorer in scorers for s in scorer.summands}
    lacking = [
        pl.struct(name=pl.lit(name), value=pl.lit(mean, pl.Float64))
        for name, mean in sorted(wanted.items())
        if name not in held
    ]
    if not lacking:
        return rows
    return rows.with_columns(features=pl.concat_list("features", *lacking))


def _bare(rows: pl.DataFrame, gamma: float) -> pl.Series:
    """Return the gap score without its policy factor."""
    return (rows["gap_score"] / (1.0 + gamma * rows["policy_weight"])).alias("bare")


def _by_segment(rows: pl.DataFrame, name: str) -> pl.DataFrame:
    return rows.select("segment_id", name).unique("segment_id", keep="first", maintain_order=True)
