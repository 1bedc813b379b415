import numpy as np
import polars as pl
import pytest

from chainmap.curated import CuratedFile
from chainmap.errors import CurationError, InputError
from chainmap.gaps.coverage import (
    LEAST_COUNTED,
    Coverage,
    Recapture,
    Seen,
    city_factors,
    count_seen,
    estimated_share,
    measured_coverage,
    overall_share,
    share_interval,
    spread_between_cities,
)
from chainmap.sources.coverage import CoverageFile, load_coverage
from tests.world import small_world


def test_the_share_is_its_beta_posterior():
    seen = estimated_share(30, 40)
    draws = np.random.default_rng(1).beta(30.5, 10.5, 400_000)
    assert (seen.value, seen.sd) == pytest.approx((draws.mean(), draws.std()), rel=5e-3)
    assert share_interval(30, 40) == pytest.approx(np.quantile(draws, [0.05, 0.95]), abs=3e-3)


def test_the_shipped_coverage_is_told_by_chain_and_thin_chains_share_the_rest():
    shipped = load_coverage("companies")
    coverage = measured_coverage(shipped)
    thin = {c.chain for c in shipped.chains if c.total < LEAST_COUNTED}
    assert thin == {"quantum"} and set(coverage.chains) == {c.chain for c in shipped.chains} - thin
    assert coverage.share.sd > max(seen.sd for seen in coverage.chains.values())
    assert all(c.seen <= c.total for c in shipped.chains)


def test_a_register_is_far_from_seen_whole():
    coverage = measured_coverage(load_coverage("intake"))
    assert all(seen.value < 0.6 for seen in coverage.chains.values())


def test_every_chain_has_a_share():
    library = small_world().library
    frame = Coverage(Seen(0.7, 0.1), chains={"robotics": Seen(0.4)}).of_chains(library)
    assert frame.rows() == [("integrated-circuits", 0.7, 0.1), ("robotics", 0.4, 0.0)]


def test_a_malformed_file_names_its_line():
    text = "id: x\ntitle: y\nspread_between_cities: 3\n"
    with pytest.raises(CurationError, match=r"x\.yml"):
        CuratedFile(text, "x.yml").check(CoverageFile)


def test_listed_companies_are_counted_by_chain():
    listed = pl.DataFrame(
        {"company": ["a", "b", "c", "a"], "chain_id": ["ic", "ic", "ic", "rb"]},
    )
    counted = [(c.chain, c.seen, c.total) for c in count_seen(listed, ["a", "c", "z"])]
    assert counted == [("ic", 2, 3), ("rb", 1, 1)]


def test_the_spread_between_cities_is_found_again():
    rng = np.random.default_rng(4)
    share = np.clip(rng.normal(0.6, 0.12, 300), 0.05, 0.95)

    def listed(shares):
        rows = [
            (f"{city}-{i}", "ic", str(city), bool(rng.random() < shares[city]))
            for city in range(300)
            for i in range(20)
        ]
        return pl.DataFrame(rows, schema=["company", "chain_id", "city", "known"], orient="row")

    uneven, even = listed(share), listed(np.full(300, 0.6))
    known = [frame.filter("known")["company"].to_list() for frame in (uneven, even)]
    assert spread_between_cities(uneven, known[0]) == pytest.approx(0.2, abs=0.04)
    assert spread_between_cities(even, known[1]) < 0.08


def test_a_city_of_well_seen_sources_is_seen_better():
    mix = pl.DataFrame(
        {
            "city_code": ["330100", "330100", "330200"],
            "source": ["listed", "other", "other"],
            "n_companies": [80, 20, 40],
        }
    )
    shares = {"listed": 0.8, "other": 0.2}
    overall = overall_share(mix, shares)
    assert overall == pytest.approx(140 / (100 + 100 + 200))
    factors = city_factors(mix, shares)
    assert factors["330100"] * overall == pytest.approx(100 / 200, rel=0.02)
    assert factors["330200"] * overall == pytest.approx(40 / 200, rel=0.02)
    assert city_factors(mix.clear(), shares) == {}
    with pytest.raises(InputError, match="other"):
        city_factors(mix, {"listed": 0.8})


def test_two_lists_tell_the_size():
    rng = np.random.default_rng(6)
    sizes = []
    for _ in range(300):
        first, second = rng.random(2000) < 0.3, rng.random(2000) < 0.2
        sizes.append(Recapture(int(first.sum()), int(second.sum()), int((first & second).sum())))
    assert np.mean([lists.size for lists in sizes]) == pytest.approx(2000, rel=0.02)
    assert np.mean([lists.size_sd for lists in sizes]) == pytest.approx(
        np.std([lists.size for lists in sizes]), rel=0.15
    )
    assert Recapture(3, 3, 3).size_sd == 0.0
