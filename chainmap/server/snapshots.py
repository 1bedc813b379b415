"""`/v1/snapshots`: what answers rest on, and target lists saved with all they were ranked from."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any

from anyio import to_thread
from fastapi import APIRouter, Depends, Path, Query, Request
from starlette.responses import Response

from chainmap.concepts.access import Scope
from chainmap.concepts.records import TargetList, TargetRecord
from chainmap.concepts.service_records import (
    ListRequest,
    SavedListSummary,
    SavedSnapshot,
    SnapshotRecord,
)
from chainmap.errors import UnknownNameError
from chainmap.ledger import lists
from chainmap.ledger.idempotency import Answered
from chainmap.ledger.lists import SavedList
from chainmap.reports import snapshot_store, workbook
from chainmap.reports.snapshot_making import list_of
from chainmap.server.answers import FILES, NOT_CHANGED, Listing, answer_list, answer_record
from chainmap.server.formats import Media, negotiate
from chainmap.server.kept_lists import keep_snapshot
from chainmap.server.ledger_pages import PAGE_FILES, Fields, answer_page
from chainmap.server.lists import (
    ListId,
    Reader,
    Writer,
    client_filter,
    list_asked_for,
    own_list,
    summary,
)
from chainmap.server.saved_answers import as_saved, first_of, rest_on
from chainmap.server.security import needs
from chainmap.server.select import Choice, choice
from chainmap.server.service import Principal, Recorder, Service, service_of
from chainmap.server.snapshot import current_snapshot
from chainmap.server.writes import IdempotencyKey, deed, write_once

router = APIRouter(
    prefix="/v1/snapshots", tags=["service"], dependencies=[Depends(needs(Scope.READ))]
)

SnapshotId = Annotated[
    str, Path(description="`current`, the id of what answers rest on, or a saved snapshot's")
]
_CREATED: dict[int | str, dict[str, Any]] = {
    201: {"description": "Kept", "model": SavedListSummary},
    409: {"description": "The Idempotency-Key was used for another request"},
}


@router.post(
    "",
    operation_id="saveSnapshot",
    status_code=201,
    response_model=SavedListSummary,
    responses=_CREATED,
)
def save(
    request: Request, body: ListRequest, who: Writer, idempotency_key: IdempotencyKey = None
) -> Response:
    """Make a target list and keep it with all it was ranked from; it stands in `/v1/lists` too."""
    snapshot = list_asked_for(request, body.question)

    def do(write: Recorder) -> Answered:
        saved = keep_snapshot(service_of(request), write, who, body.name, snapshot)
        write(deed(request, "list.save", saved.id, _detail(saved)))
        return Answered(201, f"/v1/snapshots/{saved.id}", summary(saved).model_dump_json())

    return write_once(request, idempotency_key, body, do)


@router.get(
    "", operation_id="listSnapshots", response_model=list[SavedListSummary], responses=PAGE_FILES
)
def newest(
    request: Request,
    who: Reader,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    cursor: Annotated[str | None, Query(pattern="^[0-9a-f]{32}$")] = None,
    fields: Fields = None,
) -> Response:
    """Return the client's saved snapshots, newest first."""
    with service_of(request).ledger.read() as tx:
        before = own_list(tx, cursor, who) if cursor is not None else None
        several = lists.newest(tx, limit + 1, before, client_filter(who), filed=True)
    found, more = first_of(several, limit)
    page = Listing([summary(saved) for saved in found], SavedListSummary, "id", "名单快照")
    return answer_page(request, page, fields, ("cursor", found[-1].id) if more else None)


@router.get(
    "/{snapshot}",
    operation_id="getSnapshot",
    response_model=SnapshotRecord,
    responses=NOT_CHANGED,
)
async def get_snapshot(request: Request, snapshot: SnapshotId, who: Reader) -> Response:
    """Return what a snapshot is made of: the one in use by id or `current`, or a saved one."""
    current = current_snapshot()
    if snapshot in ("current", current.id):
        return await answer_record(request, lambda: current)
    saved = await to_thread.run_sync(own_saved, service_of(request), snapshot, who, (current.id,))
    return await answer_record(request, lambda: _record(service_of(request), saved))


@router.get(
    "/{snapshot}/targets",
    operation_id="listSnapshotTargets",
    response_model=TargetList,
    responses=FILES,
)
async def list_targets(
    request: Request,
    chosen: Annotated[Choice, Depends(choice)],
    snapshot: ListId,
    who: Reader,
) -> Response:
    """Return a saved list; as JSON and whole, it is byte for byte what was saved."""
    service = service_of(request)
    saved = await to_thread.run_sync(own_saved, service, snapshot, who)
    whole = (chosen.limit, chosen.cursor, chosen.sort, chosen.fields) == (None,) * 4
    if whole and negotiate(request.headers.get("accept", ""), list(Media)) is Media.JSON:
        return as_saved(request, saved)

    def make() -> Listing[TargetRecord]:
        found = list_of(snapshot_store.load(service.settings.workspace, saved))
        return Listing(
            found.targets,
            TargetRecord,
            "company_id",
            "招商目标清单",
            whole=lambda shown: found.model_copy(update={"targets": shown}),
            workbook=workbook.write_targets,
        )

    return rest_on(await answer_list(request, chosen, make, saved.sha256), saved)


def own_saved(
    service: Service, snapshot: str, who: Principal, near: tuple[str, ...] = ()
) -> SavedList:
    """Return a saved snapshot the principal may see; `near` is offered where there is none.

    Raises:
        UnknownNameError: There is none, or it is another client's, or it was saved without inputs.
    """
    with service.ledger.read() as tx:
        try:
            saved = own_list(tx, snapshot, who)
        except UnknownNameError as error:
            raise UnknownNameError("快照", snapshot[:60], near) from error
    if saved.content_id is None:
        raise UnknownNameError("快照", snapshot[:60], near)
    return saved


def _record(service: Service, saved: SavedList) -> SnapshotRecord:
    snapshot = snapshot_store.load(service.settings.workspace, saved)
    versions, basis = snapshot.versions, snapshot.listed["basis"]
    return SnapshotRecord(
        id=saved.id,
        code_version=versions["code"],
        taxonomy_sha256=versions["taxonomy"],
        data_sha256=versions["data"],
        models_sha256=versions["models"],
        edition=basis["edition"],
        coverage=basis["coverage"],
        may_act=basis["may_act"],
        saved=SavedSnapshot(
            name=saved.name,
            content_id=snapshot.id,
            sha256=saved.sha256,
            created_at=saved.created_at,
            saved_by=saved.saved_by,
            n_targets=len(snapshot.listed["targets"]),
            n_candidates=snapshot.candidates.height,
            question=snapshot.question.plain(),
            options=asdict(snapshot.options),
            versions=versions,
        ),
    )


def _detail(saved: SavedList) -> dict[str, str | int | float | bool | list[str] | None]:
    return {"sha256": saved.sha256, "snapshot": saved.content_id}
