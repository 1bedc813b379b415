from chainmap.catalogue.projects_rank import ProjectOptions, formula, rank_projects
from chainmap.catalogue.projects_screen import Screening
from chainmap.chains.library import ChainLibrary
from chainmap.concepts.project_records import SegmentMatch
from chainmap.sources.admission_rules import load_admission_rules
from tests.catalogue.making import catalogue
from tests.project_lists import project
from tests.world import DAY, HOME, taxonomy

LIBRARY = ChainLibrary(taxonomy())


def match(segment, confidence=1.0):
    return SegmentMatch(
        segment_id=segment, segment=LIBRARY.segments[segment].name,
        chain_id=LIBRARY.chain_of(segment).id, confidence=confidence, why="产品",
    )  # fmt: skip


def ranked(projects, matches, options=ProjectOptions(), made=None):  # noqa: B008 - frozen
    frame = Screening(HOME, made or catalogue(), load_admission_rules(), DAY, LIBRARY)
    return rank_projects(projects, matches, frame, options)


def test_every_project_has_one_state_and_the_ranked_come_first():
    projects = [
        project(1, stage="投产"), project(2, city_code="330200", place="乙市"),
        project(3), project(4, guidance_class="淘汰类"), project(5), project(6),
    ]  # fmt: skip
    matches = {
        "p-1": [match("ic-resist")], "p-2": [match("ic-resist")], "p-3": [],
        "p-4": [match("ic-resist")], "p-5": [match("ic-testing")], "p-6": [match("ic-resist")],
    }  # fmt: skip
    found = ranked(projects, matches)
    assert [(s.project.id, s.state) for s in found] == [
        ("p-6", "ranked"), ("p-5", "ranked"), ("p-4", "filtered"), ("p-3", "unmatched"),
        ("p-2", "elsewhere"), ("p-1", "completed"),
    ]  # fmt: skip
    assert "淘汰类" in found[2].reason and "《产业结构调整指导目录" in found[2].reason


def test_the_score_is_the_product_of_its_parts_and_the_formula_says_so():
    (found,) = ranked([project(1)], {"p-1": [match("ic-resist", 0.8)]})
    best = found.best
    assert best.parts == {"priority": 0.7, "relation": 1.0, "confidence": 0.8, "size": 1.0}
    assert best.score == 56.0
    for shown in ("优先级0.7（中）", "同一环节", "匹配把握0.8", "＝ 56"):
        assert shown in formula(best)
    assert "待人工确认" in found.reason


def test_another_segment_of_the_group_counts_by_half_and_other_groups_not_at_all():
    (found,) = ranked([project(1)], {"p-1": [match("ic-fab")]})
    assert found.best.item.segment == "ic-testing" and found.best.relation == "group"
    assert found.best.parts["relation"] == 0.5
    (other,) = ranked([project(1)], {"p-1": [match("ic-resist")]})
    assert {p.item.segment for p in (other.best, *other.others)} == {"ic-resist", "ic-wafer"}


def test_a_project_that_fails_one_item_is_ranked_for_another_that_asks_less():
    made = catalogue()
    first, *rest = made.items
    terms = tuple(
        t.model_copy(update={"id": "own-a1", "rule": None, "value": 900.0})
        if t.id == "zj-land-investment" else t
        for t in made.terms
    )  # fmt: skip
    items = (
        first.model_copy(update={"admission": ("own-a1",)}),
        *(i.model_copy(update={"admission": ()}) for i in rest),
    )
    made = made.model_copy(update={"terms": terms, "items": items})
    weak = project(1, fixed_investment_10k=1000.0, land_mu=100.0)
    (found,) = ranked([weak], {"p-1": [match("ic-resist")]}, made=made)
    assert found.state == "ranked" and found.best.item.segment == "ic-wafer"


def test_a_project_is_no_measure_of_its_own_size():
    projects = [project(n, investment_10k=float(v)) for n, v in enumerate((1, 100, 100, 100))]
    matches = {p.id: [match("ic-resist")] for p in projects}
    found = {s.project.id: s.best.parts["size"] for s in ranked(projects, matches)}
    assert found["p-0"] == 0.3 and found["p-1"] == 1.0


def test_ties_are_broken_by_id_whatever_the_order():
    projects = [project(n) for n in range(4)]
    matches = {p.id: [match("ic-resist")] for p in projects}
    order = [s.project.id for s in ranked(projects[::-1], matches)]
    assert order == ["p-0", "p-1", "p-2", "p-3"]


def test_land_that_no_number_can_judge_is_marked_with_what_is_invested_in_each_mu():
    """No rule in force holds a number: nothing is vetoed, and nothing stands there unmarked."""
    wide = project(1, investment_10k=1000, land_mu=500)
    fixed = project(2, investment_10k=9000, fixed_investment_10k=8000, land_mu=20)
    bare = project(3, investment_10k=1000)
    matches = {p.id: [match("ic-resist")] for p in (wide, fixed, bare)}
    found = {s.project.id: s for s in ranked([wide, fixed, bare], matches)}
    assert all(s.state == "ranked" for s in found.values())
    assert "用地待核：亩均总投资2万元" in found["p-1"].reason
    assert "用地待核：亩均固定资产投资400万元" in found["p-2"].reason
    assert "用地待核" not in found["p-3"].reason
