import datetime as dt

import numpy as np
import polars as pl
import pytest

from chainmap.errors import InputError, TableError
from chainmap.gaps.coverage import Coverage, Seen
from chainmap.gaps.presence import (
    PresenceOptions,
    count_presence,
    counted_placements,
    left_out,
    measure_presence,
)
from chainmap.gaps.unseen import Hidden, odds_of_hiding
from chainmap.tables import COMPANIES, PRESENCE_COUNTS
from tests.oracles.presence import presence_by_loops
from tests.world import FIRMS, small_world, world_of


def counted(world, **given):
    return count_presence(world.placements, world.companies, world.library, **given)


def measured(world, counts=None, **options):
    counts = counted(world) if counts is None else counts
    return measure_presence(counts, world.cities, world.library, PresenceOptions(**options))


def cell(presence, city, segment):
    return presence.row(
        by_predicate=(pl.col("city_code") == city) & (pl.col("segment_id") == segment), named=True
    )


def test_counts_and_expectations_equal_the_plain_loops():
    world = small_world()
    expected = presence_by_loops(world)
    assert world.presence.height == len(expected)
    ratios = set()
    for row in world.presence.iter_rows(named=True):
        *plain, (rest, expected_rest) = expected[row["city_code"], row["segment_id"]]
        found = (row["n_companies"], row["expected"], row["theta_addhalf"])
        assert found == pytest.approx(plain, abs=1e-12)
        if rest != expected_rest:
            # m = (rest + k)/(E_rest + k) gives k back, one and the same everywhere.
            m = row["theta_province"]
            ratios.add(round((rest - m * expected_rest) / (m - 1.0), 6))
    assert len(ratios) == 1


def test_theta_lies_between_the_prior_and_what_was_seen():
    for row in small_world().presence.iter_rows(named=True):
        if row["expected"] > 0:
            ends = sorted((row["n_companies"] / row["expected"], row["theta_province"]))
            assert ends[0] - 1e-12 <= row["theta"] <= ends[1] + 1e-12
        assert row["theta_low"] <= row["theta"] <= row["theta_high"]


def test_traders_never_count_and_servers_only_where_the_segment_is_a_service():
    world = world_of([*FIRMS, ("fab-server", "330200", None, [], ["ic-fab:serve"])])
    counts = set(counted_placements(world.placements, world.library)["company_id"])
    assert "resist-dealer-a" not in counts
    assert "fab-server" not in counts
    assert "test-e" in counts


def test_leaders_are_the_listed_and_the_titled():
    world = small_world()
    leaders = world.presence.filter(pl.col("n_leaders") > 0)
    assert set(leaders.select("city_code", "segment_id").iter_rows()) == {
        ("330100", "ic-pack"),
        ("320100", "ic-resist"),
        ("320100", "ic-fab"),
        ("440100", "rb-servo"),
    }


def test_the_order_of_the_roster_changes_nothing():
    assert small_world().presence.equals(world_of(FIRMS[::-1]).presence)


def test_a_plant_of_a_leaders_group_is_led_by_it():
    world = small_world()
    owned = pl.when(pl.col("company_id") == "fab-a").then(pl.lit("fab-c"))
    companies = COMPANIES.check(
        world.companies.with_columns(
            parent_id=owned.otherwise("parent_id"), group_id=owned.otherwise("group_id")
        )
    )
    counts = count_presence(world.placements, companies, world.library)
    fab = counts.filter(city_code="330100", segment_id="ic-fab")
    assert fab["n_leaders"].to_list() == [1]
    assert world.presence.filter(city_code="330100", segment_id="ic-fab")["n_leaders"][0] == 0


def test_a_day_leaves_out_what_was_founded_later_and_says_who_has_no_year():
    world = small_world()
    years = {"fab-a": 2015, "fab-c": None}
    year = pl.col("company_id").replace_strict(years, default=2000, return_dtype=pl.Int64)
    companies = COMPANIES.check(world.companies.with_columns(founded_year=year))
    day = dt.date(2014, 12, 31)
    assert left_out(companies, day) == (1, 1)
    then = count_presence(world.placements, companies, world.library, day)
    now = count_presence(world.placements, companies, world.library, dt.date(2015, 1, 1))
    assert then.filter(city_code="330100", segment_id="ic-fab").is_empty()
    assert not then.filter(city_code="320100", segment_id="ic-fab").is_empty()
    assert now.equals(counted(world))


def test_later_companies_change_nothing_of_an_earlier_day():
    later = ("fab-z", "330200", None, [], ["ic-fab:make"])
    worlds = [small_world(), world_of([*FIRMS, later])]
    year = pl.when(pl.col("company_id") == "fab-z").then(2020).otherwise("founded_year")
    day = dt.date(2019, 1, 1)
    dated = [COMPANIES.check(world.companies.with_columns(founded_year=year)) for world in worlds]
    first, second = (
        count_presence(world.placements, companies, world.library, day)
        for world, companies in zip(worlds, dated, strict=True)
    )
    assert first.equals(second)


def test_states_say_no_more_than_the_data():
    world = small_world()
    whole, thin = measured(world, least_companies=1), measured(
        world, least_companies=1, coverage=Coverage(Seen(0.3, 0.05))
    )  # fmt: skip
    assert set(whole.filter(pl.col("n_companies") == 0)["state"]) == {"absent"}
    assert "unknown" in set(thin["state"])
    assert not thin.filter((pl.col("state") == "absent") & (pl.col("p_unseen") > 0.2)).height
    assert not thin.filter((pl.col("state") == "strong") & (pl.col("p_above_one") < 0.8)).height
    assert set(thin.filter(pl.col("n_companies") > 0)["state"]) <= {"strong", "present", "weak"}


def test_a_city_with_too_few_companies_is_called_neither_strong_nor_absent():
    own = measured(small_world()).filter(city_code="330200")
    assert set(own.filter(pl.col("n_companies") > 0)["state"]) == {"present"}
    assert set(own.filter(pl.col("n_companies") == 0)["state"]) == {"unknown"}


def test_less_coverage_widens_the_makers_interval_and_unseen_grows():
    world = small_world()
    whole, half = measured(world), measured(world, coverage=Coverage(Seen(0.5)))
    assert (whole["makers_high"] == whole["n_companies"]).all()
    assert (whole["p_unseen"] == 0.0).all() and (half["p_unseen"] > 0.0).all()
    width = half["makers_high"] - half["makers_low"]
    assert (width >= 0).all() and width.sum() > 0
    assert (half["makers_low"] >= half["n_companies"]).all()
    uneven = measured(world, coverage=Coverage(Seen(0.5), spread=0.5))
    seen = pl.col("n_companies") > 0
    doubt = (pl.col("theta_sd") / pl.col("theta")).sum()
    relative = [p.filter(seen).select(doubt).item() for p in (half, uneven)]
    assert relative[1] > relative[0]


def test_a_chain_and_a_city_have_their_own_coverage():
    coverage = Coverage(Seen(0.8), chains={"robotics": Seen(0.4)}, cities={"330100": 0.5})
    presence = measured(small_world(), coverage=coverage)
    assert cell(presence, "330200", "ic-fab")["coverage"] == 0.8
    assert cell(presence, "330200", "rb-arm")["coverage"] == 0.4
    assert cell(presence, "330100", "rb-arm")["coverage"] == pytest.approx(0.2)


def test_the_law_of_makers_not_shown_and_its_doubt_about_coverage_are_kept():
    coverage = Coverage(Seen(0.8, 0.03), chains={"robotics": Seen(0.4, 0.1)}, spread=0.1)
    presence = measured(small_world(), coverage=coverage)
    law = Hidden(presence["hidden_shape"].to_numpy(), presence["hidden_mean"].to_numpy())
    assert law.some == pytest.approx(presence["p_unseen"].to_numpy())
    for segment, share, sd in (("ic-fab", 0.8, 0.03), ("rb-arm", 0.4, 0.1)):
        doubt = odds_of_hiding(np.array([share]), np.array([np.hypot(sd, 0.1 * share)]))[1]
        assert cell(presence, "330100", segment)["odds_doubt"] == pytest.approx(doubt[0])


def test_capital_has_its_own_location_quotient():
    rows = [
        ("330100", "ic-fab", 1, 0, 30.0),
        ("330100", "ic-pack", 1, 0, 10.0),
        ("320100", "ic-fab", 1, 0, 20.0),
        ("440100", "ic-pack", 1, 0, None),
    ]
    counts = PRESENCE_COUNTS.check(
        pl.DataFrame(rows, schema=list(PRESENCE_COUNTS.schema.columns()), orient="row")
    )
    presence = measured(small_world(), counts)
    assert cell(presence, "330100", "ic-fab")["capital_quotient"] == pytest.approx(
        (30 / 40) / (50 / 60)
    )
    assert cell(presence, "320100", "ic-pack")["capital_quotient"] == 0.0
    assert cell(presence, "440100", "ic-pack")["capital_quotient"] is None
    assert cell(presence, "320200", "ic-fab")["capital_quotient"] is None


def test_no_companies_at_all_are_no_knowledge():
    world = small_world()
    empty = PRESENCE_COUNTS.check(counted(world).clear())
    presence = measured(world, empty)
    assert set(presence["state"]) == {"unknown"}
    assert presence["theta"].to_list() == pytest.approx([1.0] * presence.height)


def test_counts_of_another_taxonomy_are_refused():
    world = small_world()
    counts = counted(world).with_columns(segment_id=pl.lit("ic-gone"))
    with pytest.raises(TableError, match="ic-gone"):
        measured(world, PRESENCE_COUNTS.check(counts.head(1)))


def test_certainty_and_shares_are_probabilities():
    with pytest.raises(InputError, match="把握"):
        PresenceOptions(certainty=0.3)
    with pytest.raises(InputError, match="覆盖率"):
        Seen(0.0)
