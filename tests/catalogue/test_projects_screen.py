import pytest

from chainmap.catalogue.projects_screen import FILTER_ZH, Screening, screen
from chainmap.chains.library import ChainLibrary
from chainmap.concepts.admission import LegalSource
from chainmap.concepts.catalogue import Term
from chainmap.sources.admission_rules import load_admission_rules
from tests.catalogue.making import catalogue
from tests.project_lists import project
from tests.world import DAY, HOME, taxonomy

LIBRARY = ChainLibrary(taxonomy())
SOUND = {
    "guidance_class": "鼓励类", "market_access": "清单以外", "foreign": "否", "standards_met": "是",
    "eia_approval": "已取得", "discharge_permit": "不需要", "zoning_fit": "是",
    "energy_review": "不需要", "process": "清洗、涂布",
}  # fmt: skip


def edited(*terms):
    """The small catalogue after an official entered or changed terms, all of them on item one."""
    made = catalogue()
    ids = {term.id for term in terms}
    item = made.items[0]
    item = item.model_copy(update={"admission": tuple(dict.fromkeys((*item.admission, *ids)))})
    kept = tuple(term for term in made.terms if term.id not in ids)
    return made.model_copy(update={"terms": (*kept, *terms), "items": (item, *made.items[1:])})


def own(metric, value, unit, **more):
    plain = {
        "id": "own-a99", "metric": metric, "requirement": "本地要求", "value": value, "unit": unit,
        "place_code": HOME.code, "place": HOME.name, "source": None, "ask": "某局",
    }  # fmt: skip
    return Term.model_validate(plain | more)


def of(made, **facts):
    frame = Screening(HOME, made, load_admission_rules(), DAY, LIBRARY)
    return screen(project(**facts), "ic-resist", made.items[0], frame)


def answer(found, rule):
    return next(a for a in found.answers if a.rule == rule)


def test_what_is_not_stated_is_unknown_and_asked_for_never_failed():
    found = of(catalogue())
    assert set(found.results.values()) == {"unknown"} and list(found.results) == list(FILTER_ZH)
    assert not found.failed and all("核实：" in line for line in found.to_supply)


def test_a_declared_fact_that_fails_is_a_veto_with_rule_and_fact():
    found = of(catalogue(), guidance_class="淘汰类")
    (failed,) = found.failed
    assert failed.rule == "cn-guidance-catalogue" and "淘汰类" in failed.fact
    assert failed.source and found.results["technology"] == "fail"


@pytest.mark.parametrize(
    ("field", "rule", "filter_"),
    [
        ("eia_approval", "cn-eia", "discharge"),
        ("discharge_permit", "cn-discharge-permit", "discharge"),
        ("energy_review", "cn-energy-review", "energy"),
    ],
)
def test_an_approval_that_was_refused_is_a_veto_and_one_not_given_yet_is_not(field, rule, filter_):
    (failed,) = of(catalogue(), **SOUND | {field: "未通过"}).failed
    assert failed.rule == rule and "未通过" in failed.fact
    assert of(catalogue(), **SOUND | {field: "未通过"}).results[filter_] == "fail"
    assert not of(catalogue(), **SOUND | {field: "未取得"}).failed


def test_a_reference_figure_never_fails_a_project():
    found = of(catalogue(), **SOUND, fixed_investment_10k=100_000, land_mu=1000)
    assert answer(found, "zj-major-ic-investment").result == "fail"
    assert not found.failed


@pytest.mark.parametrize(("land", "result"), [(100, "pass"), (126, "fail")])
def test_the_number_an_official_entered_in_the_catalogue_counts(land, result):
    term = next(t for t in catalogue().terms if t.id == "zj-land-investment")
    source = LegalSource(title="某县标准地指标", issuer="某县")
    made = edited(term.model_copy(update={"value": 400.0, "source": source}))
    found = of(made, fixed_investment_10k=50_000, land_mu=land)
    given = answer(found, "zj-land-investment")
    assert (given.result, given.threshold) == (result, 400) and "某县" in given.source
    assert found.results["land"] == ("unknown" if result == "pass" else "fail")


def test_the_total_investment_does_not_stand_for_the_fixed_one():
    term = next(t for t in catalogue().terms if t.id == "zj-land-investment")
    made = edited(term.model_copy(update={"value": 400.0}))
    found = of(made, investment_10k=50_000, land_mu=100)
    assert answer(found, "zj-land-investment").result == "unknown"


@pytest.mark.parametrize(
    ("term", "facts", "result"),
    [
        (own("energy", 3000, "吨标准煤"), {"energy_tce": 3500}, "fail"),
        (own("energy", 3000, "吨标准煤/年"), {"energy_tce": 2500}, "pass"),
        (own("energy", 0.05, "吨标准煤/万元"), {"energy_tce": 600, "output_10k": 10_000}, "fail"),
        (own("tax_per_mu", 30, "万元/亩"), {"tax_10k": 3000, "land_mu": 50}, "pass"),
        (own("tax_per_mu", 30, "亿元/亩"), {"tax_10k": 3000, "land_mu": 50}, "unknown"),
        (own("discharge", None, None), {}, "unknown"),
    ],
)
def test_terms_of_ones_own_are_checked_where_they_are_numbers(term, facts, result):
    found = answer(of(edited(term), **facts), "own-a99")
    assert found.result == result and "招商目录" in found.source
    if result == "unknown":
        assert found.fact == "文字条件，须人工核对"


def test_all_declared_and_no_number_asked_leaves_only_the_numbers_open():
    found = of(catalogue(), **SOUND, energy_tce=100, output_10k=1000)
    assert found.results["standard"] == found.results["technology"] == "pass"
    assert found.results["land"] == found.results["energy"] == "unknown"
