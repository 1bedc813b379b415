"""Hard filters of a project: the admission rules and the catalogue item's own terms."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from chainmap.catalogue.admission import Applicant, Given, answers_to
from chainmap.chains.library import ChainLibrary
from chainmap.concepts.admission import (
    AdmissionRule,
    Choice,
    Comparison,
    LegalSource,
    Metric,
    Project,
    Quantity,
    Result,
    RuleAnswer,
    RuleScope,
    Threshold,
)
from chainmap.concepts.catalogue import Catalogue, CatalogueItem, Term
from chainmap.concepts.project_records import ProjectRecord
from chainmap.sources.places import City

_QUANTITIES: dict[tuple[Metric, str], tuple[Quantity, Comparison]] = {
    (Metric.INVESTMENT_PER_MU, "万元/亩"): ("investment_per_mu", ">="),
    (Metric.OUTPUT_PER_MU, "万元/亩"): ("output_per_mu", ">="),
    (Metric.TAX_PER_MU, "万元/亩"): ("tax_per_mu", ">="),
    (Metric.ENERGY, "吨标准煤/万元"): ("energy_per_output", "<="),
    (Metric.ENERGY, "吨标准煤"): ("energy_tce", "<="),
    (Metric.ENERGY, "吨标准煤/年"): ("energy_tce", "<="),
}
"""By metric and unit: what is computed of a project, and on which side of the number it must be."""

_WORDS = Choice(kind="choice", field="standards_met", passing=(), failing=())
"""A check nothing passes or fails: of a term in words."""

_LAND = (Metric.INVESTMENT_PER_MU, Metric.OUTPUT_PER_MU, Metric.TAX_PER_MU)
FILTER_ZH = {
    Metric.STANDARD.value: "标准",
    Metric.TECHNOLOGY.value: "产业政策",
    "land": "用地",
    Metric.ENERGY.value: "能耗",
    Metric.DISCHARGE.value: "排污",
}
"""The filters, in the order shown; what is asked per 亩 is one filter."""


class Screened(NamedTuple):
    """What the rules say: every answer, and by filter the worst of its binding ones."""

    answers: list[RuleAnswer]
    results: dict[str, Result]

    @property
    def failed(self) -> list[RuleAnswer]:
        """Binding rules that are not met."""
        return [a for a in self.answers if a.binding and a.result == "fail"]

    @property
    def to_supply(self) -> list[str]:
        """What is unknown of binding rules, each with whom to ask."""
        unknown = [a for a in self.answers if a.binding and a.result == "unknown"]
        return list(dict.fromkeys(f"{a.metric_zh}：{a.fact}（核实：{a.ask}）" for a in unknown))


class ItemRules(NamedTuple):
    """Rules that a project is held to for an item, and the ids of those that are words only."""

    rules: tuple[AdmissionRule, ...]
    worded: frozenset[str]


@dataclass(frozen=True)
class Screening:
    """Where projects are screened: the city, its catalogue, the rules and their day."""

    city: City
    catalogue: Catalogue
    rules: tuple[AdmissionRule, ...]
    day: dt.date
    library: ChainLibrary
    given: Given = field(default_factory=dict, compare=False, repr=False)
    _made: dict[str | None, ItemRules] = field(default_factory=dict, compare=False, repr=False)
    _by_hand: dict[int, RuleAnswer] = field(default_factory=dict, compare=False, repr=False)

    def rules_of(self, item: CatalogueItem | None) -> ItemRules:
        """Return the rules in force for an item, its own terms among them; worked out once."""
        key = item.id if item is not None else None
        if key not in self._made:
            rules = {rule.id: rule for rule in self.rules}
            wanted = set(item.admission) if item is not None else set()
            for term in self.catalogue.terms:
                if term.id in wanted:
                    rules[term.rule or term.id] = _rule_of(term, rules.get(term.rule or ""), self)
            worded = frozenset(rule.id for rule in rules.values() if rule.check == _WORDS)
            now = tuple(rule for rule in rules.values() if rule.in_force(self.day))
            self._made[key] = ItemRules(now, worded)
        return self._made[key]

    def by_hand(self, answer: RuleAnswer) -> RuleAnswer:
        """Return an answer to a term in words: it is to be checked by hand."""
        if id(answer) not in self._by_hand:
            said = {"fact": "文字条件，须人工核对"}
            self._by_hand[id(answer)] = answer.model_copy(update=said)
        return self._by_hand[id(answer)]


def screen(
    project: ProjectRecord, segment_id: str | None, item: CatalogueItem | None, frame: Screening
) -> Screened:
    """Return what the rules in force and an item's terms say of a project in the frame's city.

    A term that repeats a rule takes its place, with the number the catalogue states; so a number
    that an official entered counts from then on.
    """
    rules = frame.rules_of(item)
    segment = frame.library.segments[segment_id] if segment_id is not None else None
    applicant = Applicant(facts_of(project, frame.city), frame.city, segment)
    answers = [
        frame.by_hand(answer) if answer.rule in rules.worded else answer
        for answer in answers_to(applicant, rules.rules, frame.library, frame.given)
    ]
    return Screened(answers, _by_filter(answers))


def facts_of(project: ProjectRecord, city: City) -> Project:
    """Return what is known of a project as admission rules ask for it."""
    declared = (
        "guidance_class", "market_access", "foreign_access", "standards_met", "eia_approval",
        "discharge_permit", "zoning_fit", "energy_review", "foreign",
    )  # fmt: skip
    words = [w for w in (project.process or "").replace("；", "、").split("、") if w.strip()]
    return Project.model_validate(
        {
            "name": project.name,
            "city": city.name,
            "industry_code": project.industry_code if _is_class(project) else None,
            "investment": project.fixed_investment_10k,
            "land": project.land_mu,
            "output": project.output_10k,
            "tax": project.tax_10k,
            "energy": project.energy_tce,
            "keywords": tuple(w.strip() for w in words),
            **{name: getattr(project, name) for name in declared},
        }
    )


def _is_class(project: ProjectRecord) -> bool:
    """Return whether the industry code is a class (four digits); rules ask for no less."""
    return len(project.industry_code or "") == 4


def _by_filter(answers: Iterable[RuleAnswer]) -> dict[str, Result]:
    found: dict[str, Result] = {}
    order: list[Result] = ["pass", "unknown", "fail"]
    for answer in answers:
        if answer.binding:
            metric = Metric(answer.metric)
            name = "land" if metric in _LAND else metric.value
            worst = max(found.get(name, "pass"), answer.result, key=order.index)
            found[name] = worst
    return {name: found[name] for name in FILTER_ZH if name in found}


def _rule_of(term: Term, rule: AdmissionRule | None, frame: Screening) -> AdmissionRule:
    """Return a term as a rule: the rule it repeats with the term's number, or one of its own."""
    if rule is not None and isinstance(rule.check, Threshold):
        same = (term.unit or rule.check.unit) == rule.check.unit
        check = rule.check.model_copy(update={"value": term.value if same else None})
        more = {"source": term.source or rule.source, "ask": term.ask or rule.ask}
        return rule.model_copy(
            update={
                "check": check,
                "binding": term.binding,
                "requirement": term.requirement,
                **more,
            }
        )
    if rule is not None:
        return rule.model_copy(update={"binding": term.binding})
    catalogue = frame.catalogue
    return AdmissionRule(
        id=term.id,
        metric=term.metric,
        requirement=term.requirement,
        check=_check_of(term),
        scope=RuleScope(places=(term.place_code,)),
        binding=term.binding,
        since=term.since,
        source=term.source
        or LegalSource(
            title=f"{catalogue.city}招商目录（{catalogue.label}）", issuer=catalogue.city
        ),
        ask=term.ask or f"{catalogue.city}招商目录的编制单位",
    )


def _check_of(term: Term) -> Threshold | Choice:
    """Return what can be checked of a term that repeats no rule; words and other units cannot."""
    found = _QUANTITIES.get((term.metric, term.unit or ""))
    if found is None:
        return _WORDS
    quantity, operator = found
    return Threshold(
        kind="threshold", quantity=quantity, operator=operator, value=term.value,
        unit=term.unit or "",
    )  # fmt: skip
