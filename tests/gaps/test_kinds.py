from itertools import product

import polars as pl
import pytest

from chainmap.gaps.kinds import gap_kind, kind_of, leader_lack, leader_part

ROW = {
    "state": "absent", "local_users": [], "local_suppliers": [], "density_percentile": 0.1,
    "chance": 0.1, "base_rate": 0.1, "p_above_one": 0.2, "n_companies": 0, "n_leaders": 0,
    "expected": 2.5, "expected_leaders": 1.5,
}  # fmt: skip


def frame(*rows):
    schema = {"local_users": pl.List(pl.String), "local_suppliers": pl.List(pl.String)}
    return pl.DataFrame([ROW | row for row in rows], schema_overrides=schema)


def kind(**changes):
    return frame(changes).select(kind=gap_kind()).item()


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, "build"),
        ({"local_users": ["a"]}, "fill"),
        ({"local_suppliers": ["a"]}, "extend"),
        ({"density_percentile": 0.9}, "extend"),
        ({"density_percentile": 0.9, "chance": 0.05}, "build"),  # related, yet not feasible
        ({"local_users": ["a"], "local_suppliers": ["a"]}, "fill"),  # a user outweighs a supplier
        ({"state": "unknown", "local_users": ["a"]}, None),
        ({"state": "weak", "n_companies": 1, "n_leaders": 1, "local_users": ["a"]}, "fill"),
        ({"state": "weak", "n_companies": 1, "n_leaders": 1}, "strengthen"),
        ({"state": "present", "n_companies": 2, "p_above_one": 0.7}, "strengthen"),  # no leader
        ({"state": "present", "n_companies": 2, "n_leaders": 1, "p_above_one": 0.4}, "strengthen"),
        ({"state": "present", "n_companies": 2, "n_leaders": 1, "p_above_one": 0.6}, None),
        # The posterior shrinks below 1, yet there are as many as expected, with a leader.
        ({"state": "present", "n_companies": 3, "n_leaders": 1, "p_above_one": 0.4}, None),
        # One maker where 1.2 are expected is not below its weight: nearer none short than one.
        ({"state": "present", "n_companies": 1, "n_leaders": 1, "expected": 1.2}, None),
        ({"state": "present", "n_companies": 1, "n_leaders": 1, "expected": 1.5}, "strengthen"),
        # A leader counts as missing only where one is to be expected.
        ({"state": "present", "n_companies": 2, "p_above_one": 0.7, "expected_leaders": 0.4}, None),
        ({"state": "strong", "n_companies": 5, "n_leaders": 1, "p_above_one": 0.9}, None),
        ({"state": "strong", "n_companies": 5, "p_above_one": 0.9}, None),  # strong, if unled
    ],
)
def test_the_kind_follows_state_surroundings_and_chance(changes, expected):
    assert kind(**changes) == expected
    assert kind_of(ROW | changes) == expected


def test_columns_and_rows_are_judged_by_one_rule():
    choices = {
        "state": ["strong", "present", "weak", "absent", "unknown"], "local_users": [[], ["a"]],
        "local_suppliers": [[], ["b"]], "density_percentile": [0.1, 0.9], "chance": [0.05, 0.2],
        "p_above_one": [0.1, 0.6], "n_companies": [1, 3], "n_leaders": [0, 1],
        "expected": [1.2, 3.4], "expected_leaders": [0.3, 0.8],
    }  # fmt: skip
    rows = [dict(zip(choices, values, strict=True)) for values in product(*choices.values())]
    found = frame(*rows).select(kind=gap_kind())["kind"].to_list()
    assert found == [kind_of(ROW | row) for row in rows]
    assert set(found) == {None, "fill", "extend", "build", "strengthen"}


def test_a_leader_is_missed_as_far_as_the_citys_weight_calls_for_one():
    here = {"state": "present", "n_companies": 2, "expected_leaders": 1.0, "p_above_one": 0.6}
    rows = frame(
        here | {"expected": 0.4},  # half the nation's makers lead: 0.2 of a leader is due
        here | {"expected": 9.0},  # never more than one
        here | {"expected": 9.0, "n_leaders": 1},
        {"expected": 9.0},  # none here, none missed
    ).select(lack=leader_lack(), part=leader_part())
    assert rows["lack"].to_list() == pytest.approx([0.2, 1.0, 0.0, 0.0])
    assert rows["part"].to_list() == pytest.approx([0.5, 0.5, 1.0, 1.0])
