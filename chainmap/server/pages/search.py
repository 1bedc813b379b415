"""`/search`: one box for segments, companies, cities, plans and fields."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from chainmap.server.pages.search_index import KINDS, SHOWN, find
from chainmap.server.pages.shell import PageRoute, render

router = APIRouter(route_class=PageRoute, include_in_schema=False)

KIND_WORDS = {
    "chain": ("产业链", "Chains"),
    "segment": ("环节", "Segments"),
    "city": ("城市", "Cities"),
    "company": ("企业", "Companies"),
    "policy": ("政策文件", "Plans"),
    "field": ("政策领域", "Policy fields"),
}


@router.get("/search")
def search(request: Request, q: str = "", kind: str = "") -> HTMLResponse:
    """Return what answers to `q`; of one kind, all of it."""
    found = find(q[:60])
    kinds = [kind] if kind in KINDS else list(KINDS)
    limit = 200 if kind in KINDS else SHOWN
    return render(
        request,
        "search.html",
        q=q[:60],
        found=[(one, found[one][:limit], len(found[one])) for one in kinds if found[one]],
        words=KIND_WORDS,
        total=sum(len(hits) for hits in found.values()),
    )
