"""Which sites say nothing about where industry goes: the rules of `data/landings/kept-out.yml`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

import polars as pl
from pydantic import Field

from chainmap.concepts.provenance import Frozen
from chainmap.curated import CuratedFile

TRADES = ("trade", "industry", "sector")
"""Columns of a table of firms that say a firm's trade, the finest first."""


class KeptOutGroup(Frozen):
    """One kind of business that is kept out: why, its trades, their codes, words of its names."""

    id: str
    zh: str
    why: str
    trades: tuple[str, ...] = Field((), strict=False)
    codes: tuple[str, ...] = Field((), strict=False)
    words: tuple[str, ...] = Field(strict=False, min_length=1)


class KeptOutRules(Frozen):
    """All kinds of business that are kept out.

    Attributes:
        groups: In the order in which they are looked for.
        made_for: What follows a word in the name of a maker of goods for such a business.
    """

    groups: tuple[KeptOutGroup, ...] = Field(strict=False)
    made_for: tuple[str, ...] = Field(strict=False, min_length=1)


@cache
def load_kept_out() -> KeptOutRules:
    """Return the bundled rules.

    Raises:
        CurationError: The file is malformed.
    """
    return CuratedFile.bundled("data", "landings", "kept-out.yml").check(KeptOutRules)


def kept_out_reason(names: pl.Expr, rules: KeptOutRules, trades: Sequence[pl.Expr] = ()) -> pl.Expr:
    """Return the Chinese reason why a firm is kept out, null where none applies.

    Args:
        names: The firm's and the site's names, as one text a row.
        rules: From `load_kept_out`.
        trades: What is stated of the firm's trade, names or codes; asked before the names.
    """
    return pl.coalesce(*_by_trade(rules, trades), *_by_name(names, rules), pl.lit(None, pl.String))


def with_trades(rows: pl.DataFrame, firms: pl.DataFrame) -> pl.DataFrame:
    """Return rows with what a table of firms says of their trade, where they do not say it.

    Args:
        rows: With `firm_id`; its own `TRADES` come first.
        firms: `firm_id` and any of `TRADES`; the first row of a firm counts.
    """
    stated = [name for name in TRADES if name in firms.columns]
    told = firms.filter(pl.col("firm_id").is_not_null()).unique("firm_id", keep="first")
    joined = rows.join(
        told.select("firm_id", *(pl.col(name).alias(f"{name} of firm") for name in stated)),
        on="firm_id", how="left", maintain_order="left",
    )  # fmt: skip
    own = [name for name in stated if name in rows.columns]
    return joined.with_columns(
        pl.coalesce(*([name] if name in own else []), f"{name} of firm").alias(name)
        for name in stated
    ).drop(f"{name} of firm" for name in stated)


def _by_trade(rules: KeptOutRules, trades: Sequence[pl.Expr]) -> Iterator[pl.Expr]:
    for group in rules.groups:
        codes = rf"^[A-Z]?(?:{'|'.join(group.codes)})\d{{0,2}}$"
        for trade in trades:
            named = trade.is_in(list(group.trades))
            coded = trade.str.contains(codes) if group.codes else pl.lit(False)
            yield pl.when(named | coded).then(_reason(group, "行业", trade))


def _by_name(names: pl.Expr, rules: KeptOutRules) -> Iterator[pl.Expr]:
    words = _any_of(word for group in rules.groups for word in group.words)
    plain = names.str.replace_all(f"{words}{_any_of(rules.made_for)}", "　")
    for group in rules.groups:
        yield _reason(group, "名称含", plain.str.extract(f"({_any_of(group.words)})", 1))


def _reason(group: KeptOutGroup, by: str, what: pl.Expr) -> pl.Expr:
    """Return the reason with what it rests on; null where `what` is."""
    return pl.concat_str(pl.lit(f"按规则不取：{group.zh}（{by}“"), what, pl.lit("”）"))


def _any_of(words: Iterator[str] | Sequence[str]) -> str:
    return f"(?:{'|'.join(re.escape(word) for word in words)})"
