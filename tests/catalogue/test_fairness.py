from chainmap.catalogue.fairness import needs_review, review_basis, review_mark
from chainmap.sources.admission_rules import load_fair_competition
from tests.catalogue.making import catalogue


def test_an_incentive_is_marked_and_the_regulation_cited():
    rule, plain = load_fair_competition(), catalogue().items[0]
    assert not needs_review(plain) and review_mark(plain, rule) == ""
    entered = plain.model_copy(update={"incentive": "用地保障"})
    assert review_mark(entered, rule) == "须公平竞争审查"
    assert "国务院令第783号" in review_basis(rule) and "第99号" in review_basis(rule)
