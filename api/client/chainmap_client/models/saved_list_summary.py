from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define

from ..types import UNSET, Unset

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
        content_id (None | str | Unset): Snapshot of all inputs; null for lists kept without them
        saved_by (None | str | Unset): Key or account that saved it
    """

    created_at: datetime.datetime
    id: str
    kind: str
    name: str
    question: SavedListSummaryQuestion
    sha256: str
    snapshot_id: str
    content_id: None | str | Unset = UNSET
    saved_by: None | str | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        created_at = self.created_at.isoformat()

        id = self.id

        kind = self.kind

        name = self.name

        question = self.question.to_dict()

        sha256 = self.sha256

        snapshot_id = self.snapshot_id

        content_id: None | str | Unset
        if isinstance(self.content_id, Unset):
            content_id = UNSET
        else:
            content_id = self.content_id

        saved_by: None | str | Unset
        if isinstance(self.saved_by, Unset):
            saved_by = UNSET
        else:
            saved_by = self.saved_by

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
        if content_id is not UNSET:
            field_dict["content_id"] = content_id
        if saved_by is not UNSET:
            field_dict["saved_by"] = saved_by

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

        def _parse_content_id(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        content_id = _parse_content_id(d.pop("content_id", UNSET))

        def _parse_saved_by(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        saved_by = _parse_saved_by(d.pop("saved_by", UNSET))

        saved_list_summary = cls(
            created_at=created_at,
            id=id,
            kind=kind,
            name=name,
            question=question,
            sha256=sha256,
            snapshot_id=snapshot_id,
            content_id=content_id,
            saved_by=saved_by,
        )

        return saved_list_summary
