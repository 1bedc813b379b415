"""Lists as files a reader takes along, written in memory."""

from __future__ import annotations

import tempfile
from pathlib import Path

from fastapi import Request
from fastapi.responses import Response

from chainmap.concepts.access import Scope
from chainmap.concepts.gap_records import GapList
from chainmap.concepts.records import TargetList
from chainmap.reports.plain_csv import csv_text
from chainmap.reports.rows import target_rows
from chainmap.reports.workbook import write_gaps, write_targets
from chainmap.server.answer_heads import saved_as
from chainmap.server.answers import audit_export
from chainmap.server.security import demand

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
    return csv_text(target_rows(targets)).encode("utf-8-sig")


def hand_over(request: Request, name: str, content: str | bytes, media: str) -> Response:
    """Return a download called `name`; who took it stands in the audit chain afterwards.

    Raises:
        Refusal: Whoever asks may read but not export.
    """
    demand(request, Scope.EXPORT)
    body = content.encode() if isinstance(content, str) else content
    audit_export(request, name.rsplit(".", 1)[-1], len(body))
    headers = {
        "Content-Disposition": saved_as(name),
        "X-Content-Type-Options": "nosniff",
    }
    return Response(body, media_type=media, headers=headers)
