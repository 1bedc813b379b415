"""What a panorama says below the picture, and what is drawn at all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from chainmap.concepts.panorama_records import STATE_EN, STATE_ZH, Panorama
from chainmap.reports.palette import INK, LOOKS, MUTED, state_icon
from chainmap.reports.panorama import COVERAGE_EN
from chainmap.reports.panorama_layout import Layout
from chainmap.reports.svg_marks import mark_drawn, text_drawn
from chainmap.reports.text_width import text_width, wrapped

MARGIN = 24.0
"""White around the picture, in px."""
SHOWN_FIRST = 10
"""Gaps of a chain whose mark is solid: as many as a meeting talks about."""
KINDS_EN = {"build": "build", "fill": "fill", "strengthen": "strengthen", "extend": "extend"}
INITIALS_EN = {"build": "B", "fill": "F", "strengthen": "S", "extend": "E"}


@dataclass(frozen=True)
class PanoramaOptions:
    """What is drawn.

    Attributes:
        focus: Segment whose supply links are laid over the picture.
        other: The same chain in a second city, to compare.
        lang: `zh` or `en`.
    """

    focus: str | None = None
    other: Panorama | None = None
    lang: str = "zh"


def legend(panorama: Panorama, options: PanoramaOptions, y: float) -> Iterator[str]:
    """Yield the key of states and gap kinds on one line whose base is at `y`."""
    x = MARGIN
    names = STATE_ZH if options.lang == "zh" else STATE_EN
    for state, look in LOOKS.items():
        dash = f' stroke-dasharray="{look.dash}"' if look.dash else ""
        yield (
            f'<rect x="{x:g}" y="{y - 12:g}" width="24" height="18" rx="3" fill="{look.fill}" '
            f'stroke="{look.border}"{dash}/>'
        )
        yield state_icon(state, x + 12, y - 3)
        yield text_drawn(x + 30, y + 2, names[state], (12.5, INK, "400"))
        x += 44 + text_width(names[state], 12.5)
    if options.other is not None:
        said = (
            f"左格 {panorama.city}，右格 {options.other.city}；数字为名录企业数"
            if options.lang == "zh"
            else f"left {panorama.city_en}, right {options.other.city_en}; companies of the roster"
        )
        yield text_drawn(x + 8, y + 2, said, (12.5, MUTED, "400"))
        return
    kinds = (("build", "建链"), ("fill", "补链"), ("strengthen", "强链"), ("extend", "延链"))
    x += 10
    for kind, zh in kinds:
        mark, name = (zh[0], zh) if options.lang == "zh" else (INITIALS_EN[kind], KINDS_EN[kind])
        yield mark_drawn(x, y - 11, mark, True)
        yield text_drawn(x + 21, y + 2, name, (12.5, INK, "400"))
        x += 34 + text_width(name, 12.5)
    first, numbers = (
        (f"实底为链内前 {SHOWN_FIRST} 位缺口", "数字为名录企业数")
        if options.lang == "zh"
        else (f"solid: the chain's first {SHOWN_FIRST} gaps", "numbers: companies of the roster")
    )
    numbers = f"{first}；{numbers}" if options.lang == "zh" else f"{first}; {numbers}"
    yield text_drawn(x + 6, y + 2, numbers, (12.5, MUTED, "400"))


def footer(panorama: Panorama, options: PanoramaOptions, layout: Layout) -> Iterator[str]:
    """Yield the lines below: what the data sees, and the links of the focus."""
    lines = [panorama.coverage if options.lang == "zh" else COVERAGE_EN]
    if not panorama.enough_data:
        few = f"{panorama.city}名录企业过少，不足以判断有无。"
        lines.insert(0, few if options.lang == "zh" else "Too few companies to tell what is there.")
    chips = layout.chips
    if options.focus is not None:
        segment = chips[options.focus].segment
        names = {s: chips[s].segment.called(options.lang) for s in chips}
        for ids, zh, en in (
            (segment.suppliers, "供应方", "suppliers"),
            (segment.users, "使用方", "users"),
        ):
            inside = [names[s] for s in ids if s in names]
            outside = len(ids) - len(inside)
            if options.lang == "zh":
                more = f"，另有他链 {outside} 个" if outside else ""
                lines.append(f"“{segment.name}”的{zh}：{'、'.join(inside) or '本链无'}{more}。")
            else:
                more = f", and {outside} in other chains" if outside else ""
                lines.append(f"{segment.name_en}, {en}: {', '.join(inside) or 'none'}{more}.")
    for line in lines:
        yield from wrapped(line, layout.width / 12)
