import pytest

from chainmap.ranking.gap_words import need_text
from tests.world import HOME, small_world

LIBRARY = small_world().library
ROW = {
    "segment_id": LIBRARY.find_segment("光刻胶").id, "kind": "strengthen", "n_companies": 1,
    "n_leaders": 0, "expected": 1.07, "expected_leaders": 0.73, "p_above_one": 0.54,
}  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "said", "unsaid"),
    [
        # One maker where 1.07 are expected is not what makes the gap: the leader is.
        ({}, "未见上市公司、链主等龙头", "低于全国平均"),
        ({"expected": 1.4, "p_above_one": 0.3}, "未见上市公司、链主等龙头", "低于全国平均"),
        ({"expected": 4.0, "p_above_one": 0.1}, "区位商0.25，低于全国平均", "龙头"),
    ],
)
def test_a_strengthening_names_what_makes_it_a_gap(changes, said, unsaid):
    text = need_text(ROW | changes, LIBRARY, HOME)
    assert said in text
    assert unsaid not in text
