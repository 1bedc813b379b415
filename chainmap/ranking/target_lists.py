"""How good ranked lists of firms or cities are: measures per list, and per event."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from chainmap.ranking.tied import Flags, Floats, Ints, TiedList, tied_list
from chainmap.significance import Interval, paired_bootstrap

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
        event_above: Candidates of its list that stand before each event for sure.
        event_same: Candidates with the event's score, itself among them.
    """

    measures: Mapping[str, Floats]
    number: Ints
    event_auc: Floats
    event_candidate: Ints
    event_list: Ints
    event_above: Ints
    event_same: Ints

    @property
    def event_place(self) -> Floats:
        """Return the place of each event in its list, from 1; ties share the mean place."""
        return np.asarray(self.event_above + (self.event_same + 1) / 2.0)

    def event_within(self, k: int) -> Floats:
        """Return the share of the orders of its ties that have each event among the first k."""
        return np.clip((k - self.event_above) / self.event_same, 0.0, 1.0)

    def mean(self, measure: str, lists: Flags | None = None) -> float:
        """Return a measure's mean over lists; of some where they are flagged. NaN for none."""
        values = self.measures[measure]
        chosen = values if lists is None else values[lists]
        return float(chosen.mean()) if len(chosen) else float("nan")

    def events_in(self, k: int, weights: Floats | None = None) -> float:
        """Return the share of events among the first k of their lists, 0..1, ties by their mean.

        Args:
            k: Places that count.
            weights: Weight of each event; None counts all alike.
        """
        return float(np.average(self.event_within(k), weights=weights))

    def uncommon(self) -> Floats:
        """Return each event's weight 1/√n, n the events of its candidate: fame does not count.

        Source:
            Methods 8.6.
        """
        _, number, count = np.unique(self.event_candidate, return_inverse=True, return_counts=True)
        return np.asarray(1.0 / np.sqrt(count[number]))


def score_lists(lists: Lists, score: Floats) -> ListScores:
    """Return every measure of one order over lists that each hold at least one event.

    Ties count with the mean over all their orders, so no measure hangs on how rows arrive.

    Args:
        lists: What is ranked.
        score: Candidates × lists, higher first.
    """
    tied = _tied(lists, score)
    sizes = lists.asked.sum(axis=0).astype(np.float64)
    recall = np.array([one.found(100) / one.came.sum() for one in tied])
    auc, candidate, event_list, above, same = _events(lists, tied)
    n = np.bincount(event_list, minlength=len(sizes))
    measures: dict[str, Floats] = {
        "ndcg_20": np.array([one.ndcg(20) for one in tied]),
        "mrr": np.array([one.reciprocal() for one in tied]),
        **{f"hit_{k}": np.array([one.hit(k) for one in tied]) for k in HITS},
        "recall_100": recall,
        "lift_100": recall * sizes / np.minimum(sizes, 100.0),
        "auc": np.bincount(event_list, weights=auc, minlength=len(sizes)) / np.maximum(n, 1),
    }
    return ListScores(measures, lists.number, auc, candidate, event_list, above, same)


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
    gap = one.event_within(k) - other.event_within(k)
    return paired_bootstrap(gap, clusters=one.event_candidate, resamples=RESAMPLES)


def _tied(lists: Lists, score: Floats) -> list[TiedList]:
    """Return each list's candidates by groups of equal score."""
    found = []
    for column in range(lists.asked.shape[1]):
        asked = lists.asked[:, column]
        found.append(tied_list(score[asked, column], lists.happened[asked, column]))
    return found


def _events(lists: Lists, tied: list[TiedList]) -> tuple[Floats, Ints, Ints, Ints, Ints]:
    """Return each event's AUC against what did not happen, candidate, list, above and same.

    Ties count one half.
    """
    aucs, candidates, columns, above, same = [], [], [], [], []
    for column, one in enumerate(tied):
        asked = np.flatnonzero(lists.asked[:, column])
        came = lists.happened[asked, column]
        group = one.group[came]
        other = one.size - one.came
        below = other.sum() - np.cumsum(other) + other / 2.0
        aucs.append(below[group] / max(int(other.sum()), 1))
        candidates.append(asked[came])
        columns.append(np.full(int(came.sum()), column))
        above.append(one.above[group])
        same.append(one.size[group])
    return (
        np.concatenate(aucs),
        np.concatenate(candidates),
        np.concatenate(columns),
        np.concatenate(above),
        np.concatenate(same),
    )
