from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

T = TypeVar("T", bound="PassageNote")


@_attrs_define
class PassageNote:
    """Where a plan names a field: box and code points of the raw document.

    Attributes:
        box (str):
        citation_id (str):
        end (int):
        names (list[str]):
        start (int):
    """

    box: str
    citation_id: str
    end: int
    names: list[str]
    start: int

    def to_dict(self) -> dict[str, Any]:
        box = self.box

        citation_id = self.citation_id

        end = self.end

        names = self.names

        start = self.start

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "box": box,
                "citation_id": citation_id,
                "end": end,
                "names": names,
                "start": start,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        box = d.pop("box")

        citation_id = d.pop("citation_id")

        end = d.pop("end")

        names = cast(list[str], d.pop("names"))

        start = d.pop("start")

        passage_note = cls(
            box=box,
            citation_id=citation_id,
            end=end,
            names=names,
            start=start,
        )

        return passage_note
