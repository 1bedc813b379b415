"""How well companies are told apart: links against labelled pairs, with intervals."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from chainmap.errors import InputError
from chainmap.linkage.resolve import BANDS, Band, Link, Named, Relation, relate

_CODE = re.compile(r"[0-9A-Z]{18}")
Z_95 = 1.959964
"""Normal quantile of a two-sided 95% interval."""


class Pair(NamedTuple):
    """A labelled pair: what the left company is to the right one."""

    left: Named
    right: Named
    relation: Relation


class Share(NamedTuple):
    """`hits` of `total`, with a 95% interval; null share where there is nothing to count."""

    hits: int
    total: int

    @property
    def value(self) -> float | None:
        """The share, 0..1."""
        return self.hits / self.total if self.total else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """The Wilson score interval.

        Source:
            Wilson (1927), JASA 22: 209-212.
        """
        if not self.total:
            return None
        n, p = self.total, self.hits / self.total
        middle = (p + Z_95**2 / (2 * n)) / (1 + Z_95**2 / n)
        half = Z_95 / (1 + Z_95**2 / n) * (p * (1 - p) / n + Z_95**2 / (4 * n**2)) ** 0.5
        return max(0.0, middle - half), min(1.0, middle + half)


class Score(NamedTuple):
    """Precision and recall of one relation."""

    relation: Relation
    precision: Share
    recall: Share


class Evaluation(NamedTuple):
    """Scores by relation, and the pairs that came out otherwise than labelled."""

    scores: list[Score]
    wrong: list[tuple[Pair, Link]]


def read_pairs(text: str, known: Mapping[str, Named]) -> tuple[list[Pair], int]:
    """Return the labelled pairs, and how many are left out for want of a company.

    Args:
        text: CSV `left,right,left_city,right_city,former,relation`; a side is a name or a code.
        known: Companies by credit code, for sides that are codes.

    Raises:
        InputError: A relation is unknown.
    """
    pairs, left_out = [], 0
    for line, row in enumerate(csv.DictReader(io.StringIO(text)), start=2):
        try:
            relation = Relation(row["relation"])
        except (ValueError, KeyError) as error:
            allowed = "、".join(r.value for r in Relation)
            raise InputError(f"标注第 {line} 行的 relation 应为 {allowed} 之一。") from error
        sides = []
        for side in ("left", "right"):
            if _CODE.fullmatch(row[side]):
                sides.append(known.get(row[side]))
            else:
                former = tuple(row["former"].split(";")) if row["former"] else ()
                sides.append(Named(row[side], row[f"{side}_city"] or None, None, former))
        if sides[0] is None or sides[1] is None:
            left_out += 1
        else:
            pairs.append(Pair(sides[0], sides[1], relation))
    return pairs, left_out


class BandScore(NamedTuple):
    """How many proposed subsidiaries of one confidence are of one group."""

    band: Band
    precision: Share


def evaluate_bands(text: str, known: Mapping[str, Named]) -> list[BandScore]:
    """Return the share of right proposals by band of confidence, surest first.

    Args:
        text: CSV `left,right,carriers,same_group` by credit code; `carriers` as in `relate`,
            `same_group` is 1 or 0.
        known: Companies by credit code; pairs that lack one are left out.
    """
    found: dict[float, list[bool]] = {band.confidence: [] for band in BANDS}
    for row in csv.DictReader(io.StringIO(text)):
        left, right = known.get(row["left"]), known.get(row["right"])
        if left is not None and right is not None:
            link = relate(left, right, None if row["carriers"] == "" else int(row["carriers"]))
            if link.relation is Relation.SUBSIDIARY:
                found[link.confidence].append(row["same_group"] == "1")
    return [BandScore(b, Share(sum(found[b.confidence]), len(found[b.confidence]))) for b in BANDS]


def evaluate_pairs(pairs: Sequence[Pair]) -> Evaluation:
    """Return precision and recall of each relation over labelled pairs."""
    links = [relate(pair.left, pair.right) for pair in pairs]
    both = list(zip(pairs, links, strict=True))
    scores = []
    for relation in (Relation.SAME, Relation.BRANCH, Relation.SUBSIDIARY):
        hits = sum(p.relation == relation == link.relation for p, link in both)
        found = sum(link.relation == relation for _, link in both)
        wanted = sum(p.relation == relation for p, _ in both)
        scores.append(Score(relation, Share(hits, found), Share(hits, wanted)))
    return Evaluation(scores, [(p, link) for p, link in both if p.relation != link.relation])
