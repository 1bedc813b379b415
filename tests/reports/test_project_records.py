from functools import cache
from pathlib import Path

import openpyxl
import pytest

from chainmap.catalogue.propositions import PropositionOptions
from chainmap.concepts.project_records import STATE_ZH
from chainmap.pipeline import load_world
from chainmap.reports.project_records import ground_of, project_ranking, proposition_list
from chainmap.reports.project_rows import screen_cells, screen_rows, screen_text
from chainmap.reports.project_workbook import write_propositions, write_ranking
from chainmap.server.sponsors import sponsor_ranker
from chainmap.sources.places import find_city
from tests.project_lists import project

NOWHERE = Path("no-such-workspace")


@cache
def ground():
    world = load_world()
    return ground_of(world, find_city(world.cities, "绍兴"), NOWHERE)


def first_item():
    return ground().catalogue.items[0]


def some():
    item = first_item()
    return [
        project(1, name="甲", segment=item.name, investment_10k=3000.0, sponsor="某公司"),
        project(2, name="乙", segment=item.name, guidance_class="淘汰类"),
        project(3, name="丙", product="龙井茶"),
        project(4, name="丁", city_code="330200", place="乙"),
    ]  # fmt: skip


def test_a_ranking_counts_every_project_and_cites_what_it_rests_on():
    found = project_ranking(ground(), projects=some())
    assert found.n_projects == 4 == sum(found.counts.values()) and set(found.counts) == set(
        STATE_ZH
    )
    first = found.projects[0]
    assert (first.name, first.rank, first.state) == ("甲", 1, "ranked")
    assert first.item_id == first_item().id and first.to_supply and first.formula
    assert first.score == pytest.approx(100 * _product(first.parts.values()), abs=0.01)
    known = {c.id for c in first.citations}
    assert known <= {*first_item().policy, *(s.passage for s in first_item().sites)} and known
    assert not found.basis.may_act and found.basis.catalogue == ground().catalogue.version_name
    vetoed = next(p for p in found.projects if p.name == "乙")
    assert vetoed.rank is None and [f.rule for f in vetoed.failed] == ["cn-guidance-catalogue"]
    assert "不符合：产业政策" in screen_text(vetoed)


def test_workbooks_hold_every_project_and_are_the_same_twice(tmp_path):
    found = project_ranking(ground(), projects=[*some(), project(5, name="=1+1")])
    files = [tmp_path / name for name in ("a.xlsx", "b.xlsx")]
    for file in files:
        write_ranking(found, file)
    assert files[0].read_bytes() == files[1].read_bytes()
    book = openpyxl.load_workbook(files[0])
    assert book.sheetnames == ["可对接项目", "得分构成", "待补资料", "未列入项目", "准入逐条"]
    cells = [c for sheet in book for r in sheet.iter_rows(values_only=True) for c in r if c]
    assert all(any(name == c for c in cells) for name in "甲乙丙丁")
    assert _kinds(book, "=1+1") == {"s"}
    assert len(screen_rows(found)) == 5


def test_propositions_have_ranked_sponsors_from_elsewhere_or_say_why_not(tmp_path):
    here = ground()
    ranker = sponsor_ranker(here.world, here.city, here.day, 3)
    found = proposition_list(here, ranker, PropositionOptions(chain_id="robotics", sponsors=3))
    assert found.chain_id == "robotics" and found.propositions
    for one in found.propositions:
        assert bool(one.sponsors) != bool(one.sponsor_note)
        assert [s.rank for s in one.sponsors] == list(range(1, len(one.sponsors) + 1))
        assert len(one.sponsors) <= 3
        assert all(s.home_city_code != here.city.code and s.reasons for s in one.sponsors)
        assert one.size.low_10k_cny is None and one.size.text.startswith("未知")
    assert any(one.sponsors for one in found.propositions)
    file = tmp_path / "p.xlsx"
    write_propositions(found, file)
    book = openpyxl.load_workbook(file)
    assert book.sheetnames == ["概览", "项目建议与招引对象", "准入条件", "依据"]
    titles = {c.value for c in book["概览"]["B"]}
    assert {one.title for one in found.propositions} <= titles


def _product(values):
    result = 1.0
    for value in values:
        result *= value
    return result


def _kinds(book, text):
    """Data types of the cells that hold a text: a formula would have its own."""
    return {c.data_type for sheet in book for r in sheet.iter_rows() for c in r if c.value == text}


def test_land_to_be_checked_stands_in_the_rows():
    wide = project(1, segment=first_item().segment, investment_10k=1000, land_mu=500)
    (row,) = project_ranking(ground(), projects=[wide]).projects
    cells = screen_cells(row)
    assert cells["用地"] == "待核（亩均总投资2万元）"
    assert "用地待核（亩均总投资2万元）" in screen_text(row) and "未知：用地" not in screen_text(
        row
    )
