"""Reads the tables of sites in a folder of target data; what becomes of every row is kept."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

import polars as pl

from chainmap.cli.targets_files import FileRead, site_rows
from chainmap.cli.targets_folder import FolderFile
from chainmap.errors import InputError
from chainmap.ranking.firm_finder import firm_finder
from chainmap.ranking.kept_out import TRADES, load_kept_out, with_trades
from chainmap.ranking.labels import (
    LABELS,
    Labels,
    LabelSet,
    landing_labels,
    presence_labels,
)
from chainmap.ranking.noted_landings import SOURCE, noted_rows
from chainmap.ranking.universe import Universe
from chainmap.sources.asked_days import asked_day
from chainmap.sources.city_names import city_codes
from chainmap.sources.firm_columns import read_firm_table
from chainmap.sources.places import load_cities

AGAIN = "同一企业在该城市已由前面的表给出"
UNDATED = "没有日期"
NO_SUCH_YEAR = "年份还没有到，或早于一切资料"
_FIRM = ("firm_id", "name")
_SHARE = r"^(?:(?:SH|SZ|BJ)[.:]?\d{6}|\d{6}[.:]?(?:SH|SZ|BJ))$"
"""A stock code with its exchange before or behind, in capitals."""
_PAIR = ["firm_id", "city_code"]


class SiteTables:
    """Tables of sites of the firms of one universe, known by code or name.

    Args:
        universe: The firms.
        table: The table they were read from, with short names and trades where it states them.
    """

    def __init__(self, universe: Universe, table: pl.DataFrame) -> None:
        self._homes = universe.firms.select("firm_id", home="home")
        self._table = table.filter(pl.col("firm_id").is_in(universe.firms["firm_id"].implode()))
        self._finder = firm_finder(self._table)

    def presences(self, files: Sequence[FolderFile]) -> tuple[pl.DataFrame, list[FileRead]]:
        """Return the labels of several tables, each pair once, and what became of the rows."""

        def read(file: FolderFile) -> LabelSet:
            rows = self._finder.found(read_firm_table(file.path, (_FIRM, "other_city")))
            told = with_trades(rows, self._table)
            return presence_labels(told, load_cities(), load_kept_out(), file.path.name)

        return self._together(files, read)

    def landings(
        self, files: Sequence[FolderFile], *, also_presence: bool
    ) -> tuple[pl.DataFrame, list[FileRead]]:
        """Return the dated landings of several ledgers, each pair once, and their rows.

        The firm's home and trade are those of the universe, where it knows them.
        """

        def read(file: FolderFile) -> LabelSet:
            rows = read_firm_table(file.path, (_FIRM, "other_city", "date"))
            return self._landed(rows, file.path.name)

        labels, told = self._together(files, read, _undatable)
        return labels, [FileRead(one.file, one.n_rows, one.rows, also_presence) for one in told]

    def noted(self) -> Labels:
        """Return the bundled ledger's landings of firms of this universe, known by share codes.

        A code counts with its exchange only: six digits alone may be a table's own numbers.
        """
        code = pl.col("firm_id").str.to_uppercase()
        digits, exchange = code.str.extract(r"(\d{6})"), code.str.extract(r"(SH|SZ|BJ)")
        shares = self._homes.filter(code.str.contains(_SHARE)).select(
            "firm_id", stock_code=pl.concat_str(digits, exchange, separator=".")
        )
        rows = noted_rows().rename({"firm_id": "stock_code"})
        return self._landed(
            rows.join(shares, on="stock_code", maintain_order="left"), SOURCE
        ).labels

    def _landed(self, rows: pl.DataFrame, source: str) -> LabelSet:
        """Return the labels of a ledger; home and trade are the universe's where it knows them."""
        rows = self._finder.found(rows)
        own = [c for c in ("province", "city", "city_code", "address") if c in rows.columns]
        stated = city_codes(rows.select("row", *own), load_cities())
        rows = rows.drop(*own, *(c for c in TRADES if c in rows.columns))
        rows = rows.join(self._homes, on="firm_id", how="left", maintain_order="left")
        rows = rows.with_columns(city_code=pl.coalesce("home", stated))
        told = with_trades(rows, self._table)
        return landing_labels(told, load_cities(), load_kept_out(), source)

    def _together(
        self,
        files: Sequence[FolderFile],
        read: Callable[[FolderFile], LabelSet],
        unfit: Callable[[pl.DataFrame], pl.Expr] = lambda _: pl.lit(None, pl.String),
    ) -> tuple[pl.DataFrame, list[FileRead]]:
        """Return the labels of tables in their order, and every row with why it is not used."""
        labels = pl.DataFrame(LABELS.schema.create_empty())
        told = []
        for file in files:
            one = read(file)
            kept = pl.DataFrame(one.labels).join(one.kept, on=_PAIR, maintain_order="left")
            kept = kept.join(labels.select(*_PAIR, again=pl.lit(AGAIN)), on=_PAIR, how="left")
            kept = kept.with_columns(reason=pl.coalesce(unfit(kept), "again"))
            fit = kept.filter(pl.col("reason").is_null()).select(labels.columns)
            labels = pl.concat([labels, fit])
            rows = pl.concat([one.refused, kept.rename({"firm": "name"})], how="diagonal")
            rows = rows.with_columns(file=pl.lit(file.name)).sort("row")
            told.append(FileRead(file, one.n_rows, site_rows(rows)))
        return labels, told


def _undatable(landings: pl.DataFrame) -> pl.Expr:
    """Return why a landing cannot be asked about as of the year before; null where it can."""
    year = pl.col("date").dt.year()
    years = landings["date"].dt.year().drop_nulls().unique().to_list()
    possible = [one for one in years if _may_be_asked(one)]
    return (
        pl.when(year.is_null()).then(pl.lit(UNDATED))
        .when(~year.is_in(possible)).then(pl.lit(NO_SUCH_YEAR))
    )  # fmt: skip


def _may_be_asked(year: int) -> bool:
    """Return whether a year has come, and the end of the one before is a day `targets` takes."""
    try:
        asked_day(dt.date(year, 12, 31))
        asked_day(dt.date(year - 1, 12, 31))
    except InputError:
        return False
    return True
