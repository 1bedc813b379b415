import statistics

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chainmap.catalogue.project_size import (
    FLOOR,
    investment_of,
    known_investments,
    size_factor,
    size_wanted,
)
from chainmap.concepts.project_records import SegmentMatch
from tests.catalogue.making import catalogue
from tests.project_lists import project


def with_intensity(value, binding=True):
    made = catalogue()
    terms = tuple(
        t.model_copy(update={"value": value, "binding": binding})
        if t.id == "zj-land-investment" else t
        for t in made.terms
    )  # fmt: skip
    return made.model_copy(update={"terms": terms})


def test_what_nothing_states_stays_unknown():
    made = catalogue()
    found = size_wanted(made.items[0], made, [], land_mu=50)
    assert found.low_10k_cny is None and found.high_10k_cny is None
    assert found.text.startswith("未知（投资强度要求未知")


def test_intensity_times_land_is_the_lower_end():
    made = with_intensity(400.0)
    found = size_wanted(made.items[0], made, [], land_mu=50)
    assert (found.low_10k_cny, found.high_10k_cny) == (20_000, None)
    assert "400万元/亩 × 可供地50亩" in found.text
    assert size_wanted(made.items[0], made, []).low_10k_cny is None


def test_a_reference_figure_makes_no_range():
    made = with_intensity(400.0, binding=False)
    assert size_wanted(made.items[0], made, [], land_mu=50).low_10k_cny is None


def test_two_known_projects_are_shown_and_make_no_range():
    made = catalogue()
    found = size_wanted(made.items[0], made, [5000.0, 8000.0])
    assert found.low_10k_cny is None and "仅2个（5000、8000万元）" in found.text


@given(st.lists(st.floats(1, 1e6), min_size=3, max_size=30))
def test_quartiles_of_known_projects_are_the_range(values):
    made = catalogue()
    found = size_wanted(made.items[0], made, values)
    # Slow and obvious: the value a quarter, and three quarters, along the sorted list.
    ordered = sorted(values)

    def along(share):
        at = share * (len(ordered) - 1)
        low = int(at)
        high = min(low + 1, len(ordered) - 1)
        return ordered[low] + (at - low) * (ordered[high] - ordered[low])

    assert found.low_10k_cny == pytest.approx(along(0.25), abs=0.01)
    assert found.high_10k_cny == pytest.approx(along(0.75), abs=0.01)
    assert found.low_10k_cny <= statistics.median(values) + 0.01


def test_only_sure_matches_in_our_own_money_are_known_projects():
    projects = [
        project(1, investment_10k=10.0),
        project(2, investment_10k=20.0),
        project(3, investment_10k=30.0, investment_currency="USD"),
        project(4, fixed_investment_10k=40.0),
    ]
    sure = SegmentMatch(segment_id="ic-resist", segment="光刻胶", chain_id="integrated-circuits",
                        confidence=0.95, why="")  # fmt: skip
    unsure = sure.model_copy(update={"confidence": 0.6})
    matches = {"p-1": [sure], "p-2": [unsure], "p-3": [sure], "p-4": [sure]}
    assert known_investments(projects, matches) == {"ic-resist": {"p-1": 10.0, "p-4": 40.0}}
    assert investment_of(projects[2]) is None


def test_a_small_project_counts_less_and_never_nothing():
    made = with_intensity(400.0)
    wanted = size_wanted(made.items[0], made, [], land_mu=50)
    for invested, factor in ((20_000, 1.0), (10_000, 0.5), (1, FLOOR), (None, 1.0)):
        assert size_factor(project(investment_10k=invested), wanted)[0] == factor


def test_an_investment_in_other_money_is_known_and_said_not_to_be_converted():
    made = with_intensity(400.0)
    wanted = size_wanted(made.items[0], made, [], land_mu=50)
    dollars = project(investment_10k=3000.0, investment_currency="USD")
    assert size_factor(dollars, wanted) == (
        1.0,
        "投资以美元计（3000万美元），未折算，不增不减",
    )
    assert size_factor(project(), wanted)[1] == "项目投资额未知，不增不减"
