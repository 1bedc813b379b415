"""What counts of makers say (分布的推断): expected makers, the posterior of θ, those not seen."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray

from chainmap.chains.library import ChainLibrary
from chainmap.concepts.identifiers import chain_of
from chainmap.errors import TableError
from chainmap.gaps.coverage import Coverage
from chainmap.gaps.posterior import (
    Floats,
    Posterior,
    fit_shrinkage,
    pooled_shapes,
    posterior_of,
    province_means,
    shape_likelihoods,
)
from chainmap.gaps.unseen import Hidden, hidden_of, odds_of_hiding, smoothed_total
from chainmap.tables import Cities, PresenceCounts


class Inferred(NamedTuple):
    """Counts and what follows from them, cities × segments.

    `odds_doubt` is the relative variance of the odds of being hidden, which `hidden` holds.
    """

    seen: Floats
    expected: Floats
    mean: Floats
    shape: Floats
    theta: Posterior
    hidden: Hidden
    odds_doubt: Floats


def inferred(grid: pl.DataFrame, cities: Cities, spread: float) -> Inferred:
    """Return what the cells of a grid say.

    Args:
        grid: From `full_grid`.
        cities: Its cities; their provinces are each other's prior.
        spread: How far coverage differs between cities, as a share of it.

    Source:
        methods 8.1, Gamma–Poisson with the province left one out; docs/decisions/0012.
    """
    size = (cities.height, grid.height // max(1, cities.height))
    seen, share, error = (
        grid[name].to_numpy().astype(np.float64).reshape(size)
        for name in ("n_companies", "coverage", "share_sd")
    )
    rank = cities.sort("city_code")["province_code"].rank("dense") - 1
    provinces = rank.to_numpy().astype(np.int64)
    of_city, of_segment = seen.sum(axis=1), seen.sum(axis=0)
    total = max(1.0, float(seen.sum()))
    expected = np.outer(of_city, of_segment) / total
    mean = province_means(seen, expected, provinces, fit_shrinkage(seen, expected, provinces))
    shape = np.broadcast_to(pooled_shapes(shape_likelihoods(seen, expected, mean)), size)
    # A city or segment without a company may be small, not empty: its margin is smoothed.
    city, city_doubt = smoothed_total(of_city)
    segment, segment_doubt = smoothed_total(of_segment)
    odds = odds_of_hiding(share, np.hypot(error, spread * share))
    hidden = hidden_of(
        seen,
        np.outer(city, segment) / total,
        (shape, mean),
        odds,
        np.add.outer(city_doubt, segment_doubt),
    )
    theta = posterior_of(seen, expected, shape, mean, spread)
    return Inferred(seen, expected, mean, shape, theta, hidden, odds[1])


def inferred_columns(known: Inferred) -> dict[str, Floats | NDArray[np.int64]]:
    """Return the columns of presence that follow, by name, cities × segments each."""
    low, high = known.hidden.interval()
    return {
        "expected": known.expected,
        "theta": known.theta.mean,
        "theta_sd": known.theta.sd,
        "theta_low": known.theta.quantile(0.05),
        "theta_high": known.theta.quantile(0.95),
        "p_above_one": known.theta.above_one,
        "expected_shortfall": known.theta.shortfall,
        "theta_addhalf": (known.seen + 0.5) / (known.expected + 0.5),
        "theta_province": known.mean,
        "shape": known.shape,
        "p_unseen": known.hidden.some,
        "hidden_mean": known.hidden.mean,
        "hidden_shape": known.hidden.shape,
        "odds_doubt": known.odds_doubt,
        "makers_low": (known.seen + low).astype(np.int64),
        "makers_high": (known.seen + high).astype(np.int64),
    }


def full_grid(
    counts: PresenceCounts, cities: Cities, library: ChainLibrary, coverage: Coverage
) -> pl.DataFrame:
    """Return every city with every segment, its counts and its coverage, by city and segment."""
    segments = sorted(library.segments)
    places = cities["city_code"].to_list()
    strange = counts.filter(
        ~pl.col("segment_id").is_in(segments) | ~pl.col("city_code").is_in(places)
    )
    if not strange.is_empty():
        row = strange.row(0, named=True)
        raise TableError(
            f"计数中的城市 {row['city_code']}、环节 {row['segment_id']} 不在所给的城市与环节之中。",
            todo="计数须与当前的城市表、产业链版本一致：请重新计数。",
        )
    factors = pl.DataFrame(
        list(coverage.cities.items()),
        schema={"city_code": pl.String, "factor": pl.Float64},
        orient="row",
    )
    own = pl.DataFrame({"segment_id": segments, "chain_id": [chain_of(s) for s in segments]})
    return (
        cities.select("city_code")
        .join(factors, on="city_code", how="left")
        .join(own.join(coverage.of_chains(library), on="chain_id"), how="cross")
        .join(counts, on=["city_code", "segment_id"], how="left")
        .with_columns(
            pl.col("n_companies", "n_leaders").fill_null(0),
            coverage=(pl.col("share") * pl.col("factor").fill_null(1.0)).clip(0.01, 1.0),
        )
        .sort("city_code", "segment_id")
    )


def capital_quotient() -> pl.Expr:
    """Return the location quotient of capital; null where margins state no capital."""
    capital = pl.col("capital_10k_cny").fill_null(0.0)
    of_city, of_segment = capital.sum().over("city_code"), capital.sum().over("segment_id")
    stated = (of_city > 0) & (of_segment > 0)
    silent = (pl.col("n_companies") > 0) & pl.col("capital_10k_cny").is_null()
    quotient = (capital / of_city) / (of_segment / capital.sum())
    return pl.when(stated & ~silent).then(quotient).alias("capital_quotient")
