from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

from ..types import UNSET, Unset

T = TypeVar("T", bound="CitationRecord")


@_attrs_define
class CitationRecord:
    """A policy passage (出处) behind a statement.

    Attributes:
        box (str): 专栏, key area or article
        document_id (str):
        end (int): Code point after the last
        id (str):
        in_force (bool): Whether the plan's period covers the day of the answer
        names (list[str]): Terms the passage names
        sha256 (str): Hash of the raw document the offsets refer to
        start (int): First code point in the raw document
        title (str): Title of the policy document
        scope (None | str | Unset): segment, group or chain: whether it names the segment itself, its group or its whole
            chain; null where it stands for no one segment. `TracePassage.scope` says the same in Chinese
    """

    box: str
    document_id: str
    end: int
    id: str
    in_force: bool
    names: list[str]
    sha256: str
    start: int
    title: str
    scope: None | str | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        box = self.box

        document_id = self.document_id

        end = self.end

        id = self.id

        in_force = self.in_force

        names = self.names

        sha256 = self.sha256

        start = self.start

        title = self.title

        scope: None | str | Unset
        if isinstance(self.scope, Unset):
            scope = UNSET
        else:
            scope = self.scope

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "box": box,
                "document_id": document_id,
                "end": end,
                "id": id,
                "in_force": in_force,
                "names": names,
                "sha256": sha256,
                "start": start,
                "title": title,
            }
        )
        if scope is not UNSET:
            field_dict["scope"] = scope

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        box = d.pop("box")

        document_id = d.pop("document_id")

        end = d.pop("end")

        id = d.pop("id")

        in_force = d.pop("in_force")

        names = cast(list[str], d.pop("names"))

        sha256 = d.pop("sha256")

        start = d.pop("start")

        title = d.pop("title")

        def _parse_scope(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        scope = _parse_scope(d.pop("scope", UNSET))

        citation_record = cls(
            box=box,
            document_id=document_id,
            end=end,
            id=id,
            in_force=in_force,
            names=names,
            sha256=sha256,
            start=start,
            title=title,
            scope=scope,
        )

        return citation_record
