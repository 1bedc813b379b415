"""From a question to bytes: made once, kept, and sent in the form asked for."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar
from urllib.parse import quote, urlencode

from anyio import to_thread
from fastapi import Request
from pydantic import BaseModel, TypeAdapter
from starlette.responses import Response

from chainmap.concepts.access import Scope
from chainmap.ledger.audit import Deed
from chainmap.server.answer_cache import AnswerCache, Kept
from chainmap.server.formats import (
    FIELDS_JSON,
    Media,
    csv_bytes,
    negotiate,
    parquet_bytes,
    sheet_bytes,
    written,
)
from chainmap.server.security import demand
from chainmap.server.select import PAGING, Choice
from chainmap.server.service import principal_of, request_id_of, service_of
from chainmap.server.shortcut import Given, known_tags, raw_headers
from chainmap.server.snapshot import current_snapshot

Item = TypeVar("Item", bound=BaseModel)

FILES: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The list, in the form `Accept` names",
        "content": {
            FIELDS_JSON: {"schema": {"type": "array", "items": {"type": "object"}}},
            Media.CSV.value: {"schema": {"type": "string"}},
            Media.XLSX.value: {"schema": {"type": "string", "format": "binary"}},
            Media.PARQUET.value: {"schema": {"type": "string", "format": "binary"}},
        },
    },
    304: {"description": "Nothing has changed since the `ETag` shown"},
}
"""What every list's operation also answers, for the contract."""

NOT_CHANGED: dict[int | str, dict[str, Any]] = {304: FILES[304]}


State = str | Callable[[], str]
"""What an answer rests on besides the snapshot, such as a workspace's content. Said as a function
it can be asked again: while it says the same, the answer is given again without the route, and
other pages, orders, fields and forms are cut from the same list. Only for what is the same to all
who may read."""


def snapshot_alone() -> str:
    """Return the `State` of what rests on nothing but the snapshot."""
    return ""


@dataclass(frozen=True)
class Listing(Generic[Item]):
    """A list to be answered.

    Attributes:
        items: All of it, in its own order.
        kind: Its record.
        identity: The field that tells one item from another.
        title: As a sheet is called, in Chinese.
        whole: The record around the items of one page, where there is one.
        workbook: Writes that record as the official Excel file; None is a plain sheet.
    """

    items: Sequence[Item]
    kind: type[Item]
    identity: str
    title: str
    whole: Callable[[list[Item]], BaseModel] | None = None
    workbook: Callable[[Any, Path], None] | None = None


async def answer_list(
    request: Request, chosen: Choice, make: Callable[[], Listing[Any]], state: State = ""
) -> Response:
    """Answer a list: the page, order, fields and form asked for.

    Args:
        request: What is asked.
        chosen: Page, order and fields.
        make: Makes the whole list.
        state: What the answer rests on besides the snapshot; an answer kept from another state is
            not given, and its `ETag` differs.

    Raises:
        Refusal: A form we do not have, an export without the scope, or a stale cursor.
        InputError: A field or cursor that cannot be used.
    """
    media = negotiate(request.headers.get("accept", ""), list(Media))
    if media is not Media.JSON:
        demand(request, Scope.EXPORT)
    whole = make if isinstance(state, str) else _reused(request, make, state())
    answer = await _answer(request, media, lambda: _render_list(whole(), chosen, media), state)
    if media is not Media.JSON and answer.status_code == 200:
        name = f"{request.url.path.strip('/').replace('/', '-')}.{media.suffix}"
        answer.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
        await to_thread.run_sync(audit_export, request, media.suffix, len(answer.body))
    return answer


async def answer_record(
    request: Request, make: Callable[[], BaseModel], state: State = ""
) -> Response:
    """Answer one record, as JSON; `state` as for `answer_list`.

    Raises:
        Refusal: Another form is asked for.
    """
    media = negotiate(request.headers.get("accept", ""), [Media.JSON])
    return await _answer(request, media, lambda: Kept(_json(make()), media, None), state)


async def answer_question(
    request: Request, question: BaseModel, make: Callable[[], BaseModel]
) -> Response:
    """Answer a question posed in a body, as JSON."""
    media = negotiate(request.headers.get("accept", ""), [Media.JSON])
    name = f"POST {request.url.path}\n{question.model_dump_json()}"
    kept = await _get(request, name, lambda: Kept(_json(make()), media, None))
    return Response(kept.body, media_type=media, headers=_headers(None, None))


async def _answer(
    request: Request, media: Media, make: Callable[[], Kept], state: State = ""
) -> Response:
    said = state if isinstance(state, str) else state()
    query = urlencode(sorted(request.query_params.multi_items()))
    name = f"{request.url.path}?{query}\n{media}\n{said}"
    digest = hashlib.sha256("\n".join((current_snapshot().id, name)).encode()).hexdigest()
    tag = f'"{digest[:32]}"'
    if tag in known_tags(request.headers):
        return Response(status_code=304, headers=_headers(tag, None))
    kept = await _get(request, name, make)
    headers = _headers(tag, _next_link(request, kept.next))
    response = Response(kept.body, media_type=kept.media, headers=headers)
    if not isinstance(state, str) and media is Media.JSON:
        _keep_at_hand(request, response, (name, tag), (said, state))
    return response


def _keep_at_hand(
    request: Request,
    response: Response,
    named: tuple[str, str],
    state: tuple[str, Callable[[], str]],
) -> None:
    """Let an answer be given again to whoever asks in the same words and may read."""
    name, tag = named
    snapshot = current_snapshot().id
    answers: AnswerCache = request.app.state.answers
    given = Given(
        lambda: answers.body(f"{snapshot}\n{name}"),
        response.raw_headers,
        raw_headers(_headers(tag, None)),
        tag,
        (f"{snapshot}{state[0]}", lambda: f"{current_snapshot().id}{state[1]()}"),
        request.scope.get("route"),
    )
    answers.given.keep(request.scope, given)


def _reused(
    request: Request, make: Callable[[], Listing[Any]], said: str
) -> Callable[[], Listing[Any]]:
    """Return what makes a list, or takes the one made for another page, order or form of it."""
    asked = sorted((k, v) for k, v in request.query_params.multi_items() if k not in PAGING)
    name = f"{current_snapshot().id}\n{request.url.path}?{urlencode(asked)}\n{said}"
    answers: AnswerCache = request.app.state.answers
    return lambda: answers.lists.get(name, make)


async def _get(request: Request, name: str, make: Callable[[], Kept]) -> Kept:
    state = request.app.state
    kept, source = await state.answers.get(f"{current_snapshot().id}\n{name}", make)
    state.metrics.answers.labels(source).inc()
    found: Kept = kept
    return found


def _render_list(listing: Listing[Any], chosen: Choice, media: Media) -> Kept:
    columns = chosen.columns(listing.kind)
    shown, following = chosen.page(listing.items, listing.kind, listing.identity)
    if media is Media.JSON:
        return _json_list(listing, shown, columns, chosen, following)
    snapshot = current_snapshot()
    notes = [snapshot.coverage, f"快照 {snapshot.id}，名录 {snapshot.edition}。"]
    if media is Media.CSV:
        return Kept(csv_bytes(shown, columns), f"{media}; charset=utf-8", following)
    if media is Media.PARQUET:
        about = {"chainmap_snapshot": snapshot.id, "chainmap_coverage": snapshot.coverage}
        return Kept(parquet_bytes(shown, columns, listing.kind, about), media, following)
    if listing.workbook is not None and listing.whole is not None and chosen.fields is None:
        record, write = listing.whole(shown), listing.workbook
        return Kept(written(lambda file: write(record, file)), media, following)
    return Kept(sheet_bytes(shown, columns, listing.title, notes), media, following)


def _json_list(
    listing: Listing[Any],
    shown: list[Any],
    columns: list[str],
    chosen: Choice,
    following: str | None,
) -> Kept:
    if chosen.fields is not None:
        dumped = [item.model_dump(mode="json", include=set(columns)) for item in shown]
        rows = [{name: row[name] for name in columns} for row in dumped]
        body = json.dumps(rows, ensure_ascii=False, separators=(",", ":")).encode()
        return Kept(body, FIELDS_JSON, following)
    if listing.whole is not None:
        return Kept(_json(listing.whole(shown)), Media.JSON, following)
    return Kept(TypeAdapter(list[listing.kind]).dump_json(shown), Media.JSON, following)  # type: ignore[name-defined]


def _json(record: BaseModel) -> bytes:
    return record.model_dump_json().encode()


def _next_link(request: Request, cursor: str | None) -> str | None:
    if cursor is None:
        return None
    others = [(k, v) for k, v in request.query_params.multi_items() if k != "cursor"]
    return f'<{quote(request.url.path)}?{urlencode([*others, ("cursor", cursor)])}>; rel="next"'


def _headers(tag: str | None, link: str | None) -> dict[str, str]:
    snapshot = current_snapshot()
    described = f'</v1/snapshots/{snapshot.id}>; rel="describedby"'
    headers = {
        "Chainmap-Snapshot": snapshot.id,
        "Chainmap-May-Act": str(snapshot.may_act).lower(),
        "Chainmap-Coverage": quote(snapshot.coverage, safe=""),
        "Link": described if link is None else f"{described}, {link}",
        "Cache-Control": "private, no-cache",
        "Vary": "Accept, Authorization, X-API-Key, Cookie",
    }
    return headers if tag is None else headers | {"ETag": tag}


def audit_export(request: Request, form: str, size: int) -> None:
    """Write into the audit chain that a file of `size` bytes was handed over."""
    principal = principal_of(request)
    detail: dict[str, str | int | float | bool | list[str] | None] = {
        "form": form,
        "bytes": size,
        "query": str(request.url.query)[:500],
        "snapshot": current_snapshot().id,
    }
    deed = Deed(
        principal.name, "export", request.url.path, detail=detail, request_id=request_id_of(request)
    )
    with service_of(request).record() as write:
        write(deed)
