"""`/v1/diffs`: two saved lists beside each other, or one beside today's."""

from __future__ import annotations

from typing import Annotated

from anyio import to_thread
from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response

from chainmap.concepts.access import Scope
from chainmap.concepts.snapshot_records import DifferenceRecord, FirmChangeRecord
from chainmap.ranking.differences import compare_lists
from chainmap.ranking.snapshots import ListSnapshot
from chainmap.reports import snapshot_store
from chainmap.reports.snapshot_rows import difference_record, write_difference
from chainmap.server.answers import FILES, Listing, answer_list
from chainmap.server.catalogue_states import catalogue_state
from chainmap.server.made_lists import made_today
from chainmap.server.questions import city_called
from chainmap.server.security import needs
from chainmap.server.select import Choice, choice
from chainmap.server.service import Principal, Service, service_of
from chainmap.server.snapshots import own_saved

router = APIRouter(prefix="/v1/diffs", tags=["cities"])

TODAY = "today"
"""In place of an id: the list that answers the same question today."""
_ID = "^[0-9a-f]{32}$"
Named = tuple[ListSnapshot, str]


@router.get("", operation_id="compareSnapshots", response_model=DifferenceRecord, responses=FILES)
async def compare(
    request: Request,
    chosen: Annotated[Choice, Depends(choice)],
    who: Annotated[Principal, Depends(needs(Scope.COMPUTE))],
    earlier: Annotated[str, Query(alias="from", pattern=_ID, description="A saved snapshot")],
    later: Annotated[
        str, Query(alias="to", pattern=f"{_ID}|^{TODAY}$", description="Another one, or `today`")
    ] = TODAY,
) -> Response:
    """Return who entered, left and moved between two lists, each move split into its causes."""
    service = service_of(request)
    first = await to_thread.run_sync(own_saved, service, earlier, who)
    if later != TODAY:
        await to_thread.run_sync(own_saved, service, later, who)
    today = catalogue_state(city_called(first.question["city"]))() if later == TODAY else ""

    def make() -> Listing[FirmChangeRecord]:
        found = difference_of(service, who, earlier, later)
        return Listing(
            found.firms,
            FirmChangeRecord,
            "company_id",
            "招商目标名单比较",
            whole=lambda shown: found.model_copy(update={"firms": shown}),
            workbook=write_difference,
        )

    return await answer_list(request, chosen, make, today)


def difference_of(service: Service, who: Principal, earlier: str, later: str) -> DifferenceRecord:
    """Return two saved lists compared; `later` may be `TODAY`.

    Raises:
        UnknownNameError: One of them is not there, or not the principal's to see.
        InputError: They are of different cities, or a file is missing or damaged.
    """
    return difference_between(*both_lists(service, who, earlier, later))


def both_lists(service: Service, who: Principal, earlier: str, later: str) -> tuple[Named, Named]:
    """Return two saved lists, each with its name; `later` may be `TODAY`.

    Raises:
        UnknownNameError: One of them is not there, or not the principal's to see.
        InputError: A file is missing or damaged.
    """
    workspace = service.settings.workspace
    first = own_saved(service, earlier, who)
    before = snapshot_store.load(workspace, first)
    if later == TODAY:
        return (before, first.name), (made_today(before), "今天的名单")
    second = own_saved(service, later, who)
    return (before, first.name), (snapshot_store.load(workspace, second), second.name)


def difference_between(before: Named, after: Named) -> DifferenceRecord:
    """Return two lists compared.

    Raises:
        InputError: They are of different cities.
    """
    (earlier, first), (later, second) = before, after
    return difference_record(compare_lists(earlier, later), (first, second))
