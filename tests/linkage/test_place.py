import polars as pl
import pytest

from chainmap.chains.library import ChainLibrary
from chainmap.errors import CurationError
from chainmap.linkage.place import place_roster
from tests.world import taxonomy

LIBRARY = ChainLibrary(taxonomy())


def place(segments):
    roster = pl.DataFrame(
        {"id": ["a"], "segments": [segments], "products": ["甲"], "file": ["a.csv"], "line": [7]},
        schema_overrides={"segments": pl.String},
    )
    return place_roster(roster, LIBRARY)


def test_segments_come_back_in_the_order_stated():
    placed = place("rb-arm:make;ic-fab:serve")
    assert placed.select("segment_id", "role", "rank").rows() == [
        ("rb-arm", "make", 0),
        ("ic-fab", "serve", 1),
    ]


@pytest.mark.parametrize(
    ("segments", "said"),
    [
        ("ic-nothing:make", "没有环节 ic-nothing"),
        ("ic-fab:own", "没有角色 own"),
        ("ic-fab", "没有角色"),
        ("ic-fab:make;ic-fab:rd", "ic-fab 写了两次"),
        ("", "没有环节"),
        (None, "没有环节"),
    ],
)
def test_what_cannot_be_placed_is_named_with_its_line(segments, said):
    with pytest.raises(CurationError, match=said) as caught:
        place(segments)
    error = caught.value
    assert (error.file, error.line, error.field) == ("a.csv", 7, "segments") and error.todo
