"""Two cities side by side (城市对比): completeness, and what one has that the other lacks."""

from __future__ import annotations

from typing import NamedTuple

from chainmap.concepts.city_records import ChainStanding
from chainmap.concepts.panorama_records import STATE_ZH, Panorama, PanoramaSegment, StateName
from chainmap.reports.document import (
    Block,
    Column,
    Document,
    Heading,
    Line,
    Paragraph,
    Picture,
    Said,
    Table,
    cells,
)
from chainmap.reports.document_sources import Cited, numbered
from chainmap.reports.panorama_legend import PanoramaOptions
from chainmap.reports.panorama_svg import panorama_svg
from chainmap.reports.report_material import Material
from chainmap.reports.report_pictures import Bar, BarRow, bars_svg
from chainmap.reports.report_words import basis_line, limits, method_refs

_SHOWN = 25
"""Segments of a table: one page."""
_HELD: tuple[StateName, ...] = ("strong", "present", "weak")


class _Pair(NamedTuple):
    """A segment in both cities."""

    chain: str
    one: PanoramaSegment
    two: PanoramaSegment

    def of(self, at: int) -> PanoramaSegment:
        """Return the segment in the first (0) or the second city (1)."""
        return self.two if at else self.one


def comparison_report(material: Material, other: Material) -> Document:
    """Return two cities compared, in one chain or in all."""
    cited, basis = Cited(), material.gaps.basis
    method = method_refs(cited, basis, material.gaps.weights)
    names = (material.city.short_name, other.city.short_name)
    chains = [material.chain.id] if material.chain else list(material.world.library.chains)
    drawn = [(material.panorama(chain), other.panorama(chain)) for chain in chains]
    pairs = [pair for both in drawn for pair in _pairs(*both)]
    standings = material.standings_of([material.city.code, other.city.code])
    both = standings[material.city.code], standings[other.city.code]
    body: list[Block] = [
        Heading("各产业链完整度"),
        _picture(both, names),
        _standings(both, names, method),
        Heading("有无对照"),
        *_differences(pairs, names, method),
        Heading("局限"),
        *limits(basis, method["roster"]),
    ]
    widest = max(drawn, key=lambda d: _n_held(d[0]) + _n_held(d[1]))
    scope = material.chain.name if material.chain else ""
    title = f"{material.city.name}与{other.city.name}{scope}产业链对比"
    made = Document(
        title=title,
        subtitle=basis_line(basis),
        name=title,
        day=basis.edition,
        abstract=_abstract((material, other), both, pairs, method),
        body=tuple(body),
        annex=(_panorama(*widest),),
        sources=cited.sources(),
    )
    return numbered(made)


def _pairs(one: Panorama, two: Panorama) -> list[_Pair]:
    others = {segment.id: segment for segment in two.segments}
    return [_Pair(one.chain, segment, others[segment.id]) for segment in one.segments]


def _n_held(panorama: Panorama) -> int:
    return panorama.count(*_HELD)


def _abstract(
    materials: tuple[Material, Material],
    both: tuple[list[ChainStanding], list[ChainStanding]],
    pairs: list[_Pair],
    method: dict[str, int],
) -> tuple[Line, ...]:
    roster, share = (method["roster"],), (method["completeness"],)
    held = [sum(s.n_held for s in rows) for rows in both]
    total = sum(s.n_segments for s in both[0])
    one, two = (m.city.short_name for m in materials)
    only = [len(_only(pairs, at)) for at in (0, 1)]
    ahead = [s.chain for s, t in zip(*both, strict=True) if s.completeness > t.completeness]
    behind = [s.chain for s, t in zip(*both, strict=True) if s.completeness < t.completeness]
    said = []
    if ahead:
        said.append(f"{one}完整度较高的产业链：{'、'.join(ahead)}")
    if behind:
        said.append(f"{two}较高的：{'、'.join(behind)}")
    return (
        (
            Said(
                f"{total}个环节中，{one}有企业的{held[0]}个，{two}有企业的{held[1]}个；"
                f"{one}有而{two}没有的{only[0]}个，{two}有而{one}没有的{only[1]}个。",
                roster,
            ),
            Said("；".join(said) + "。", share) if said else Said("两市完整度相同。", share),
        ),
    )


def _picture(
    both: tuple[list[ChainStanding], list[ChainStanding]], names: tuple[str, str]
) -> Picture:
    rows = [BarRow(one.chain, (_bar(one), _bar(two))) for one, two in zip(*both, strict=True)]
    most = max(s.completeness_high for rows_ in both for s in rows_)
    said = "；".join(
        f"{row.name}{names[0]}{row.bars[0].shown}、{names[1]}{row.bars[1].shown}" for row in rows
    )
    alt = f"两市产业链完整度：{said}。"
    return Picture("产业链完整度（细线为90%区间）", bars_svg(rows, alt, most, names), alt)


def _bar(one: ChainStanding) -> Bar:
    low, high = one.completeness_low, one.completeness_high
    return Bar(one.completeness, f"{one.completeness:.0%}（{low:.0%}–{high:.0%}）", low, high)


def _standings(
    both: tuple[list[ChainStanding], list[ChainStanding]],
    names: tuple[str, str],
    method: dict[str, int],
) -> Table:
    roster, share = (method["roster"],), (method["completeness"],)
    columns = (
        Column("产业链", 24), Column("环节", 8, "right"),
        *(Column(f"{name}有企业", 12, "right", roster) for name in names),
        *(Column(f"{name}有龙头", 12, "right", roster) for name in names),
        *(Column(f"{name}完整度", 12, "right", share) for name in names),
    )  # fmt: skip
    rows = tuple(
        cells(
            one.chain, one.n_segments, one.n_held, two.n_held, one.n_led, two.n_led,
            f"{one.completeness:.0%}", f"{two.completeness:.0%}",
        )
        for one, two in zip(*both, strict=True)
    )  # fmt: skip
    return Table(f"{names[0]}与{names[1]}各产业链情况", columns, rows, sheet="各产业链")


def _differences(pairs: list[_Pair], names: tuple[str, str], method: dict[str, int]) -> list[Block]:
    blocks: list[Block] = []
    for at in (0, 1):
        found = _only(pairs, at)
        have, lack = names[at], names[1 - at]
        title = f"{have}有、{lack}没有的环节（共{len(found)}个）"
        if not found:
            blocks.append(Paragraph((Said(f"没有{have}有而{lack}没有的环节。"),)))
            continue
        if len(found) > _SHOWN:
            title += f"，列企业最多的{_SHOWN}个"
        blocks.append(_segments(found[:_SHOWN], names, method, title))
    lacking = [p for p in pairs if p.one.gap_kind and p.two.gap_kind and p.one.n_nation]
    lacking.sort(key=lambda p: (-_mean_score(p), p.one.id))
    if lacking:
        title = f"两市共同的缺口（共{len(lacking)}个，列得分居前的{min(_SHOWN, len(lacking))}个）"
        blocks.append(_segments(lacking[:_SHOWN], names, method, title))
    return blocks


def _only(pairs: list[_Pair], at: int) -> list[_Pair]:
    """Return the segments held by one of the two and absent from the other, most firms first."""
    found = [p for p in pairs if p.of(at).state in _HELD and p.of(1 - at).state not in _HELD]
    return sorted(found, key=lambda p: (-p.of(at).n_companies, p.one.id))


def _mean_score(pair: _Pair) -> float:
    return ((pair.one.gap_score or 0.0) + (pair.two.gap_score or 0.0)) / 2


def _segments(
    pairs: list[_Pair], names: tuple[str, str], method: dict[str, int], title: str
) -> Table:
    roster, gap = (method["roster"],), (method["gap"],)
    columns = (
        Column("环节", 24), Column("产业链", 22),
        *(Column(f"{name}企业", 13, "centre", roster) for name in names),
        *(Column(f"{name}缺口", 14, "centre", gap) for name in names),
    )  # fmt: skip
    rows = tuple(
        cells(p.one.name, p.chain, _held(p.one), _held(p.two), _gap(p.one), _gap(p.two))
        for p in pairs
    )
    return Table(title, columns, rows)


def _held(segment: PanoramaSegment) -> str:
    return f"{STATE_ZH[segment.state]} {segment.n_companies}家" if segment.n_companies else "—"


def _gap(segment: PanoramaSegment) -> str:
    if segment.state == "unknown":
        return "数据不足"
    return f"{segment.gap_kind_zh} 第{segment.gap_rank}" if segment.gap_kind else "—"


def _panorama(one: Panorama, two: Panorama) -> Picture:
    svg = panorama_svg(one, PanoramaOptions(other=two))
    title = f"{one.city}与{two.city}{one.chain}产业链对照图"
    alt = (
        f"{one.chain}{len(one.segments)}个环节，{one.city}有企业{_n_held(one)}个，"
        f"{two.city}有企业{_n_held(two)}个。"
    )
    return Picture(title, svg, alt, wide=True)
