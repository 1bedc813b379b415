"""`/v1/audit`: the audit log, for administrators."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response

from chainmap.concepts.access import Scope
from chainmap.concepts.service_records import AuditRecord
from chainmap.ledger import audit
from chainmap.server.answers import Listing
from chainmap.server.ledger_pages import PAGE_FILES, Fields, answer_page
from chainmap.server.saved_answers import first_of
from chainmap.server.security import needs
from chainmap.server.service import service_of

router = APIRouter(prefix="/v1/audit", tags=["service"], dependencies=[Depends(needs(Scope.ADMIN))])


@router.get("", operation_id="listAudit", response_model=list[AuditRecord], responses=PAGE_FILES)
def entries(
    request: Request,
    after: Annotated[int, Query(ge=0, le=2**53, description="Number of the last one seen")] = 0,
    limit: Annotated[int, Query(ge=1, le=1000, description="Entries of a page")] = 100,
    fields: Fields = None,
) -> Response:
    """Return entries of the audit log in order, to be kept and checked elsewhere."""
    with service_of(request).ledger.read() as tx:
        found, more = first_of(audit.entries(tx, after), limit)
    items = [AuditRecord.model_validate(vars(entry)) for entry in found]
    page = Listing(items, AuditRecord, "seq", "审计日志")
    return answer_page(request, page, fields, ("after", found[-1].seq) if more else None)
