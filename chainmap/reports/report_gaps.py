"""The analysis of a city's gaps (产业链缺口分析报告): what it has, lacks, and who could come."""

from __future__ import annotations

from chainmap.concepts.city_records import ChainStanding
from chainmap.concepts.gap_records import GapRecord
from chainmap.reports.city_tiles import GRID
from chainmap.reports.document import (
    Block,
    Column,
    Document,
    Heading,
    Paragraph,
    Picture,
    Said,
    Table,
    cells,
)
from chainmap.reports.document_sources import Cited, numbered
from chainmap.reports.panorama_svg import panorama_svg
from chainmap.reports.report_gap_findings import FEW, Findings
from chainmap.reports.report_gap_tables import changes_table, parts_table
from chainmap.reports.report_map import CityMark, map_svg
from chainmap.reports.report_material import ANNEX, Material
from chainmap.reports.report_pictures import Bar, BarRow, bars_svg
from chainmap.reports.report_quality import quality
from chainmap.reports.report_tables import gap_table, standing_table, target_table
from chainmap.reports.report_words import (
    basis_line,
    chance_method,
    completeness_picture,
    expected_text,
    limits,
    method_refs,
    place_text,
    plans_line,
    share_text,
    target_method,
)

_PICTURED = 10
"""Gaps in the bar picture: a third of a page."""
_PANORAMAS = 3
"""Panoramas behind a report on all chains: those the city engages in most."""


def gaps_report(material: Material) -> Document:
    """Return the report on a city's gaps, of one chain or of all."""
    gaps, cited = material.gaps, Cited()
    basis = gaps.basis
    method = method_refs(cited, basis, gaps.weights)
    scope = material.chain.name if material.chain else ""
    parts = _Parts(material, cited, method)
    abstract = Findings(material, cited, method).said()
    body: list[Block] = [*parts.present(), *parts.place(), *parts.lacks()]
    if gaps.gaps:
        body += parts.invited()
    body += [Heading("方法与局限"), Paragraph(plans_line(basis)), *parts.method_words()]
    body += [*limits(basis, method["roster"]), quality(cited)]
    annex = parts.annex()
    made = Document(
        title=f"{basis.city}{scope}产业链缺口分析报告",
        subtitle=basis_line(basis),
        name=f"{basis.city}{scope}产业链缺口分析报告",
        day=basis.edition,
        abstract=tuple(abstract),
        body=tuple(body),
        annex=tuple(annex),
        sources=cited.sources(),
    )
    return numbered(made)


class _Parts:
    """The report's parts, in the order they are written: sources are numbered on the way."""

    def __init__(self, material: Material, cited: Cited, method: dict[str, int]) -> None:
        self._material, self._cited, self._method = material, cited, method
        self._gaps = material.gaps
        self._basis = material.gaps.basis
        self._short = material.city.short_name

    def present(self) -> list[Block]:
        """Return what the city has."""
        material, own = self._material, self._material.own
        blocks: list[Block] = [Heading("产业链现状")]
        if len(own) > 1:
            title = f"{self._short}各产业链完整度（细线为90%区间）"
            blocks.append(completeness_picture(own, self._basis.city, title))
            title = f"{self._basis.city}在各产业链中的位置"
            blocks.append(standing_table(own, self._method, title))
        else:
            blocks.append(self._engaged(own[0]))
        alike = "、".join(self._gaps.similar)
        if alike and material.facts.n_companies >= FEW:
            text = f"产业结构与{self._short}最相近的城市：{alike}。"
            blocks.append(Paragraph((Said(text, (self._method["roster"],)),)))
        if material.chain is not None:
            blocks.append(Paragraph((Said("各环节的有无和缺口见附图：产业链全景图。"),)))
        return blocks

    def _engaged(self, one: ChainStanding) -> Paragraph:
        """Return a city's place in the one chain asked for, where it has something of it."""
        if not one.place:
            text = f"{self._short}名录中没有{one.chain}产业链的企业。"
            return Paragraph((Said(text, (self._method["roster"],)),))
        text = (
            f"按已有环节的关键度加权，{self._short}{one.chain}产业链参与度为"
            f"{share_text(one.engagement)}{place_text(one.place, one.n_peers)}。"
        )
        return Paragraph((Said(text, (self._method["engagement"],)),))

    def place(self) -> list[Block]:
        """Return where the city stands in its province: a map, or nothing outside 浙江."""
        material = self._material
        if not set(GRID) <= material.standings.keys() or material.city.code not in GRID:
            return []
        names, marks = material.city_names(), {}
        for code in GRID:
            rows = material.standings[code]
            share = sum(s.completeness for s in rows) / len(rows)
            held, total = sum(s.n_held for s in rows), sum(s.n_segments for s in rows)
            marks[code] = CityMark(names[code], share, f"有企业 {held}/{total}")
        scope = material.chain.name if material.chain else "各产业链平均"
        ranked = sorted(marks.values(), key=lambda mark: -mark.share)
        said = "、".join(f"{mark.name}{share_text(mark.share)}" for mark in ranked)
        alt = f"浙江十一市{scope}完整度：{said}。"
        drawn = map_svg(marks, material.city.code, material.drawn, alt)
        home = marks[material.city.code]
        place = 1 + sum(mark.share > home.share for mark in ranked)
        other = ranked[1] if ranked[0] is home else ranked[0]
        beside = "其次" if ranked[0] is home else "最高"
        text = (
            f"{scope}完整度，{home.name}为{share_text(home.share)}，在全省十一市中居第{place}位；"
            f"{beside}的是{other.name}（{share_text(other.share)}）。"
        )
        refs = (self._method["completeness"], self._method["roster"])
        return [
            Heading("在全省的位置"),
            Paragraph((Said(text, refs),)),
            Picture(f"浙江十一市完整度（{scope}）", drawn, alt, share=0.74),
        ]

    def lacks(self) -> list[Block]:
        """Return the gaps: a picture, and a table with reasons."""
        shown = self._gaps.gaps[: self._material.top]
        blocks: list[Block] = [Heading("主要缺口")]
        if not shown:
            enough = self._basis.enough_data
            why = "没有可列的缺口。" if enough else "名录数据不足以判断本市缺口。"
            return [*blocks, Paragraph((Said(why),))]
        words = "；".join(_KIND_WORDS)
        blocks.append(Paragraph((Said(f"缺口分四类：{words}。"), *self._left_out())))
        blocks.append(self._gap_picture(shown[:_PICTURED]))
        blocks.append(Paragraph((Said(_READING),)))
        title = f"{self._basis.city}主要缺口（前{len(shown)}项，共{self._gaps.n_gaps}项）"
        blocks.append(gap_table(shown, self._method, self._cited, title))
        return blocks

    def _left_out(self) -> list[Said]:
        """Return which chains have no gaps listed, the city taking too little part in them."""
        listed = set(self._material.gap_table["chain_id"].to_list())
        names = [one.chain for one in self._material.own if one.chain_id not in listed]
        if not names or len(self._material.own) == 1:
            return []
        text = (
            f"{'、'.join(names)}产业链本市没有企业或参与度低于本市各链的中位数，"
            "在期规划也未点名，其缺口不列入。"
        )
        return [Said(text, (self._method["engagement"],))]

    def invited(self) -> list[Block]:
        """Return the first targets."""
        targets = self._material.targets
        method = (
            target_method(self._cited, targets), chance_method(self._cited), self._method["roster"]
        )  # fmt: skip
        title = f"{self._basis.city}招商目标（前{len(targets.targets)}家）"
        note = f"同一环节最多列{targets.per_segment}家；本市企业不列入。"
        return [
            Heading("招商目标"),
            Paragraph((Said(note),)),
            target_table(targets.targets, method, self._cited, title),
        ]

    def method_words(self) -> list[Paragraph]:
        """Return how the numbers come about, in words."""
        method = self._method
        return [
            Paragraph(
                (
                    Said("缺口得分由需求、可行和政策三部分相乘，", (method["gap"],)),
                    Said("完整度按关键度加权，", (method["completeness"],)),
                    Said("应有企业数按本市产业规模折算。", (method["expected"],)),
                )
            )
        ]

    def annex(self) -> list[Block]:
        """Return the score's parts, the segments not judged, the panoramas and the files."""
        blocks: list[Block] = []
        if self._gaps.gaps:
            shown = self._gaps.gaps[:ANNEX]
            blocks.append(parts_table(shown, self._gaps.n_gaps, self._method["gap"]))
            blocks += changes_table(shown[: self._material.top])
        if self._gaps.not_enough_data:
            blocks.append(self._unjudged())
        files = self._cited.documents()
        blocks += [files] if files else []
        if self._material.chain is not None:
            blocks.append(self._panorama(self._material.chain.id))
        else:
            most = sorted(self._material.own, key=lambda s: (-s.engagement, s.chain_id))
            blocks += [self._panorama(s.chain_id) for s in most[:_PANORAMAS] if s.n_held]
        return blocks

    def _gap_picture(self, shown: list[GapRecord]) -> Picture:
        def beside(gap: GapRecord) -> str:
            return "" if self._material.chain else f"，{gap.chain}"

        rows = [
            BarRow(
                f"{gap.rank}. {gap.segment}",
                (Bar(gap.gap_score, f"{gap.gap_score:.3f}　{gap.kind_zh}{beside(gap)}"),),
            )
            for gap in shown
        ]
        said = "；".join(f"{row.name} {row.bars[0].shown}" for row in rows)
        alt = f"{self._basis.city}得分居前的缺口：{said}。"
        picture = bars_svg(rows, alt, max(gap.gap_score for gap in shown))
        return Picture(f"得分居前的{len(shown)}项缺口", picture, alt)

    def _panorama(self, chain_id: str) -> Picture:
        found = self._material.panorama(chain_id)
        have = found.count("strong", "present", "weak")
        n = len(found.segments)
        alt = f"{found.city}{found.chain}产业链{n}个环节，{have}个有名录企业。"
        title = f"{found.city}{found.chain}产业链全景图"
        return Picture(title, panorama_svg(found), alt, wide=True)

    def _unjudged(self) -> Table:
        rows = tuple(
            cells(s.segment, expected_text(s.expected), f"{s.p_unseen:.0%}")
            for s in self._gaps.not_enough_data
        )
        refs = (self._method["gap"],)
        columns = (
            Column("环节", 40), Column("应有企业（家）", 25, "right", (self._method["expected"],)),
            Column("本地实有而未入名录的概率", 35, "right", refs),
        )  # fmt: skip
        return Table("数据不足、须先核实的环节", columns, rows, sheet="数据不足环节")


_READING = (
    "得分越高，缺口越突出，只用于在本市各环节之间比较。“规划点名”指规划最近点到哪一层："
    "环节本身、所属板块或所属产业。"
)
_KIND_WORDS = (
    "补链，本地缺而其下游在本地",
    "延链，本地没有、下游也不在本地，而其上游在本地或与本地产业关联密切，且进入机会不低于全国平均",
    "强链，本地已有但偏弱或缺应有的龙头",
    "建链，本地没有，又不属补链和延链",
)
