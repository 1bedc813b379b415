"""Numerals as Word writes them before paragraphs: Chinese, Latin, Roman, circled, bracketed.

Source:
    ECMA-376 part 1, 17.18.59 (`ST_NumberFormat`).
"""

from __future__ import annotations

_COUNTING = ("〇一二三四五六七八九", "十百千", "零")
_LEGAL = ("零壹贰叁肆伍陆柒捌玖", "拾佰仟", "零")
_LEGAL_TRADITIONAL = ("零壹貳參肆伍陸柒捌玖", "拾佰仟", "零")
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = (
    ("m", 1000), ("cm", 900), ("d", 500), ("cd", 400), ("c", 100), ("xc", 90), ("l", 50),
    ("xl", 40), ("x", 10), ("ix", 9), ("v", 5), ("iv", 4), ("i", 1),
)  # fmt: skip
_SERIES = {
    "ideographTraditional": _STEMS,
    "ideographZodiac": _BRANCHES,
    "decimalEnclosedCircle": "".join(map(chr, range(0x2460, 0x2474))),
    "decimalEnclosedCircleChinese": "".join(map(chr, range(0x2460, 0x2474))),
    "decimalEnclosedParen": "".join(map(chr, range(0x2474, 0x2488))),
    "decimalEnclosedFullstop": "".join(map(chr, range(0x2488, 0x249C))),
    "ideographEnclosedCircle": "".join(map(chr, range(0x3280, 0x328A))),
}
"""Numerals that are one character each; where they end, plain digits go on."""
_WORDED = {
    **dict.fromkeys(
        ("chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting",
         "taiwaneseCountingThousand", "koreanCounting"), _COUNTING,
    ),
    "chineseLegalSimplified": _LEGAL,
    "ideographLegalTraditional": _LEGAL_TRADITIONAL,
}  # fmt: skip
_DIGITS = {
    **dict.fromkeys(("ideographDigital", "taiwaneseDigital", "japaneseDigitalTenThousand"),
                    _COUNTING[0]),
    "decimalFullWidth": "０１２３４５６７８９",
    "decimalFullWidth2": "０１２３４５６７８９",
}  # fmt: skip
_MOST_LETTERS = 780
"""Letters repeat (aa, bb …) up to thirty times, as in Word."""


def numeral(number: int, form: str) -> str:
    """Return a number as a form of `ST_NumberFormat` writes it; plain digits where none does."""
    if form in _WORDED and 0 < number < 10000:
        return _worded(number, *_WORDED[form])
    if form in _DIGITS:
        return "".join(_DIGITS[form][int(digit)] for digit in str(number))
    if form in _SERIES and 0 < number <= len(_SERIES[form]):
        return _SERIES[form][number - 1]
    latin = form.removeprefix("upper").removeprefix("lower")
    if latin == "Letter" and 0 < number <= _MOST_LETTERS:
        times, letter = divmod(number - 1, 26)
        return _cased(chr(ord("a") + letter) * (times + 1), form)
    if latin == "Roman" and 0 < number < 4000:
        return _cased(_roman(number), form)
    return f"{number:02}" if form == "decimalZero" else str(number)


def _cased(text: str, form: str) -> str:
    return text.upper() if form.startswith("upper") else text


def _roman(number: int) -> str:
    said = ""
    for letters, value in _ROMAN:
        times, number = divmod(number, value)
        said += letters * times
    return said


def _worded(number: int, digits: str, units: str, zero: str) -> str:
    """Return a number in words: 十一, 二十, 一百零五, 一百一十."""
    said, skipped = "", False
    for place in (3, 2, 1, 0):
        digit = number // 10**place % 10
        if digit == 0:
            skipped = bool(said)
            continue
        said += zero if skipped else ""
        bare = digit == 1 and place == 1 and not said  # 十一, but 一百一十
        said += ("" if bare else digits[digit]) + (units[place - 1] if place else "")
        skipped = False
    return said
