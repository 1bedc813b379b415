"""Who gets which company: a b-matching, solved to the optimum by HiGHS."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import polars as pl

from chainmap.errors import ModelError

_SCALE = 1_000.0
"""The solver takes differences below 1e-7 for none; worths are stretched so that ours count."""


class Demand(NamedTuple):
    """Limits of the matching.

    Attributes:
        top: Places a city.
        max_cities: Groups of cities a company.
        per_segment: Companies a city and segment; 0 is no limit.
    """

    top: int
    max_cities: int
    per_segment: int


def choose(pairs: pl.DataFrame, demand: Demand) -> pl.Series:
    """Return which pairs are taken: the largest sum of `worth` within the limits.

    Without linked cities the limits form two nested families, a network, so that the linear
    programme's corners are whole numbers already; links add one variable a company and group.

    Args:
        pairs: `city_code, company_id, segment_id, group, worth`, each company once a city.
        demand: The limits.

    Returns:
        Booleans in the order of the rows.

    Raises:
        ModelError: The solver found no optimum.

    Source:
        Transport problem; HiGHS by `scipy.optimize.milp` (Huangfu and Hall 2018).
    """
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import csr_array

    if pairs.is_empty():
        return pl.Series([], dtype=pl.Boolean)
    shares, n_shares = _shares(pairs)
    n = pairs.height + n_shares
    rows, limits = _limits(pairs, demand, shares)
    at = np.concatenate([np.stack([np.full(len(c), i), c, v]) for i, (c, v) in enumerate(rows)], 1)
    matrix = csr_array((at[2], (at[0].astype(int), at[1].astype(int))), shape=(len(rows), n))
    worth = np.zeros(n)
    worth[: pairs.height] = -_SCALE * pairs["worth"].to_numpy()
    found: Any = milp(
        worth,
        integrality=np.ones(n),
        bounds=Bounds(0, 1),
        constraints=LinearConstraint(matrix, ub=np.array(limits, float)),
        options={"mip_rel_gap": 0.0},
    )
    if found.x is None or found.status != 0:
        raise ModelError(f"分配求解未得最优：{found.message}", todo="减少城市或每市家数后重试。")
    return pl.Series(found.x[: pairs.height] > 0.5)


def _shares(pairs: pl.DataFrame) -> tuple[pl.Series, int]:
    """Return each pair's column of what its linked cities share, −1 where it is alone."""
    ids = pairs.with_columns(
        several=(pl.len() > 1).over("company_id", "group")
    ).with_columns(
        key=pl.when("several").then(pl.concat_str("company_id", "group", separator="|"))
    )["key"]  # fmt: skip
    keys = sorted(set(ids.drop_nulls()))
    number = {key: pairs.height + i for i, key in enumerate(keys)}
    columns = ids.replace_strict(number, default=-1, return_dtype=pl.Int64).fill_null(-1)
    return columns, len(keys)


Row = tuple[list[int], list[float]]


def _limits(pairs: pl.DataFrame, demand: Demand, shares: pl.Series) -> tuple[list[Row], list[int]]:
    """Return rows of the constraint matrix, as columns and coefficients, and their limits."""
    numbered = pairs.with_columns(at=pl.int_range(pl.len(), dtype=pl.Int64), share=shares)
    own = pl.when(pl.col("share") >= 0).then("share").otherwise("at")
    keyed = [(["city_code"], pl.col("at"), demand.top)]
    if demand.per_segment:
        keyed.append((["city_code", "segment_id"], pl.col("at"), demand.per_segment))
    keyed.append((["company_id"], own, demand.max_cities))
    rows: list[Row] = []
    limits: list[int] = []
    for keys, column, limit in keyed:
        grouped = numbered.group_by(keys, maintain_order=True).agg(at=column.unique().sort())
        for columns in grouped.filter(pl.col("at").list.len() > limit)["at"]:
            rows.append((columns.to_list(), [1.0] * len(columns)))
            limits.append(limit)
    for at, share in numbered.filter(pl.col("share") >= 0).select("at", "share").iter_rows():
        rows.append(([at, share], [1.0, -1.0]))
        limits.append(0)
    if not rows:
        rows, limits = [([0], [1.0])], [1]
    return rows, limits
