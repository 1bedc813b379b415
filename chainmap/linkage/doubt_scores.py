"""How good the model's say on doubtful placements is: do right rows stand above wrong ones."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from chainmap.linkage.placement_scores import Share, chain_claims
from chainmap.linkage.scopes import HIGH_CONFIDENCE, PROPOSED

Floats = npt.NDArray[np.float64]
DRAWS, SEED = 2000, 20261121


@dataclass(frozen=True)
class DoubtScores:
    """Doubtful claims of chains, ordered by the rules alone and with the model.

    Attributes:
        right: Doubtful claims that the labels name, of all.
        rules: AUC of the rules' confidence: the chance that a right claim stands above a wrong
            one; None where all are right or all wrong.
        learned: The same with the model.
        lead: Interval (95%) of the difference, claims drawn again; None as above.
        moved: Claims of certain companies and chains that the model changed: must be 0.
        proposed: Proposed segments that a reader found right, of those read.
    """

    right: Share
    rules: float | None
    learned: float | None
    lead: tuple[float, float] | None
    moved: int
    proposed: Share


def doubt_scores(
    rules: pl.DataFrame, learned: pl.DataFrame, labels: pl.DataFrame, read: pl.DataFrame
) -> DoubtScores:
    """Return the scores of doubtful claims with and without the model.

    Args:
        rules: Placements by the rules alone.
        learned: Placements of the same companies with the model.
        labels: `uscc, chain` of these companies; null chain for none.
        read: `uscc, segment, right`: proposals that a reader judged.
    """
    claims = chain_claims(rules).join(
        chain_claims(learned), on=["company", "chain_id"], how="full", coalesce=True,
        suffix="_learned",
    )  # fmt: skip
    unsure = pl.col("confidence") < HIGH_CONFIDENCE
    same = pl.col("confidence").eq_missing(pl.col("confidence_learned")) & pl.col(
        "role"
    ).eq_missing(pl.col("role_learned"))
    wanted = labels.drop_nulls("chain").select(company="uscc", chain_id="chain", named=True)
    doubt = claims.filter(unsure).join(wanted.unique(), on=["company", "chain_id"], how="left")
    right = doubt["named"].is_not_null().to_numpy()
    before, after = doubt["confidence"].to_numpy(), doubt["confidence_learned"].to_numpy()
    both = bool(right.any() and not right.all())
    made = learned.filter(pl.col("rule").str.starts_with(PROPOSED)).join(
        read, left_on=["company", "segment_id"], right_on=["uscc", "segment"]
    )
    return DoubtScores(
        right=Share(int(right.sum()), len(right)),
        rules=auc(right, before) if both else None,
        learned=auc(right, after) if both else None,
        lead=_lead(right, before, after) if both else None,
        moved=claims.filter(~unsure & ~same).height,
        proposed=Share(made.filter(pl.col("right") == "1").height, made.height),
    )


def auc(right: npt.NDArray[np.bool_], score: Floats) -> float:
    """Return the chance that a right row stands above a wrong one, ties counted half.

    Source:
        Mann and Whitney (1947): U ÷ (right × wrong).
    """
    wrong = np.sort(score[~right])
    below = np.searchsorted(wrong, score[right], "left")
    level = np.searchsorted(wrong, score[right], "right")
    return float((below + level).sum() / 2 / (len(wrong) * right.sum()))


def _lead(
    right: npt.NDArray[np.bool_], before: Floats, after: Floats
) -> tuple[float, float] | None:
    """Return the 95% interval of the AUC gained, by a paired bootstrap over claims."""
    draw = np.random.default_rng(SEED)
    found = []
    for _ in range(DRAWS):
        rows = draw.integers(0, len(right), len(right))
        if right[rows].any() and not right[rows].all():
            found.append(auc(right[rows], after[rows]) - auc(right[rows], before[rows]))
    if not found:
        return None
    low, high = np.quantile(found, [0.025, 0.975])
    return float(low), float(high)
