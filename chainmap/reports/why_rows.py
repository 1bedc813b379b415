"""Answers to why and why not as flat rows and sentences with Chinese headings."""

from __future__ import annotations

from chainmap.concepts.why_records import PartnerRecord, WhyNotRecord, WhyRecord
from chainmap.reports.rows import SHOWN_PARTS, Rows, part_text

SHOWN_PARTNERS = 8
"""Companies spelled out a side; JSON holds them all."""


def family_rows(record: WhyRecord) -> Rows:
    """Return one row a family: what it adds over the median candidate, how it is known, and why."""
    rows: Rows = [
        {
            "类别": part.family_zh,
            "比居中候选": f"{part.contribution:+.2f}",
            "证据": part.evidence_zh,
            "说明": part.text,
        }
        for part in record.families
    ]
    total = f"{record.target.score:+.2f}"
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
    """Return who in the city would buy from the company or supply it, by name."""
    city, segment = record.basis.city, record.target.segment
    sides = [
        _side([one for one in record.partners if one.side == side])
        for side in ("customer", "supplier")
    ]
    told = "；".join(one for one in sides if one)
    if not told:
        return f"{city}名录中没有“{segment}”环节的直接上下游企业（已查无）。"
    return f"{city}的合作方——{told}。"


def passage_text(record: WhyRecord) -> str:
    """Return the passages behind the policy weight, strongest first."""
    if not record.passages:
        return f"政策依据：在期规划没有点名“{record.target.segment}”（已查无）。"
    shown = "；".join(part_text(part) for part in record.passages[:SHOWN_PARTS])
    return f"政策依据：{shown}。"


def _side(partners: list[PartnerRecord]) -> str:
    if not partners:
        return ""
    shown = "、".join(f"{one.short_name}（{one.segment}）" for one in partners[:SHOWN_PARTNERS])
    more = f"等{len(partners)}家" if len(partners) > SHOWN_PARTNERS else ""
    return f"{partners[0].side_zh}：{shown}{more}"
