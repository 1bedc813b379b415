import polars as pl
import pytest

from chainmap.gaps.engagement import chain_engagement, engaged_chains
from tests.world import small_world

WORLD = small_world()


def test_engagement_is_the_weighted_share_of_what_the_city_has():
    found = chain_engagement(WORLD.presence, WORLD.criticality)
    assert found.columns == ["city_code", "chain_id", "engagement"]
    assert found.height == WORLD.cities.height * 2
    k = dict(WORLD.criticality.select("segment_id", "criticality").iter_rows())
    for row in found.iter_rows(named=True):
        cells = WORLD.presence.filter(city_code=row["city_code"]).to_dicts()
        prefix = "ic-" if row["chain_id"] == "integrated-circuits" else "rb-"
        cells = [c for c in cells if c["segment_id"].startswith(prefix)]
        have = sum(k[c["segment_id"]] * min(1.0, c["theta"]) for c in cells if c["n_companies"] > 0)
        assert row["engagement"] == pytest.approx(have / sum(k[c["segment_id"]] for c in cells))


def test_one_city_has_the_same_engagement_as_among_all():
    whole = chain_engagement(WORLD.presence, WORLD.criticality)
    alone = chain_engagement(WORLD.presence.filter(city_code="330100"), WORLD.criticality)
    assert alone.equals(whole.filter(city_code="330100"))


def test_the_floor_is_the_citys_median_and_nothing_is_not_engaged():
    table = pl.DataFrame(
        {
            "city_code": ["1"] * 3 + ["2"] * 3,
            "chain_id": ["a", "b", "c"] * 2,
            "engagement": [0.1, 0.2, 0.3, 0.0, 0.0, 0.4],
        }
    )
    found = engaged_chains(table)
    assert found["engagement_floor"].to_list() == [0.2] * 3 + [0.0] * 3
    assert found["engaged"].to_list() == [False, True, True, False, False, True]
    assert engaged_chains(table, 0.0)["engaged"].all()
    assert engaged_chains(table, 0.25)["engaged"].sum() == 2


def test_a_chain_of_no_weight_has_no_engagement():
    weightless = WORLD.criticality.with_columns(criticality=pl.lit(0.0))
    assert (chain_engagement(WORLD.presence, weightless)["engagement"] == 0.0).all()
