"""What each kind of report says, on the bundled data."""

import re
from functools import cache

import polars as pl
import pytest

from chainmap.errors import InputError, UnknownNameError
from chainmap.pipeline import load_world
from chainmap.reports.document import Heading, Items, Paragraph, Picture, Table, plain
from chainmap.reports.document_font import lacking
from chainmap.reports.document_pdf import report_data
from chainmap.reports.report import measured_report
from chainmap.reports.report_material import ReportKind
from chainmap.reports.report_profile import _advice, score_picture
from chainmap.reports.report_targets import against
from chainmap.reports.report_words import place_text
from chainmap.reports.rows import FAMILY_LABELS
from tests.reports import report_samples
from tests.reports.report_samples import report

material = cache(report_samples.material)
"""Each question is worked out once: reports read it and change nothing in it."""
MEASURED = [kind for kind in ReportKind if kind is not ReportKind.CATALOGUE]


def refs(document):
    """The numbers of sources in the order they are mentioned."""
    for line in document.abstract:
        yield from (n for said in line for n in said.refs)
    for block in document.blocks:
        lines = ()
        if isinstance(block, Paragraph):
            lines = (block.line,)
        elif isinstance(block, Items):
            lines = block.lines
        elif isinstance(block, Table):
            yield from (n for column in block.columns for n in column.refs)
            lines = block.rows
        yield from (n for line in lines for said in line for n in said.refs)


@pytest.mark.parametrize("kind", MEASURED)
def test_every_number_leads_to_a_source_and_every_source_is_used(kind):
    document = report(kind)
    mentioned = list(dict.fromkeys(refs(document)))
    assert mentioned == list(range(1, len(document.sources) + 1))
    assert [source.number for source in document.sources] == mentioned


@pytest.mark.parametrize("kind", MEASURED)
def test_it_is_whole_and_every_character_can_be_printed(kind):
    document = report(kind)
    tables = [block for block in document.blocks if isinstance(block, Table)]
    assert len({table.title for table in tables}) == len(tables)
    for table in tables:
        assert table.rows and all(len(row) == len(table.columns) for row in table.rows)
    text = str(report_data(document))
    assert lacking(text) == ""
    assert not any(word in text for word in ("None", "nan", "segment_id", "[]）"))
    assert document.day.isoformat() in document.subtitle


def test_policy_sources_say_where_in_which_file():
    policy = [source for source in report(ReportKind.GAPS).sources if source.kind == "政策"]
    assert policy
    for source in policy:
        assert source.text.startswith("《") and "点名“" in source.text
        assert "原文第" in source.detail
    hashes = next(
        b for b in report(ReportKind.GAPS).annex if getattr(b, "sheet", "") == "政策原文件"
    )
    told = {row[0].text: row[1].text.replace("\n", "") for row in hashes.rows}
    assert {source.text.split("》")[0] + "》" for source in policy} == set(told)
    assert all(len(sha) == 64 for sha in told.values())


def test_the_abstract_says_three_things_and_no_place_is_compared_with_itself():
    for kind in (ReportKind.GAPS, ReportKind.TARGETS, ReportKind.COMPARISON):
        leads = [line[0].text[:2] for line in report(kind).abstract]
        assert leads[:3] == ["一是", "二是", "三是"]
        assert all(line[0].strong for line in report(kind).abstract)


def test_a_small_city_is_warned_and_the_first_is_compared_with_the_second():
    small = measured_report(ReportKind.GAPS, material("舟山", "新材料"))
    assert "未必真没有企业" in plain(small.abstract[-1])
    first = measured_report(ReportKind.GAPS, material("宁波", "新材料"))
    place = next(
        plain(block.line)
        for block in first.body
        if isinstance(block, Paragraph) and "十一市" in plain(block.line)
    )
    assert "居第1位；其次的是" in place


def test_how_far_to_trust_it_is_read_from_the_released_scores():
    from chainmap.reports.scorecard import load_scorecard

    text = "".join(plain(b.line) for b in report(ReportKind.GAPS).body if isinstance(b, Paragraph))
    hidden = load_scorecard().hidden[0]
    assert f"数据够用的环节中有{hidden.held:.0%}真实家数仍在90%区间内" in text
    # A share of what was said to be absent, not of the segments that have makers.
    assert f"判为没有的环节中真有企业的占{hidden.wrongly_absent:.1%}" in text


def test_tables_of_gaps_and_targets_can_be_sorted_in_a_spreadsheet():
    for kind in (ReportKind.GAPS, ReportKind.TARGETS):
        tables = [b for b in report(kind).body if isinstance(b, Table) and b.sortable]
        assert tables
        for table in tables:
            assert len(table.sortable.rows) == len(table.rows)
            assert all("\n" not in cell.text for row in table.sortable.rows for cell in row)


def test_the_gap_report_has_its_parts():
    document = report(ReportKind.GAPS)
    heads = [block.text for block in document.body if isinstance(block, Heading)]
    assert heads == ["产业链现状", "在全省的位置", "主要缺口", "招商目标", "方法与局限"]
    pictures = [block.title for block in document.blocks if isinstance(block, Picture)]
    assert any("全景图" in title for title in pictures)
    assert any("十一市" in title for title in pictures)
    said = plain(document.abstract[1])
    assert "共识别缺口" in said and "名次区间" in said


def test_a_city_outside_the_map_has_no_map():
    document = measured_report(ReportKind.GAPS, material("苏州"))
    assert not any("十一市" in b.title for b in document.blocks if isinstance(b, Picture))


def test_a_city_without_data_says_so():
    document = measured_report(ReportKind.GAPS, material("三沙", None))
    assert "不足以判断缺口" in plain(document.abstract[-1])


def test_a_profile_names_reasons_for_and_against():
    document = report(ReportKind.PROFILE)
    heads = [block.text for block in document.body if isinstance(block, Heading)]
    assert document.brief and {"引进理由", "不利因素", "下一步"} <= set(heads)
    assert "可能性" in plain(document.abstract[0])


def test_a_profile_of_the_citys_own_company_says_it_is_no_target():
    asked = material(chain=None)
    local = asked.world.companies.filter(pl.col("city_code") == asked.city.code)["full_name"][0]
    document = measured_report(ReportKind.PROFILE, asked, local)
    assert "不列入招商目标" in plain(document.abstract[0])


def test_what_is_missing_or_wrong_is_named():
    asked = material()
    with pytest.raises(InputError, match="要指明企业"):
        measured_report(ReportKind.PROFILE, asked, " ")
    with pytest.raises(UnknownNameError):
        measured_report(ReportKind.PROFILE, asked, "没有这家企业的名字")
    with pytest.raises(UnknownNameError, match="没有找到企业“宁波”") as caught:
        measured_report(ReportKind.PROFILE, asked, "宁波")
    assert len(caught.value.nearest) == 5
    with pytest.raises(UnknownNameError, match="没有找到企业“电子级双氧水”"):  # a product
        measured_report(ReportKind.PROFILE, asked, "电子级双氧水")
    with pytest.raises(InputError, match="第二个城市"):
        measured_report(ReportKind.COMPARISON, asked)
    with pytest.raises(InputError, match="两个城市都是"):
        measured_report(ReportKind.COMPARISON, asked, other=asked)


def test_a_comparison_shows_both_cities_in_every_table():
    document = report(ReportKind.COMPARISON)
    for table in (block for block in document.body if isinstance(block, Table)):
        heads = "".join(column.name for column in table.columns)
        assert "绍兴" in heads and "宁波" in heads


def test_a_city_alone_in_its_province_has_no_place_in_it():
    text = str(report_data(measured_report(ReportKind.GAPS, material("上海"))))
    assert "产业链参与度为" in text and "全省1市" not in text
    assert place_text(2, 11) == "，在全省11市中居第2位"
    assert place_text(1, 1) == place_text(None, 11) == ""


def test_a_city_without_companies_is_compared_with_none_and_has_no_best_chain():
    text = str(report_data(measured_report(ReportKind.GAPS, material(city_without_companies()))))
    assert "产业链现状" in text and "最相近的城市" not in text
    alone = measured_report(ReportKind.GAPS, material(city_without_companies(), None))
    assert "0个有企业（贸易不计）" in plain(alone.abstract[0])
    assert "完整度最高" not in plain(alone.abstract[0])


def city_without_companies():
    world = load_world()
    settled = set(world.companies["city_code"])
    return next(
        name
        for code, name in world.cities.select("city_code", "city").iter_rows()
        if code not in settled
    )


def test_a_score_without_parts_is_drawn_too():
    drawn = score_picture(target(parts=dict.fromkeys(FAMILY_LABELS, 0.001)))
    assert "各项均为0" in drawn.alt and all(name in drawn.title for name in FAMILY_LABELS.values())


def target(**changed):
    return material().targets.targets[0].model_copy(update=changed)


def test_what_is_other_is_so_beside_what_all_share():
    both = [target(rank=n, counter_evidence=[], catalogue_item="a") for n in (1, 2)]
    [table] = against(both)
    assert [row[2].text for row in table.rows] == ["未见", "未见"]
    shared = [one.model_copy(update={"counter_evidence": ["甲"]}) for one in both]
    note, table = against(shared)
    assert "各家共有的：甲" in plain(note.line)
    assert [row[2].text for row in table.rows] == ["未见其他", "未见其他"]


def test_without_a_catalogue_nothing_is_said_of_its_terms():
    asked = material("苏州", chain=None)
    document = measured_report(ReportKind.TARGETS, asked)
    said = "".join(plain(line) for line in document.abstract)
    assert "本市还没有招商目录" in said
    assert "尚未列入招商目录" not in said
    tables = [block for block in document.annex if isinstance(block, Table)]
    assert "目录准入条件" not in {column.name for table in tables for column in table.columns}
    first = asked.targets.targets[0].company
    [steps] = [block for block in measured_report(ReportKind.PROFILE, asked, first).body
               if isinstance(block, Items) and "核实企业现状" in plain(block.lines[0])]  # fmt: skip
    assert "本市还没有招商目录" in plain(steps.lines[1])


def test_the_homes_in_the_abstract_add_up():
    asked = material("武汉", chain=None)
    line = plain(measured_report(ReportKind.TARGETS, asked).abstract[0])
    homes = line.split("总部所在地：")[1]
    assert len({one.home_province for one in asked.targets.targets}) > 5
    assert sum(map(int, re.findall(r"(\d+)家", homes))) == len(asked.targets.targets)


def test_the_kinds_are_explained_as_they_are_told():
    asked = material("舟山", chain=None)
    extend = [gap for gap in asked.gaps.gaps if gap.kind == "extend"]
    assert any(not gap.local_suppliers for gap in extend)  # related, without a local supplier
    [words] = [
        plain(block.line) for block in measured_report(ReportKind.GAPS, asked).body
        if isinstance(block, Paragraph) and "缺口分四类" in plain(block.line)
    ]  # fmt: skip
    assert "其上游在本地或与本地产业关联密切" in words
    assert "上下游也不在本地" not in words


def test_a_city_the_roster_hardly_knows_has_no_shared_gaps_to_speak_of():
    document = measured_report(
        ReportKind.COMPARISON, material("拉萨", chain=None), other=material("绍兴", chain=None)
    )
    said = "".join(plain(line) for line in document.abstract)
    assert "名录中拉萨企业太少，不足以判断缺口" in said and "没有两市共同的缺口" not in said


def test_shared_gaps_are_gaps_in_both_reports():
    one, two = material("绍兴", chain=None), material("台州", chain=None)
    abstract = measured_report(ReportKind.COMPARISON, one, other=two).abstract
    [shared] = re.findall(r"两市共同的缺口(\d+)个", "".join(map(plain, abstract)))
    ids = [set(each.gap_table["segment_id"]) for each in (one, two)]
    assert 0 < int(shared) <= len(ids[0] & ids[1])


def test_a_company_that_may_stand_among_the_first_hundred_is_not_put_off():
    assert _advice(21, 100).startswith("可列入") and _advice(103, 16).startswith("可列入")
    assert "不宜" in _advice(140, 101) and "优先" in _advice(20, 3)
