"""Key areas: numbered fields of a paragraph, sections named after fields, kinds announced."""

from __future__ import annotations

import re

from chainmap.extraction.listing import Phrase
from chainmap.extraction.parts import Area, Part
from chainmap.extraction.passages import IsField, fields_of
from chainmap.extraction.refusals import lists_refused
from chainmap.extraction.repair import Clean
from chainmap.extraction.sections import Heading, Sections, chinese_number

_AREA_MARK = re.compile(
    r"(?:重点|主要|发展|主攻)(?:发展|培育|突破)?(?:领域|方向|重点|任务|内容)(?:和重点)?[::](?=\s*\(1\))"
)
_NUMBERED = re.compile(r"\((\d{1,2})\)")
_LONGEST_PREFACE = 4  # lines of goals between the heading of a key area and its fields


def key_areas(clean: Clean, sections: Sections, boxed: set[int], is_field: IsField) -> list[Part]:
    """Return the numbered key areas of a paragraph or of one line each."""
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
        fields: tuple[Phrase, ...] = ()
        opened = path[-1] if path else None
        if mark and opened and opened.whole_line and 0 < index - opened.line <= _LONGEST_PREFACE:
            fields = tuple(fields_of(clean.text, body[opened.line + 1].start, at, is_field))
            at = body[opened.line].start
            boxed.update(range(opened.line, index))
        boxed.update(range(index, stop))
        end = body[stop - 1].end - (1 if body[stop - 1].text.endswith("|") else 0)
        label = mark[0].rstrip(":") if mark else "重点领域"
        section = " > ".join(h.name for h in path if h.name) or None
        body_start = line.start + first
        parts.append(Part(label, title, "key_area", section, at, end, body_start, None, (), fields))
    return parts


_AREA_SECTION = re.compile(
    r"重点(?:发展|培育|建设)?(?:领域|方向|产业|赛道|任务)|发展(?:重点|方向|领域)|主攻方向|产业(?:方向|体系|布局)"
)
_NO_AREA = re.compile(
    r"^(?:推进|加强|加快|强化|完善|优化|提升|建设|实施|构建|健全|深化|推动|培育|打造)"
    r"|方向|布局|目标|原则|机制|保障|要求|工程|行动|平台|人才|企业|招商|基础|背景|思路|形势|问题|意义|管理|创新|改革|合作|服务体系|环境"
)
_DIRECTS = re.compile(
    r"(?:主攻|聚焦|发展|突破|布局|培育|研发|引进|做大|做强|推动|推进|支持|加快|攻关|开发)[^。]*?、"
)
_FEWEST_AREAS = 2
_NO_AREA_SECTION = re.compile(r"基础|背景|现状|形势|目标|原则|要求|保障|措施|回顾")


def section_areas(
    clean: Clean, sections: Sections, boxed: set[int], is_field: IsField
) -> list[Part]:
    """Return the sections whose sub-headings each name a field and direct it.

    Where the section's own heading speaks of fields (重点领域), one sub-section may direct
    nothing; where it does not, each must list at least two fields.
    """
    parts = []
    for head in sections.headings:
        if _NO_AREA_SECTION.search(head.name) or lists_refused(head.name):
            continue
        inside = _below(sections, head, len(clean.body))
        children = [h for h in inside[1] if h.level == min((c.level for c in inside[1]), default=0)]
        if len(children) < _FEWEST_AREAS or boxed & set(range(head.line + 1, inside[0])):
            continue
        stops = [*[h.line for h in children[1:]], inside[0]]
        areas = []
        directed = 0
        said = _AREA_SECTION.search(head.name) is not None
        for child, stop in zip(children, stops, strict=True):
            end = clean.body[stop - 1].end
            directs = _directs(clean, child, end, is_field, said=said)
            if child.name and len(child.name) <= 16 and not _NO_AREA.search(child.name):
                directed += directs
                start = clean.body[child.line].start
                areas.append(Area(start, end, child.name_start, child.name_end, child.name_end))
        fewest = len(children) - 1 if said else len(children)
        if directed < max(_FEWEST_AREAS, fewest):
            continue
        boxed.update(range(children[0].line, inside[0]))
        section = sections.parent(head.line)
        start, end = areas[0].start, areas[-1].end
        part = Part(
            "重点领域", head.name, "key_area", section, start, end, start, None, tuple(areas)
        )
        parts.append(part)
    return parts


_KINDS = re.compile(
    r"(?P<count>[两二三四五六七八九])(?:种|类|个|大|项)(?:类型|形态|模式|方向|领域|重点|路径)[^,。;:]{0,14}[。:]?$"
)


def announced_kinds(
    clean: Clean, sections: Sections, boxed: set[int], is_field: IsField
) -> list[Part]:
    """Return the paragraphs that announce a number of kinds which the numbered ones below meet."""
    parts = []
    body = clean.body
    heads = {h.line: h for h in sections.headings}
    for index, line in enumerate(body):
        kinds = _KINDS.search(line.text)
        if kinds is None or index in boxed:
            continue
        count = chinese_number(kinds["count"].replace("两", "二"))
        found = [heads.get(i) for i in range(index + 1, min(len(body), index + 1 + count))]
        named = [h for h in found if h is not None and h.name]
        if [h.number for h in named] != list(range(1, count + 1)):
            continue
        areas = tuple(
            Area(body[h.line].start, body[h.line].end, h.name_start, h.name_end, h.name_end)
            for h in named
        )
        fields = tuple(fields_of(clean.text, line.start, areas[-1].end, is_field))
        above = sections.path(index)
        first = index - 1 if above and above[-1].line == index - 1 else index
        boxed.update(range(first, index + 1 + count))
        title = above[-1].name if above else kinds[0]
        start, end = body[first].start, areas[-1].end
        section = sections.parent(index)
        parts.append(
            Part("类型列举", title, "enumeration", section, start, end, start, None, areas, fields)
        )
    return parts


def _directs(clean: Clean, child: Heading, end: int, is_field: IsField, *, said: bool) -> bool:
    if said:
        return _DIRECTS.search(clean.text, child.name_end, end) is not None
    found = fields_of(clean.text, child.name_end, end, is_field, trusted=True)
    verb = _DIRECTS.search(clean.text, child.name_end, end)
    return verb is not None and sum(p.role == "leaf" for p in found) >= _FEWEST_FIELDS


_FEWEST_FIELDS = 2


def _below(sections: Sections, head: Heading, last: int) -> tuple[int, list[Heading]]:
    """Return the line the section ends at and the headings inside it."""
    inside: list[Heading] = []
    for heading in sections.headings:
        if heading.line <= head.line:
            continue
        if heading.level <= head.level:
            return heading.line, inside
        inside.append(heading)
    return last, inside


def _reads_as_areas(text: str) -> bool:
    """Tell whether numbered clauses are named fields: a short name, then what to develop."""
    names = re.findall(r"\(\d{1,2}\)([^。:;,]{2,16})[。:]", text)
    directions = len(re.findall(r"发展|突破|研发|培育|布局|推进", text))
    return len(names) >= 2 and directions >= len(names)
