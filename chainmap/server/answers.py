"""From a question to bytes: made once, kept, and sent in the form asked for."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any
from urllib.parse import urlencode

from anyio import to_thread
from fastapi import Request
from pydantic import BaseModel
from starlette.responses import Response

from chainmap.concepts.access import Scope
from chainmap.errors import InputError
from chainmap.ledger.audit import Deed
from chainmap.server.answer_cache import AnswerCache, Kept
from chainmap.server.answer_heads import (
    answer_name,
    headers_of,
    headers_unchanged,
    next_link,
    saved_as,
    tag_of,
)
from chainmap.server.formats import FIELDS_JSON, Media, negotiate
from chainmap.server.given_answers import Asked, Cut, Given, GivenList
from chainmap.server.listings import Listing as Listing
from chainmap.server.listings import composed_json, cut_json, plain_json, record_json, rendered
from chainmap.server.methods import method_of
from chainmap.server.problems import Refusal
from chainmap.server.security import demand
from chainmap.server.select import PAGING, Choice, by_name, choice_said
from chainmap.server.service import principal_of, request_id_of, service_of
from chainmap.server.shortcut import known_tags, raw_headers
from chainmap.server.snapshot import current_snapshot

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
    said = state if isinstance(state, str) else state()
    chosen = chosen.under(said)
    if isinstance(state, str):
        render = partial(rendered, make, chosen, media, plain_json)
    else:
        render = partial(rendered, _reused(request, make, said), chosen, media, composed_json)
        if media is Media.JSON:
            _keep_list(request, _list_name(request, said), (said, state))
    answer = await _answer(request, media, render, (said, state))
    if media is not Media.JSON and answer.status_code == 200:
        answer.headers["Content-Disposition"] = disposition(request, media)
        await to_thread.run_sync(audit_export, request, media.suffix, len(answer.body))
    return answer


async def answer_record(
    request: Request, make: Callable[[], BaseModel], state: State = "", related: str | None = None
) -> Response:
    """Answer one record, as JSON; `state` as for `answer_list`.

    Args:
        request: What is asked.
        make: Makes the record.
        state: What it rests on besides the snapshot.
        related: Links to answers that belong to it.

    Raises:
        Refusal: Another form is asked for.
    """
    media = negotiate(request.headers.get("accept", ""), [Media.JSON])
    said = state if isinstance(state, str) else state()
    record = partial(_record, make, media)
    return await _answer(request, media, record, (said, state), related)


def _record(make: Callable[[], BaseModel], media: Media) -> Kept:
    return Kept(record_json(make()), media, None)


async def answer_question(
    request: Request,
    question: BaseModel,
    make: Callable[[], BaseModel | bytes],
    state: str = "",
    related: str | None = None,
) -> Response:
    """Answer a question posed in a body, as JSON; `state` and `related` as for `answer_record`.

    `make` returns the record, or its JSON.
    """
    media = negotiate(request.headers.get("accept", ""), [Media.JSON])
    name = f"POST {request.url.path}\n{question.model_dump_json()}\n{state}"

    def render() -> Kept:
        made = make()
        return Kept(made if isinstance(made, bytes) else record_json(made), media, None)

    kept = await _get(request, name, render)
    return Response(kept.body, media_type=media, headers=headers_of(None, related))


async def _answer(
    request: Request,
    media: Media,
    make: Callable[[], Kept],
    rests_on: tuple[str, State],
    related: str | None = None,
) -> Response:
    said, state = rests_on
    asked = request.query_params.multi_items()
    name = answer_name(request.url.path, asked, media, said)
    tag = tag_of(name)
    known = known_tags(request.headers)
    if tag in known and "*" not in known:
        return Response(status_code=304, headers=headers_unchanged(tag))
    kept = await _get(request, name, make)
    if tag in known:  # any answer is known, but only now there is one
        return Response(status_code=304, headers=headers_unchanged(tag))
    link = related or next_link(request.url.path, asked, kept.next)
    response = Response(kept.body, media_type=kept.media, headers=headers_of(tag, link))
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
        raw_headers(headers_unchanged(tag)),
        tag,
        (f"{snapshot}{state[0]}", lambda: f"{current_snapshot().id}{state[1]()}"),
        request.scope.get("route"),
    )
    answers.given.keep(request.scope, given)


def _reused(
    request: Request, make: Callable[[], Listing[Any]], said: str
) -> Callable[[], Listing[Any]]:
    """Return what makes a list, or takes the one made for another page, order or form of it."""
    name = _list_name(request, said)
    answers: AnswerCache = request.app.state.answers
    return lambda: answers.lists.get(name, make)


def _list_name(request: Request, said: str) -> str:
    asked = by_name(request.query_params.multi_items(), PAGING)
    return f"{current_snapshot().id}\n{request.url.path}?{urlencode(asked)}\n{said}"


def _keep_list(request: Request, name: str, state: tuple[str, Callable[[], str]]) -> None:
    """Let answers be cut from a list, while it is kept, for whoever may read."""
    path, snapshot = request.url.path, current_snapshot().id
    if path != request.scope["path"]:
        return
    answers: AnswerCache = request.app.state.answers

    def cut(asked: Asked) -> Cut | None:
        chosen, listing = choice_said(path, asked), answers.lists.made(name)
        if chosen is None or listing is None or "slips" not in vars(listing):
            return None
        slips = listing.slips
        if not (slips.opened if chosen.fields is not None else slips.composable):
            return None
        try:
            made = cut_json(listing, chosen.under(state[0]))
        except (InputError, Refusal):  # the route says what is wrong
            return None
        tag = tag_of(answer_name(path, asked, Media.JSON, state[0]))
        headers = headers_of(tag, next_link(path, asked, made.next))
        response = Response(made.body, media_type=made.media, headers=headers)
        return Cut(made.body, response.raw_headers, tag)

    rests_on = (f"{snapshot}{state[0]}", lambda: f"{current_snapshot().id}{state[1]()}")
    answers.given.keep_list(request.scope, GivenList(cut, rests_on, request.scope.get("route")))


async def _get(request: Request, name: str, make: Callable[[], Kept]) -> Kept:
    state = request.app.state
    kept, source = await state.answers.get(f"{current_snapshot().id}\n{name}", make)
    state.metrics.answers.labels(source).inc()
    found: Kept = kept
    return found


def disposition(request: Request, media: Media) -> str:
    """Return the `Content-Disposition` of an answer that is a file: saved under its path."""
    return saved_as(f"{request.url.path.strip('/').replace('/', '-')}.{media.suffix}")


def audit_export(request: Request, form: str, size: int) -> None:
    """Write into the audit chain that a file of `size` bytes was handed over.

    Whoever asks for its headers alone is handed nothing.
    """
    if method_of(request.scope) == "HEAD":
        return
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
