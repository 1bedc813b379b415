"""The annex of a gap report: what each score is made of, and what would change the judgement."""

from __future__ import annotations

from chainmap.concepts.gap_records import GapRecord
from chainmap.reports.document import Block, Column, Paragraph, Said, Table, cells
from chainmap.reports.report_words import said_of_all


def parts_table(gaps: list[GapRecord], n_gaps: int, ref: int) -> Table:
    """Return the parts of each gap's score; `ref` is the number of its method."""
    columns = (
        Column("名次", 8, "right"), Column("环节", 25), Column("类型", 8, "centre"),
        *(Column(name, 10, "right") for name in ("得分", "需求")), Column("可行", 12, "right"),
        Column("缺额", 9, "right"), Column("关键度", 11, "right"),
        *(Column(name, 9, "right") for name in ("外部\n依赖", "政策\n权重")),
    )  # fmt: skip
    rows = tuple(
        cells(
            gap.rank, gap.segment, gap.kind_zh, f"{gap.gap_score:.3f}", f"{gap.need:.3f}",
            f"{gap.feasibility:.2%}", f"{gap.shortfall:.2f}", f"{gap.criticality:.2f}",
            f"{gap.dependence:.2f}", f"{gap.policy_weight:.2f}",
        )
        for gap in gaps
    )  # fmt: skip
    title = f"缺口得分构成（前{len(gaps)}项，共{n_gaps}项）"
    return Table(title, columns, rows, sheet="得分构成", refs=(ref,))


def changes_table(gaps: list[GapRecord]) -> list[Block]:
    """Return what would change each gap's kind, and which cities near by have the segment.

    What holds for most of a kind is said once above the table.
    """
    kinds = dict.fromkeys(gap.kind_zh for gap in gaps)
    common = {k: said_of_all([gap.changes for gap in gaps if gap.kind_zh == k]) for k in kinds}
    rows = tuple(
        cells(
            gap.segment,
            gap.kind_zh,
            "；".join(one for one in gap.changes if one not in common[gap.kind_zh])
            or ("无其他" if common[gap.kind_zh] else "—"),
            _near(gap),
        )
        for gap in gaps
    )
    columns = (
        Column("环节", 22), Column("类型", 8, "centre"), Column("什么会改变判断", 42),
        Column("最近的已有城市", 28),
    )  # fmt: skip
    said: list[Block] = [
        Paragraph((Said(f"{kind}的各环节，{'；'.join(shared)}。"),), note=True)
        for kind, shared in common.items()
        if shared
    ]
    table = Table("什么会改变判断，哪里已有", columns, rows, sheet="改变条件")
    return [*said, table]


def _near(gap: GapRecord) -> str:
    shown = (f"{c.city}{c.n_companies}家（{c.distance_km:.0f}公里）" for c in gap.nearest[:2])
    return "、".join(shown) or "名录中没有"
