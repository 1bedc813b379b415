import polars as pl

from chainmap.ranking.candidates import Ground, propose_candidates
from chainmap.ranking.catalogue_terms import item_terms, titles_wanted
from chainmap.ranking.roster_pairs import roster_pairs
from chainmap.sources.admission_rules import load_admission_rules
from tests.catalogue.making import catalogue
from tests.ranking.lists import gaps_of
from tests.world import HOME, small_world


def test_without_a_catalogue_nothing_is_said():
    assert item_terms(None, (), small_world(), HOME).is_empty()


def test_each_segment_comes_once_and_what_is_not_known_stays_unknown():
    made = catalogue()
    found = item_terms(made, load_admission_rules(), small_world(), HOME)
    assert found["segment_id"].is_unique().all()
    assert set(found["catalogue_item"]) <= {item.id for item in made.items}
    assert found["terms_unknown"].sum() > 0
    assert found["terms_failed"].sum() == 0  # nothing is known that could fail


def test_titles_answer_to_kinds_of_target():
    frame = pl.DataFrame({"kinds": [["小巨人", "单项冠军"], [], ["央企"]]})
    assert frame.select(k=titles_wanted())["k"].to_list() == [["little_giant"], [], ["central_soe"]]


def test_candidates_name_the_item_and_the_kinds_met():
    world, made = small_world(), catalogue()
    ground = Ground(roster_pairs(world), made, load_admission_rules())
    frame = propose_candidates(world, gaps_of(world), HOME, ground)
    items = {item.segment: item for item in made.items}
    for row in frame.iter_rows(named=True):
        item = items.get(row["segment_id"])
        assert row["catalogue_item"] == (item.id if item else None)
        assert set(row["wanted_met"]) <= {w.value for w in item.wanted} if item else True
