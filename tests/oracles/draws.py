"""What is left open about candidates, every number drawn by itself: the plain way of `doubts`."""

import numpy as np
import polars as pl
from numpy.typing import NDArray

from chainmap.ranking.doubts import covariance_root
from chainmap.ranking.scorer import Scorer
from chainmap.ranking.scoring import standardised


def independent_steps(
    rows: pl.DataFrame, scorer: Scorer, draws: int, dice: np.random.Generator
) -> NDArray[np.int32]:
    """Return rows × draws of steps behind the best row, as `drawn_steps` has them."""
    utility = np.repeat(rows["utility"].to_numpy()[None], draws, axis=0)
    shift = dice.standard_normal((draws, len(scorer.summands))) @ covariance_root(scorer)
    utility += shift @ standardised(rows, scorer).T
    segment = segments(rows)
    normal = dice.standard_normal((draws, segment.max() + 1))
    utility += normal[:, segment] * rows["gap_spread"].to_numpy()
    p = rows["makes"].to_numpy()
    neighbours = rows["n_makers"].to_numpy() + scorer.rates.neighbour_firms
    n = np.where((rows["basis"] == "direct").to_numpy(), scorer.rates.asked, neighbours)
    drawn = dice.beta(p * n + 0.5, (1 - p) * n + 0.5, (draws, rows.height))
    utility += np.log(np.maximum(drawn, 1e-6) / p)
    steps = np.rint((rows["utility"].max() - utility.T) * 2**16)
    return steps.clip(-(2**21 - 1), 2**21 - 1).astype(np.int32)


def segments(rows: pl.DataFrame) -> NDArray[np.int64]:
    """Return the segment of each row, numbered from 0."""
    return rows["segment_id"].rank("dense").to_numpy().astype(np.int64) - 1
