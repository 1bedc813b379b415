"""The job that answers one question for many cities, each answer kept as a list."""

from __future__ import annotations

import threading

from chainmap.concepts.service_records import BatchRequest
from chainmap.ledger import jobs
from chainmap.ledger.audit import Deed
from chainmap.ledger.jobs import Job, Stopped
from chainmap.pipeline import load_world
from chainmap.reports import snapshot_store
from chainmap.server.kept_lists import question_of
from chainmap.server.made_lists import made_list
from chainmap.server.service import Service
from chainmap.sources.places import find_city

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
        made = made_list(*question_of(question))
        city = find_city(load_world().cities, code).name
        new = snapshot_store.new_list(f"{asked.name}：{city}"[:120], made, f"job:{job.id}")
        with service.record() as write:
            kept = (job.client, write.now)
            saved = snapshot_store.store(write.tx, service.settings.workspace, made, new, kept)
            done[code] = saved.id
            jobs.save_checkpoint(write.tx, job, {"lists": done})
            share = at / len(asked.cities)
            jobs.report(write.tx, job, share, f"{city}（{at}）")
            deed = Deed(f"job:{job.id}", "list.save", saved.id, detail={"sha256": saved.sha256})
            write(deed)
    with service.record() as write:
        jobs.finish(write.tx, job, write.now, {"lists": done})
        write(Deed(f"job:{job.id}", "job.done", job.id, detail={"lists": len(done)}))
