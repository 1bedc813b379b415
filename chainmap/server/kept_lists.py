"""Lists that are kept as snapshots: what a question asks for, and whose the list becomes."""

from __future__ import annotations

from chainmap.concepts.service_records import TargetQuestion
from chainmap.ledger.lists import SavedList
from chainmap.ranking.snapshots import ListQuestion, ListSnapshot
from chainmap.ranking.target_options import TargetOptions
from chainmap.reports import snapshot_store
from chainmap.server.questions import of_question
from chainmap.server.service import Principal, Recorder, Service
from chainmap.server.writes import client_of


def question_of(question: TargetQuestion) -> tuple[ListQuestion, TargetOptions]:
    """Return a question in a body as a snapshot asks it, and its options.

    Raises:
        UnknownNameError: No city, chain or segment answers to a name.
        InputError: A weight names no family, or all are 0.
    """
    asked, options = of_question(question)
    return (
        ListQuestion(
            asked.city.code,
            asked.chain.id if asked.chain else None,
            asked.segment.id if asked.segment else None,
            asked.options.as_of,
            asked.options.include_expired,
        ),
        options,
    )


def keep_snapshot(
    service: Service, write: Recorder, who: Principal, name: str, snapshot: ListSnapshot
) -> SavedList:
    """Return a snapshot as kept for somebody, file and row."""
    new = snapshot_store.new_list(name, snapshot, who.name)
    of = client_of(who), write.now
    return snapshot_store.store(write.tx, service.settings.workspace, snapshot, new, of)
