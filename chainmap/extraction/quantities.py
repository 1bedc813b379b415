"""Numbers with their unit, bound and range, as plans write them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from chainmap.concepts.policy import Comparator

_UNIT = (
    r"(?:万亿|亿|万|千|百)?(?:元/人|元/亩|美元|欧元|元|家|个百分点|个|件|项|名|人次|人|所|位|吨标准煤|吨|倍|平方公里"
    r"|平方米|公里|公顷|亩|台套|台|套|条|种|户|处|座|辆|架|艘|千瓦时|千瓦|兆瓦|吉瓦|立方米|篇|款|只|支|批次|例|张|场|片|米|度)"
    r"|[%‰]|亿|万"
)
NUMBER = re.compile(
    rf"(?<![\d.A-Za-z〔第])(?P<low>\d[\d,]*(?:\.\d+)?)(?:(?P<lowunit>%)?(?:—+|[-~至到])(?P<high>\d+(?:\.\d+)?))?"
    rf"(?P<more>余|多|来)?(?P<unit>{_UNIT})?"
    r"(?P<after>(?:及)?以上|以下|以内|左右|上下)?"
)
_AT_LEAST = re.compile(r"(?:不低于|不少于|不小于|至少|达到?或超过|最低)[^\d、,。;]{0,4}$")
_MORE = re.compile(r"(?:超过|突破|超|高于|大于|多于)(?:全[省市国])?$")
_AT_MOST = re.compile(r"(?:不超过|不高于|不大于|控制在|低于|少于|降至|降到)[^\d、,。;]{0,3}$")
_ABOUT = re.compile(r"(?:约|大约|近|接近)$")


@dataclass(frozen=True)
class Quantity:
    """A number in clean text; `end` includes its unit and bound words."""

    start: int
    end: int
    value: float
    value_max: float | None
    unit: str | None
    comparator: Comparator
    number_end: int


def quantities(text: str, start: int, end: int) -> list[Quantity]:
    """Return the quantities of a stretch in order; years, names and list marks left out."""
    found = []
    for match in NUMBER.finditer(text, start, end):
        if _is_name(text, match, end):
            continue
        unit = match["unit"]
        found.append(
            Quantity(
                match.start(),
                match.end(),
                float(match["low"].replace(",", "")),
                float(match["high"]) if match["high"] else None,
                unit,
                _comparator(text[start : match.start()], match["after"] or match["more"] or ""),
                match.end("high") if match["high"] else match.end("low"),
            )
        )
    return found


def _is_name(text: str, match: re.Match[str], end: int) -> bool:
    after = text[match.end() : match.end() + 2]
    before = text[max(0, match.start() - 2) : match.start()]
    if match["unit"] is None and not match["after"]:
        # 2020年, 500强, 26县, 5G, 3D, 8英寸, (1), 1. are names and marks, not quantities
        if re.match(r"[年月日号强县区市届次版期级英代GDKgdk.+/\w]", after) or before.endswith("("):
            return True
        if re.search(r"[A-Za-z\-—]$", before):
            return True
    whole = match["low"].replace(",", "")
    if match["unit"] in ("万", "亿") and re.match(r"[一-鿿]", after) and "以" not in after:
        return False
    if match["unit"] == "个" and after.startswith("月"):
        return True
    dated = match["unit"] is None and after.startswith(("年", "月"))
    return dated or len(whole) > 12


def _comparator(before: str, after: str) -> Comparator:
    if after in ("以上", "及以上") or _AT_LEAST.search(before):
        return "≥"
    if _AT_MOST.search(before) or after in ("以下", "以内"):
        return "≤"
    if _MORE.search(before) or after in ("余", "多"):
        return ">"
    if after in ("左右", "上下", "来") or _ABOUT.search(before):
        return "≈"
    return "="


def is_size(text: str, number: Quantity, end: int) -> bool:
    """Tell whether a number says how big the counted things are (10亿元以上项目12个)."""
    sized = number.unit is not None and number.unit.endswith("元") and number.comparator == "≥"
    counted = re.compile(r"[一-鿿]{2,10}?\d+(?:个|家|项|条)").match(text, number.end, end)
    return sized and counted is not None
