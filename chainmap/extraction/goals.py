"""Goals: every quantity a plan sets itself, with indicator, unit, bound, year and who answers."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from chainmap.concepts.policy import Damage, Goal
from chainmap.extraction.bases import Base, was_then, with_bases
from chainmap.extraction.indicator_names import (
    carried_on,
    indicator_of,
    named,
    stripped,
    with_heads,
)
from chainmap.extraction.indicators import tables_of
from chainmap.extraction.layout import Line
from chainmap.extraction.phrases import Span, sentences
from chainmap.extraction.quantities import Quantity, is_size, quantities
from chainmap.extraction.repair import Clean
from chainmap.extraction.sections import Sections

_BY_YEAR = re.compile(
    r"(?:到|(?<!截)至)(?<!截止到)(20\d\d)年(?:底|末)?(?!以来)|(20\d\d)年(?:底|末)?(?:前|,力争|,?实现|,?达到)"
)
_OWN_YEAR = re.compile(rf"{_BY_YEAR.pattern}|(?:^|(?<=[,;]))(?P<plain>20\d\d)年")
_YEARS = re.compile(r"(?:到|至)20\d\d年(?:底|末)?(?:[、和与及]20\d\d年(?:底|末)?)+")
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


@dataclass(frozen=True)
class _Scope:
    """What a sentence inherits: the year, the region, who answers, and its line."""

    year: int | None
    region: str | None
    responsible: tuple[str, ...]


def goals_of(
    clean: Clean, sections: Sections, region: str | None
) -> tuple[list[Goal], list[Damage]]:
    """Return the goals in text order and the damage met among them.

    A year holds from where it is named to the end of its section; a goal whose unit was
    lost keeps `unit` null and is marked damaged.
    """
    goals: list[Goal] = []
    damage: list[Damage] = []
    tabled: set[int] = set()
    for table in tables_of(clean, region):
        goals.extend(table.goals)
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
        where = _zone(names[-1]) if names else None
        scope = _Scope(year, where or region, _responsible(line.text))
        aims = any("目标" in n for n in names[-1:])
        year = _of_line(clean, line, scope, aims, goals)
    goals.sort(key=lambda g: (g.start, g.end))
    damage.extend(
        Damage(
            kind="lost_unit",
            start=g.start,
            end=g.end,
            note=f"“{g.indicator}”的数值后缺单位，不作猜测。",
        )
        for g in goals
        if g.damaged and g.unit is None
    )
    return goals, damage


def _zone(heading: str) -> str | None:
    match = re.search(
        r"(?:大力|深入|着力|加快|推进|建设|打造|支持)*([^,。]{2,12}?(?:高新区|科技城|开发区|新区|产业园|大走廊))建设",
        heading,
    )
    return match[1] if match and not re.search(r"各类|若干|一批", match[1]) else None


def _responsible(text: str) -> tuple[str, ...]:
    match = _RESPONSIBLE.search(text)
    if match is None:
        return ()
    names = re.split(r"[、,;]", match[1].rstrip(")"))
    return tuple(n for n in (name.strip().removesuffix("等") for name in names) if n)


def _of_line(clean: Clean, line: Line, scope: _Scope, aims: bool, goals: list[Goal]) -> int | None:
    text = clean.text
    stop = line.end
    bodies = _RESPONSIBLE.search(line.text)
    if bodies:
        stop = line.start + bodies.start()
    year, named_here, before = scope.year, False, len(goals)
    for sentence in sentences(text, line.start, stop):
        body = text[sentence.start : sentence.end]
        named = _BY_YEAR.search(body)
        if named:
            year, named_here = int(named[1] or named[2]), True
        if _PAST.search(body) and not named:
            continue
        in_force = year is not None and (named_here or aims or scope.year is not None)
        if not (in_force or _AIM.search(body) or aims or _DO.search(body)):
            continue
        here = replace(scope, year=year)
        found = _of_sentence(clean, sentence, here, goals[before:])
        if not (in_force or _AIM.search(body) or aims):
            found = [g for g in found if g.unit in _COUNTS or _REACHED.search(body)]
        goals.extend(found)
    return year


def _of_sentence(clean: Clean, sentence: Span, scope: _Scope, before: list[Goal]) -> list[Goal]:
    """Return the goals of one sentence; `before` are those its line has set already."""
    text, start, end = clean.text, sentence.start, sentence.end
    found: list[Goal] = []
    said = before
    numbers = [n for n in quantities(text, start, end) if not text.startswith("的", n.end)]
    numbers = [n for n in numbers if not is_size(text, n, end)]
    floor = start
    shared: list[str] = []
    years: list[int] = []
    pairs = with_bases(text, start, numbers)
    starts = [*(base.start if base else number.start for number, base in pairs), end]
    for (number, base), at, following in zip(pairs, starts, starts[1:], strict=False):
        if number.unit is None and not _lost_unit(text, number, end):
            continue
        left = _left(text, floor, at)
        if base is not None:
            found.append(_grown(clean, (left, number), base, scope))
            floor, said = number.end, found
            continue
        if was_then(text, start, number.start, scope.year):
            span, names = indicator_of(text, left, number, following)
            said = [_goal(clean, number, names[0], span, scope)]
            continue
        lead = text[left : number.start]
        follows = re.fullmatch(r"[、和与及,]?", lead) is not None
        if shared and follows:
            span, names = (number.start, number.end), [shared.pop(0)]
        else:
            span, names = indicator_of(text, left, number, following)
            gap = text[number.end : following]
            one_each = "分别" in lead and re.fullmatch(r"[、和与及,]", gap) is not None
            if one_each or not follows:
                years = _shared_years(text[start : number.start]) if one_each else []
            shared = _shared_names(names[0]) if one_each else []
            if shared:
                names = [shared.pop(0)]
            elif "分别" in lead:
                names = _shared_names(names[0]) or names
        names = [carried_on(names[0], said, number.unit), *names[1:]]
        year = _own_year(text, start, number.start, scope.year)
        if years:
            year = years.pop(0)
        found.extend(_goal(clean, number, n, span, replace(scope, year=year)) for n in names)
        said = found
        floor = max(number.end, span[1])
    return with_heads(found)


def _grown(clean: Clean, told: tuple[int, Quantity], base: Base, scope: _Scope) -> Goal:
    """Return the goal of 由300家增加到500家; `told` is where its clause begins, and 500家."""
    left, number = told
    name = named(stripped(clean.text[left : base.start]))
    goal = _goal(clean, number, name, (left, number.end), scope)
    if base.unit not in (None, number.unit):
        return goal
    return goal.model_copy(update={"base_value": base.value, "base_year": base.year})


def _shared_names(names: str) -> list[str]:
    """Return the indicators of 甲和乙分别达到1和2, in order; one alone shares nothing."""
    split = [n for n in re.split(r"、|(?<=.{2})[和与及](?=.{2})", names) if n]
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


def _goal(clean: Clean, number: Quantity, name: str, span: tuple[int, int], scope: _Scope) -> Goal:
    start, end = clean.span(*span)
    lead = clean.text[max(0, span[0] - 12) : number.start]
    comparator = number.comparator
    if comparator == "=" and re.search(r"力争|争取", lead):
        comparator = "力争"
    growing = re.search(r"年均(?:增长|增速|递增)|增速$", name) is not None
    return Goal(
        indicator=name or "未写明",
        value=number.value,
        value_max=number.value_max,
        unit=number.unit,
        comparator=comparator,
        year=scope.year,
        region=scope.region,
        growth=number.value if growing and number.unit in ("%", "个百分点") else None,
        growth_unit=number.unit if growing and number.unit in ("%", "个百分点") else None,
        responsible=scope.responsible,
        start=start,
        end=end,
        damaged=_is_damaged(number, name),
    )
