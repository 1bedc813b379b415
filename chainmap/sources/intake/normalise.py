"""One block of records → checked values, repairs by field, and rejects with their reasons."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

import polars as pl

from chainmap.sources.intake.addresses import with_places
from chainmap.sources.intake.alignment import NAME_END
from chainmap.sources.intake.amounts import read_amount
from chainmap.sources.intake.credit_code import read_codes
from chainmap.sources.intake.dates import EARLIEST, names_month_only, read_date
from chainmap.sources.intake.decode import LOST
from chainmap.sources.intake.fields import FIELDS, by_value, proper_name, stated
from chainmap.sources.intake.headings import column_names, folded
from chainmap.sources.intake.persons import without_contacts, without_persons
from chainmap.sources.intake.vocabulary import load_vocabulary

REPAIRS = pl.Schema(
    {"row": pl.Int64, "field": pl.String, "rule": pl.String, "before": pl.String,
     "after": pl.String, "derived": pl.Boolean}
)  # fmt: skip
"""What was changed, by row and field; `derived` marks additions that repair nothing."""

_AMOUNT = pl.Struct({"value_10k": pl.Float64, "currency": pl.String, "problem": pl.String})


class Batch(NamedTuple):
    """`good` has one row a sound record; `rejects` is `row, reason`; `repairs` as `REPAIRS`."""

    good: pl.DataFrame
    rejects: pl.DataFrame
    repairs: pl.DataFrame


class Context(NamedTuple):
    """What the cells alone do not say: magnitudes named in headings, and what day it is."""

    units: dict[str, str]
    today: dt.date


def normalise(frame: pl.DataFrame, context: Context) -> Batch:
    """Return a block's sound records with typed values, and what happened to the others.

    Args:
        frame: `row, notes, alone` and any of `FIELDS`, all text.
        context: Magnitudes of the headings, and today: later dates are slips.
    """
    frame = frame.with_columns(
        *(stated(pl.col(f)) if f in frame.columns else pl.lit(None, pl.String).alias(f)
          for f in FIELDS)
    )  # fmt: skip
    before = frame.select("row", "uscc", "founded", "approved", "status", "kind", "industry_code",
                          "insured_staff", "province", "city")  # fmt: skip
    frame = read_codes(frame.with_columns(proper_name(pl.col("name"))))
    reasons = frame.select("row", reason=pl.coalesce(no_company(), "uscc_problem"))
    rejects = reasons.drop_nulls("reason")
    kept = reasons["reason"].is_null()
    frame, before = frame.filter(kept), before.filter(kept)
    notes = [_noted(frame, pl.col("notes"), "整行", derived=False)]
    notes += [_code_repairs(frame, before)]
    frame, found = _with_amounts(frame, context.units)
    notes += found
    frame, found = _with_dates(frame, context.today)
    notes += found
    frame, found = _with_words(frame, before)
    notes += found
    frame, found = _without_contacts(frame)
    notes += found
    frame = with_places(frame)
    notes += _place_notes(frame)
    for text in ("name", "scope", "address"):
        notes.append(_noted(frame.filter(pl.col(text).str.contains(LOST, literal=True)),
                            pl.lit("有无法还原的字符，原样保留"), text, derived=False))  # fmt: skip
    repairs = pl.concat([note.select(REPAIRS.names()) for note in notes])
    repaired = repairs.filter(~pl.col("derived"))["row"].unique()
    frame = frame.with_columns(repaired=pl.col("row").is_in(repaired.implode()))
    return Batch(frame, rejects, repairs)


def no_company() -> pl.Expr:
    """Return why a row is no company's, in Chinese; null where it is.

    Needs `name, uscc, uscc_problem, alone, notes`.
    """
    names = column_names()
    headings = [folded(a) for a in names.columns["name"]]
    name = pl.col("name")
    no_code = pl.col("uscc").is_null() | pl.col("uscc_problem").is_not_null()
    footer = no_code & pl.any_horizontal(name.str.starts_with(word) for word in names.footers)
    alone = pl.col("alone")
    note = pl.any_horizontal(alone.str.starts_with(word) for word in names.footers)
    return (
        pl.when(footer | note).then(pl.lit("表尾的合计或说明行，不是企业"))
        .when(alone.is_not_null() & ~alone.str.contains(NAME_END))
        .then(pl.lit("只有一格文字，像标题或说明，不是企业"))
        .when(name.is_null()).then(lacking("企业名称"))
        .when(name.str.to_lowercase().is_in(headings)).then(pl.lit("重复的表头行，不是企业"))
        .when(name.str.contains(LOST, literal=True))
        .then(pl.lit("企业名称的文字已损坏（编码错乱，原字符无法还原），请从原系统重新导出"))
        .when(~name.str.contains(r"\p{Han}|[A-Za-z]{2}"))
        .then(pl.format("企业名称“{}”中没有文字", name))
        .when((name.str.len_chars() < 2) | (name.str.len_chars() > 120))
        .then(pl.format("企业名称长度不合理（{} 个字）", name.str.len_chars()))
    )  # fmt: skip


def lacking(what: str) -> pl.Expr:
    """Return why a row without a name is refused, with what is known of the row (`notes`)."""
    return pl.concat_str(pl.lit(f"缺少{what}"), "notes", separator="：", ignore_nulls=True)


def _noted(
    frame: pl.DataFrame, rule: pl.Expr, field: str, *, derived: bool,
    before: str | None = None, after: str | None = None,
) -> pl.DataFrame:  # fmt: skip
    """Return repair rows for the rows whose `rule` is not null."""
    texts = [pl.col(c).cast(pl.String) if c else pl.lit(None, pl.String) for c in (before, after)]
    return frame.select(
        "row", field=pl.lit(field), rule=rule, before=texts[0], after=texts[1],
        derived=pl.lit(derived),
    ).drop_nulls("rule")  # fmt: skip


def _code_repairs(frame: pl.DataFrame, before: pl.DataFrame) -> pl.DataFrame:
    both = frame.select("row", "uscc", "moved_code").with_columns(was=before["uscc"])
    changed = pl.col("was").is_not_null() & (pl.col("uscc") != pl.col("was")).fill_null(False)
    rule = (
        pl.when(pl.col("moved_code").fill_null(False))
        .then(pl.lit("不是统一社会信用代码，移入注册号或组织机构代码"))
        .when(changed).then(pl.lit("代码统一写法（去空格、半角大写，O、I 改为 0、1），校验位相符"))
    )  # fmt: skip
    return _noted(both, rule, "uscc", derived=False, before="was", after="uscc")


def _with_amounts(
    frame: pl.DataFrame, units: dict[str, str]
) -> tuple[pl.DataFrame, list[pl.DataFrame]]:
    notes = []
    for field in ("capital", "paid_capital"):
        unit = units.get(field)
        read = by_value(frame[field], lambda t, u=unit: read_amount(t, u)._asdict(), _AMOUNT)  # type: ignore[misc]
        parts = read.struct.unnest()
        frame = frame.with_columns(
            parts["value_10k"].alias(f"{field}_10k"),
            parts["currency"].alias(f"{field}_currency"),
            parts["problem"].alias("_problem"),
        )
        rule = pl.when(pl.col("_problem").is_not_null()).then(pl.col("_problem") + "，置空")
        shown = pl.when(pl.col(field).str.contains(r"\d")).then(field)
        noted = frame.with_columns(_shown=shown)
        notes.append(_noted(noted, rule, field, derived=False, before="_shown"))
        frame = frame.drop(field, "_problem")
    return frame, notes


def _with_dates(frame: pl.DataFrame, today: dt.date) -> tuple[pl.DataFrame, list[pl.DataFrame]]:
    notes = []
    for field in ("founded", "approved"):
        day = by_value(frame[field], read_date, pl.Date())
        wrong = ~day.is_between(EARLIEST, today).fill_null(True)
        frame = frame.with_columns(_was=pl.col(field), _day=day, _wrong=wrong)
        rule = (
            pl.when("_wrong").then(pl.format("日期“{}”早于 1840 年或晚于今天，置空", "_was"))
            .when(pl.col("_was").is_not_null() & pl.col("_day").is_null())
            .then(pl.format("“{}”不是可以辨认的日期，置空", "_was"))
        )  # fmt: skip
        notes.append(_noted(frame, rule, field, derived=False, before="_was"))
        month = by_value(frame["_was"], names_month_only, pl.Boolean())
        first = pl.when(month & ~pl.col("_wrong")).then(pl.lit("只有年月，按当月 1 日记"))
        notes.append(_noted(frame, first, field, derived=True, before="_was"))
        frame = frame.with_columns(pl.when(~pl.col("_wrong")).then("_day").alias(field))
        frame = frame.drop("_was", "_day", "_wrong")
    return frame, notes


def industry_digits(column: pl.Expr) -> pl.Expr:
    """Return the digits of GB/T 4754 codes written with or without their letter, else null."""
    form = r"^(?:[A-T])?(0[1-9]\d{0,2}|[1-8]\d{1,3}|9[0-7]\d{0,2})$"
    return column.str.to_uppercase().str.extract(form)


def _whole_number(column: pl.Series) -> pl.Series:
    """Return counts of people (1,200人, 35.0) as numbers; null where a text is none."""
    bare = column.str.replace_all(r"[,，\s]", "")
    return bare.str.extract(r"^(\d{1,7})(?:\.0*)?人?$").cast(pl.Int64)


def _with_words(
    frame: pl.DataFrame, before: pl.DataFrame
) -> tuple[pl.DataFrame, list[pl.DataFrame]]:
    words = load_vocabulary()
    stock = frame["stock_code"].str.to_uppercase().str.extract(r"(\d{5,6}(?:\.(?:SH|SZ|BJ|HK))?)")
    frame = frame.with_columns(
        status=by_value(frame["status"], words.status, pl.String()),
        kind=by_value(frame["kind"], words.kind, pl.String()),
        industry_code=industry_digits(pl.col("industry_code")),
        stock_code=stock,
        insured_staff=_whole_number(frame["insured_staff"]),
        former_names=pl.col("former_names").str.replace_all(r"\s*[;；,，|、\n]\s*", ";"),
    )
    known = frame["kind"].is_not_null()
    frame = frame.with_columns(kind_stated=pl.when(known).then(before["kind"]))
    notes = []
    for field, what in (
        ("status", "登记状态"),
        ("kind", "企业类型"),
        ("industry_code", "行业代码"),
        ("insured_staff", "人数"),
    ):
        lost = before[field].is_not_null() & frame[field].is_null()
        was = by_value(before[field].filter(lost), lambda t: without_persons(t[:40]), pl.String())
        both = frame.filter(lost).select("row", field).with_columns(was=was)
        lacks = "不是整数" if field == "insured_staff" else "不在已知写法中"
        rule = pl.format(f"{what}“{{}}”{lacks}，置空", "was")
        notes.append(_noted(both, rule, field, derived=False, before="was"))
    return frame, notes


def _without_contacts(frame: pl.DataFrame) -> tuple[pl.DataFrame, list[pl.DataFrame]]:
    notes = []
    for field in ("name", "scope", "main_business", "main_products", "address"):
        rid = frame.select(without_contacts(pl.col(field))).to_series()
        found = frame.filter((rid != frame[field]).fill_null(False))
        notes.append(_noted(found, pl.lit("其中的手机号或邮箱已删去"), field, derived=False))
        frame = frame.with_columns(rid.alias(field))
    return frame, notes


def _place_notes(frame: pl.DataFrame) -> list[pl.DataFrame]:
    lost = (pl.col("province").is_not_null() & pl.col("province_code").is_null()) | pl.col(
        "place_unknown"
    ).is_not_null()
    stated_place = pl.concat_str("province", "city", ignore_nulls=True)
    unknown = pl.when(lost).then(pl.format("“{}”不在区划表中", stated_place))
    return [
        _noted(frame, pl.col("place_note"), "place", derived=True, after="county"),
        _noted(frame, unknown, "place", derived=False, before="city"),
    ]
