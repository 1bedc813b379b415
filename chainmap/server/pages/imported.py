"""What was imported into this installation's workspace, and which rows were refused and why."""

from __future__ import annotations

import csv
from collections import Counter
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from fastapi import APIRouter, Request
from fastapi.responses import Response

from chainmap.errors import UnknownNameError
from chainmap.server.pages import files
from chainmap.server.pages.shell import PageRoute, settings_of
from chainmap.sources.workspace import ImportedList, Workspace

router = APIRouter(route_class=PageRoute, include_in_schema=False)
_REASON = "拒收原因"
SHOWN_REASONS = 6


class Imported(NamedTuple):
    """One list that was imported; `reasons` counts its refused rows, the most first."""

    about: ImportedList
    reasons: list[tuple[str, int]]


def imported_lists(request: Request) -> list[Imported]:
    """Return the lists of the workspace, the newest first."""
    workspace = Workspace(settings_of(request).workspace)
    return [
        Imported(one, _reasons(workspace.folder / one.rejects) if one.rejects else [])
        for one in reversed(workspace.manifest().lists)
    ]


@router.get("/data/rejects/{list_id}.csv")
def rejects_file(request: Request, list_id: str) -> Response:
    """Return the rows of a list that were refused, with row number and reason, as CSV."""
    workspace = Workspace(settings_of(request).workspace)
    known = {one.id: one.rejects for one in workspace.manifest().lists}
    name = known.get(list_id)
    if name is None:
        raise UnknownNameError("拒收的行", list_id)
    try:
        content = (workspace.folder / name).read_bytes()
    except OSError as error:
        raise UnknownNameError("拒收文件", list_id) from error
    return files.hand_over(request, f"拒收-{list_id}.csv", content, files.MEDIA["csv"])


@lru_cache(maxsize=64)
def _reasons(file: Path) -> list[tuple[str, int]]:
    """Return how many rows were refused for each reason; a written file never changes."""
    try:
        with file.open(encoding="utf-8-sig", newline="") as rows:
            return Counter(row.get(_REASON, "") for row in csv.DictReader(rows)).most_common()
    except OSError:
        return []
