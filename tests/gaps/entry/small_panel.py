"""A made-up panel: places with hidden tastes, nodes that follow them, years 1980 to 2004."""

import numpy as np
import polars as pl
from scipy.sparse import csr_array

from chainmap.gaps.entry.panel import Makers, Panel

PLACES, NODES, UNTIL = 24, 40, 2004


def small_panel(seed: int = 0, places: int = PLACES, nodes: int = NODES) -> Panel:
    """Return a panel in which related nodes really do follow one another."""
    rng = np.random.default_rng(seed)
    size = rng.lognormal(3.5, 0.6, places)
    taste = rng.normal(size=(places, 3)) @ rng.normal(size=(3, nodes))
    common = rng.lognormal(0.0, 0.8, nodes)
    rate = size[:, None] * common * np.exp(0.8 * taste)
    rate *= 1.25 * places * nodes / rate.sum()
    place, node, year = [], [], []
    for y in range(1980, UNTIL + 1):
        born = rng.poisson(rate * (1 + (y - 1980) / 12) / 20)
        p, n = np.nonzero(born)
        times = born[p, n]
        place.append(np.repeat(p, times))
        node.append(np.repeat(n, times))
        year.append(np.full(times.sum(), y))
    makers = Makers(*(np.concatenate(part).astype(np.int64) for part in (place, node, year)))
    extra = rng.integers(0, places, 160 * places), rng.integers(1980, UNTIL + 1, 160 * places)
    links = np.arange(nodes - 1)
    return Panel(
        places=pl.DataFrame(
            {
                "place": [f"{i:06}" for i in range(places)],
                "province": [f"p{i // 6}" for i in range(places)],
                "lon": 110 + rng.random(places) * 10,
                "lat": 25 + rng.random(places) * 10,
            }
        ),
        nodes=tuple(f"n{i:02}" for i in range(nodes)),
        makers=makers,
        companies=(
            np.concatenate([makers.place, extra[0]]),
            np.concatenate([makers.year, extra[1]]),
        ),
        supplies=csr_array((np.ones(nodes - 1), (links, links + 1)), shape=(nodes, nodes)),
        until=UNTIL,
        chains=tuple(f"c{i // 10}" for i in range(nodes)),
    )
