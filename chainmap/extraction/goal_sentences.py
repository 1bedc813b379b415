"""Goals of one sentence: its numbers, each with what is counted, of whom and by when."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from chainmap.concepts.policy import Goal
from chainmap.extraction.bases import Base, was_then, with_bases
from chainmap.extraction.indicator_names import (
    carried_on,
    flow_of,
    indicator_of,
    members,
    named,
    own_start,
    stripped,
    with_heads,
)
from chainmap.extraction.phrases import Span
from chainmap.extraction.quantities import Quantity, is_size, quantities
from chainmap.extraction.repair import Clean
from chainmap.extraction.subjects import Subject, own_words, topic_of, with_subject

BY_YEAR = re.compile(
    r"(?:到|(?<!截)至)(?<!截止到)(20\d\d)年(?:底|末)?(?!以来)|(20\d\d)年(?:底|末)?(?:前|,力争|,?实现|,?达到)"
)
_OWN_YEAR = re.compile(rf"{BY_YEAR.pattern}|(?:^|(?<=[,;]))(?P<plain>20\d\d)年")
_YEARS = re.compile(r"(?:到|至)20\d\d年(?:底|末)?(?:[、和与及]20\d\d年(?:底|末)?)+")
_TRIES = re.compile(r"(?:力争|争取)(?:到20\d\d年(?:底|末)?,)?[^,;:。]*$")

_LONGEST_CLAUSE = 80


@dataclass(frozen=True)
class Scope:
    """What a sentence inherits: the year, the place, the field, who answers."""

    year: int | None
    who: Subject
    field: str
    responsible: tuple[str, ...]


@dataclass
class Said:
    """What a line has set so far, for names that lean on it: the goals, the last one's place."""

    goals: list[Goal]
    who: Subject


@dataclass
class _Reading:
    """A sentence as far as it is read: what its next number goes on about."""

    clean: Clean
    sentence: Span
    scope: Scope
    told: list[Subject]
    said: Said
    industry: str
    topic: str
    floor: int
    flow: str = ""
    shared: list[str] = field(default_factory=list)
    years: list[int] = field(default_factory=list)
    found: list[Goal] = field(default_factory=list)


def goals_of_sentence(
    clean: Clean, sentence: Span, scope: Scope, told: list[Subject], said: Said
) -> list[Goal]:
    """Return the goals of one sentence in text order.

    Args:
        clean: The repaired text.
        sentence: The sentence, in clean offsets.
        scope: What it inherits.
        told: The places in force: where it begins, then each that opens a clause.
        said: What its line has set already; its place becomes that of the last goal here.
    """
    text, start, end = clean.text, sentence.start, sentence.end
    numbers = [n for n in quantities(text, start, end) if not text.startswith("的", n.end)]
    numbers = [n for n in numbers if not is_size(text, n, end)]
    topic = topic_of(text, sentence)
    read = _Reading(clean, sentence, scope, told, said, scope.field, topic, start)
    pairs = with_bases(text, start, numbers)
    starts = [*(base.start if base else number.start for number, base in pairs), end]
    for (number, base), at, following in zip(pairs, starts, starts[1:], strict=False):
        if number.unit is not None or _lost_unit(text, number, end):
            _read(read, number, base, at, following)
    said.who = read.said.who
    return with_heads(read.found)


def _read(read: _Reading, number: Quantity, base: Base | None, at: int, following: int) -> None:
    """Read one number of a sentence; `at` is where it or its base begins, then the next one's."""
    text, start = read.clean.text, read.sentence.start
    left = _left(text, read.floor, at)
    who = [read.told[0], *(one for one in read.told[1:] if one.start <= at)][-1]
    own, read.industry = own_words(text, left, at, who, read.industry)
    here = replace(read.scope, who=who)
    if base is not None:
        name = _whole(read, named(stripped(text[own : base.start])), who)
        read.found.append(_grown(read.clean, (left, number), base, here, name))
        read.floor, read.said = number.end, Said(read.found, who)
        return
    if was_then(text, start, number.start, read.scope.year):
        span, names = indicator_of(text, own, number, following)
        then = _goal(read.clean, number, _whole(read, names[0], who), span, here)
        read.said = Said([then], who)
        return
    span, names = _names(read, own, number, following)
    span = (min(span[0], own_start(text, left, number.start)), span[1])
    year = _own_year(text, start, number.start, read.scope.year)
    if read.years:
        year = read.years.pop(0)
    who, names = _carried(read, names, who, number.unit)
    here = replace(here, year=year, who=who)
    read.found.extend(_goal(read.clean, number, name, span, here) for name in names)
    read.said = Said(read.found, who)
    read.floor = max(number.end, span[1])


def _names(
    read: _Reading, own: int, number: Quantity, following: int
) -> tuple[tuple[int, int], list[str]]:
    """Return the clean span of a goal and what it counts, as its clause names it."""
    text = read.clean.text
    lead = text[own : number.start]
    follows = re.fullmatch(r"[、和与及,]?", lead) is not None
    flow = flow_of(lead)
    listed = lead.startswith("、") or text.startswith("、", own - 1)
    read.flow = flow if flow is not None else read.flow if listed else ""
    if read.shared and follows:
        return (number.start, number.end), [read.shared.pop(0)]
    span, names = indicator_of(text, own, number, following)
    gap = text[number.end : following]
    one_each = "分别" in lead and re.fullmatch(r"[、和与及,]", gap) is not None
    if one_each or not follows:
        years = _shared_years(text[read.sentence.start : number.start]) if one_each else []
        read.years = years
    read.shared = _shared_names(names[0]) if one_each else []
    if read.shared:
        names = [read.shared.pop(0)]
    elif "分别" in lead:
        names = _shared_names(names[0]) or names
    return span, names


def _carried(
    read: _Reading, names: list[str], who: Subject, unit: str | None
) -> tuple[Subject, list[str]]:
    """Return names made whole by the goal before and by the subject, and whose goals they are."""
    first = carried_on(names[0], read.said.goals, unit)
    if first != names[0]:
        last = read.said.who
        who = last if who.start == who.end else who
        first = first.removeprefix(last.said)
    whole = [first, *names[1:]]
    new = [name if name.startswith(read.flow) else read.flow + name for name in whole]
    return who, [_whole(read, name, who) for name in new]


def _whole(read: _Reading, name: str, who: Subject) -> str:
    return with_subject(name, who, read.industry, read.topic)


def _grown(clean: Clean, told: tuple[int, Quantity], base: Base, scope: Scope, name: str) -> Goal:
    """Return the goal of 由300家增加到500家; `told` is where its clause begins, and 500家."""
    left, number = told
    goal = _goal(clean, number, name, (left, number.end), scope)
    if base.unit not in (None, number.unit):
        return goal
    return goal.model_copy(update={"base_value": base.value, "base_year": base.year})


def _shared_names(names: str) -> list[str]:
    """Return the indicators of 甲和乙分别达到1和2, in order; one alone shares nothing."""
    split = members(names)
    return split if len(split) > 1 else []


def _shared_years(text: str) -> list[int]:
    """Return the years of 到2025年、2030年…分别达到1和2, in order; one alone shares nothing."""
    listed = _YEARS.search(text)
    return [int(year) for year in re.findall(r"20\d\d", listed[0])] if listed else []


def _own_year(text: str, start: int, at: int, year: int | None) -> int | None:
    """Return the year last named before a number; one beyond the year in force needs no 到."""
    for match in _OWN_YEAR.finditer(text[start:at]):
        by = match[1] or match[2]
        year = int(by) if by else max(int(match["plain"]), year) if year else None
    return year


def _lost_unit(text: str, number: Quantity, end: int) -> bool:
    """Tell whether a bare number is a target whose unit was lost (达到4000(责任单位…)."""
    if number.end > number.number_end:  # 以上, 左右: the indicator has no unit of its own
        return True
    reached = text[max(0, number.start - 3) : number.start]
    return reached.endswith(("达到", "达", "为")) and (
        number.end >= end or text[number.end] in "(,。;、"
    )


def _left(text: str, floor: int, at: int) -> int:
    """Return where the clause that leads up to a number begins."""
    left = max(text.rfind(mark, floor, at) for mark in ",;:")
    left = max(left + 1, floor)
    # a list of indicators that share one number stays whole
    if text[at - 1] == "各" or "分别" in text[left:at] or re.search(r"各年均", text[left:at]):
        return left
    cut = text.rfind("、", left, at)
    if cut > 0 and not re.search(r"[一-鿿]", text[cut + 1 : at]):
        return left
    if cut >= left and floor > left - 1 and cut + 1 < at and _is_list_head(text[left:cut]):
        return cut + 1
    return left


def _is_list_head(text: str) -> bool:
    return bool(re.search(r"\d", text)) or not text


def _is_damaged(number: Quantity, name: str) -> bool:
    """Tell whether a bare number lost its unit; an index has none to lose."""
    return number.unit is None and not re.search(r"指数|系数|得分|排名", name)


def _goal(clean: Clean, number: Quantity, name: str, span: tuple[int, int], scope: Scope) -> Goal:
    start, end = clean.span(*span)
    comparator = number.comparator
    clause = clean.text[max(0, number.start - _LONGEST_CLAUSE) : number.start]
    if comparator == "=" and _TRIES.search(clause):
        comparator = "力争"
    growing = re.search(r"(?:年均(?:增长|递增)|增速)$", name) is not None
    return Goal(
        indicator=name or "未写明",
        value=number.value,
        value_max=number.value_max,
        unit=number.unit,
        comparator=comparator,
        year=scope.year,
        region=scope.who.region,
        region_code=scope.who.code,
        growth=number.value if growing and number.unit in ("%", "个百分点") else None,
        growth_unit=number.unit if growing and number.unit in ("%", "个百分点") else None,
        responsible=scope.responsible,
        start=start,
        end=end,
        damaged=_is_damaged(number, name),
    )
