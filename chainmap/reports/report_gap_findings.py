"""What a report on a city's gaps finds, in sentences: its abstract."""

from __future__ import annotations

from chainmap.concepts.city_records import ChainStanding
from chainmap.concepts.kinds import GapKind
from chainmap.reports.document import Line, Said
from chainmap.reports.document_sources import Cited
from chainmap.reports.report_material import Material
from chainmap.reports.report_words import place_text, share_text, span_text, target_method

FEW = 20
"""Companies under which one more or less is a twentieth of all that is known of a city."""


def few_line(whose: str, n_companies: int, roster: int) -> Line:
    """Return the warning that a city's part of the roster is too small to lean on."""
    text = (
        f"名录只收录{whose}企业{n_companies}家，名录中没有的环节未必真没有企业；"
        f"使用前宜先补充、核实{whose}企业，再据以研判。"
    )
    return Said("须注意的是，", strong=True), Said(text, (roster,))


class Findings:
    """The findings, in the order they are written: sources are numbered on the way."""

    def __init__(self, material: Material, cited: Cited, method: dict[str, int]) -> None:
        self._material, self._cited, self._method = material, cited, method
        self._gaps = material.gaps

    def said(self) -> list[Line]:
        """Return the findings in sentences, a number in each."""
        material, method = self._material, self._method
        facts, own = material.facts, material.own
        roster = (method["roster"],)
        held, total = sum(s.n_held for s in own), sum(s.n_segments for s in own)
        led = sum(s.n_led for s in own)
        scope = f"{material.chain.name}产业链" if material.chain else f"{len(own)}条产业链"
        has = (
            Said("一是家底。", strong=True),
            Said(
                f"{facts.city}列入名录的企业{facts.n_companies}家，"
                f"其中上市公司{facts.n_listed}家；",
                roster,
            ),
            Said(
                f"{scope}{total}个环节中，{held}个有企业（贸易不计），{led}个有龙头企业。",
                roster,
            ),
            *self._standing_said(own),
        )  # fmt: skip
        if not self._gaps.basis.enough_data:
            few = Said(f"{facts.city}列入名录的企业太少，不足以判断缺口；以下只列名录所见。")
            return [has[1:], (few,)]
        said = [has, self._gaps_said(), *self._targets_said()]
        if facts.n_companies < FEW:
            said.append(few_line("本市", facts.n_companies, method["roster"]))
        return said

    def _standing_said(self, own: list[ChainStanding]) -> list[Said]:
        refs = (self._method["completeness"],)
        best = max(own, key=lambda s: s.completeness)
        span = f"90%区间{span_text(best.completeness_low, best.completeness_high)}"
        beside = self._place_said(best) if best.n_held else ""
        if len(own) == 1:
            return [Said(f"完整度{share_text(best.completeness)}（{span}）{beside}。", refs)]
        least = min(own, key=lambda s: s.completeness)
        if not best.n_held:  # shares of makers nobody knows of: no order
            return []
        return [
            Said(
                f"完整度最高的是{best.chain}（{share_text(best.completeness)}，{span}）{beside}；"
                f"最低的是{least.chain}（{share_text(least.completeness)}）。",
                refs,
            )
        ]

    def _place_said(self, own: ChainStanding) -> str:
        """Return the city's place by completeness in its province; nothing where it is alone."""
        rows = self._material.standings.values()
        shares = [s.completeness for row in rows for s in row if s.chain_id == own.chain_id]
        return place_text(1 + sum(share > own.completeness for share in shares), len(shares))

    def _gaps_said(self) -> Line:
        refs, gaps = (self._method["gap"],), self._gaps
        kinds = "、".join(
            f"{kind.zh}{self._material.kinds[kind.value]}项"
            for kind in (GapKind.FILL, GapKind.EXTEND, GapKind.STRENGTHEN, GapKind.BUILD)
            if kind.value in self._material.kinds
        )
        if not gaps.gaps:
            return (Said("二是缺口。", strong=True), Said("没有识别出缺口。", refs))
        first = "、".join(f"“{gap.segment}”（{gap.kind_zh}）" for gap in gaps.gaps[:5])
        top = gaps.gaps[0]
        return (
            Said("二是缺口。", strong=True),
            Said(f"共识别缺口{gaps.n_gaps}项：{kinds}。", refs),
            Said(f"得分居前的是{first}。", refs),
            Said(
                f"首位缺口的名次区间为{top.rank_low}–{top.rank_high}，"
                "居前各项宜看作一组，不宜逐位比较。",
                refs,
            ),
        )

    def _targets_said(self) -> list[Line]:
        targets = self._material.targets
        if not targets.targets:
            return []
        ranked = target_method(self._cited, targets)
        first = "、".join(
            f"{one.company}（{one.home_city.removesuffix('市')}，补“{one.segment}”）"
            for one in targets.targets[:3]
        )
        said = Said(f"外地企业中得分居前的是{first}；其余和理由见“招商目标”。", (ranked,))
        return [(Said("三是对象。", strong=True), said)]
