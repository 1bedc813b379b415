"""Small things every picture draws: a line of text, and the mark of a gap."""

from __future__ import annotations

from html import escape

from chainmap.reports.palette import GAP_INK, PAPER


def text_drawn(
    x: float, y: float, text: str, style: tuple[float, str, str], anchor: str = "start"
) -> str:
    """Return one line of text; `style` is size, colour and weight, `anchor` as in SVG."""
    size, colour, weight = style
    bold = f' font-weight="{weight}"' if weight != "400" else ""
    end = f' text-anchor="{anchor}"' if anchor != "start" else ""
    return (
        f'<text x="{x:g}" y="{y:g}" font-size="{size:g}" fill="{colour}"{bold}{end}>'
        f"{escape(text, quote=False)}</text>"
    )


def mark_drawn(x: float, y: float, mark: str, first: bool) -> str:
    """Return a gap's mark: solid for the chain's first gaps, outlined for the others."""
    fill, ink = (GAP_INK, "#ffffff") if first else (PAPER, GAP_INK)
    return (
        f'<rect x="{x + 0.5:g}" y="{y + 0.5:g}" width="15" height="15" rx="3" fill="{fill}" '
        f'stroke="{GAP_INK}"/>' + text_drawn(x + 8, y + 12.2, mark, (11.5, ink, "700"), "middle")
    )
