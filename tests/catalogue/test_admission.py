import pytest

from chainmap.catalogue.admission import FIELD_ZH, Applicant, check_project
from chainmap.chains.library import ChainLibrary
from chainmap.concepts.admission import AdmissionRule, Project
from chainmap.sources.admission_rules import load_admission_rules
from chainmap.sources.places import City
from tests.world import DAY, HOME, taxonomy

LIBRARY = ChainLibrary(taxonomy())
ELSEWHERE = City("440100", "戊市", "戊", "440000", "广东")


def rule(check, **more):
    plain = {
        "id": "t-rule", "metric": "investment_per_mu", "requirement": "够强", "check": check,
        "scope": {"places": ["000000"]}, "since": "2020-01-01",
        "source": {"title": "某办法", "issuer": "某部"}, "ask": "某局",
    }  # fmt: skip
    return AdmissionRule.model_validate(plain | more)


def at_least(value):
    return {"kind": "threshold", "quantity": "investment_per_mu", "operator": ">=",
            "value": value, "unit": "万元/亩"}  # fmt: skip


def answers(rules, city=HOME, segment=None, **facts):
    found = LIBRARY.find_segment(segment) if segment else None
    applicant = Applicant(Project.model_validate({"name": "某项目"} | facts), city, found)
    return check_project(applicant, rules, LIBRARY, DAY).answers


@pytest.mark.parametrize(("land", "result"), [(50, "pass"), (52, "pass"), (53, "fail")])
def test_a_threshold_is_computed_and_shown(land, result):
    (answer,) = answers([rule(at_least(500))], investment=26000, land=land)
    assert answer.result == result and answer.threshold == 500
    assert f"26000万元 ÷ 用地{land}亩" in answer.fact
    assert answer.computed == pytest.approx(26000 / land, abs=1e-5)
    assert answer.source == "《某办法》，某部"


def test_a_missing_fact_and_a_missing_value_are_unknown_and_say_whom_to_ask():
    (no_land,) = answers([rule(at_least(500))], investment=26000)
    assert no_land.result == "unknown" and "用地（亩）" in no_land.fact and no_land.ask == "某局"
    (no_value,) = answers([rule(at_least(None))], investment=26000, land=50)
    assert no_value.result == "unknown" and no_value.computed == 520 and "未知" in no_value.fact


def test_a_declared_fact_passes_fails_or_stays_open():
    check = {"kind": "choice", "field": "guidance_class", "passing": ["鼓励类", "允许类"],
             "failing": ["淘汰类"]}  # fmt: skip
    for value, result in (("鼓励类", "pass"), ("淘汰类", "fail"), ("限制类", "unknown")):
        (answer,) = answers([rule(check)], guidance_class=value)
        assert answer.result == result and "自报" in answer.fact
    assert answers([rule(check)])[0].result == "unknown"


def test_a_keyword_calls_for_a_look_and_never_fails():
    check = {"kind": "keywords", "words": ["电镀"]}
    assert answers([rule(check)], keywords=["连续电镀线"])[0].result == "unknown"
    assert answers([rule(check)], keywords=["光刻胶"])[0].result == "pass"
    assert answers([rule(check)])[0].result == "unknown"


def test_places_decide_whom_a_rule_speaks_to():
    local = rule(at_least(1), scope={"places": ["330000"]})
    assert len(answers([local])) == 1 and answers([local], city=ELSEWHERE) == []
    (open_,) = answers([local], city=None, investment=2, land=1)
    assert open_.result == "unknown" and "适用范围" in open_.fact


def test_chains_and_industries_decide_too():
    chips = rule(at_least(1), scope={"places": ["000000"], "chains": ["integrated-circuits"]})
    assert len(answers([chips], segment="光刻胶")) == 1
    assert answers([chips], segment="机械臂") == []
    assert answers([chips])[0].result == "unknown"
    codes = rule(at_least(1), scope={"places": ["000000"], "industry_codes": ["398"]})
    assert len(answers([codes], industry_code="3985")) == 1
    assert answers([codes], industry_code="2710") == []
    assert len(answers([codes], segment="硅片")) == 1


def test_small_projects_are_not_held_to_the_line_of_large_ones():
    large = rule(at_least(1), scope={"places": ["000000"], "least_investment": 100000})
    assert answers([large], investment=99999, land=1) == []
    assert len(answers([large], investment=100000, land=1)) == 1


def test_a_rule_out_of_force_is_silent():
    assert answers([rule(at_least(1), until="2025-12-31")]) == []
    assert answers([rule(at_least(1), since="2027-01-01")]) == []


def test_reference_figures_do_not_count():
    applicant = Applicant(Project(name="甲", investment=1, land=1), HOME, None)
    report = check_project(applicant, [rule(at_least(500), binding=False)], LIBRARY, DAY)
    assert report.answers[0].result == "fail" and report.counts == {
        "pass": 0, "fail": 0, "unknown": 0,
    }  # fmt: skip


def test_every_bundled_rule_answers_any_project():
    applicant = Applicant(Project(name="甲"), HOME, LIBRARY.find_segment("光刻胶"))
    report = check_project(applicant, load_admission_rules(), LIBRARY, DAY)
    assert report.counts["unknown"] == sum(report.counts.values()) > 8
    assert all(answer.ask for answer in report.answers)


def test_every_field_has_its_chinese_name():
    assert list(FIELD_ZH) == list(Project.model_fields)
