"""Boxes: the passages of a document that state directions, found by their layout."""

from __future__ import annotations

import re
from dataclasses import dataclass

from chainmap.concepts.policy import Damage
from chainmap.extraction.keyareas import announced_kinds, key_areas, section_areas
from chainmap.extraction.layout import Line
from chainmap.extraction.leads import Lead, lead_of
from chainmap.extraction.parts import Part
from chainmap.extraction.passages import IsField
from chainmap.extraction.refusals import lists_refused
from chainmap.extraction.repair import Clean
from chainmap.extraction.sections import Heading, Sections

_ZHUANLAN = re.compile(r"专栏\s*(\d{1,2}|[一二三四五六七八九十]{1,3})\s*[::.、]?\s*")
_LONGEST_TITLE = 40
_NO_DIRECTIONS = re.compile(
    r"(?:现实|发展|现有|工作)?基础$|背景|现状|形势|回顾|成效|组织(?:领导|实施|保障)|保障措施|实施保障|附则"
)
"""Sections on the past and on who is to do it."""


def _nothing(word: str) -> bool:
    return False


@dataclass(frozen=True)
class Layout:
    """The boxes of a document in text order, and what could not be read as one."""

    parts: tuple[Part, ...]
    damage: tuple[Damage, ...]


def layout_of(clean: Clean, sections: Sections, is_field: IsField = _nothing) -> Layout:
    """Return the boxes found by evidence: 专栏 headings, numbered key areas, then paragraphs.

    Args:
        clean: The repaired text.
        sections: Its headings.
        is_field: Tells what the caller's vocabulary knows as a field; nothing if not given.
    """
    damage: list[Damage] = []
    boxed: set[int] = set()
    parts = _zhuanlan(clean, sections, boxed, damage)
    parts += key_areas(clean, sections, boxed, is_field)
    parts += section_areas(clean, sections, boxed, is_field)
    parts += announced_kinds(clean, sections, boxed, is_field)
    damage += _unread_tables(clean, boxed)
    openings = {i for i, line in enumerate(clean.body) if i in boxed and _is_zhuanlan(line.text)}
    before_box = {i - 1 for i in openings if i - 1 not in boxed}
    for index, line in enumerate(clean.body):
        if index in boxed:
            continue
        path = sections.path(index)
        if any(_NO_DIRECTIONS.search(h.name) or lists_refused(h.name) for h in path):
            continue
        headed = path and path[-1].line == index and path[-1].whole_line and path[-1].name
        if headed or not re.search("[,。;:、]", line.text):
            continue  # a heading, a title, a caption
        lead = lead_of(clean.text, line, is_field, leads_box=index in before_box)
        if lead:
            parts.append(_lead_part(clean, sections, index, lead, boxed))
    if not parts and clean.body:
        start, end = clean.span(clean.body[0].start, clean.body[-1].end)
        note = "没有认出专栏、编号重点领域或领域列举，未提取方向；请人工核对版式。"
        damage.append(Damage(kind="unknown_layout", start=start, end=end, note=note))
    return Layout(tuple(sorted(parts, key=lambda p: (p.start, -p.end))), tuple(damage))


def _zhuanlan(
    clean: Clean, sections: Sections, boxed: set[int], damage: list[Damage]
) -> list[Part]:
    body = clean.body
    heads = {h.line: h for h in sections.headings}
    starts = [i for i, line in enumerate(body) if _is_zhuanlan(line.text)]
    parts = []
    for order, index in enumerate(starts):
        limit = starts[order + 1] if order + 1 < len(starts) else len(body)
        stop = _box_stop(clean, index, limit, heads)
        line = body[index]
        mark = _ZHUANLAN.match(line.text)
        assert mark is not None
        title = line.text[mark.end() :].rstrip("。:|")
        body_start = line.end
        if len(title) > _LONGEST_TITLE:  # heading and content run together in one line
            title = re.split(r"[。:,]", title, maxsplit=1)[0]
            body_start = line.start + mark.end() + len(title)
        if stop == index + 1 and body_start == line.end:
            start, end = clean.span(line.start, line.end)
            note = f"“{line.text}”之后没有认出内容。"
            damage.append(Damage(kind="unknown_layout", start=start, end=end, note=note))
        boxed.update(range(index, stop))
        label = "专栏" + mark[1]
        end_at = body[stop - 1].end - (1 if body[stop - 1].text.endswith("|") else 0)
        section = sections.parent(index)
        parts.append(Part(label, title, "zhuanlan", section, line.start, end_at, body_start))
    return parts


def _is_zhuanlan(text: str) -> bool:
    mark = _ZHUANLAN.match(text)
    # a sentence that mentions a box (专栏3所列…,) is prose; a heading has no comma early on
    return mark is not None and not re.match(r"[所中的与和列明]", text[mark.end() :])


def _box_stop(clean: Clean, index: int, limit: int, heads: dict[int, Heading]) -> int:
    """Return the index one past the box's last line.

    A table mark that ends a line closes the box, unless the next line is a row too. Without
    one the box runs to the next numbered heading, unless the numbering started inside the box.
    """
    body = clean.body
    stop = index + 1
    while stop < limit and (stop not in heads or _inner(heads[stop], heads.get(index + 1))):
        stop += 1
        more = stop < limit and stop not in heads and body[stop].text.endswith("|")
        if body[stop - 1].text.endswith("|") and not more:
            return stop
    return stop


def _inner(heading: Heading, first: Heading | None) -> bool:
    """Tell whether the heading continues a numbering that the box itself opened."""
    if first is None or first.number != 1 or heading.level != first.level:
        return False
    return heading.number == 1 + heading.line - first.line


_LEAST_CELLS = 6


def _unread_tables(clean: Clean, boxed: set[int]) -> list[Damage]:
    """Return one message per table outside boxes that is no indicator table."""
    found = []
    run: list[Line] = []
    for index, line in enumerate([*clean.body, None]):
        if line is not None and line.text.endswith("|") and index not in boxed:
            run.append(line)
            continue
        cells = sum(cell.text.count("|") for cell in run)
        if cells >= _LEAST_CELLS and not any(re.search(r"20\d\d年?", c.text) for c in run[:6]):
            start, end = clean.span(run[0].start, run[-1].end)
            note = f"一张{cells}格的表格不是认识的形状，未提取；请人工核对。"
            found.append(Damage(kind="unknown_layout", start=start, end=end, note=note))
        run = []
    return found


def _lead_part(clean: Clean, sections: Sections, index: int, lead: Lead, boxed: set[int]) -> Part:
    """Return the box of a lead: its paragraph with the heading above it, or its sentence."""
    path = sections.path(index)
    named = [h for h in path if h.name]
    title = named[-1].name if named else clean.text[lead.list_start : lead.list_start + 20]
    label = "领域列举" if lead.kind == "enumeration" else "方向"
    section = " > ".join(h.name for h in named) or None
    start = lead.start
    above = path[-1] if path else None
    headed = above is not None and above.whole_line and above.line == index - 1
    if lead.kind == "lead" and headed and index - 1 not in boxed:
        start = clean.body[index - 1].start
    return Part(
        label, title, lead.kind, section, start, lead.end, lead.start, lead, (), lead.fields
    )
