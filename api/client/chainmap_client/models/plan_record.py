from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

T = TypeVar("T", bound="PlanRecord")


@_attrs_define
class PlanRecord:
    """A plan and whether it is in force on the day of the answer.

    Attributes:
        dated (str): What the plan's age counts from, in words
        end (int | None):
        expired (bool):
        id (str):
        in_force (bool):
        published (datetime.date | None):
        region (str):
        region_code (None | str):
        start (int | None):
        title (str):
    """

    dated: str
    end: int | None
    expired: bool
    id: str
    in_force: bool
    published: datetime.date | None
    region: str
    region_code: None | str
    start: int | None
    title: str

    def to_dict(self) -> dict[str, Any]:
        dated = self.dated

        end: int | None
        end = self.end

        expired = self.expired

        id = self.id

        in_force = self.in_force

        published: None | str
        if isinstance(self.published, datetime.date):
            published = self.published.isoformat()
        else:
            published = self.published

        region = self.region

        region_code: None | str
        region_code = self.region_code

        start: int | None
        start = self.start

        title = self.title

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "dated": dated,
                "end": end,
                "expired": expired,
                "id": id,
                "in_force": in_force,
                "published": published,
                "region": region,
                "region_code": region_code,
                "start": start,
                "title": title,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        dated = d.pop("dated")

        def _parse_end(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        end = _parse_end(d.pop("end"))

        expired = d.pop("expired")

        id = d.pop("id")

        in_force = d.pop("in_force")

        def _parse_published(data: object) -> datetime.date | None:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                published_type_0 = datetime.date.fromisoformat(data)

                return published_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.date | None, data)

        published = _parse_published(d.pop("published"))

        region = d.pop("region")

        def _parse_region_code(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        region_code = _parse_region_code(d.pop("region_code"))

        def _parse_start(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        start = _parse_start(d.pop("start"))

        title = d.pop("title")

        plan_record = cls(
            dated=dated,
            end=end,
            expired=expired,
            id=id,
            in_force=in_force,
            published=published,
            region=region,
            region_code=region_code,
            start=start,
            title=title,
        )

        return plan_record
