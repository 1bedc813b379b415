import zipfile

import polars as pl
import pytest

from chainmap.errors import InputError
from chainmap.sources.scope_table import open_scope_lists, read_scope_rows
from tests.made_up import code


@pytest.fixture
def table():
    return pl.DataFrame({"企业名称": ["甲厂", "乙厂", "丙厂"], "经营范围": ["芯片", "药品", None]})


def read(tmp_path, *files, named=None):
    found = open_scope_lists(list(files), tmp_path, named)
    parts = list(read_scope_rows(found.lists))
    return (
        pl.concat([p.companies for p in parts], how="diagonal"),
        pl.concat([p.refused for p in parts]),
        found.passed_over,
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_csv_in_the_encodings_people_have(tmp_path, table, encoding):
    file = tmp_path / "企业.csv"
    file.write_bytes(table.write_csv().encode(encoding))
    rows, refused, _ = read(tmp_path, file)
    assert rows["name"].to_list() == ["甲厂", "乙厂", "丙厂"]
    assert rows["company"].to_list() == ["2", "3", "4"]
    assert refused.is_empty()


def test_the_same_headings_as_an_import_and_its_title_rows(tmp_path):
    file = tmp_path / "b.csv"
    lines = ["启信宝 企业查询结果", "导出时间：2024-05-01",
             "企业名称,社会统一信用代码,业务范围,主要产品",
             f"甲机械厂,{code(1).lower()} ,减速机制造,减速机", "乙厂,１２３４,药品零售,",
             "合计,2家,,"]  # fmt: skip
    file.write_text("\n".join(lines), "utf-8")
    rows, refused, _ = read(tmp_path, file)
    assert rows["company"].to_list() == [code(1), "１２３４"]
    assert rows["products"].to_list() == ["减速机", None]
    assert "表尾" in refused["reason"].item() and refused["row"].item() == 6


def test_a_broken_row_is_put_right_or_named(tmp_path):
    file = tmp_path / "a.csv"
    lines = ["企业名称,统一社会信用代码,经营范围",
             f"绍兴甲机械厂,{code(1)},减速机,齿轮制造", f"绍兴乙机械厂,{code(2)}",
             "，，"]  # fmt: skip
    file.write_text("\n".join(lines), "utf-8")
    rows, refused, _ = read(tmp_path, file)
    assert rows["scope"].to_list()[0] == "减速机,齿轮制造"
    assert rows.height + refused.height == 3


def test_a_workbook_parquet_and_their_archive(tmp_path, table):
    table.write_parquet(tmp_path / "c.parquet")
    table.write_excel(tmp_path / "b.xlsx")
    with zipfile.ZipFile(tmp_path / "d.zip", "w") as archive:
        archive.write(tmp_path / "b.xlsx", "b.xlsx")
        archive.writestr("说明.txt.md", "x")
    rows, _, passed_over = read(
        tmp_path, tmp_path / "c.parquet", tmp_path / "b.xlsx", tmp_path / "d.zip"
    )
    assert rows["company"].to_list()[:4] == [
        "c.parquet#1", "c.parquet#2", "c.parquet#3", "b.xlsx#2",
    ]  # fmt: skip
    assert rows.height == 9 and len(passed_over) == 1


def test_columns_may_be_named_and_the_others_are_recognised(tmp_path, table):
    file = tmp_path / "a.csv"
    renamed = table.rename({"经营范围": "范围", "企业名称": "单位"}).with_columns(
        主营业务=pl.lit("减速机"), 名称=pl.lit("别名")
    )
    renamed.write_csv(file)
    with pytest.raises(InputError, match=r"找不到.*--scope-column.*该文件的列：单位、范围"):
        table.rename({"经营范围": "范围", "企业名称": "单位"}).write_csv(tmp_path / "b.csv")
        read(tmp_path, tmp_path / "b.csv", named={"name": "单位"})
    rows, _, _ = read(tmp_path, file, named={"scope": "范围", "name": "单位"})
    assert rows.select("name", "scope", "business").row(0) == ("甲厂", "芯片", "减速机")
    with pytest.raises(InputError, match="没有列“没有”"):
        read(tmp_path, file, named={"scope": "没有", "name": "单位"})


def test_what_cannot_be_read_says_so(tmp_path):
    with pytest.raises(InputError, match="没有文件"):
        read(tmp_path, tmp_path / "无.csv")
    odd = tmp_path / "a.docx"
    odd.write_bytes(b"PK\x03\x04x")
    with pytest.raises(InputError, match="不是可以读的"):
        read(tmp_path, odd)
    torn = tmp_path / "a.parquet"
    torn.write_bytes(b"PAR1")
    with pytest.raises(InputError, match="不是可以读的 Parquet"):
        read(tmp_path, torn)
