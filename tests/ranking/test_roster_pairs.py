import gc

import numpy as np
import pytest

from chainmap.errors import ModelError
from chainmap.ranking import roster_pairs as module
from chainmap.ranking.roster_pairs import roster_pairs
from chainmap.ranking.target_model import load_target_model
from tests.world import FIRMS, HOME, small_world, world_of


def test_a_world_is_read_once_and_forgotten_with_it():
    world = world_of(FIRMS)
    assert roster_pairs(world) is roster_pairs(world)
    assert roster_pairs(world, 2005) is not roster_pairs(world)
    key = (id(world), 0)
    assert key in module._made
    del world
    gc.collect()
    assert key not in module._made


def test_chances_are_shares_and_no_one_comes_home():
    found = roster_pairs(small_world()).chances(load_target_model(), HOME.code)
    for name in ("expands", "goes_there", "comes"):
        assert found[name].is_between(0.0, 1.0).all()
    home = found.filter(company_id="fab-a")
    assert home["goes_there"][0] == home["comes"][0] == 0.0


def test_shares_over_all_cities_add_up_to_one():
    pairs, model = roster_pairs(small_world()), load_target_model()
    codes = pairs.known.cities["city_code"]
    shares = [pairs.chances(model, code)["goes_there"].to_numpy() for code in codes]
    assert np.sum(shares, axis=0) == pytest.approx(1.0)


def test_an_unknown_city_is_refused():
    with pytest.raises(ModelError, match="999999"):
        roster_pairs(small_world()).features("999999", ["nearness"])


def test_an_earlier_year_knows_only_what_was_there():
    pairs = roster_pairs(small_world(), 1990)
    assert pairs.known.n_firms == 0 and pairs.year == 1990
