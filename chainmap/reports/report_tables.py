"""Tables that several reports share: how a city stands, its gaps, its targets."""

from __future__ import annotations

from itertools import zip_longest

from chainmap.concepts.city_records import ChainStanding
from chainmap.concepts.gap_records import GapRecord
from chainmap.concepts.kinds import CiteScope
from chainmap.concepts.records import CitationRecord, TargetRecord
from chainmap.ranking.families import Family
from chainmap.reports.document import Column, Said, Table, cells
from chainmap.reports.document_sources import Cited
from chainmap.reports.report_words import expected_text, share_text, span_text
from chainmap.reports.rows import company_source


def standing_table(standings: list[ChainStanding], method: dict[str, int], title: str) -> Table:
    """Return how a city stands in each chain."""
    roster, share = (method["roster"],), (method["completeness"],)
    place = (method["engagement"],)
    columns = (
        Column("产业链", 24), Column("环节", 8, "right"),
        Column("有企业", 10, "right", roster), Column("有龙头", 10, "right", roster),
        Column("完整度（90%区间）", 24, "centre", share),
        Column("参与度省内位次", 16, "centre", place),
    )  # fmt: skip
    rows = tuple(
        cells(
            one.chain, one.n_segments, one.n_held, one.n_led,
            f"{share_text(one.completeness)}"
            f"（{span_text(one.completeness_low, one.completeness_high)}）",
            f"{one.place}/{one.n_peers}" if one.place and one.n_peers != 1 else "—",
        )
        for one in standings
    )  # fmt: skip
    return Table(title, columns, rows, sheet="产业链完整度")


def gap_table(gaps: list[GapRecord], method: dict[str, int], cited: Cited, title: str) -> Table:
    """Return gaps with why they are gaps; each reason carries its policy passages."""
    score, roster = (method["gap"],), (method["roster"],)
    one_chain = len({gap.chain_id for gap in gaps}) == 1
    columns = (
        Column("名次\n区间", 10, "centre", score), Column("环节", 15),
        Column("类型", 7, "centre"), Column("得分", 9, "right", score),
        Column("本地/应有\n（家）", 13, "centre", roster), Column("为什么", 40, "left", roster),
        Column("规划点名", 12, "centre"),
    )  # fmt: skip
    named = [named_by(gap.citations, cited) for gap in gaps]
    rows = tuple(
        cells(
            f"{gap.rank}\n{gap.rank_low}–{gap.rank_high}",
            gap.segment if one_chain else f"{gap.segment}\n（{gap.chain}）",
            gap.kind_zh,
            f"{gap.gap_score:.3f}",
            f"{gap.n_companies} / {expected_text(gap.expected)}",
            gap.reason,
            plan,
        )
        for gap, plan in zip(gaps, named, strict=True)
    )
    return Table(
        title, columns, rows, sheet="产业链缺口", sortable=_sortable_gaps(gaps, named, method)
    )


def _sortable_gaps(gaps: list[GapRecord], named: list[Said], method: dict[str, int]) -> Table:
    score, roster = (method["gap"],), (method["roster"],)
    columns = (
        Column("名次", 6, "right", score), Column("区间低", 6, "right", score),
        Column("区间高", 6, "right", score), Column("环节", 14), Column("产业链", 12),
        Column("类型", 6, "centre"), Column("得分", 7, "right", score),
        *(Column(f"{name}企业\n（家）", 8, "right", roster) for name in ("本地", "应有")),
        Column("为什么", 54, "left", roster), Column("规划点名", 11, "centre"),
    )  # fmt: skip
    rows = tuple(
        cells(
            gap.rank, gap.rank_low, gap.rank_high, gap.segment, gap.chain, gap.kind_zh,
            f"{gap.gap_score:.3f}", gap.n_companies, f"{gap.expected:.2f}", gap.reason,
            _one_line(plan),
        )
        for gap, plan in zip(gaps, named, strict=True)
    )  # fmt: skip
    return Table("", columns, rows)


def target_table(
    targets: list[TargetRecord], method: tuple[int, int, int], cited: Cited, title: str
) -> Table:
    """Return targets with their two strongest reasons; each carries where it can be checked.

    Args:
        targets: In rank order.
        method: Numbers of the score's method, of the chance's method and of the roster.
        cited: The list of sources.
        title: The table's title.
    """
    score, chance, roster = method
    columns = (
        Column("名次\n区间", 10, "centre", (score,)), Column("企业与总部", 18),
        Column("目标环节", 13), Column("得分", 9, "right", (score,)),
        Column("可能性\n通常", 10, "centre", (chance,)), Column("理由", 32, "left", (roster,)),
        Column("规划点名", 12, "centre"),
    )  # fmt: skip
    named = [named_by(target.citations, cited) for target in targets]
    checked = [(cited.company(target.company, company_source(target)),) for target in targets]
    rows = tuple(
        cells(
            f"{target.rank}\n{target.rank_low}–{target.rank_high}",
            Said(f"{target.company}\n{place_text(target)}", refs),
            aim_text(target),
            f"{target.score:.2f}",
            f"{target.chance:.2%}\n{target.usual_chance:.2%}",
            _reasons(target),
            plan,
        )
        for target, plan, refs in zip(targets, named, checked, strict=True)
    )
    return Table(
        title, columns, rows, sheet="招商目标",
        sortable=_sortable_targets(targets, named, checked, method),
    )  # fmt: skip


def _sortable_targets(
    targets: list[TargetRecord],
    named: list[Said],
    checked: list[tuple[int]],
    method: tuple[int, int, int],
) -> Table:
    score, chance, roster = method
    columns = (
        Column("名次", 6, "right", (score,)), Column("区间低", 6, "right", (score,)),
        Column("区间高", 6, "right", (score,)), Column("企业", 20), Column("总部", 8),
        Column("距离\n（公里）", 8, "right"), Column("目标环节", 16),
        Column("得分", 7, "right", (score,)), Column("可能性", 8, "right", (chance,)),
        Column("通常", 8, "right", (chance,)), Column("理由", 50, "left", (roster,)),
        Column("规划点名", 11, "centre"),
    )  # fmt: skip
    rows = tuple(
        cells(
            one.rank, one.rank_low, one.rank_high, Said(one.company, refs),
            one.home_city.removesuffix("市"), f"{one.distance_km:.0f}", aim_text(one),
            f"{one.score:.2f}", f"{one.chance:.2%}", f"{one.usual_chance:.2%}", _reasons(one),
            _one_line(plan),
        )
        for one, plan, refs in zip(targets, named, checked, strict=True)
    )  # fmt: skip
    return Table("", columns, rows)


def _one_line(said: Said) -> Said:
    return Said(said.text.replace("\n", "，"), said.refs)


def named_by(citations: list[CitationRecord], cited: Cited) -> Said:
    """Return how nearly plans in force name a segment, else those expired; with the passages."""
    if not citations:
        return Said("未点名")
    shown = cited.shown(citations)
    in_force = [one for one in shown if one.in_force]
    nearest = (in_force or shown)[-1]
    what = CiteScope(nearest.scope).zh.removeprefix("点名") if nearest.scope else "点名"
    return Said(what + ("" if in_force else "\n已到期"), cited.passages(citations))


def place_text(target: TargetRecord) -> str:
    """Return where a target is at home: the city, and how far away."""
    return f"{target.home_city.removesuffix('市')} {target.distance_km:.0f}公里"


def aim_text(target: TargetRecord) -> str:
    """Return the gap a target would fill, and from where where it is not in it today."""
    aim = f"{target.segment}（{target.gap_kind_zh}）"
    if target.made_segment_id != target.segment_id:
        aim += f"，由{target.made_segment}延伸"
    return aim


def _reasons(target: TargetRecord) -> str:
    """Return the two strongest reasons; where it is at home stands in the column before."""
    families = zip_longest(target.reasons, target.reason_families[: len(target.reasons)])
    told = [reason for reason, family in families if family != Family.AFFINITY]
    shown = (told or target.reasons)[:2]
    if len(shown) == 1:
        return shown[0] + "。"
    marks = zip("①②", shown, strict=False)
    return "；".join(f"{mark}{reason}" for mark, reason in marks) + ("。" if shown else "")
