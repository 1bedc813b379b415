"""The measures beside NDCG@20 (methods 7.2), and results by node popularity and city size."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from chainmap.gaps.entry.columns import read
from chainmap.gaps.entry.panel import Flags, Ints, Known, Matrix
from chainmap.gaps.entry.scores import TOP, Judged
from chainmap.gaps.relatedness.complexity import complexity
from chainmap.metrics import (
    Ranking,
    among_first,
    auc_pr,
    best_f1,
    map_at_k,
    ndcg_at_k,
    precision_at_k,
    precision_at_n,
    rank_lists,
    recall_at_k,
    roc_auc,
    weighted_recall_at_k,
)

NODE_THIRDS = ("rare nodes", "middling nodes", "common nodes")
CITY_THIRDS = ("small cities", "middling cities", "large cities")


@dataclass(frozen=True)
class Facts:
    """What the candidates of an origin are sliced and weighted by; all known at the origin.

    Attributes:
        judged: City and outcome of every candidate.
        node: Node of every candidate.
        complexity: Percentile of the node's complexity (PCI), 0..1, by node.
        stock: Companies nationally, by node.
        companies: Companies, by place.
    """

    judged: Judged
    node: Ints
    complexity: Matrix
    stock: Matrix
    companies: Matrix


def facts_of(known: Known, cell: Ints, judged: Judged) -> Facts:
    """Return the facts of some candidates as of an origin.

    Args:
        known: The panel as of the origin.
        cell: Flat cell of every candidate.
        judged: Their cities and outcomes.
    """
    pci = np.nan_to_num(complexity(read(known, "has_advantage")).pci)
    ranks = np.argsort(np.argsort(pci, kind="stable"), kind="stable")
    return Facts(
        judged=judged,
        node=cell % known.shape[1],
        complexity=(ranks + 0.5) / max(1, len(ranks)),
        stock=read(known, "stock").sum(axis=0),
        companies=read(known, "companies").ravel(),
    )


def detail_row(score: Matrix, facts: Facts) -> dict[str, float]:
    """Return every measure of methods 7.2 for one score over the full universe.

    Measures at k are means over the cities where anything came true. `complexity_recall_20`
    weighs each event by the percentile of its node's complexity, `rare_recall_20` by one over the
    root of its node's national stock (at least one company). `coverage_20` is the share of the
    candidates' nodes that stand among the first 20 of any city. `best_f1` has its threshold chosen
    on the test itself. Equal scores are broken at random, by one order for all methods.
    """
    score, facts = _shuffled(score, facts)
    happened, city = facts.judged.happened, facts.judged.city
    live = _live(facts.judged)
    lists = rank_lists(happened[live], score[live], city[live])
    return {
        "precision_10": _mean(precision_at_k(lists, 10)),
        "recall_20": _mean(recall_at_k(lists, TOP)),
        "map_10": _mean(map_at_k(lists, 10)),
        "best_f1": round(best_f1(happened, score), 4),
        "auc_pr": round(auc_pr(happened, score), 4),
        "precision_1000": round(precision_at_n(happened, score, 1000), 4),
        "complexity_recall_20": _weighted(score, facts, facts.complexity, live),
        "rare_recall_20": _weighted(score, facts, 1 / np.sqrt(np.maximum(1, facts.stock)), live),
        "coverage_20": round(
            len(np.unique(facts.node[among_first(score, city, TOP)]))
            / max(1, len(np.unique(facts.node))),
            4,
        ),
        "roc_auc": round(roc_auc(happened, score), 4),
    }


def slice_rows(score: Matrix, facts: Facts) -> list[dict[str, Any]]:
    """Return results by thirds of nodes (national stock) and of cities (companies).

    `ndcg_20` ranks the slice's candidates alone; `recall_20` is the share of the slice's events
    that stand among the first 20 of their city's whole list; `auc_pr` is over the slice.
    """
    score, facts = _shuffled(score, facts)
    happened, city = facts.judged.happened, facts.judged.city
    first = among_first(score, city, TOP)
    rows = []
    for name, inside in _slices(facts):
        events = float(happened[inside].sum())
        row: dict[str, Any] = {"slice": name, "events": int(events)}
        if events:
            live = inside & (np.bincount(city, weights=happened * inside)[city] > 0)
            lists: Ranking = rank_lists(happened[live], score[live], city[live])
            row |= {
                "ndcg_20": _mean(ndcg_at_k(lists, TOP)),
                "recall_20": round(float(happened[inside & first].sum()) / events, 4),
                "auc_pr": round(auc_pr(happened[inside], score[inside]), 4),
            }
        rows.append(row)
    return rows


def slices_side_by_side(
    slices: Sequence[Mapping[str, Any]], methods: Sequence[str]
) -> list[dict[str, Any]]:
    """Return one row a slice with NDCG@20 of some methods beside each other.

    Args:
        slices: Rows of `slice_rows` with `method`; several origins of a method are averaged, and
            their events added.
        methods: Columns, in order.
    """
    rows = []
    for name in dict.fromkeys(row["slice"] for row in slices):
        inside = [row for row in slices if row["slice"] == name]
        events = sum(row["events"] for row in inside if row["method"] == methods[0])
        row: dict[str, Any] = {"slice": name, "measure": "NDCG@20", "events": events}
        for method in methods:
            found = [r["ndcg_20"] for r in inside if r["method"] == method and r["events"]]
            row[method] = round(float(np.mean(found)), 4) if found else None
        rows.append(row)
    return rows


def _slices(facts: Facts) -> Iterator[tuple[str, Flags]]:
    nodes, cities = np.unique(facts.node), np.unique(facts.judged.city[_live(facts.judged)])
    for names, of_row, members, size in (
        (NODE_THIRDS, facts.node, nodes, facts.stock),
        (CITY_THIRDS, facts.judged.city, cities, facts.companies),
    ):
        order = members[np.argsort(size[members], kind="stable")]
        for name, part in zip(names, np.array_split(order, 3), strict=True):
            yield name, np.isin(of_row, part)


def _live(judged: Judged) -> Flags:
    """Return the candidates of cities where anything came true."""
    return np.asarray(np.bincount(judged.city, weights=judged.happened)[judged.city] > 0)


def _weighted(score: Matrix, facts: Facts, weight: Matrix, live: Flags) -> float:
    gain = (facts.judged.happened * weight[facts.node])[live]
    lists = rank_lists(gain, score[live], facts.judged.city[live])
    return _mean(weighted_recall_at_k(lists, TOP))


def _shuffled(score: Matrix, facts: Facts) -> tuple[Matrix, Facts]:
    """Return rows in an order of their own, so that ties do not follow the numbers of nodes."""
    order = np.random.default_rng(0).permutation(len(score))
    judged = facts.judged
    mixed = Judged(judged.city[order], judged.happened[order], judged.cluster)
    return score[order], Facts(
        mixed, facts.node[order], facts.complexity, facts.stock, facts.companies
    )


def _mean(values: Matrix) -> float:
    return round(float(values.mean()), 4)
