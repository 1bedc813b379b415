"""A made-up universe: 240 firms in 8 cities of four provinces, and moves that follow a rule."""

import datetime as dt

import numpy as np
import polars as pl

from chainmap.ranking.labels import LABELS
from chainmap.ranking.universe import FIRMS, Universe, no_refused, no_segments
from chainmap.sources.places import load_cities

CODES = ("330100", "330200", "330600", "320100", "320500", "440100", "440300", "510100")
TRADES = ("电子", "机械", "化工", "医药")
BUSINESS = {
    "电子": "集成电路芯片的设计与封装测试",
    "机械": "数控机床与减速器的制造",
    "化工": "有机硅与氟化工材料的生产",
    "医药": "化学原料药和制剂的生产",
}


def made_up_universe(n=240, seed=3):
    """Firms with every column stated; homes, trades and sizes at random."""
    rng = np.random.default_rng(seed)
    trades = [TRADES[i] for i in rng.integers(0, 4, n)]
    rows = pl.DataFrame(
        {
            "firm_id": [f"{800_000 + i}.SZ" for i in range(n)],
            "name": [f"第{i}号{trade}股份有限公司" for i, trade in enumerate(trades)],
            "home": [CODES[i] for i in rng.integers(0, 8, n)],
            "founded_year": rng.integers(1990, 2015, n),
            "listed_year": rng.integers(2000, 2024, n),
            "staff": 10.0 ** rng.uniform(1.5, 4.5, n),
            "capital_10k": 10.0 ** rng.uniform(3.0, 5.5, n),
            "industry": trades,
            "sector": trades,
            "business": [BUSINESS[trade] for trade in trades],
            "group": [f"{800_000 + i}.SZ" for i in range(n)],
        }
    )
    return Universe(FIRMS.check(rows), no_segments(), load_cities(), no_refused())


def made_up_labels(universe, seed=5, day=dt.date(2018, 6, 1)):
    """Moves of the larger firms, mostly to the next city of the list; dated `day`."""
    rng = np.random.default_rng(seed)
    firms = universe.firms.filter(pl.col("staff") > 1000).to_dicts()
    rows = []
    for firm in firms:
        step = 1 if rng.random() < 0.7 else int(rng.integers(2, 7))
        there = CODES[(CODES.index(firm["home"]) + step) % len(CODES)]
        rows.append(
            {
                "firm_id": firm["firm_id"], "firm": firm["name"], "from_city": firm["home"],
                "city_code": there, "date": day, "kind": "landing", "source": "台账",
                "confidence": 1.0,
            }
        )  # fmt: skip
    frame = pl.DataFrame(rows).with_columns(pl.col("date").cast(pl.Date))
    return LABELS.check(frame)
