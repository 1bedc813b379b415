"""What is wrong with an edited workbook: collected, then refused in one error."""

from __future__ import annotations

from chainmap.errors import InputError
from chainmap.sources.catalogue_excel import SheetRow

SHOWN_FAULTS = 12
"""Faults spelled out in one error; the rest is counted."""


class Faults:
    """What is wrong with an edited file, collected, so that one run shows everything."""

    def __init__(self) -> None:
        self.found: list[str] = []

    def add(self, sheet: str, row: SheetRow, column: str, message: str) -> None:
        """Note a fault of a cell."""
        self.found.append(f"{sheet} 第{row.number}行“{column}”：{message}")

    def refuse(self) -> None:
        """Raise if there is any fault.

        Raises:
            InputError: There is one; the first dozen are spelled out with sheet, row and column.
        """
        if self.found:
            shown = "\n".join(f"  {fault}" for fault in self.found[:SHOWN_FAULTS])
            more = len(self.found) - SHOWN_FAULTS
            rest = f"\n  另有 {more} 处。" if more > 0 else ""
            raise InputError(
                f"改动没有采用，共 {len(self.found)} 处有问题：\n{shown}{rest}\n",
                todo="改正后重新运行；没有写入任何内容。",
            )
