import pytest

from chainmap.catalogue.terms import covers, local_rules, term_of
from chainmap.sources.admission_rules import load_admission_rules
from chainmap.sources.places import City
from tests.world import DAY

JIAXING = City("330400", "嘉兴市", "嘉兴", "330000", "浙江")


@pytest.mark.parametrize(
    ("place", "holds"),
    [("000000", True), ("330000", True), ("330400", True), ("330100", False), ("320000", False)],
)
def test_a_place_takes_in_what_lies_in_it(place, holds):
    assert covers([place], "330400") is holds


def test_a_term_names_the_narrowest_place():
    rules = {rule.id: rule for rule in local_rules(load_admission_rules(), JIAXING, DAY)}
    assert term_of(rules["zj-taihu-discharge"], JIAXING).place == "嘉兴市"
    assert term_of(rules["zj-mu-tax"], JIAXING).place == "浙江省"
    assert term_of(rules["cn-eia"], JIAXING).place == "全国"
