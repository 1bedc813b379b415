"""One block of a project list → checked values, repairs by field, and rejects with reasons."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

import polars as pl

from chainmap.sources.intake.addresses import with_places
from chainmap.sources.intake.alignment import NAME_END
from chainmap.sources.intake.amounts import read_amount
from chainmap.sources.intake.dates import read_date
from chainmap.sources.intake.decode import LOST
from chainmap.sources.intake.fields import by_value, narrow, stated
from chainmap.sources.intake.headings import folded
from chainmap.sources.intake.measures import is_range, is_rough, plain_number, read_measure
from chainmap.sources.intake.normalise import Batch, industry_digits, lacking
from chainmap.sources.intake.persons import without_contacts, without_signers
from chainmap.sources.project_columns import (
    DATES,
    MEASURES,
    MONEY,
    PROJECT_FIELDS,
    project_columns,
)

TEXTS = ("code", "name", "sponsor", "segment", "chain", "product", "content", "process",
         "emissions", "source")  # fmt: skip
CHOICES = (
    "stage", "guidance_class", "market_access", "foreign_access", "standards_met", "eia_approval",
    "discharge_permit", "zoning_fit", "energy_review", "foreign",
)  # fmt: skip
VALUES = pl.Schema(
    {
        **dict.fromkeys(TEXTS, pl.String()),
        "place": pl.String(), "city_code": pl.String(), "county": pl.String(),
        "industry_code": pl.String(), "investment_10k": pl.Float64(),
        "investment_currency": pl.String(), "fixed_investment_10k": pl.Float64(),
        "output_10k": pl.Float64(), "tax_10k": pl.Float64(), "land_mu": pl.Float64(),
        "energy_tce": pl.Float64(), **dict.fromkeys(CHOICES, pl.String()),
        **dict.fromkeys(DATES[:3], pl.Date()),
    }
)  # fmt: skip
"""What is kept of a project. Money in 万元 (of `investment_currency` for the total, of CNY
elsewhere), land in 亩, energy in 吨标准煤 a year."""

EARLIEST, LATEST = dt.date(1990, 1, 1), dt.date(2100, 12, 31)
"""Days a project may name; plans lie in the future."""

_AMOUNT = pl.Struct({"value_10k": pl.Float64, "currency": pl.String, "problem": pl.String})
_MEASURE = pl.Struct({"value": pl.Float64, "problem": pl.String})
_SHORT_NAME = r"^[\p{Han}·]{2,4}$"


class Reading(NamedTuple):
    """What the cells alone do not say: units by field, today, and brands that are companies."""

    units: dict[str, str]
    today: dt.date
    known_names: frozenset[str] = frozenset()


def read_projects(frame: pl.DataFrame, reading: Reading) -> Batch:
    """Return a block's projects with typed values, and what happened to the other rows.

    Args:
        frame: `row, notes, alone` and any of `PROJECT_FIELDS`, all text; `total` marks sums.
        reading: Units, today, and short names under which companies are known.

    Returns:
        `good` holds `row, updated, repaired` and `VALUES`; `rejects` is `row, reason`.
    """
    frame = frame.with_columns(
        *(stated(pl.col(f)) if f in frame.columns else pl.lit(None, pl.String).alias(f)
          for f in PROJECT_FIELDS)
    )  # fmt: skip
    reasons = frame.select("row", reason=_no_project())
    frame = frame.filter(reasons["reason"].is_null())
    notes = [_noted(frame, pl.col("notes"), "整行")]
    steps = (_without_people, _money, _measures, _dates, _choices, _places)
    for step in steps:
        frame, found = step(frame, reading)
        notes += found
    repairs = pl.concat(notes)
    repaired = repairs.filter(~pl.col("derived"))["row"].unique()
    good = frame.select(
        "row", "updated", *VALUES.names(), repaired=pl.col("row").is_in(repaired.implode())
    )
    return Batch(good, reasons.drop_nulls("reason"), repairs)


def _no_project() -> pl.Expr:
    """Return why a row is no project's, in Chinese; null where it is."""
    names = project_columns()
    name, alone = pl.col("name"), pl.col("alone")
    headings = [folded(a) for a in names.columns["name"]]
    footer = pl.any_horizontal(
        column.str.starts_with(word) for column in (name, alone) for word in names.footers
    )
    return (
        pl.when(footer | pl.col("total")).then(pl.lit("表尾的合计或说明行，不是项目"))
        .when(alone.is_not_null()).then(pl.lit("只有一格文字，像标题或说明，不是项目"))
        .when(name.is_null()).then(lacking("项目名称"))
        .when(narrow(name).str.to_lowercase().is_in(headings))
        .then(pl.lit("重复的表头行，不是项目"))
        .when(name.str.contains(LOST, literal=True))
        .then(pl.lit("项目名称的文字已损坏（编码错乱，原字符无法还原），请从原系统重新导出"))
        .when(~name.str.contains(r"\p{Han}|[A-Za-z]{2}"))
        .then(pl.format("项目名称“{}”中没有文字", name))
        .when(name.str.len_chars() > 200)
        .then(pl.format("项目名称长度不合理（{} 个字）", name.str.len_chars()))
    )  # fmt: skip


def _noted(
    frame: pl.DataFrame, rule: pl.Expr, field: str, *, derived: bool = False,
    before: str | None = None,
) -> pl.DataFrame:  # fmt: skip
    """Return repair rows for the rows whose `rule` is not null."""
    was = pl.col(before).cast(pl.String) if before else pl.lit(None, pl.String)
    return frame.select(
        "row", field=pl.lit(field), rule=rule, before=was, after=pl.lit(None, pl.String),
        derived=pl.lit(derived),
    ).drop_nulls("rule")  # fmt: skip


Step = tuple[pl.DataFrame, list[pl.DataFrame]]


def _without_people(frame: pl.DataFrame, reading: Reading) -> Step:
    """Take phones and mails out of texts, and a sponsor that reads as a natural person's name."""
    notes = []
    for field in (*TEXTS, "address"):
        rid = frame.select(without_contacts(without_signers(pl.col(field)))).to_series()
        found = frame.filter((rid != frame[field]).fill_null(False))
        notes.append(_noted(found, pl.lit("其中的手机号、邮箱或姓名已删去"), field))
        frame = frame.with_columns(rid.alias(field))
    sponsor = pl.col("sponsor")
    person = (
        sponsor.str.contains(_SHORT_NAME)
        & ~sponsor.str.contains(NAME_END)
        & ~sponsor.is_in(list(reading.known_names))
    ).fill_null(False)
    why = pl.when(person).then(pl.lit("投资方像个人姓名，不入库；请写企业全称"))
    notes.append(_noted(frame, why, "sponsor"))
    return frame.with_columns(sponsor=pl.when(~person).then("sponsor")), notes


def _money(frame: pl.DataFrame, reading: Reading) -> Step:
    notes = []
    for field in MONEY:
        unit = reading.units.get(field)
        read = by_value(frame[field], lambda t, u=unit: _amount(t, u), _AMOUNT)  # type: ignore[misc]
        parts = read.struct.unnest()
        frame = frame.with_columns(
            parts["value_10k"].alias(f"{field}_10k"), _currency=parts["currency"],
            _problem=parts["problem"],
        )  # fmt: skip
        foreign = (pl.col("_currency") != "CNY").fill_null(False)
        if field == "investment":
            frame = frame.with_columns(investment_currency="_currency")
        else:
            problem = pl.format("以外币（{}）表示，不折算", "_currency")
            frame = frame.with_columns(
                pl.when(~foreign).then(f"{field}_10k").alias(f"{field}_10k"),
                _problem=pl.when(foreign).then(problem).otherwise("_problem"),
            )
        rule = pl.col("_problem") + "，置空"
        notes.append(_noted(frame, rule, field, before=field))
        notes.append(_rough(frame, field, f"{field}_10k"))
        frame = frame.drop("_problem", "_currency")
    return frame, notes


def _amount(text: str, unit: str | None) -> dict[str, object]:
    if is_range(text):
        return {"value_10k": None, "currency": None, "problem": f"“{text}”是一个范围，不是一个数"}
    return read_amount(plain_number(text), unit)._asdict()


def _measures(frame: pl.DataFrame, reading: Reading) -> Step:
    notes = []
    for field, column in zip(MEASURES, ("land_mu", "energy_tce"), strict=True):
        unit = reading.units.get(field)

        def read(text: str, field: str = field, unit: str | None = unit) -> dict[str, object]:
            return read_measure(text, unit, field)._asdict()

        parts = by_value(frame[field], read, _MEASURE).struct.unnest()
        # No land and none known are two things, but a ratio over 0 亩 is neither.
        value = parts["value"].replace(0.0, None) if field == "land" else parts["value"]
        frame = frame.with_columns(value.alias(column), _problem=parts["problem"])
        notes.append(_noted(frame, pl.col("_problem") + "，置空", field, before=field))
        notes.append(_rough(frame, field, column))
        frame = frame.drop("_problem")
    return frame, notes


def _rough(frame: pl.DataFrame, field: str, value: str) -> pl.DataFrame:
    """Return notes of figures that a list gives as rough and that were read as they stand."""
    rough = by_value(frame[field], is_rough, pl.Boolean()) & frame[value].is_not_null()
    told = pl.format("“{}”是约数，按所写的数计", pl.col(field))
    rule = pl.when(rough.fill_null(value=False)).then(told)
    return _noted(frame, rule, field, derived=True, before=field)


def _dates(frame: pl.DataFrame, reading: Reading) -> Step:
    notes = []
    for field in DATES:
        day = by_value(frame[field], read_date, pl.Date())
        last = reading.today if field == "updated" else LATEST
        sound = day.is_between(EARLIEST, last).fill_null(False)
        frame = frame.with_columns(_was=pl.col(field), _sound=sound, _day=day)
        lost = pl.col("_was").is_not_null() & ~pl.col("_sound")
        rule = pl.when(lost).then(pl.format("“{}”不是可以辨认的日期，置空", "_was"))
        notes.append(_noted(frame, rule, field, before="_was"))
        frame = frame.with_columns(pl.when("_sound").then("_day").alias(field))
        frame = frame.drop("_was", "_sound", "_day")
    return frame, notes


def _choices(frame: pl.DataFrame, _: Reading) -> Step:
    names, notes = project_columns(), []
    for field in CHOICES:
        read = by_value(frame[field], lambda t, f=field: names.choice(f, t), pl.String())  # type: ignore[misc]
        frame = frame.with_columns(_was=pl.col(field).str.slice(0, 60), _now=read)
        lost = pl.col("_was").is_not_null() & pl.col("_now").is_null()
        rule = pl.when(lost).then(pl.format("“{}”不在已知写法中，置空", "_was"))
        notes.append(_noted(frame, rule, field, before="_was"))
        frame = frame.with_columns(pl.col("_now").alias(field)).drop("_was", "_now")
    codes = industry_digits(pl.col("industry_code"))
    lost = pl.col("industry_code").is_not_null() & codes.is_null()
    rule = pl.when(lost).then(pl.format("行业代码“{}”不在已知写法中，置空", "industry_code"))
    notes.append(_noted(frame, rule, "industry_code", before="industry_code"))
    return frame.with_columns(industry_code=codes), notes


def _places(frame: pl.DataFrame, _: Reading) -> Step:
    """Find the city a project wishes for or stands in; its own words stay in `place`."""
    parts = [pl.col(c) for c in ("province", "city", "county", "address")]
    words = pl.concat_str(*parts, separator=" ", ignore_nulls=True)
    frame = frame.with_columns(
        place=pl.when(words != "").then(words),
        # A cell for the city may hold the whole way to it: it is read as an address too.
        address=pl.concat_str("city", "county", "address", separator="", ignore_nulls=True),
        uscc=pl.lit(None, pl.String),
    )
    found = with_places(frame)
    lost = pl.col("place").is_not_null() & pl.col("city_code").is_null()
    note = pl.when(lost).then(pl.format("“{}”认不出是哪个城市", "place"))
    return found, [_noted(found, note, "place", before="place")]
