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
from chainmap.reports.report_gap_findings import FEW, few_line
from chainmap.reports.report_material import Material
from chainmap.reports.report_pictures import Bar, BarRow, bars_svg
from chainmap.reports.report_words import (
    basis_line,
    limits,
    method_refs,
    share_text,
    span_text,
)

_SHOWN = 25
"""Segments of a table: one page."""
_NAMED = 4
"""Segments of a kind named in the abstract."""
_READING = (
    "“强”“弱”为环节在该市的状态，未注明的为已有企业。缺口按单条产业链测算，"
    "“第几位”是该环节在本市这条产业链全部缺口中的名次。"
)
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
    lacking = _lacking(pairs, (material, other))
    standings = material.standings_of([material.city.code, other.city.code])
    both = standings[material.city.code], standings[other.city.code]
    body: list[Block] = [
        Heading("产业链完整度"),
        *([_picture(both, names)] if len(chains) > 1 else []),
        _standings(both, names, method),
        Heading("有无对照"),
        Paragraph((Said(_READING),)),
        *_differences(pairs, lacking, names, method),
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
        abstract=_abstract((material, other), both, pairs, lacking, method),
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
    lacking: list[_Pair],
    method: dict[str, int],
) -> tuple[Line, ...]:
    roster, share = (method["roster"],), (method["completeness"],)
    held = [sum(s.n_held for s in rows) for rows in both]
    total = sum(s.n_segments for s in both[0])
    one, two = (m.city.short_name for m in materials)
    few = (
        few_line(m.city.short_name, m.facts.n_companies, method["roster"])
        for m in materials
        if m.facts.n_companies < FEW
    )
    return (
        (
            Said("一是家底。", strong=True),
            Said(f"{total}个环节中，{one}有企业的{held[0]}个，{two}有企业的{held[1]}个；", roster),
            Said(_ahead(both, (one, two)), share),
        ),
        (
            Said("二是互补。", strong=True),
            Said(f"{_has(pairs, 0, one, two)}；{_has(pairs, 1, two, one)}。", roster),
        ),
        (
            Said("三是共同短板。", strong=True),
            Said(_both_lack(materials, lacking), (method["gap"],)),
        ),
        *few,
    )


def _ahead(both: tuple[list[ChainStanding], list[ChainStanding]], names: tuple[str, str]) -> str:
    """Return who is ahead where; of one chain, by how much."""
    rows = list(zip(*both, strict=True))
    if len(rows) == 1:
        first, second = (share_text(one.completeness) for one in rows[0])
        return f"完整度{names[0]}为{first}，{names[1]}为{second}。"
    ahead = [s.chain for s, t in rows if s.completeness > t.completeness]
    behind = [s.chain for s, t in rows if s.completeness < t.completeness]
    if not ahead and not behind:
        return "各产业链完整度两市相同。"
    if not ahead or not behind:
        first, second = names if ahead else names[::-1]
        return f"各产业链完整度{first}都不低于{second}。"
    return f"完整度{names[0]}较高的有{'、'.join(ahead)}，{names[1]}较高的有{'、'.join(behind)}。"


def _has(pairs: list[_Pair], at: int, have: str, lack: str) -> str:
    found = _only(pairs, at)
    if not found:
        return f"没有{have}有而{lack}没有的环节"
    named = "、".join(f"“{pair.one.name}”" for pair in found[:_NAMED])
    shown = f"如{named}等" if len(found) > _NAMED else f"即{named}"
    return f"{have}有而{lack}没有的{len(found)}个，{shown}"


def _both_lack(materials: tuple[Material, Material], found: list[_Pair]) -> str:
    unjudged = [m.city.short_name for m in materials if not m.facts.enough_data]
    if unjudged:
        return f"名录中{'、'.join(unjudged)}企业太少，不足以判断缺口，无从比较。"
    if not found:
        return "没有两市共同的缺口。"
    named = "、".join(f"“{pair.one.name}”" for pair in found[:_NAMED])
    return (
        f"两市共同的缺口{len(found)}个，得分居前的是{named}；同一企业两市都在争取时，宜先商定分工。"
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
    return Bar(one.completeness, _completeness(one), low, high)


def _completeness(one: ChainStanding) -> str:
    span = span_text(one.completeness_low, one.completeness_high)
    return f"{share_text(one.completeness)}（{span}）"


def _standings(
    both: tuple[list[ChainStanding], list[ChainStanding]],
    names: tuple[str, str],
    method: dict[str, int],
) -> Table:
    roster, share = (method["roster"],), (method["completeness"],)
    columns = (
        Column("产业链", 16), Column("环节", 8, "right"),
        *(Column(f"{name}\n有企业", 10, "right", roster) for name in names),
        *(Column(f"{name}\n有龙头", 10, "right", roster) for name in names),
        *(Column(f"{name}完整度\n（90%区间）", 24, "centre", share) for name in names),
    )  # fmt: skip
    rows = tuple(
        cells(
            one.chain, one.n_segments, one.n_held, two.n_held, one.n_led, two.n_led,
            _completeness(one), _completeness(two),
        )
        for one, two in zip(*both, strict=True)
    )  # fmt: skip
    return Table(f"{names[0]}与{names[1]}各产业链情况", columns, rows, sheet="各产业链")


def _differences(
    pairs: list[_Pair], lacking: list[_Pair], names: tuple[str, str], method: dict[str, int]
) -> list[Block]:
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
    if lacking:
        title = f"两市共同的缺口（共{len(lacking)}个，列得分居前的{min(_SHOWN, len(lacking))}个）"
        blocks.append(_segments(lacking[:_SHOWN], names, method, title))
    return blocks


def _lacking(pairs: list[_Pair], materials: tuple[Material, Material]) -> list[_Pair]:
    """Return what is a gap in the gap reports of both, highest scores first.

    Of segments somebody in the country is in; a chain that a city's report leaves out has none.
    """
    one, two = (set(material.gap_table["segment_id"].to_list()) for material in materials)
    found = [p for p in pairs if p.one.id in one & two and p.one.n_nation]
    return sorted(found, key=lambda p: (-_mean_score(p), p.one.id))


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
    several = len({pair.chain for pair in pairs}) > 1
    columns = (
        Column("环节", 20), *([Column("产业链", 23)] if several else []),
        *(Column(f"{name}企业", 13, "centre", roster) for name in names),
        *(Column(f"{name}缺口", 15.5, "centre", gap) for name in names),
    )  # fmt: skip
    rows = tuple(
        cells(
            p.one.name, *([p.chain] if several else []), _held(p.one), _held(p.two), _gap(p.one),
            _gap(p.two),
        )
        for p in pairs
    )  # fmt: skip
    return Table(title, columns, rows)


def _held(segment: PanoramaSegment) -> str:
    if not segment.n_companies:
        return "—"
    state = f"（{STATE_ZH[segment.state]}）" if segment.state in ("strong", "weak") else ""
    return f"{segment.n_companies}家{state}"


def _gap(segment: PanoramaSegment) -> str:
    if segment.state == "unknown":
        return "数据不足"
    return f"{segment.gap_kind_zh}第{segment.gap_rank}位" if segment.gap_kind else "—"


def _panorama(one: Panorama, two: Panorama) -> Picture:
    svg = panorama_svg(one, PanoramaOptions(other=two))
    title = f"{one.city}与{two.city}{one.chain}产业链对照图"
    alt = (
        f"{one.chain}{len(one.segments)}个环节，{one.city}有企业{_n_held(one)}个，"
        f"{two.city}有企业{_n_held(two)}个。"
    )
    return Picture(title, svg, alt, wide=True)
