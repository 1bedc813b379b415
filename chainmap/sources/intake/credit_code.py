"""Unified social credit codes (统一社会信用代码): check digits, and repairs that are certain."""

from __future__ import annotations

import re

import numpy as np
import polars as pl

from chainmap.sources.intake.fields import UNSEEN, narrow

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
SHAPE = r"^[1-9ANY][1-9]\d{6}[0-9A-HJ-NP-RTUWXY]{10}$"
"""Authority, kind, division code, organisation code, check digit (GB 32100-2015)."""

WEIGHTS = tuple(pow(3, i, 31) for i in range(17))
"""3 to the i modulo 31 (GB 32100-2015)."""

_VALUES = np.full(256, -1, dtype=np.int16)
_VALUES[np.frombuffer(ALPHABET.encode(), dtype=np.uint8)] = np.arange(31)


def code_is_sound(codes: pl.Series) -> pl.Series:
    """Return whether each code has the form and the check digit of GB 32100; null is False.

    Source:
        GB 32100-2015: the weighted sum of all 18 values is a multiple of 31.
    """
    shaped = codes.str.contains(SHAPE).fill_null(False)
    good = codes.filter(shaped)
    sound = np.zeros(len(codes), dtype=bool)
    if len(good):
        text = np.frombuffer("".join(good.to_list()).encode(), dtype=np.uint8).reshape(-1, 18)
        values = _VALUES[text].astype(np.int64)
        total = values[:, :17] @ np.array(WEIGHTS) + values[:, 17]
        sound[shaped.to_numpy()] = total % 31 == 0
    return pl.Series(codes.name, sound)


def is_code(text: str) -> bool:
    """Return whether one text is a sound credit code."""
    if not re.match(SHAPE, text):
        return False
    total = sum(w * ALPHABET.index(c) for w, c in zip(WEIGHTS, text, strict=False))
    return (total + ALPHABET.index(text[17])) % 31 == 0


def check_digit(text: str) -> str:
    """Return the check digit that the first 17 characters call for."""
    total = sum(w * ALPHABET.index(c) for w, c in zip(WEIGHTS, text, strict=False))
    return ALPHABET[-total % 31]


def read_codes(frame: pl.DataFrame) -> pl.DataFrame:
    """Return `frame` with `uscc` cleaned and `uscc_problem`, a Chinese reason or null.

    A code that only lacked upper case, or had O for 0 or I for 1 (letters the standard does not
    use), comes back corrected where its check digit then holds. An old registration number
    (注册号) or an organisation code moves to its own column. A code that fails keeps its text.
    """
    text = narrow(pl.col("uscc").str.replace_all(UNSEEN, "")).str.to_uppercase()
    frame = frame.with_columns(_code=text.str.replace_all(r"[-'‘’`_.]+$|^['‘’`]+", ""))
    swapped = frame["_code"].str.replace_many(["O", "I"], ["0", "1"])
    sound, sound_swapped = code_is_sound(frame["_code"]), code_is_sound(swapped)
    frame = frame.with_columns(
        _code=pl.when(~sound & sound_swapped).then(swapped).otherwise(frame["_code"]),
        _sound=sound | sound_swapped,
    )
    old = ~pl.col("_sound") & pl.col("_code").str.contains(r"^\d{13}(\d{2})?$|^\d{6}[A-Z]?\d{9}$")
    organisation = ~pl.col("_sound") & pl.col("_code").str.contains(r"^[0-9A-Z]{8}-?[0-9X]$")
    failed = ~pl.col("_sound") & ~old & ~organisation & pl.col("_code").is_not_null()
    return frame.with_columns(
        uscc=pl.when(pl.col("_sound") | failed).then("_code"),
        registration_no=pl.coalesce("registration_no", pl.when(old).then("_code")),
        organisation_code=pl.coalesce("organisation_code", pl.when(organisation).then("_code")),
        uscc_problem=pl.when(failed).then(
            pl.col("_code").map_elements(why_not, return_dtype=pl.String)
        ),
        moved_code=old | organisation,
    ).drop("_code", "_sound")


def why_not(text: str) -> str:
    """Return why a text is no credit code, in Chinese, with what may have happened to it."""
    if re.fullmatch(r"\d+(\.\d+)?E\+?\d+", text):
        return (
            f"统一社会信用代码“{text}”是科学计数：Excel 把它当成数字存了，"
            "请把该列设为文本后重新导出"
        )
    # A float shows as three zeros at the end (Excel) or as its nearest integer (other writers).
    if re.fullmatch(r"\d{18}", text) and (text[15:] == "000" or int(float(text)) == int(text)):
        return (
            f"统一社会信用代码“{text}”的末几位已不可信：Excel 把它当成数字存了，只留 15 位，"
            "请把该列设为文本后重新导出"
        )
    if len(text) != 18:
        return f"统一社会信用代码“{text[:40]}”应为 18 位，实为 {len(text)} 位"
    strange = sorted({c for c in text if c not in ALPHABET})
    if strange:
        return f"统一社会信用代码“{text}”含有代码中不使用的字符：{'、'.join(strange)}"
    if not re.match(SHAPE, text):
        return f"统一社会信用代码“{text}”的登记管理部门、机构类别或行政区划位不合规"
    return (
        f"统一社会信用代码“{text}”校验位应为 {check_digit(text)}，实为 {text[17]}：至少有一位抄错"
    )
