import openpyxl
import pytest

from chainmap.extraction.reader import extract_document
from chainmap.reports.extraction_rows import not_shown, term_rows, write_extractions
from chainmap.sources.policy import policy_from_bytes

TEXT = """测试市新兴产业行动计划

到2027年，测试市机器人产业产值达到300亿元。

专栏1 机器人产业发展重点领域

核心部件：重点突破谐波减速器、伺服电机等关键部件。

整机：加快发展工业机器人、服务机器人。
"""
VOCABULARY = {"谐波减速器": ("robotics", "rb-harmonic")}


@pytest.fixture(scope="module")
def read():
    source = policy_from_bytes("plan.txt", TEXT.encode("utf-8"))
    return [extract_document(source, VOCABULARY, {"测试市": ("330600", "city")})]


def test_terms_come_with_box_item_verb_segment_and_place(read):
    row = next(row for row in term_rows(read) if row["术语"] == "谐波减速器")
    assert row["专栏"].startswith("专栏1") and row["细分领域"] == "核心部件"
    assert row["环节"] == "rb-harmonic" and "突破" in row["动词"]
    assert TEXT[row["起"] : row["止"]] == "谐波减速器"


def test_the_workbook_has_a_sheet_for_each_kind_and_the_same_bytes_twice(read, tmp_path):
    for name in ("a.xlsx", "b.xlsx"):
        write_extractions(read, tmp_path / name)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert book.sheetnames == ["术语", "目标", "布局", "招商机制", "损坏与疑点"]
    goal = [cell.value for cell in book["目标"][4]]
    assert 300 in goal and "亿元" in goal


def test_damage_and_places_in_the_chains_are_told_in_chinese(read, tmp_path):
    from typing import get_args

    from chainmap.concepts.policy import Damage, DamageKind

    kinds = [Damage(kind=kind, note="", start=0, end=1) for kind in get_args(DamageKind)]
    write_extractions([read[0].model_copy(update={"damage": tuple(kinds)})], tmp_path / "a.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx")["损坏与疑点"]
    shown = [row[1] for row in sheet.iter_rows(min_row=4, values_only=True)]
    assert len(set(shown)) == len(kinds) and all(word.isascii() is False for word in shown)
    row = next(row for row in term_rows(read) if row["术语"] == "谐波减速器")
    assert (row["产业链"], row["环节编号"]) == ("机器人与智能制造装备", "rb-harmonic")
    assert "目标 1 项" in not_shown(read)
