import numpy as np
import pytest
from scipy.integrate import quad
from scipy.sparse import csr_array
from scipy.stats import gamma

from chainmap.gaps.choke import (
    PRIOR_MAKERS,
    choke_index,
    national_shortfall,
    province_concentration,
)
from tests.world import small_world, world_of

WORLD = small_world()


def links(n, *pairs):
    rows, columns = np.array(pairs).T
    return csr_array((np.ones(len(pairs)), (rows, columns)), shape=(n, n))


def test_concentration_is_the_herfindahl_over_provinces():
    found = dict(province_concentration(WORLD.presence, WORLD.cities).iter_rows())
    assert found["ic-resist"] == pytest.approx((2 / 3) ** 2 + (1 / 3) ** 2)
    assert found["ic-fab"] == pytest.approx(0.5)


def test_a_segment_nobody_makes_is_the_tightest():
    empty = world_of([("fab-a", "330100", None, [], ["ic-fab:make"])])
    found = dict(choke_index(empty.presence, empty.cities, empty.library).iter_rows())
    assert found["rb-arm"] == 1.0
    assert all(0.0 <= value <= 1.0 for value in found.values())


def test_choke_is_never_below_the_concentration():
    hands = dict(province_concentration(WORLD.presence, WORLD.cities).iter_rows())
    for segment, value in choke_index(WORLD.presence, WORLD.cities, WORLD.library).iter_rows():
        assert value >= hands[segment] - 1e-12


def test_the_shortfall_is_that_of_the_gamma_posterior_by_integration():
    makers, graph = np.array([2.0, 10.0, 6.0]), links(3, (0, 1), (0, 2), (1, 2))
    found = national_shortfall(makers, graph, ["a", "a", "a"])
    users = np.array([16.0, 6.0, 0.0])
    ratio = (2 + 10) / (16 + 6)
    for one, used, value in zip(makers, users, found, strict=True):
        law = gamma(one + PRIOR_MAKERS, scale=1 / (ratio * used + PRIOR_MAKERS))
        expected = quad(lambda t, law=law: (1 - t) * law.pdf(t), 0, 1)[0]
        assert value == pytest.approx(expected, abs=1e-6)


def test_few_makers_for_many_users_are_short_and_more_makers_less_so():
    graph = links(3, (0, 2), (1, 2))
    few, many = national_shortfall(np.array([1.0, 9.0, 40.0]), graph, ["a"] * 3)[:2]
    assert few > 0.5 > many
    more = national_shortfall(np.array([3.0, 9.0, 40.0]), graph, ["a"] * 3)[0]
    assert more < few


def test_a_chain_is_measured_by_its_own_ratio():
    graph = links(4, (0, 1), (2, 3))
    makers = np.array([1.0, 10.0, 1.0, 100.0])
    together = national_shortfall(makers, graph, ["a"] * 4)
    apart = national_shortfall(makers, graph, ["a", "a", "b", "b"])
    assert apart[0] == pytest.approx(apart[2], abs=0.35) and together[2] > together[0]
