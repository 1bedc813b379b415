import polars as pl
import pytest

from chainmap.gaps.kinds import gap_kind

ROW = {
    "state": "absent", "local_users": [], "local_suppliers": [], "density_percentile": 0.1,
    "chance": 0.1, "base_rate": 0.1, "p_above_one": 0.2, "n_companies": 0, "n_leaders": 0,
    "expected": 2.5, "expected_leaders": 1.5,
}  # fmt: skip


def kind(**changes):
    schema = {"local_users": pl.List(pl.String), "local_suppliers": pl.List(pl.String)}
    frame = pl.DataFrame([ROW | changes], schema_overrides=schema)
    return frame.select(kind=gap_kind()).item()


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
        # A leader counts as missing only where one is to be expected.
        ({"state": "present", "n_companies": 2, "p_above_one": 0.7, "expected_leaders": 0.4}, None),
        ({"state": "strong", "n_companies": 5, "n_leaders": 1, "p_above_one": 0.9}, None),
        ({"state": "strong", "n_companies": 5, "p_above_one": 0.9}, None),  # strong, if unled
    ],
)
def test_the_kind_follows_state_surroundings_and_chance(changes, expected):
    assert kind(**changes) == expected
