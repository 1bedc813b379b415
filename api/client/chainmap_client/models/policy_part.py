from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

T = TypeVar("T", bound="PolicyPart")


@_attrs_define
class PolicyPart:
    """One passage behind a policy weight: contribution is the product of its four factors.

    Attributes:
        age_factor (float):
        age_years (float | None): Null where nothing dates the plan
        contribution (float):
        dated (str): What the age counts from, in words
        document (str):
        level (str): city, province or nation
        level_strength (float):
        passage (str): Citation id, or document@offset for a position
        place (None | str): Place of the city the plan assigns the field to
        scope (str): What it names: segment, group or chain
        scope_strength (float):
        title (str):
        verb (None | str): Wording that governs the field, as the plan writes it
        wording (float): Strength of the verb, taxonomy/policy-verbs.yml
    """

    age_factor: float
    age_years: float | None
    contribution: float
    dated: str
    document: str
    level: str
    level_strength: float
    passage: str
    place: None | str
    scope: str
    scope_strength: float
    title: str
    verb: None | str
    wording: float

    def to_dict(self) -> dict[str, Any]:
        age_factor = self.age_factor

        age_years: float | None
        age_years = self.age_years

        contribution = self.contribution

        dated = self.dated

        document = self.document

        level = self.level

        level_strength = self.level_strength

        passage = self.passage

        place: None | str
        place = self.place

        scope = self.scope

        scope_strength = self.scope_strength

        title = self.title

        verb: None | str
        verb = self.verb

        wording = self.wording

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "age_factor": age_factor,
                "age_years": age_years,
                "contribution": contribution,
                "dated": dated,
                "document": document,
                "level": level,
                "level_strength": level_strength,
                "passage": passage,
                "place": place,
                "scope": scope,
                "scope_strength": scope_strength,
                "title": title,
                "verb": verb,
                "wording": wording,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        age_factor = d.pop("age_factor")

        def _parse_age_years(data: object) -> float | None:
            if data is None:
                return data
            return cast(float | None, data)

        age_years = _parse_age_years(d.pop("age_years"))

        contribution = d.pop("contribution")

        dated = d.pop("dated")

        document = d.pop("document")

        level = d.pop("level")

        level_strength = d.pop("level_strength")

        passage = d.pop("passage")

        def _parse_place(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        place = _parse_place(d.pop("place"))

        scope = d.pop("scope")

        scope_strength = d.pop("scope_strength")

        title = d.pop("title")

        def _parse_verb(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        verb = _parse_verb(d.pop("verb"))

        wording = d.pop("wording")

        policy_part = cls(
            age_factor=age_factor,
            age_years=age_years,
            contribution=contribution,
            dated=dated,
            document=document,
            level=level,
            level_strength=level_strength,
            passage=passage,
            place=place,
            scope=scope,
            scope_strength=scope_strength,
            title=title,
            verb=verb,
            wording=wording,
        )

        return policy_part
