"""What is said of a target that is in the city already, by the roster or by the ledger."""

from dataclasses import replace

import polars as pl
import pytest

from chainmap.pipeline import rank_targets
from chainmap.ranking import own_sites
from chainmap.ranking.target_options import TargetOptions
from chainmap.sources.landings import LANDINGS
from chainmap.tables import COMPANIES
from tests.ranking.lists import gaps_of
from tests.world import HOME, small_world

CODE = "600001.SH"


def row(date, city=HOME.code, stage="agreed", place="高新区", code=CODE):
    return {
        "line": 2, "date": date, "stock_code": code, "firm": "某某股份", "city_code": city,
        "place": place, "project": "光刻胶生产基地", "stage": stage, "amount_100m": 10.0,
        "source": "exchange",
    }  # fmt: skip


@pytest.fixture
def ledger(monkeypatch):
    def give(*rows):
        made = LANDINGS.check(pl.DataFrame(list(rows)))
        monkeypatch.setattr(own_sites, "load_landings", lambda: made)

    return give


def world(year=None, **changed):
    """The small world with a share code for one company away from home."""
    here = pl.col("company_id") == "resist-c"
    companies = small_world().companies.with_columns(
        pl.when(here).then(pl.lit(value)).otherwise(pl.col(column)).alias(column)
        for column, value in {"stock_code": CODE, **changed}.items()
    )
    return replace(small_world(), companies=COMPANIES.check(companies), year=year)


def test_a_landing_is_said_first_of_all_that_is_to_be_checked(ledger):
    ledger(row("2021-05-06"))
    asked = rank_targets(world(), HOME, gaps_of(world()), TargetOptions(top=0, per_segment=0))
    said = dict(asked.select("company_id", "counter_evidence").iter_rows())
    text = "落地台账记有2021年甲高新区的光刻胶生产基地（已签约），须核实进展，分清增资扩产与新引进"
    assert said["resist-c"][0] == text
    assert not any(text in texts for one, texts in said.items() if one != "resist-c")


@pytest.mark.parametrize(
    ("place", "said"),
    [("高新区", "甲高新区"), ("甲市高新区", "甲市高新区"), ("某省甲工业园", "某省甲工业园")],
)
def test_the_city_is_named_once(ledger, place, said):
    ledger(row("2021", place=place))
    assert f"2021年{said}的光刻胶" in own_sites.own_words(world(), HOME)["resist-c"]


@pytest.mark.parametrize(("year", "known"), [(2020, False), (2021, True), (None, True)])
def test_a_landing_is_not_known_before_its_year(ledger, year, known):
    ledger(row("2021"))
    assert ("resist-c" in own_sites.own_words(world(year), HOME)) == known


def test_other_cities_and_unlisted_firms_say_nothing(ledger):
    ledger(row("2019-01", city="330200"), row("2019-01", code="600002.SH"))
    assert (
        own_sites.own_words(world(), HOME).keys() == own_sites.own_words(small_world(), HOME).keys()
    )


def test_what_the_roster_has_there_comes_before_the_ledger(ledger):
    ledger(row("2019-01-02", place="甲市经开区", stage="planned"))
    alone = own_sites.own_words(world(), HOME)["resist-c"]
    assert alone.startswith("落地台账记有2019年甲市经开区的光刻胶生产基地（拟议）")
    both = own_sites.own_words(world(city_code=HOME.code), HOME)["resist-c"]
    assert both.startswith("集团在甲已有") and "台账" not in both
