"""`/cities/{code}/companies/{company}/why`: why a company is on the city's list, or why not."""

from __future__ import annotations

from functools import lru_cache

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from chainmap.concepts.why_records import WhyNotRecord, WhyRecord
from chainmap.pipeline import load_world
from chainmap.ranking.target_options import TargetOptions
from chainmap.server.catalogue_states import catalogue_in_use
from chainmap.server.pages import facts
from chainmap.server.pages.shell import PageRoute, render
from chainmap.server.questions import asked
from chainmap.server.why import why_not_of, why_of

router = APIRouter(route_class=PageRoute, include_in_schema=False)
LENGTH, PER_SEGMENT = 20, 3
"""The list that is asked about: the one pages and command show first."""


@router.get("/cities/{code}/companies/{company}/why")
def show_why(request: Request, code: str, company: str, chain: str = "") -> HTMLResponse:
    """Return where a company fell out of a city's list and what would bring it in.

    Where it was ranked, also what its place rests on; every change is worked out by ranking again.
    """
    city, library = facts.city(code), load_world().library
    wanted = library.find_chain(chain) if chain else None
    chain_id = wanted.id if wanted else None
    answer, ranked = _answers(city.code, company, chain_id, catalogue_in_use(city.code))
    return render(
        request,
        "why.html",
        city=city,
        page="targets",
        given=company,
        chain=wanted,
        chains=list(library.chains.values()),
        answer=answer,
        ranked=ranked,
        length=LENGTH,
        per_segment=PER_SEGMENT,
    )


@lru_cache(maxsize=64)
def _answers(
    code: str, company: str, chain_id: str | None, catalogue: str
) -> tuple[WhyNotRecord, WhyRecord | None]:
    """Return why not, and where the company was ranked at all, what its place rests on."""
    question = asked(code, chain_id)
    options = TargetOptions(top=LENGTH, per_segment=PER_SEGMENT)
    answer = why_not_of(question, company, options)
    if answer.why is not None or answer.rank_overall is None:
        return answer, answer.why
    return answer, why_of(question, answer.company_id or company, options)
