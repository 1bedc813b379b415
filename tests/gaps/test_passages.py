import pytest

from chainmap.concepts.kinds import CiteScope
from chainmap.gaps.passages import FieldNames, cited_passages, field_names, in_city
from chainmap.sources.places import City
from tests.world import FIRMS, HOME, small_world, world_of

MUNICIPALITY = City("310000", "庚市", "庚", "310000", "庚")


@pytest.mark.parametrize(
    ("code", "inside"),
    [("330100", True), ("330182", True), ("330200", False), ("330000", False), (None, False)],
)
def test_a_city_holds_itself_and_its_counties(code, inside):
    assert in_city(code, HOME) is inside


def test_a_municipality_holds_its_districts():
    assert in_city("310115", MUNICIPALITY) and in_city("310000", MUNICIPALITY)


@pytest.mark.parametrize(
    ("term", "expected"),
    [
        ("光刻胶", {"ic-resist": CiteScope.SEGMENT}),
        ("高纯光刻胶及配套", {"ic-resist": CiteScope.SEGMENT}),
        ("材料", {"ic-wafer": CiteScope.GROUP, "ic-resist": CiteScope.GROUP}),
        ("生物材料", {}),  # too short a name to count inside a longer one
        ("天然药物", {}),
    ],
)
def test_a_term_means_the_longest_name_in_it(term, expected):
    assert FieldNames(small_world().library).of_terms([term]) == expected


def test_names_and_citations_are_looked_up_once_a_library():
    library, other = small_world().library, world_of(FIRMS).library
    assert field_names(library) is field_names(library)
    assert field_names(library) is not field_names(other)
    segment = next(iter(library.segments))
    assert cited_passages(library, segment) is cited_passages(library, segment)
    once = field_names(library).of_terms(["光刻胶"])
    once.clear()  # what is handed out is the asker's own
    assert field_names(library).of_terms(["光刻胶"]) == {"ic-resist": CiteScope.SEGMENT}


def test_an_industry_named_means_its_whole_chain_and_a_nearer_name_wins():
    found = FieldNames(small_world().library).of_terms(["8英寸芯片制造", "光刻胶"])
    assert found["ic-resist"] is CiteScope.SEGMENT
    assert found["ic-pack"] is CiteScope.CHAIN
    assert "rb-arm" not in found
