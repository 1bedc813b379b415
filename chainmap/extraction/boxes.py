"""Boxes: the passages of a document that state directions, found by their layout."""

from __future__ import annotations

import re
from dataclasses import dataclass

from chainmap.concepts.policy import BoxKind, Damage
from chainmap.extraction.layout import Line
from chainmap.extraction.leads import Lead, leads_of
from chainmap.extraction.repair import Clean
from chainmap.extraction.sections import Heading, Sections

_ZHUANLAN = re.compile(r"专栏\s*(\d{1,2}|[一二三四五六七八九十]{1,3})\s*[::.、]?\s*")
_AREA_MARK = re.compile(
    r"(?:重点|主要|发展|主攻)(?:发展|培育|突破)?(?:领域|方向|重点|任务|内容)(?:和重点)?[::](?=\s*\(1\))"
)
_NUMBERED = re.compile(r"\((\d{1,2})\)")
_LONGEST_TITLE = 40


@dataclass(frozen=True)
class Area:
    """A field that a section heading names: where its passage, name and content stand."""

    start: int
    end: int
    name_start: int
    name_end: int
    body_start: int


@dataclass(frozen=True)
class Part:
    """A box in clean offsets: `body_start` is where its content begins after the heading."""

    label: str
    title: str
    kind: BoxKind
    section: str | None
    start: int
    end: int
    body_start: int
    lead: Lead | None = None
    areas: tuple[Area, ...] = ()


@dataclass(frozen=True)
class Layout:
    """The boxes of a document in text order, and what could not be read as one."""

    parts: tuple[Part, ...]
    damage: tuple[Damage, ...]


def layout_of(clean: Clean, sections: Sections) -> Layout:
    """Return the boxes found by evidence: 专栏 headings, numbered key areas, then sentences."""
    damage: list[Damage] = []
    boxed: set[int] = set()
    parts = _zhuanlan(clean, sections, boxed, damage)
    parts += _key_areas(clean, sections, boxed)
    parts += _section_areas(clean, sections, boxed)
    damage += _unread_tables(clean, boxed)
    before_box = {i - 1 for i in boxed if i - 1 not in boxed}
    for index, line in enumerate(clean.body):
        if index in boxed:
            continue
        for lead in leads_of(line, leads_box=index in before_box):
            parts.append(_lead_part(clean, sections, index, lead))
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

    A table mark that ends a line closes the box. Without one the box runs to the next
    numbered heading, unless the numbering started inside the box.
    """
    body = clean.body
    stop = index + 1
    while stop < limit and (stop not in heads or _inner(heads[stop], heads.get(index + 1))):
        stop += 1
        if body[stop - 1].text.endswith("|"):
            return stop
    return stop


def _inner(heading: Heading, first: Heading | None) -> bool:
    """Tell whether the heading continues a numbering that the box itself opened."""
    if first is None or first.number != 1 or heading.level != first.level:
        return False
    return heading.number == 1 + heading.line - first.line


def _key_areas(clean: Clean, sections: Sections, boxed: set[int]) -> list[Part]:
    parts = []
    body = clean.body
    for index, line in enumerate(body):
        if index in boxed:
            continue
        mark = _AREA_MARK.search(line.text)
        numbers = [int(n) for n in _NUMBERED.findall(line.text)]
        if mark is None and not (numbers[:2] == [1, 2] and len(line.text) > 120):
            continue
        stop = index + 1
        while stop < len(body) and _NUMBERED.match(body[stop].text):
            stop += 1
        first = line.text.index("(1)") if "(1)" in line.text else 0
        if mark is None and not _reads_as_areas(line.text[first:]):
            continue
        path = sections.path(index)
        title = path[-1].name if path else line.text[:first].rstrip(":")
        at = line.start + (mark.start() if mark else first)
        boxed.update(range(index, stop))
        end = body[stop - 1].end - (1 if body[stop - 1].text.endswith("|") else 0)
        label = mark[0].rstrip(":") if mark else "重点领域"
        section = " > ".join(h.name for h in path if h.name) or None
        parts.append(Part(label, title, "key_area", section, at, end, line.start + first))
    return parts


_AREA_SECTION = re.compile(
    r"重点(?:发展|培育|建设)?(?:领域|方向|产业|赛道|任务)|发展(?:重点|方向|领域)|主攻方向|产业(?:方向|体系|布局)"
)
_NO_AREA = re.compile(
    r"^(?:推进|加强|加快|强化|完善|优化|提升|建设|实施|构建|健全|深化|推动|培育|打造)"
    r"|方向|布局|目标|原则|机制|保障|要求|工程|行动|平台|人才|企业|招商"
)
_DIRECTS = re.compile(
    r"(?:主攻|聚焦|发展|突破|布局|培育|研发|引进|做大|做强|推动|推进|支持|加快|攻关|开发)[^。]*?、"
)
_FEWEST_AREAS = 2


def _section_areas(clean: Clean, sections: Sections, boxed: set[int]) -> list[Part]:
    """Return the sections on key fields whose sub-headings each name a field and direct it."""
    parts = []
    for head in sections.headings:
        if not _AREA_SECTION.search(head.name):
            continue
        inside = _below(sections, head, len(clean.body))
        children = [h for h in inside[1] if h.level == min((c.level for c in inside[1]), default=0)]
        if len(children) < _FEWEST_AREAS or boxed & set(range(head.line + 1, inside[0])):
            continue
        stops = [*[h.line for h in children[1:]], inside[0]]
        areas = []
        directed = 0
        for child, stop in zip(children, stops, strict=True):
            end = clean.body[stop - 1].end
            directs = _DIRECTS.search(clean.text, child.name_end, end)
            if child.name and len(child.name) <= 16 and not _NO_AREA.search(child.name):
                directed += directs is not None
                start = clean.body[child.line].start
                areas.append(Area(start, end, child.name_start, child.name_end, child.name_end))
        if directed < max(_FEWEST_AREAS, len(children) - 1):
            continue
        boxed.update(range(children[0].line, inside[0]))
        section = sections.parent(head.line)
        start, end = areas[0].start, areas[-1].end
        part = Part(
            "重点领域", head.name, "key_area", section, start, end, start, None, tuple(areas)
        )
        parts.append(part)
    return parts


def _below(sections: Sections, head: Heading, last: int) -> tuple[int, list[Heading]]:
    """Return the line the section ends at and the headings inside it."""
    inside = []
    for heading in sections.headings:
        if heading.line <= head.line:
            continue
        if heading.level <= head.level:
            return heading.line, inside
        inside.append(heading)
    return last, inside


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


def _reads_as_areas(text: str) -> bool:
    """Tell whether numbered clauses are named fields: a short name, then what to develop."""
    names = re.findall(r"\(\d{1,2}\)([^。:;,]{2,16})[。:]", text)
    directions = len(re.findall(r"发展|突破|研发|培育|布局|推进", text))
    return len(names) >= 2 and directions >= len(names)


def _lead_part(clean: Clean, sections: Sections, index: int, lead: Lead) -> Part:
    path = sections.path(index)
    title = next((h.name for h in reversed(path) if h.name), lead.title)
    label = "领域列举" if lead.kind == "enumeration" else "方向"
    section = " > ".join(h.name for h in path if h.name) or None
    start, end = lead.start, lead.end
    if lead.kind == "lead":  # a lead is the paragraph, an enumeration its sentence
        line = clean.body[index]
        start, end = line.start, line.end
    return Part(label, title, lead.kind, section, start, end, lead.start, lead)
