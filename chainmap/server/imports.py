"""`/v1/imports` and `/v1/builds`: long work on the workspace, started here and done as jobs."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, File, Form, Path, Request, UploadFile
from starlette.responses import Response

from chainmap.concepts.access import Scope
from chainmap.concepts.record_days import Day
from chainmap.concepts.service_records import CatalogueBuild, ImportAsked, JobRecord, PresenceBuild
from chainmap.errors import UnknownNameError
from chainmap.ledger import jobs
from chainmap.ledger.idempotency import Answered
from chainmap.pipeline import load_world
from chainmap.server.answers import audit_export
from chainmap.server.building import BUILD_CATALOGUE, BUILD_PRESENCE
from chainmap.server.formats import Media, negotiate
from chainmap.server.importing import IMPORT_KINDS
from chainmap.server.jobs import own_job, record
from chainmap.server.parameters import refuse_unknown_fields
from chainmap.server.rejects import joined_rejects
from chainmap.server.security import needs
from chainmap.server.service import Principal, Recorder, service_of
from chainmap.server.uploads import forget_upload, keep_upload
from chainmap.server.writes import IdempotencyKey, client_of, deed, write_once
from chainmap.sources.asked_days import asked_day
from chainmap.sources.places import find_city
from chainmap.sources.workspace import Workspace

router = APIRouter(prefix="/v1", tags=["jobs"])

Writer = Annotated[Principal, Depends(needs(Scope.WRITE))]
Exporter = Annotated[Principal, Depends(needs(Scope.EXPORT))]
Listed = Literal["companies", "projects"]
JobId = Annotated[str, Path(pattern="^[0-9a-f]{32}$")]
_ACCEPTED: dict[int | str, dict[str, Any]] = {
    202: {"description": "Accepted: follow `Location`", "model": JobRecord},
    409: {"description": "The Idempotency-Key was used for another request"},
    415: {"description": "Not a table, or not what its ending says"},
}
_AS_OF = Form(description="Day the lists are of; null reads it from the file")
_FILE = File(
    description="CSV, Excel or Parquet, or a zip of them",
    json_schema_extra={"format": "binary"},  # by this makers of clients know that it is bytes
)


@router.post(
    "/imports/companies",
    operation_id="importCompanies",
    status_code=202,
    response_model=JobRecord,
    responses=_ACCEPTED,
    dependencies=[Depends(refuse_unknown_fields)],
)
def import_companies(
    request: Request,
    who: Writer,
    file: Annotated[UploadFile, _FILE],
    as_of: Annotated[Day | None, _AS_OF] = None,
    idempotency_key: IdempotencyKey = None,
) -> Response:
    """Start a job that imports a list of companies into the workspace."""
    return _start_import(request, who, "companies", (file, _known(as_of), idempotency_key))


@router.post(
    "/imports/projects",
    operation_id="importProjects",
    status_code=202,
    response_model=JobRecord,
    responses=_ACCEPTED,
    dependencies=[Depends(refuse_unknown_fields)],
)
def import_projects(
    request: Request,
    who: Writer,
    file: Annotated[UploadFile, _FILE],
    as_of: Annotated[Day | None, _AS_OF] = None,
    idempotency_key: IdempotencyKey = None,
) -> Response:
    """Start a job that imports a list of projects into the workspace."""
    return _start_import(request, who, "projects", (file, _known(as_of), idempotency_key))


@router.post(
    "/builds/catalogue",
    operation_id="buildCatalogue",
    status_code=202,
    response_model=JobRecord,
    responses=_ACCEPTED,
)
def build_catalogue(
    request: Request, body: CatalogueBuild, who: Writer, idempotency_key: IdempotencyKey = None
) -> Response:
    """Start a job that drafts a city's catalogue (招商目录) in the workspace."""
    code = find_city(load_world().cities, body.city).code
    asked = body.model_copy(update={"city": code})
    return _start(request, who, (BUILD_CATALOGUE, asked.model_dump(mode="json")),
                  (body, idempotency_key))  # fmt: skip


@router.post(
    "/builds/presence",
    operation_id="buildPresence",
    status_code=202,
    response_model=JobRecord,
    responses=_ACCEPTED,
)
def build_presence(
    request: Request, body: PresenceBuild, who: Writer, idempotency_key: IdempotencyKey = None
) -> Response:
    """Start a job that places the workspace's companies and counts them by city and segment."""
    _known(body.as_of)
    return _start(request, who, (BUILD_PRESENCE, body.model_dump(mode="json")),
                  (body, idempotency_key))  # fmt: skip


@router.get(
    "/jobs/{job_id}/rejects",
    operation_id="getJobRejects",
    response_class=Response,
    responses={200: {"content": {"text/csv": {"schema": {"type": "string"}}}}},
)
def rejects(request: Request, job_id: JobId, who: Exporter) -> Response:
    """Return the rows an import rejected, with row number, reason and values, as CSV.

    Where several lists had some, a first column says which; once a later import has taken the place
    of a list, its rows are gone.
    """
    negotiate(request.headers.get("accept") or Media.CSV, [Media.CSV])
    service = service_of(request)
    with service.ledger.read() as tx:
        job = own_job(tx, job_id, who)
    content = joined_rejects(Workspace(service.settings.workspace), job.result or {})
    if content is None:
        raise UnknownNameError("拒收的行", job_id)
    audit_export(request, "csv", len(content))
    named = {"Content-Disposition": 'attachment; filename="rejects.csv"'}
    return Response(content, media_type="text/csv; charset=utf-8", headers=named)


def _known(day: dt.date | None) -> dt.date | None:
    """Return a day.

    Raises:
        InputError: As `asked_day`.
    """
    return None if day is None else asked_day(day)


def _start_import(
    request: Request,
    who: Principal,
    what: Listed,
    asked: tuple[UploadFile, dt.date | None, str | None],
) -> Response:
    file, as_of, key = asked
    upload = keep_upload(service_of(request).settings, file.filename, file.file)
    sent = ImportAsked(
        name=upload.name, sha256=upload.sha256, bytes=upload.size, as_of=as_of, what=what
    )
    question = sent.model_dump(mode="json") | {"file": str(upload.path)}
    used: list[bool] = []
    try:
        return _start(request, who, (IMPORT_KINDS[what], question), (sent, key), used)
    finally:
        if not used:  # answered as before, or refused: no job will read the file
            forget_upload(upload.path)


def _start(
    request: Request,
    who: Principal,
    work: tuple[str, dict[str, Any]],
    once: tuple[ImportAsked | CatalogueBuild | PresenceBuild, str | None],
    used: list[bool] | None = None,
) -> Response:
    kind, question = work
    body, key = once

    def do(write: Recorder) -> Answered:
        job = jobs.submit(write.tx, kind, question, client_of(who), write.now)
        write(deed(request, "job.start", job.id, {"kind": kind, **body.model_dump(mode="json")}))
        if used is not None:
            used.append(True)
        return Answered(202, f"/v1/jobs/{job.id}", record(job).model_dump_json())

    return write_once(request, key, body, do)
