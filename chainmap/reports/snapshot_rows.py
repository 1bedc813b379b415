"""Compared lists as records, rows and a workbook."""

from __future__ import annotations

from pathlib import Path

from chainmap.concepts.snapshot_records import (
    Altered,
    ComparedList,
    DifferenceRecord,
    FirmChangeRecord,
)
from chainmap.ranking.differences import CODE, PARTS_ZH, Difference, FirmChange, Move
from chainmap.ranking.families import Family
from chainmap.ranking.snapshots import ListSnapshot
from chainmap.reports.plain_workbook import Sheet, write_sheets
from chainmap.reports.rows import Rows
from chainmap.reports.snapshot_making import VERSIONS_ZH

PARAMETERS_ZH = {
    "city_code": "城市代码",
    "chain_id": "产业链",
    "segment_id": "环节",
    "mode": "招商方式",
    "leader": "龙头企业",
    "industries": "目标产业",
    "home": "企业所在省市",
    "listed": "是否上市",
    "title": "企业称号",
    "kind": "缺口类型",
    "ranked_for": "只看环节",
    "as_of": "政策时点",
    "include_expired": "计入到期规划",
    "year": "企业资料截至年",
    "top": "列出家数",
    "per_segment": "同一环节上限",
    "gamma": "政策力度",
    "wanted_lift": "目录所要类型的倍数",
    "draws": "区间抽样次数",
    **{f"weight.{family.value}": f"权重：{family.zh}" for family in Family},
}
"""Parts of a question and options, as a reader sees them."""

HOW = (
    "升降按名次计，正数为上升；不在名单上的按该名单末位后一名计。各项为五类因素的沙普利值，"
    "两位小数，相加等于升降。数据：企业自身资料和本市缺口的计量；政策：在期规划和招商目录；"
    "参数：权重、上限和筛选；其他企业：别家资料的变化。"
)
"""Said under every comparison."""


def difference_record(found: Difference, names: tuple[str, str]) -> DifferenceRecord:
    """Return a comparison as a record.

    Args:
        found: From `ranking.differences.compare_lists`.
        names: What the two lists are called.
    """
    basis = found.later.listed["basis"]
    moves = [firm.move for firm in found.firms]
    return DifferenceRecord(
        city_code=basis["city_code"],
        city=basis["city"],
        earlier=_compared(found.earlier, names[0]),
        later=_compared(found.later, names[1]),
        versions=_altered(found.versions, VERSIONS_ZH),
        parameters=_altered(found.parameters, PARAMETERS_ZH),
        n_entered=moves.count(Move.ENTERED),
        n_left=moves.count(Move.LEFT),
        n_moved=moves.count(Move.MOVED),
        same=found.earlier.content == found.later.content,
        firms=[_firm(firm) for firm in found.firms],
    )


def difference_rows(found: DifferenceRecord) -> Rows:
    """Return one row a firm; the part of the program only where there is one."""
    of_code = any(firm.parts[CODE] for firm in found.firms)
    parts = [name for name in PARTS_ZH if name != CODE or of_code]
    rows: Rows = []
    for firm in found.firms:
        row: dict[str, str | int | float] = {
            "名次": "" if firm.rank_after is None else str(firm.rank_after),
            "原名次": "" if firm.rank_before is None else str(firm.rank_before),
            "升降": rise_text(firm),
            "企业": firm.company,
            "环节": _segments(firm),
        }
        rows.append(row | {PARTS_ZH[name]: signed(firm.parts[name]) for name in parts})
    return rows


def altered_rows(found: DifferenceRecord) -> Rows:
    """Return one row a version or parameter that is not the same."""
    rows: Rows = [
        {
            "类别": kind,
            "项目": one.label,
            found.earlier.name: one.before,
            found.later.name: one.after,
        }
        for kind, several in (("版本", found.versions), ("参数", found.parameters))
        for one in several
    ]
    return rows


def difference_words(found: DifferenceRecord) -> list[str]:
    """Return what is to be said of a comparison, line by line."""
    lines = [
        f"{found.earlier.name}（{found.earlier.n_targets} 家，时点 {found.earlier.as_of}）→ "
        f"{found.later.name}（{found.later.n_targets} 家，时点 {found.later.as_of}）："
        f"新进 {found.n_entered}，退出 {found.n_left}，变动 {found.n_moved}。"
    ]
    if found.same:
        lines.append("两份名单逐字节相同。")
    for what, several in (("版本", found.versions), ("参数", found.parameters)):
        if several:
            told = "；".join(f"{o.label} {_cut(o.before)} → {_cut(o.after)}" for o in several)
            lines.append(f"不同的{what}：{told}。")
    return [*lines, HOW]


def write_difference(found: DifferenceRecord, file: Path) -> None:
    """Write a comparison as a workbook: 名次变化, 版本与参数; same lists, same bytes."""
    title = f"{found.city}招商目标名单比较"
    altered = altered_rows(found) or [{"类别": "无", "项目": "版本和参数都相同"}]
    sheets = [
        Sheet(title, difference_words(found), difference_rows(found)),
        Sheet("版本与参数", [], altered),
    ]
    write_sheets(file, sheets)


def rise_text(firm: FirmChangeRecord) -> str:
    """Return a firm's move in words: 新进, 退出, 升 3, 降 2 or 不变."""
    if firm.move in ("entered", "left", "same"):
        return Move(firm.move).zh
    return f"升 {firm.rise}" if firm.rise > 0 else f"降 {-firm.rise}"


def signed(value: float) -> str:
    """Return a part with its sign; nothing for 0."""
    return f"{value:+.2f}" if value else "0"


def _compared(side: ListSnapshot, name: str) -> ComparedList:
    return ComparedList(
        name=name,
        content_id=side.id,
        sha256=side.content_sha256,
        as_of=side.question.as_of,
        n_targets=len(side.listed["targets"]),
    )


def _altered(pairs: dict[str, tuple[str, str]], labels: dict[str, str]) -> list[Altered]:
    ordered = sorted(pairs, key=lambda n: (list(labels).index(n) if n in labels else 99, n))
    return [
        Altered(name=n, label=labels.get(n, n), before=pairs[n][0], after=pairs[n][1])
        for n in ordered
    ]


def _firm(firm: FirmChange) -> FirmChangeRecord:
    return FirmChangeRecord(
        company_id=firm.company_id,
        company=firm.company,
        move=firm.move.value,
        rank_before=firm.before["rank"] if firm.before else None,
        rank_after=firm.after["rank"] if firm.after else None,
        rise=firm.rise,
        parts=firm.shown_parts(),
        parts_120=firm.parts,
        segment_before=firm.before["segment"] if firm.before else None,
        segment_after=firm.after["segment"] if firm.after else None,
    )


def _segments(firm: FirmChangeRecord) -> str:
    was, now = firm.segment_before, firm.segment_after
    return f"{was} → {now}" if was and now and was != now else now or was or ""


def _cut(value: str) -> str:
    return f"{value[:12]}…" if len(value) > 24 else value or "无"
