"""The job that answers one question for many cities, each answer kept as a list."""

from __future__ import annotations

import threading

from chainmap.concepts.service_records import BatchRequest
from chainmap.ledger import jobs, lists
from chainmap.ledger.audit import Deed
from chainmap.ledger.jobs import Job, Stopped
from chainmap.ledger.lists import NewList
from chainmap.server.questions import of_question, targets_of
from chainmap.server.service import Service
from chainmap.server.snapshot import current_snapshot

TARGET_BATCH = "target-batch"


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
