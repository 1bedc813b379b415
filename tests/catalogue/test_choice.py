from chainmap.catalogue.choice import chosen_gaps
from chainmap.concepts.kinds import GapKind
from tests.catalogue.making import gap

ROWS = [gap(rank, "ic-resist", "fill") for rank in range(1, 5)] + [gap(5, "ic-wafer", "build")]


def test_kinds_are_balanced_before_rank_fills_the_rest():
    taken = chosen_gaps(ROWS, 3, {GapKind.FILL: 2, GapKind.BUILD: 2})
    assert [row["rank"] for row in taken] == [1, 2, 5]


def test_places_left_over_go_to_the_next_best_of_any_kind():
    taken = chosen_gaps(ROWS, 4, {GapKind.FILL: 2, GapKind.BUILD: 2})
    assert [row["rank"] for row in taken] == [1, 2, 3, 5]
