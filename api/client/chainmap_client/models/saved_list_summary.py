from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define

if TYPE_CHECKING:
    from ..models.saved_list_summary_question import SavedListSummaryQuestion


T = TypeVar("T", bound="SavedListSummary")


@_attrs_define
class SavedListSummary:
    """A list that is kept, without its content.

    Attributes:
        created_at (datetime.datetime):
        id (str):
        kind (str):
        name (str):
        question (SavedListSummaryQuestion):
        sha256 (str): Hash of its content
        snapshot_id (str): What it was made from; may be older than today's
    """

    created_at: datetime.datetime
    id: str
    kind: str
    name: str
    question: SavedListSummaryQuestion
    sha256: str
    snapshot_id: str

    def to_dict(self) -> dict[str, Any]:
        created_at = self.created_at.isoformat()

        id = self.id

        kind = self.kind

        name = self.name

        question = self.question.to_dict()

        sha256 = self.sha256

        snapshot_id = self.snapshot_id

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "created_at": created_at,
                "id": id,
                "kind": kind,
                "name": name,
                "question": question,
                "sha256": sha256,
                "snapshot_id": snapshot_id,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.saved_list_summary_question import SavedListSummaryQuestion  # noqa: PLC0415

        d = dict(src_dict)
        created_at = datetime.datetime.fromisoformat(d.pop("created_at"))

        id = d.pop("id")

        kind = d.pop("kind")

        name = d.pop("name")

        question = SavedListSummaryQuestion.from_dict(d.pop("question"))

        sha256 = d.pop("sha256")

        snapshot_id = d.pop("snapshot_id")

        saved_list_summary = cls(
            created_at=created_at,
            id=id,
            kind=kind,
            name=name,
            question=question,
            sha256=sha256,
            snapshot_id=snapshot_id,
        )

        return saved_list_summary
