"""Bases: where an indicator stands now, which is no goal (由300家增加到500家; 2020年为800亿元)."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from chainmap.extraction.quantities import Quantity

_FROM = re.compile(r"[由从](?:(?:现有|目前|当前|(?P<year>20\d\d)年底?)的?)?$")
_THEN_TO = re.compile(r"[^,。;\d]{0,4}[到至]$")
_AS_OF = re.compile(
    r"(?:截[至止]到?|(?<![到至底比较从由自止\d]))(?P<year>20\d\d)年(?:底|末)?[,为]?(?!力争|[到至—–~-])"
)


@dataclass(frozen=True)
class Base:
    """Where a goal starts from; `start` is where the words that lead up to it begin (由, 从)."""

    start: int
    value: float
    unit: str | None
    year: int | None


def with_bases(
    text: str, start: int, numbers: list[Quantity]
) -> list[tuple[Quantity, Base | None]]:
    """Return the numbers of a sentence that are set as aims, each with what it starts from."""
    found: list[tuple[Quantity, Base | None]] = []
    base: Base | None = None
    for number, after in zip(numbers, [*numbers[1:], None], strict=False):
        if base is not None:
            found.append((number, base))
            base = None
            continue
        now = _FROM.search(text, start, number.start)
        if now is None:
            found.append((number, None))
            continue
        year = int(now["year"]) if now["year"] else None
        base = Base(now.start(), number.value, number.unit, year)
        if number.value_max is not None:  # 由80%到95%
            found.append((replace(number, value=number.value_max, value_max=None), base))
            base = None
        elif after is None or not _THEN_TO.match(text[number.end : after.start]):
            found.append((number, None))
            base = None
    return found


def was_then(text: str, start: int, at: int, aimed: int | None) -> bool:
    """Tell whether a number says how it was in a year before the one its sentence aims at.

    Args:
        text: The clean text.
        start: Where the sentence begins.
        at: Where the number stands.
        aimed: The year aimed at; None where there is none.
    """
    told = list(_AS_OF.finditer(text, start, at))
    if not told or aimed is None or int(told[-1]["year"]) >= aimed:
        return False
    return not re.search(r"[)]|(?:到|至)20\d\d年", text[told[-1].end() : at])
