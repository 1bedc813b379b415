import datetime as dt

from chainmap.catalogue.build import policy_day
from chainmap.catalogue.yaml_file import catalogue_yaml
from tests.catalogue.making import catalogue
from tests.world import DAY


def item(segment):
    return next(i for i in catalogue().items if i.segment == segment)


def test_the_same_inputs_give_the_same_bytes_and_ids():
    first, second = catalogue(), catalogue()
    assert catalogue_yaml(first) == catalogue_yaml(second)
    assert [i.id for i in first.items] == [
        "330100-ic-resist", "330100-ic-testing", "330100-ic-wafer", "330100-rb-servo",
    ]  # fmt: skip


def test_a_gap_without_score_is_no_item():
    assert "rb-arm" not in {i.segment for i in catalogue().items}


def test_an_item_says_where_it_comes_from():
    found = item("ic-resist")
    assert found.direction == "引进光刻胶项目，就近配套本地晶圆制造。"
    assert [reason.fact for reason in found.reasons] == [
        "gap_score", "companies", "local_users", "policy_weight",
    ]  # fmt: skip
    assert "0.500" in found.reasons[0].text and "第1位（共5项）" in found.reasons[0].text
    assert "0家" in found.reasons[1].text and found.reasons[3].value == 0.61
    assert found.policy == ("cc2024-resist", "cc2024@10")
    assert found.sites[0].place == "滨江园区" and found.sites[0].passage == "cc2024@10"
    assert (found.period.start, found.period.end, found.period.plan) == (2026, 2027, "cc2024")


def test_every_passage_an_item_cites_stands_in_the_file_with_its_state():
    made = catalogue()
    noted = {passage.id: passage for passage in made.passages}
    for found in made.items:
        assert set(found.policy) | {site.passage for site in found.sites} <= set(noted)
    assert noted["cc2024-resist"].in_force
    assert not noted["pp2020-robot"].in_force
    assert noted["cc2024@10"].names == ("滨江园区", "集成电路")


def test_without_a_plan_in_force_the_end_stays_open_and_background_is_cited():
    found = item("rb-servo")
    assert found.period.end is None and found.policy == ("pp2020-robot",)


def test_no_incentive_is_ever_drafted():
    assert all(found.incentive == "" for found in catalogue().items)


def test_terms_cover_every_metric_and_unknown_stays_unknown():
    made = catalogue()
    assert {term.metric.value for term in made.terms} == {
        "standard", "technology", "discharge", "output_per_mu", "tax_per_mu",
        "investment_per_mu", "energy",
    }  # fmt: skip
    for term in made.terms:
        assert term.source is not None and term.place
        assert term.ask
    unknown = next(t for t in made.terms if t.id == "zj-mu-tax")
    assert unknown.value is None and unknown.unit == "万元/亩"
    assert "zj-major-ic-investment" in item("ic-resist").admission
    assert "zj-major-ic-investment" not in item("rb-servo").admission
    assert "cn-foreign-access" not in {term.id for term in made.terms}


def test_plans_must_be_in_force_on_the_day_of_the_year():
    assert policy_day(2026, DAY) == DAY
    assert policy_day(2027, DAY) == dt.date(2027, 1, 1)
    assert policy_day(2020, DAY) == dt.date(2020, 12, 31)


def test_at_most_so_many_items_a_chain():
    assert [i.segment for i in catalogue(per_chain=1).items] == ["ic-resist", "rb-servo"]
