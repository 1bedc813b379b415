"""Rows of a catalogue: the same for the screen, CSV, Excel and Word."""

from __future__ import annotations

from chainmap.catalogue.fairness import review_mark
from chainmap.concepts.admission import FairCompetition
from chainmap.concepts.catalogue import ORIGIN_ZH, Catalogue, CatalogueItem, Term
from chainmap.concepts.catalogue_layout import (
    BINDING,
    NONE_ASKED,
    REFERENCE,
    UNDECIDED,
    UNKNOWN,
    codes_text,
    period_text,
    policy_text,
    term_code,
)
from chainmap.reports.rows import Rows
from chainmap.sources.admission_rules import load_catalogue_rules

UNSITED = "规划未指明"
"""What stands where no plan says in which place an item belongs."""


def item_rows(catalogue: Catalogue, rule: FairCompetition) -> Rows:
    """Return one row an item under the headings of `ITEM_COLUMNS`, in catalogue order."""
    places = {term.id: at for at, term in enumerate(catalogue.terms)}
    passages = {passage.id: passage for passage in catalogue.passages}
    return [
        {
            "产业链": catalogue.chains[item.chain],
            "序号": number,
            "环节": item.name,
            "引进方向": item.direction,
            "缺口类型": kind_text(item),
            "优先级": item.priority.zh if item.priority else UNDECIDED,
            "目标对象": wanted_text(item),
            "准入条件": codes_text([places[term] for term in item.admission]),
            "政策依据": policy_text(item, passages),
            "实施期限": period_text(item.period),
            "激励内容": item.incentive,
            "审查标记": review_mark(item, rule),
            "备注": item.note,
            "条目编号": item.id,
        }
        for number, item in enumerate(catalogue.items, start=1)
    ]


def term_rows(catalogue: Catalogue) -> Rows:
    """Return one row an admission term under the headings of `TERM_COLUMNS`."""
    return [_term_row(at, term) for at, term in enumerate(catalogue.terms)]


def reason_rows(catalogue: Catalogue) -> Rows:
    """Return one row an item: its reasons, where plans place it, where the item comes from."""
    return [
        {
            "序号": number,
            "环节": item.name,
            "优先级": item.priority.zh if item.priority else UNDECIDED,
            "理由": "\n".join(reason.text for reason in item.reasons) or "无测算",
            "规划布局地点": "、".join(site.place for site in item.sites) or UNSITED,
            "来源": ORIGIN_ZH[item.origin],
        }
        for number, item in enumerate(catalogue.items, start=1)
    ]


def passage_rows(catalogue: Catalogue) -> Rows:
    """Return one row a cited policy passage."""
    return [
        {
            "政策文件": f"《{passage.title}》",
            "专栏或条目": passage.box,
            "点名词语": "、".join(passage.names),
            "状态": "在期" if passage.in_force else "已到期，仅供背景",
            "出处编号": passage.id,
        }
        for passage in catalogue.passages
    ]


def screen_rows(catalogue: Catalogue) -> Rows:
    """Return one row an item as a terminal has room for it."""
    return [
        {
            "产业链": catalogue.chains[item.chain],
            "环节": item.name,
            "引进方向": item.direction,
            "类型": kind_text(item),
            "优先级": item.priority.zh if item.priority else UNDECIDED,
            "目标对象": wanted_text(item),
            "条目编号": item.id,
        }
        for item in catalogue.items
    ]


def priority_words() -> str:
    """Return how a draft's priorities come about, in a sentence: the rule's points and steps."""
    rule = load_catalogue_rules().priority
    points = "；".join(point.why for point in rule.points)
    return (
        f"草案的优先级按{len(rule.points)}项各计一分：{points}。满{rule.high}分为高，"
        f"{rule.middle}分为中，其余为低，所以名次靠前的条目也可能为低；审定前可由人改定。"
    )


def kind_text(item: CatalogueItem) -> str:
    """Return an item's gap kind in words."""
    return item.kind.zh if item.kind else UNDECIDED


def wanted_text(item: CatalogueItem) -> str:
    """Return the target kinds an item looks for."""
    return "、".join(wanted.zh for wanted in item.wanted)


def value_text(term: Term) -> str:
    """Return a term's number: 未知 where it is asked for and not known, — where none is asked."""
    if term.value is not None:
        return f"{term.value:g}"
    return UNKNOWN if term.unit else NONE_ASKED


def _term_row(at: int, term: Term) -> dict[str, str | int | float]:
    source = term.source
    return {
        "序号": term_code(at),
        "指标": term.metric.zh,
        "要求": term.requirement,
        "数值": value_text(term),
        "单位": term.unit or "",
        "适用地": term.place,
        "地区代码": term.place_code,
        "起始日期": term.since.isoformat() if term.since else UNKNOWN,
        "性质": BINDING if term.binding else REFERENCE,
        "文件": source.title if source else UNKNOWN,
        "文号": (source.number if source else None) or "",
        "条款": (source.article if source else None) or "",
        "发布机关": source.issuer if source else "",
        "文件日期": source.date.isoformat() if source and source.date else "",
        "询问对象": term.ask,
        "条件编号": term.id,
    }
