"""`/v1/lists`: target lists that are kept exactly as they were answered."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query, Request
from starlette.responses import Response

from chainmap.concepts.access import Scope
from chainmap.concepts.records import TargetList
from chainmap.concepts.service_records import ListRequest, SavedListSummary, TargetQuestion
from chainmap.errors import UnknownNameError
from chainmap.ledger import lists
from chainmap.ledger.engine import Transaction
from chainmap.ledger.idempotency import Answered
from chainmap.ledger.lists import SavedList
from chainmap.ranking.snapshots import ListSnapshot
from chainmap.reports import snapshot_store
from chainmap.server.answers import NOT_CHANGED, Listing
from chainmap.server.kept_lists import keep_snapshot, question_of
from chainmap.server.ledger_pages import PAGE_FILES, Fields, answer_page
from chainmap.server.made_lists import made_list
from chainmap.server.saved_answers import as_saved, first_of
from chainmap.server.security import demand, needs
from chainmap.server.service import Principal, Recorder, service_of
from chainmap.server.writes import IdempotencyKey, client_of, deed, write_once

router = APIRouter(prefix="/v1/lists", tags=["lists"])

Reader = Annotated[Principal, Depends(needs(Scope.READ))]
Writer = Annotated[Principal, Depends(needs(Scope.WRITE))]
ListId = Annotated[str, Path(pattern="^[0-9a-f]{32}$")]
_CREATED: dict[int | str, dict[str, Any]] = {
    201: {"description": "Kept", "model": SavedListSummary},
    409: {"description": "The Idempotency-Key was used for another request"},
}


@router.post(
    "",
    operation_id="saveList",
    status_code=201,
    response_model=SavedListSummary,
    responses=_CREATED,
)
def save(
    request: Request, body: ListRequest, who: Writer, idempotency_key: IdempotencyKey = None
) -> Response:
    """Make a target list and keep it."""
    snapshot = list_asked_for(request, body.question)

    def do(write: Recorder) -> Answered:
        saved = keep_snapshot(service_of(request), write, who, body.name, snapshot)
        write(deed(request, "list.save", saved.id, {"sha256": saved.sha256}))
        return Answered(201, f"/v1/lists/{saved.id}", summary(saved).model_dump_json())

    return write_once(request, idempotency_key, body, do)


@router.get(
    "", operation_id="listSavedLists", response_model=list[SavedListSummary], responses=PAGE_FILES
)
def newest(
    request: Request,
    who: Reader,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    cursor: Annotated[str | None, Query(pattern="^[0-9a-f]{32}$")] = None,
    fields: Fields = None,
) -> Response:
    """Return the client's kept lists, newest first."""
    with service_of(request).ledger.read() as tx:
        before = own_list(tx, cursor, who) if cursor is not None else None
        several = lists.newest(tx, limit + 1, before, client_filter(who))
    found, more = first_of(several, limit)
    page = Listing([summary(saved) for saved in found], SavedListSummary, "id", "保存的名单")
    return answer_page(request, page, fields, ("cursor", found[-1].id) if more else None)


@router.get(
    "/{list_id}", operation_id="getSavedList", response_model=TargetList, responses=NOT_CHANGED
)
def get(request: Request, list_id: ListId, who: Reader) -> Response:
    """Return a kept list, byte for byte as it was made."""
    with service_of(request).ledger.read() as tx:
        saved = own_list(tx, list_id, who)
    return as_saved(request, saved)


@router.delete("/{list_id}", operation_id="deleteSavedList", status_code=204)
def delete(request: Request, list_id: ListId, who: Writer) -> Response:
    """Take a kept list away; the audit log keeps its hash."""
    with service_of(request).record() as write:
        own_list(write.tx, list_id, who)
        gone = lists.delete(write.tx, list_id)
        write(deed(request, "list.delete", gone.id, {"sha256": gone.sha256}))
    service = service_of(request)
    with service.ledger.write() as tx:  # the file goes only when the row is gone for good
        snapshot_store.let_go(tx, service.settings.workspace, gone)
    return Response(status_code=204)


def list_asked_for(request: Request, question: TargetQuestion) -> ListSnapshot:
    """Return the list a body asks for, with all it was ranked from.

    Raises:
        Refusal: It is under weights of somebody's own, which take a scope of their own.
        InputError, UnknownNameError: As `question_of`.
    """
    listed, options = question_of(question)
    if options.custom:
        demand(request, Scope.COMPUTE)
    return made_list(listed, options)


def client_filter(who: Principal) -> str | None:
    """Return whose things a principal sees: its own client's, an administrator's all."""
    return None if Scope.ADMIN in who.scopes else client_of(who)


def own_list(tx: Transaction, list_id: str, who: Principal) -> SavedList:
    """Return a list the principal may see.

    Raises:
        UnknownNameError: There is none, or it is another client's; the answer is the same.
    """
    saved = lists.get(tx, list_id)
    if client_filter(who) not in (None, saved.client):
        raise UnknownNameError("名单", list_id)
    return saved


def summary(saved: SavedList) -> SavedListSummary:
    """Return a kept list without its content."""
    return SavedListSummary.model_validate(
        {name: getattr(saved, name) for name in SavedListSummary.model_fields}
    )
