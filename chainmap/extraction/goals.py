"""Goals: every quantity a plan sets itself, with indicator, unit, bound, year and who answers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from chainmap.concepts.policy import Damage, Goal
from chainmap.extraction.goal_sentences import BY_YEAR, Said, Scope, goals_of_sentence
from chainmap.extraction.indicator_names import flow_of
from chainmap.extraction.indicators import tables_of
from chainmap.extraction.layout import Line
from chainmap.extraction.phrases import Span, sentences
from chainmap.extraction.repair import Clean
from chainmap.extraction.sections import Sections
from chainmap.extraction.standing import Whereabouts
from chainmap.extraction.subjects import (
    Field,
    Subject,
    field_at,
    is_topic,
    own_region,
    subject_of_heading,
    subjects_of,
)

_BACKGROUND = re.compile(r"基础|背景|现状|成效|回顾|形势|环境分析")
_PAST = re.compile(
    r"以来|已经?[^,。]{0,6}(?:达|建|有|成)|累计|至“[^”]*”末|比20\d\d年|上升到|成功|现有|目前|截[至止]|从20\d\d年的"
)
_AIM = re.compile(r"力争|争取|确保|目标|年均|每年")
_DO = re.compile(
    r"(?:新增|新建|建成|建设|建立|培育|引进|引育|培养|打造|实施|推动|集聚|实现|完成|承接|认定|达到|达|拥有|形成|招引|支持"
    r"|突破|发展|增长|提高到|设立|创建|布局|争取|开展|组织|新认定|新引进)"
)
_RESPONSIBLE = re.compile(
    r"\((?:责任单位|任单位|牵头单位|责任部门|牵头部门)[:]?([^()]*(?:\([^()]*\)[^()]*)*)\)?"
)
_COUNTS = ("个", "家", "项", "名", "所", "人", "万平方米", "亩", "平方公里", "公里")
_REACHED = re.compile(r"(?:达到|提高到|提升到|突破|不低于)\d")
"""Without a year, what is counted or reached is a goal still."""


def goals_of(
    clean: Clean, sections: Sections, here: Whereabouts, fields: Sequence[Field] = ()
) -> tuple[list[Goal], list[Damage]]:
    """Return the goals in text order and the damage met among them.

    A year holds from where it is named to the end of its section; a goal whose unit was
    lost keeps `unit` null and is marked damaged.

    Args:
        clean: The repaired text.
        sections: Its headings.
        here: The document's own region and the table of places.
        fields: Stretches of clean text under the name of a field.
    """
    goals: list[Goal] = []
    damage: list[Damage] = []
    tabled: set[int] = set()
    for table in tables_of(clean, here.name):
        goals.extend(g.model_copy(update={"region_code": here.code}) for g in table.goals)
        damage.extend(table.damage)
        tabled |= table.lines
    year: int | None = None
    place: tuple[str, ...] = ()
    for index, line in enumerate(clean.body):
        path = sections.path(index)
        names = tuple(h.name for h in path)
        if names != place:
            place, year = names, None
        if index in tabled or any(_BACKGROUND.search(n) for n in names):
            continue
        zone = subject_of_heading(names[-1], here) if names else None
        field = field_at(fields, line.start)
        scope = Scope(year, zone or own_region(here), field, _responsible(line.text))
        aims = any("目标" in n for n in names[-1:])
        year = _of_line(clean, line, here, scope, aims, goals)
    goals.sort(key=lambda g: (g.start, g.end))
    return goals, [*damage, *_lost_units(goals)]


def _lost_units(goals: Sequence[Goal]) -> list[Damage]:
    return [
        Damage(
            kind="lost_unit",
            start=g.start,
            end=g.end,
            note=f"“{g.indicator}”的数值后缺单位，不作猜测。",
        )
        for g in goals
        if g.damaged and g.unit is None
    ]


def _responsible(text: str) -> tuple[str, ...]:
    match = _RESPONSIBLE.search(text)
    if match is None:
        return ()
    names = re.split(r"[、,;]", match[1].rstrip(")"))
    return tuple(n for n in (name.strip().removesuffix("等") for name in names) if n)


def _of_line(
    clean: Clean, line: Line, here: Whereabouts, scope: Scope, aims: bool, goals: list[Goal]
) -> int | None:
    text = clean.text
    stop = line.end
    bodies = _RESPONSIBLE.search(line.text)
    if bodies:
        stop = line.start + bodies.start()
    year, named_here, who = scope.year, False, scope.who
    said = Said([], who)
    for sentence in sentences(text, line.start, stop):
        body = text[sentence.start : sentence.end]
        told = [_held(text, line, sentence, who, scope), *subjects_of(text, sentence, here)]
        who = told[-1]
        named = BY_YEAR.search(body)
        if named:
            year, named_here = int(named[1] or named[2]), True
        if _PAST.search(body) and not named:
            continue
        in_force = year is not None and (named_here or aims or scope.year is not None)
        if not (in_force or _AIM.search(body) or aims or _DO.search(body)):
            continue
        found = goals_of_sentence(clean, sentence, replace(scope, year=year), told, said)
        if not (in_force or _AIM.search(body) or aims):
            found = [g for g in found if g.unit in _COUNTS or _REACHED.search(body)]
        said.goals = [*said.goals, *found]
    goals.extend(said.goals)
    return year


def _held(text: str, line: Line, sentence: Span, who: Subject, scope: Scope) -> Subject:
    """Return the place a sentence begins under: past a colon, or a semicolon before a noun."""
    mark = text[sentence.start - 1] if sentence.start > line.start else ""
    body = text[sentence.start : sentence.end]
    goes_on = mark == ":" or (mark == ";" and is_topic(text, who) and flow_of(body) is None)
    return who if goes_on else scope.who
