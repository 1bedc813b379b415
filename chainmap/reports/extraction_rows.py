"""What was read out of policy documents, as sheets a planning office can check line by line."""

from __future__ import annotations

from pathlib import Path

from chainmap.chains.library import load_library
from chainmap.concepts.policy import DamageKind, PolicyExtraction
from chainmap.reports.plain_workbook import Sheet, write_sheets
from chainmap.reports.rows import Rows

_ROLES = {"leaf": "方向", "group": "上位", "context": "背景"}


_DAMAGE: dict[DamageKind, str] = {
    "chrome": "网页栏目文字",
    "pinyin": "夹注拼音",
    "stray_space": "字间空格",
    "wrapped_line": "行中折断",
    "byte_shift": "字节错位",
    "encoding": "编码损坏",
    "lost_character": "文字缺失",
    "lost_heading": "标题缺失",
    "lost_number": "数字缺失",
    "lost_unit": "单位缺失",
    "lost_text": "正文缺失",
    "broken_mark": "标点不成对",
    "duplicate_text": "文字重复",
    "flattened_table": "表格",
    "inconsistent_number": "数字不符",
    "elsewhere": "内容在另一文件",
    "unknown_layout": "版式不明",
}


def term_rows(extractions: list[PolicyExtraction]) -> Rows:
    """Return one row a term, in text order: its box, item, verb, chain, segment and place."""
    library = load_library()
    names = {known.id: known.name for known in library.chains.values()}
    names |= {known.id: known.name for known in library.segments.values()}
    rows: Rows = []
    for extraction in extractions:
        boxes = {box.id: box for box in extraction.boxes}
        items = {item.id: item for item in extraction.items}
        for term in extraction.terms:
            box, item = boxes[term.box], items.get(term.item or "")
            rows.append(
                {
                    "文件": extraction.document.file,
                    "专栏": f"{box.label} {box.title}".strip(),
                    "细分领域": (item.name + ("（推断）" if item.inferred else "")) if item else "",
                    "术语": term.term,
                    "类别": _ROLES[term.role],
                    "动词": term.verb or "",
                    "产业链": names.get(term.chain or "", term.chain or ""),
                    "环节": names.get(term.segment or "", term.segment or ""),
                    "环节编号": term.segment or "",
                    "起": term.start,
                    "止": term.end,
                }
            )
    return rows


def not_shown(extractions: list[PolicyExtraction]) -> str:
    """Return in words what a table of terms leaves out, and where to find it."""
    goals = sum(len(e.goals) for e in extractions)
    positions = sum(len(e.positions) for e in extractions)
    mechanisms = sum(len(e.mechanisms) for e in extractions)
    damage = sum(len(e.damage) for e in extractions)
    return (
        f"这里只列术语。另有目标 {goals} 项、布局 {positions} 处、招商机制 {mechanisms} 条、"
        f"损坏与疑点 {damage} 处，见 JSON 或 Excel（-f json，或 -o 文件名.xlsx）。"
    )


def write_extractions(extractions: list[PolicyExtraction], file: Path) -> None:
    """Write terms, goals, positions, mechanisms and damage, a sheet each."""
    note = ["起止为原文件解码后文本的字符位置；推断的名称与损坏之处均已标明，请对照原文核对。"]
    write_sheets(
        file,
        [
            Sheet("术语", note, term_rows(extractions)),
            Sheet("目标", note, _goal_rows(extractions)),
            Sheet("布局", note, _position_rows(extractions)),
            Sheet("招商机制", note, _mechanism_rows(extractions)),
            Sheet("损坏与疑点", note, _damage_rows(extractions)),
        ],
    )


def _goal_rows(extractions: list[PolicyExtraction]) -> Rows:
    return [
        {
            "文件": e.document.file,
            "指标": goal.indicator,
            "比较": goal.comparator,
            "数值": "" if goal.value is None else goal.value,
            "上限": "" if goal.value_max is None else goal.value_max,
            "单位": goal.unit or "",
            "年份": goal.year or "",
            "地区": goal.region or "",
            "基期值": "" if goal.base_value is None else goal.base_value,
            "基期": goal.base_year or "",
            "年均增长": "" if goal.growth is None else f"{goal.growth}{goal.growth_unit or ''}",
            "责任单位": "、".join(goal.responsible),
            "存疑": "是" if goal.damaged else "",
            "起": goal.start,
            "止": goal.end,
        }
        for e in extractions
        for goal in e.goals
    ]


def _position_rows(extractions: list[PolicyExtraction]) -> Rows:
    return [
        {
            "文件": e.document.file,
            "地方或平台": position.place,
            "代码": position.code or "",
            "领域": "、".join(position.terms),
            "定位": position.role or "",
            "起": position.start,
            "止": position.end,
        }
        for e in extractions
        for position in e.positions
    ]


def _mechanism_rows(extractions: list[PolicyExtraction]) -> Rows:
    return [
        {
            "文件": e.document.file,
            "类别": m.category,
            "表述": m.statement,
            "起": m.start,
            "止": m.end,
        }
        for e in extractions
        for m in e.mechanisms
    ]


def _damage_rows(extractions: list[PolicyExtraction]) -> Rows:
    return [
        {
            "文件": e.document.file,
            "种类": _DAMAGE[d.kind],
            "说明": d.note,
            "起": d.start,
            "止": d.end,
        }
        for e in extractions
        for d in e.damage
    ]
