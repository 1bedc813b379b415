"""What differs between two versions of a catalogue, item by item and field by field."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from chainmap.concepts.catalogue import Catalogue, CatalogueItem, Term
from chainmap.concepts.catalogue_layout import UNDECIDED, period_text
from chainmap.concepts.records import Record

What = Literal["added", "removed", "changed"]
WHAT_ZH = {"added": "增加", "removed": "删除", "changed": "改动"}


class Change(Record):
    """One change: a whole entry, or one field of it in words."""

    what: What
    entry: str = Field(description="Item or admission term id")
    name: str
    field: str = Field(description="Heading of the field; empty for a whole entry")
    before: str
    after: str


class Difference(Record):
    """Two versions compared; items first, then admission terms, then what they rest on."""

    before: str
    after: str
    changes: list[Change]
    counts: dict[str, int] = Field(description="Items added, removed, changed; and terms")


def compare(before: Catalogue, after: Catalogue) -> Difference:
    """Return what turns `before` into `after`: removed, added and changed entries, in file order.

    The order of items and the standing of the version are no difference.
    """
    items = _entries(
        {i.id: (i.name, _item_fields(i)) for i in before.items},
        {i.id: (i.name, _item_fields(i)) for i in after.items},
    )
    terms = _entries(
        {t.id: (t.requirement, _term_fields(t)) for t in before.terms},
        {t.id: (t.requirement, _term_fields(t)) for t in after.terms},
    )
    frame = _fields("", "目录", _frame_fields(before), _frame_fields(after))
    counts = {
        f"{kind}_{what}": len({change.entry for change in found if change.what == what})
        for kind, found in (("items", items), ("terms", terms))
        for what in WHAT_ZH
    }
    return Difference(
        before=before.version_name,
        after=after.version_name,
        changes=[*items, *terms, *frame],
        counts=counts,
    )


Entries = dict[str, tuple[str, dict[str, str]]]


def _entries(before: Entries, after: Entries) -> list[Change]:
    gone = [
        Change(what="removed", entry=key, name=name, field="", before=name, after="")
        for key, (name, _) in before.items()
        if key not in after
    ]
    found = list(gone)
    for key, (name, fields) in after.items():
        if key not in before:
            change = Change(what="added", entry=key, name=name, field="", before="", after=name)
            found.append(change)
        else:
            found += _fields(key, name, before[key][1], fields)
    return found


def _fields(key: str, name: str, before: dict[str, str], after: dict[str, str]) -> list[Change]:
    return [
        Change(what="changed", entry=key, name=name, field=field, before=before[field], after=value)
        for field, value in after.items()
        if before[field] != value
    ]


def _item_fields(item: CatalogueItem) -> dict[str, str]:
    return {
        "环节": item.name,
        "引进方向": item.direction,
        "缺口类型": item.kind.zh if item.kind else UNDECIDED,
        "优先级": item.priority.zh if item.priority else UNDECIDED,
        "目标对象": "、".join(wanted.zh for wanted in item.wanted),
        "规划布局地点": "、".join(site.place for site in item.sites),
        "准入条件": "、".join(item.admission),
        "政策依据": "、".join(item.policy),
        "实施期限": period_text(item.period),
        "理由": "；".join(reason.text for reason in item.reasons),
        "激励内容": item.incentive,
        "备注": item.note,
    }


def _term_fields(term: Term) -> dict[str, str]:
    return {
        "指标": term.metric.zh,
        "要求": term.requirement,
        "数值": "" if term.value is None else f"{term.value:g}",
        "单位": term.unit or "",
        "适用地": f"{term.place}（{term.place_code}）",
        "起始日期": term.since.isoformat() if term.since else "",
        "性质": "约束" if term.binding else "参考",
        "文件": term.source.zh if term.source else "",
        "询问对象": term.ask,
    }


def _frame_fields(catalogue: Catalogue) -> dict[str, str]:
    ground = catalogue.groundwork
    return {
        "年度": str(catalogue.year),
        "在期规划": "、".join(catalogue.plans),
        "名录日期": ground.edition.isoformat() if ground else "",
        "政策时点": ground.as_of.isoformat() if ground else "",
        "环节分类": ground.chains_sha256[:12] if ground else "",
        "企业名录": ground.companies_sha256[:12] if ground else "",
        "政策出处": ground.policy_sha256[:12] if ground else "",
        "拟定和准入规则": ground.rules_sha256[:12] if ground else "",
    }
