import numpy as np
import pytest

from chainmap.ranking.known import Known
from chainmap.ranking.target_segments import (
    city_lists,
    firm_lists,
    segment_scores,
    within_parts,
)
from chainmap.ranking.target_training import everything
from tests.ranking.made_up_firms import made_up_labels, made_up_universe

UNIVERSE = made_up_universe()
KNOWN = Known(UNIVERSE, 2020, made_up_labels(UNIVERSE))
HAPPENED = everything(KNOWN).happened()


def test_places_within_a_part_are_those_of_counting_and_ties_share_them():
    rng = np.random.default_rng(4)
    score = rng.integers(0, 9, (KNOWN.n_firms, KNOWN.n_cities)).astype(float)
    part = rng.integers(0, 3, KNOWN.n_firms)
    found = within_parts(KNOWN, score, part)
    city = int(np.bincount(KNOWN.home[KNOWN.home >= 0]).argmax())
    for firm in (0, 17, 101, 239):
        if KNOWN.home[firm] == city:
            continue
        others = [
            f for f in range(KNOWN.n_firms) if part[f] == part[firm] and KNOWN.home[f] != city
        ]
        below = sum(score[f, city] < score[firm, city] for f in others)
        same = sum(score[f, city] == score[firm, city] for f in others)
        assert found[firm, city] == pytest.approx((below + same / 2) / len(others))


def test_a_shift_of_one_parts_scores_changes_nothing():
    score = np.random.default_rng(1).random((KNOWN.n_firms, KNOWN.n_cities))
    part = np.arange(KNOWN.n_firms) % 2
    shifted = score + 5.0 * part[:, None]
    assert np.array_equal(within_parts(KNOWN, score, part), within_parts(KNOWN, shifted, part))


def test_lists_of_some_firms_hold_only_them_and_none_is_no_list():
    some = np.arange(KNOWN.n_firms) < 120
    lists = firm_lists(KNOWN, HAPPENED, some)
    assert not lists.asked[120:].any() and lists.happened.any(axis=0).all()
    choices = city_lists(KNOWN, HAPPENED, some)
    assert set(choices.number) == set(np.flatnonzero(HAPPENED.any(axis=1) & some))
    assert firm_lists(KNOWN, HAPPENED, np.zeros(KNOWN.n_firms, bool)) is None
    assert city_lists(KNOWN, HAPPENED, np.zeros(KNOWN.n_firms, bool)) is None


def test_a_universe_without_placements_has_no_lists_of_segments():
    thirds = np.zeros(KNOWN.n_cities, np.int64)
    assert segment_scores(KNOWN, HAPPENED, {}, thirds) is None
