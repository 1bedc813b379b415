from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

T = TypeVar("T", bound="SponsorRecord")


@_attrs_define
class SponsorRecord:
    """A company to be won for a proposition (招引对象).

    Attributes:
        chance (float): Chance of a site of it here that makes the segment
        company (str):
        company_id (str):
        home_city (str):
        home_city_code (str):
        products (list[str]):
        rank (int):
        reasons (list[str]):
        score (float): As the target list ranks it; natural logarithm
        short_name (str):
        source (str):
        stock_code (None | str):
        usual_chance (float): Mean chance of the candidate companies of its chain
    """

    chance: float
    company: str
    company_id: str
    home_city: str
    home_city_code: str
    products: list[str]
    rank: int
    reasons: list[str]
    score: float
    short_name: str
    source: str
    stock_code: None | str
    usual_chance: float

    def to_dict(self) -> dict[str, Any]:
        chance = self.chance

        company = self.company

        company_id = self.company_id

        home_city = self.home_city

        home_city_code = self.home_city_code

        products = self.products

        rank = self.rank

        reasons = self.reasons

        score = self.score

        short_name = self.short_name

        source = self.source

        stock_code: None | str
        stock_code = self.stock_code

        usual_chance = self.usual_chance

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "chance": chance,
                "company": company,
                "company_id": company_id,
                "home_city": home_city,
                "home_city_code": home_city_code,
                "products": products,
                "rank": rank,
                "reasons": reasons,
                "score": score,
                "short_name": short_name,
                "source": source,
                "stock_code": stock_code,
                "usual_chance": usual_chance,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        chance = d.pop("chance")

        company = d.pop("company")

        company_id = d.pop("company_id")

        home_city = d.pop("home_city")

        home_city_code = d.pop("home_city_code")

        products = cast(list[str], d.pop("products"))

        rank = d.pop("rank")

        reasons = cast(list[str], d.pop("reasons"))

        score = d.pop("score")

        short_name = d.pop("short_name")

        source = d.pop("source")

        def _parse_stock_code(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        stock_code = _parse_stock_code(d.pop("stock_code"))

        usual_chance = d.pop("usual_chance")

        sponsor_record = cls(
            chance=chance,
            company=company,
            company_id=company_id,
            home_city=home_city,
            home_city_code=home_city_code,
            products=products,
            rank=rank,
            reasons=reasons,
            score=score,
            short_name=short_name,
            source=source,
            stock_code=stock_code,
            usual_chance=usual_chance,
        )

        return sponsor_record
