"""Who yields which company, why, and what it got instead; overlap before and after."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from statistics import fmean
from typing import Any

import polars as pl

from chainmap.ranking.allocation import AllocationOptions


@dataclass(frozen=True)
class Claim:
    """A city that wants or got a company that others want too.

    Attributes:
        own_rank: In the city's own list; null where the limit per segment leaves the company out.
        wanted: Whether it stands in the city's own list.
        got: Whether the company was allocated to it.
        margin: How much the city's list loses by giving the company up and taking the next one
            that is free, for a city that got it; how much it would gain by taking the company in
            the place of its last one, for a city that yields. In fit, bonus included; no margin of
            a city that yields is above one of a city that got the company. None where no such
            exchange is open.
        other: Company id of that next or last one; None where there is none.
        substitute: What a yielding city got instead; None for one that got the company.
    """

    city_code: str
    own_rank: int | None
    fit: float
    bonus: float
    wanted: bool
    got: bool
    margin: float | None
    other: str | None
    substitute: str | None


@dataclass(frozen=True)
class Conflict:
    """A company more cities want than may have it.

    Attributes:
        claims: Of every city that wants it or got it, by fit, then by code.
        holders: Cities it was allocated to.
        locked_by: City with the first talk; None where there is no lock.
    """

    company_id: str
    claims: tuple[Claim, ...]
    holders: tuple[str, ...]
    locked_by: str | None


@dataclass(frozen=True)
class Overlap:
    """How alike the lists of several cities are.

    Attributes:
        jaccard: Mean over pairs of cities of |A ∩ B| / |A ∪ B|; pairs joined by a link left out.
        shared: Share of the lists' places that hold a company of another unlinked city's list.
        most: Cities of the company pushed to most.
        n_companies: Different companies.
    """

    jaccard: float
    shared: float
    most: int
    n_companies: int


def overlap(pairs: pl.DataFrame, column: str, group: Mapping[str, str]) -> Overlap:
    """Return how alike the lists are that a column of flags picks.

    Args:
        pairs: From `ranking.allocation.allocate`.
        column: `wanted` for before, `allocated` for after.
        group: City → group of linked cities; a company two of a group share is no overlap.
    """
    lists = {code: set[str]() for code in sorted(set(pairs["city_code"]))}
    for code, company in pairs.filter(column).select("city_code", "company_id").iter_rows():
        lists[code].add(company)
    apart = [(a, b) for a, b in combinations(lists, 2) if group[a] != group[b]]
    alike = [len(lists[a] & lists[b]) / max(len(lists[a] | lists[b]), 1) for a, b in apart]
    held: dict[str, set[str]] = {}
    for code, companies in lists.items():
        for company in companies:
            held.setdefault(company, set()).add(group[code])
    places = [len(held[company]) > 1 for companies in lists.values() for company in companies]
    return Overlap(
        fmean(alike) if alike else 0.0,
        fmean(places) if places else 0.0,
        max((len(groups) for groups in held.values()), default=0),
        len(held),
    )


def conflicts(
    pairs: pl.DataFrame,
    options: AllocationOptions,
    group: Mapping[str, str],
    locks: Mapping[str, str],
) -> list[Conflict]:
    """Return every company that some city wants and does not get, the most wanted first.

    Args:
        pairs: From `ranking.allocation.allocate`.
        options: What it was allocated with.
        group: City → group of linked cities.
        locks: Company id → city with the first talk.
    """
    board = _Board(pairs, options, group)
    lost = pairs.filter(pl.col("wanted") & ~pl.col("allocated"))
    concerned = pairs.filter(pl.col("wanted") | pl.col("allocated")).join(
        lost.select("company_id").unique(), on="company_id", how="semi"
    )
    found = []
    for (company,), claims in concerned.sort("company_id").group_by(
        "company_id", maintain_order=True
    ):
        ordered = claims.sort("fit", "city_code", descending=[True, False]).iter_rows(named=True)
        told = tuple(board.claim(row) for row in ordered)
        found.append(
            Conflict(str(company), told, board.holders(str(company)), locks.get(str(company)))
        )
    return sorted(
        found, key=lambda c: (-sum(one.wanted for one in c.claims), -c.claims[0].fit, c.company_id)
    )


class _Board:
    """Lists as they were allocated, for asking what one exchange would change."""

    def __init__(
        self, pairs: pl.DataFrame, options: AllocationOptions, group: Mapping[str, str]
    ) -> None:
        self._options, self._group = options, group
        self._of_city: dict[str, list[dict[str, Any]]] = {}
        self._held: dict[str, set[str]] = {}
        for row in pairs.sort("city_code", "value", descending=[False, True]).iter_rows(named=True):
            self._of_city.setdefault(row["city_code"], []).append(row)
            if row["allocated"]:
                self._held.setdefault(row["company_id"], set()).add(row["city_code"])
        self._instead = {code: dict(_substitutes(rows)) for code, rows in self._of_city.items()}

    def holders(self, company: str) -> tuple[str, ...]:
        return tuple(sorted(self._held.get(company, ())))

    def claim(self, row: dict[str, Any]) -> Claim:
        """Return a city's claim with the exchange that decides it."""
        got = bool(row["allocated"])
        other = (self._next_free(row) if self._alone(row) else None) if got else self._last(row)
        margin = None
        if other is not None:
            margin = round(row["value"] - other["value"], 9)
        return Claim(
            row["city_code"], row["own_rank"], row["fit"], row["bonus"], row["wanted"], got,
            margin,
            other["company_id"] if other is not None else None,
            None if got else self._instead[row["city_code"]].get(row["company_id"]),
        )  # fmt: skip

    def _alone(self, row: dict[str, Any]) -> bool:
        """Return whether a company would be free again if the city gave it up."""
        own = self._group[row["city_code"]]
        return [self._group[city] for city in self._held[row["company_id"]]].count(own) == 1

    def _next_free(self, row: dict[str, Any]) -> dict[str, Any] | None:
        """Return the best pair the city could take in the place of one it has."""
        rows = self._of_city[row["city_code"]]
        full = self._full_segments(rows, freed=row["segment_id"])
        free = (
            one
            for one in rows
            if not one["allocated"]
            and not one["barred"]
            and one["segment_id"] not in full
            and self._open(one)
        )
        return next(free, None)

    def _last(self, row: dict[str, Any]) -> dict[str, Any] | None:
        """Return the pair of least value the city would drop for one it wants.

        None where it has room, or nothing but locks: then the company's limit alone decides.
        """
        held = [r for r in self._of_city[row["city_code"]] if r["allocated"]]
        if len(held) < self._options.top:
            return None
        rows = [one for one in held if not one["locked"]]
        if row["segment_id"] in self._full_segments(self._of_city[row["city_code"]]):
            rows = [one for one in rows if one["segment_id"] == row["segment_id"]]
        return rows[-1] if rows else None

    def _open(self, row: dict[str, Any]) -> bool:
        """Return whether one more city may have a company."""
        groups = {self._group[city] for city in self._held.get(row["company_id"], ())}
        own = self._group[row["city_code"]]
        return own in groups or len(groups) < self._options.max_cities

    def _full_segments(self, rows: list[dict[str, Any]], freed: str | None = None) -> set[str]:
        if not self._options.per_segment:
            return set()
        counts: dict[str, int] = {}
        for row in rows:
            if row["allocated"]:
                counts[row["segment_id"]] = counts.get(row["segment_id"], 0) + 1
        if freed is not None:
            counts[freed] -= 1
        return {name for name, n in counts.items() if n >= self._options.per_segment}


def _substitutes(rows: list[dict[str, Any]]) -> Iterator[tuple[str, str]]:
    """Yield pairs of a company a city gave up and the one it got instead, best with best."""
    lost = [row["company_id"] for row in rows if row["wanted"] and not row["allocated"]]
    got = [row["company_id"] for row in rows if row["allocated"] and not row["wanted"]]
    yield from zip(lost, got, strict=False)
