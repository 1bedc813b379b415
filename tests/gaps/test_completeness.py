import polars as pl
import pytest

from chainmap.concepts.identifiers import chain_of
from chainmap.gaps.completeness import chain_completeness, city_completeness
from chainmap.gaps.peers import PeerGroup, PeerScheme
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


def test_it_is_the_criticality_weighted_share_with_what_the_data_may_hide():
    for row in WORLD.completeness.iter_rows(named=True):
        assert row["completeness"] == pytest.approx(by_loops(row["city_code"], row["chain_id"]))
        assert row["seen"] <= row["completeness_low"] <= row["completeness"] + 1e-9
        assert row["completeness"] <= row["completeness_high"] <= 1.0


def test_a_whole_chain_is_complete_without_doubt():
    full = WORLD.presence.with_columns(n_companies=pl.lit(1, pl.Int64))
    found = chain_completeness(full, WORLD.criticality)
    assert (found["completeness_low"] == 1.0).all()


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
