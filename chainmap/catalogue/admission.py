"""Check a project against the admission rules: pass, fail or unknown, each with rule and fact."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from chainmap.catalogue.terms import covers
from chainmap.chains.library import ChainLibrary
from chainmap.concepts.admission import (
    REFUSED,
    RESULT_ZH,
    AdmissionReport,
    AdmissionRule,
    Choice,
    Keywords,
    Metric,
    Project,
    Result,
    RuleAnswer,
    Threshold,
)
from chainmap.concepts.chain import Segment
from chainmap.sources.places import City

NOTE = (
    "逐条对照已收录的准入规则，不作总的结论；“未知”须按所列单位核实。"
    "“参考”规则达不到不影响准入。各地块、各行业的控制指标以当地公布为准。"
)

_QUANTITIES = {
    "investment_per_mu": ("investment", "固定资产投资{0:g}万元 ÷ 用地{1:g}亩", "land"),
    "output_per_mu": ("output", "年产值{0:g}万元 ÷ 用地{1:g}亩", "land"),
    "tax_per_mu": ("tax", "年税收{0:g}万元 ÷ 用地{1:g}亩", "land"),
    "energy_per_output": ("energy", "年综合能耗{0:g}吨标准煤 ÷ 年产值{1:g}万元", "output"),
    "energy_tce": ("energy", "年综合能耗{0:g}吨标准煤", None),
}
"""Numerator, how the sum is shown, denominator."""

_METRICS = {metric.value: at for at, metric in enumerate(Metric)}

Given = dict[tuple[object, ...], RuleAnswer]
"""Answers by rule, whether it surely touches the project, and the facts they rest on."""

FIELD_ZH = {
    "name": "项目名称",
    "city": "落地城市",
    "segment": "产业链环节",
    "industry_code": "国民经济行业代码",
    "investment": "固定资产投资（万元）",
    "land": "用地（亩）",
    "output": "达产年产值（万元）",
    "tax": "达产年税收（万元）",
    "energy": "年综合能耗（吨标准煤）",
    "guidance_class": "产业结构调整指导目录类别",
    "market_access": "市场准入负面清单类别",
    "foreign_access": "外商投资负面清单类别",
    "standards_met": "符合强制性标准",
    "eia_approval": "环评批复",
    "discharge_permit": "排污许可证",
    "zoning_fit": "符合生态环境分区管控",
    "energy_review": "节能审查意见",
    "foreign": "外商投资",
    "keywords": "产品和工艺关键词",
}
"""How a reader sees a project's fields; the headings of the template."""


class Applicant(NamedTuple):
    """A project with its names looked up."""

    project: Project
    city: City | None
    segment: Segment | None


def check_project(
    applicant: Applicant, rules: Sequence[AdmissionRule], library: ChainLibrary, day: dt.date
) -> AdmissionReport:
    """Return what every rule in force says of a project, binding rules first, by metric.

    A rule of a place is left out where the city is known to lie elsewhere; where the project gives
    no city, rules of single provinces and cities answer unknown. The same holds for rules of
    chains, segments and industries.
    """
    answers = answers_to(applicant, [r for r in rules if r.in_force(day)], library, {})
    binding = [answer.result for answer in answers if answer.binding]
    city, segment, project = applicant.city, applicant.segment, applicant.project
    return AdmissionReport(
        project=project.name,
        city_code=city.code if city else None,
        city=city.name if city else None,
        segment_id=segment.id if segment else None,
        segment=segment.name if segment else None,
        industry_code=project.industry_code,
        as_of=day,
        counts=dict.fromkeys(RESULT_ZH, 0) | Counter(binding),
        answers=answers,
        note=NOTE,
    )


def answers_to(
    applicant: Applicant, rules: Sequence[AdmissionRule], library: ChainLibrary, given: Given
) -> list[RuleAnswer]:
    """Return what every rule says of a project, as `check_project` does.

    Args:
        applicant: The project.
        rules: In force; the same objects as long as `given` is.
        library: Knows segments and chains.
        given: Answers given before, which equal facts are given again; grows.
    """
    found = []
    for rule in rules:
        touches = _touches(rule, applicant, library)
        if touches is False:
            continue
        key = (id(rule), touches, *_facts(rule, applicant.project))
        if key not in given:
            given[key] = _answer(rule, applicant.project, certain=touches is True)
        found.append(given[key])
    found.sort(key=_order)
    return found


def _facts(rule: AdmissionRule, project: Project) -> tuple[object, ...]:
    """Return the facts of a project that a rule's answer rests on."""
    check = rule.check
    if isinstance(check, Threshold):
        over, _, under = _QUANTITIES[check.quantity]
        return getattr(project, over), getattr(project, under) if under else None
    return (getattr(project, check.field) if isinstance(check, Choice) else project.keywords,)


def _order(answer: RuleAnswer) -> tuple[bool, int]:
    return not answer.binding, _METRICS[answer.metric]


def _touches(rule: AdmissionRule, applicant: Applicant, library: ChainLibrary) -> bool | None:
    """Return whether a rule speaks to a project; None where the project does not say enough."""
    parts = [_place(rule, applicant), _field(rule, applicant, library)]
    if rule.scope.foreign_only:
        known = {"是": True, "否": False, None: None}
        parts.append(known[applicant.project.foreign])
    least, invested = rule.scope.least_investment, applicant.project.investment
    if least is not None:
        parts.append(None if invested is None else invested >= least)
    if False in parts:
        return False
    return None if None in parts else True


def _place(rule: AdmissionRule, applicant: Applicant) -> bool | None:
    if covers(rule.scope.places, "000000"):
        return True
    return covers(rule.scope.places, applicant.city.code) if applicant.city else None


def _field(rule: AdmissionRule, applicant: Applicant, library: ChainLibrary) -> bool | None:
    scope, segment = rule.scope, applicant.segment
    if not (scope.chains or scope.segments or scope.industry_codes):
        return True
    code = applicant.project.industry_code
    codes = (code,) if code else segment.industry_codes if segment else ()
    if any(
        known.startswith(tuple(scope.industry_codes)) for known in codes if scope.industry_codes
    ):
        return True
    if segment is not None:
        return segment.id in scope.segments or library.chain_of(segment.id).id in scope.chains
    return None if scope.chains or scope.segments or not codes else False


class _Finding(NamedTuple):
    result: Result
    fact: str
    computed: float | None = None


def _answer(rule: AdmissionRule, project: Project, *, certain: bool) -> RuleAnswer:
    check = rule.check
    if isinstance(check, Threshold):
        found = _measured(check, project)
    elif isinstance(check, Choice):
        found = _declared(check, project)
    else:
        found = _searched(check, project)
    if not certain:
        found = found._replace(result="unknown", fact=f"项目没有写明是否属于适用范围；{found.fact}")
    unit = check.unit if isinstance(check, Threshold) else None
    return RuleAnswer(
        rule=rule.id,
        metric=rule.metric.value,
        metric_zh=rule.metric.zh,
        requirement=rule.requirement,
        binding=rule.binding,
        result=found.result,
        result_zh=RESULT_ZH[found.result],
        fact=found.fact,
        computed=found.computed,
        threshold=rule.value,
        unit=unit,
        source=rule.source.zh,
        ask=rule.ask if found.result == "unknown" else "",
    )


def _measured(check: Threshold, project: Project) -> _Finding:
    over, shown, under = _QUANTITIES[check.quantity]
    names = [name for name in (over, under) if name is not None]
    values = [getattr(project, name) for name in names]
    missing = [FIELD_ZH[n] for n, v in zip(names, values, strict=True) if v is None]
    if missing:
        return _Finding("unknown", f"项目没有填{'、'.join(missing)}")
    if len(values) == 2 and values[1] == 0:
        return _Finding("unknown", f"{FIELD_ZH[names[1]]}为 0，不能相除")
    value = values[0] / values[1] if len(values) == 2 else values[0]
    fact = shown.format(*values) + (f" ＝ {value:.4g}{check.unit}" if len(values) == 2 else "")
    if check.value is None:
        return _Finding("unknown", f"{fact}；要求的数值未知", round(value, 6))
    met = {
        ">=": value >= check.value,
        "<=": value <= check.value,
        ">": value > check.value,
        "<": value < check.value,
    }[check.operator]
    return _Finding("pass" if met else "fail", fact, round(value, 6))


def _declared(check: Choice, project: Project) -> _Finding:
    label, value = FIELD_ZH[check.field], getattr(project, check.field)
    if value is None:
        return _Finding("unknown", f"项目没有填{label}")
    fact = f"{label}：{value}（项目自报）"
    if value in check.passing:
        return _Finding("pass", fact)
    return _Finding("fail" if value in (*check.failing, REFUSED) else "unknown", fact)


def _searched(check: Keywords, project: Project) -> _Finding:
    if not project.keywords:
        return _Finding("unknown", f"项目没有填{FIELD_ZH['keywords']}")
    hits = [w for w in check.words if any(w in keyword for keyword in project.keywords)]
    if hits:
        return _Finding("unknown", f"关键词涉及{'、'.join(hits)}，须逐项核对")
    return _Finding("pass", f"所填关键词（{'、'.join(project.keywords)}）未涉及所列行业")
