"""`/v1/cities/{code}/report`: a city's report as a file, in the form asked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any
from urllib.parse import urlencode

from anyio import to_thread
from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response

from chainmap.catalogue.store import find_version
from chainmap.concepts.access import Scope
from chainmap.errors import InputError
from chainmap.pipeline import find_gaps, load_world, rank_targets, world_on
from chainmap.reports.city_shapes import CityMap, read_map
from chainmap.reports.city_tiles import GRID
from chainmap.reports.document_files import MEDIA, Form, document_bytes
from chainmap.reports.report import measured_report
from chainmap.reports.report_catalogue import catalogue_bytes
from chainmap.reports.report_material import TOP, Material, ReportKind, Steps
from chainmap.server.answer_cache import Kept
from chainmap.server.answer_heads import headers_of, saved_as
from chainmap.server.answers import audit_export
from chainmap.server.catalogue_states import catalogue_state
from chainmap.server.cities import Chain, City, Options
from chainmap.server.contract_headers import GROUNDED
from chainmap.server.questions import asked, city_called
from chainmap.server.security import demand, needs
from chainmap.server.select import by_name
from chainmap.server.service import service_of
from chainmap.server.snapshot import current_snapshot
from chainmap.settings import Settings
from chainmap.sources.admission_rules import load_fair_competition

router = APIRouter(prefix="/v1", tags=["cities"], dependencies=[Depends(needs(Scope.READ))])

_FILE: dict[int | str, dict[str, Any]] = {
    200: GROUNDED[200]
    | {
        "description": "The report, in the form asked for",
        "content": {
            media: {"schema": {"type": "string", "format": "binary"}} for media in MEDIA.values()
        },
    }
}


@router.get(
    "/cities/{code}/report",
    operation_id="getReport",
    response_class=Response,
    responses=_FILE,
    dependencies=[Depends(needs(Scope.EXPORT))],
)
async def get_report(
    request: Request,
    code: City,
    options: Options,
    form: Annotated[Form, Query(description="What the file is")] = Form.PDF,
    kind: Annotated[ReportKind, Query(description="What the report is about")] = ReportKind.GAPS,
    chain: Chain = None,
    company: Annotated[
        str | None, Query(max_length=100, description="Of a profile: name, short name, stock code")
    ] = None,
    other: Annotated[
        str | None, Query(alias="with", max_length=60, description="Of a comparison: second city")
    ] = None,
    top: Annotated[int, Query(ge=1, le=100, description="Gaps and targets in the text")] = TOP,
) -> Response:
    """Return a city's report as a file; the same snapshot gives the same bytes.

    Who took it stands in the audit log.
    """
    demand(request, Scope.EXPORT)
    question = asked(code, chain, options=options)
    if kind is ReportKind.CATALOGUE and chain is not None:
        raise InputError("招商目录按版本整份输出，不分产业链。", todo="去掉 chain。")
    settings = service_of(request).settings
    name = f"{question.city.name}-{kind.zh}.{form}"
    second = city_called(other) if other else None
    places = [question.city] if second is None else [question.city, second]

    def make() -> Kept:
        if kind is ReportKind.CATALOGUE:
            catalogue = find_version(question.city, None, settings.workspace)
            return Kept(catalogue_bytes(catalogue, load_fair_competition(), form), form.media, None)
        material = Material(
            world_on(options.as_of),
            question.city,
            options,
            Steps(find_gaps, rank_targets),
            question.chain,
            _own_map(settings),
            top,
        )
        beside = material.of(second) if second is not None else None
        document = measured_report(kind, material, company or "", beside)
        return Kept(document_bytes(document, form), form.media, None)

    state = None if kind is ReportKind.CATALOGUE else [catalogue_state(city)() for city in places]
    kept = await _kept(request, make, state)
    await to_thread.run_sync(audit_export, request, form.value, len(kept.body))
    named = {"Content-Disposition": saved_as(name)}
    headers = headers_of(None, None) | named | {"Content-Type": kept.media}
    return Response(kept.body, headers=headers)


async def _kept(request: Request, make: Callable[[], Kept], resting_on: list[str] | None) -> Kept:
    """Return a report made before or now.

    Args:
        request: What is asked.
        make: Makes it.
        resting_on: The catalogues in use that its targets hang on; None makes it now in any case.
    """
    if resting_on is None:
        return await to_thread.run_sync(make)
    query = urlencode(by_name(request.query_params.multi_items()))
    name = f"{current_snapshot().id}\n{request.url.path}?{query}\nreport {resting_on}"
    state = request.app.state
    kept, source = await state.answers.get(name, make)
    state.metrics.answers.labels(source).inc()
    found: Kept = kept
    return found


def _own_map(settings: Settings) -> CityMap | None:
    if settings.map_geojson is None:
        return None
    rows = load_world().cities.select("city_code", "city", "short_name").iter_rows()
    cities = tuple((code, name, short) for code, name, short in rows if code in GRID)
    return read_map(settings.map_geojson, settings.map_approval, cities)
