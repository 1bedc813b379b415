"""Two lists of one city beside each other: who entered, left, moved, and through what."""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import StrEnum
from itertools import product
from math import factorial
from typing import Any

from chainmap.concepts.modes import Mode
from chainmap.errors import InputError
from chainmap.ranking.mixed_lists import Factor, Mix, MixedLists
from chainmap.ranking.snapshots import ListSnapshot

WHOLE = factorial(len(Factor))
"""Shapley values of five factors are whole numbers of 120ths of a rank."""
CODE = "code"
"""The part of the program: the same inputs ranked by another version of it."""
PARTS = (*(factor.value for factor in Factor), CODE)
PARTS_ZH = {factor.value: factor.zh for factor in Factor} | {CODE: "程序"}


class Move(StrEnum):
    """What became of a firm between two lists."""

    ENTERED = "entered"
    LEFT = "left"
    MOVED = "moved"
    SAME = "same"

    @property
    def zh(self) -> str:
        """The Chinese word."""
        return {"entered": "新进", "left": "退出", "moved": "变动", "same": "不变"}[self]


@dataclass(frozen=True)
class FirmChange:
    """One firm in two lists.

    Attributes:
        company_id: The firm.
        company: Its registered name, from the list that holds it.
        before: Its row in the earlier list; None where it is not there.
        after: Its row in the later list.
        rank_before: Its rank; one behind the end of a list that does not hold it.
        rank_after: The same in the later list.
        parts: By `PARTS`, in 120ths of a rank; they add up to `120 · rise`.
    """

    company_id: str
    company: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    rank_before: int
    rank_after: int
    parts: dict[str, int]

    @property
    def rise(self) -> int:
        """Return by how many ranks it rose; below 0 it fell."""
        return self.rank_before - self.rank_after

    @property
    def move(self) -> Move:
        """Return what became of it."""
        if self.before is None:
            return Move.ENTERED
        if self.after is None:
            return Move.LEFT
        return Move.SAME if self.rise == 0 else Move.MOVED

    def shown_parts(self) -> dict[str, float]:
        """Return the parts in ranks, two decimals that still add up to the rise.

        The hundredths that rounding down leaves go to the largest remainders.
        """
        whole = {name: divmod(part * 100, WHOLE) for name, part in self.parts.items()}
        left = 100 * self.rise - sum(hundredths for hundredths, _ in whole.values())
        largest = sorted(whole, key=lambda name: (-whole[name][1], PARTS.index(name)))
        return {
            name: (hundredths + (name in largest[:left])) / 100
            for name, (hundredths, _) in whole.items()
        }


@dataclass(frozen=True)
class Difference:
    """Two snapshots compared.

    Attributes:
        earlier: From.
        later: To.
        versions: What differs of their versions: name → before and after.
        parameters: What differs of their questions and options: name → before and after.
        firms: Firms of the later list in its order, then those that left, as they stood.
    """

    earlier: ListSnapshot
    later: ListSnapshot
    versions: dict[str, tuple[str, str]]
    parameters: dict[str, tuple[str, str]]
    firms: tuple[FirmChange, ...]


def compare_lists(earlier: ListSnapshot, later: ListSnapshot) -> Difference:
    """Return what became of each firm between two lists of a city, and through what.

    The change of a firm's rank is split by Shapley values: both lists are ranked again from all 32
    mixes of five factors, and a factor's part is the mean of what it changes over all orders in
    which the factors can be exchanged. The parts add up exactly. A firm that a list does not hold
    counts as one behind its end. Where today's code ranks stored inputs otherwise than they were,
    the rest is the part of the code.

    Raises:
        InputError: The lists are of different cities.

    Source:
        Shapley (1953); docs/decisions/0027.
    """
    cities = [side.listed["basis"]["city"] for side in (earlier, later)]
    if earlier.question.city_code != later.question.city_code:
        raise InputError(
            f"两份名单不是同一个城市（{cities[0]}、{cities[1]}），不能比较。",
            todo="请选同一城市的两份快照。",
        )
    mixed = MixedLists(earlier, later)
    before, after = _rows(earlier), _rows(later)
    ordered = [*after, *(name for name in before if name not in after)]
    ends = len(before) + 1, len(after) + 1
    firms = []
    for name in ordered:
        was, now = before.get(name), after.get(name)
        ranks = was["rank"] if was else ends[0], now["rank"] if now else ends[1]
        shown = now or was
        assert shown is not None
        parts = _parts(mixed, name, ranks[0] - ranks[1])
        firms.append(FirmChange(name, shown["company"], was, now, *ranks, parts))
    return Difference(
        earlier,
        later,
        _differing(earlier.versions, later.versions),
        _differing(_asked(earlier), _asked(later)),
        tuple(firms),
    )


def _parts(mixed: MixedLists, company_id: str, rise: int) -> dict[str, int]:
    """Return a firm's parts in 120ths of a rank."""
    n = len(Factor)
    ranks = {mix: mixed.rank(company_id, Mix(*mix)) for mix in product((0, 1), repeat=n)}
    parts = dict.fromkeys(PARTS, 0)
    for mix, rank in ranks.items():
        for at, factor in enumerate(Factor):
            if mix[at]:
                size = sum(mix) - 1
                without = ranks[(*mix[:at], 0, *mix[at + 1 :])]
                weight = factorial(size) * factorial(n - size - 1)
                parts[factor.value] += weight * (without - rank)
    again = ranks[(0,) * n] - ranks[(1,) * n]
    parts[CODE] = WHOLE * (rise - again)
    return parts


def _rows(snapshot: ListSnapshot) -> dict[str, dict[str, Any]]:
    return {row["company_id"]: row for row in snapshot.listed["targets"]}


def _asked(snapshot: ListSnapshot) -> dict[str, Any]:
    options: dict[str, Any] = json.loads(snapshot.manifest)["options"]
    weights = {f"weight.{name}": value for name, value in options.pop("weights").items()}
    asked = snapshot.question.plain()
    if snapshot.question.mode is not None:
        asked["mode"] = Mode(snapshot.question.mode).zh
    return asked | options | weights


def _differing(before: dict[str, Any], after: dict[str, Any]) -> dict[str, tuple[str, str]]:
    names = sorted(before.keys() | after.keys())
    pairs = {name: (_told(before.get(name)), _told(after.get(name))) for name in names}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def _told(value: Any) -> str:
    if isinstance(value, list):
        return "、".join(map(str, value))
    return "" if value is None else str(value)
