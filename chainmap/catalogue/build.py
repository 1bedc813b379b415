"""Draft a catalogue (招商目录草案) from a city's gaps, the plans in force, and the rules."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import NamedTuple

from chainmap import resources
from chainmap.catalogue.choice import Row, chosen_gaps
from chainmap.catalogue.terms import local_rules, speaks_to, term_of
from chainmap.catalogue.wording import direction_text, priority_of, reasons_of, wanted_of
from chainmap.concepts.admission import AdmissionRule
from chainmap.concepts.catalogue import (
    Catalogue,
    CatalogueItem,
    Groundwork,
    ItemPeriod,
    PassageNote,
    Siting,
    as_draft,
)
from chainmap.concepts.catalogue_rules import CatalogueRules
from chainmap.gaps.policy import Clock, applies_to
from chainmap.gaps.world import World
from chainmap.sources.places import City
from chainmap.tables import Gaps

DRAFTED = "0" * 64
"""Stands where the content hash goes until the content is known."""


class Rulebook(NamedTuple):
    """What an office decides beforehand: how drafts are drawn up, and who may come in."""

    drafting: CatalogueRules
    admission: tuple[AdmissionRule, ...]


class DraftOptions(NamedTuple):
    """The year a catalogue is for, the day plans must be in force, and most items a chain."""

    year: int
    as_of: dt.date
    per_chain: int


def policy_day(year: int, edition: dt.date) -> dt.date:
    """Return the day of a year on which plans must be in force: the one nearest to the edition.

    The edition itself in its own year, the first day of a later year, the last of an earlier one.
    """
    if year == edition.year:
        return edition
    return dt.date(year, 1, 1) if year > edition.year else dt.date(year, 12, 31)


def build_catalogue(
    world: World, city: City, gaps: Gaps, rulebook: Rulebook, options: DraftOptions
) -> Catalogue:
    """Return the draft catalogue of a city; the same inputs give the same bytes.

    Items stand chain by chain, in the order of the chains' best gaps, and keep their id
    (`<city>-<segment>`) when the catalogue is built again. Incentives are left empty.

    Args:
        world: The measured data.
        city: Whose catalogue it is.
        gaps: From `find_gaps` on the day `options.as_of`.
        rulebook: Drafting and admission rules.
        options: Year, day, most items a chain.
    """
    library = world.library
    rows = chosen_gaps(gaps.to_dicts(), options.per_chain, rulebook.drafting.per_kind)
    rules = local_rules(rulebook.admission, city, options.as_of)
    drafting = _Drafting(world, city, rulebook.drafting, rules, (gaps.height, options))
    items = tuple(drafting.item(row) for row in rows)
    used = {term for item in items for term in item.admission}
    cited = dict.fromkeys(p for i in items for p in (*i.policy, *(s.passage for s in i.sites)))
    clock = Clock(options.as_of)
    draft = Catalogue(
        city_code=city.code,
        city=city.name,
        year=options.year,
        status="draft",
        version=f"{options.year}-draft-00000000",
        content_sha256=DRAFTED,
        groundwork=_groundwork(world, gaps, options),
        plans=tuple(
            document.title
            for document in library.documents.values()
            if applies_to(document, city) and clock.counts(document)
        ),
        chains={item.chain: library.chains[item.chain].name for item in items},
        passages=tuple(passage_note(world, passage, options.as_of) for passage in cited),
        terms=tuple(term_of(rule, city) for rule in rules if rule.id in used),
        items=items,
    )
    return as_draft(draft, None)


def passage_note(world: World, passage_id: str, day: dt.date) -> PassageNote:
    """Return a cited passage as a catalogue states it: a citation, or a position `document@start`.

    Raises:
        KeyError: Neither the library nor the positions know it; gaps only name known ones.
    """
    library = world.library
    citation = library.citations.get(passage_id)
    if citation is not None:
        document_id, box, names = citation.document, citation.box, citation.names
    else:
        position = {f"{p.document}@{p.start}": p for p in world.positions}[passage_id]
        document_id, box, names = position.document, position.box or "", position.terms
        names = (position.place, *names)
    document = library.documents[document_id]
    return PassageNote(
        id=passage_id,
        document=document_id,
        title=document.title,
        box=box,
        names=names,
        in_force=document.in_force(day),
    )


class _Drafting:
    """Draws up items of one city."""

    def __init__(
        self,
        world: World,
        city: City,
        drafting: CatalogueRules,
        rules: tuple[AdmissionRule, ...],
        frame: tuple[int, DraftOptions],
    ) -> None:
        self._world, self._city = world, city
        self._drafting, self._rules = drafting, rules
        self._n_gaps, self._options = frame

    def item(self, row: Row) -> CatalogueItem:
        """Return the item of one gap."""
        library, drafting = self._world.library, self._drafting
        segment = library.segments[str(row["segment_id"])]
        parts = list(row["policy_parts"])[: drafting.shown_passages]
        background = [c for c in row["citations"] if c not in {p["passage"] for p in parts}]
        policy = [str(part["passage"]) for part in parts] or [str(c) for c in background]
        return CatalogueItem(
            id=f"{self._city.code}-{segment.id}",
            chain=library.chain_of(segment.id).id,
            segment=segment.id,
            name=segment.name,
            direction=direction_text(row, library, drafting),
            kind=row["kind"],
            priority=priority_of(row, self._n_gaps, drafting.priority),
            wanted=wanted_of(row, library, drafting),
            sites=_sites(row),
            admission=tuple(
                r.id
                for r in self._rules
                if not r.scope.foreign_only and speaks_to(r, library, segment.id)
            ),
            policy=tuple(dict.fromkeys(policy)),
            period=self._period([str(part["document"]) for part in row["policy_parts"]]),
            reasons=reasons_of(row, self._n_gaps, library),
        )

    def _period(self, documents: list[str]) -> ItemPeriod:
        """Return the years of an item: to the nearest horizon of the plans that name it."""
        known = [self._world.library.documents[d] for d in dict.fromkeys(documents)]
        ends = [(d.period.end, d.id) for d in known if d.period.end is not None]
        if not ends:
            return ItemPeriod(start=self._options.year, end=None)
        end, plan = min(ends)
        return ItemPeriod(start=self._options.year, end=end, plan=plan)


def _sites(row: Row) -> tuple[Siting, ...]:
    found = [
        Siting(place=str(part["place"]), passage=str(part["passage"]))
        for part in row["policy_parts"]
        if part["place"] is not None
    ]
    return tuple({site.place: site for site in reversed(found)}.values())[::-1]


def bundled_hashes() -> dict[str, str]:
    """Return the SHA-256 of what drafts rest on, by field of `Groundwork`."""
    loose = ("citations.yml", "policy-verbs.yml", "catalogue-rules.yml")
    files = {
        name: hashlib.sha256(resources.read_bytes("taxonomy", name)).hexdigest() for name in loose
    }
    policy = [resources.content_hash("data", "policies"), files[loose[0]], files[loose[1]]]
    rules = [resources.content_hash("taxonomy", "admission"), files[loose[2]]]
    return {
        "chains_sha256": resources.content_hash("taxonomy", "chains"),
        "companies_sha256": resources.content_hash("data", "companies"),
        "policy_sha256": hashlib.sha256("".join(policy).encode()).hexdigest(),
        "rules_sha256": hashlib.sha256("".join(rules).encode()).hexdigest(),
    }


def _groundwork(world: World, gaps: Gaps, options: DraftOptions) -> Groundwork:
    return Groundwork(
        edition=world.edition,
        as_of=options.as_of,
        per_chain=options.per_chain,
        n_gaps=gaps.height,
        **bundled_hashes(),
    )
