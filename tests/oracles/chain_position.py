"""Chain position by slow and obvious means: removal, power series, loops over single cells."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

import numpy as np
from scipy.sparse import csr_array

Edge = tuple[int, int]


def random_dag(rng: np.random.Generator, nodes: int, links: int) -> list[Edge]:
    """Return distinct links from lower to higher nodes, sorted."""
    found: set[Edge] = set()
    while len(found) < links:
        a, b = sorted(rng.integers(0, nodes, 2).tolist())
        if a != b:
            found.add((a, b))
    return sorted(found)


def sparse(nodes: int, edges: Sequence[Edge]) -> csr_array:
    """Return links as the sparse array that `chains.centrality` takes."""
    rows, columns = [a for a, _ in edges], [b for _, b in edges]
    return csr_array(([True] * len(edges), (rows, columns)), shape=(nodes, nodes), dtype=bool)


def reached(edges: Iterable[Edge], starts: Iterable[int], without: int | None = None) -> set[int]:
    """Return every node reached from `starts`, they included, by paths that avoid `without`."""
    users: dict[int, list[int]] = {}
    for a, b in edges:
        users.setdefault(a, []).append(b)
    found: set[int] = set()
    waiting = [node for node in starts if node != without]
    while waiting:
        node = waiting.pop()
        if node not in found:
            found.add(node)
            waiting += [user for user in users.get(node, []) if user != without]
    return found


def sources(nodes: int, edges: Sequence[Edge]) -> list[int]:
    """Return nodes whose every supplier is in a circle with them; without any, raw inputs."""
    after = [reached(edges, [node]) for node in range(nodes)]
    return [
        node
        for node in range(nodes)
        if all(a in after[node] for a in range(nodes) if node in after[a])
    ]


def lost_without(nodes: int, edges: Sequence[Edge], removed: int) -> set[int]:
    """Return the other nodes that no path from a source reaches when one node is taken out."""
    left = reached(edges, sources(nodes, edges), removed)
    return set(range(nodes)) - left - {removed}


def inverse_by_series(matrix: np.ndarray, terms: int = 2_000) -> np.ndarray:
    """Return I + A + A² + …, added up until a term no longer counts."""
    total = term = np.eye(len(matrix))
    for _ in range(terms):
        term = term @ matrix
        total = total + term
        if term.max(initial=0.0) < 1e-18:
            break
    return total


def flq_dependence(
    suppliers: tuple[float, float],
    users: Sequence[tuple[float, float]],
    share: float,
    delta: float,
) -> float:
    """Return 1 − min(1, λ · CILQ) of one city, region and segment.

    Args:
        suppliers: Count and theta of the segment in the region.
        users: Input coefficient and theta of each user the city has.
        share: The region's share of the nation's companies.
        delta: Flegg's δ.
    """
    weight = sum(a for a, _ in users)
    if weight == 0.0:
        return 0.0
    if suppliers[0] == 0.0:
        return 1.0
    cilq = sum(a * suppliers[1] / theta for a, theta in users) / weight
    return 1.0 - min(1.0, math.log2(1.0 + share) ** delta * cilq)


def kilometres(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Return the great-circle distance of two (lon, lat) by the law of cosines."""
    (lon1, lat1), (lon2, lat2) = ([math.radians(v) for v in point] for point in (a, b))
    inner = math.sin(lat1) * math.sin(lat2) + math.cos(lat1) * math.cos(lat2) * math.cos(
        lon2 - lon1
    )
    return 6371.0088 * math.acos(max(-1.0, min(1.0, inner)))
