"""Jobs: work that outlives a request, held by one worker at a time under a lease.

A worker claims a job for a short while and keeps the claim alive by heartbeats. When it is killed
the lease runs out and another worker goes on from the last checkpoint. Every report names its
claim (`owner`), and one whose claim has gone to somebody else is refused: what a job leaves behind
is written once.
"""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import sqlalchemy as sa

from chainmap.errors import ConflictError, UnknownNameError
from chainmap.ledger.engine import Transaction
from chainmap.ledger.tables import JOBS

MOST_ATTEMPTS = 3
"""A job whose worker dies three times is taken to be what kills it."""

Json = dict[str, Any]


class Stopped(Exception):
    """The service is shutting down; the job goes back to wait."""


class JobState(StrEnum):
    """Where a job stands."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


_LIVE = (JobState.QUEUED.value, JobState.RUNNING.value)


@dataclass(frozen=True)
class Job:
    """One job as stored.

    Attributes:
        progress: Share done, 0..1.
        step: What is being done, in Chinese.
        owner: The claim it runs under; null while it waits.
        checkpoint: What the work needs to go on after a killed worker.
        problem: What it failed with, as a problem of the API.
    """

    id: str
    kind: str
    state: JobState
    client: str
    question: Json
    progress: float
    step: str
    attempts: int
    owner: str | None
    lease_until: dt.datetime | None
    checkpoint: Json | None
    result: Json | None
    problem: Json | None
    created_at: dt.datetime
    started_at: dt.datetime | None
    finished_at: dt.datetime | None


def submit(tx: Transaction, kind: str, question: Json, client: str, now: dt.datetime) -> Job:
    """Return a new job that waits for a worker."""
    job_id = uuid.uuid4().hex
    tx.execute(
        JOBS.insert().values(
            id=job_id,
            kind=kind,
            state=JobState.QUEUED.value,
            client=client,
            question=question,
            progress=0.0,
            step="等待处理",
            attempts=0,
            created_at=now,
        )
    )
    return get(tx, job_id)


def get(tx: Transaction, job_id: str) -> Job:
    """Return a job.

    Raises:
        UnknownNameError: No job has this id.
    """
    row = tx.execute(sa.select(JOBS).where(JOBS.c.id == job_id)).mappings().one_or_none()
    if row is None:
        raise UnknownNameError("任务", job_id)
    return _job(row)


def unfinished(tx: Transaction) -> list[Job]:
    """Return the jobs that wait or run, oldest first."""
    live = sa.select(JOBS).where(JOBS.c.state.in_(_LIVE)).order_by(JOBS.c.created_at, JOBS.c.id)
    return [_job(row) for row in tx.execute(live).mappings()]


def claim(tx: Transaction, now: dt.datetime, lease: dt.timedelta) -> Job | None:
    """Return the oldest job that waits or was abandoned, now ours; None where there is none.

    `owner` of the job returned is the claim to report under; without a heartbeat (`keep`) it holds
    as long as the lease.
    """
    _give_up(tx, now)
    abandoned = (JOBS.c.state == JobState.RUNNING.value) & (JOBS.c.lease_until < now)
    waiting = (
        sa.select(JOBS.c.id)
        .where((JOBS.c.state == JobState.QUEUED.value) | abandoned)
        .order_by(JOBS.c.created_at, JOBS.c.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    job_id = tx.execute(waiting).scalar_one_or_none()
    if job_id is None:
        return None
    tx.execute(
        JOBS.update()
        .where(JOBS.c.id == job_id)
        .values(
            state=JobState.RUNNING.value,
            owner=uuid.uuid4().hex,
            lease_until=now + lease,
            attempts=JOBS.c.attempts + 1,
            started_at=sa.func.coalesce(JOBS.c.started_at, sa.literal(now, JOBS.c.started_at.type)),
            step="处理中",
        )
    )
    return get(tx, job_id)


def report(tx: Transaction, claimed: Job, progress: float, step: str = "") -> None:
    """Say how far the work is.

    Raises:
        ConflictError: The job is no longer ours: cancelled, or taken over after our lease ran out.
    """
    _update(tx, claimed, progress=progress, step=step or claimed.step)


def keep(tx: Transaction, claimed: Job, now: dt.datetime, lease: dt.timedelta) -> None:
    """Keep the claim alive for another lease.

    Raises:
        ConflictError: As `report`.
    """
    _update(tx, claimed, lease_until=now + lease)


def save_checkpoint(tx: Transaction, claimed: Job, checkpoint: Json) -> None:
    """Write what the work needs to go on after a killed worker.

    Raises:
        ConflictError: As `report`.
    """
    _update(tx, claimed, checkpoint=checkpoint)


def finish(tx: Transaction, claimed: Job, now: dt.datetime, result: Json) -> None:
    """Write a job's result; the only way a result comes to be.

    Raises:
        ConflictError: As `report`; nothing was written.
    """
    _close(tx, claimed, now, JobState.DONE, result=result, progress=1.0, step="完成")


def fail(tx: Transaction, claimed: Job, now: dt.datetime, problem: Json) -> None:
    """Write what a job failed with.

    Raises:
        ConflictError: As `report`.
    """
    _close(tx, claimed, now, JobState.FAILED, problem=problem, step="失败")


def release(tx: Transaction, claimed: Job) -> None:
    """Give a job back, for a worker that is being shut down; the next goes on at the checkpoint.

    Raises:
        ConflictError: As `report`.
    """
    _update(
        tx,
        claimed,
        state=JobState.QUEUED.value,
        owner=None,
        lease_until=None,
        attempts=JOBS.c.attempts - 1,
        step="等待处理",
    )


def cancel(tx: Transaction, job_id: str, now: dt.datetime) -> Job:
    """Return the job that will not be done any more; the worker notices at its next report.

    Raises:
        UnknownNameError: No job has this id.
        ConflictError: It is over already.
    """
    done = tx.execute(
        JOBS.update()
        .where(JOBS.c.id == job_id, JOBS.c.state.in_(_LIVE))
        .values(
            state=JobState.CANCELLED.value,
            owner=None,
            lease_until=None,
            finished_at=now,
            step="已取消",
        )
    )
    job = get(tx, job_id)
    if done.rowcount == 0:
        raise ConflictError(f"任务 {job_id} 已经结束（{job.step}），不能取消。")
    return job


def _give_up(tx: Transaction, now: dt.datetime) -> None:
    """Fail jobs whose worker died as often as is allowed."""
    lost = (JOBS.c.lease_until < now) & (JOBS.c.attempts >= MOST_ATTEMPTS)
    problem = {
        "type": "urn:chainmap:problem:job-abandoned",
        "detail": f"处理进程 {MOST_ATTEMPTS} 次中断，任务不再重试。",
    }
    tx.execute(
        JOBS.update()
        .where(JOBS.c.state == JobState.RUNNING.value, lost)
        .values(
            state=JobState.FAILED.value,
            owner=None,
            lease_until=None,
            finished_at=now,
            problem=problem,
            step="失败",
        )
    )


def _close(
    tx: Transaction, claimed: Job, now: dt.datetime, state: JobState, **values: object
) -> None:
    over = {"state": state.value, "finished_at": now, "owner": None, "lease_until": None}
    _update(tx, claimed, **over, **values)


def _update(tx: Transaction, claimed: Job, **values: object) -> None:
    ours = (JOBS.c.id == claimed.id) & (JOBS.c.owner == claimed.owner)
    changed = tx.execute(JOBS.update().where(ours).values(**values))
    if changed.rowcount != 1:
        raise ConflictError(f"任务 {claimed.id} 已被取消或由另一处理进程接手。")


def _job(row: sa.RowMapping) -> Job:
    return Job(**{**row, "state": JobState(row["state"])})
