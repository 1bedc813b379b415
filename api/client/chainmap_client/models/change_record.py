from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

T = TypeVar("T", bound="ChangeRecord")


@_attrs_define
class ChangeRecord:
    """A change after which the list, ranked again, holds the company.

    Attributes:
        amount (float | None): New length, limit, weight or staff; a family's rise in natural logarithms
        command (None | str): Options that ask for it; null where facts must change
        family (None | str):
        kind (str): top, per_segment, segment, weight, makes, staff, family, selection
        kind_zh (str):
        rank_after (int):
        segment_id (None | str):
        text (str): The change in Chinese
    """

    amount: float | None
    command: None | str
    family: None | str
    kind: str
    kind_zh: str
    rank_after: int
    segment_id: None | str
    text: str

    def to_dict(self) -> dict[str, Any]:
        amount: float | None
        amount = self.amount

        command: None | str
        command = self.command

        family: None | str
        family = self.family

        kind = self.kind

        kind_zh = self.kind_zh

        rank_after = self.rank_after

        segment_id: None | str
        segment_id = self.segment_id

        text = self.text

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "amount": amount,
                "command": command,
                "family": family,
                "kind": kind,
                "kind_zh": kind_zh,
                "rank_after": rank_after,
                "segment_id": segment_id,
                "text": text,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)

        def _parse_amount(data: object) -> float | None:
            if data is None:
                return data
            return cast(float | None, data)

        amount = _parse_amount(d.pop("amount"))

        def _parse_command(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        command = _parse_command(d.pop("command"))

        def _parse_family(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        family = _parse_family(d.pop("family"))

        kind = d.pop("kind")

        kind_zh = d.pop("kind_zh")

        rank_after = d.pop("rank_after")

        def _parse_segment_id(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        segment_id = _parse_segment_id(d.pop("segment_id"))

        text = d.pop("text")

        change_record = cls(
            amount=amount,
            command=command,
            family=family,
            kind=kind,
            kind_zh=kind_zh,
            rank_after=rank_after,
            segment_id=segment_id,
            text=text,
        )

        return change_record
