from itertools import pairwise

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chainmap.chains.library import ChainLibrary, load_library
from chainmap.errors import InputError, TableError, UnknownNameError
from chainmap.gaps.dependence import DependenceOptions, outside_dependence
from chainmap.gaps.linkages import national_counts, supply_weights
from chainmap.sources.places import load_cities
from chainmap.tables import Presence
from tests.oracles.chain_position import flq_dependence, kilometres
from tests.world import FIRMS, IC, small_world, taxonomy, world_of

LEVELS = ("dependence_city", "dependence_province", "dependence_nearby", "dependence")


def measured(world, options=None, city=None):
    weights = supply_weights(world.library, None, national_counts(world.presence))
    return outside_dependence(world.presence, world.cities, weights, options, city)


def by_loops(world, delta=0.3, nearby_km=200.0):
    """Every cell by hand: regions as sets of cities, users one by one."""
    weights = supply_weights(world.library, None, national_counts(world.presence))
    a = weights.coefficients.toarray()
    place = {segment: at for at, segment in enumerate(weights.segments)}
    cell = {(r["city_code"], r["segment_id"]): r for r in world.presence.iter_rows(named=True)}
    home = {r["city_code"]: r for r in world.cities.iter_rows(named=True)}
    total = world.presence["n_companies"].sum()
    found = {}
    for c, city in home.items():
        province = {d for d in home if home[d]["province_code"] == city["province_code"]}
        near = {
            d
            for d in home
            if d == c  # the law of cosines is out by metres at no distance at all
            or kilometres((city["lon"], city["lat"]), (home[d]["lon"], home[d]["lat"])) <= nearby_km
        }
        for p in weights.segments:
            product = weights.is_product[place[p]]
            users = [
                q
                for q in world.library.graph.users(p)
                if cell[c, q]["n_companies"] and (weights.is_product[place[q]] or not product)
            ]
            demand = sum(
                a[place[p], place[q]] * cell[c, q]["theta"] * cell[c, q]["expected"] for q in users
            )
            row = [demand]
            for region in ({c}, province, near, province | near):

                def theta(s, region=region, c=c):
                    if region == {c}:
                        return cell[c, s]["theta"]
                    n = sum(cell[d, s]["n_companies"] for d in region)
                    return (n + 0.5) / (sum(cell[d, s]["expected"] for d in region) + 0.5)

                size = sum(cell[d, s]["n_companies"] for d in region for s in weights.segments)
                supply = sum(cell[d, p]["n_companies"] for d in region)
                pairs = [(a[place[p], place[q]], theta(q)) for q in users]
                row.append(flq_dependence((supply, theta(p)), pairs, size / max(1, total), delta))
            found[c, p] = row
    return found


def assert_equals_loops(world, options):
    wanted = by_loops(world, options.delta, options.nearby_km)
    rows = measured(world, options).iter_rows()
    for city, segment, *values in rows:
        assert values == pytest.approx(wanted.pop((city, segment)), abs=1e-12)
    assert not wanted


@pytest.mark.parametrize("delta", [0.1, 0.3, 0.5])
def test_dependence_is_the_formula_by_hand(delta):
    assert_equals_loops(small_world(), DependenceOptions(delta=delta))


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["330100", "330200", "320100", "320200", "440100", "440200"]),
            st.sampled_from(["ic-wafer", "ic-resist", "ic-fab", "ic-pack", "rb-servo", "rb-arm"]),
        ),
        max_size=25,
    ),
    st.sampled_from([0.0, 120.0, 200.0, 3_000.0]),
)
@settings(max_examples=15)
def test_dependence_of_any_world_is_a_share_and_the_formula(placed, reach):
    firms = [
        (f"f-{n}", city, None, [], [f"{segment}:make"]) for n, (city, segment) in enumerate(placed)
    ]
    if not firms:
        return
    world = world_of(firms)
    found = measured(world, DependenceOptions(nearby_km=reach))
    for level in LEVELS:
        assert found[level].is_between(0.0, 1.0).all()
        assert found[level].is_not_nan().all()
        assert (found.filter(pl.col("local_demand") == 0.0)[level] == 0.0).all()
    assert_equals_loops(world, DependenceOptions(nearby_km=reach))


def test_buying_next_door_is_no_gap():
    row = measured(small_world()).filter(city_code="330100", segment_id="ic-wafer").to_dicts()[0]
    assert row["local_demand"] > 0.0  # the local fab
    assert row["dependence_city"] == 1.0  # nobody in the city makes it
    assert row["dependence_province"] < 1.0  # the next city does
    assert row["dependence"] <= row["dependence_province"]


def test_a_segment_nobody_supplies_is_bought_outside_wherever_it_is_used():
    firms = [firm for firm in FIRMS if not any(p.startswith("ic-resist") for p in firm[4])]
    found = measured(world_of(firms)).filter(segment_id="ic-resist")
    used = found.filter(pl.col("local_demand") > 0.0)
    assert used.height == 2
    assert (used["dependence"] == 1.0).all()


def test_a_service_that_uses_a_product_makes_no_demand():
    world = world_of([*FIRMS, ("test-a", "330100", None, [], ["ic-testing:serve"])])
    ic = IC.replace(
        "    supplies: [ic-fab]\n    cites", "    supplies: [ic-fab, ic-testing]\n    cites"
    )
    library = ChainLibrary(taxonomy(ic=ic))
    assert "ic-testing" in library.graph.users("ic-resist")
    weights = supply_weights(library, None, national_counts(world.presence))
    found = outside_dependence(world.presence, world.cities, weights).filter(segment_id="ic-resist")
    assert found.filter(city_code="440100")["local_demand"].to_list() == [0.0]
    assert found.filter(city_code="330100")["local_demand"][0] > 0.0  # the fab


def test_a_larger_delta_never_means_less_dependence():
    rows = [measured(small_world(), DependenceOptions(delta=d)) for d in (0.0, 0.1, 0.3, 0.5)]
    for less, more in pairwise(rows):
        for level in LEVELS:
            assert (more[level] - less[level] >= -1e-12).all()


def test_one_city_is_its_part_of_all_to_the_last_bit():
    world = small_world()
    whole = measured(world)
    assert whole["city_code"].is_sorted()
    for city in world.cities["city_code"]:
        assert measured(world, city=city).equals(whole.filter(city_code=city))


def test_the_order_of_rows_changes_nothing():
    world = small_world()
    weights = supply_weights(world.library, None, national_counts(world.presence))
    mixed = Presence(world.presence.sample(fraction=1.0, shuffle=True, seed=1))
    assert outside_dependence(mixed, world.cities, weights).equals(measured(world))


def test_what_does_not_fit_is_refused():
    world = small_world()
    weights = supply_weights(world.library, None, {})
    with pytest.raises(TableError, match="6 个城市 × 7 个环节"):
        outside_dependence(Presence(world.presence.head(41)), world.cities, weights)
    with pytest.raises(UnknownNameError):
        measured(world, city="999900")
    with pytest.raises(InputError, match="delta"):
        DependenceOptions(delta=1.0)
    with pytest.raises(InputError, match="nearby_km"):
        DependenceOptions(nearby_km=-1.0)


def test_all_cities_and_segments_of_china_are_told_at_once():
    library, cities = load_library(), load_cities()
    segments = sorted(library.segments)
    rng = np.random.default_rng(5)
    counts = rng.poisson(0.2, (cities.height, len(segments)))
    expected = counts.sum(1, keepdims=True) * counts.sum(0) / counts.sum()
    presence = Presence(
        pl.DataFrame(
            {
                "city_code": np.repeat(cities["city_code"].sort().to_list(), len(segments)),
                "segment_id": segments * cities.height,
                "n_companies": counts.ravel(),
                "expected": expected.ravel(),
                "theta": ((counts + 0.5) / (expected + 0.5)).ravel(),
            }
        )
    )
    weights = supply_weights(library, None, national_counts(presence))
    found = outside_dependence(presence, cities, weights)
    assert found.height == cities.height * len(segments)
    assert found.select("city_code", "segment_id").n_unique() == found.height
