"""Goal and position registers: facts out of extractions, and the goals a reader asks for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from chainmap.chains.library import ChainLibrary
from chainmap.concepts.policy import Box, PolicyExtraction
from chainmap.concepts.policy_records import GoalRecord, GoalRegister, PlanRecord, Reach
from chainmap.concepts.register import GoalFact, PositionFact
from chainmap.gaps.passages import in_city
from chainmap.reports.plans import extracted_plan, place_code, place_name, plan_record
from chainmap.reports.rows import Rows
from chainmap.sources.places import City

_REACH_ZH: dict[Reach, str] = {
    "own": "本市",
    "county": "本市县（市、区）",
    "province": "全省",
    "other": "",
}

_PART_ZH: dict[Reach, str] = {
    "own": "市内部分地区",
    "county": "县内部分地区",
    "province": "省内部分地区",
    "other": "部分地区",
}


def goal_facts(extraction: PolicyExtraction, document: str) -> list[GoalFact]:
    """Return an extraction's goals as facts of `document`, in text order."""
    return [
        GoalFact(
            document=document,
            box=_box_at(extraction.boxes, goal.start),
            region_code=goal.region_code or _region_code(goal.region, extraction),
            **goal.model_dump(exclude={"region_code"}),
        )
        for goal in sorted(extraction.goals, key=lambda goal: (goal.start, goal.end))
    ]


def position_facts(extraction: PolicyExtraction, document: str) -> list[PositionFact]:
    """Return the positions that assign fields to a place, as facts of `document`, in text order.

    One that states a role only (先行示范区) names no field and cannot attach one.
    """
    return [
        PositionFact(
            document=document,
            box=_box_at(extraction.boxes, position.start),
            **position.model_dump(exclude={"role"}),
        )
        for position in sorted(extraction.positions, key=lambda p: (p.start, p.end))
        if position.terms
    ]


def goal_register(
    library: ChainLibrary,
    bundled: Sequence[GoalFact],
    extractions: Sequence[PolicyExtraction],
    city: City | None,
    as_of: dt.date,
) -> GoalRegister:
    """Return the goals on record and those of a user's documents, plan by plan in text order.

    A document read anew takes the place of its bundled rows. With a city: its own goals, then its
    counties', then its province's; others are left out.
    """
    plans = {d.id: plan_record(d, as_of) for d in library.documents.values()}
    read: list[GoalFact] = []
    for extraction in extractions:
        plan = extracted_plan(extraction, library, as_of)
        plans[plan.id] = plan
        read += goal_facts(extraction, plan.id)
    fresh = {extracted_plan(e, library, as_of).id for e in extractions}
    facts = [fact for fact in bundled if fact.document not in fresh] + read
    goals = [_record(fact, plans[fact.document], city) for fact in facts if fact.document in plans]
    if city is not None:
        order = list(_REACH_ZH)
        goals = [goal for goal in goals if goal.reach != "other"]
        goals.sort(key=lambda goal: order.index(goal.reach))
    shown = dict.fromkeys(goal.document for goal in goals)
    return GoalRegister(
        as_of=as_of,
        city=city.name if city else None,
        plans=[plans[document] for document in shown],
        goals=goals,
    )


def goal_rows(register: GoalRegister) -> Rows:
    """Return one row a goal as a reader sees it."""
    return [
        {
            "文件": goal.title,
            "专栏或条目": goal.box or "",
            "地区": region_text(goal),
            "指标": goal.indicator,
            "目标值": value_text(goal),
            "目标年": goal.year or "",
            "基期": base_text(goal),
            "年均增长": growth_text(goal),
            "责任单位": "、".join(goal.responsible),
            "状态": "已到期" if goal.expired else "在期" if goal.in_force else "未生效",
            "原文位置": f"{goal.start}–{goal.end}",
            "说明": _damage_text(goal),
        }
        for goal in register.goals
    ]


def region_text(goal: GoalRecord) -> str:
    """Return whom a goal is for; one for a place no table knows is for a part of the region."""
    if goal.region is None:
        return _PART_ZH[goal.reach]
    return " ".join(filter(None, (_REACH_ZH[goal.reach], goal.region)))


def value_text(goal: GoalFact) -> str:
    """Return a goal's value with comparator, range and unit; a lost unit is said to be lost."""
    if goal.value is None:
        return ""
    span = _number(goal.value)
    if goal.value_max is not None:
        span += f"–{_number(goal.value_max)}"
    mark = "" if goal.comparator == "=" else goal.comparator
    lost = "（原文单位缺失）" if goal.damaged and goal.unit is None else ""
    return f"{mark}{span}{goal.unit or ''}{lost}"


def base_text(goal: GoalFact) -> str:
    """Return the value a goal starts from, with its year."""
    if goal.base_value is None:
        return ""
    year = f"（{goal.base_year}年）" if goal.base_year else ""
    return f"{_number(goal.base_value)}{goal.unit or ''}{year}"


def growth_text(goal: GoalFact) -> str:
    """Return the yearly growth a goal asks for."""
    return "" if goal.growth is None else f"{_number(goal.growth)}{goal.growth_unit or ''}"


def _damage_text(goal: GoalFact) -> str:
    return "原文有缺或前后不符，照录未改" if goal.damaged else ""


def _record(fact: GoalFact, plan: PlanRecord, city: City | None) -> GoalRecord:
    unknown = None if plan.region else ""
    return GoalRecord(
        **fact.model_dump(exclude={"region"}),
        region=fact.region or place_name(fact.region_code) or unknown,
        title=plan.title,
        reach=_reach(fact.region_code or plan.region_code, city),
        in_force=plan.in_force,
        expired=plan.expired,
    )


def _reach(code: str | None, city: City | None) -> Reach:
    if city is None or code is None:
        return "other"
    if code == city.code:
        return "own"
    if in_city(code, city):
        return "county"
    return "province" if code == city.province_code else "other"


def _region_code(named: str | None, extraction: PolicyExtraction) -> str | None:
    region = extraction.document.region
    if named is None:
        return None
    if region is not None and named == region.name:
        return region.code
    return named if named.isdecimal() else place_code(named)


def _box_at(boxes: Iterable[Box], at: int) -> str | None:
    """Return the label of the narrowest box around an offset."""
    around = [box for box in boxes if box.start <= at < box.end]
    return min(around, key=lambda box: box.end - box.start).label if around else None


def _number(value: float) -> str:
    return f"{value:.10g}"
