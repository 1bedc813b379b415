"""Centralities of a chain-sized graph: sparse arrays against networkx, in one run."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

import networkx as nx
import numpy as np

from chainmap.chains.centrality import betweenness, dominated_counts, downstream_counts
from tests.oracles.chain_position import random_dag, sparse

T = TypeVar("T")
NODES, LINKS = 3_000, 9_000


def report(say: Callable[[str], object]) -> None:
    """Print CPU seconds, the ratio and the largest difference."""
    edges = random_dag(np.random.default_rng(20261121), NODES, LINKS)
    graph = sparse(NODES, edges)
    named = nx.DiGraph()
    named.add_nodes_from(range(NODES))
    named.add_edges_from(edges)
    say(f"centralities, CPU seconds (random DAG, {NODES} nodes, {LINKS} links)\n")
    ours, values = _timed(lambda: betweenness(graph), 5)
    theirs, wanted = _timed(lambda: nx.betweenness_centrality(named))
    apart = max(abs(values[node] - value) for node, value in wanted.items())
    reach, _ = _timed(lambda: downstream_counts(graph), 5)
    their_reach, _ = _timed(lambda: [len(nx.descendants(named, node)) for node in named])
    lost, _ = _timed(lambda: dominated_counts(graph), 5)
    for name, seconds in (
        ("betweenness, sparse", ours),
        ("betweenness, networkx", theirs),
        ("everything downstream, sparse", reach),
        ("everything downstream, networkx", their_reach),
        ("dominated downstream", lost),
    ):
        say(f"  {name:<46}{seconds:8.4f}\n")
    say(f"ratio: betweenness networkx ÷ sparse {theirs / ours:8.1f} (apart {apart:.0e})\n")
    say(f"ratio: downstream networkx ÷ sparse {their_reach / reach:8.1f}\n")


def _timed(work: Callable[[], T], runs: int = 1) -> tuple[float, T]:
    """Return the least CPU seconds over `runs` runs, and what the work found."""
    spent = []
    for _ in range(runs):
        start = time.process_time()
        found = work()
        spent.append(time.process_time() - start)
    return min(spent), found
