"""Project statements → one record a project, with what was said before.

State is a set of statements: what one list said of one project for one day. The current record
takes each field from the newest statement that has it; where an older one said otherwise, that is
history. So a list imported twice changes nothing, and lists may come in any order.
"""

from __future__ import annotations

import hashlib
from typing import NamedTuple

import polars as pl

from chainmap.sources.intake.fields import narrow
from chainmap.sources.project_rows import VALUES

STATEMENTS = pl.Schema(
    {"key": pl.String(), "as_of": pl.Date(), "sequence": pl.Int32(), "row": pl.Int64(), **VALUES}
)
"""What the lists said; `key` is the folded name and sponsor."""

PROJECTS = pl.Schema(
    {"project_id": pl.String(), **VALUES, "first_as_of": pl.Date(), "as_of": pl.Date(),
     "n_statements": pl.Int64()}
)  # fmt: skip
HISTORY = pl.Schema(
    {"project_id": pl.String(), "as_of": pl.Date(), "sequence": pl.Int32(), "field": pl.String(),
     "before": pl.String(), "after": pl.String()}
)  # fmt: skip
_ORDER = ["project_id", "as_of", "sequence", "row"]
_SAME = ["sequence", "own", "as_of"]
"""Rows that agree in these are one statement."""


class ListTally(NamedTuple):
    """What became of one list's sound rows."""

    accepted: int
    repaired: int
    merged: int


class Settled(NamedTuple):
    """The register as it stands: `STATEMENTS`, `PROJECTS` and `HISTORY`, each in stored order."""

    statements: pl.DataFrame
    projects: pl.DataFrame
    history: pl.DataFrame


def tallied(staged: pl.DataFrame) -> tuple[pl.DataFrame, dict[int, ListTally]]:
    """Return new statements, one a project, day and list, and by list what became of its rows.

    Of several rows a list has of one project and day the fullest counts; what it leaves open is
    taken from the others, which count as merged. Rows of different days are statements of their
    own, whatever list they stand in: the newest counts, the others are history.

    Args:
        staged: `row, updated, repaired, list_as_of, sequence, ordinal` and `VALUES`.
    """
    filled = pl.sum_horizontal(pl.col(v).is_not_null() for v in VALUES)
    rows = _identified(staged).with_columns(filled=filled)
    rows = rows.sort(
        [*_SAME, "filled", "ordinal", "row"], descending=[False, False, False, True, False, False]
    )
    rows = rows.with_columns(first=pl.struct(_SAME).is_first_distinct())
    first = pl.col("first")
    counts = rows.group_by("ordinal").agg(
        accepted=(first & ~pl.col("repaired")).sum(),
        repaired=(first & pl.col("repaired")).sum(),
        merged=(~first).sum(),
    )
    tallies = {int(o): ListTally(*map(int, rest)) for o, *rest in counts.iter_rows()}
    statements = rows.group_by(_SAME, maintain_order=True).agg(
        pl.col("key", "row").first(), *(pl.col(v).drop_nulls().first() for v in VALUES)
    )
    return statements.select(STATEMENTS.names()).cast(STATEMENTS), tallies


def contradictions(staged: pl.DataFrame) -> dict[str, int]:
    """Return by field how many projects a list says two things of for one day, in field order.

    Args:
        staged: As for `tallied`.
    """
    said = _identified(staged).group_by(_SAME).agg(pl.col(*VALUES).drop_nulls().n_unique() > 1)
    return {field: n for field in VALUES if (n := int(said[field].sum()))}


def _identified(staged: pl.DataFrame) -> pl.DataFrame:
    """Return staged rows with their day, and with what they are told to be one project by."""
    rows = staged.with_columns(key=_key(), as_of=pl.coalesce("updated", "list_as_of"))
    return rows.with_columns(own=pl.coalesce("code", "key"))


def settle(statements: pl.DataFrame) -> Settled:
    """Return the register that a set of statements makes.

    Statements are of one project where they share a code; those without a code join the code that
    was first seen with their name and sponsor. The id is the hash of the first statement's code,
    or name and sponsor, so that a code given later does not change it.
    """
    codes = (
        statements.drop_nulls("code")
        .sort("sequence", "row")
        .group_by("key", maintain_order=True)
        .agg(known=pl.col("code").first())
    )
    joined = statements.join(codes, on="key", how="left").with_columns(
        group=pl.coalesce("code", "known", "key")
    )
    ids = (
        joined.sort("sequence", "row")
        .group_by("group", maintain_order=True)
        .agg(own=pl.coalesce("code", "key").first())
    )
    hashed = pl.Series("project_id", [_id(own) for own in ids["own"]], dtype=pl.String)
    rows = joined.join(ids.with_columns(hashed), on="group", how="left").sort(_ORDER)
    projects = (
        rows.group_by("project_id", maintain_order=True)
        .agg(
            *(pl.col(v).drop_nulls().last() for v in VALUES),
            first_as_of=pl.col("as_of").min(),
            as_of=pl.col("as_of").max(),
            n_statements=pl.len().cast(pl.Int64),
        )
        .select(PROJECTS.names())
        .cast(PROJECTS)
    )
    stored = statements.sort("sequence", "row", "key").select(STATEMENTS.names())
    return Settled(stored, projects, _history(rows))


def changed(now: pl.DataFrame, before: pl.DataFrame | None) -> tuple[int, int]:
    """Return how many projects are new and how many say something else than before."""
    if before is None:
        return now.height, 0
    was = before.select("project_id", was=pl.struct(VALUES.names()))
    both = now.select("project_id", now=pl.struct(VALUES.names())).join(
        was, on="project_id", how="left"
    )
    new = both["was"].is_null()
    differ = both.filter(~new).select(pl.col("now").ne_missing(pl.col("was"))).to_series()
    return int(new.sum()), int(differ.sum())


def _history(rows: pl.DataFrame) -> pl.DataFrame:
    """Return every change of a field's stated value, by project and time."""
    parts = [pl.DataFrame(schema=HISTORY)]
    for field in VALUES:
        said = rows.drop_nulls(field).with_columns(after=pl.col(field).cast(pl.String))
        said = said.with_columns(before=pl.col("after").shift().over("project_id"))
        other = (pl.col("before") != pl.col("after")).fill_null(False)
        parts.append(said.filter(other).select(
            "project_id", "as_of", "sequence", pl.lit(field).alias("field"), "before", "after"
        ))  # fmt: skip
    return pl.concat(parts).sort("project_id", "as_of", "sequence", "field")


def _key() -> pl.Expr:
    parts = (pl.col("name"), pl.col("sponsor").fill_null(""))
    folded = [
        narrow(p).str.to_lowercase().str.replace_all(r"[()·•、，,.。\-—_]", "") for p in parts
    ]
    return pl.concat_str(folded, separator="|")


def _id(own: str) -> str:
    return "p-" + hashlib.sha256(own.encode()).hexdigest()[:12]
