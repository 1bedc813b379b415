"""Land and energy as written → 亩 and 吨标准煤; never guessed where the unit is not stated."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from chainmap.sources.intake.fields import narrowed

TO_MU = {"亩": 1.0, "公顷": 15.0, "平方米": 0.0015}
"""亩 in one unit: a hectare is 15 亩, 亩 therefore 10000/15 square metres."""

TO_TCE = {"吨标准煤": 1.0, "万吨标准煤": 1e4}
LARGEST = 1e7
"""亩 or 吨标准煤; ten million 亩 is more than half of 浙江's farmland: above is a slip."""

_ROUGH = re.compile(r"^(?:约|大约|近|预计|拟|总)+|左右$")
_RANGE = re.compile(r"\d\s*(?:-|~|～|—|–|至|到)\s*\d")


class Measure(NamedTuple):
    """A number in the unit asked for, or nothing and the reason."""

    value: float | None
    problem: str | None


def plain_number(text: str) -> str:
    """Return a figure as written without words of roughness (约, 左右) and thousands commas."""
    narrow = narrowed(text).replace("，", ",")
    return re.sub(r"(?<=\d),(?=\d{3})", "", _ROUGH.sub("", narrow))


def is_rough(text: str) -> bool:
    """Return whether a figure is said to be rough (约100亩): its number is then not exact."""
    return bool(re.search(r"^(?:大?约|近)|左右$", narrowed(text)))


def is_range(text: str) -> bool:
    """Return whether a figure names two ends (50-60亩), so that neither is the value."""
    return bool(_RANGE.search(narrowed(text)))


@lru_cache(maxsize=50_000)
def read_measure(text: str, unit: str | None, kind: str) -> Measure:
    """Return a figure in 亩 or 吨标准煤.

    Args:
        text: 120亩, 8公顷, 66667平方米, 3,500吨标煤, 0.35万吨标准煤, 120 …
        unit: What the heading or the title row states, for cells that state none.
        kind: `land` or `energy`.
    """
    table = TO_MU if kind == "land" else TO_TCE
    if is_range(text):
        return Measure(None, f"“{text}”是一个范围，不是一个数")
    found = re.fullmatch(r"(\d+(?:\.\d+)?)([^\d]*)", plain_number(text))
    if found is None:
        return Measure(None, f"“{text}”不是可以辨认的数量")
    stated = _unit_of(found[2], kind) if found[2] else unit
    if stated is None:
        units = "亩、公顷还是平方米" if kind == "land" else "吨标准煤还是万吨标准煤"
        why = f"“{text}”没有写明单位（{units}）" if not found[2] else f"“{text}”的单位不认得"
        return Measure(None, why)
    if stated not in table:
        return Measure(None, f"“{text}”的单位“{stated}”不能用在这里")
    value = round(float(found[1]) * table[stated], 4)
    if value > LARGEST:
        return Measure(None, f"“{text}”大得不合理")
    return Measure(value, None)


def _unit_of(text: str, kind: str) -> str | None:
    bare = text.lower().removesuffix("/年").strip("()")
    if kind == "land":
        known = {
            "亩": "亩", "公顷": "公顷", "ha": "公顷", "hm2": "公顷",
            "平方米": "平方米", "平米": "平方米", "㎡": "平方米", "m²": "平方米",
        }  # fmt: skip
    else:
        known = {
            "吨标准煤": "吨标准煤", "吨标煤": "吨标准煤", "tce": "吨标准煤",
            "万吨标准煤": "万吨标准煤", "万吨标煤": "万吨标准煤",
        }  # fmt: skip
    return known.get(bare)
