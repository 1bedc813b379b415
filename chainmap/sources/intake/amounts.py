"""Registered capital as written → 万元 in its own currency; never converted, never guessed."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from chainmap.sources.intake.fields import narrowed
from chainmap.sources.intake.vocabulary import load_vocabulary

LARGEST_10K = 1e9
"""Ten trillion: fifteen times the largest registered capital in China; above is a slip."""

_MAGNITUDES = {
    "": 1e-4, "百": 1e-2, "佰": 1e-2, "千": 0.1, "仟": 0.1, "万": 1.0, "萬": 1.0, "十万": 10.0,
    "百万": 100.0, "千万": 1e3, "亿": 1e4, "億": 1e4, "百亿": 1e6, "千亿": 1e7, "万亿": 1e8,
}  # fmt: skip
_NUMBER = r"\d+(?:\.\d*)?(?:[Ee][+-]?\d+)?|\.\d+"
_UNIT = "万亿|千亿|百亿|亿|億|千万|百万|十万|万|萬|千|仟|百|佰"
_HANZI = "零〇一二三四五六七八九十百千万亿两壹贰叁肆伍陆柒捌玖拾佰仟萬億点"


class Amount(NamedTuple):
    """万元 of `currency` (ISO 4217), or nothing and the reason."""

    value_10k: float | None
    currency: str | None
    problem: str | None


@lru_cache(maxsize=200_000)
def read_amount(text: str, unit: str | None = None) -> Amount:
    """Return an amount as written, in 万 of its currency.

    Args:
        text: 51.8000(万元人民币), 500万美元, 人民币伍佰万元整, 1,000 …
        unit: Magnitude of the column heading (`万`, `亿`, `元`), for cells that state none.
    """
    plain = re.sub(r"(?<=\d)[,](?=\d{3})", "", narrowed(text).replace("，", ","))
    plain = plain.replace("圆", "元").replace("整", "").replace("正", "")
    currency, rest = _currency(plain)
    rest = re.sub(r"[()（）:：]", "", rest)
    match = re.fullmatch(rf"({_NUMBER})({_UNIT})?(元)?", rest)
    if match is None:
        return _in_hanzi(rest, currency, text)
    magnitude = match[2] or ""
    if not magnitude and not match[3]:
        if unit is None:
            return Amount(None, None, f"“{text}”没有写明单位（元、万元还是亿元）")
        magnitude = "" if unit == "元" else unit
    return _bounded(float(match[1]) * _MAGNITUDES[magnitude], currency or "CNY", text)


def states_amount(text: str) -> bool:
    """Return whether a text says a sum of money with its unit."""
    return bool(re.search(r"[\d" + _HANZI + "]", text)) and read_amount(text).problem is None


def _currency(plain: str) -> tuple[str | None, str]:
    """Return the currency named in the text and the text without it."""
    words = load_vocabulary()
    found = words.currency_pattern.search(plain)
    if found is not None:
        return words.currency_codes[found[0].upper()], plain.replace(found[0], "")
    return None, plain


def _in_hanzi(rest: str, currency: str | None, text: str) -> Amount:
    match = re.fullmatch(rf"([{_HANZI}]+)(元)?", rest)
    if match is None or not (match[2] or re.search("[万亿萬億]", rest)):
        if not re.search(r"\d", text):
            # What is no number may be a person's name that slipped: it is not repeated.
            return Amount(None, None, "单元格里是文字，不是金额")
        return Amount(None, None, f"“{text}”不是可以辨认的金额")
    import cn2an

    try:
        value = cn2an.cn2an(match[1].replace("萬", "万").replace("億", "亿"), "smart")
    except (ValueError, KeyError):
        return Amount(None, None, f"“{text}”不是可以辨认的中文大写金额")
    return _bounded(float(value) / 1e4, currency or "CNY", text)


def _bounded(value: float, currency: str, text: str) -> Amount:
    if value > LARGEST_10K:
        return Amount(None, None, f"“{text}”大得不合理")
    return Amount(round(value, 6), currency, None)
