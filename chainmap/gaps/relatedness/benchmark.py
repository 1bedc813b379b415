"""The external benchmark: which products a country exports next, on public export data.

Protocol: everything is chosen on the validation links, hidden from the rest of the training
links; then one run on the test links. Candidates are all pairs not known.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from chainmap.errors import InputError
from chainmap.metrics import (
    auc_pr,
    best_f1,
    map_at_k,
    ndcg_at_k,
    precision_at_k,
    precision_at_n,
    rank_lists,
    recall_at_k,
)
from chainmap.significance import Interval, paired_bootstrap

Floats = NDArray[np.float64]
Links = NDArray[np.bool_]
CUT = 20
"""The authors judge the first 20 of each country."""


@dataclass(frozen=True)
class Split:
    """What is known of places × items, and what is to be found among the rest."""

    known: Links
    wanted: Links

    @cached_property
    def candidates(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return place and item of every pair not known, the later item first.

        Equal scores keep the order of rows, and the authors' own code puts the later product
        first among equals.
        """
        place, item = np.nonzero(~self.known[:, ::-1])
        return place, self.known.shape[1] - 1 - item

    @cached_property
    def happened(self) -> Floats:
        """Return 1.0 where the candidate came true, in the order of `candidates`."""
        return self.wanted[self.candidates].astype(np.float64)


@dataclass(frozen=True)
class ExportData:
    """The benchmark's two splits: one to choose on, one to judge on, once."""

    validation: Split
    test: Split


@dataclass(frozen=True)
class Scores:
    """How good one method's order of all candidates is."""

    precision: Floats
    """Precision at 20 per place."""
    recall: Floats
    """Recall at 20 per place."""
    ndcg: Floats
    """NDCG at 20 per place."""
    average_precision: Floats
    """Average precision at 10 per place."""
    best_f1: float
    """Over all candidates, the threshold chosen on the very rows."""
    auc_pr: float
    """Over all candidates."""
    precision_1000: float
    """Of the 1,000 highest scores of all."""

    def against(self, other: Scores) -> Interval:
        """Return the NDCG@20 gained over another method, 95% paired bootstrap over places."""
        return paired_bootstrap(self.ndcg - other.ndcg)


def export_data(train: str, validation: str, test: str) -> ExportData:
    """Return the benchmark from the text of its three files.

    Each line is a country's number and the numbers of its products. Validation links are
    part of the training links.

    Raises:
        InputError: A line is not numbers, validation is not within train, or test overlaps it.
    """
    lists = {"train": _lists(train), "validation": _lists(validation), "test": _lists(test)}
    n_places = 1 + max(max(found, default=-1) for found in lists.values())
    n_items = 1 + max(
        max((max(items, default=-1) for items in found.values()), default=-1)
        for found in lists.values()
    )
    known, held, later = (_links(lists[name], n_places, n_items) for name in lists)
    if (held & ~known).any() or (later & known).any():
        raise InputError("验证集应在训练集之内，测试集应在训练集之外。",
                         todo="检查三个文件是否出自同一套数据。")  # fmt: skip
    return ExportData(Split(known & ~held, held), Split(known, later))


def judge(split: Split, score: Floats) -> Scores:
    """Return the benchmark's measures of a score for every place and item.

    Args:
        split: What was known and what came true.
        score: Places × items; known pairs are not looked at.
    """
    values = score[split.candidates]
    ranking = rank_lists(split.happened, values, split.candidates[0])
    return Scores(
        precision_at_k(ranking, CUT),
        recall_at_k(ranking, CUT),
        ndcg_at_k(ranking, CUT),
        map_at_k(ranking, 10),
        best_f1(split.happened, values),
        auc_pr(split.happened, values),
        precision_at_n(split.happened, values, 1000),
    )


def ndcg(split: Split, score: Floats) -> float:
    """Return NDCG@20 alone, macro over places: what parameters are chosen by."""
    place, _ = split.candidates
    ranking = rank_lists(split.happened, score[split.candidates], place)
    return float(ndcg_at_k(ranking, CUT).mean())


def _lists(text: str) -> Mapping[int, list[int]]:
    found = {}
    for number, line in enumerate(text.splitlines(), start=1):
        try:
            place, *items = map(int, line.split())
        except ValueError as error:
            raise InputError(f"第 {number} 行不是“国家编号 产品编号 …”的整数列表。") from error
        found[place] = items
    return found


def _links(lists: Mapping[int, list[int]], n_places: int, n_items: int) -> Links:
    m = np.zeros((n_places, n_items), np.bool_)
    for place, items in lists.items():
        m[place, items] = True
    return m
