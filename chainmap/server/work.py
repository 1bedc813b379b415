"""The workers: threads that take jobs one by one and do them under their lease."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from contextlib import suppress

from chainmap.concepts.service_records import BatchRequest
from chainmap.errors import ChainmapError, ConflictError, LedgerError
from chainmap.ledger import jobs, lists
from chainmap.ledger.audit import Deed
from chainmap.ledger.jobs import LEASE, Job
from chainmap.ledger.lists import NewList
from chainmap.server.problems import problem_of
from chainmap.server.questions import of_question, targets_of
from chainmap.server.service import Service
from chainmap.server.snapshot import current_snapshot

log = logging.getLogger(__name__)

TARGET_BATCH = "target-batch"
IDLE_S = 1.0
"""How often an idle worker looks for a job: what a reader waits at most before it begins."""


class Stopped(Exception):
    """The service is shutting down; the job goes back to wait."""


class Worker(threading.Thread):
    """One worker; it lives until it is told to stop.

    Args:
        service: Whose ledger holds the jobs.
    """

    def __init__(self, service: Service) -> None:
        super().__init__(name="chainmap-worker", daemon=True)
        self.service = service
        self.stopping = threading.Event()

    def run(self) -> None:
        """Take and do jobs until told to stop."""
        while not self.stopping.is_set():
            try:
                if not self.work_off_one():
                    self.stopping.wait(IDLE_S)
            except LedgerError as error:
                log.error("no job taken: %s", error)
                self.stopping.wait(10 * IDLE_S)

    def work_off_one(self) -> bool:
        """Do the next job; returns whether there was one."""
        with self.service.ledger.write() as tx:
            job = jobs.claim(tx, self.service.now())
        if job is None:
            return False
        log.info("job", extra={"job": job.id, "kind": job.kind, "attempt": job.attempts})
        with _Heartbeat(self.service, job):
            self._do(job)
        return True

    def _do(self, job: Job) -> None:
        try:
            KINDS[job.kind](self.service, job, self.stopping)
        except ConflictError as error:
            log.warning("job lost: %s", error)
        except Stopped:
            with suppress(ConflictError), self.service.ledger.write() as tx:
                jobs.release(tx, job)
        except LedgerError:
            raise  # the lease runs out and the job is taken up again
        except ChainmapError as error:
            found = problem_of(error).model_dump()
            with suppress(ConflictError), self.service.ledger.write() as tx:
                jobs.fail(tx, job, self.service.now(), found)


class _Heartbeat:
    """Keeps a claim alive while the work is on."""

    def __init__(self, service: Service, job: Job) -> None:
        self._service = service
        self._job = job
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._beat, name="chainmap-heartbeat", daemon=True)

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _beat(self) -> None:
        while not self._over.wait(LEASE.total_seconds() / 3):
            with suppress(ConflictError, LedgerError), self._service.ledger.write() as tx:
                jobs.keep(tx, self._job, self._service.now())


def rank_for_cities(service: Service, job: Job, stopping: threading.Event) -> None:
    """Answer one question for every city; each list is kept together with the checkpoint."""
    asked = BatchRequest.model_validate(job.question)
    done: dict[str, str] = dict((job.checkpoint or {}).get("lists", {}))
    for at, code in enumerate(asked.cities, start=1):
        if code in done:
            continue
        if stopping.is_set():
            raise Stopped
        question = asked.question.model_copy(update={"city": code})
        found = targets_of(*of_question(question))
        new = NewList(
            f"{asked.name}：{found.basis.city}"[:120],
            "targets",
            question.model_dump(mode="json"),
            current_snapshot().id,
            found.model_dump_json(),
        )
        with service.record() as write:
            saved = lists.save(write.tx, new, job.client, write.now)
            done[code] = saved.id
            jobs.save_checkpoint(write.tx, job, {"lists": done})
            share = at / len(asked.cities)
            jobs.report(write.tx, job, write.now, share, f"{found.basis.city}（{at}）")
            deed = Deed(f"job:{job.id}", "list.save", saved.id, detail={"sha256": saved.sha256})
            write(deed)
    with service.record() as write:
        jobs.finish(write.tx, job, write.now, {"lists": done})
        write(Deed(f"job:{job.id}", "job.done", job.id, detail={"lists": len(done)}))


KINDS: dict[str, Callable[[Service, Job, threading.Event], None]] = {TARGET_BATCH: rank_for_cities}
"""Kind of job → what does it."""
