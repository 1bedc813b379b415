"""Labels (标签) from events: which firm came to which city, when, how surely, and from where."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from enum import StrEnum
from typing import NewType

import dataframely as dy
import polars as pl

from chainmap.concepts.identifiers import CITY_CODE_PATTERN
from chainmap.linkage.branches import branch_parents
from chainmap.linkage.names import keys
from chainmap.ranking.kept_out import TRADES, KeptOutRules, kept_out_reason
from chainmap.sources.city_names import city_codes, stated_codes
from chainmap.sources.intake.dates import read_date
from chainmap.sources.intake.fields import by_value, narrowed
from chainmap.tables import Checked, Cities, Companies

Labels = NewType("Labels", pl.DataFrame)
_YEAR = re.compile(r"((?:1[89]|20)\d{2})(?:\.0)?(?:年度?)?")


class LabelKind(StrEnum):
    """What kind of event a label is."""

    BRANCH = "branch"
    SUBSIDIARY = "subsidiary"
    PRESENCE = "presence"
    LANDING = "landing"


CONFIDENCE = {
    LabelKind.BRANCH: 0.95,
    LabelKind.SUBSIDIARY: 0.95,
    LabelKind.PRESENCE: 0.8,
    LabelKind.LANDING: 1.0,
}
"""A branch names its parent in full; presence facts include offices; a ledger's user knows."""


class LabelSchema(dy.Schema):
    """A firm that came to a city; `date` is null where the source does not say when."""

    firm_id = dy.String(primary_key=True)
    firm = dy.String()
    from_city = dy.String(nullable=True, regex=CITY_CODE_PATTERN)
    city_code = dy.String(primary_key=True, regex=CITY_CODE_PATTERN)
    date = dy.Date(nullable=True)
    kind = dy.String(regex=r"^(branch|subsidiary|presence|landing)$")
    source = dy.String()
    confidence = dy.Float64(min=0.0, max=1.0)


LABELS = Checked("落地标签", LabelSchema, Labels)


@dataclass(frozen=True)
class LabelSet:
    """Labels of one source and what became of every row read.

    Attributes:
        labels: By firm and city.
        kept: `row, firm_id, city_code`: the row each label comes from.
        refused: `row, name, reason`, one row for each that gave no label.
        n_rows: Rows read; equals labels plus refused.
    """

    labels: Labels
    kept: pl.DataFrame
    refused: pl.DataFrame
    n_rows: int


def presence_labels(
    rows: pl.DataFrame, cities: Cities, rules: KeptOutRules, source: str
) -> LabelSet:
    """Return labels from statements that a firm is in another city too; undated.

    Args:
        rows: `row, firm_id, name, city, other_city`, as `sources.firm_columns` reads them, and
            `unfound` as `FirmFinder.found` adds it; where known the firm's trade
            (`kept_out.TRADES`), from the same table or `with_trades`.
        cities: All prefecture-level places.
        rules: What is kept out.
        source: Name of the source, kept with each label.
    """
    return _labelled(rows, cities, rules, (LabelKind.PRESENCE, source))


def landing_labels(
    rows: pl.DataFrame, cities: Cities, rules: KeptOutRules, source: str
) -> LabelSet:
    """Return labels from a ledger of landed projects, dated where the ledger says when.

    Args:
        rows: `row, name, other_city`; where known `firm_id, city, date, source`, `unfound` and the
            trade. A year alone is dated by its last day, so that no origin inside it knows it.
        cities: All prefecture-level places.
        rules: What is kept out.
        source: Name of the ledger, for rows that state no source of their own.
    """
    return _labelled(rows, cities, rules, (LabelKind.LANDING, source))


def site_labels(companies: Companies, rules: KeptOutRules, source: str) -> LabelSet:
    """Return labels from the roster's sites of groups: a company whose parent is elsewhere.

    The parent is the firm, the site's founding year the date (its last day, so that an origin
    inside the year does not know it yet). A site whose parent is not among the companies, in a
    roster as of a year before the parent's founding, is left out.
    """
    heads = companies.select(parent_id="company_id", firm="full_name", from_city="city_code")
    sites = companies.filter(pl.col("parent_id").is_not_null()).with_row_index("row", offset=2)
    joined = sites.join(heads, on="parent_id", maintain_order="left").select(
        pl.col("row").cast(pl.Int64),
        pl.concat_str("firm", "full_name", separator="　").alias("name"),
        "firm",
        "from_city",
        "city_code",
        firm_id="parent_id",
        date=pl.date(pl.col("founded_year"), 12, 31),
    )
    return _settled(joined, rules, (LabelKind.SUBSIDIARY, source))


def branch_labels(
    registrations: pl.DataFrame, cities: Cities, rules: KeptOutRules, source: str
) -> LabelSet:
    """Return labels from registrations: branches whose parent is registered in another city.

    A name like X有限公司Y分公司 says whose branch it is; the nearest parent that is registered
    counts. A parent whose name is registered in several cities is no one's.

    Args:
        registrations: `row, name`; where known `firm_id, province, city, city_code, founded`.
        cities: All prefecture-level places.
        rules: What is kept out.
        source: Name of the register.

    Source:
        Methods 7.4.
    """
    rows = _with_defaults(registrations, ("firm_id", "founded")).with_columns(
        home=city_codes(registrations, cities), key=keys(registrations["name"].fill_null(""))
    )
    named = rows.select(company_id=pl.col("row").cast(pl.String), name_key="key")
    parents = branch_parents(named).with_columns(row=pl.col("company_id").cast(pl.Int64))
    heads = (
        rows.filter(pl.col("home").is_not_null())
        .join(parents.select(key="parent_key").unique(), on="key", how="semi")
        .sort("row")
        .group_by("key", maintain_order=True)
        .agg(
            n_homes=pl.col("home").n_unique(), from_city=pl.first("home"), firm=pl.first("name"),
            firm_id=pl.first("firm_id"),
        )
    )  # fmt: skip
    nearest = parents.with_row_index("order").join(heads, left_on="parent_key", right_on="key")
    nearest = nearest.sort("order").unique("row", keep="first", maintain_order=True)
    branches = rows.select("row", site="name", city_code="home", founded="founded").join(
        nearest.select("row", "n_homes", "from_city", "firm", "firm_id", key="parent_key"),
        on="row", how="left", maintain_order="left",
    )  # fmt: skip
    is_branch = pl.col("row").is_in(parents["row"].unique().to_list())
    reason = (
        pl.when(~is_branch).then(pl.lit("名称不是分支机构"))
        .when(pl.col("firm").is_null()).then(pl.lit("没有找到母公司的登记"))
        .when(pl.col("n_homes") > 1).then(pl.lit("母公司的名称在几个城市都有登记"))
    )  # fmt: skip
    joined = branches.with_columns(
        reason=reason,
        firm_id=pl.coalesce("firm_id", "key"),
        date=by_value(branches["founded"], read_date, pl.Date()),
    ).select(
        "row", "firm", "from_city", "city_code", "firm_id", "date", "reason",
        name=pl.coalesce("site", pl.lit("")),
    )  # fmt: skip
    return _settled(joined, rules, (LabelKind.BRANCH, source))


def together(sets: list[LabelSet]) -> Labels:
    """Return the labels of several sources as one table, the earliest date of a pair kept."""
    frames = [pl.DataFrame(one.labels) for one in sets]
    rows = pl.concat(frames).sort("firm_id", "city_code", "date", "kind", nulls_last=True)
    return LABELS.check(rows.unique(["firm_id", "city_code"], keep="first", maintain_order=True))


def _labelled(
    rows: pl.DataFrame, cities: Cities, rules: KeptOutRules, of: tuple[LabelKind, str]
) -> LabelSet:
    rows = _with_defaults(rows, ("firm_id", "name", "city", "date", "source", "unfound"))
    day = by_value(rows["date"], _day_or_year, pl.Date())
    home = rows.select(*(c for c in ("province", "city", "city_code") if c in rows.columns))
    joined = rows.select(
        "row",
        "source",
        name=pl.col("name").fill_null(""),
        firm=pl.col("name").fill_null(""),
        firm_id=pl.coalesce("firm_id", "name"),
        from_city=city_codes(home, cities),
        city_code=stated_codes(rows["other_city"], cities),
        date=day,
        reason=pl.coalesce("unfound", pl.when(pl.col("date").is_not_null() & day.is_null())
            .then(pl.lit("日期认不出"))),
        **{trade: pl.col(trade) for trade in TRADES if trade in rows.columns},
    )  # fmt: skip
    return _settled(joined, rules, of)


def _settled(rows: pl.DataFrame, rules: KeptOutRules, of: tuple[LabelKind, str]) -> LabelSet:
    """Return the label set of prepared rows: each kept once, or refused with one reason."""
    kind, source = of
    rows = _with_defaults(rows, ("reason", "source"))
    text = pl.concat_str(pl.col("name"), pl.col("firm").fill_null(""), separator="　")
    reason = pl.coalesce(
        "reason",
        pl.when(pl.col("firm_id").is_null()).then(pl.lit("没有企业代码或名称")),
        pl.when(pl.col("city_code").is_null()).then(pl.lit("所在城市认不出")),
        pl.when(pl.col("city_code") == pl.col("from_city")).then(pl.lit("与总部同城")),
        kept_out_reason(text, rules, [pl.col(t) for t in TRADES if t in rows.columns]),
    )
    rows = rows.with_columns(reason=reason)
    order = rows.filter(pl.col("reason").is_null()).sort(
        "firm_id", "city_code", "date", "row", nulls_last=True
    )
    first = order.unique(["firm_id", "city_code"], keep="first", maintain_order=True)
    again = order.join(first.select("row"), on="row", how="anti").with_columns(
        reason=pl.lit("同一企业在该城市已有更早的记录")
    )
    refused = pl.concat([rows.filter(pl.col("reason").is_not_null()), again.select(rows.columns)])
    labels = first.select(
        "firm_id", "firm", "from_city", "city_code", "date", kind=pl.lit(kind.value),
        source=pl.coalesce("source", pl.lit(source)), confidence=pl.lit(CONFIDENCE[kind]),
    )  # fmt: skip
    return LabelSet(
        LABELS.check(labels), first.select("row", "firm_id", "city_code"),
        refused.select("row", "name", "reason").sort("row"), rows.height,
    )  # fmt: skip


def counted(reasons: pl.Series) -> dict[str, int]:
    """Return how often each reason occurs, without what it rests on, the most frequent first."""
    plain = reasons.drop_nulls().str.split("（").list.first().rename("reason")
    table = plain.to_frame().group_by("reason").len()
    return dict(table.sort(["len", "reason"], descending=[True, False]).iter_rows())


def _day_or_year(text: str) -> dt.date | None:
    year = _YEAR.fullmatch(narrowed(text))
    return dt.date(int(year[1]), 12, 31) if year else read_date(text)


def _with_defaults(rows: pl.DataFrame, columns: tuple[str, ...]) -> pl.DataFrame:
    lacking = [c for c in columns if c not in rows.columns]
    return rows.with_columns(pl.lit(None, pl.String).alias(c) for c in lacking)
