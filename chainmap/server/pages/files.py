"""Lists as files a reader takes along, written in memory."""

from __future__ import annotations

import csv
import io
import tempfile
from pathlib import Path

from chainmap.concepts.records import GapList, TargetList
from chainmap.reports.rows import target_rows
from chainmap.reports.workbook import write_gaps, write_targets

MEDIA = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}


def targets_xlsx(targets: TargetList) -> bytes:
    """Return the workbook of a target list."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "招商目标清单.xlsx"
        write_targets(targets, file)
        return file.read_bytes()


def gaps_xlsx(gaps: GapList) -> bytes:
    """Return the workbook of a city's gaps."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "产业链缺口.xlsx"
        write_gaps(gaps, file)
        return file.read_bytes()


def targets_csv(targets: TargetList) -> bytes:
    """Return a target list as CSV that WPS and Excel open as UTF-8."""
    rows = target_rows(targets)
    text = io.StringIO()
    if rows:
        writer = csv.DictWriter(text, list(rows[0]), lineterminator="\r\n")
        writer.writeheader()
        writer.writerows(rows)
    return text.getvalue().encode("utf-8-sig")


def attachment(quoted: str) -> dict[str, str]:
    """Return the headers of a download called `quoted` (percent-encoded)."""
    return {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quoted}",
        "X-Content-Type-Options": "nosniff",
    }
