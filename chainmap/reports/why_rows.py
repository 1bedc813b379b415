"""Answers to why and why not as flat rows and sentences with Chinese headings."""

from __future__ import annotations

from chainmap.concepts.kinds import CiteScope
from chainmap.concepts.records import PolicyPart
from chainmap.concepts.why_records import PartnerRecord, WhyNotRecord, WhyRecord
from chainmap.ranking.families import Family, Mark
from chainmap.reports.rows import LEVEL_ZH, Rows

SHOWN_PARTNERS = 8
"""Companies spelled out a side; JSON holds them all."""


def family_rows(record: WhyRecord) -> Rows:
    """Return one row a family: what it adds over the median candidate, how it is known, and why."""
    rows: Rows = [
        {
            "类别": part.family_zh,
            "比居中候选": f"{part.contribution:+z.2f}",
            "证据": part.evidence_zh,
            "说明": part.text,
        }
        for part in record.families
    ]
    total = f"{record.target.score:+z.2f}"
    return [*rows, {"类别": "合计", "比居中候选": total, "证据": "", "说明": "各类之和即得分"}]


def change_rows(record: WhyNotRecord) -> Rows:
    """Return one row a change that would bring the company in."""
    return [
        {
            "改变": change.kind_zh,
            "内容": change.text,
            "改后名次": change.rank_after,
            "命令选项": change.command or "",
        }
        for change in record.changes
    ]


def partner_text(record: WhyRecord) -> str:
    """Return who in the city stands in the segments beside the company's, by name."""
    city, segment = record.basis.city, record.target.segment
    sides = [
        _side([one for one in record.partners if one.side == side])
        for side in ("customer", "supplier")
    ]
    told = "；".join(one for one in sides if one)
    if not told:
        return f"{city}名录中没有“{segment}”环节的直接上下游企业（已查无）。"
    return f"{city}上下游环节的企业（可能的合作方，有无往来须核实）——{told}。"


def passage_text(record: WhyRecord) -> str:
    """Return the passages behind the policy weight, strongest first."""
    if not record.passages:
        mark = Mark(record.target.evidence[Family.POLICY.value])
        if mark is Mark.NOT_SEARCHED:
            return f"政策依据：没有收录适用于{record.basis.city}的规划（{mark.zh}）。"
        return f"政策依据：在期规划没有点名“{record.target.segment}”（{mark.zh}）。"
    plans: dict[str, list[PolicyPart]] = {}
    for part in record.passages:
        plans.setdefault(part.title, []).append(part)
    shown = "；".join(_plan_text(title, parts) for title, parts in plans.items())
    return f"政策依据：{shown}。"


def _plan_text(title: str, parts: list[PolicyPart]) -> str:
    """Return what a plan says of a segment: its strongest passage, and how many more there are."""
    best = max(parts, key=lambda part: part.contribution)
    where = f"布局在{best.place}，" if best.place else ""
    verb = f"用词“{best.verb}”" if best.verb else "未写动词"
    age = "年份不详" if best.age_years is None else f"发布{best.age_years:.1f}年"
    more = f"；另有{len(parts) - 1}处" if len(parts) > 1 else ""
    return (
        f"《{title}》{where}{CiteScope(best.scope).zh}，政策权重{best.contribution:.2f}"
        f"（{LEVEL_ZH[best.level]}规划，{verb}，{age}{more}）"
    )


def _side(partners: list[PartnerRecord]) -> str:
    if not partners:
        return ""
    shown = "、".join(f"{one.short_name}（{one.segment}）" for one in partners[:SHOWN_PARTNERS])
    more = f"等{len(partners)}家" if len(partners) > SHOWN_PARTNERS else ""
    return f"{partners[0].side_zh}：{shown}{more}"
