"""Pages of what the ledger holds, in the form asked for: kept lists and the audit log."""

from __future__ import annotations

from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import Query, Request
from starlette.responses import Response

from chainmap.concepts.access import Scope
from chainmap.server.answers import FILES, audit_export, disposition
from chainmap.server.formats import Media, csv_bytes, negotiate, parquet_bytes, sheet_bytes
from chainmap.server.listings import Listing, plain_json
from chainmap.server.security import demand
from chainmap.server.select import Choice

PAGE_FILES: dict[int | str, dict[str, Any]] = {200: FILES[200]}
"""What a page's operation also answers, for the contract."""

Fields = Annotated[
    str | None,
    Query(
        max_length=500,
        description="Fields to show; the answer is then of type vnd.chainmap.fields+json",
    ),
]
Following = tuple[str, str | int]
"""The parameter that asks for the next page, and its value there."""


def answer_page(
    request: Request, page: Listing[Any], fields: str | None, following: Following | None
) -> Response:
    """Answer the items of one page, in their order.

    Args:
        request: What is asked.
        page: Its items.
        fields: Those to show, by commas; None is all.
        following: The next page; None where this is the last.

    Raises:
        Refusal: A form we do not have, or a file without the scope `export`.
        InputError: A field the record does not have.
    """
    media = negotiate(request.headers.get("accept", ""), list(Media))
    headers = {} if following is None else {"Link": _link(request, following)}
    chosen = Choice("", fields=fields)
    if media is Media.JSON:
        made = plain_json(page, chosen)
        return Response(made.body, media_type=made.media, headers=headers)
    demand(request, Scope.EXPORT)
    content = _file(page, media, chosen.columns(page.kind))
    audit_export(request, media.suffix, len(content))
    headers["Content-Disposition"] = disposition(request, media)
    kind = f"{media}; charset=utf-8" if media is Media.CSV else media
    return Response(content, media_type=kind, headers=headers)


def _file(page: Listing[Any], media: Media, columns: list[str]) -> bytes:
    if media is Media.CSV:
        return csv_bytes(page.items, columns)
    if media is Media.PARQUET:
        return parquet_bytes(page.items, columns, page.kind, {})
    return sheet_bytes(page.items, columns, page.title, [])


def _link(request: Request, following: Following) -> str:
    others = [said for said in request.query_params.multi_items() if said[0] != following[0]]
    return f'<{request.url.path}?{urlencode([*others, following])}>; rel="next"'
