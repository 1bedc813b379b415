"""Writes counts.csv and expected.csv: py-ecomplexity 0.5.3 on a made-up panel.

python tests/golden/relatedness/make.py
"""

from __future__ import annotations

import warnings
from pathlib import Path

import numpy as np
import polars as pl

HERE = Path(__file__).parent


def counts(seed: int = 41) -> pl.DataFrame:
    """Return 14 places × 23 items × 3 years; in 2012 a place and an item have nothing."""
    rng = np.random.default_rng(seed)
    rows = []
    size, common = rng.lognormal(0, 1, 14), rng.lognormal(0, 1, 23)
    taste, trait = rng.normal(size=(14, 2)), rng.normal(size=(2, 23))
    for year in (2011, 2012, 2013):
        taste = taste + 0.2 * rng.normal(size=taste.shape)
        value = rng.poisson(2 * np.outer(size, common) * np.exp(0.7 * taste @ trait))
        if year == 2012:
            value[3, :], value[:, 5] = 0, 0
        for place, item in np.argwhere((value > 0) | (rng.random(value.shape) < 0.1)):
            rows.append((year, f"P{place:02}", f"I{item:02}", int(value[place, item])))
    table = pl.DataFrame(rows, schema=["year", "place", "item", "value"], orient="row")
    return table.sample(fraction=1.0, shuffle=True, seed=1)


def main() -> None:
    """Write both files."""
    import pandas as pd
    from ecomplexity import ecomplexity

    table = counts()
    columns = {"time": "year", "loc": "place", "prod": "item", "val": "value"}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        theirs = ecomplexity(
            pd.DataFrame(table.to_dict(as_series=False)), columns,
            check_logsupermodularity=False, verbose=False,
        )  # fmt: skip
    table.write_csv(HERE / "counts.csv")
    theirs = theirs.sort_values(["year", "place", "item"])
    theirs.to_csv(HERE / "expected.csv", index=False, lineterminator="\n")


if __name__ == "__main__":
    main()
