import pytest

from chainmap.chains.library import load_library
from chainmap.concepts.register import GoalFact, PositionFact
from chainmap.errors import CurationError
from chainmap.sources.register import facts_csv, load_goals, load_positions, read_facts

GOAL = GoalFact(
    document="aa2020", start=3, end=9, indicator="高新技术企业", value=1.6, unit="万家",
    comparator="≥", year=2025, responsible=("甲局", "乙局"), damaged=True,
)  # fmt: skip
PLACE = PositionFact(
    document="aa2020", start=1, end=2, place="甲县", code="330182", terms=("石墨",)
)


def test_facts_survive_the_file():
    assert read_facts(facts_csv([GOAL], GoalFact), GoalFact, "goals.csv") == (GOAL,)
    assert read_facts(facts_csv([PLACE], PositionFact), PositionFact, "p.csv") == (PLACE,)


def test_a_broken_cell_is_named_with_file_line_and_column():
    text = facts_csv([GOAL], GoalFact).replace("1.6", "很多")
    with pytest.raises(CurationError, match=r"data/policies/goals.csv:2 \[value\]"):
        read_facts(text, GoalFact, "goals.csv")


def test_the_bundled_registers_hold_facts_of_known_documents_and_no_sentences():
    documents = load_library().documents
    goals, positions = load_goals(), load_positions()
    assert {fact.document for fact in (*goals, *positions)} <= documents.keys()
    assert all("。" not in goal.indicator and len(goal.indicator) <= 40 for goal in goals)
    words = [term for position in positions for term in position.terms]
    assert all("。" not in term and len(term) <= 40 for term in words)
    assert all(len(position.place) <= 30 for position in positions)
