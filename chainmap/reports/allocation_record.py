"""An allocation as a record: lists, conflicts with their reasons, near gaps, locks, summary."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from statistics import fmean
from typing import Any

import polars as pl

from chainmap.concepts.allocation_records import (
    AllocatedTarget,
    Allocation,
    AllocationSummary,
    CityAllocation,
    CityLink,
    ClaimRecord,
    ConflictRecord,
    LockRecord,
    LockState,
    NearGapRecord,
    OverlapRecord,
)
from chainmap.concepts.chain import Chain
from chainmap.gaps.policy import Clock, applies_to
from chainmap.gaps.score import GapOptions
from chainmap.gaps.world import World
from chainmap.ranking.allocation import AllocationOptions, Bonds
from chainmap.ranking.allocation_conflicts import Conflict, Overlap, conflicts, overlap
from chainmap.ranking.allocation_locks import HeldLock
from chainmap.reports.allocation_words import Names, yield_reason
from chainmap.reports.records import COVERAGE
from chainmap.sources.places import City, distances_km

NEAR_KM = 150.0
"""Cities nearer than this are told of each other's gaps: about an hour by train, the reach of the
province's metropolitan circles."""


@dataclass(frozen=True)
class Asked:
    """What was allocated, and with what.

    Attributes:
        cities: In the order in which they are shown.
        chain: None is all chains.
        locks: All of them, those that ran out too.
    """

    cities: Sequence[City]
    chain: Chain | None
    day: GapOptions
    options: AllocationOptions
    bonds: Bonds
    locks: Sequence[HeldLock]


def allocation_record(world: World, asked: Asked, pairs: pl.DataFrame) -> Allocation:
    """Return an allocation as a record.

    Args:
        world: The measured data.
        asked: Cities and options.
        pairs: From `ranking.allocation.allocate`.
    """
    group = asked.bonds.group_of(city.code for city in asked.cities)
    found = conflicts(pairs, asked.options, group, asked.bonds.locks)
    names = _names(world, asked)
    near = _near_gaps(world, asked, pairs)
    lists = _Lists(world, asked, pairs, near)
    cities = [lists.of(city) for city in asked.cities]
    before, after = (overlap(pairs, column, group) for column in ("wanted", "allocated"))
    plans = _own_plans(world, asked)
    return Allocation(
        as_of=asked.day.as_of,
        edition=world.edition,
        chain=asked.chain.name if asked.chain else None,
        top=asked.options.top,
        max_cities=asked.options.max_cities,
        per_segment=asked.options.per_segment,
        plan_bonus=asked.options.plan_bonus,
        chain_bonus=asked.options.chain_bonus,
        links=[
            CityLink(city=names.cities[a], partner=names.cities[b]) for a, b in asked.bonds.links
        ],
        plans_in_force=plans,
        coverage=COVERAGE,
        may_act=False,
        summary=AllocationSummary(
            before=_overlap(before),
            after=_overlap(after),
            overlap_fall=_digits(1 - after.jaccard / before.jaccard) if before.jaccard else 0.0,
            fit_loss=_digits(fmean(city.fit_loss for city in cities)),
            score_loss=_digits(fmean(city.score_loss for city in cities)),
            n_conflicts=len(found),
            n_yields=sum(not claim.got for conflict in found for claim in conflict.claims),
        ),
        cities=cities,
        conflicts=[_conflict(world, one, names, pairs) for one in found],
        near_gaps=near,
        locks=_locks(asked, pairs),
        notes=_notes(asked, cities, plans),
    )


class _Lists:
    """Lists of cities as records."""

    def __init__(
        self, world: World, asked: Asked, pairs: pl.DataFrame, near: Sequence[NearGapRecord]
    ) -> None:
        self._world, self._pairs = world, pairs
        self._short = {city.code: city.short_name for city in asked.cities}
        homes = dict(world.cities.select("city_code", "short_name").iter_rows())
        self._companies = {
            company: (name, homes[code])
            for company, name, code in world.companies.select(
                "company_id", "full_name", "city_code"
            ).iter_rows()
        }
        self._taken = pairs.filter("allocated")
        self._pushed: dict[str, list[str]] = {}
        for company, code in self._taken.select("company_id", "city_code").iter_rows():
            self._pushed.setdefault(company, []).append(self._short[code])
        self._near: dict[tuple[str, str], list[str]] = {}
        for one in near:
            for here, there in ((one.city, one.neighbour), (one.neighbour, one.city)):
                told = f"{there}（{one.distance_km:.0f} 公里）"
                self._near.setdefault((here, one.segment_id), []).append(told)

    def of(self, city: City) -> CityAllocation:
        """Return a city's list."""
        rows = self._taken.filter(pl.col("city_code") == city.code).sort("rank")
        own = self._pairs.filter((pl.col("city_code") == city.code) & pl.col("wanted"))
        losses = [
            _digits(_mean(own[column]) - _mean(rows[column])) if rows.height else 0.0
            for column in ("fit", "score")
        ]
        return CityAllocation(
            city_code=city.code,
            city=city.short_name,
            n_own=rows.filter("wanted").height,
            fit_loss=losses[0],
            score_loss=losses[1],
            targets=[self._target(row) for row in rows.iter_rows(named=True)],
        )

    def _target(self, row: dict[str, Any]) -> AllocatedTarget:
        name, home = self._companies[row["company_id"]]
        segment, here = self._world.library.segments[row["segment_id"]], self._short[
            row["city_code"]
        ]  # fmt: skip
        return AllocatedTarget(
            rank=row["rank"],
            own_rank=row["own_rank"],
            origin="lock" if row["locked"] else "own" if row["wanted"] else "substitute",
            company_id=row["company_id"],
            company=name,
            home_city=home,
            segment_id=segment.id,
            segment=segment.name,
            chain=self._world.library.chain_of(segment.id).name,
            score=_digits(row["score"]),
            fit=_digits(row["fit"]),
            own_plan=row["own_plan"],
            chain_share=_digits(row["chain_share"]),
            also_pushed_to=[one for one in self._pushed[row["company_id"]] if one != here],
            neighbours=self._near.get((here, segment.id), []),
        )


def _conflict(
    world: World, conflict: Conflict, names: Names, pairs: pl.DataFrame
) -> ConflictRecord:
    own = pairs.filter(
        pl.col("company_id").is_in([c.substitute for c in conflict.claims if c.substitute])
    )
    fits = {(c, i): fit for c, i, fit in own.select("city_code", "company_id", "fit").iter_rows()}
    return ConflictRecord(
        company_id=conflict.company_id,
        company=names.companies[conflict.company_id],
        holders=[names.cities[code] for code in conflict.holders],
        claims=[
            ClaimRecord(
                city_code=claim.city_code,
                city=names.cities[claim.city_code],
                own_rank=claim.own_rank,
                fit=_digits(claim.fit),
                wanted=claim.wanted,
                got=claim.got,
                reason=yield_reason(conflict, claim, names),
                substitute=names.companies[claim.substitute] if claim.substitute else None,
                substitute_fit=_digits(fits[claim.city_code, claim.substitute])
                if claim.substitute
                else None,
            )
            for claim in conflict.claims
        ],
    )


def _near_gaps(world: World, asked: Asked, pairs: pl.DataFrame) -> list[NearGapRecord]:
    """Return pairs of near cities whose lists seek the same segment, the nearest first."""
    sought = pairs.filter("allocated").group_by("city_code", "segment_id").len()
    counts = {(code, segment): n for code, segment, n in sought.iter_rows()}
    found = []
    for a, b in combinations(asked.cities, 2):
        away = dict(distances_km(world.cities, a.code).iter_rows())[b.code]
        both = {s for c, s in counts if c == a.code} & {s for c, s in counts if c == b.code}
        if away > NEAR_KM:
            continue
        found += [
            NearGapRecord(
                segment_id=segment,
                segment=world.library.segments[segment].name,
                city=a.short_name,
                n_targets=counts[a.code, segment],
                neighbour=b.short_name,
                n_neighbour_targets=counts[b.code, segment],
                distance_km=round(away, 1),
            )
            for segment in sorted(both)
        ]
    return sorted(found, key=lambda one: (one.distance_km, one.city, one.segment_id))


def _locks(asked: Asked, pairs: pl.DataFrame) -> list[LockRecord]:
    given = pairs.filter("allocated").select("company_id", "city_code").rows()
    codes = {city.code for city in asked.cities}
    found = []
    for lock in asked.locks:
        if not lock.holds:
            state: LockState = "expired"
            note = f"{asked.day.as_of} 时已过期，按没有处理。"
        elif lock.city_code not in codes:
            state, note = "elsewhere", "期内不推给本次分配的任何城市。"
        elif (lock.company_id, lock.city_code) not in given:
            state, note = "not_allocated", "企业不是该市的候选（如已在本市），期内也不推给他市。"
        else:
            state, note = "held", "列入该市清单，期内不推给他市。"
        found.append(
            LockRecord(
                company=lock.company, city=lock.city, until=lock.until, state=state, note=note
            )
        )
    return found


def _own_plans(world: World, asked: Asked) -> dict[str, list[str]]:
    clock = Clock(asked.day.as_of, asked.day.include_expired)
    own = [doc for doc in world.library.documents.values() if doc.level == "city"]
    plans = {
        city.short_name: [d.title for d in own if applies_to(d, city) and clock.counts(d)]
        for city in asked.cities
    }
    return {city: titles for city, titles in plans.items() if titles}


def _notes(
    asked: Asked, cities: Sequence[CityAllocation], plans: Mapping[str, object]
) -> list[str]:
    notes = []
    if not plans:
        notes.append(
            f"{asked.day.as_of} 时没有一个城市有仍在有效期内的本市规划，规划加分没有起作用；"
            "可换一个时点、让已到期的规划也计入，或补录本市规划。"
        )
    short = [c.city for c in cities if len(c.targets) < asked.options.top]
    if short:
        notes.append(f"候选不够，名单未满：{'、'.join(short)}。")
    return notes


def _names(world: World, asked: Asked) -> Names:
    companies = dict(world.companies.select("company_id", "short_name").iter_rows())
    cities = dict(world.cities.select("city_code", "short_name").iter_rows())
    until = {lock.company_id: lock.until for lock in asked.locks if lock.holds}
    return Names(cities, companies, until)


def _overlap(found: Overlap) -> OverlapRecord:
    return OverlapRecord(
        jaccard=_digits(found.jaccard), shared=_digits(found.shared),
        most_cities=found.most, n_companies=found.n_companies,
    )  # fmt: skip


def _mean(values: pl.Series) -> float:
    return fmean(values.to_list()) if values.len() else 0.0


def _digits(value: float) -> float:
    return round(value, 4) + 0.0
