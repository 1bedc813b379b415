"""The jobs that read files somebody sent into the workspace."""

from __future__ import annotations

import datetime as dt
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from chainmap.catalogue.projects_import import ProjectRequest
from chainmap.catalogue.projects_import import import_projects as read_projects
from chainmap.concepts.service_records import ImportAsked
from chainmap.errors import ConflictError, InputError, LedgerError
from chainmap.ledger import jobs
from chainmap.ledger.audit import Deed
from chainmap.ledger.jobs import Job, Stopped
from chainmap.linkage.intake import Progress, Request
from chainmap.linkage.intake import import_companies as read_companies
from chainmap.server.service import Service
from chainmap.server.uploads import forget_upload, sweep_uploads
from chainmap.sources.intake.layout import UnknownLayoutError
from chainmap.sources.workspace import ImportedList, Workspace

IMPORT_KINDS = {"companies": "import-companies", "projects": "import-projects"}
"""What a file lists → kind of the job that reads it."""

REPORT_S = 1.0
"""How often a job says how far it is."""

_HEADINGS = "把列名改成“企业名称”“统一社会信用代码”等通行写法后再发送，或请管理员用对照表导入。"
"""What to do about a list whose headings nobody recognises."""

_READING, _MERGING = 0.1, 0.7
"""How far a job is when it begins to read, and to merge; nobody knows the rows beforehand."""


def import_file(service: Service, job: Job, stopping: threading.Event) -> None:
    """Read a file into the workspace; it changes at the very end, or not at all.

    Done again after a killed worker it comes to the same: a list imported twice changes nothing.
    """
    asked = ImportAsked.model_validate({k: v for k, v in job.question.items() if k != "file"})
    file = Path(job.question["file"])
    workspace = Workspace(service.settings.workspace)
    told = _Told(service, job, stopping)
    try:
        result = _READERS[asked.what](workspace, file, asked, told)
    except UnknownLayoutError as error:
        forget_upload(file)
        raise InputError(error.message, todo=_HEADINGS) from error  # its advice is a command's
    except (ConflictError, LedgerError, Stopped):
        raise  # the job goes on, here or elsewhere, or whoever ended it takes the file away
    except Exception as error:
        gone = not file.exists()
        forget_upload(file)
        if gone:
            raise ConflictError(
                f"任务 {job.id} 的文件已取走：它已被取消，或已由别处做完。"
            ) from error
        raise
    with service.record() as write:
        jobs.finish(write.tx, job, write.now, result)
        counts = {name: result[name] for name in ("rows", "rejected", "added", "updated")}
        write(Deed(f"job:{job.id}", "import", asked.sha256, detail={"what": asked.what, **counts}))
    forget_upload(file)
    sweep(service)


def sweep(service: Service) -> None:
    """Take away files somebody sent long ago that no job is to read any more.

    Raises:
        LedgerError: Which jobs there are cannot be read.
    """
    with service.ledger.read() as tx:
        awaited = [file for job in jobs.unfinished(tx) if (file := upload_of(job)) is not None]
    sweep_uploads(service.settings, service.now().timestamp(), awaited)


def upload_of(job: Job) -> Path | None:
    """Return the file an import reads; None for other jobs."""
    return Path(job.question["file"]) if job.kind in IMPORT_KINDS.values() else None


class _Told:
    """Says how far an import is, now and then, and ends it when the service stops."""

    def __init__(self, service: Service, job: Job, stopping: threading.Event) -> None:
        self._service, self._job, self._stopping = service, job, stopping
        self._rows: dict[str, int] = {}
        self._began = self._last = time.monotonic()

    def step(self, stage: str, rows: int) -> None:
        """Count rows of a stage.

        Raises:
            Stopped: The service is shutting down; the workspace was not changed.
            ConflictError: The job was cancelled, or another worker took it over.
        """
        if self._stopping.is_set():
            raise Stopped
        self._rows[stage] = self._rows.get(stage, 0) + rows
        now = time.monotonic()
        if now - self._last < REPORT_S:
            return
        self._last = now
        speed = self._rows[stage] / max(now - self._began, 1e-3)
        share = _MERGING if stage == "合并" else _READING
        text = f"{stage} {self._rows[stage]:,} 行，{speed:,.0f} 行/秒"
        with self._service.ledger.write() as tx:
            jobs.report(tx, self._job, share, text)


def _companies(workspace: Workspace, file: Path, asked: ImportAsked, told: _Told) -> dict[str, Any]:
    request = Request([file], dt.date.today(), asked.as_of)
    report = read_companies(workspace, request, Progress(told.step))
    return _result(report.lists, report.passed_over, report.reject_reasons) | {
        "companies": report.n_companies, "added": report.added, "updated": report.updated,
    }  # fmt: skip


def _projects(workspace: Workspace, file: Path, asked: ImportAsked, told: _Told) -> dict[str, Any]:
    told.step("读入", 0)
    report = read_projects(workspace, ProjectRequest([file], dt.date.today(), asked.as_of))
    return _result(report.lists, report.passed_over, report.happened.reject_reasons) | {
        "projects": report.n_projects, "added": report.added, "updated": report.updated,
    }  # fmt: skip


def _result(
    lists: list[ImportedList], passed_over: list[str], reasons: list[tuple[str, int]]
) -> dict[str, Any]:
    """Return what an import came to: rows read = accepted + repaired + merged + rejected."""
    counted = ("rows", "accepted", "repaired", "merged", "rejected")
    sums = {name: sum(getattr(one, name) for one in lists) for name in counted}
    shown = (*counted, "label", "as_of", "as_of_from", "export", "personal_dropped", "not_used")
    return sums | {
        "lists": [{name: getattr(one, name) for name in shown} for one in lists],
        "passed_over": passed_over,
        "reject_reasons": [{"reason": reason, "rows": n} for reason, n in reasons],
        "rejects": [one.rejects for one in lists if one.rejects],
    }


_READERS: dict[str, Callable[[Workspace, Path, ImportAsked, _Told], dict[str, Any]]] = {
    "companies": _companies,
    "projects": _projects,
}
