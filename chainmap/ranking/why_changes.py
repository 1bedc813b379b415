"""The smallest change of each kind that would bring a company onto a list (最小改变)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from math import ceil

import numpy as np
import polars as pl

from chainmap.ranking.families import FAMILIES, Family
from chainmap.ranking.firm_features import STAFF
from chainmap.ranking.listing import best_segments, within_segment_limit
from chainmap.ranking.scoring import score_candidates
from chainmap.ranking.target_options import TargetOptions
from chainmap.ranking.why_evidence import with_features
from chainmap.ranking.why_standing import Place, Standing, place_of
from chainmap.ranking.why_weights import smallest_weight
from chainmap.tables import CANDIDATES, Candidates

LONGER = 2
"""A list more than twice as long is no small change: asking for one segment then comes first."""


class Kind(StrEnum):
    """What would have to be another."""

    TOP = "top"
    PER_SEGMENT = "per_segment"
    SEGMENT = "segment"
    WEIGHT = "weight"
    MAKES = "makes"
    STAFF = "staff"
    FAMILY = "family"

    @property
    def zh(self) -> str:
        """The Chinese word."""
        return {
            "top": "清单长度", "per_segment": "同环节家数上限", "segment": "单看一个环节",
            "weight": "得分权重", "makes": "查实属该环节", "staff": "查实企业规模",
            "family": "某类得分提高",
        }[self]  # fmt: skip


@dataclass(frozen=True)
class Change:
    """A change after which the list, ranked again, holds the company.

    Attributes:
        kind: What changes.
        amount: The new length, limit, weight or staff; the rise of a family, in natural logarithms.
        rank: The company's rank on the changed list.
        family: Which weight or family; None for the other kinds.
        segment_id: For which segment the company then stands.
        reach: How far the best candidate of the city stands above the company in the family.
        top: The length the list must have as well; None where it stays as asked.
        others: Families of which the same rise would do as well, with an example each.
    """

    kind: Kind
    amount: float
    rank: int
    family: Family | None = None
    segment_id: str | None = None
    reach: float | None = None
    top: int | None = None
    others: tuple[Family, ...] = ()


def smallest_changes(standing: Standing, company_id: str) -> tuple[Change, ...]:
    """Return the smallest change of each kind that brings a ranked company onto the list.

    Every change was verified by ranking again. Kinds cannot be compared with each other; those of
    the question come first (one segment before a list more than twice as long), then the weight,
    then facts to be checked, then families.

    Args:
        standing: The list and what it was made of.
        company_id: A company that was ranked and is not on the list.
    """
    mine = standing.scored.filter(pl.col("company_id") == company_id)
    found = [*_of_the_question(standing, company_id, mine)]
    weight = smallest_weight(standing, company_id)
    if weight is not None:
        family, value, rank = weight
        found.append(Change(Kind.WEIGHT, value, rank, family))
    return (*found, *_of_facts(standing, company_id, mine), *_of_families(standing, mine))


def _of_the_question(standing: Standing, company_id: str, mine: pl.DataFrame) -> list[Change]:
    options, place = standing.options, standing.place(company_id)
    assert place is not None
    found = []
    if place.listed is not None:
        wider = replace(options, top=place.listed)
        if _verified(standing.scored, wider, company_id):
            found.append(Change(Kind.TOP, place.listed, place.listed, None, place.segment_id))
    else:
        segment = standing.ordered.filter(pl.col("segment_id") == place.segment_id)
        nth = segment["company_id"].to_list().index(company_id) + 1
        loose = replace(options, per_segment=nth)
        there = place_of(standing.scored, loose, company_id)
        assert there is not None and there.listed is not None
        top = None if there.on_list(options) else there.listed
        found.append(Change(Kind.PER_SEGMENT, nth, there.listed, None, place.segment_id, top=top))
    one = _of_one_segment(standing, company_id, mine)
    if one is None:
        return found
    longer = found[0].rank if found else 0
    return [one, *found] if longer > LONGER * options.top else [*found, one]


def _of_one_segment(standing: Standing, company_id: str, mine: pl.DataFrame) -> Change | None:
    """Return the segment for which the company ranks best where only that is asked for."""
    if standing.gaps.height == 1:
        return None
    options = replace(standing.options, per_segment=0)
    ranks = []
    for segment_id in sorted(mine["segment_id"].to_list()):
        alone = CANDIDATES.check(standing.candidates.filter(pl.col("segment_id") == segment_id))
        scored = score_candidates(alone, options, standing.scorer)
        place = place_of(scored, options, company_id)
        if place is not None and place.on_list(options):
            ranks.append((place.overall, segment_id))
    if not ranks:
        return None
    rank, segment_id = min(ranks)
    return Change(Kind.SEGMENT, rank, rank, None, segment_id)


def _of_facts(standing: Standing, company_id: str, mine: pl.DataFrame) -> list[Change]:
    """Return facts that the roster does not hold and that would be enough if they were found."""
    found = []
    rows = pl.col("company_id") == company_id
    for segment_id in mine.filter(pl.col("basis") == "neighbour")["segment_id"]:
        row = rows & (pl.col("segment_id") == segment_id)
        place = _again(standing, company_id, _as_maker(standing.candidates, row))
        if place.on_list(standing.options):
            assert place.listed is not None
            found.append(Change(Kind.MAKES, 1.0, place.listed, None, place.segment_id))
    best = sorted(found, key=lambda change: (change.rank, str(change.segment_id)))[:1]
    staff = _least_staff(standing, company_id, mine)
    return [*best, staff] if staff is not None else best


def _as_maker(candidates: Candidates, row: pl.Expr) -> Candidates:
    """Return candidates where one row is a sure maker of its segment."""
    told = {
        "basis": pl.lit("direct"), "role": pl.lit("make"), "confidence": pl.lit(1.0),
        "made_segment_id": pl.col("segment_id"),
    }  # fmt: skip
    return CANDIDATES.check(
        candidates.with_columns(
            pl.when(row).then(value).otherwise(name).alias(name) for name, value in told.items()
        )
    )


def _least_staff(standing: Standing, company_id: str, mine: pl.DataFrame) -> Change | None:
    """Return the least staff that would be enough, where the roster does not hold it."""
    term = next((s for s in standing.scorer.summands if s.feature == "staff_size"), None)
    weight = standing.options.weights[Family.EXPANSION.value]
    if term is None or weight * term.weight <= 0 or "staff" not in mine["unstated"][0]:
        return None
    rise = _rises(standing, mine).get(str(mine["segment_id"][0]))
    if rise is None:
        return None
    held = {one["name"]: one["value"] for one in mine["features"][0]}["staff_size"]
    logged = held + rise * term.spread / (weight * term.weight)
    if logged > STAFF[1]:
        return None
    staff = ceil(10.0**logged / 10.0) * 10
    value = with_features(pl.col("company_id") == company_id, {"staff_size": np.log10(staff)})
    place = _again(standing, company_id, CANDIDATES.check(standing.candidates.with_columns(value)))
    if not place.on_list(standing.options) or place.listed is None:
        return None
    return Change(Kind.STAFF, staff, place.listed, None, place.segment_id)


def _of_families(standing: Standing, mine: pl.DataFrame) -> list[Change]:
    """Return the families of which the rise that is lacking would not be without example.

    The rise is the same whichever family it comes from, for utility is a sum; a family is named
    where some candidate of the city stands that far above the company in it.
    """
    rises = _rises(standing, mine)
    if not rises:
        return []
    segment_id = min(rises, key=lambda one: (rises[one], one))
    rise = rises[segment_id]
    row = mine.row(by_predicate=pl.col("segment_id") == segment_id, named=True)
    raised = standing.scored.with_columns(
        utility=pl.col("utility")
        + pl.when(
            (pl.col("company_id") == row["company_id"]) & (pl.col("segment_id") == segment_id)
        ).then(rise).otherwise(0.0)
    ).sort(["utility", "company_id", "segment_id"], descending=[True, False, False])  # fmt: skip
    place = place_of(raised, standing.options, row["company_id"])
    if place is None or not place.on_list(standing.options) or place.listed is None:
        return []
    best = np.array(standing.scored["terms"].to_list()).max(axis=0)
    reach = dict(zip(FAMILIES, (best - np.array(row["terms"])).tolist(), strict=True))
    able = sorted((f for f in FAMILIES if reach[f] >= rise), key=lambda f: -reach[f])
    if not able:
        return []
    best, *others = (Family(name) for name in able)
    return [
        Change(
            Kind.FAMILY, rise, place.listed, best, segment_id, reach[best], None, tuple(others)
        )
    ]  # fmt: skip


def _rises(standing: Standing, mine: pl.DataFrame) -> dict[str, float]:
    """Return by how much each row of a company must rise, in hundredths rounded up.

    A row enters when it beats the last of the list made without the company, the last its segment
    admits, and the company's own best row.
    """
    options, company_id = standing.options, mine["company_id"][0]
    others = best_segments(standing.scored.filter(pl.col("company_id") != company_id))
    kept = within_segment_limit(others, options)["utility"].to_list()
    last = kept[options.top - 1] if options.top and len(kept) >= options.top else -np.inf
    own = float(mine["utility"].max())  # type: ignore[arg-type]
    rises = {}
    for segment_id, utility in mine.select("segment_id", "utility").iter_rows():
        there = others.filter(pl.col("segment_id") == segment_id)["utility"].to_list()
        full = options.per_segment and len(there) >= options.per_segment
        admitted = there[options.per_segment - 1] if full else -np.inf
        lacking = max(last, admitted, own) - utility
        rises[segment_id] = max(ceil(round(lacking * 100, 6)), 0) / 100 + 0.01
    return rises


def _again(standing: Standing, company_id: str, candidates: Candidates) -> Place:
    scored = score_candidates(candidates, standing.options, standing.scorer)
    place = place_of(scored, standing.options, company_id)
    assert place is not None
    return place


def _verified(scored: pl.DataFrame, options: TargetOptions, company_id: str) -> bool:
    place = place_of(scored, options, company_id)
    return place is not None and place.on_list(options)
