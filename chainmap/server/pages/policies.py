"""`/policies`: the plans, their boxes and terms, goals, positions, and the fields over time."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import NamedTuple

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from chainmap.chains.library import ChainLibrary
from chainmap.concepts.policy_records import CHANGE_ZH
from chainmap.concepts.provenance import Citation
from chainmap.errors import UnknownNameError
from chainmap.nearest import nearest_names
from chainmap.pipeline import load_world
from chainmap.reports.plans import plan_record
from chainmap.reports.register import base_text, goal_register, growth_text, value_text
from chainmap.reports.timeline import NOTE, field_timeline
from chainmap.server.pages import facts
from chainmap.server.pages.shell import PageRoute, render
from chainmap.sources.register import load_goals

router = APIRouter(route_class=PageRoute, include_in_schema=False)
CHANGE_EN = {"first": "first", "enters": "enters", "stays": "stays", "leaves": "leaves"}


class Passage(NamedTuple):
    """A passage of a document with the things of the chains it speaks for."""

    citation: Citation
    segments: list[str]
    groups: list[tuple[str, str]]
    chains: list[str]


@router.get("/policies")
def list_policies(request: Request, city: str = "") -> HTMLResponse:
    """Return the plans on record, the fields they name over time, and their goals."""
    world = load_world()
    library, asked = world.library, facts.city(city) if city else None
    return render(
        request,
        "policies.html",
        page="policies",
        plans=[plan_record(d, world.edition) for d in library.documents.values()],
        timeline=field_timeline(library, world.edition),
        note=NOTE,
        goals=goal_register(library, load_goals(), (), asked, world.edition).goals,
        asked=asked,
        counts=_counts(library),
        change=CHANGE_ZH,
        change_en=CHANGE_EN,
        value_text=value_text,
        base_text=base_text,
        growth_text=growth_text,
        cities=facts.home_cities(),
        edition=world.edition,
    )


@router.get("/policies/{document}")
def show_policy(request: Request, document: str) -> HTMLResponse:
    """Return one plan: its boxes with the terms they name, goals, and fields it gives to places."""
    world = load_world()
    library = world.library
    if document not in library.documents:
        titles = [d.title for d in library.documents.values()]
        raise UnknownNameError("政策文件", document, nearest_names(document, titles))
    source = library.documents[document]
    passages = [p for p in _passages(library) if p.citation.document == document]
    boxes = [(box, list(rows)) for box, rows in groupby(passages, key=lambda p: p.citation.box)]
    return render(
        request,
        "policy.html",
        page="policies",
        source=source,
        plan=plan_record(source, world.edition),
        boxes=boxes,
        goals=[
            goal
            for goal in goal_register(library, load_goals(), (), None, world.edition).goals
            if goal.document == document
        ],
        positions=[p for p in world.positions if p.document == document],
        value_text=value_text,
        base_text=base_text,
        growth_text=growth_text,
        edition=world.edition,
    )


def _passages(library: ChainLibrary) -> list[Passage]:
    """Return every passage in text order with what cites it."""
    segments = _citing((s.id, s.cites) for s in library.segments.values())
    groups = _citing((g.id, g.cites) for g in library.groups.values())
    chains = _citing((c.id, c.cites) for c in library.chains.values())
    return [
        Passage(
            cited,
            segments.get(cited.id, []),
            [(g, library.groups[g].name) for g in groups.get(cited.id, [])],
            chains.get(cited.id, []),
        )
        for cited in sorted(library.citations.values(), key=lambda c: (c.document, c.start, c.end))
    ]


def _citing(things: Iterable[tuple[str, tuple[str, ...]]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, cites in things:
        for cited in cites:
            found.setdefault(cited, []).append(name)
    return found


def _counts(library: ChainLibrary) -> dict[str, int]:
    """Return how many passages are on record, by document."""
    counts = dict.fromkeys(library.documents, 0)
    for cited in library.citations.values():
        counts[cited.document] += 1
    return counts
