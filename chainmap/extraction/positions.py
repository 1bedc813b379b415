"""Positions: which fields or which role a document gives to a place or platform."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from chainmap.concepts.policy import Position
from chainmap.extraction.layout import Line
from chainmap.extraction.phrases import Span, sentences
from chainmap.extraction.places import Mention, mentions, place_of_name
from chainmap.extraction.repair import Clean
from chainmap.extraction.sections import Heading, Sections
from chainmap.extraction.standing import ROLE, Whereabouts, of_region

_BACKGROUND = re.compile(r"基础|背景|现状|成效|回顾|形势")
_GIVES = re.compile(
    r"支持|推进|推动|加快|建设|打造|创建|培育|强化|深化|发挥|落户|布局|提升|完善|做大|做强|构建|以|引导|发展|主攻|聚焦"
    r"|试点|促进|引领|共建|参与|依托|围绕|实施|开展|转化|转移|增长|建立|构筑|鼓励"
)
_BODIES = re.compile(r"\((?:责任单位|任单位|牵头单位)")
_ZONE_WORD = re.compile(
    r"(?:级|机构|园|模式|孵化|园区|区|城|走廊|小镇|广场|大学|学院|业态|企业|动能|中心|基地)$"
)
_NAMED_FIELD = re.compile(
    r"(?P<field>[一-鿿]{2,8}?)(?:产业|制造)?(?:基地|综合示范区|集聚区|创新发展试验区|高新技术产业园区|产业园)$"
)


@dataclass(frozen=True)
class Assigned:
    """What an item gives: its clean span, its name, its leaf terms."""

    start: int
    end: int
    name: str
    terms: tuple[str, ...]


def positions_of(
    clean: Clean, sections: Sections, items: Sequence[Assigned], here: Whereabouts
) -> list[Position]:
    """Return the positions in text order, one per place and statement.

    Three shapes: an item named after a place; a sentence that gives a place a role or
    fields; an item of a city's own plan, which gives its fields to the city itself.
    """
    found: list[Position] = []
    covered: list[Span] = []
    inside = [Span(i.start, i.end) for i in items]
    for item in items:
        place = place_of_name(item.name, here.table)
        if place is not None:
            found.append(_of_item(clean, item, place))
            covered.append(Span(item.start, item.end))
        elif here.level in ("city", "county") and here.name:
            own = Mention(item.start, item.end, here.name, here.code, here.level)
            found.append(_of_item(clean, item, own))
    for heading in sections.headings:
        found.extend(_of_heading(clean, sections, heading, here, items))
    for index, line in enumerate(clean.body):
        path = sections.path(index)
        if any(_BACKGROUND.search(h.name) for h in path) or len(line.text) < _SHORTEST_PROSE:
            continue
        if not any(s.start < line.end and line.start < s.end for s in inside):
            found.extend(of_region(clean, line, here))
        opened = [Span(line.start, h.name_end) for h in path if h.line == index and h.name]
        found.extend(_of_line(clean, line, here, [*covered, *opened]))
    unique = {(p.place, p.start, p.end, p.role): p for p in found}
    return sorted(unique.values(), key=lambda p: (p.start, p.end))


_SHORTEST_PROSE = 24  # shorter lines are headings and titles


_ZONE_KIND = re.compile(
    r"^(?![推进建设加快打造创建支持大力培育提升构])[一-鿿]{3,18}(?:先导区|示范区|试验区|集聚区|创新区)$"
)


def _of_heading(
    clean: Clean, sections: Sections, heading: Heading, here: Whereabouts, items: Sequence[Assigned]
) -> list[Position]:
    """Return what a section named after a place gives it, fields of the whole section taken in."""
    places = _assignable(clean.text, Span(heading.name_start, heading.name_end), here)
    if not places and _ZONE_KIND.match(heading.name):
        places = [Mention(heading.name_start, heading.name_end, heading.name, None, "zone")]
    if len(places) != 1 or places[0].level not in ("zone", "platform", "town", "group"):
        return []
    later = [h.line for h in sections.headings if h.line > heading.line]
    last = min(later, default=heading.line + 1) if heading.whole_line else heading.line + 1
    lines = [
        x for x in clean.body[heading.line : max(last, heading.line + 1)] if x.text[:2] != "专栏"
    ]
    body = "。".join(x.text for x in lines)
    inside = [
        w for i in items if lines[0].start <= i.start < lines[-1].end for w in i.terms or (i.name,)
    ]
    role = ROLE.search(body, heading.name_end - lines[0].start)
    start, end = clean.span(lines[0].start, lines[-1].end)
    terms = tuple(dict.fromkeys([*inside, *_fields(body), *_own_field(places[0])]))
    return [
        Position(
            place=places[0].name,
            code=places[0].code,
            admin_level=places[0].level,
            terms=terms,
            role=role[0] if role else heading.name,
            start=start,
            end=end,
        )
    ]


def _own_field(place: Mention) -> list[str]:
    """Return the field a zone carries in its own name (某地通航产业综合示范区 → 通航)."""
    match = _NAMED_FIELD.search(place.name)
    if match is None or place.level not in ("zone", "platform"):
        return []
    field = re.sub(r"^.{2}(?=.{2})", "", match["field"]) if len(match["field"]) > 3 else ""
    return [field] if field and not re.search(r"国家|省级|高新|产业$", field) else []


def _of_item(clean: Clean, item: Assigned, place: Mention) -> Position:
    text = clean.text[item.start : item.end]
    role = ROLE.search(text)
    start, end = clean.span(item.start, item.end)
    return Position(
        place=place.name,
        code=place.code,
        admin_level=place.level,
        terms=item.terms or ((item.name,) if item.name and place.name != item.name else ()),
        role=role[0] if role else None,
        start=start,
        end=end,
    )


def _of_line(
    clean: Clean,
    line: Line,
    here: Whereabouts,
    covered: list[Span],
) -> list[Position]:
    text = clean.text
    bodies = _BODIES.search(line.text)
    stop = line.start + bodies.start() if bodies else line.end
    found: list[Position] = []
    subject: list[Mention] = []
    for sentence in sentences(text, line.start, stop):
        if any(c.start <= sentence.start < c.end for c in covered):
            continue
        named = _assignable(text, sentence, here)
        if named:
            subject = named
        elif not (subject and ROLE.search(text[sentence.start : sentence.end])):
            continue
        found.extend(_of_sentence(clean, sentence, subject, bool(named)))
    return found


def _assignable(text: str, sentence: Span, here: Whereabouts) -> list[Mention]:
    """Return the places a sentence can give something to: not the region itself, not others."""
    found = []
    own = (here.name or "", (here.name or "").rstrip("省市县区"))
    for one in mentions(text, sentence.start, sentence.end, here.table):
        if one.name in own or one.level in ("province", "country"):
            continue
        around = text[max(sentence.start, one.start - 4) : one.start]
        elsewhere = one.code and here.code and one.code[:2] != here.code[:2]
        if elsewhere or re.search(r"《[^》]*$", text[sentence.start : one.start]):
            continue
        if around.endswith(("紧盯", "对接", "经验", "推广")):
            continue
        found.append(one)
    return found if _GIVES.search(text[sentence.start : sentence.end]) else []


def _of_sentence(
    clean: Clean, sentence: Span, places: list[Mention], named: bool
) -> list[Position]:
    text = clean.text
    found = []
    for place in places:
        inside = sentence.start <= place.start < sentence.end
        if named and not inside:
            continue
        clause_start, clause_end = (
            _clauses_of(text, sentence, place, places) if inside else (sentence.start, sentence.end)
        )
        body = text[clause_start:clause_end]
        role = ROLE.search(text, place.end if inside else clause_start, clause_end)
        start, end = clean.span(clause_start, clause_end)
        found.append(
            Position(
                place=place.name,
                code=place.code,
                admin_level=place.level,
                terms=tuple(dict.fromkeys([*_fields(body), *_own_field(place)])),
                role=role[0] if role else body.strip(",、 "),
                start=start,
                end=end,
            )
        )
    return found


def _clauses_of(
    text: str, sentence: Span, place: Mention, places: list[Mention]
) -> tuple[int, int]:
    """Return the clause that names the place with those that follow it, up to the next place."""
    start = max(text.rfind(",", sentence.start, place.start) + 1, sentence.start)
    later = [p.start for p in places if p.start > place.end]
    end = sentence.end
    for other in later:
        cut = text.rfind(",", place.end, other)
        if cut > 0:
            end = cut
            break
    return start, end


_FIELDS = re.compile(
    r"(?:(?:巩固|提升|培育|重点)?发展以?|主攻|聚焦|围绕|(?<![家个名项%年])以|培育)(?P<list>[^,。;“”]*?)(?:等(?:新兴|优势|重点|主导)?(?:产业|领域|方向)?"
    r"|[两三四]大发展方向|为(?:基础|主导|重点|核心)|的(?:高新技术)?产业)"
)


_NO_FIELD = re.compile(r"创新|人才|机制|平台$|建设|" + _ZONE_WORD.pattern)


def _fields(body: str) -> tuple[str, ...]:
    found: list[str] = []
    for match in _FIELDS.finditer(body):
        words = re.split(r"[、和]", match["list"])
        found.extend(w for w in words if 2 <= len(w) <= 14 and not _NO_FIELD.search(w))
    built = re.search(r"(?:建设|创建|设立|打造)(?P<field>[^,、。]{2,10}?)创新发展试验区", body)
    found.extend([built["field"]] if built else [])
    return tuple(dict.fromkeys(found))
