"""A catalogue's versions and items as records, with the passages each item cites."""

from __future__ import annotations

import datetime as dt

from chainmap.catalogue.fairness import needs_review
from chainmap.catalogue.store import Listed
from chainmap.concepts.catalogue import Catalogue, CatalogueItem, Term
from chainmap.concepts.catalogue_records import (
    CatalogueItemRecord,
    CatalogueList,
    CatalogueVersion,
    TermRecord,
)
from chainmap.concepts.records import CitationRecord
from chainmap.gaps.world import World
from chainmap.reports.records import COVERAGE, citation_record


def catalogue_version(listed: Listed) -> CatalogueVersion:
    """Return a version without its items."""
    found, sanction = listed.catalogue, listed.catalogue.sanction
    return CatalogueVersion(
        version=found.version,
        version_name=found.version_name,
        label=found.label,
        city_code=found.city_code,
        city=found.city,
        year=found.year,
        status=found.status,
        in_use=listed.in_use,
        bundled=listed.bundled,
        n_items=len(found.items),
        based_on=found.based_on,
        content_sha256=found.content_sha256,
        approved_by=sanction.by if sanction else None,
        approved_on=sanction.date if sanction else None,
        approved_why=sanction.why if sanction else "",
    )


def catalogue_list(world: World, listed: Listed, day: dt.date) -> CatalogueList:
    """Return a version with its terms and items, in catalogue order.

    Args:
        world: Knows the passages.
        listed: The version.
        day: A cited plan is in force or not on it.
    """
    catalogue = listed.catalogue
    return CatalogueList(
        catalogue=catalogue_version(listed),
        plans=list(catalogue.plans),
        terms=[_term(term) for term in catalogue.terms],
        coverage=COVERAGE,
        may_act=False,
        items=[_item(world, catalogue, item, day) for item in catalogue.items],
    )


def item_citations(world: World, item: CatalogueItem, day: dt.date) -> list[CitationRecord]:
    """Return the passages an item cites that the library still knows, positions included."""
    library = world.library
    positions = {f"{p.document}@{p.start}": p for p in world.positions}
    found = []
    for passage in dict.fromkeys((*item.policy, *(site.passage for site in item.sites))):
        position = positions.get(passage)
        if passage in library.citations:
            found.append(citation_record(world, passage, day))
        elif position is not None:
            document = library.documents[position.document]
            found.append(
                CitationRecord(
                    id=passage, document_id=document.id, title=document.title,
                    box=position.box or "", start=position.start, end=position.end,
                    sha256=document.sha256, names=[position.place, *position.terms],
                    in_force=document.in_force(day),
                )
            )  # fmt: skip
    return found


def _item(
    world: World, catalogue: Catalogue, item: CatalogueItem, day: dt.date
) -> CatalogueItemRecord:
    return CatalogueItemRecord(
        id=item.id,
        chain_id=item.chain,
        chain=catalogue.chains[item.chain],
        segment_id=item.segment,
        name=item.name,
        direction=item.direction,
        kind=item.kind.value if item.kind else None,
        kind_zh=item.kind.zh if item.kind else None,
        priority=item.priority.value if item.priority else None,
        priority_zh=item.priority.zh if item.priority else None,
        wanted=[one.value for one in item.wanted],
        wanted_zh=[one.zh for one in item.wanted],
        sites=[site.place for site in item.sites],
        terms=list(item.admission),
        start_year=item.period.start,
        end_year=item.period.end,
        reasons=[reason.text for reason in item.reasons],
        incentive=item.incentive,
        needs_review=needs_review(item),
        note=item.note,
        origin=item.origin,
        citations=item_citations(world, item, day),
    )


def _term(term: Term) -> TermRecord:
    return TermRecord(
        id=term.id,
        metric=term.metric.value,
        metric_zh=term.metric.zh,
        requirement=term.requirement,
        value=term.value,
        unit=term.unit,
        place=term.place,
        place_code=term.place_code,
        since=term.since,
        binding=term.binding,
        source=term.source.zh if term.source else None,
        ask=term.ask,
    )
