from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define

if TYPE_CHECKING:
    from ..models.trace_passage import TracePassage


T = TypeVar("T", bound="Trace")


@_attrs_define
class Trace:
    """Every passage behind a segment: its own, its group's, its chain's.

    Attributes:
        as_of (datetime.date):
        chain (str):
        changed_files (list[str]): Files that bear a document's name, not its hash
        group (str):
        passages (list[TracePassage]):
        segment (str):
        segment_id (str):
    """

    as_of: datetime.date
    chain: str
    changed_files: list[str]
    group: str
    passages: list[TracePassage]
    segment: str
    segment_id: str

    def to_dict(self) -> dict[str, Any]:
        as_of = self.as_of.isoformat()

        chain = self.chain

        changed_files = self.changed_files

        group = self.group

        passages = []
        for passages_item_data in self.passages:
            passages_item = passages_item_data.to_dict()
            passages.append(passages_item)

        segment = self.segment

        segment_id = self.segment_id

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "as_of": as_of,
                "chain": chain,
                "changed_files": changed_files,
                "group": group,
                "passages": passages,
                "segment": segment,
                "segment_id": segment_id,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.trace_passage import TracePassage  # noqa: PLC0415

        d = dict(src_dict)
        as_of = datetime.date.fromisoformat(d.pop("as_of"))

        chain = d.pop("chain")

        changed_files = cast(list[str], d.pop("changed_files"))

        group = d.pop("group")

        passages = []
        _passages = d.pop("passages")
        for passages_item_data in _passages:
            passages_item = TracePassage.from_dict(passages_item_data)

            passages.append(passages_item)

        segment = d.pop("segment")

        segment_id = d.pop("segment_id")

        trace = cls(
            as_of=as_of,
            chain=chain,
            changed_files=changed_files,
            group=group,
            passages=passages,
            segment=segment,
            segment_id=segment_id,
        )

        return trace
