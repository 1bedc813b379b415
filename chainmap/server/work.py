"""The workers: threads that take jobs one by one and do them under their lease."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from contextlib import suppress

from chainmap.errors import ChainmapError, ConflictError, LedgerError
from chainmap.ledger import jobs
from chainmap.ledger.jobs import Job, Stopped
from chainmap.server.batches import TARGET_BATCH, rank_for_cities
from chainmap.server.building import (
    BUILD_CATALOGUE,
    BUILD_PRESENCE,
    build_catalogue,
    build_presence,
)
from chainmap.server.importing import IMPORT_KINDS, import_file
from chainmap.server.problems import Problem, problem_of, unforeseen
from chainmap.server.service import Service

log = logging.getLogger(__name__)

IDLE_S = 1.0
"""How often an idle worker looks for a job: what a reader waits at most before it begins."""

BEATS = 3
"""Heartbeats in a lease: two may be lost before a job is taken for abandoned."""


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
            job = jobs.claim(tx, self.service.now(), self.service.lease)
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
            self._give_up(job, problem_of(error))
        except Exception as error:
            # A thread that ends takes no job any more, and nobody would notice.
            log.exception("job failed", extra={"job": job.id}, exc_info=error)
            self._give_up(job, unforeseen())

    def _give_up(self, job: Job, found: Problem) -> None:
        with suppress(ConflictError), self.service.ledger.write() as tx:
            jobs.fail(tx, job, self.service.now(), found.model_dump())


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
        lease = self._service.lease
        while not self._over.wait(lease.total_seconds() / BEATS):
            with suppress(ConflictError, LedgerError), self._service.ledger.write() as tx:
                jobs.keep(tx, self._job, self._service.now(), lease)


KINDS: dict[str, Callable[[Service, Job, threading.Event], None]] = {
    TARGET_BATCH: rank_for_cities,
    **dict.fromkeys(IMPORT_KINDS.values(), import_file),
    BUILD_CATALOGUE: build_catalogue,
    BUILD_PRESENCE: build_presence,
}
"""Kind of job → what does it."""
