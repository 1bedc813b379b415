"""Numbers with their unit, bound and range, as plans write them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from chainmap.concepts.policy import Comparator

_COUNTED = (
    r"(?:万亿|亿|万|千|百)?(?:美元|欧元|元|家|个百分点|个|件|项|名|人次|人|所|位|吨标准煤|吨|倍|平方公里"
    r"|平方米|公里|公顷|亩|台套|台|套|条|种|户|处|座|辆|架|艘|千瓦时|千瓦|兆瓦时|兆瓦|吉瓦时|吉瓦|立方米|篇|款|只|支"
    r"|批次|例|张|场次|场|片|标箱|微克|毫克|岁|天|次|米|度|[GMk]Wh?|[EPT]FLOPS|TEU)"
)
_PER = (
    r"(?:/(?:[万亿百千]?(?:元|人|亩|公顷|平方公里|平方米|立方米|公里|千瓦时|吨|户|升)"
    r"|年|月|日|天|秒))?"
)
_UNIT = rf"{_COUNTED}{_PER}|[%‰]|亿|万"
_DIGITS = r"(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?"
_TO = r"(?:[—–]+|[-~至到])"
NUMBER = re.compile(
    rf"(?<![\d.A-Za-z〔第])(?P<low>{_DIGITS})"
    rf"(?:(?:(?P<lowunit>{_UNIT}){_TO}(?={_DIGITS}(?P=lowunit))|{_TO})(?P<high>{_DIGITS}))?"
    rf"(?P<more>余|多|来)?(?P<unit>{_UNIT})?"
    r"(?P<after>[及或]?以[上下]|[以之]内|之[上下]|左右|上下)?"
)
"""A number, or a range whose ends bear the same unit or share one (5家—8家, 5—8家)."""
_NOT = r"不(?:得|能|应|可|宜|会|再)?"
_AT_LEAST = re.compile(
    rf"(?:{_NOT}(?:低于|少于|小于)|至少|达到?或超过|最低|大于或?等于|≥|>=)[^\d、,。;]{{0,4}}$"
)
_AT_MOST = re.compile(
    rf"(?:{_NOT}(?:超过|超|高于|大于|多于|突破)|至多|最多|小于或?等于|控制在|降至|降到|≤|<=)[^\d、,。;]{{0,3}}$"
)
_MORE = re.compile(r"(?:超过|突破|超|高于|大于|多于|>)$")
_LESS = re.compile(r"(?:低于|少于|小于|不足|不到|<)$")
_ABOUT = re.compile(r"(?:约|大约|近|接近)$")
_OVER = r"(?:[高低快慢大小多少优]于|[高低超]出|超过|领先于?|超(?=全))"
_WHOLE = r"(?:全[省市县区国球]|本[省市县区]|世界|国家|国内|国际|同期|上年|去年)"
_CHANGED = (
    r"(?:提[高升]|增[加长]|上升|扩大|下降|降低|减少|压缩|缩短|[高低]出?|[快慢多少])(?![于到至])"
)
AGAINST = re.compile(
    rf"(?:{_OVER}(?:{_WHOLE}[^\d,。;:、]{{0,10}}|[^\d,。;:、]{{0,10}}(?:平均|均值|水平|增[速幅]|增长率))"
    rf"|[比较](?:20\d\d年(?:底|末)?|[^\d,。;:、]{{1,14}}?){_CHANGED})$"
)
"""What a number is measured against (高于全省2个百分点, 比2020年提高5%)."""
_LONGEST_BOUND = 40


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
        before = text[max(start, match.start() - _LONGEST_BOUND) : match.start()]
        found.append(
            Quantity(
                match.start(),
                match.end(),
                float(match["low"].replace(",", "")),
                float(match["high"].replace(",", "")) if match["high"] else None,
                unit,
                _comparator(before, match["after"] or match["more"] or ""),
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
    if AGAINST.search(before):
        before = ""
    if after.endswith(("以上", "之上")) or _AT_LEAST.search(before):
        return "≥"
    if _AT_MOST.search(before) or after.endswith(("以下", "之下", "内")):
        return "≤"
    if _MORE.search(before) or after in ("余", "多"):
        return ">"
    if _LESS.search(before):
        return "<"
    if after in ("左右", "上下", "来") or _ABOUT.search(before):
        return "≈"
    return "="


_SIZES = re.compile(r"(?:元|瓦时?|Wh?|吨|米|亩|公顷)$")
_OF_SIZE = re.compile(
    r"级?(?!新增|新建|建成|培育|引进|打造|实现|拥有|形成|完成)[一-鿿]{2,10}?\d+(?:个|家|项|条|座|艘|台|套|处)"
)


def is_size(text: str, number: Quantity, end: int) -> bool:
    """Tell whether a number says how big the counted things are (10亿元以上项目12个)."""
    sized = number.unit is not None and _SIZES.search(number.unit) is not None
    return sized and _OF_SIZE.match(text, number.end, end) is not None
