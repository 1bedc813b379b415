"""`/embed/…`: the web component, the iframe pages, and the tokens that let them ask."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.staticfiles import StaticFiles
from pydantic import BaseModel, Field
from starlette.responses import HTMLResponse, Response

from chainmap import resources
from chainmap.concepts.access import Scope
from chainmap.concepts.json_kinds import WHOLE
from chainmap.errors import InputError
from chainmap.ledger.audit import Detail
from chainmap.pipeline import load_world
from chainmap.server.embed_tokens import LONGEST, EmbedToken
from chainmap.server.security import needs
from chainmap.server.service import Principal, service_of
from chainmap.server.writes import deed
from chainmap.sources.places import find_city

KINDS = {
    "targets": ("招商目标企业", "Investment targets"),
    "gaps": ("产业链缺口", "Industry-chain gaps"),
    "panorama": ("产业链全景图", "Chain panorama"),
}
"""What can be embedded → its page's title in both languages."""

FILES = ("chainmap-embed.js", "frame.js", "frame.css")
_MOST_MINUTES = int(LONGEST.total_seconds()) // 60

router = APIRouter(prefix="/v1", tags=["embedding"])


class EmbedTokenRequest(BaseModel, extra="forbid"):
    """What a token is to open."""

    origin: str = Field(
        max_length=200,
        description="Web origin of the page, one of the key's",
        examples=["https://park.example"],
    )
    minutes: Annotated[int, Field(strict=True, ge=1, le=_MOST_MINUTES), WHOLE] = 15
    city: str | None = Field(default=None, max_length=60, description="Only this city")
    chain: str | None = Field(default=None, max_length=60, description="Only this chain")


class EmbedTokenRecord(BaseModel):
    """A token for a page that embeds targets, gaps or a panorama."""

    token: str = Field(description="For the `token` attribute; a signed text, kept nowhere")
    origin: str
    expires_at: dt.datetime
    city_code: str | None
    chain_id: str | None


@router.post(
    "/embed-tokens",
    operation_id="createEmbedToken",
    status_code=201,
    response_model=EmbedTokenRecord,
)
def create_token(
    request: Request,
    wanted: EmbedTokenRequest,
    who: Annotated[Principal, Depends(needs(Scope.READ))],
) -> Response:
    """Return a short-lived token that reads gaps, targets and panoramas from one web origin."""
    if who.key is None or wanted.origin not in who.key.origins:
        listed = "、".join(who.key.origins) if who.key else ""
        raise InputError(
            f"网页来源“{wanted.origin[:100]}”不在此密钥允许之列（{listed or '无'}）。",
            todo="用 chainmap keys create --origin 建立允许该来源的密钥。",
        )
    world = load_world()
    city = find_city(world.cities, wanted.city).code if wanted.city is not None else None
    chain = world.library.find_chain(wanted.chain).id if wanted.chain is not None else None
    service = service_of(request)
    ends = service.now().replace(microsecond=0) + dt.timedelta(minutes=wanted.minutes)
    token = EmbedToken(who.key.id, wanted.origin, city, chain, int(ends.timestamp()))
    about: Detail = {"minutes": wanted.minutes, "city": city, "chain": chain}
    with service.record() as write:
        write(deed(request, "embed.token", wanted.origin, about))
    record = EmbedTokenRecord(
        token=token.text(service.settings),
        origin=wanted.origin,
        expires_at=ends,
        city_code=city,
        chain_id=chain,
    )
    return Response(
        record.model_dump_json(),
        status_code=201,
        media_type="application/json",
        headers={"Cache-Control": "no-store"},
    )


def embed_pages() -> APIRouter:
    """Return the routes of the iframe pages and of the files they and foreign pages load."""
    folder = resources.path("api", "embed")
    static = StaticFiles(directory=folder)
    frame = resources.read_text("api", "embed", "frame.html")
    pages = APIRouter(prefix="/embed", include_in_schema=False)

    def page(request: Request, lang: Annotated[str, Query(max_length=10)] = "zh") -> HTMLResponse:
        english = lang == "en"
        title = KINDS[_last(request)][english]
        text = frame.replace("{lang}", "en" if english else "zh-CN").replace("{title}", title)
        return HTMLResponse(text, headers={"Cache-Control": "no-cache"})

    async def file(request: Request) -> Response:
        answer = await static.get_response(_last(request), request.scope)
        answer.headers["Cache-Control"] = "no-cache"
        return answer

    for kind in KINDS:
        pages.add_api_route(f"/{kind}", page, methods=["GET", "HEAD"])
    for name in FILES:
        pages.add_api_route(f"/{name}", file, methods=["GET", "HEAD"], response_model=None)
    return pages


def _last(request: Request) -> str:
    return request.url.path.rpartition("/")[2]
