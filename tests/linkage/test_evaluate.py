from pathlib import Path

import pytest

from chainmap.errors import InputError
from chainmap.linkage.evaluate import Share, evaluate_bands, evaluate_pairs, read_pairs
from chainmap.linkage.resolve import Named, Relation

GOLDEN = Path(__file__).parents[1] / "golden" / "resolution.csv"


def test_the_interval_is_wilsons():
    low, high = Share(9, 10).interval
    assert (round(low, 4), round(high, 4)) == (0.5958, 0.9821)
    assert Share(0, 0).value is None and Share(0, 0).interval is None


def test_pairs_by_code_wait_for_their_companies():
    pairs, left_out = read_pairs(GOLDEN.read_text("utf-8"), {})
    assert left_out > 100 and len(pairs) > 70


def test_made_up_pairs_are_told_apart():
    pairs, _ = read_pairs(GOLDEN.read_text("utf-8"), {})
    scores = {score.relation: score for score in evaluate_pairs(pairs).scores}
    for relation in (Relation.SAME, Relation.BRANCH):
        assert scores[relation].precision.value >= 0.95
        assert scores[relation].recall.value >= 0.9


def test_an_unknown_label_is_named_with_its_line():
    with pytest.raises(InputError, match="第 2 行"):
        read_pairs("left,right,left_city,right_city,former,relation\n甲,乙,,,,sister\n", {})


def test_bands_of_proposals_are_counted_by_confidence():
    names = {
        "A": "绍兴白塔集团有限公司",
        "B": "绍兴白塔集团电机有限公司",
        "C": "绍兴白塔电机有限公司",
    }
    known = {key: Named(name, "330600", key) for key, name in names.items()}
    text = "left,right,carriers,same_group\nB,A,3,1\nC,A,9,0\nC,Z,9,0\n"
    counts = [(s.precision.hits, s.precision.total) for s in evaluate_bands(text, known)]
    assert counts[0] == (1, 1) and sum(total for _, total in counts) == 2
