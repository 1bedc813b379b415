"""The fields a company row may have, the words that mean nothing, and text hygiene."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import polars as pl

FIELDS = (
    "name", "uscc", "registration_no", "organisation_code", "founded", "approved", "capital",
    "paid_capital", "scope", "main_business", "main_products", "province", "city", "county",
    "address", "status", "kind", "industry_code", "industry", "sector", "former_names", "name_en",
    "short_name", "stock_code", "insured_staff", "website",
)  # fmt: skip
"""What a column of a list may be recognised as; everything else is left out."""

NOTHING = (
    "", "N/A", "n/a", "#N/A", "NA", "null", "NULL", "Null", "None", "nan", "NaN", "\\N", "-", "--",
    "---", "—", "——", "－", "/", "\\", "无", "暂无", "空", "未知", "不详", "未公示", "未公开",
    "暂未公开", "企业选择不公示", "0000-00-00",
)  # fmt: skip
"""Cells that state nothing, in every export seen."""

T = TypeVar("T")
_WIDE = {chr(c): chr(c - 0xFEE0) for c in (*range(0xFF01, 0xFF08), *range(0xFF0A, 0xFF0C),
         *range(0xFF0D, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}  # fmt: skip
_NARROW = {"（": "(", "）": ")", "﹝": "(", "﹞": ")", "［": "(", "］": ")"}
UNSEEN = r"[\x00-\x08\x0b-\x1f\x7f\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]"
"""Characters nobody sees: controls, zero-width marks, writing-direction overrides."""


def stated(column: pl.Expr) -> pl.Expr:
    """Return a column's text without outer blanks; null where the cell states nothing."""
    text = column.str.replace_all(UNSEEN, "").str.strip_chars(" \t\r\n\u00a0\u3000'")
    return pl.when(~text.is_in(list(NOTHING))).then(text)


def narrow(column: pl.Expr) -> pl.Expr:
    """Return text with full-width letters, digits and brackets as ASCII and no blanks."""
    return column.str.replace_all(r"\s", "").str.replace_many({**_WIDE, **_NARROW})


def narrowed(text: str) -> str:
    """Return one text with full-width letters, digits and brackets as ASCII and no blanks."""
    return "".join("".join(text.split()).translate(_TABLE))


def proper_name(column: pl.Expr) -> pl.Expr:
    """Return company names one way: narrow letters, wide brackets, no blanks between hanzi."""
    text = column.str.replace_many(_WIDE).str.replace_all(r"\s+", " ")
    text = text.str.replace_all(r"(\p{Han}) +", "$1").str.replace_all(r" +(\p{Han})", "$1")
    for wide, narrow_ in (("（", "(〔[［【｛{﹙"), ("）", ")〕]］】｝}﹚")):
        text = text.str.replace_many(list(narrow_), [wide] * len(narrow_))
    return text


def by_value(column: pl.Series, read: Callable[[str], T], dtype: pl.DataType) -> pl.Series:
    """Return `read` of every cell, worked out once per distinct text; null stays null."""
    values = column.drop_nulls().unique()
    found = pl.Series([read(value) for value in values.to_list()], dtype=dtype)
    if values.is_empty():
        return pl.Series(column.name, [None] * len(column), dtype=dtype)
    table = pl.DataFrame({"value": values, "found": found})
    joined = column.to_frame("value").join(table, on="value", how="left", maintain_order="left")
    return joined["found"].alias(column.name)


_TABLE = str.maketrans({**_WIDE, **_NARROW})
