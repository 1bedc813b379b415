"""Items: the named sub-domains inside a box, or bare paragraphs that lost their name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from chainmap.extraction.layout import Line
from chainmap.extraction.leads import MEMBER_CUT
from chainmap.extraction.listing import titles_of
from chainmap.extraction.parts import Part
from chainmap.extraction.refusals import lists_refused
from chainmap.extraction.repair import Clean
from chainmap.extraction.sections import heading_of

_COLON_NAME = re.compile(
    r"(?:^|(?<=[。;)|]))([^。,;::|“”]{2,24}|[^。;::|“”]{2,9}、[^。;::|]{2,12}):"
)
_STOP_NAME = re.compile(r"^([^。,;:、|]{2,20})。(?=.)")
_NUMBER_NAME = re.compile(
    r"(?:\((\d{1,2})\)|(?<!\d)(\d{1,2})[.．、](?!\d)|[①-⑳])([^。,;:|]{2,24})[。:]"
)
_BULLET_NAME = re.compile(r"^(?:——|[-—·•◆●■□*])\s*([^。,;:|]{2,24})[。:]")
_FIELD_PART = re.compile(r"(?:^|(?<=[;:]))(([^,;:、]{2,10})领域)(?:部署|布局|安排|设立|聚焦|重点)")
_CLAUSE_OPENING = re.compile(
    r"^(?:主要目标|发展目标|责任单位|任单位|牵头单位|其中|包括|如下|到20|以|在|围绕|通过|利用|力争)|如下$"
)
_VERBAL = re.compile(
    r"^(?:加快|大力|重点|推动|推进|发展|突破|支持|研发|开发|积极|加强|着力|鼓励|到20|力争|以|在|围绕|通过"
    r"|实施|开展|建设|打造|提升|培育|引进|完善|构建|其中|包括|主要目标|责任单位|任单位|利用|运用)"
)


@dataclass(frozen=True)
class Piece:
    """An item in clean offsets: its span, its name and where its content begins.

    `name_start == name_end` where the text gives no name.
    """

    box: int
    start: int
    end: int
    name: str
    name_start: int
    name_end: int
    body_start: int
    is_member: bool = False
    is_title: bool = False


@dataclass(frozen=True)
class _Mark:
    start: int
    name_start: int
    name_end: int
    body: int


def pieces_of(clean: Clean, box: int, part: Part) -> list[Piece]:
    """Return the items of one box in text order; `box` is the box's place in the list.

    An enumeration gives one item per field; prose leads give none, and so does what a box
    lists as forbidden or limited (限制类:…).
    """
    if lists_refused(part.title):
        return []
    pieces = _all_pieces(clean, box, part)
    unwanted = [p for p in pieces if lists_refused(p.name)]
    return [p for p in pieces if not any(u.start <= p.start < u.end for u in unwanted)]


def _all_pieces(clean: Clean, box: int, part: Part) -> list[Piece]:
    if part.lead is not None:
        return _members(clean, box, part)
    text = clean.text
    pieces = [
        Piece(
            box,
            a.start,
            a.end,
            text[a.name_start : a.name_end],
            a.name_start,
            a.name_end,
            a.body_start,
        )
        for a in part.areas
    ]
    if pieces:
        return [q for p in pieces for q in (p, *_below(clean, p))]
    for line in _content(clean, part):
        pieces.extend(_of_line(clean, box, part, line))
    return pieces


def _content(clean: Clean, part: Part) -> list[Line]:
    found = []
    for line in clean.body:
        start, end = max(line.start, part.body_start), min(line.end, part.end)
        text = clean.text[start:end].lstrip("。:| ")
        start = end - len(text)
        text = text.rstrip("| ")
        end = start + len(text)
        if start < end:
            found.append(Line(start, end, text))
    return found


def _of_line(clean: Clean, box: int, part: Part, line: Line) -> list[Piece]:
    marks = _marks(line, part)
    pieces: list[Piece] = []
    if not marks or marks[0].start > 0:
        stop = marks[0].start if marks else len(line.text)
        row = line.text.count("|") > 1 and not re.search(r"、|,(?!\d)", line.text)
        if stop > 12 and not row:  # shorter rests are list marks and remnants, not paragraphs
            end = line.start + stop
            pieces.append(Piece(box, line.start, end, "", line.start, line.start, line.start))
    stops = [*[m.start for m in marks[1:]], len(line.text)][: len(marks)]
    for mark, stop in zip(marks, stops, strict=True):
        at = line.start
        name = line.text[mark.name_start : mark.name_end]
        spans = (at + mark.name_start, at + mark.name_end, at + mark.body)
        piece = Piece(box, at + mark.start, at + stop, name, *spans)
        pieces.append(piece)
        pieces.extend(_fields(clean, piece) or _titles(clean, piece))
    return pieces


def _marks(line: Line, part: Part) -> list[_Mark]:
    text = line.text
    numbered = list(_NUMBER_NAME.finditer(text))
    if part.kind == "key_area" or (numbered and numbered[0].start() == 0):
        return [_Mark(m.start(), m.start(3), m.end(3), m.end()) for m in numbered]
    bullet = _BULLET_NAME.match(text)
    if bullet:
        return [_Mark(0, bullet.start(1), bullet.end(1), bullet.end())]
    found = [
        _Mark(m.start(1), m.start(1), m.end(1), m.end())
        for m in _COLON_NAME.finditer(text)
        if not _CLAUSE_OPENING.match(m[1]) and not (len(m[1]) > 8 and _VERBAL.match(m[1]))
    ]
    if found:
        return found
    stop = _STOP_NAME.match(text)
    if stop and not _VERBAL.match(stop[1]):
        return [_Mark(0, 0, stop.end(1), stop.end())]
    return []


def _below(clean: Clean, piece: Piece) -> list[Piece]:
    """Return the numbered and named paragraphs inside a section that is an item itself."""
    found = []
    for index, line in enumerate(clean.body):
        if not piece.body_start <= line.start < piece.end:
            continue
        head = heading_of(line, index)
        if head is not None and head.name and not head.whole_line and not _VERBAL.match(head.name):
            name = clean.text[head.name_start : head.name_end]
            span = (head.name_start, head.name_end, head.name_end)
            found.append(Piece(piece.box, line.start, line.end, name, *span))
    return found


def _fields(clean: Clean, piece: Piece) -> list[Piece]:
    """Return the fields an item spreads over (X领域部署…;Y领域部署…)."""
    text = clean.text[piece.body_start : piece.end]
    found = list(_FIELD_PART.finditer(text))
    if len(found) < 2:
        return []
    at = piece.body_start
    stops = [m.start() for m in found[1:]] + [len(text)]
    return [
        Piece(
            piece.box, at + m.start(), at + stop, m[2], at + m.start(2), at + m.end(2), at + m.end()
        )
        for m, stop in zip(found, stops, strict=True)
    ]


def _titles(clean: Clean, piece: Piece) -> list[Piece]:
    """Return the titles an item announces by their number and lists (15个专项:甲、乙…)."""
    announced = re.match(r"(\d{1,2})个", piece.name)
    end = piece.body_start + len(clean.text[piece.body_start : piece.end].rstrip("。;| "))
    if announced is None:
        return []
    spans = titles_of(clean.text, piece.body_start, end, int(announced[1]))
    return [
        Piece(piece.box, t.start, t.end, clean.text[t.start : t.end], t.start, t.end, t.start,
              is_title=True)
        for t in spans
    ]  # fmt: skip


def _members(clean: Clean, box: int, part: Part) -> list[Piece]:
    lead = part.lead
    if lead is None or lead.list_start == lead.list_end:
        return []
    bounds = [lead.list_start]
    text = clean.text
    for match in MEMBER_CUT.finditer(text, lead.list_start, lead.list_end):
        if match[0] == "、" or _last_joint(text, match.start(), lead.list_end):
            bounds += [match.start(), match.end()]
    bounds.append(lead.list_end)
    spans = [(a, b) for i, (a, b) in enumerate(pairwise(bounds)) if i % 2 == 0 and a < b]
    return [Piece(box, a, b, text[a:b], a, b, b, is_member=True) for a, b in spans]


def _last_joint(text: str, at: int, end: int) -> bool:
    """Tell whether 和/与/及 closes the list rather than standing inside a member's name."""
    rest, before = text[at + 1 : end], text[:at]
    if "、" in rest or text[at] != "和":
        return False
    return len(rest) >= 4 and len(before) - before.rfind("、") > 3
