from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

from ..models.trace_passage_kind import TracePassageKind
from ..models.trace_passage_text import TracePassageText
from ..types import UNSET, Unset

T = TypeVar("T", bound="TracePassage")


@_attrs_define
class TracePassage:
    """One passage that names a segment.

    Attributes:
        box (str):
        cite_scope (str): The same as `CitationRecord.scope` has it: segment, group or chain
        document_id (str):
        end (int):
        expired (bool):
        id (str):
        in_force (bool):
        kind (TracePassageKind):
        names (list[str]):
        scope (str): What it names, in Chinese: 点名环节 the segment, 点名所属板块 its group, 点名所属产业 its whole chain
        sha256 (str):
        start (int):
        title (str):
        wording (float):
        place (None | str | Unset):
        sentence (None | str | Unset): The sentence around it, spaces closed
        surface (None | str | Unset): The passage itself, as in the raw file
        text (TracePassageText | Unset):  Default: TracePassageText.ABSENT.
        verb (None | str | Unset):
    """

    box: str
    cite_scope: str
    document_id: str
    end: int
    expired: bool
    id: str
    in_force: bool
    kind: TracePassageKind
    names: list[str]
    scope: str
    sha256: str
    start: int
    title: str
    wording: float
    place: None | str | Unset = UNSET
    sentence: None | str | Unset = UNSET
    surface: None | str | Unset = UNSET
    text: TracePassageText | Unset = TracePassageText.ABSENT
    verb: None | str | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        box = self.box

        cite_scope = self.cite_scope

        document_id = self.document_id

        end = self.end

        expired = self.expired

        id = self.id

        in_force = self.in_force

        kind = self.kind.value

        names = self.names

        scope = self.scope

        sha256 = self.sha256

        start = self.start

        title = self.title

        wording = self.wording

        place: None | str | Unset
        if isinstance(self.place, Unset):
            place = UNSET
        else:
            place = self.place

        sentence: None | str | Unset
        if isinstance(self.sentence, Unset):
            sentence = UNSET
        else:
            sentence = self.sentence

        surface: None | str | Unset
        if isinstance(self.surface, Unset):
            surface = UNSET
        else:
            surface = self.surface

        text: str | Unset = UNSET
        if not isinstance(self.text, Unset):
            text = self.text.value

        verb: None | str | Unset
        if isinstance(self.verb, Unset):
            verb = UNSET
        else:
            verb = self.verb

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "box": box,
                "cite_scope": cite_scope,
                "document_id": document_id,
                "end": end,
                "expired": expired,
                "id": id,
                "in_force": in_force,
                "kind": kind,
                "names": names,
                "scope": scope,
                "sha256": sha256,
                "start": start,
                "title": title,
                "wording": wording,
            }
        )
        if place is not UNSET:
            field_dict["place"] = place
        if sentence is not UNSET:
            field_dict["sentence"] = sentence
        if surface is not UNSET:
            field_dict["surface"] = surface
        if text is not UNSET:
            field_dict["text"] = text
        if verb is not UNSET:
            field_dict["verb"] = verb

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        box = d.pop("box")

        cite_scope = d.pop("cite_scope")

        document_id = d.pop("document_id")

        end = d.pop("end")

        expired = d.pop("expired")

        id = d.pop("id")

        in_force = d.pop("in_force")

        kind = TracePassageKind(d.pop("kind"))

        names = cast(list[str], d.pop("names"))

        scope = d.pop("scope")

        sha256 = d.pop("sha256")

        start = d.pop("start")

        title = d.pop("title")

        wording = d.pop("wording")

        def _parse_place(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        place = _parse_place(d.pop("place", UNSET))

        def _parse_sentence(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        sentence = _parse_sentence(d.pop("sentence", UNSET))

        def _parse_surface(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        surface = _parse_surface(d.pop("surface", UNSET))

        _text = d.pop("text", UNSET)
        text: TracePassageText | Unset
        if isinstance(_text, Unset):
            text = UNSET
        else:
            text = TracePassageText(_text)

        def _parse_verb(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        verb = _parse_verb(d.pop("verb", UNSET))

        trace_passage = cls(
            box=box,
            cite_scope=cite_scope,
            document_id=document_id,
            end=end,
            expired=expired,
            id=id,
            in_force=in_force,
            kind=kind,
            names=names,
            scope=scope,
            sha256=sha256,
            start=start,
            title=title,
            wording=wording,
            place=place,
            sentence=sentence,
            surface=surface,
            text=text,
            verb=verb,
        )

        return trace_passage
