"""Centralities on a sparse supply graph: what passes through a node, and what hangs on it.

Every function takes the adjacency of `ChainGraph.adjacency`: a square sparse array in which a
stored entry (p, q) is a link from supplier p to user q; values are not looked at.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
from scipy.sparse import block_array, csr_array
from scipy.sparse.csgraph import connected_components

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

_BLOCK_CELLS = 1 << 20
"""Cells of the (source, node) tables worked on at once: 8 MB a table of numbers."""


def betweenness(adjacency: csr_array) -> Floats:
    """Return each node's betweenness centrality: its share of shortest paths between others.

    Searches from many sources run level by level together, over (source, node) pairs, so the
    work is done in arrays and is proportional to the links the searches cross.

    Returns:
        0..1, in node order, normalised over ordered pairs; 0 everywhere below three nodes.

    Source:
        Brandes (2001), A faster algorithm for betweenness centrality.
    """
    n = adjacency.shape[0]
    total = np.zeros(n)
    block = max(1, _BLOCK_CELLS // max(1, n))
    for start in range(0, n, block):
        total += _passed_through(adjacency, np.arange(start, min(start + block, n)))
    return np.asarray(total / max(1, (n - 1) * (n - 2)))


def _passed_through(adjacency: csr_array, sources: Ints) -> Floats:
    """Return each node's summed dependency of the shortest paths that start at `sources`."""
    n = adjacency.shape[0]
    begin, users = adjacency.indptr.astype(np.int64), adjacency.indices.astype(np.int64)
    cells = sources.size * n
    paths, seen, mark = np.zeros(cells), np.zeros(cells, bool), np.zeros(cells, np.int64)
    frontier = np.arange(sources.size) * n + sources
    starts = frontier
    paths[frontier], seen[frontier] = 1.0, True
    levels = []
    while frontier.size:
        node = frontier % n
        degree = begin[node + 1] - begin[node]
        tails = np.repeat(frontier, degree)
        first = np.repeat(begin[node] - np.cumsum(degree) + degree, degree)
        heads = np.repeat(frontier - node, degree) + users[first + np.arange(tails.size)]
        fresh = ~seen[heads]
        tails, heads = tails[fresh], heads[fresh]
        np.add.at(paths, heads, paths[tails])
        seen[heads] = True
        order = np.arange(heads.size)
        mark[heads] = order
        frontier = heads[mark[heads] == order]
        levels.append((tails, heads))
    behind = np.zeros(cells)
    for tails, heads in reversed(levels):
        np.add.at(behind, tails, paths[tails] / paths[heads] * (1.0 + behind[heads]))
    behind[starts] = 0.0
    return np.asarray(behind.reshape(sources.size, n).sum(axis=0))


def downstream_counts(adjacency: csr_array) -> Ints:
    """Return how many other nodes each node reaches, in node order.

    One bit per node and target; users are folded into suppliers from the far end, again until
    nothing changes, which a graph without circles reaches at once.
    """
    n = adjacency.shape[0]
    bits = np.zeros((n, (n + 63) // 64), np.uint64)
    nodes = np.arange(n)
    circular = not _is_acyclic(adjacency)
    own = np.uint64(1) << (nodes % 64).astype(np.uint64)
    order = _postorder(adjacency, nodes)
    changed = True
    while changed:
        changed = False
        for node in order:
            users = adjacency.indices[adjacency.indptr[node] : adjacency.indptr[node + 1]]
            if users.size:
                reached = np.bitwise_or.reduce(bits[users], axis=0)
                np.bitwise_or.at(reached, users // 64, own[users])
                changed = changed or (circular and not np.array_equal(reached, bits[node]))
                bits[node] = reached
    itself = (bits[nodes, nodes // 64] & own) != 0
    return np.asarray(np.bitwise_count(bits).sum(axis=1, dtype=np.int64) - itself)


def dominated_counts(adjacency: csr_array) -> Ints:
    """Return how many nodes lose every path from a source when a node is removed.

    A source is a node nobody supplies (raw input), or any node of a circle nobody outside of it
    supplies, so every node has a path from a source. Lost are the nodes below it in the
    dominator tree of the graph under one root that feeds the sources.

    Returns:
        In node order, the node itself not counted.

    Source:
        Cooper, Harvey & Kennedy (2001), A simple, fast dominance algorithm.
    """
    n = adjacency.shape[0]
    graph = _rooted(adjacency)
    order = _postorder(graph, np.array([n]))[::-1]
    dominator = _immediate_dominators(graph, order)
    below = np.zeros(n + 1, np.int64)
    for node in reversed(order[1:]):
        below[dominator[node]] += below[node] + 1
    return below[:n]


def _rooted(adjacency: csr_array) -> csr_array:
    """Return the graph with one more node, the last, that supplies every source."""
    n = adjacency.shape[0]
    _, part = connected_components(adjacency, directed=True, connection="strong")
    tails = np.repeat(np.arange(n), np.diff(adjacency.indptr))
    fed = np.zeros(n, bool)
    fed[part[adjacency.indices[part[tails] != part[adjacency.indices]]]] = True
    root = csr_array((~fed[part]).astype(np.int8)[None, :])
    pattern = csr_array(
        (np.ones(adjacency.indices.size, np.int8), adjacency.indices, adjacency.indptr),
        shape=(n, n),
    )
    return block_array([[pattern, None], [root, csr_array((1, 1), dtype=np.int8)]], format="csr")


def _immediate_dominators(graph: csr_array, order: list[int]) -> list[int]:
    """Return each node's immediate dominator; `order` is a reverse postorder from the root."""
    rank = {node: at for at, node in enumerate(order)}
    into = csr_array(graph.T)
    found = [-1] * graph.shape[0]
    found[order[0]] = order[0]
    changed = True
    while changed:
        changed = False
        for node in order[1:]:
            suppliers = into.indices[into.indptr[node] : into.indptr[node + 1]].tolist()
            nearest = -1
            for supplier in suppliers:
                if found[supplier] == -1:
                    continue
                a, b = supplier, nearest if nearest != -1 else supplier
                while a != b:
                    while rank[a] > rank[b]:
                        a = found[a]
                    while rank[b] > rank[a]:
                        b = found[b]
                nearest = a
            if found[node] != nearest:
                found[node], changed = nearest, True
    return found


def _postorder(graph: csr_array, starts: Ints) -> list[int]:
    """Return the nodes reached from `starts`, each after all that it reaches but for circles."""
    begin, users = graph.indptr.tolist(), graph.indices.tolist()
    seen = [False] * graph.shape[0]
    order: list[int] = []
    for start in starts.tolist():
        if seen[start]:
            continue
        seen[start] = True
        stack: list[tuple[int, Iterator[int]]] = [
            (start, iter(users[begin[start] : begin[start + 1]]))
        ]
        while stack:
            node, ahead = stack[-1]
            step = next((user for user in ahead if not seen[user]), None)
            if step is None:
                order.append(node)
                stack.pop()
            else:
                seen[step] = True
                stack.append((step, iter(users[begin[step] : begin[step + 1]])))
    return order


def _is_acyclic(graph: csr_array) -> bool:
    """Return whether no node but reaches itself: every strong part is one node."""
    parts, _ = connected_components(graph, directed=True, connection="strong")
    return bool(parts == graph.shape[0])
