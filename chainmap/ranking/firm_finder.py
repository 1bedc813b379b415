"""Which firm of a table another table means: by code, by registered name, by short name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import polars as pl

from chainmap.linkage.names import keys, name_words

NOT_THERE, SEVERAL = "企业不在总体中", "名称对应总体中几家企业"
UNNAMED = "没有企业代码或名称"
_SHARE = r"^(?:[a-z]{2,4}[.:]?)?(\d{6})(?:[.:][a-z]{2,4})?$"
"""A stock code of six digits, with or without its exchange before or behind."""


@dataclass(frozen=True)
class FirmFinder:
    """Firms of a table by what others may call them; what fits two firms fits none.

    Attributes:
        codes: Codes as the table writes them and, for shares, their six digits → firm id.
        names: Keys of registered names → firm id; an empty id stands for several firms.
        shorts: Keys of short names, and of registered names without legal form → firm id, as above.
        called: Firm id → registered name.
    """

    codes: dict[str, str]
    names: dict[str, str]
    shorts: dict[str, str]
    called: dict[str, str]

    def found(self, rows: pl.DataFrame) -> pl.DataFrame:
        """Return rows with the table's `firm_id` and `name`, and `unfound`: why there is none.

        Args:
            rows: Any of `firm_id, name`. A code comes before a name, a registered name before a
                short one; a name of one's own stays as it is written.
        """
        lacking = [c for c in ("firm_id", "name") if c not in rows.columns]
        rows = rows.with_columns(pl.lit(None, pl.String).alias(c) for c in lacking)
        key = keys(rows["name"].fill_null(""))
        ways = [
            _looked_up(rows.select(_plain("firm_id")).to_series(), self.codes),
            _looked_up(rows.select(_digits("firm_id")).to_series(), self.codes),
            _looked_up(key, self.names),
            _looked_up(key, self.shorts),
        ]
        first = pl.select(pl.coalesce(*ways)).to_series()
        called = first.replace_strict(self.called, default=None, return_dtype=pl.String)
        unnamed = rows["firm_id"].is_null() & rows["name"].is_null()
        return rows.with_columns(
            firm_id=pl.when(first != "").then(first),
            name=pl.coalesce("name", called),
            unfound=pl.when(unnamed).then(pl.lit(UNNAMED))
            .when(first.is_null()).then(pl.lit(NOT_THERE))
            .when(first == "").then(pl.lit(SEVERAL)),
        )  # fmt: skip


def firm_finder(table: pl.DataFrame) -> FirmFinder:
    """Return the finder of a table of firms.

    Args:
        table: `firm_id, name`, and `short_name` where known; the first row of a firm counts.
    """
    firms = table.filter(pl.col("firm_id").is_not_null() & pl.col("name").is_not_null())
    firms = firms.unique("firm_id", keep="first", maintain_order=True)
    ids, key = firms["firm_id"].to_list(), keys(firms["name"]).to_list()
    form = name_words().form
    shorts = [(form.sub("", one), firm) for one, firm in zip(key, ids, strict=True)]
    if "short_name" in firms.columns:
        short = keys(firms["short_name"].fill_null("")).to_list()
        shorts += zip(short, ids, strict=True)
    shares = firms.select(_digits("firm_id")).to_series().to_list()
    digits = _single(zip(shares, ids, strict=True))
    codes = _single(zip(firms.select(_plain("firm_id")).to_series().to_list(), ids, strict=True))
    return FirmFinder(
        {code: firm for code, firm in (digits | codes).items() if firm},
        _single(zip(key, ids, strict=True)),
        _single(shorts),
        dict(zip(ids, firms["name"].to_list(), strict=True)),
    )


def _single(pairs: Iterable[tuple[str | None, str]]) -> dict[str, str]:
    """Return what is called so → the one firm, an empty text where there are several."""
    found: dict[str, str] = {}
    for called, firm in pairs:
        if called:
            found[called] = firm if found.get(called, firm) == firm else ""
    return found


def _looked_up(column: pl.Series, table: dict[str, str]) -> pl.Series:
    return column.replace_strict(table, default=None, return_dtype=pl.String)


def _plain(column: str) -> pl.Expr:
    return pl.col(column).str.normalize("NFKC").str.replace_all(r"\s+", "").str.to_lowercase()


def _digits(column: str) -> pl.Expr:
    return _plain(column).str.extract(_SHARE, 1)
