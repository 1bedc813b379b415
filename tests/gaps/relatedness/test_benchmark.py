import numpy as np
import pytest

from chainmap.errors import InputError
from chainmap.gaps.relatedness.baselines import METHODS, Known, Method, choose
from chainmap.gaps.relatedness.benchmark import export_data, judge
from chainmap.gaps.relatedness.sapling import sapling_blend
from chainmap.metrics import ndcg_at_k, precision_at_k, rank_lists, recall_at_k
from tests.shared_data import SHARED_DATA, needs_shared

TRAIN = "0 0 1 2\n1 1 2 3\n2 0 3 4\n"
VALIDATION = "0 2\n1 3\n2 0\n"
TEST = "0 3\n1 0 4\n2 1\n"


def small():
    return export_data(TRAIN, VALIDATION, TEST)


def test_validation_is_hidden_and_candidates_are_all_pairs_not_known():
    data = small()
    assert data.validation.known.sum() == 6
    assert data.test.known.sum() == 9
    place, item = data.test.candidates
    assert list(zip(place, item, strict=True)) == [(0, 4), (0, 3), (1, 4), (1, 0), (2, 2), (2, 1)]
    assert data.test.happened.tolist() == [0, 1, 1, 1, 0, 1]


def test_a_perfect_score_is_perfect_and_known_pairs_do_not_count():
    split = small().test
    scores = judge(split, np.where(split.known, 9.0, split.wanted))
    assert scores.ndcg.tolist() == [1, 1, 1]
    assert scores.auc_pr == scores.best_f1 == 1
    assert scores.recall.mean() == 1
    assert scores.precision.tolist() == [0.05, 0.1, 0.05]
    assert scores.against(scores) == (0, 0, 0)


@pytest.mark.parametrize("method", METHODS, ids=lambda method: method.id)
def test_every_method_scores_every_pair(method):
    data = small()
    at = Known(data.validation.known)
    if method.id not in ("als", "nmf"):
        assert choose(method, data.validation, at) in method.settings
    score = method.score(at, method.settings[0])
    assert score.shape == at.m.shape
    assert np.isfinite(score).all()


def test_the_best_on_validation_is_chosen():
    data = small()
    method = Method("m", "法", lambda at, s: s["sign"] * data.validation.wanted,
                    ({"sign": -1.0}, {"sign": 1.0}))  # fmt: skip
    assert choose(method, data.validation, Known(data.validation.known)) == {"sign": 1.0}


@pytest.mark.parametrize(
    ("texts", "says"),
    [
        ((TRAIN, "0 4\n", TEST), "验证集"),
        ((TRAIN, VALIDATION, "0 1\n"), "测试集"),
        (("0 x\n", "", ""), "第 1 行"),
    ],
)
def test_files_that_do_not_fit_are_refused(texts, says):
    with pytest.raises(InputError, match=says):
        export_data(*texts)


@needs_shared
def test_density_and_sscf_are_the_published_numbers():
    files = [SHARED_DATA / "export" / f"{name}.txt" for name in ("train", "validation", "test")]
    data = export_data(*(file.read_text() for file in files))
    assert len(data.test.happened) == 754_437
    known = Known(data.test.known)
    density = next(method for method in METHODS if method.id == "density")
    for score, wanted in (
        (density.score(known, {}), ("0.1358", "0.0274", "0.1310")),
        (sapling_blend(known.m, 0.7), ("0.2118", "0.0479", "0.2259")),
    ):
        values = score[data.test.candidates]
        ranking = rank_lists(data.test.happened, values, data.test.candidates[0])
        means = [at(ranking, 20).mean() for at in (precision_at_k, recall_at_k, ndcg_at_k)]
        assert tuple(f"{mean:.4f}" for mean in means) == wanted
