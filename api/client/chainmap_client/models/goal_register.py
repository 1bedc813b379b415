from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define

if TYPE_CHECKING:
    from ..models.goal_record import GoalRecord
    from ..models.plan_record import PlanRecord


T = TypeVar("T", bound="GoalRegister")


@_attrs_define
class GoalRegister:
    """Quantified goals of plans; for one city its own first, then its province's.

    Attributes:
        as_of (datetime.date):
        city (None | str):
        goals (list[GoalRecord]):
        plans (list[PlanRecord]):
    """

    as_of: datetime.date
    city: None | str
    goals: list[GoalRecord]
    plans: list[PlanRecord]

    def to_dict(self) -> dict[str, Any]:
        as_of = self.as_of.isoformat()

        city: None | str
        city = self.city

        goals = []
        for goals_item_data in self.goals:
            goals_item = goals_item_data.to_dict()
            goals.append(goals_item)

        plans = []
        for plans_item_data in self.plans:
            plans_item = plans_item_data.to_dict()
            plans.append(plans_item)

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "as_of": as_of,
                "city": city,
                "goals": goals,
                "plans": plans,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.goal_record import GoalRecord  # noqa: PLC0415
        from ..models.plan_record import PlanRecord  # noqa: PLC0415

        d = dict(src_dict)
        as_of = datetime.date.fromisoformat(d.pop("as_of"))

        def _parse_city(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        city = _parse_city(d.pop("city"))

        goals = []
        _goals = d.pop("goals")
        for goals_item_data in _goals:
            goals_item = GoalRecord.from_dict(goals_item_data)

            goals.append(goals_item)

        plans = []
        _plans = d.pop("plans")
        for plans_item_data in _plans:
            plans_item = PlanRecord.from_dict(plans_item_data)

            plans.append(plans_item)

        goal_register = cls(
            as_of=as_of,
            city=city,
            goals=goals,
            plans=plans,
        )

        return goal_register
