"""Which gaps become items: at most so many a chain, with a balance of kinds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from chainmap.concepts.kinds import GapKind

Row = Mapping[str, Any]


def chosen_gaps(rows: Sequence[Row], per_chain: int, per_kind: Mapping[GapKind, int]) -> list[Row]:
    """Return the gaps a catalogue takes, chains in the order of their best gap, best first in each.

    Of every chain the best gaps are taken while their kind has room (`per_kind`); what is left of
    `per_chain` is filled with the next best of any kind, because an unfilled place helps nobody.
    A gap whose score is zero is none worth a call.

    Args:
        rows: A city's gaps by rank.
        per_chain: Most items of a chain.
        per_kind: Most items of a kind in a chain before the rest is filled.
    """
    chains: dict[str, list[Row]] = {}
    for row in rows:
        if float(row["gap_score"]) > 0:
            chains.setdefault(str(row["chain_id"]), []).append(row)
    taken: list[Row] = []
    for gaps in chains.values():
        taken += _balanced(gaps, per_chain, per_kind)
    return taken


def _balanced(gaps: list[Row], most: int, per_kind: Mapping[GapKind, int]) -> list[Row]:
    counts: Counter[str] = Counter()
    first: list[Row] = []
    for gap in gaps:
        kind = str(gap["kind"])
        if len(first) < most and counts[kind] < per_kind.get(GapKind(kind), most):
            counts[kind] += 1
            first.append(gap)
    rest = [gap for gap in gaps if gap not in first][: most - len(first)]
    return sorted([*first, *rest], key=lambda gap: int(gap["rank"]))
