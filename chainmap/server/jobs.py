"""`/v1/jobs` and what starts them: work that goes on after the request is answered."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Request
from starlette.responses import Response

from chainmap.concepts.access import Scope
from chainmap.concepts.service_records import BatchRequest, JobRecord
from chainmap.errors import UnknownNameError
from chainmap.ledger import jobs
from chainmap.ledger.engine import Transaction
from chainmap.ledger.idempotency import Answered
from chainmap.ledger.jobs import Job, JobState
from chainmap.pipeline import load_world
from chainmap.server.batches import TARGET_BATCH
from chainmap.server.formats import json_only
from chainmap.server.importing import upload_of
from chainmap.server.kept_lists import refuse_unanswerable
from chainmap.server.lists import client_filter
from chainmap.server.security import needs
from chainmap.server.service import Principal, Recorder, service_of
from chainmap.server.uploads import forget_upload
from chainmap.server.writes import IdempotencyKey, client_of, deed, write_once
from chainmap.sources.places import find_city

router = APIRouter(prefix="/v1", tags=["jobs"], dependencies=[Depends(json_only)])

Reader = Annotated[Principal, Depends(needs(Scope.READ))]
Writer = Annotated[Principal, Depends(needs(Scope.WRITE))]
JobId = Annotated[str, Path(pattern="^[0-9a-f]{32}$")]
_ACCEPTED: dict[int | str, dict[str, Any]] = {
    202: {"description": "Accepted: follow `Location`", "model": JobRecord},
    409: {"description": "The Idempotency-Key was used for another request"},
}


@router.post(
    "/target-batches",
    operation_id="startTargetBatch",
    status_code=202,
    response_model=JobRecord,
    responses=_ACCEPTED,
    dependencies=[Depends(needs(Scope.COMPUTE))],
)
def start_batch(
    request: Request, body: BatchRequest, who: Writer, idempotency_key: IdempotencyKey = None
) -> Response:
    """Start a job that answers one question for many cities and keeps each answer as a list."""
    world = load_world()
    codes = list(dict.fromkeys(find_city(world.cities, name).code for name in body.cities))
    refuse_unanswerable(body.question.model_copy(update={"city": codes[0]}))
    asked = body.model_dump(mode="json") | {"cities": codes}

    def do(write: Recorder) -> Answered:
        job = jobs.submit(write.tx, TARGET_BATCH, asked, client_of(who), write.now)
        write(deed(request, "job.start", job.id, {"kind": job.kind, "cities": len(codes)}))
        return Answered(202, f"/v1/jobs/{job.id}", record(job).model_dump_json())

    return write_once(request, idempotency_key, body, do)


@router.get("/jobs/{job_id}", operation_id="getJob")
def get_job(request: Request, job_id: JobId, who: Reader) -> JobRecord:
    """Return where a job stands."""
    with service_of(request).ledger.read() as tx:
        return record(own_job(tx, job_id, who))


@router.delete(
    "/jobs/{job_id}",
    operation_id="cancelJob",
    responses={409: {"description": "The job is over already"}},
)
def cancel(request: Request, job_id: JobId, who: Writer) -> JobRecord:
    """Cancel a job; what it has kept so far stays, and is its result."""
    with service_of(request).record() as write:
        own_job(write.tx, job_id, who)
        job = jobs.cancel(write.tx, job_id, write.now)
        write(deed(request, "job.cancel", job.id))
    sent = upload_of(job)
    if sent is not None:  # nobody will read it
        forget_upload(sent)
    return record(job)


def record(job: Job) -> JobRecord:
    """Return a job as the API shows it; its claim stays inside.

    Lists that a batch has kept before it was cancelled or failed are its result.
    """
    kept = {name: getattr(job, name) for name in JobRecord.model_fields}
    if job.kind == TARGET_BATCH and job.state in (JobState.CANCELLED, JobState.FAILED):
        kept["result"] = job.checkpoint
    return JobRecord.model_validate(kept | {"state": job.state.value})


def own_job(tx: Transaction, job_id: str, who: Principal) -> Job:
    """Return a job the principal may see.

    Raises:
        UnknownNameError: There is none, or it is another client's; the answer is the same.
    """
    job = jobs.get(tx, job_id)
    if client_filter(who) not in (None, job.client):
        raise UnknownNameError("任务", job_id)
    return job
