import numpy as np
import polars as pl
import pytest

from chainmap.concepts.identifiers import chain_of
from chainmap.gaps.completeness import chain_completeness, city_completeness
from chainmap.gaps.peers import PeerGroup, PeerScheme
from chainmap.gaps.unseen import hidden_of, odds_of_hiding
from tests.world import HOME, small_world

WORLD = small_world()


def by_loops(city, chain):
    """Completeness by the words of its definition."""
    weights = dict(WORLD.criticality.select("segment_id", "criticality").iter_rows())
    cells = [
        row
        for row in WORLD.presence.iter_rows(named=True)
        if row["city_code"] == city and chain_of(row["segment_id"]) == chain
    ]
    total = sum(weights[c["segment_id"]] for c in cells)
    held = [1.0 if c["n_companies"] else c["p_unseen"] for c in cells]
    return sum(weights[c["segment_id"]] * h for c, h in zip(cells, held, strict=True)) / total


def completeness_of(seen, weight, law, odds_doubt):
    """Completeness of one city and chain whose segments are known by these arrays."""
    names = [f"rb-{number:02}" for number in range(len(seen))]
    presence = pl.DataFrame(
        {
            "city_code": "330100",
            "segment_id": names,
            "n_companies": seen.astype(np.int64),
            "p_unseen": law.some,
            "hidden_mean": law.mean,
            "hidden_shape": law.shape,
            "odds_doubt": odds_doubt,
        }
    )
    criticality = pl.DataFrame({"segment_id": names, "criticality": weight})
    return chain_completeness(presence, criticality).row(0, named=True)


def test_it_is_the_criticality_weighted_share_with_what_the_data_may_hide():
    for row in WORLD.completeness.iter_rows(named=True):
        assert row["completeness"] == pytest.approx(by_loops(row["city_code"], row["chain_id"]))
        assert row["seen"] <= row["completeness_low"] <= row["completeness"] + 1e-9
        assert row["completeness"] <= row["completeness_high"] <= 1.0


def test_a_whole_chain_is_complete_without_doubt():
    full = WORLD.presence.with_columns(n_companies=pl.lit(1, pl.Int64))
    found = chain_completeness(full, WORLD.criticality)
    assert (found["completeness_low"] == 1.0).all()


def test_the_interval_holds_when_all_segments_of_a_chain_are_seen_as_badly():
    rng = np.random.default_rng(7)
    segments, worlds, held = 80, 400, []
    for share, sd in ((0.55, 0.08), (0.7, 0.1), (0.8, 0.1), (0.85, 0.06)):
        for size in (20.0, 60.0, 200.0, 600.0):
            expected = size * rng.dirichlet(np.full(segments, 0.6))
            shape, mean = rng.uniform(0.6, 2.0, segments), rng.uniform(0.7, 1.4, segments)
            seen = rng.poisson(expected * rng.gamma(shape, mean / shape)).astype(np.float64)
            odds = odds_of_hiding(np.full(segments, share), np.full(segments, sd))
            law = hidden_of(seen, expected, (shape, mean), odds, np.full(segments, 0.05))
            weight = rng.uniform(0.1, 1.0, segments)
            row = completeness_of(seen, weight, law, odds[1])
            # A world: one coverage for the whole chain, a level of its own for each segment.
            level = 1.0 / (1.0 / shape + 0.05 + 0.05 / shape)
            rate = 1.0 + level / (mean * expected)
            number = share * (1.0 - share) / sd**2 - 1.0
            q = rng.beta(share * number, (1.0 - share) * number, (worlds, 1))
            makers = rng.gamma(seen + level, 1.0 / rate, (worlds, segments)) * (1.0 - q) / q
            has = (seen > 0) | (rng.poisson(makers) > 0)
            truth = (has * weight).sum(axis=1) / weight.sum()
            low, high = row["completeness_low"] - 1e-9, row["completeness_high"] + 1e-9
            held.append(((truth >= low) & (truth <= high)).mean())
            assert row["completeness"] == pytest.approx(truth.mean(), abs=0.01)
    assert 0.88 < np.mean(held) < 0.95
    assert min(held) > 0.84


def test_the_percentile_counts_peers_below_and_half_of_ties():
    peers = PeerGroup(PeerScheme.CODES, ("320100", "440200"))
    own = city_completeness(WORLD.completeness, HOME, peers)
    values = {
        (row["city_code"], row["chain_id"]): row["completeness"]
        for row in WORLD.completeness.iter_rows(named=True)
    }
    for row in own.iter_rows(named=True):
        mine = row["completeness"]
        others = [values[code, row["chain_id"]] for code in peers.city_codes]
        expected = sum(1.0 if o < mine else 0.5 if o == mine else 0.0 for o in others) / 2
        assert row["percentile"] == pytest.approx(expected)
        assert row["n_peers"] == 2
