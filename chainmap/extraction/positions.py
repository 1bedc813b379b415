"""Positions: which fields or which role a document gives to a place or platform."""

from __future__ import annotations

import re
from collections.abc import Sequence

from chainmap.concepts.policy import Position
from chainmap.extraction.layout import Line
from chainmap.extraction.phrases import Span, sentences
from chainmap.extraction.places import Mention, mentions, place_of_name
from chainmap.extraction.refusals import refuses
from chainmap.extraction.repair import Clean
from chainmap.extraction.sections import Heading, Sections
from chainmap.extraction.standing import (
    ROLE,
    Assigned,
    Whereabouts,
    located,
    of_own_item,
    of_own_name,
    of_region,
)
from chainmap.extraction.zonefields import fields_named, own_field

_BACKGROUND = re.compile(r"基础|背景|现状|成效|回顾|形势")
_GIVES = re.compile(
    r"支持|推进|推动|加快|建设|打造|创建|培育|强化|深化|发挥|落户|布局|提升|完善|做大|做强|构建|以|引导|发展|主攻|聚焦"
    r"|试点|促进|引领|共建|参与|依托|围绕|实施|开展|转化|转移|增长|建立|构筑|鼓励"
)
_BODIES = re.compile(r"\((?:责任单位|任单位|牵头单位)")


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
    own_plan = here.level in ("city", "county")
    for item in items:
        place = place_of_name(item.name, here.table)
        if place is not None:
            found.append(_of_item(clean, item, located(place, here)))
            covered.append(Span(item.start, item.end))
        elif own_plan and here.name:
            found.extend(of_own_item(clean, item, here))
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
    unique = {(p.place, p.start, p.role): p for p in found}
    return sorted(unique.values(), key=lambda p: (p.start, p.end))


_SHORTEST_PROSE = 24  # shorter lines are headings and titles


def _of_heading(
    clean: Clean, sections: Sections, heading: Heading, here: Whereabouts, items: Sequence[Assigned]
) -> list[Position]:
    """Return what a section named after a place gives it, fields of the whole section taken in."""
    places = _assignable(clean.text, Span(heading.name_start, heading.name_end), here)
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
    start, end = clean.span(places[0].start, heading.name_end)
    terms = tuple(dict.fromkeys([*inside, *fields_named(body), *own_field(places[0])]))
    place = located(places[0], here)
    return [
        Position(
            place=place.name,
            code=place.code,
            admin_level=place.level,
            terms=terms,
            role=role[0] if role else heading.name,
            start=start,
            end=end,
        )
    ]


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
    for sentence in sentences(text, line.start, stop):
        if any(c.start <= sentence.start < c.end for c in covered):
            continue
        named = [located(p, here) for p in _assignable(text, sentence, here)]
        found.extend(_of_sentence(clean, sentence, named))
        found.extend(of_own_name(clean, sentence, here))
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
        before = text[max(sentence.start, one.start - 16) : one.start]
        if around.endswith(("紧盯", "经验", "推广", "”")) or _SOURCE.search(before):
            continue
        if one.level == "platform" and _SCHOOL.search(one.name):
            continue
        found.append(one)
    return found if _GIVES.search(text[sentence.start : sentence.end]) else []


_SOURCE = re.compile(r"(?:承接|接轨|对接|融入|借鉴|学习)[^,。;的]*$")
_SCHOOL = re.compile(r"(?:大学|学院)$")


def _of_sentence(clean: Clean, sentence: Span, places: list[Mention]) -> list[Position]:
    """Return one position per place named: its fields and role are those of its clauses."""
    text = clean.text
    found = []
    for place in places:
        clause_start, clause_end = _clauses_of(text, sentence, place, places)
        said = text[clause_start:clause_end].split(",")
        if refuses(said[0]):
            continue
        body = ",".join(clause for clause in said if not refuses(clause))
        role = ROLE.search(text, place.end, clause_end)
        later = [p.start for p in places if p.start > place.start]
        comma = text.find(",", place.end, clause_end)
        stop = comma if comma > 0 else clause_end
        if later and later[0] < stop:
            stop = place.end  # one of a list: what follows is said of all of them
        start, end = clean.span(place.start, stop)
        found.append(
            Position(
                place=place.name,
                code=place.code,
                admin_level=place.level,
                terms=tuple(dict.fromkeys([*fields_named(body), *own_field(place)])),
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
