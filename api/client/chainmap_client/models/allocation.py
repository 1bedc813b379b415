from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define

if TYPE_CHECKING:
    from ..models.allocation_plans_in_force import AllocationPlansInForce
    from ..models.allocation_summary import AllocationSummary
    from ..models.city_allocation import CityAllocation
    from ..models.city_link import CityLink
    from ..models.conflict_record import ConflictRecord
    from ..models.lock_record import LockRecord
    from ..models.near_gap_record import NearGapRecord


T = TypeVar("T", bound="Allocation")


@_attrs_define
class Allocation:
    """Lists of many cities made at once.

    Attributes:
        as_of (datetime.date):
        chain (None | str):
        chain_bonus (float):
        cities (list[CityAllocation]):
        conflicts (list[ConflictRecord]):
        coverage (str):
        edition (datetime.date):
        links (list[CityLink]):
        locks (list[LockRecord]):
        max_cities (int):
        may_act (bool):
        near_gaps (list[NearGapRecord]):
        notes (list[str]):
        per_segment (int):
        plan_bonus (float):
        plans_in_force (AllocationPlansInForce): City → plans of the city itself; a bonus rests on them
        summary (AllocationSummary): An allocation in numbers.
        top (int):
    """

    as_of: datetime.date
    chain: None | str
    chain_bonus: float
    cities: list[CityAllocation]
    conflicts: list[ConflictRecord]
    coverage: str
    edition: datetime.date
    links: list[CityLink]
    locks: list[LockRecord]
    max_cities: int
    may_act: bool
    near_gaps: list[NearGapRecord]
    notes: list[str]
    per_segment: int
    plan_bonus: float
    plans_in_force: AllocationPlansInForce
    summary: AllocationSummary
    top: int

    def to_dict(self) -> dict[str, Any]:
        as_of = self.as_of.isoformat()

        chain: None | str
        chain = self.chain

        chain_bonus = self.chain_bonus

        cities = []
        for cities_item_data in self.cities:
            cities_item = cities_item_data.to_dict()
            cities.append(cities_item)

        conflicts = []
        for conflicts_item_data in self.conflicts:
            conflicts_item = conflicts_item_data.to_dict()
            conflicts.append(conflicts_item)

        coverage = self.coverage

        edition = self.edition.isoformat()

        links = []
        for links_item_data in self.links:
            links_item = links_item_data.to_dict()
            links.append(links_item)

        locks = []
        for locks_item_data in self.locks:
            locks_item = locks_item_data.to_dict()
            locks.append(locks_item)

        max_cities = self.max_cities

        may_act = self.may_act

        near_gaps = []
        for near_gaps_item_data in self.near_gaps:
            near_gaps_item = near_gaps_item_data.to_dict()
            near_gaps.append(near_gaps_item)

        notes = self.notes

        per_segment = self.per_segment

        plan_bonus = self.plan_bonus

        plans_in_force = self.plans_in_force.to_dict()

        summary = self.summary.to_dict()

        top = self.top

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "as_of": as_of,
                "chain": chain,
                "chain_bonus": chain_bonus,
                "cities": cities,
                "conflicts": conflicts,
                "coverage": coverage,
                "edition": edition,
                "links": links,
                "locks": locks,
                "max_cities": max_cities,
                "may_act": may_act,
                "near_gaps": near_gaps,
                "notes": notes,
                "per_segment": per_segment,
                "plan_bonus": plan_bonus,
                "plans_in_force": plans_in_force,
                "summary": summary,
                "top": top,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.allocation_plans_in_force import AllocationPlansInForce  # noqa: PLC0415
        from ..models.allocation_summary import AllocationSummary  # noqa: PLC0415
        from ..models.city_allocation import CityAllocation  # noqa: PLC0415
        from ..models.city_link import CityLink  # noqa: PLC0415
        from ..models.conflict_record import ConflictRecord  # noqa: PLC0415
        from ..models.lock_record import LockRecord  # noqa: PLC0415
        from ..models.near_gap_record import NearGapRecord  # noqa: PLC0415

        d = dict(src_dict)
        as_of = datetime.date.fromisoformat(d.pop("as_of"))

        def _parse_chain(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        chain = _parse_chain(d.pop("chain"))

        chain_bonus = d.pop("chain_bonus")

        cities = []
        _cities = d.pop("cities")
        for cities_item_data in _cities:
            cities_item = CityAllocation.from_dict(cities_item_data)

            cities.append(cities_item)

        conflicts = []
        _conflicts = d.pop("conflicts")
        for conflicts_item_data in _conflicts:
            conflicts_item = ConflictRecord.from_dict(conflicts_item_data)

            conflicts.append(conflicts_item)

        coverage = d.pop("coverage")

        edition = datetime.date.fromisoformat(d.pop("edition"))

        links = []
        _links = d.pop("links")
        for links_item_data in _links:
            links_item = CityLink.from_dict(links_item_data)

            links.append(links_item)

        locks = []
        _locks = d.pop("locks")
        for locks_item_data in _locks:
            locks_item = LockRecord.from_dict(locks_item_data)

            locks.append(locks_item)

        max_cities = d.pop("max_cities")

        may_act = d.pop("may_act")

        near_gaps = []
        _near_gaps = d.pop("near_gaps")
        for near_gaps_item_data in _near_gaps:
            near_gaps_item = NearGapRecord.from_dict(near_gaps_item_data)

            near_gaps.append(near_gaps_item)

        notes = cast(list[str], d.pop("notes"))

        per_segment = d.pop("per_segment")

        plan_bonus = d.pop("plan_bonus")

        plans_in_force = AllocationPlansInForce.from_dict(d.pop("plans_in_force"))

        summary = AllocationSummary.from_dict(d.pop("summary"))

        top = d.pop("top")

        allocation = cls(
            as_of=as_of,
            chain=chain,
            chain_bonus=chain_bonus,
            cities=cities,
            conflicts=conflicts,
            coverage=coverage,
            edition=edition,
            links=links,
            locks=locks,
            max_cities=max_cities,
            may_act=may_act,
            near_gaps=near_gaps,
            notes=notes,
            per_segment=per_segment,
            plan_bonus=plan_bonus,
            plans_in_force=plans_in_force,
            summary=summary,
            top=top,
        )

        return allocation
