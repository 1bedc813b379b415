import itertools
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chainmap.concepts.policy import Box, Document, Goal, Item, PolicyExtraction, Position, Term
from chainmap.extraction.evaluate import (
    KINDS,
    KINDS_ZH,
    Score,
    evaluate_document,
    exact_offsets,
    matches,
    total,
    union_share,
)
from chainmap.extraction.golden import GoldenDocument

SHA = "0" * 64
RAW = "重点发展光刻胶、硅片和靶材，到2025年企业达到100家，甲县布局石墨。"


def span(start, end):
    return SimpleNamespace(start=start, end=end)


def term(start, end, role="leaf", surface=None):
    text = RAW[start:end] if surface is None else surface
    return Term(id="t", box="b1", term=text, surface=text, start=start, end=end, role=role)


def extraction(**parts):
    return PolicyExtraction(document=Document(file="a.txt", sha256=SHA), **parts)


def golden(**parts):
    return GoldenDocument.model_validate({"document": "aa2025", "sha256": SHA} | parts)


@pytest.mark.parametrize(
    ("one", "other", "share"),
    [((0, 4), (0, 4), 1.0), ((0, 4), (2, 6), 1 / 3), ((0, 4), (4, 8), 0.0), ((0, 4), (0, 2), 0.5)],
)
def test_the_share_of_the_union(one, other, share):
    assert union_share(span(*one), span(*other)) == pytest.approx(share)
    assert union_share(span(*other), span(*one)) == pytest.approx(share)


def test_each_thing_is_matched_once():
    assert matches([span(0, 4)], [span(0, 4), span(0, 4)], union_share) == {0: 0}
    assert matches([span(0, 4), span(0, 4)], [span(0, 4)], union_share) == {0: 0}


def test_an_early_choice_gives_way_where_more_can_match():
    # The first fits both, the second only the likelier partner of the first.
    wanted, found = [span(0, 8), span(0, 12)], [span(0, 9), span(0, 5)]
    assert matches(wanted, found, union_share) == {0: 1, 1: 0}


def slow_largest(wanted, found):
    pairs = [
        (w, f)
        for w, f in itertools.product(range(len(wanted)), range(len(found)))
        if union_share(wanted[w], found[f]) >= 0.5
    ]
    for size in range(min(len(wanted), len(found)), 0, -1):
        for chosen in itertools.combinations(pairs, size):
            if len({w for w, _ in chosen}) == len({f for _, f in chosen}) == size:
                return size
    return 0


SPANS = st.lists(
    st.tuples(st.integers(0, 8), st.integers(1, 5)).map(lambda p: span(p[0], sum(p))), max_size=4
)


@given(SPANS, SPANS)
def test_no_larger_matching_exists(wanted, found):
    assert len(matches(wanted, found, union_share)) == slow_largest(wanted, found)


def test_scores_by_kind():
    want = golden(
        boxes=[{"label": "一", "kind": "lead", "start": 0, "end": 20}],
        items=[{"box": 0, "name": None, "start": 0, "end": 14}],
        terms=[
            {"start": 4, "end": 7, "role": "leaf", "item": None, "box": 0},
            {"start": 8, "end": 10, "role": "leaf"},
            {"start": 11, "end": 13, "role": "context"},
        ],
    )
    have = extraction(
        boxes=(Box(id="b1", label="一", title="", kind="lead", start=0, end=18),),
        items=(Item(id="i1", box="b1", name="材料", start=30, end=34),),
        terms=(term(4, 7), term(8, 10, role="group"), term(11, 13)),
    )
    scores = evaluate_document(want, have, RAW).scores
    assert scores["boxes"] == Score(1, 1, 1)
    assert scores["main_boxes"] == Score(0, 0, 0) and scores["main_boxes"].f1 is None
    assert scores["items"] == Score(0, 1, 1)
    assert scores["leaf_terms"] == Score(1, 2, 2)
    assert scores["terms"] == Score(3, 3, 3)
    assert (scores["leaf_terms"].precision, scores["leaf_terms"].recall) == (0.5, 0.5)


@pytest.mark.parametrize(
    ("stated", "exact"),
    [
        ({"value": 100, "unit": "家"}, 1),
        ({"value": 100, "unit": "个"}, 0),
        ({"value": 10, "unit": "家"}, 0),
        ({"value": 100, "value_max": 120, "unit": "家"}, 0),
        ({"value": 100}, 0),
        ({"growth": 100, "growth_unit": "家"}, 1),
    ],
)
def test_a_goal_is_exact_when_value_and_unit_are(stated, exact):
    want = golden(goals=[{"start": 20, "end": 28, "indicator": "企业", "value": 100, "unit": "家"}])
    have = extraction(goals=(Goal(start=21, end=30, indicator="企业", **stated),))
    scores = evaluate_document(want, have, RAW).scores
    assert scores["goals"].matched == 1
    assert scores["goals_exact"].matched == exact


@pytest.mark.parametrize(
    ("wanted", "found", "named", "placed"),
    [
        ({"indicator": "“双创”基地"}, {"indicator": "双创 基地"}, 1, 1),
        ({"indicator": "某县企业数"}, {"indicator": "企业数"}, 0, 1),
        ({"indicator": "a"}, {"indicator": "a", "region": "某省", "region_code": "990000"}, 1, 0),
        ({"indicator": "a", "region": "990100"}, {"indicator": "a", "region_code": "990100"}, 1, 1),
    ],
)
def test_a_goal_is_scored_by_its_name_and_region_too(wanted, found, named, placed):
    where = {"start": 20, "end": 28, "value": 1, "unit": "家"}
    want, have = golden(goals=[where | wanted]), extraction(goals=(Goal(**where, **found),))
    scores = evaluate_document(want, have, RAW).scores
    assert (scores["goals_named"].matched, scores["goals_placed"].matched) == (named, placed)


def test_of_two_goals_in_one_place_the_right_value_is_taken():
    want = golden(goals=[{"start": 0, "end": 9, "indicator": "a", "value": 2, "unit": "家"}])
    both = tuple(Goal(start=0, end=9, indicator="a", value=v, unit="家") for v in (1, 2))
    assert evaluate_document(want, extraction(goals=both), RAW).scores["goals_exact"].matched == 1


@pytest.mark.parametrize(
    ("place", "code", "matched"),
    [("甲县", "330182", 1), ("甲", "330182", 1), ("甲县", "330183", 0), ("甲县", None, 1)],
)
def test_a_position_is_right_when_the_place_is(place, code, matched):
    want = golden(positions=[{"start": 29, "end": 31, "place": "甲县", "code": "330182"}])
    have = extraction(positions=(Position(start=29, end=35, place=place, code=code),))
    assert evaluate_document(want, have, RAW).scores["positions"].matched == matched


def test_offsets_are_exact_when_spans_slice_to_what_they_say():
    have = extraction(
        terms=(term(4, 7), term(8, 10, surface="硅")),
        boxes=(Box(id="b1", label="", title="", kind="lead", start=0, end=999),),
    )
    found = exact_offsets(have, RAW)
    assert (found.exact, found.total) == (1, 3)


def test_totals_add_counts_not_shares():
    one = evaluate_document(golden(), extraction(terms=(term(4, 7),)), RAW)
    summed = total([one, one])
    assert summed.scores["leaf_terms"] == Score(0, 2, 0)
    assert (summed.offsets.exact, summed.offsets.total) == (2, 2)
    assert list(summed.scores) == list(KINDS) == list(KINDS_ZH)
