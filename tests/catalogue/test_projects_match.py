import polars as pl
import pytest

from chainmap.catalogue import projects_match
from chainmap.catalogue.projects_match import match_projects, pieces
from chainmap.chains.library import load_library
from chainmap.linkage.scopes import PROPOSED
from tests.project_lists import project

LIBRARY = load_library()


def best(**facts):
    found = match_projects([project(1, **{"name": "某项目"} | facts)], LIBRARY)["p-1"]
    return (found[0].segment_id, found[0].confidence) if found else (None, 0.0)


def test_a_segment_or_product_by_its_own_name_is_sure():
    assert best(segment="谐波减速器") == ("rb-harmonic-reducer", 1.0)
    segment, confidence = best(product="年产10万台谐波减速器、伺服电机")
    assert segment in ("rb-harmonic-reducer", "rb-servo-motor") and confidence >= 0.9


def test_a_title_alone_is_never_sure():
    segment, confidence = best(name="谐波减速器生产基地建设项目")
    assert segment == "rb-harmonic-reducer" and confidence < 0.9


def test_a_text_that_names_nothing_we_know_matches_nothing():
    assert best(product="龙井茶", content="茶叶加工") == (None, 0.0)


def test_every_match_says_which_words_it_rests_on():
    found = match_projects([project(1, product="半导体光刻胶")], LIBRARY)["p-1"]
    assert found and all(m.why and 0 < m.confidence <= 1 for m in found)
    assert len({m.segment_id for m in found}) == len(found)


def test_projects_with_the_same_words_match_alike_and_none_is_no_project():
    projects = [project(n, product="谐波减速器") for n in (1, 2)]
    found = match_projects(projects, LIBRARY)
    assert found["p-1"] == found["p-2"]
    assert match_projects([], LIBRARY) == {}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("年产10万台谐波减速器、伺服电机生产线", ["谐波减速器", "伺服电机"]),
        ("光刻胶项目", ["光刻胶"]), (None, []), ("、，", []),
    ],
)  # fmt: skip
def test_amounts_before_and_project_words_behind_are_left_out(text, found):
    assert pieces(text) == found


def test_a_segment_the_model_only_proposes_is_no_match(monkeypatch):
    content = "建设一条产线，生产谐波减速器"
    assert best(content=content)[0] == "rb-harmonic-reducer"
    placed = projects_match.place_companies

    def proposing(texts):
        return placed(texts).with_columns(rule=pl.lit(PROPOSED))

    monkeypatch.setattr(projects_match, "place_companies", proposing)
    assert best(content=content)[0] is None
