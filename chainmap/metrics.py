"""How good an order or a probability is: the measures every evaluation of the product uses."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from chainmap.errors import InputError

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Ranking:
    """Candidates in lists, one list per group (a city, a country), best score first.

    Made once by `rank_lists`, read by every measure at k. All arrays hold one row per
    candidate, by group and then by falling score.
    """

    gain: Floats
    """What the candidate turned out to be worth: 0 nothing, 1 it happened, more where graded."""
    group: NDArray[np.int64]
    """Number of the group, 0 … n_groups - 1, in the order of `groups`."""
    position: NDArray[np.int64]
    """Place in its list; 0 is the top."""
    groups: NDArray[np.generic]
    """Names of the groups, ascending; every measure at k answers in this order."""

    @property
    def n_groups(self) -> int:
        """Return how many lists there are."""
        return len(self.groups)

    @property
    def n_relevant(self) -> Floats:
        """Return how many candidates of each group have a gain above 0; shape (n_groups,)."""
        return self.sum_by_group(np.asarray(self.gain > 0, np.float64))

    def sum_by_group(self, values: Floats) -> Floats:
        """Return the sum of one value per candidate over each group; shape (n_groups,)."""
        total = np.bincount(self.group, weights=values, minlength=self.n_groups)
        return np.asarray(total, np.float64)


def rank_lists(gain: Floats, score: Floats, group: NDArray[np.generic]) -> Ranking:
    """Return the candidates of each group in falling order of score.

    Equal scores keep the order of the rows, so rows must not arrive sorted by gain.

    Args:
        gain: One number per candidate, 0 or more; 0/1 where nothing is graded.
        score: One number per candidate, higher is better.
        group: One name per candidate: the list it belongs to.

    Raises:
        InputError: Lengths differ, there are no rows, a score is not a number, a gain below 0.
    """
    gain, score = np.asarray(gain, np.float64), np.asarray(score, np.float64)
    names = np.asarray(group)
    if not len(gain) == len(score) == len(names) or len(gain) == 0:
        raise InputError(
            f"评价需要等长且非空的三列：增益 {len(gain)} 行，得分 {len(score)} 行，"
            f"分组 {len(names)} 行。"
        )
    if np.isnan(score).any() or not (gain >= 0).all():
        raise InputError("得分含空值，或增益含空值、负数。", todo="先去掉不参与排序的行。")
    groups, codes = np.unique(names, return_inverse=True)
    order = np.lexsort((-score, codes))
    codes = codes[order].astype(np.int64)
    starts = np.searchsorted(codes, np.arange(len(groups)))
    return Ranking(gain[order], codes, np.arange(len(codes)) - starts[codes], groups)


def precision_at_k(ranking: Ranking, k: int) -> Floats:
    """Return, per group, the share of the first k places held by relevant candidates.

    Range 0–1. Divided by k even where the list is shorter.
    """
    return _hits(ranking, k) / k


def recall_at_k(ranking: Ranking, k: int) -> Floats:
    """Return, per group, the share of its relevant candidates among the first k.

    Range 0–1; 0.0 where the group has nothing relevant.
    """
    return _hits(ranking, k) / np.maximum(ranking.n_relevant, 1.0)


def weighted_recall_at_k(ranking: Ranking, k: int) -> Floats:
    """Return, per group, the share of its whole gain that the first k places hold.

    Range 0–1; 0.0 where the group has nothing relevant. With weights as gains (the complexity of
    an item, one over the root of its popularity) this is the recall weighted by them.
    """
    top = np.where(ranking.position < k, ranking.gain, 0.0)
    whole = ranking.sum_by_group(ranking.gain)
    return ranking.sum_by_group(top) / np.where(whole > 0, whole, 1.0)


def among_first(score: Floats, group: NDArray[np.generic], k: int) -> NDArray[np.bool_]:
    """Return, per candidate in the order given, whether it is among the first k of its group.

    Equal scores keep the order of the rows.
    """
    order = np.lexsort((-np.asarray(score, np.float64), group))
    ordered = np.asarray(group)[order]
    starts = np.flatnonzero(np.append(True, ordered[1:] != ordered[:-1]))
    sizes = np.diff(np.append(starts, len(ordered)))
    first = np.empty(len(ordered), np.bool_)
    first[order] = np.arange(len(ordered)) - np.repeat(starts, sizes) < k
    return first


def hit_rate_at_k(ranking: Ranking, k: int) -> Floats:
    """Return, per group, 1.0 if a relevant candidate is among the first k, else 0.0."""
    return (_hits(ranking, k) > 0).astype(np.float64)


def ndcg_at_k(ranking: Ranking, k: int) -> Floats:
    """Return, per group, the normalised discounted cumulative gain of the first k places.

    DCG = Σ gain / log2(place + 1), place from 1, over the same sum in the ideal order.
    Range 0–1; 0.0 where the group has nothing relevant. Gains enter as they are: raise them
    (2^g - 1) before ranking where that form is wanted.

    Source:
        Järvelin and Kekäläinen (2002).
    """
    ideal = np.lexsort((-ranking.gain, ranking.group))
    best = _discounted(ranking, ranking.gain[ideal], k)
    return _discounted(ranking, ranking.gain, k) / np.where(best > 0, best, 1.0)


def map_at_k(ranking: Ranking, k: int) -> Floats:
    """Return, per group, the average precision of the first k places.

    Σ over relevant places ≤ k of the precision there, over min(k, relevant in the group).
    Range 0–1; 0.0 where the group has nothing relevant. The mean over groups is mAP@k.
    """
    top = ranking.position < k
    relevant = (ranking.gain[top] > 0).astype(np.float64)
    group, position = ranking.group[top], ranking.position[top]
    running = np.cumsum(relevant)
    before = (running - relevant)[position == 0]  # one first place per group, in group order
    precision = (running - before[group]) / (position + 1.0)
    total = np.bincount(group, weights=precision * relevant, minlength=ranking.n_groups)
    return total / np.clip(ranking.n_relevant, 1.0, k)


def reciprocal_rank(ranking: Ranking) -> Floats:
    """Return, per group, one over the place of its first relevant candidate.

    Range 0–1; 0.0 where the group has nothing relevant. The mean over groups is the MRR.
    """
    first = np.full(ranking.n_groups, np.inf)
    relevant = ranking.gain > 0
    np.minimum.at(first, ranking.group[relevant], ranking.position[relevant] + 1.0)
    return 1.0 / first


def auc_pr(relevant: Floats, score: Floats) -> float:
    """Return the area under the precision–recall curve over all candidates at once.

    Average precision: Σ (recall_i - recall_{i-1}) · precision_i over distinct scores, so
    equal scores enter together. Range 0–1; a random order gets the base rate.

    Raises:
        InputError: Nothing is relevant.
    """
    found, taken = _curve(relevant, score)
    gained = np.diff(found, prepend=0.0)
    return float((gained * found / taken).sum() / found[-1])


def best_f1(relevant: Floats, score: Floats) -> float:
    """Return the highest F1 any threshold on the score reaches over all candidates.

    The threshold is chosen on the very rows it is judged on: an upper bound, to be named so.

    Raises:
        InputError: Nothing is relevant.
    """
    found, taken = _curve(relevant, score)
    return float((2.0 * found / (taken + found[-1])).max())


def precision_at_n(relevant: Floats, score: Floats, n: int) -> float:
    """Return the share of relevant candidates among the n highest scores of all.

    Equal scores keep the order of the rows. Divided by n even where there are fewer rows.
    """
    top = np.argsort(-np.asarray(score, np.float64), kind="stable")[:n]
    return float((np.asarray(relevant)[top] > 0).sum() / n)


def roc_auc(relevant: Floats, score: Floats) -> float:
    """Return the chance that a relevant candidate outscores another; ties count one half.

    Raises:
        InputError: All rows are relevant, or none.
    """
    is_relevant = np.asarray(relevant) > 0
    _, codes, counts = np.unique(np.asarray(score, np.float64), return_inverse=True,
                                 return_counts=True)  # fmt: skip
    middle = np.cumsum(counts) - (counts - 1) / 2.0
    n_relevant = int(is_relevant.sum())
    n_other = len(is_relevant) - n_relevant
    if n_relevant == 0 or n_other == 0:
        raise InputError("ROC 曲线需要发生与未发生两类样本。")
    ranks = float(middle[codes][is_relevant].sum())
    return (ranks - n_relevant * (n_relevant + 1) / 2.0) / (n_relevant * n_other)


def brier(relevant: Floats, probability: Floats) -> float:
    """Return the mean squared distance between probability and what happened (0 is perfect)."""
    happened = np.asarray(relevant) > 0
    return float(np.mean((np.asarray(probability, np.float64) - happened) ** 2))


def expected_calibration_error(relevant: Floats, probability: Floats, bins: int = 15) -> float:
    """Return how far stated probabilities are from what happened, over bins of equal mass.

    Rows in order of probability are cut into `bins` parts of the same size (±1); the answer
    is Σ share of the bin · |mean probability - share that happened|. Range 0–1.

    Source:
        Naeini et al. (2015), with equal-mass bins (Nixon et al. 2019).
    """
    stated = np.asarray(probability, np.float64)
    order = np.argsort(stated, kind="stable")
    happened = (np.asarray(relevant)[order] > 0).astype(np.float64)
    parts = zip(np.array_split(stated[order], bins), np.array_split(happened, bins), strict=True)
    off = sum(abs(float(p.sum() - y.sum())) for p, y in parts if len(p))
    return off / len(stated)


def _hits(ranking: Ranking, k: int) -> Floats:
    top = (ranking.position < k) & (ranking.gain > 0)
    return ranking.sum_by_group(top.astype(np.float64))


def _discounted(ranking: Ranking, gain: Floats, k: int) -> Floats:
    counted = np.where(ranking.position < k, gain / np.log2(ranking.position + 2.0), 0.0)
    return ranking.sum_by_group(counted)


def _curve(relevant: Floats, score: Floats) -> tuple[Floats, Floats]:
    """Return relevant found and candidates taken at each distinct score, highest first."""
    values = np.asarray(score, np.float64)
    order = np.argsort(-values, kind="stable")
    values = values[order]
    found: Floats = np.cumsum((np.asarray(relevant)[order] > 0).astype(np.float64))
    if len(found) == 0 or found[-1] == 0:
        raise InputError("没有一个候选实际发生，精确率—召回率曲线无从计算。")
    last = np.append(values[1:] != values[:-1], True)
    taken: Floats = np.flatnonzero(last).astype(np.float64) + 1.0
    return found[last], taken
