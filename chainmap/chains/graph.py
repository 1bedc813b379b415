"""The supply graph of the chains: networkx, wrapped once."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING

import networkx as nx

from chainmap.concepts.chain import Chain
from chainmap.concepts.identifiers import chain_of

if TYPE_CHECKING:
    from scipy.sparse import csr_array


class ChainGraph:
    """Segments as nodes, supplier → user as edges, all chains in one graph.

    Args:
        chains: Chains whose links are checked: every target exists.
    """

    def __init__(self, chains: Iterable[Chain]) -> None:
        self._graph = nx.DiGraph()
        for chain in chains:
            for segment in chain.segments:
                self._graph.add_node(segment.id, chain=chain.id)
                self._graph.add_edges_from((segment.id, user) for user in segment.supplies)

    def suppliers(self, segment_id: str) -> list[str]:
        """Return the segments that supply `segment_id` directly, sorted."""
        return sorted(self._graph.predecessors(segment_id))

    def users(self, segment_id: str) -> list[str]:
        """Return the segments that `segment_id` supplies directly, sorted."""
        return sorted(self._graph.successors(segment_id))

    def neighbours(self, segment_id: str) -> list[str]:
        """Return direct suppliers and users, sorted, each once."""
        return sorted({*self.suppliers(segment_id), *self.users(segment_id)})

    def edges(self, chain_id: str) -> list[tuple[str, str]]:
        """Return the links that touch a chain, cross-chain ones included, sorted."""
        return sorted(
            (a, b) for a, b in self._graph.edges if chain_id in (chain_of(a), chain_of(b))
        )

    def cycle(self, chain_id: str) -> list[str]:
        """Return the segments of one cycle inside a chain in order, or nothing."""
        inside = self._within(chain_id).copy()  # a view asks its filter at every step
        if nx.is_directed_acyclic_graph(inside):
            return []
        return [a for a, _ in nx.find_cycle(inside)]

    def components(self, chain_id: str) -> list[list[str]]:
        """Return a chain's weakly connected parts, largest first, each sorted."""
        parts = nx.weakly_connected_components(self._within(chain_id))
        return sorted((sorted(part) for part in parts), key=lambda part: (-len(part), part))

    @cached_property
    def adjacency(self) -> tuple[tuple[str, ...], csr_array]:
        """Return the segments, sorted, and the links between them: supplier rows, user columns.

        The array is square, boolean and holds an entry where there is a link; everything that
        counts paths works on it (`chains.centrality`).
        """
        from scipy.sparse import csr_array as sparse

        segments = tuple(sorted(self._graph))
        place = {segment: at for at, segment in enumerate(segments)}
        links = sorted((place[a], place[b]) for a, b in self._graph.edges)
        rows, columns = [a for a, _ in links], [b for _, b in links]
        shape = (len(segments), len(segments))
        return segments, sparse(([True] * len(links), (rows, columns)), shape=shape, dtype=bool)

    def _within(self, chain_id: str) -> nx.DiGraph:
        return self._graph.subgraph(
            node for node, chain in self._graph.nodes(data="chain") if chain == chain_id
        )
