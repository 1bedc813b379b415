from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.city_link import CityLink
    from ..models.talk_lock import TalkLock


T = TypeVar("T", bound="AllocationQuestion")


@_attrs_define
class AllocationQuestion:
    """What is to be allocated.

    Attributes:
        as_of (datetime.date | None | Unset): Null is the roster's day
        chain (None | str | Unset):
        cities (list[str] | Unset):
        include_expired (bool | Unset):  Default: False.
        links (list[CityLink] | Unset):
        locks (list[TalkLock] | Unset):
        max_cities (int | Unset): Cities a company at most Default: 2.
        per_segment (int | Unset): 0 is no limit Default: 3.
        province (None | str | Unset): All its cities
        top (int | Unset): Places of each city's list Default: 20.
    """

    as_of: datetime.date | None | Unset = UNSET
    chain: None | str | Unset = UNSET
    cities: list[str] | Unset = UNSET
    include_expired: bool | Unset = False
    links: list[CityLink] | Unset = UNSET
    locks: list[TalkLock] | Unset = UNSET
    max_cities: int | Unset = 2
    per_segment: int | Unset = 3
    province: None | str | Unset = UNSET
    top: int | Unset = 20

    def to_dict(self) -> dict[str, Any]:
        as_of: None | str | Unset
        if isinstance(self.as_of, Unset):
            as_of = UNSET
        elif isinstance(self.as_of, datetime.date):
            as_of = self.as_of.isoformat()
        else:
            as_of = self.as_of

        chain: None | str | Unset
        if isinstance(self.chain, Unset):
            chain = UNSET
        else:
            chain = self.chain

        cities: list[str] | Unset = UNSET
        if not isinstance(self.cities, Unset):
            cities = self.cities

        include_expired = self.include_expired

        links: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.links, Unset):
            links = []
            for links_item_data in self.links:
                links_item = links_item_data.to_dict()
                links.append(links_item)

        locks: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.locks, Unset):
            locks = []
            for locks_item_data in self.locks:
                locks_item = locks_item_data.to_dict()
                locks.append(locks_item)

        max_cities = self.max_cities

        per_segment = self.per_segment

        province: None | str | Unset
        if isinstance(self.province, Unset):
            province = UNSET
        else:
            province = self.province

        top = self.top

        field_dict: dict[str, Any] = {}

        field_dict.update({})
        if as_of is not UNSET:
            field_dict["as_of"] = as_of
        if chain is not UNSET:
            field_dict["chain"] = chain
        if cities is not UNSET:
            field_dict["cities"] = cities
        if include_expired is not UNSET:
            field_dict["include_expired"] = include_expired
        if links is not UNSET:
            field_dict["links"] = links
        if locks is not UNSET:
            field_dict["locks"] = locks
        if max_cities is not UNSET:
            field_dict["max_cities"] = max_cities
        if per_segment is not UNSET:
            field_dict["per_segment"] = per_segment
        if province is not UNSET:
            field_dict["province"] = province
        if top is not UNSET:
            field_dict["top"] = top

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.city_link import CityLink  # noqa: PLC0415
        from ..models.talk_lock import TalkLock  # noqa: PLC0415

        d = dict(src_dict)

        def _parse_as_of(data: object) -> datetime.date | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                as_of_type_0 = datetime.date.fromisoformat(data)

                return as_of_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.date | None | Unset, data)

        as_of = _parse_as_of(d.pop("as_of", UNSET))

        def _parse_chain(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        chain = _parse_chain(d.pop("chain", UNSET))

        cities = cast(list[str], d.pop("cities", UNSET))

        include_expired = d.pop("include_expired", UNSET)

        _links = d.pop("links", UNSET)
        links: list[CityLink] | Unset = UNSET
        if _links is not UNSET:
            links = []
            for links_item_data in _links:
                links_item = CityLink.from_dict(links_item_data)

                links.append(links_item)

        _locks = d.pop("locks", UNSET)
        locks: list[TalkLock] | Unset = UNSET
        if _locks is not UNSET:
            locks = []
            for locks_item_data in _locks:
                locks_item = TalkLock.from_dict(locks_item_data)

                locks.append(locks_item)

        max_cities = d.pop("max_cities", UNSET)

        per_segment = d.pop("per_segment", UNSET)

        def _parse_province(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        province = _parse_province(d.pop("province", UNSET))

        top = d.pop("top", UNSET)

        allocation_question = cls(
            as_of=as_of,
            chain=chain,
            cities=cities,
            include_expired=include_expired,
            links=links,
            locks=locks,
            max_cities=max_cities,
            per_segment=per_segment,
            province=province,
            top=top,
        )

        return allocation_question
