"""Draw the panorama (产业链全景图) as one self-contained SVG for paper, slides and Word."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from chainmap.concepts.panorama_records import (
    STATE_EN,
    STATE_ZH,
    Panorama,
    PanoramaSegment,
)
from chainmap.errors import InputError
from chainmap.reports.palette import (
    FONTS,
    INK,
    LINE,
    LOOKS,
    MUTED,
    PAPER,
    Look,
    state_icon,
)
from chainmap.reports.panorama_layout import (
    LEADING,
    PAD,
    SIZE,
    TITLE,
    PlacedChip,
    PlacedGroup,
    PlacedStage,
    lay_out,
)
from chainmap.reports.panorama_legend import (
    INITIALS_EN,
    KINDS_EN,
    MARGIN,
    SHOWN_FIRST,
    PanoramaOptions,
    footer,
    legend,
)
from chainmap.reports.panorama_links import links_drawn
from chainmap.reports.svg_marks import mark_drawn, text_drawn
from chainmap.reports.text_width import text_width

_TOP = 74.0


def panorama_svg(panorama: Panorama, options: PanoramaOptions | None = None) -> str:
    """Return the panorama as SVG text, drawn for A4 landscape; same input, same bytes.

    Raises:
        InputError: The focus is no segment of the chain, or the other city's panorama is of
            another chain.
    """
    options = options or PanoramaOptions()
    _check(panorama, options)
    layout = lay_out(panorama, options.lang)
    foot = list(footer(panorama, options, layout))
    width = layout.width + 2 * MARGIN
    height = _TOP + layout.height + 62 + 17 * len(foot)
    title = _title(panorama, options)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" '
        f'width="{width:g}" height="{height:g}" font-family="{FONTS}" role="img" '
        f'aria-label="{escape(title)}">',
        f"<title>{escape(title)}</title>",
        f'<rect width="{width:g}" height="{height:g}" fill="{PAPER}"/>',
        text_drawn(MARGIN, 36, title, (22, INK, "700")),
        text_drawn(MARGIN, 59, _subtitle(panorama, options), (13, MUTED, "400")),
        f'<g transform="translate({MARGIN:g} {_TOP:g})">',
        *(_stage(stage, options) for stage in layout.stages),
        *links_drawn(layout, options.focus),
        "</g>",
        *legend(panorama, options, _TOP + layout.height + 26),
        *(
            text_drawn(MARGIN, _TOP + layout.height + 56 + 17 * i, line, (12, MUTED, "400"))
            for i, line in enumerate(foot)
        ),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _check(panorama: Panorama, options: PanoramaOptions) -> None:
    if options.focus is not None and options.focus not in {s.id for s in panorama.segments}:
        raise InputError(
            f"环节“{options.focus}”不在产业链“{panorama.chain}”中。", todo="请选该链的环节。"
        )
    if options.other is not None and options.other.chain_id != panorama.chain_id:
        raise InputError(
            f"两图产业链不同：{panorama.chain} 与 {options.other.chain}。",
            todo="请选同一条产业链。",
        )


def _stage(placed: PlacedStage, options: PanoramaOptions) -> str:
    x, y = placed.x, placed.y
    n = len(placed.stage.segments)
    have = _held(placed.stage.segments, options)
    said = f"{n} 个环节，{have} 个有企业" if options.lang == "zh" else f"{n} segments, {have} held"
    name = placed.stage.called(options.lang)
    beside = x + 14 + text_width(name, 16) + 10
    narrow = placed.width < text_width(name, 16) + text_width(said, 12) + 40
    said = f"{have}/{n}" if narrow else said
    return "\n".join(
        [
            f'<rect x="{x:g}" y="{y:g}" width="{placed.width:g}" height="{placed.height:g}" '
            f'rx="6" fill="#f1f4f7"/>',
            text_drawn(x + 14, y + 23, name, (16, INK, "700")),
            text_drawn(beside, y + 23, said, (12, MUTED, "400")),
            *(_group(group, options) for group in placed.groups),
        ]
    )


def _held(segments: list[PanoramaSegment], options: PanoramaOptions) -> str:
    """Return how many segments have companies: of one city, or of both."""
    own = str(sum(segment.n_companies > 0 for segment in segments))
    if options.other is None:
        return own
    ids = {segment.id for segment in segments}
    others = sum(s.n_companies > 0 for s in options.other.segments if s.id in ids)
    return f"{own}·{others}"


def _group(placed: PlacedGroup, options: PanoramaOptions) -> str:
    x, y = placed.x, placed.y
    have = _held([chip.segment for chip in placed.chips], options)
    lines = [
        text_drawn(x + PAD, y + PAD + 14 + i * TITLE, line, (SIZE + 0.5, INK, "700"))
        for i, line in enumerate(placed.lines)
    ]
    count = f"{have}/{len(placed.chips)}"
    return "\n".join(
        [
            f'<rect x="{x:g}" y="{y:g}" width="{placed.width:g}" height="{placed.height:g}" '
            f'rx="4" fill="{PAPER}" stroke="{LINE}"/>',
            *lines,
            text_drawn(x + placed.width - PAD, y + PAD + 14, count, (12, MUTED, "400"), "end"),
            *(_chip(chip, options) for chip in placed.chips),
        ]
    )


def _chip(placed: PlacedChip, options: PanoramaOptions) -> str:
    segment, x, y = placed.segment, placed.x, placed.y
    look, middle = LOOKS[segment.state], y + placed.height / 2
    faded = options.focus is not None and not _touches(segment, options.focus)
    first = middle - (len(placed.lines) - 1) * LEADING / 2 + SIZE * 0.36
    compared = options.other is not None
    frame = Look(PAPER, LINE, "", INK) if compared else look
    dash = f' stroke-dasharray="{frame.dash}"' if frame.dash else ""
    parts = [
        '<g opacity="0.38">' if faded else "<g>",
        f"<title>{escape(_hover(segment, options))}</title>",
        f'<rect x="{x + 0.5:g}" y="{y + 0.5:g}" width="{placed.width - 1:g}" '
        f'height="{placed.height - 1:g}" rx="4" fill="{frame.fill}" '
        f'stroke="{frame.border}"{dash}/>',
        *(
            text_drawn(
                x + (8 if compared else 20), first + i * LEADING, line, (SIZE, frame.ink, "400")
            )
            for i, line in enumerate(placed.lines)
        ),
    ]
    if compared:
        parts += _two_cells(placed, options)
    else:
        parts.append(state_icon(segment.state, x + 11, middle))
        parts += _count_and_mark(placed, options, look)
    return "\n".join([*parts, "</g>"])


def _count_and_mark(placed: PlacedChip, options: PanoramaOptions, look: Look) -> Iterator[str]:
    segment, middle = placed.segment, placed.y + placed.height / 2
    right = placed.x + placed.width
    if segment.gap_kind is not None and segment.gap_kind_zh is not None:
        mark = segment.gap_kind_zh[0] if options.lang == "zh" else INITIALS_EN[segment.gap_kind]
        yield mark_drawn(right - 20, middle - 8, mark, (segment.gap_rank or 0) <= SHOWN_FIRST)
        right -= 18
    ink, weight = (look.ink, "700") if segment.n_companies else (MUTED, "400")
    yield text_drawn(right - 5, middle + 4.4, str(segment.n_companies), (12.5, ink, weight), "end")


def _two_cells(placed: PlacedChip, options: PanoramaOptions) -> Iterator[str]:
    assert options.other is not None
    other = next(s for s in options.other.segments if s.id == placed.segment.id)
    for i, segment in enumerate((placed.segment, other)):
        look = LOOKS[segment.state]
        x, y = placed.x + placed.width - 47 + i * 22.5, placed.y + 4
        dash = f' stroke-dasharray="{look.dash}"' if look.dash else ""
        yield (
            f'<rect x="{x:g}" y="{y:g}" width="21" height="{placed.height - 8:g}" rx="3" '
            f'fill="{look.fill}" stroke="{look.border}"{dash}/>'
        )
        count = "?" if segment.state == "unknown" else str(segment.n_companies)
        middle = placed.y + placed.height / 2 + 4.4
        yield text_drawn(x + 10.5, middle, count, (12, look.ink, "700"), "middle")


def _touches(segment: PanoramaSegment, focus: str) -> bool:
    return segment.id == focus or focus in segment.suppliers or focus in segment.users


def _hover(segment: PanoramaSegment, options: PanoramaOptions) -> str:
    if options.lang == "en":
        gap = f", gap: {KINDS_EN[segment.gap_kind]}" if segment.gap_kind else ""
        return (
            f"{segment.name_en}: {STATE_EN[segment.state]}, {segment.n_companies} companies, "
            f"expected {segment.expected:.1f}, roster {segment.n_nation}{gap}"
        )
    gap = f"，{segment.gap_kind_zh}（链内第 {segment.gap_rank}）" if segment.gap_kind else ""
    return (
        f"{segment.name}：{STATE_ZH[segment.state]}，名录企业 {segment.n_companies} 家，"
        f"应有 {segment.expected:.1f} 家，全国名录 {segment.n_nation} 家{gap}"
    )


def _title(panorama: Panorama, options: PanoramaOptions) -> str:
    other = options.other
    if options.lang == "en":
        where = f"{panorama.city_en} vs {other.city_en}" if other else panorama.city_en
        return f"{panorama.chain_en}: industry chain panorama, {where}"
    where = f"{panorama.city} 与 {other.city}" if other else panorama.city
    return f"{where} {panorama.chain}产业链全景图"


def _subtitle(panorama: Panorama, options: PanoramaOptions) -> str:
    def said(of: Panorama) -> str:
        have, n = sum(s.n_companies > 0 for s in of.segments), len(of.segments)
        gaps = sum(s.gap_kind is not None for s in of.segments)
        if options.lang == "en":
            return f"{of.city_en}: {have} of {n} segments held, {gaps} gaps"
        return f"{of.city}：{n} 个环节中 {have} 个有名录企业，缺口 {gaps} 个"

    parts = [said(panorama)] + ([said(options.other)] if options.other else [])
    day = f"名录 {panorama.edition}" if options.lang == "zh" else f"roster {panorama.edition}"
    return ("；" if options.lang == "zh" else "; ").join([*parts, day])
