"""Gap kinds (缺口类型): what a city should do about a segment, and what would change that.

The rule is written once, over cells: `gap_kind` asks it of the columns of a table, `kind_of` of
one row, for instance of a row as it would be if something changed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol

import polars as pl

from chainmap.concepts.panorama_records import STATE_ZH


class State(StrEnum):
    """What the data says of a segment in a city, strongest first."""

    STRONG = "strong"
    PRESENT = "present"
    WEAK = "weak"
    ABSENT = "absent"
    UNKNOWN = "unknown"

    @property
    def zh(self) -> str:
        """The Chinese word."""
        return STATE_ZH[self.value]


LEADER_FROM = 0.5
"""Leaders to be expected among a city's makers (`expected_leaders`) from which having none is a
lack: nearer one than none."""

SHORT_FROM = 0.5
"""Makers fewer than expected from which a segment is below its weight: nearer one than none. One
maker where 1.1 are expected is no ground to act on."""

RELATED_FROM = 0.75
"""Within-city percentile of relatedness density from which an absent segment counts as related to
what the city has: the top quarter, as the panorama's reader would draw it."""


class Cell(Protocol):
    """What the rule asks: a city's segment, or the columns that hold many of them."""

    def __getitem__(self, name: str) -> Any:
        """Return a number or a word, or the column of them."""

    def some(self, name: str) -> Any:
        """Return whether a list, or each list of a column, holds anything."""


class Columns:
    """The columns of a situation or of `Gaps`; what the rule returns are expressions."""

    def __getitem__(self, name: str) -> Any:
        """Return a column."""
        return pl.col(name)

    def some(self, name: str) -> Any:
        """Return where the lists of a column hold anything."""
        return pl.col(name).list.len() > 0


@dataclass(frozen=True)
class Row:
    """One row; what the rule returns are truths."""

    values: Mapping[str, Any]

    def __getitem__(self, name: str) -> Any:
        """Return a value."""
        return self.values[name]

    def some(self, name: str) -> bool:
        """Return whether a list holds anything."""
        return len(self.values[name]) > 0


COLUMNS = Columns()


def _rules(related_from: float) -> tuple[tuple[str | None, Callable[[Cell], Any]], ...]:
    """Return kinds with their conditions; the first that holds decides."""

    def absent(cell: Cell) -> Any:
        return cell["state"] == State.ABSENT

    def near(cell: Cell) -> Any:
        related = cell["density_percentile"] >= related_from
        return (cell.some("local_suppliers") | related) & (cell["chance"] >= cell["base_rate"])

    return (
        (None, lambda cell: (cell["state"] == State.UNKNOWN) | (cell["state"] == State.STRONG)),
        ("fill", lambda cell: (absent(cell) | (cell["state"] == State.WEAK))
            & cell.some("local_users")),
        ("extend", lambda cell: absent(cell) & near(cell)),
        ("build", absent),
        ("strengthen", lambda cell: below_weight(cell) | leader_missing(cell)),
    )  # fmt: skip


def gap_kind(related_from: float = RELATED_FROM) -> pl.Expr:
    """Return the kind of each row of a situation; null where it is no gap, or cannot be told.

    | kind | when |
    |---|---|
    | fill 补链 | absent or weak, and a segment that uses it is local |
    | extend 延链 | absent, no local user, a supplier is local or it is related to the city's \
portfolio, and its chance is not below the usual one |
    | build 建链 | absent otherwise (the chain is engaged or named by a plan in force) |
    | strengthen 强链 | present, not strong, and below its weight (`below_weight`) or without the \
leader to be expected among its makers (`leader_missing`) |
    | none | strong; or at its weight, with a leader or without one to be expected |

    A row whose state is `unknown` has no kind: the data cannot tell a gap from a blind spot.
    """
    found = pl.lit(None, pl.String)
    for kind, holds in reversed(_rules(related_from)):
        found = pl.when(holds(COLUMNS)).then(pl.lit(kind, pl.String)).otherwise(found)
    return found


def kind_of(row: Mapping[str, Any], related_from: float = RELATED_FROM) -> str | None:
    """Return what `gap_kind` says of one row."""
    cell = Row(row)
    return next((kind for kind, holds in _rules(related_from) if holds(cell)), None)


def below_weight(cell: Cell) -> Any:
    """Return whether a segment has fewer makers than expected, more likely than not by nature.

    The posterior mean shrinks towards the province: one maker where 0.9 are expected has P < ½.
    """
    short = cell["expected"] - cell["n_companies"] >= SHORT_FROM
    return short & (cell["p_above_one"] < 0.5)


def leader_missing(cell: Cell) -> Any:
    """Return whether makers are here but no leader, though among as many one is to be expected."""
    none = (cell["n_companies"] > 0) & (cell["n_leaders"] == 0)
    return none & (cell["expected_leaders"] >= LEADER_FROM)


def only_leader_missing(cell: Cell) -> Any:
    """Return whether a leader is all that is missing: a further maker alone does not help."""
    return leader_missing(cell) & _not(below_weight(cell))


def leader_share(cell: Cell) -> Any:
    """Return the nation's share of leaders among the segment's makers; makers must be here."""
    return cell["expected_leaders"] / cell["n_companies"]


def leader_part() -> pl.Expr:
    """Return the share of new makers that would close a gap, 0..1.

    The nation's share of leaders among the segment's makers where a leader is all that is missing.
    1 elsewhere.
    """
    return pl.when(only_leader_missing(COLUMNS)).then(leader_share(COLUMNS)).otherwise(1.0)


def leader_lack() -> pl.Expr:
    """Return how much of a leader is missing, 0..1: as many as the city's weight calls for.

    The makers expected, times the nation's share of leaders among them, at most one. A city of
    which half a maker is expected is owed no whole leader. 0 where none is missing.
    """
    owed = pl.col("expected") * leader_share(COLUMNS)
    return pl.when(leader_missing(COLUMNS)).then(owed.clip(0.0, 1.0)).otherwise(0.0)


def _not(truth: Any) -> Any:
    return ~truth if isinstance(truth, pl.Expr) else not truth
