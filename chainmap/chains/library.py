"""The chain library: every chain, segment, citation and name, compiled once and looked up often."""

from __future__ import annotations

from functools import cache
from itertools import chain as flatten

from chainmap.chains.door import faults
from chainmap.chains.graph import ChainGraph
from chainmap.chains.reader import Domain, Taxonomy, read_taxonomy
from chainmap.chains.retirement import living, successors
from chainmap.concepts.chain import Chain, Group, Segment
from chainmap.concepts.identifiers import chain_of
from chainmap.concepts.kinds import CiteScope, Stage
from chainmap.concepts.provenance import Citation, PolicySource
from chainmap.errors import UnknownNameError
from chainmap.nearest import nearest_names


class ChainLibrary:
    """The compiled taxonomy.

    Args:
        taxonomy: Read by `read_taxonomy`.
        refuse: Whether a fault is refused; only the review looks at a faulty taxonomy.

    Raises:
        CurationError: An id is written twice, a reference leads nowhere, a segment supplies
            itself, links run in a circle inside a chain, or a passage ends before it starts.
    """

    def __init__(self, taxonomy: Taxonomy, *, refuse: bool = True) -> None:
        fault = next(faults(taxonomy), None) if refuse else None
        if fault is not None:
            raise fault.error()
        chains = [chain for chain, _ in taxonomy.chains]
        self.successors = successors(taxonomy)
        self.chains: dict[str, Chain] = {c.id: c for c in living(chains, self.successors)}
        self.segments: dict[str, Segment] = {
            segment.id: segment for chain in self.chains.values() for segment in chain.segments
        }
        self.retired: dict[str, Segment] = {
            s.id: s for chain in chains for s in chain.segments if s.id in self.successors
        }
        self.groups: dict[str, Group] = {
            group.id: group for chain in self.chains.values() for group in chain.groups
        }
        self.domains: tuple[Domain, ...] = taxonomy.domains[0].domains
        citation_file = taxonomy.citations[0]
        self.documents: dict[str, PolicySource] = {d.id: d for d in citation_file.documents}
        self.citations: dict[str, Citation] = {c.id: c for c in citation_file.citations}
        self.crosswalks = taxonomy.crosswalks
        self.wording = taxonomy.wording
        self.positions = taxonomy.positions
        self.graph = ChainGraph(self.chains.values())

    def chain_of(self, segment_id: str) -> Chain:
        """Return the chain a segment belongs to."""
        return self.chains[chain_of(segment_id)]

    def stage_of(self, segment_id: str) -> Stage:
        """Return the stage of a segment: its group's."""
        return self.groups[self.segments[segment_id].group].stage

    def cited(self, segment_id: str) -> list[tuple[CiteScope, Citation]]:
        """Return the passages behind a segment: its own, then its group's, then its chain's."""
        segment = self.segments[segment_id]
        scopes = (
            (CiteScope.SEGMENT, segment.cites),
            (CiteScope.GROUP, self.groups[segment.group].cites),
            (CiteScope.CHAIN, self.chain_of(segment_id).cites),
        )
        seen: dict[str, CiteScope] = {}
        for scope, ids in scopes:
            for citation_id in ids:
                seen.setdefault(citation_id, scope)
        return [(scope, self.citations[citation_id]) for citation_id, scope in seen.items()]

    def find_chain(self, given: str) -> Chain:
        """Return the chain called `given`: id, Chinese or English name, or alias.

        Raises:
            UnknownNameError: Nothing answers to it; the nearest names are offered.
        """
        wanted = given.strip().casefold()
        names = {
            name.casefold(): chain
            for chain in reversed(self.chains.values())
            for name in (*chain.known_as, *chain.aliases, chain.name_en, chain.name, chain.id)
        }
        if wanted in names:
            return names[wanted]
        for domain in self.domains:
            if domain.chain is None and wanted in {
                n.casefold() for n in (domain.name, *domain.aliases)
            }:
                drawn = tuple(chain.name for chain in self.chains.values())
                raise UnknownNameError("已绘成图的产业链（规划已点名，尚未绘制）", given, drawn)
        shown = [name for c in self.chains.values() for name in (c.name, c.id, *c.aliases)]
        raise UnknownNameError("产业链", given, nearest_names(given, shown))

    def find_segment(self, given: str, chain: Chain | None = None) -> Segment:
        """Return the segment called `given`: id, name, English name, alias or term.

        Its successor answers to a retired segment's id and names.

        Args:
            given: What the user wrote.
            chain: Look in this chain only.

        Raises:
            UnknownNameError: Nothing answers to it; the nearest names are offered.
        """
        wanted = given.strip().casefold()
        pool = chain.segments if chain else tuple(self.segments.values())
        for segment in pool:
            if wanted in {n.casefold() for n in (segment.id, segment.name_en, *segment.names)}:
                return segment
        for old in self.retired.values():
            answers = self.segments[self.successors[old.id]]
            if answers in pool and wanted in {n.casefold() for n in (old.id, *old.names)}:
                return answers
        shown = list(flatten.from_iterable((s.name, *s.aliases) for s in pool))
        raise UnknownNameError("环节", given, nearest_names(given, [*shown, *(s.id for s in pool)]))

    def vocabulary(self) -> dict[str, tuple[str, str]]:
        """Return every name, alias and term → (chain id, segment id).

        Names of a retired segment mean its successor, unless a living one has taken them.
        """
        inherited = {
            name: (self.chain_of(heir).id, heir)
            for old, heir in self.successors.items()
            for name in self.retired[old].names
        }
        return inherited | {
            name: (chain.id, segment.id)
            for chain in self.chains.values()
            for segment in chain.segments
            for name in segment.names
        }

    def field_vocabulary(self) -> dict[str, tuple[str, str | None]]:
        """Return `vocabulary` and the names of whole fields → (chain id, None).

        Fields are the chains and the domains drawn inside them (量子信息, 第三代半导体); a string
        that also names a segment means the segment.
        """
        fields: dict[str, tuple[str, str | None]] = {
            name: (domain.chain, None)
            for domain in self.domains
            if domain.chain is not None
            for name in (domain.name, *domain.aliases)
        }
        for chain in self.chains.values():
            fields |= dict.fromkeys((chain.name, *chain.aliases), (chain.id, None))
        return fields | self.vocabulary()


@cache
def load_library() -> ChainLibrary:
    """Return the bundled chain library, compiled once per process.

    Raises:
        CurationError: A curated file is broken; names file, line and field.
        ResourceError: A bundled file is missing or was changed.
    """
    return ChainLibrary(read_taxonomy())
