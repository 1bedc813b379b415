import hashlib
import json
from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from chainmap.errors import ModelError
from chainmap.logistic import sigmoid
from chainmap.ranking.known import Known
from chainmap.ranking.labels import LABELS
from chainmap.ranking.pair_curve import PairCurve
from chainmap.ranking.pair_registry import Block, pair_features
from chainmap.ranking.target_model import (
    NAMED,
    city_shares_before,
    contributions,
    expansion_scores,
    load_target_model,
    score_city,
    score_pairs,
    target_model,
    told,
)
from chainmap.ranking.target_release import plain_model
from chainmap.ranking.target_training import (
    Learning,
    TargetOptions,
    everything,
    firm_folds,
    fit_uncalibrated,
    train_targets,
)
from chainmap.ranking.universe import FIRMS
from chainmap.released import checked
from tests.ranking.made_up_firms import CODES, made_up_labels, made_up_universe

UNIVERSE = made_up_universe()
OPTIONS = TargetOptions(folds=3)
KNOWN = Known(UNIVERSE, 2020, made_up_labels(UNIVERSE))


@cache
def trained():
    """The model of all tests here."""
    return train_targets(KNOWN, OPTIONS, "1")


def sha(content):
    return hashlib.sha256(content).hexdigest()


def written(model):
    content = json.dumps(plain_model(model)).encode()
    manifest = {
        "files": {"coefficients.json": sha(content)},
        "features": model.features(),
    }
    return content, manifest


def read(content, manifest):
    return target_model(checked(content, manifest, NAMED))


def test_the_model_learns_who_moves_and_the_parts_add_up_to_the_score():
    ranked = score_city(trained(), Known(UNIVERSE, 2020), CODES[1])
    parts = ranked.select(term.feature for term in trained().of_list(True))
    assert np.allclose(parts.sum_horizontal().to_numpy(), ranked["score"].to_numpy(), atol=1e-5)
    assert ranked["rank"].to_list() == list(range(1, ranked.height + 1))
    assert CODES[1] not in ranked["home"].to_list()
    big = UNIVERSE.firms.filter(UNIVERSE.firms["staff"] > 1000)["firm_id"]
    assert ranked.head(40)["firm_id"].is_in(big.to_list()).mean() > 0.75


def test_the_same_data_train_the_same_model_and_reading_gives_it_back():
    again = train_targets(Known(UNIVERSE, 2020, made_up_labels(UNIVERSE)), OPTIONS, "1")
    assert plain_model(again) == plain_model(trained())
    held = read(*written(trained()))
    block = Block(told(held, KNOWN), np.arange(20), np.arange(KNOWN.n_cities))
    for across in (False, True):
        found, expected = (score_pairs(one, block, across=across) for one in (held, trained()))
        assert np.array_equal(found, expected)


def test_trades_are_told_apart_in_lists_of_all_trades_only():
    (term,) = trained().across
    whole = next(
        one for one in trained().expansion if one.feature == term.feature == "sector_moves"
    )
    assert term.weight == pytest.approx(whole.weight / 2) and term.mean == whole.mean
    every = score_city(trained(), Known(UNIVERSE, 2020), CODES[1], chances=False)
    narrow = score_city(trained(), Known(UNIVERSE, 2020), CODES[1], chances=False, across=False)
    assert "sector_moves" not in narrow.columns
    both = every.join(narrow, on="firm_id", suffix="_narrow")
    gap = both["score"] - both["score_narrow"] - both["sector_moves"]
    assert both.height == every.height and gap.abs().max() < 2e-6
    assert both["sector_moves"].n_unique() > 1
    earlier = load_target_model("2")
    assert earlier.across == () and earlier.of_list(True) == earlier.company


def test_a_changed_file_or_another_feature_list_refuses_to_load():
    content, manifest = written(trained())
    with pytest.raises(ModelError, match="与清单不符"):
        read(content + b" ", manifest)
    with pytest.raises(ModelError, match="特征与清单"):
        read(content, {**manifest, "features": manifest["features"][::-1]})


def test_the_covariance_is_of_the_terms_read_back_and_checked():
    held = read(*written(trained()))
    assert np.array_equal(held.company_covariance, trained().company_covariance)
    n = len(trained().company)
    assert trained().company_covariance.shape == (n, n)
    assert np.linalg.eigvalsh(trained().company_covariance).min() > -1e-6
    assert read(*written(replace(trained(), company_covariance=None)))
    skewed = trained().company_covariance + np.triu(np.ones((n, n)), 1)
    for wrong in (skewed, trained().company_covariance[:2], -np.eye(n)):
        with pytest.raises(ModelError, match="协方差"):
            read(*written(replace(trained(), company_covariance=wrong)))


def test_no_coefficient_runs_against_its_declared_direction():
    for term in (*trained().company, *trained().city):
        assert term.weight * pair_features()[term.feature].monotone >= 0


def test_a_release_without_places_reads_the_odds_alone():
    plain = plain_model(trained())
    del plain["pair_weights"]
    content = json.dumps(plain).encode()
    held = read(content, {**written(trained())[1], "files": {"coefficients.json": sha(content)}})
    assert held.pair == PairCurve(1.0, 0.0, trained().pair.knots)
    assert load_target_model("2").pair[:2] == (1.0, 0.0)


def test_a_chance_hangs_on_the_place_in_the_list_of_all_trades():
    known, column = told(trained(), Known(UNIVERSE, 2020)), KNOWN.city_number[CODES[1]]
    every, narrow = (score_city(trained(), known, CODES[1], across=a) for a in (True, False))
    both = every.join(narrow, on="firm_id", suffix="_narrow")
    assert (both["chance"] == both["chance_narrow"]).all()
    before = city_shares_before(trained(), known, column)
    at = known.firms["firm_id"].to_list().index(every["firm_id"][0])
    assert before[at] == pytest.approx(0.5 / every.height)
    expands = sigmoid(expansion_scores(trained(), known, np.array([at])))
    chance = trained().pair.chances(expands * every["goes_there"][0], before[[at]])
    assert every["chance"][0] == pytest.approx(chance[0])
    assert ((every["chance"] > 0) & (every["chance"] < 1)).all()


def test_tenfold_capital_moves_no_firm_by_more_than_the_bound():
    model = load_target_model()
    before = score_city(model, Known(UNIVERSE, 2020), CODES[2], chances=False)
    worst = 0.0
    for firm in UNIVERSE.firms["firm_id"][:40]:
        inflated = FIRMS.check(
            UNIVERSE.firms.with_columns(
                capital_10k=UNIVERSE.firms["capital_10k"]
                * (UNIVERSE.firms["firm_id"] == firm).replace_strict({True: 10.0, False: 1.0})
            )
        )
        after = score_city(
            model, Known(replace(UNIVERSE, firms=inflated), 2020), CODES[2], chances=False
        )
        ranks = [dict(zip(r["firm_id"], r["rank"], strict=True)).get(firm) for r in (before, after)]
        if None not in ranks:
            worst = max(worst, (ranks[0] - ranks[1]) / before.height)
    assert worst <= 0.15  # docs/evaluation-targets.md states the bound


def test_shuffled_labels_teach_nothing():
    labels = made_up_labels(UNIVERSE)
    firms = UNIVERSE.firms["firm_id"].shuffle(seed=1)[: labels.height]
    shuffled = LABELS.check(
        labels.with_columns(firm_id=firms.sort(), city_code=labels["city_code"].shuffle(seed=2))
        .filter(firms.sort().is_first_distinct())
        .sort("firm_id")
    )
    known = Known(UNIVERSE, 2020, shuffled)
    model = fit_uncalibrated(everything(known), OPTIONS, "x")
    assert max(abs(term.weight) for term in model.company) < 0.35
    assert max(abs(term.weight) for term in trained().company) > 0.6


def test_what_is_left_out_is_not_learned_from():
    fold = firm_folds(KNOWN, OPTIONS)
    learning = Learning(KNOWN, fold != 0, np.ones(KNOWN.n_cities, bool))
    assert not learning.happened()[fold == 0].any()
    fewer = LABELS.check(
        KNOWN.labels.filter(
            ~KNOWN.labels["firm_id"].is_in(
                KNOWN.firms["firm_id"].filter((fold == 0).tolist()).to_list()
            )
        )
    )
    one = fit_uncalibrated(learning, OPTIONS, "x")
    other = fit_uncalibrated(replace(learning, known=Known(UNIVERSE, 2020, fewer)), OPTIONS, "x")
    assert plain_model(one) == plain_model(other)


def test_nothing_to_learn_from_is_said():
    with pytest.raises(ModelError, match="没有一条可学的标签"):
        fit_uncalibrated(everything(Known(UNIVERSE, 2020)), OPTIONS, "x")


def test_contributions_are_zero_for_a_firm_at_the_mean():
    block = Block(KNOWN, np.arange(5), np.arange(3))
    parts = contributions(block, trained().company)
    assert parts.shape == (len(trained().company), 5, 3)
