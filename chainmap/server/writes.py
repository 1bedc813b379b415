"""Writes: done once for one Idempotency-Key, and audited in the same transaction."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Annotated

from fastapi import Header, Request
from pydantic import BaseModel
from starlette.responses import Response

from chainmap.ledger import idempotency
from chainmap.ledger.audit import Deed, Detail
from chainmap.ledger.idempotency import Answered
from chainmap.server.formats import json_only
from chainmap.server.service import Principal, Recorder, principal_of, request_id_of, service_of

IdempotencyKey = Annotated[
    str | None,
    Header(
        pattern=r"^[\x21-\x7e]{1,200}$",
        description="A repeated request with the same key is answered as before, not done again",
    ),
]


def client_of(principal: Principal) -> str:
    """Return whose things a principal's are: the client its key is for."""
    return principal.key.client if principal.key else principal.name


def deed(request: Request, action: str, about: str, detail: Detail | None = None) -> Deed:
    """Return a deed of who asks."""
    actor = principal_of(request).name
    return Deed(actor, action, about, detail=detail or {}, request_id=request_id_of(request))


def write_once(
    request: Request,
    key: str | None,
    body: BaseModel,
    do: Callable[[Recorder], Answered],
) -> Response:
    """Answer a write; under a key that was used for the very same request, as before.

    Raises:
        ConflictError: The key was used for another request.
        Refusal: The answer is asked for in another form than JSON.
    """
    json_only(request)
    principal = principal_of(request)
    asked = f"{request.method} {request.url.path}\n{body.model_dump_json()}"
    digest = hashlib.sha256(asked.encode()).hexdigest()
    owner = (principal.key.id if principal.key else principal.name, key or "")
    with service_of(request).record() as write:
        before = None
        if key is not None:
            before = idempotency.recall(write.tx, owner, digest, write.now)
        answered = before or do(write)
        if key is not None and before is None:
            idempotency.remember(write.tx, owner, digest, answered, write.now)
    headers = {"Location": answered.location} if answered.location else {}
    if before is not None:
        headers["Idempotent-Replayed"] = "true"
    return Response(
        answered.body, status_code=answered.status, media_type="application/json", headers=headers
    )
