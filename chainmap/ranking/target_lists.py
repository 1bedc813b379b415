"""How good ranked lists of firms or cities are: measures per list, and per event."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from chainmap.metrics import hit_rate_at_k, ndcg_at_k, rank_lists, recall_at_k, reciprocal_rank
from chainmap.significance import Interval, paired_bootstrap

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
HITS = (1, 5, 10, 20, 100)
RESAMPLES = 2_000


@dataclass(frozen=True)
class Lists:
    """What is ranked, one list a column.

    Attributes:
        happened: Candidates × lists, whether it came true.
        asked: Candidates × lists, whether the candidate stands in the list at all.
        number: Number of each list: a city for lists of firms, a firm for lists of cities.
    """

    happened: Flags
    asked: Flags
    number: Ints


@dataclass(frozen=True)
class ListScores:
    """Measures of one order.

    Attributes:
        measures: Measure → one number a list.
        number: Number of each list.
        event_auc: Per event, the share of the others in its list it stands above.
        event_candidate: Candidate of each event.
        event_list: Column of the list of each event.
        event_place: Place of each event in its list, from 1; ties share the mean place.
    """

    measures: Mapping[str, Floats]
    number: Ints
    event_auc: Floats
    event_candidate: Ints
    event_list: Ints
    event_place: Floats

    def mean(self, measure: str, lists: Flags | None = None) -> float:
        """Return a measure's mean over lists; of some where they are flagged. NaN for none."""
        values = self.measures[measure]
        chosen = values if lists is None else values[lists]
        return float(chosen.mean()) if len(chosen) else float("nan")

    def events_in(self, k: int, weights: Floats | None = None) -> float:
        """Return the share of events among the first k of their lists, 0..1.

        Args:
            k: Places that count.
            weights: Weight of each event; None counts all alike.
        """
        return float(np.average(self.event_place <= k, weights=weights))

    def uncommon(self) -> Floats:
        """Return each event's weight 1/√n, n the events of its candidate: fame does not count.

        Source:
            Methods 8.6.
        """
        _, number, count = np.unique(self.event_candidate, return_inverse=True, return_counts=True)
        return np.asarray(1.0 / np.sqrt(count[number]))


def score_lists(lists: Lists, score: Floats) -> ListScores:
    """Return every measure of one order over lists that each hold at least one event.

    Args:
        lists: What is ranked.
        score: Candidates × lists, higher first.
    """
    at, column = np.nonzero(lists.asked)
    # Candidates come in an order that has nothing to do with what happened: ties stay fair.
    shuffled = np.random.default_rng(11).permutation(len(at))
    at, column = at[shuffled], column[shuffled]
    ranking = rank_lists(lists.happened[at, column].astype(np.float64), score[at, column], column)
    sizes = np.bincount(column, minlength=lists.asked.shape[1]).astype(np.float64)
    recall = recall_at_k(ranking, 100)
    measures: dict[str, Floats] = {
        "ndcg_20": ndcg_at_k(ranking, 20),
        "mrr": reciprocal_rank(ranking),
        **{f"hit_{k}": hit_rate_at_k(ranking, k) for k in HITS},
        "recall_100": recall,
        "lift_100": recall * sizes / np.minimum(sizes, 100.0),
    }
    auc, candidate, event_list, place = _events(lists, score)
    n = np.bincount(event_list, minlength=len(sizes))
    measures["auc"] = np.bincount(event_list, weights=auc, minlength=len(sizes)) / np.maximum(n, 1)
    return ListScores(measures, lists.number, auc, candidate, event_list, place)


def difference(
    one: ListScores, other: ListScores, measure: str, clusters: NDArray[np.generic] | None = None
) -> Interval:
    """Return one order's mean measure minus another's over lists, with its 95 % interval.

    Args:
        one: Measures of the first order.
        other: Of the second, over the same lists.
        measure: Name of the measure.
        clusters: Cluster of each list (its province); None draws lists.
    """
    gap = one.measures[measure] - other.measures[measure]
    return paired_bootstrap(gap, clusters=clusters, resamples=RESAMPLES)


def candidate_difference(one: ListScores, other: ListScores) -> Interval:
    """Return the mean difference of the events' AUC, whole candidates drawn (a firm's events)."""
    gap = one.event_auc - other.event_auc
    return paired_bootstrap(gap, clusters=one.event_candidate, resamples=RESAMPLES)


def event_difference(one: ListScores, other: ListScores, k: int) -> Interval:
    """Return the difference of the shares of events in the first k, whole candidates drawn."""
    gap = (one.event_place <= k).astype(np.float64) - (other.event_place <= k)
    return paired_bootstrap(gap, clusters=one.event_candidate, resamples=RESAMPLES)


def _events(lists: Lists, score: Floats) -> tuple[Floats, Ints, Ints, Floats]:
    """Return each event's AUC against what did not happen, candidate, list and place.

    Ties count one half.
    """
    from scipy.stats import rankdata

    aucs, candidates, columns, places = [], [], [], []
    for column in range(lists.asked.shape[1]):
        asked = np.flatnonzero(lists.asked[:, column])
        came = lists.happened[asked, column]
        ranks = rankdata(score[asked, column])
        # Rank among the others: what stands in the list less what came true at or below.
        among = rankdata(score[asked[came], column])
        others = max(int((~came).sum()), 1)
        aucs.append((ranks[came] - among) / others)
        candidates.append(asked[came])
        columns.append(np.full(int(came.sum()), column))
        places.append(len(asked) + 1.0 - ranks[came])
    return (
        np.concatenate(aucs),
        np.concatenate(candidates),
        np.concatenate(columns),
        np.concatenate(places),
    )
