import pytest

from chainmap.catalogue.wording import direction_text, priority_of, reasons_of, wanted_of
from chainmap.chains.library import ChainLibrary
from chainmap.concepts.catalogue import Priority
from chainmap.concepts.kinds import GapKind, SegmentKind
from chainmap.sources.admission_rules import load_catalogue_rules
from tests.catalogue.making import gap
from tests.world import taxonomy

LIBRARY, RULES = ChainLibrary(taxonomy()), load_catalogue_rules()


@pytest.mark.parametrize("kind", list(GapKind))
@pytest.mark.parametrize("segment_kind", list(SegmentKind))
def test_every_kind_has_its_clauses(kind, segment_kind):
    assert RULES.directions[segment_kind][kind]


def test_products_are_named_from_the_taxonomy_only():
    text = direction_text(gap(1, "ic-wafer", "build"), LIBRARY, RULES)
    assert text == "引进硅片项目，重点为抛光硅片，起步建设集成电路产业链材料板块。"


def test_a_service_is_sought_as_an_institution():
    row = gap(1, "ic-testing", "fill", local_users=["ic-pack"])
    assert direction_text(row, LIBRARY, RULES).startswith("引进芯片检测机构或平台")
    assert "institute" in wanted_of(row, LIBRARY, RULES)


def test_every_gap_kind_looks_for_somebody():
    for kind in GapKind:
        assert wanted_of(gap(1, "ic-wafer", kind.value), LIBRARY, RULES)


def test_priority_counts_points():
    strong = gap(1, "ic-resist", "fill", local_users=["a", "b"], policy_weight=0.9, theta=0.1)
    assert priority_of(strong, 100, RULES.priority) is Priority.HIGH
    assert priority_of(gap(90, "ic-resist", "fill", theta=2.0), 100, RULES.priority) is Priority.LOW


def test_a_reason_sets_the_number_beside_the_one_to_be_expected():
    reasons = reasons_of(gap(1, "ic-wafer", "build"), 9, LIBRARY)
    said = {reason.fact: reason.text for reason in reasons}
    assert said["companies"] == "名录内本市制造和研发企业0家，按城市规模应有约0.4家"
    few = reasons_of(gap(1, "ic-wafer", "build", expected=0.03), 9, LIBRARY)
    assert few[1].text.endswith("应有不足0.1家")  # nobody is to expect 0.0 companies
