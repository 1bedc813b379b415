"""Project propositions (项目建议): one for each catalogue item, with ranked sponsors (招引对象)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import NamedTuple

from chainmap.catalogue.project_size import Known, size_wanted
from chainmap.chains.library import ChainLibrary
from chainmap.concepts.catalogue import Catalogue, CatalogueItem
from chainmap.concepts.chain import Segment
from chainmap.concepts.project_records import PropositionTerm, SizeRecord
from chainmap.tables import Recommendations

RankSponsors = Callable[[Segment], Recommendations | None]
"""Ranks the companies elsewhere that could fill a segment, with the pipeline's ranker; None where
the data shows no gap there, so that nothing is ranked."""

_URGENCY = {"high": 0, "middle": 1, "low": 3, None: 2}


@dataclass(frozen=True)
class PropositionOptions:
    """What is proposed.

    Attributes:
        chain_id: Only items of this chain.
        top: Most propositions; 0 is all.
        sponsors: Most sponsors of one.
        land_mu: Land offered for one project, 亩; None is not known.
    """

    chain_id: str | None = None
    top: int = 0
    sponsors: int = 5
    land_mu: float | None = None


class Proposition(NamedTuple):
    """One proposition: the item, what a project of it should be, and who could bring it."""

    item: CatalogueItem
    title: str
    size: SizeRecord
    terms: list[PropositionTerm]
    sponsors: Recommendations | None

    @property
    def to_ask(self) -> list[str]:
        """Binding terms whose number is asked for and not known, with whom to ask."""
        return [
            f"{t.metric_zh}：{t.requirement}（核实：{t.ask}）"
            for t in self.terms
            if t.binding and t.unit and t.value is None and t.ask
        ]


def propose(
    catalogue: Catalogue,
    library: ChainLibrary,
    known: Known,
    rank: RankSponsors,
    options: PropositionOptions = PropositionOptions(),
) -> list[Proposition]:
    """Return a catalogue's propositions: by priority, inside one by gap score, then as listed.

    Nothing is made up: a range, a number or a source that nothing states stays unknown. An item
    whose segment was retired has no sponsors.

    Args:
        catalogue: The version in use.
        library: Knows segments and groups.
        known: Investments of known projects, from `known_investments`.
        rank: Ranks sponsors for a segment.
        options: Chain, length, land.
    """
    items = [i for i in catalogue.items if options.chain_id in (None, i.chain)]
    items.sort(key=lambda item: (_URGENCY[item.priority], -_gap_score(item)))
    found = []
    for item in items[: options.top or None]:
        segment = library.segments.get(item.segment)
        values = known.get(item.segment, {}).values()
        found.append(
            Proposition(
                item=item,
                title=title_of(item, catalogue),
                size=size_wanted(item, catalogue, values, options.land_mu),
                terms=terms_of(item, catalogue),
                sponsors=rank(segment) if segment is not None else None,
            )
        )
    return found


def title_of(item: CatalogueItem, catalogue: Catalogue) -> str:
    """Return what a proposition is called: city, segment and, where known, the gap kind."""
    kind = f"（{item.kind.zh}）" if item.kind else ""
    return f"{catalogue.city}{item.name}项目{kind}"


def terms_of(item: CatalogueItem, catalogue: Catalogue) -> list[PropositionTerm]:
    """Return the admission terms an item names, in catalogue order."""
    wanted = set(item.admission)
    return [
        PropositionTerm(
            id=term.id,
            metric=term.metric.value,
            metric_zh=term.metric.zh,
            requirement=term.requirement,
            value=term.value,
            unit=term.unit,
            place=term.place,
            binding=term.binding,
            source=term.source.zh if term.source else "未写明",
            ask=term.ask,
        )
        for term in catalogue.terms
        if term.id in wanted
    ]


def _gap_score(item: CatalogueItem) -> float:
    return _first(reason.value for reason in item.reasons if reason.fact == "gap_score")


def _first(values: Iterable[float]) -> float:
    return next(iter(values), 0.0)
