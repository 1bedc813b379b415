"""The import of one partition: a pure function of it and a folder; results add up."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import NamedTuple

import polars as pl

from chainmap.sources.intake.alignment import align
from chainmap.sources.intake.decode import LOST
from chainmap.sources.intake.delimited import Odd
from chainmap.sources.intake.fields import FIELDS, stated
from chainmap.sources.intake.identity import with_identity
from chainmap.sources.intake.layout import WIDE
from chainmap.sources.intake.lists import Block, Partition, read_block
from chainmap.sources.intake.normalise import Context, normalise
from chainmap.sources.intake.persons import without_contacts, without_persons, without_signers

_CODE_LIKE = r"^\s*[1-9ANY][1-9]\d{6}[0-9A-HJ-NP-RTUWXY]{10}\s*$"


class Staged(NamedTuple):
    """What one partition came to; counts add up over partitions.

    `rows` = good + rejected. Files are Parquet in the staging folder; None where empty.
    """

    ordinal: int
    number: int
    rows: int
    good: int
    repaired: int
    rejected: int
    blank: int
    good_file: Path | None
    rejects_file: Path | None
    repairs_file: Path | None


def import_partition(part: Partition, folder: Path) -> Staged:
    """Return what a partition came to, its rows staged in `folder`.

    Depends on nothing but the partition; running it twice writes the same files.
    """
    block = read_block(part)
    n_rows = block.frame.height + len(block.odd)
    frame, odd = realigned(block, part.of.layout.fields)
    raw = frame.select("row", *cells_by_heading(part, FIELDS))
    named = by_field(frame, part.of.layout.fields)
    batch = normalise(named, Context(part.of.layout.units, part.of.today))
    good = with_identity(batch.good, part.of)
    shown = batch.rejects.join(raw, on="row", how="left").with_columns(
        without_contacts(without_signers(pl.exclude("row", "reason")))
    )
    rejects = pl.concat([shown, odd_rejects(odd)], how="diagonal").sort("row")
    stem = f"{part.of.ordinal:05d}-{part.number:05d}"
    return Staged(
        ordinal=part.of.ordinal,
        number=part.number,
        rows=n_rows,
        good=good.height,
        repaired=int(good["repaired"].sum()),
        rejected=rejects.height,
        blank=block.blank,
        good_file=write_staged(good.sort("slot", "company_id", "row"), folder, f"good-{stem}"),
        rejects_file=write_staged(rejects, folder, f"rejects-{stem}"),
        repairs_file=write_staged(
            batch.repairs.sort("row", "field", "rule").with_columns(
                sequence=pl.lit(part.of.sequence, pl.Int32)
            ), folder, f"repairs-{stem}",
        ),
    )  # fmt: skip


def by_field(
    frame: pl.DataFrame, fields: Sequence[str | None], known: Collection[str] = FIELDS
) -> pl.DataFrame:
    """Return a block's rows with the columns that are kept (`known`), each called by its field.

    `alone` is the text of rows that have one cell only: titles and notes, as a rule.
    """
    columns: dict[str, list[pl.Expr]] = {}
    for i, field in enumerate(fields):
        if field is not None and field in known:
            columns.setdefault(field, []).append(pl.col(f"c{i}"))
    kept = (_joined(parts).alias(field) for field, parts in columns.items())
    cells = [stated(pl.col(f"c{i}")) for i in range(len(fields))]
    lone = (pl.sum_horizontal(cell.is_not_null() for cell in cells) == 1) & (len(fields) >= WIDE)
    return frame.select("row", "notes", *kept, alone=pl.when(lone).then(pl.coalesce(cells)))


def _joined(parts: list[pl.Expr]) -> pl.Expr:
    """Return one column's text, or what several state between them."""
    if len(parts) == 1:
        return parts[0]
    return pl.concat_str([stated(part) for part in parts], separator="；", ignore_nulls=True)


def realigned(block: Block, fields: tuple[str | None, ...]) -> tuple[pl.DataFrame, list[Odd]]:
    """Return a block's rows with odd and shifted records put right, and those that cannot be."""
    suspicious = _suspicious(block.frame, fields)
    doubtful = block.frame.filter(suspicious)
    cells = [f"c{i}" for i in range(len(fields))]
    odd = list(block.odd)
    kept: list[tuple[object, ...]] = []
    for row in doubtful.iter_rows(named=True):
        found = align([row[c] for c in cells], fields)
        if found.cells is not None:
            how = f"{row['notes']}；{found.how}" if row["notes"] else found.how
            kept.append((row["row"], how, *found.cells))
        elif _only_a_bad_cell(row, fields):
            kept.append((row["row"], row["notes"], *(row[c] for c in cells)))
        else:
            values = [row[c] or "" for c in cells]
            odd.append(Odd(row["row"], values, "", found.how))
    failed: list[Odd] = odd[len(block.odd) :]
    for record in block.odd:
        found = align(record.cells, fields)
        if found.cells is not None:
            kept.append((record.row, f"{record.why}：{found.how}", *found.cells))
        else:
            told = LOST in "".join(record.cells) or record.why in found.how
            why = found.how if told else f"{record.why}；{found.how}"
            failed.append(record._replace(why=why))
    good = block.frame.filter(~suspicious)
    mended = pl.DataFrame(kept, schema=good.schema, orient="row")
    return pl.concat([good, mended]).sort("row"), failed


def _suspicious(frame: pl.DataFrame, fields: tuple[str | None, ...]) -> pl.Series:
    """Return which regular records have cells that cannot be what their column says."""
    at = {field: pl.col(f"c{i}") for i, field in enumerate(fields) if field}
    tests: list[pl.Expr] = [pl.lit(False)]
    if "uscc" in at:
        other = [pl.col(f"c{i}") for i, f in enumerate(fields) if f not in ("uscc", "left_out")]
        lacking = ~at["uscc"].str.contains(r"[0-9A-Za-z]{9,}").fill_null(False)
        lacking = lacking | at["uscc"].str.contains(r"\p{Han}").fill_null(False)
        tests.append(lacking & pl.any_horizontal(c.str.contains(_CODE_LIKE) for c in other))
    if "province" in at:
        cell = at["province"].str.strip_chars()
        tests.append(cell.str.contains(r"\d|[;；。]") & cell.is_not_null())
    for field in ("capital", "founded"):
        if field in at:
            none = ~at[field].str.contains(
                r"[\d零〇一二三四五六七八九十壹贰叁肆伍陆柒捌玖拾]|^\W*$|^N/A$|[无未]"
            )
            tests.append(none)
    if "name" in at:
        tests.append(at["name"].str.contains(_CODE_LIKE))
    return (
        frame.select(pl.any_horizontal(t.fill_null(False) for t in tests)).to_series()
        if frame.height
        else pl.Series([], dtype=pl.Boolean)
    )


def _only_a_bad_cell(row: dict[str, object], fields: tuple[str | None, ...]) -> bool:
    """Return whether name and code stand in place, so that one unreadable cell is just that."""
    from chainmap.sources.intake.alignment import LOOSE, TYPED

    name, code, misplaced = False, "uscc" not in fields, 0
    for i, field in enumerate(fields):
        cell = str(row[f"c{i}"] or "").strip()
        if field == "name":
            name = LOOSE["name"](cell)
        elif field == "uscc":
            code = TYPED["uscc"](cell)
        elif cell and field in TYPED:
            others = ("uscc", "founded", "capital", "province")
            misplaced += any(TYPED[o](cell) for o in others if o != field)
    return name and code and not misplaced and LOST not in "".join(map(str, row.values()))


def cells_by_heading(part: Partition, known: Collection[str]) -> list[pl.Expr]:
    """Return the columns a reject may show: none that holds or may hold a person's data."""
    shown, seen = [], {"row", "reason", "原始内容"}
    for i, (heading, field) in enumerate(
        zip(part.of.layout.headings, part.of.layout.fields, strict=True)
    ):
        name = heading.strip() or f"第{i + 1}列"
        if field in known and name not in seen:
            shown.append(pl.col(f"c{i}").alias(name))
            seen.add(name)
    return shown


def odd_rejects(odd: list[Odd]) -> pl.DataFrame:
    """Return records that fit no layout as rejects, what may be a person's data left out."""
    return pl.DataFrame(
        {
            "row": [record.row for record in odd],
            "reason": [record.why for record in odd],
            "原始内容": [" | ".join(without_persons(c) for c in record.cells) for record in odd],
        },
        schema={"row": pl.Int64, "reason": pl.String, "原始内容": pl.String},
    )


def write_staged(frame: pl.DataFrame, folder: Path, stem: str) -> Path | None:
    """Write staged rows whole or not at all; None where there are none."""
    if frame.is_empty():
        return None
    partial, file = folder / f".{stem}.partial", folder / f"{stem}.parquet"
    frame.write_parquet(partial, compression="zstd", compression_level=1, row_group_size=8192)
    partial.replace(file)
    return file
