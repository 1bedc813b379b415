from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

T = TypeVar("T", bound="RemovalRecord")


@_attrs_define
class RemovalRecord:
    """What taking the strongest evidence out does to the rank, worked out by ranking again.

    Attributes:
        family (str):
        family_zh (str):
        rank (int): Among all ranked companies, without limits
        rank_without (int):
        text (str):
    """

    family: str
    family_zh: str
    rank: int
    rank_without: int
    text: str

    def to_dict(self) -> dict[str, Any]:
        family = self.family

        family_zh = self.family_zh

        rank = self.rank

        rank_without = self.rank_without

        text = self.text

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "family": family,
                "family_zh": family_zh,
                "rank": rank,
                "rank_without": rank_without,
                "text": text,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        family = d.pop("family")

        family_zh = d.pop("family_zh")

        rank = d.pop("rank")

        rank_without = d.pop("rank_without")

        text = d.pop("text")

        removal_record = cls(
            family=family,
            family_zh=family_zh,
            rank=rank,
            rank_without=rank_without,
            text=text,
        )

        return removal_record
