"""Leads: paragraphs outside the boxes that state directions, and lists of fields in a sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from chainmap.extraction.layout import Line
from chainmap.extraction.listing import Phrase
from chainmap.extraction.passages import BODIES, NOT_FIELDS, IsField, fields_of
from chainmap.extraction.refusals import refuses

_MEMBERS = r"(?P<list>[^,。;:]*?、[^,。;:]*?)"
_FIELDS = re.compile(
    r"(?:构建|形成)?(?:聚力|重点)?(?P<mark>聚焦|主攻|瞄准|以|在|围绕|面向)"
    + _MEMBERS
    + r"(?P<tail>等(?:[^、,。;]{0,8}?)(?:领域|方向|产业|赛道)(?:为重点)?)"
)
MEMBER_CUT = re.compile(r"、|(?<=[^、]{2})[和与及](?=[^、]{2})")
_FEWEST = 4  # three fields in passing are an example, four or more are a list to keep
_OPENING = re.compile(
    r"(?:[(（][一二三四五六七八九十]+[)）]|\d{1,2}[.．、](?!\d))[^。,:]{0,16}。(?=.)|\d{1,2}[.．、]"
)
_DIRECTED = re.compile(
    r"(?:发展|推进|推动|突破|研发|开发|培育|布局|加强|开展)(?P<list>[^,。;:、]{2,14}(?:、[^,。;:、]{2,14})+?)(?=等|[,。;])"
)
_CLOSED = re.compile(
    r"(?P<list>[^,。;:、]{2,14}(?:、[^,。;:、]{2,14}){2,}?)等[^,。;、]{0,10}(?:领域|行业|产业|平台|空间|场景)"
)
_NAMES = re.compile(
    r"(?:技术|装备|设备|材料|软件|农业|产业|工业|种业|制造|医学|医疗|能源|信息|智能|网络|计算|生物|健康)"
)
_PROSE = 40  # shorter lines are headings
_LONGEST_MEMBER = 16
_WHOLE = 0.6  # a list whose sentence is most of its paragraph is what the paragraph is for
_MANY = 8  # and so is a list this long


@dataclass(frozen=True)
class Lead:
    """A paragraph, or a sentence, of clean text that states directions.

    `list_start`/`list_end` bound the enumerated fields; equal where there is no such list.
    `fields` are the terms read outside that list.
    """

    kind: Literal["enumeration", "lead"]
    start: int
    end: int
    list_start: int
    list_end: int
    fields: tuple[Phrase, ...] = ()


def lead_of(text: str, line: Line, is_field: IsField, *, leads_box: bool) -> Lead | None:
    """Return what one line outside the boxes states as directions, or None.

    Args:
        text: The clean text.
        line: The line, in clean offsets.
        is_field: Tells what the caller's vocabulary knows as a field.
        leads_box: The line stands right before a box: it introduces it, whatever it names.
    """
    listed = _listed(line)
    opening = _OPENING.match(line.text)
    at = line.start + (opening.end() if opening else 0)
    found = [
        p
        for p in fields_of(text, at, line.end, is_field, trusted=leads_box and listed is None)
        if listed is None or p.end <= listed[0] or p.start >= listed[1]
    ]
    if listed is None:
        if not (found or _mentions(line.text) or (leads_box and len(line.text) >= _PROSE)):
            return None
        return Lead("lead", line.start, line.end, line.start, line.start, tuple(found))
    start, end = _sentence(line, *listed)
    members = text.count("、", *listed) + 1
    focused = text[: listed[0]].endswith(("聚焦", "主攻", "瞄准"))
    if members >= _MANY or (not focused and end - start >= len(line.text) * _WHOLE):
        return Lead("enumeration", start, end, *listed)
    return Lead("lead", line.start, line.end, *listed, tuple(found))


def _mentions(text: str) -> bool:
    """Tell whether a sentence of direction names fields the reader cannot cut out of it."""
    bodies = BODIES.search(text)
    stop = bodies.start() if bodies else len(text)
    hits = [*_DIRECTED.finditer(text, 0, stop), *_CLOSED.finditer(text, 0, stop)]
    members = [MEMBER_CUT.split(m["list"]) for m in hits if not _refused(text, m.start())]
    return any(
        any(_NAMES.search(w) for w in words) and not any(NOT_FIELDS.search(w) for w in words)
        for words in members
    )


def _listed(line: Line) -> tuple[int, int] | None:
    """Return where the first list of four or more fields of a line stands, or None."""
    bodies = BODIES.search(line.text)
    for match in _FIELDS.finditer(line.text, 0, bodies.start() if bodies else len(line.text)):
        members = MEMBER_CUT.split(match["list"])
        if _refused(line.text, match.start()):
            continue
        if _are_fields(members, match["mark"], match["tail"]):
            return line.start + match.start("list"), line.start + match.end("list")
    return None


def _refused(text: str, at: int) -> bool:
    """Tell whether the clause around a place says what is not to be developed."""
    start = max(text.rfind(mark, 0, at) for mark in ",。;:") + 1
    stop = re.compile("[,。;]|$").search(text, at)
    return stop is not None and refuses(text[start : stop.start()])


def _are_fields(members: list[str], mark: str, tail: str) -> bool:
    named = [m for m in members if m and not NOT_FIELDS.search(m)]
    fewest = _FEWEST if mark in ("聚焦", "以", "在") else _FEWEST + 1
    if mark in ("围绕", "面向") and not tail.endswith(("方向", "产业")):
        return False
    longest = max(len(m) for m in members)
    return len(members) >= fewest and len(named) == len(members) and longest <= _LONGEST_MEMBER


def _sentence(line: Line, start: int, end: int) -> tuple[int, int]:
    """Return the sentence around a span of the line."""
    text, at = line.text, line.start
    left = max(text.rfind(mark, 0, start - at) for mark in "。;:") + 1
    rights = [i for i in (text.find(mark, end - at) for mark in "。;") if i >= 0]
    return at + left, at + (min(rights) + 1 if rights else len(text))
