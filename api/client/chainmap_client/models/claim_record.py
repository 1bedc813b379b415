from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

T = TypeVar("T", bound="ClaimRecord")


@_attrs_define
class ClaimRecord:
    """A city that wants or got a company others want too.

    Attributes:
        city (str):
        city_code (str):
        fit (float):
        got (bool):
        own_rank (int | None):
        reason (str): Why it yields, in one sentence; empty where it got it
        substitute (None | str): What it got instead
        substitute_fit (float | None):
        wanted (bool): Whether it stands in the city's own list
    """

    city: str
    city_code: str
    fit: float
    got: bool
    own_rank: int | None
    reason: str
    substitute: None | str
    substitute_fit: float | None
    wanted: bool

    def to_dict(self) -> dict[str, Any]:
        city = self.city

        city_code = self.city_code

        fit = self.fit

        got = self.got

        own_rank: int | None
        own_rank = self.own_rank

        reason = self.reason

        substitute: None | str
        substitute = self.substitute

        substitute_fit: float | None
        substitute_fit = self.substitute_fit

        wanted = self.wanted

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "city": city,
                "city_code": city_code,
                "fit": fit,
                "got": got,
                "own_rank": own_rank,
                "reason": reason,
                "substitute": substitute,
                "substitute_fit": substitute_fit,
                "wanted": wanted,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        city = d.pop("city")

        city_code = d.pop("city_code")

        fit = d.pop("fit")

        got = d.pop("got")

        def _parse_own_rank(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        own_rank = _parse_own_rank(d.pop("own_rank"))

        reason = d.pop("reason")

        def _parse_substitute(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        substitute = _parse_substitute(d.pop("substitute"))

        def _parse_substitute_fit(data: object) -> float | None:
            if data is None:
                return data
            return cast(float | None, data)

        substitute_fit = _parse_substitute_fit(d.pop("substitute_fit"))

        wanted = d.pop("wanted")

        claim_record = cls(
            city=city,
            city_code=city_code,
            fit=fit,
            got=got,
            own_rank=own_rank,
            reason=reason,
            substitute=substitute,
            substitute_fit=substitute_fit,
            wanted=wanted,
        )

        return claim_record
