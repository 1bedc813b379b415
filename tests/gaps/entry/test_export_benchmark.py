import numpy as np
import pytest

from chainmap.gaps.entry.export_benchmark import (
    HoldOutOptions,
    learned_scores,
    pair_features,
    rank_average,
    within_place,
)


def known(n_places=16, n_items=60, seed=1):
    rng = np.random.default_rng(seed)
    kind, other = np.arange(n_places) % 2, np.arange(n_items) % 2
    return rng.random((n_places, n_items)) < np.where(kind[:, None] == other, 0.6, 0.1)


def test_ranks_are_shares_among_the_candidates_of_a_place():
    m = np.array([[True, False, False, False]])
    score = np.array([[9.0, 1.0, 3.0, 3.0]])
    np.testing.assert_allclose(within_place(m, score)[0, 1:], [1 / 3, 2.5 / 3, 2.5 / 3])
    np.testing.assert_allclose(
        rank_average(m, score, -score)[0, 1:], [2 / 3, (2.5 + 1.5) / 6, (2.5 + 1.5) / 6]
    )


def test_features_are_finite_and_hold_every_pair():
    m = known()
    features = pair_features(m)
    assert len(features) == 33
    for name, values in features.items():
        assert values.shape == m.shape, name
        assert np.isfinite(values).all(), name


@pytest.fixture(scope="module")
def learned():
    return learned_scores(known(), HoldOutOptions(n_folds=3, negatives=1.0, n_trees=20))


def test_the_models_find_what_belongs_and_repeat(learned):
    m = known()
    fits = (np.arange(16) % 2)[:, None] == np.arange(60) % 2
    rest = ~m
    for score in (learned.order, learned.binary, learned.chance):
        assert score[rest & fits].mean() > score[rest & ~fits].mean()
    again = learned_scores(m, HoldOutOptions(n_folds=3, negatives=1.0, n_trees=20))
    assert (again.order == learned.order).all()
    assert (again.chance == learned.chance).all()


def test_chances_keep_the_order_of_the_model(learned):
    rest = ~known()
    chance, odds = learned.chance[rest], learned.binary[rest]
    assert ((chance > 0) & (chance < 1)).all()
    assert (np.diff(chance[np.argsort(odds)]) >= 0).all()
