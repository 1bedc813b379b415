"""Sentences and tables that several reports share, with the sources they rest on."""

from __future__ import annotations

from chainmap.concepts.city_records import ChainStanding
from chainmap.concepts.kinds import CiteScope
from chainmap.concepts.records import Basis, CitationRecord, GapRecord, TargetList, TargetRecord
from chainmap.reports.document import Column, Line, Paragraph, Picture, Said, Table, cells
from chainmap.reports.document_sources import Cited
from chainmap.reports.gap_explanation import gap_method
from chainmap.reports.report_pictures import Bar, BarRow, bars_svg
from chainmap.reports.rows import FAMILY_LABELS, company_source


def basis_line(basis: Basis) -> str:
    """Return what a report rests on, in one line under its title."""
    return f"名录 {basis.edition} 版　政策时点 {basis.as_of}　程序 {basis.code_version}"


def method_refs(cited: Cited, basis: Basis, weights: dict[str, float]) -> dict[str, int]:
    """Return the numbers of the usual methods: `gap`, `completeness` and `expected`."""
    return {
        "gap": cited.formula("缺口得分", gap_method(weights)),
        "completeness": cited.formula(
            "产业链完整度",
            "各环节按关键度加权，已有企业的计 1，名录未见企业的计其实有企业的概率；区间为90%区间。",
        ),
        "expected": cited.formula(
            "应有企业数",
            "本市名录企业数×该环节占全国名录企业数的份额；区位商为实有数与应有数之比。",
        ),
        "engagement": cited.formula("产业链参与度", "已有企业的环节按关键度加权所占的份额。"),
        "roster": cited.roster(basis),
    }


def target_method(cited: Cited, found: TargetList) -> int:
    """Return the number of the target score's method."""
    changed = "、".join(
        f"{label}×{found.weights[name]:g}"
        for name, label in FAMILY_LABELS.items()
        if found.weights[name] != 1.0
    )
    weights = f"权重已调整：{changed}。" if found.custom else "各类权重均为 1。"
    return cited.formula(
        "招商目标得分",
        f"{len(FAMILY_LABELS)}类证据之和，以本市居中候选为 0，取自然对数：每高 0.7 约翻一倍"
        f"（目标排序模型 {found.model}）；{weights}名次区间为90%区间。",
    )


def chance_method(cited: Cited) -> int:
    """Return the number of the chance's method."""
    return cited.formula(
        "可能性",
        "企业来本市做该环节的校准概率；“通常”为同一产业链全部候选的平均。用于比较，不是承诺。",
    )


def completeness_picture(standings: list[ChainStanding], city: str, cited_title: str) -> Picture:
    """Return the completeness of chains as bars with intervals."""
    rows = [
        BarRow(
            one.chain,
            (
                Bar(
                    one.completeness,
                    f"{one.completeness:.0%}（{one.completeness_low:.0%}"
                    f"–{one.completeness_high:.0%}），{one.n_held}/{one.n_segments} 个环节",
                    one.completeness_low,
                    one.completeness_high,
                ),
            ),
        )
        for one in standings
    ]
    most = max(one.completeness_high for one in standings)
    said = "；".join(f"{row.name}{row.bars[0].shown}" for row in rows)
    alt = f"{city}产业链完整度：{said}。"
    return Picture(cited_title, bars_svg(rows, alt, most), alt)


def standing_table(standings: list[ChainStanding], method: dict[str, int], title: str) -> Table:
    """Return how a city stands in each chain."""
    roster, share = (method["roster"],), (method["completeness"],)
    place = (method["engagement"],)
    columns = (
        Column("产业链", 24), Column("环节", 8, "right"),
        Column("有企业", 10, "right", roster), Column("有龙头", 10, "right", roster),
        Column("完整度（90%区间）", 26, "centre", share), Column("省内位次", 14, "centre", place),
    )  # fmt: skip
    rows = tuple(
        cells(
            one.chain, one.n_segments, one.n_held, one.n_led,
            f"{one.completeness:.0%}（{one.completeness_low:.0%}–{one.completeness_high:.0%}）",
            f"{one.place}/{one.n_peers}" if one.place else "—",
        )
        for one in standings
    )  # fmt: skip
    return Table(title, columns, rows, sheet="产业链完整度")


def gap_table(gaps: list[GapRecord], method: dict[str, int], cited: Cited, title: str) -> Table:
    """Return gaps with why they are gaps; each reason carries its policy passages."""
    score, roster = (method["gap"],), (method["roster"],)
    one_chain = len({gap.chain_id for gap in gaps}) == 1
    columns = (
        Column("名次与区间", 10, "centre", score), Column("环节", 16), Column("类型", 7, "centre"),
        Column("得分", 9, "right", score), Column("本地/应有", 12, "centre", roster),
        Column("为什么", 34, "left", roster), Column("规划点名", 12, "centre"),
    )  # fmt: skip
    rows = tuple(
        cells(
            f"{gap.rank}\n{gap.rank_low}–{gap.rank_high}",
            gap.segment if one_chain else f"{gap.segment}（{gap.chain}）",
            gap.kind_zh,
            f"{gap.gap_score:.3f}",
            f"{gap.n_companies} / {gap.expected:.1f}",
            gap.reason,
            named_by(gap.citations, cited),
        )
        for gap in gaps
    )
    return Table(title, columns, rows, sheet="产业链缺口")


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
        Column("名次与区间", 10, "centre", (score,)), Column("企业与总部", 20),
        Column("目标环节", 14), Column("得分", 8, "right", (score,)),
        Column("可能性与通常", 11, "centre", (chance,)), Column("理由", 26, "left", (roster,)),
        Column("规划点名", 11, "centre"),
    )  # fmt: skip
    rows = tuple(
        cells(
            f"{target.rank}\n{target.rank_low}–{target.rank_high}",
            Said(
                f"{target.company}\n{place_text(target)}",
                (cited.company(target.company, company_source(target)),),
            ),
            aim_text(target),
            f"{target.score:.2f}",
            f"{target.chance:.2%}\n{target.usual_chance:.2%}",
            _reasons(target),
            named_by(target.citations, cited),
        )
        for target in targets
    )
    return Table(title, columns, rows, sheet="招商目标")


def named_by(citations: list[CitationRecord], cited: Cited) -> Said:
    """Return how nearly plans in force name a segment, else those expired; with the passages."""
    if not citations:
        return Said("未点名")
    shown = cited.shown(citations)
    in_force = [one for one in shown if one.in_force]
    nearest = (in_force or shown)[-1]
    what = CiteScope(nearest.scope).zh.removeprefix("点名") if nearest.scope else "点名"
    return Said(what + ("" if in_force else "，已到期"), cited.passages(citations))


def place_text(target: TargetRecord) -> str:
    """Return where a target is at home: the city, and how far away."""
    return f"{target.home_city.removesuffix('市')} {target.distance_km:.0f}公里"


def aim_text(target: TargetRecord) -> str:
    """Return the gap a target would fill, and from where where it is not in it today."""
    aim = f"{target.segment}（{target.gap_kind_zh}）"
    if target.made_segment_id != target.segment_id:
        aim += f"，由{target.made_segment}延伸"
    return aim


def limits(basis: Basis, roster: int) -> list[Paragraph]:
    """Return what a reader must not read into the numbers."""
    expired = (
        "已到期的规划按要求计入得分。"
        if basis.include_expired
        else "已到期的规划只作背景，不计入得分。"
    )
    texts = (
        (Said(basis.coverage, (roster,)),),
        (Said("名次区间（90%）反映企业分布和进入机会的不确定；区间相交的缺口宜看作一组，不宜逐位比较。"),),
        (Said(expired + "结果供研判参考，对外使用前须核实企业现状、意愿和准入条件。"),),
    )  # fmt: skip
    return [Paragraph(line) for line in texts]


def plans_line(basis: Basis) -> Line:
    """Return which plans drive the score."""
    plans = "、".join(f"《{title}》" for title in basis.plans_in_force)
    what = "计入得分的规划（含已到期）" if basis.include_expired else "计入得分的在期规划"
    return (Said(f"{what}：{plans or '无，各项缺口的政策权重为 0'}。"),)


def signed(value: float) -> str:
    """Return a summand with its sign, two digits, no negative nought."""
    return f"{round(value, 2) + 0.0:+.2f}"


def _reasons(target: TargetRecord) -> str:
    marks = "①②③④⑤"
    return "".join(
        f"{mark}{reason}；" for mark, reason in zip(marks, target.reasons[:2], strict=False)
    ).rstrip("；") + ("。" if target.reasons else "")
