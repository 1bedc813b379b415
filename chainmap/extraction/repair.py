"""Raw text made readable: every step keeps the map back to raw offsets."""

from __future__ import annotations

from dataclasses import dataclass

from chainmap.concepts.policy import Damage
from chainmap.extraction.layout import Line, body_of, closed, lines_of, unwrapped, widened
from chainmap.extraction.mapped import MappedText
from chainmap.extraction.mojibake import unslip
from chainmap.extraction.script import to_simplified, without_pinyin


@dataclass(frozen=True)
class Clean:
    """A repaired text: its lines, which of them are the document, and what was broken.

    `lines[first:last]` is the body; what stands before and after is page chrome.
    """

    mapped: MappedText
    lines: tuple[Line, ...]
    first: int
    last: int
    damage: tuple[Damage, ...]

    @property
    def text(self) -> str:
        """The clean text."""
        return self.mapped.text

    @property
    def body(self) -> tuple[Line, ...]:
        """The lines of the document itself."""
        return self.lines[self.first : self.last]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the raw span of a clean span."""
        return self.mapped.span(start, end)


def repair(raw: str) -> Clean:
    """Return the text repaired as far as it can be proven, with its map and its damage.

    Order matters: pinyin hides slipped runs, slipped runs hide traditional characters,
    and spaces are closed last so that table borders are still seen. Never raises.
    """
    mapped, pinyin = without_pinyin(MappedText.of(raw))
    mapped, slipped = unslip(mapped)
    mapped = to_simplified(widened(mapped))
    mapped, wrapped = unwrapped(mapped)
    mapped, spaces = closed(mapped)
    lines = tuple(lines_of(mapped.text))
    first, last = body_of(list(lines))
    damage = [*slipped, *pinyin, *wrapped, *spaces]
    for part, where in ((lines[:first], "前"), (lines[last:], "后")):
        if part:
            start, end = mapped.span(part[0].start, part[-1].end)
            note = f"正文{where}的网页栏目文字，不作正文处理。"
            damage.append(Damage(kind="chrome", start=start, end=end, note=note))
    return Clean(mapped, lines, first, last, tuple(damage))
