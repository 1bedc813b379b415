"""The chain library: every chain, segment, citation and name, compiled once and looked up often."""

from __future__ import annotations

from functools import cache, cached_property
from itertools import chain as flatten

from chainmap.chains.door import faults
from chainmap.chains.graph import ChainGraph
from chainmap.chains.lookup import SegmentNames, chain_named
from chainmap.chains.reader import Domain, Taxonomy, read_taxonomy
from chainmap.chains.retirement import living, successors
from chainmap.concepts.chain import Chain, Group, Segment
from chainmap.concepts.hanzi import folded_name, readings, simplified
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

        Traditional characters count as the simplified ones where nothing is called so.

        Raises:
            UnknownNameError: None or several answer to it; the nearest names are offered.
        """
        found = chain_named(tuple(self.chains.values()), given)
        if found is not None:
            return found
        asked = set(readings(given))
        for domain in self.domains:
            names = {folded_name(name) for name in (domain.name, *domain.aliases)}
            if domain.chain is None and asked & names:
                drawn = tuple(chain.name for chain in self.chains.values())
                raise UnknownNameError("已绘成图的产业链（规划已点名，尚未绘制）", given, drawn)
        shown = [name for c in self.chains.values() for name in (c.name, c.id, *c.aliases)]
        raise UnknownNameError("产业链", given, nearest_names(simplified(given), shown))

    def find_segment(self, given: str, chain: Chain | None = None) -> Segment:
        """Return the segment called `given`, as `SegmentNames.find` says.

        Its successor answers to a retired segment's id and names. Traditional characters count as
        the simplified ones where nothing is called so.

        Args:
            given: What the user wrote.
            chain: Look in this chain only.

        Raises:
            UnknownNameError: None or several answer to it; they or the nearest names are offered.
        """
        pool = {s.id: s for s in chain.segments} if chain else self.segments
        found = self._segment_names.find(given, pool)
        if found is not None:
            return found
        shown = list(flatten.from_iterable((s.name, *s.aliases) for s in pool.values()))
        raise UnknownNameError("环节", given, nearest_names(simplified(given), [*shown, *pool]))

    @cached_property
    def _segment_names(self) -> SegmentNames:
        fields = [group.name for group in self.groups.values()]
        for chain in self.chains.values():
            fields += [chain.name, *chain.aliases]
        for domain in self.domains:
            fields += [domain.name, *domain.aliases]
        return SegmentNames(self.segments, (self.retired, self.successors), fields)

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
