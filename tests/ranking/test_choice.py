import numpy as np
import pytest

from chainmap.errors import ModelError
from chainmap.ranking.choice import (
    Choices,
    choice_chances,
    coefficient_covariance,
    curvature,
    fit_choice,
    fit_monotone,
    negative_likelihood,
)


def made_up(n_sets=40, seed=0, b=(1.0, -0.5, 0.3)):
    rng = np.random.default_rng(seed)
    sizes = rng.integers(3, 9, n_sets)
    case = np.repeat(np.arange(n_sets), sizes)
    values = rng.normal(size=(len(case), len(b)))
    chosen = np.zeros(len(case))
    for number in range(n_sets):
        rows = np.flatnonzero(case == number)
        p = np.exp(values[rows] @ np.array(b))
        chosen[rng.choice(rows, p=p / p.sum())] += 1.0
    return Choices(values, case, chosen)


def slow_likelihood(choices, b, ridge):
    """The penalised negative log-likelihood, one set after another."""
    total = 0.5 * ridge * sum(x * x for x in b)
    for number in set(choices.case.tolist()):
        rows = [i for i, c in enumerate(choices.case) if c == number]
        utility = [sum(v * x for v, x in zip(choices.values[i], b, strict=True)) for i in rows]
        log_sum = np.log(sum(np.exp(u) for u in utility))
        total -= sum(choices.chosen[i] * (u - log_sum) for i, u in zip(rows, utility, strict=True))
    return total


def test_the_likelihood_is_that_of_the_slow_oracle():
    choices = made_up()
    b = np.array([0.3, -0.2, 0.8])
    assert negative_likelihood(choices, b, 2.0)[0] == pytest.approx(
        slow_likelihood(choices, b, 2.0), abs=1e-10
    )


def test_the_gradient_and_the_curvature_are_the_numeric_ones():
    choices, b, step = made_up(), np.array([0.3, -0.2, 0.8]), 1e-5
    _, gradient = negative_likelihood(choices, b, 2.0)
    second = curvature(choices, b, 2.0)
    for i in range(3):
        up, down = b.copy(), b.copy()
        up[i] += step
        down[i] -= step
        (high, slope_up), (low, slope_down) = (
            negative_likelihood(choices, up, 2.0), negative_likelihood(choices, down, 2.0),
        )  # fmt: skip
        assert gradient[i] == pytest.approx((high - low) / (2 * step), abs=1e-6)
        assert second[i] == pytest.approx((slope_up - slope_down) / (2 * step), abs=1e-5)


def test_the_optimum_is_that_of_a_grid_and_nothing_near_it_is_better():
    choices = made_up(n_sets=60, b=(0.9,))
    found = fit_choice(choices, 1.0)
    grid = np.linspace(-1, 2, 3001)
    values = [negative_likelihood(choices, np.array([x]), 1.0)[0] for x in grid]
    best = grid[int(np.argmin(values))]
    assert found[0] == pytest.approx(best, abs=1e-3)
    assert np.abs(negative_likelihood(choices, found, 1.0)[1]).max() < 1e-9


def test_the_truth_is_found_again_from_many_choices():
    found = fit_choice(made_up(n_sets=4000, seed=4), 0.1)
    assert found == pytest.approx([1.0, -0.5, 0.3], abs=0.08)


def test_chances_of_a_set_sum_to_one():
    choices = made_up()
    chances = choice_chances(choices, np.array([50.0, -30.0, 10.0]))
    assert np.bincount(choices.case, weights=chances) == pytest.approx(np.ones(40))


def slow_covariance(choices, b, ridge, candidate):
    """Sandwich of summed score contributions, one chosen row after another."""
    scores = []
    chances = choice_chances(choices, b)
    for row in np.flatnonzero(choices.chosen):
        same = choices.case == choices.case[row]
        mean = (choices.values[same] * chances[same, None]).sum(axis=0)
        one = choices.chosen[row] * (choices.values[row] - mean)
        scores.append((choices.case[row], candidate[row], one))
    middle = np.zeros((len(b), len(b)))
    for case, of, one in scores:
        for other_case, other_of, other in scores:
            together = (case == other_case) or (of == other_of)
            middle += together * np.outer(one, other)
    inverse = np.linalg.inv(curvature(choices, b, ridge))
    return inverse @ middle @ inverse


def test_the_covariance_is_that_of_summing_all_pairs_in_a_cluster():
    choices = made_up(n_sets=80)
    rng = np.random.default_rng(2)
    candidate = np.concatenate(
        [rng.permutation(20)[: (choices.case == c).sum()] for c in range(80)]
    )
    b = fit_choice(choices, 1.0)
    found = coefficient_covariance(choices, b, 1.0, candidate)
    assert found == pytest.approx(slow_covariance(choices, b, 1.0, candidate), abs=1e-12)
    assert np.linalg.eigvalsh(found).min() >= -1e-15


def test_the_covariance_tells_how_far_refits_of_new_choices_spread():
    found = [fit_choice(made_up(n_sets=200, seed=s), 1e-6) for s in range(60)]
    one = made_up(n_sets=200, seed=99)
    alone = np.arange(len(one.case))
    told = coefficient_covariance(one, fit_choice(one, 1e-6), 1e-6, alone).diagonal()
    assert np.var(found, axis=0) == pytest.approx(told, rel=0.6)


def test_a_coefficient_left_out_has_no_variance():
    choices = made_up()
    b = fit_monotone(choices, 1.0, np.array([1, 1, 0]))
    found = coefficient_covariance(choices, b, 1.0, np.arange(len(choices.case)))
    assert not found[1].any() and not found[:, 1].any() and found[0, 0] > 0


def test_a_direction_is_kept_even_where_the_data_say_otherwise():
    found = fit_monotone(made_up(n_sets=200), 1.0, np.array([1, 1, 0]))
    assert found[0] > 0 and found[1] == 0.0 and found[2] != 0.0


def test_what_cannot_be_learned_from_is_refused():
    with pytest.raises(ModelError, match="没有一次选择"):
        Choices(np.ones((2, 1)), np.array([0, 0]), np.zeros(2))
    with pytest.raises(ModelError, match="空值"):
        Choices(np.array([[np.nan], [1.0]]), np.array([0, 0]), np.array([1.0, 0.0]))
    with pytest.raises(ModelError, match="排列"):
        Choices(np.ones((3, 1)), np.array([0, 1, 0]), np.array([1.0, 0.0, 0.0]))


def test_one_covariate_may_have_a_stiffer_ridge_than_the_others():
    choices, b = made_up(), np.array([0.3, -0.2, 0.8])
    alike = negative_likelihood(choices, b, np.full(3, 2.0))[0]
    assert alike == negative_likelihood(choices, b, 2.0)[0]
    assert np.array_equal(fit_choice(choices, np.full(3, 2.0)), fit_choice(choices, 2.0))
    usual, stiff = fit_choice(choices, 2.0), fit_choice(choices, np.array([2.0, 2.0, 500.0]))
    assert abs(stiff[2]) < abs(usual[2]) / 3
    signs = np.array([1, -1, 1])
    assert np.allclose(fit_monotone(choices, np.array([2.0, 2.0, 500.0]), signs), stiff)
    spread = coefficient_covariance(choices, stiff, np.array([2.0, 2.0, 500.0]), choices.case)
    assert spread[2, 2] < coefficient_covariance(choices, usual, 2.0, choices.case)[2, 2]
