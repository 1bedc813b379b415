"""What became of every row of the tables of target data, to be told and counted."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import polars as pl

from chainmap.cli.targets_folder import FolderFile, Role, TargetFolder, unused_lines
from chainmap.ranking.labels import counted

ROWS = pl.Schema(
    {"file": pl.String, "row": pl.Int64, "name": pl.String, "firm_id": pl.String,
     "city_code": pl.String, "date": pl.Date, "reason": pl.String}
)  # fmt: skip
"""Rows of a table of sites; `reason` says why one is not used, null where it is."""
MOST_UNKNOWN = 6
"""Headings named that answer to nothing."""


@dataclass(frozen=True)
class FileRead:
    """A table that was read: how many rows, and what became of them.

    Attributes:
        file: The table and its role.
        n_rows: Rows read.
        rows: `ROWS`, one a row read, where it is a table of sites; else those not used.
        also_presence: Whether a ledger teaches as well, because no other table of sites is there.
    """

    file: FolderFile
    n_rows: int
    rows: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=ROWS))
    also_presence: bool = False

    @property
    def not_used(self) -> dict[str, int]:
        """Reason → rows that are not used."""
        return counted(self.rows["reason"])

    def line(self) -> str:
        """Return in a line what the table was read as, and what became of its rows."""
        also = "，也作外地布局（没有另外的布局表）" if self.also_presence else ""
        unknown = "、".join(self.file.unknown[:MOST_UNKNOWN])
        sites = self.file.role in (Role.PRESENCE, Role.LEDGER)
        strange = f"没有认出的列：{unknown}。" if unknown and sites else ""
        return (
            f"{self.file.name}：读作{self.file.role.zh}{also}，{self.n_rows} 行，"
            f"用 {self.n_rows - sum(self.not_used.values())} 行{reasons_text(self.not_used)}。"
            f"{strange}"
        )

    def record(self) -> dict[str, Any]:
        """Return the same as plain values."""
        left = self.n_rows - sum(self.not_used.values())
        return {
            "file": self.file.name, "read_as": self.file.role.value, "rows": self.n_rows,
            "used": left, "not_used": self.not_used, "unknown_columns": list(self.file.unknown),
        }  # fmt: skip


def site_rows(rows: pl.DataFrame) -> pl.DataFrame:
    """Return rows with the columns of `ROWS`, null where they say nothing."""
    lacking = [pl.lit(None, kind).alias(n) for n, kind in ROWS.items() if n not in rows.columns]
    return rows.with_columns(lacking).select(ROWS.names())


def file_lines(folder: TargetFolder | None, read: tuple[FileRead, ...]) -> list[str]:
    """Return one line a table read, one a reason for tables not used, one for a register."""
    if folder is None:
        return []
    registers = [
        f"{file.name}：读作{file.role.zh}，只用于按年回测。" for file in folder.of(Role.REGISTER)
    ]
    return [*(one.line() for one in read), *registers, *unused_lines(folder)]


def file_records(folder: TargetFolder | None, read: tuple[FileRead, ...]) -> list[dict[str, Any]]:
    """Return what `file_lines` says, one entry a table."""
    if folder is None:
        return []
    others = (file for file in folder.files if file.role in (Role.REGISTER, Role.UNUSED))
    return [one.record() for one in read] + [
        {"file": f.name, "read_as": f.role.value} | ({"why": f.why} if f.why else {})
        for f in others
    ]


def reasons_text(reasons: dict[str, int], what: str = "不用的") -> str:
    """Return how many rows were left out and why; empty where there are none."""
    if not reasons:
        return ""
    said = "、".join(f"{why} {n}" for why, n in reasons.items())
    return f"；{what} {sum(reasons.values())} 行：{said}"
