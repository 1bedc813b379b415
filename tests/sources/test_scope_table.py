import polars as pl
import pytest

from chainmap.errors import InputError
from chainmap.sources.scope_table import count_rows, read_scope_partitions


@pytest.fixture
def table():
    return pl.DataFrame({"企业名称": ["甲", "乙", "丙"], "经营范围": ["芯片", "药品", None]})


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_csv_in_the_encodings_people_have(tmp_path, table, encoding):
    file = tmp_path / "企业.csv"
    file.write_bytes(table.write_csv().encode(encoding))
    (rows,) = read_scope_partitions(file)
    assert rows["name"].to_list() == ["甲", "乙", "丙"]
    assert rows["company"].to_list() == ["1", "2", "3"]
    assert count_rows(file) == 3


def test_partitions_keep_order_and_number_on(tmp_path, table):
    file = tmp_path / "企业.parquet"
    table.write_parquet(file)
    parts = list(read_scope_partitions(file, rows=2))
    assert pl.concat(parts)["company"].to_list() == ["1", "2", "3"]


def test_columns_may_be_named(tmp_path, table):
    file = tmp_path / "a.csv"
    table.rename({"经营范围": "范围", "企业名称": "单位"}).write_csv(file)
    with pytest.raises(InputError, match="找不到"):
        list(read_scope_partitions(file))
    (rows,) = read_scope_partitions(file, {"scope": "范围", "name": "单位"})
    assert rows["scope"].to_list()[0] == "芯片"
    with pytest.raises(InputError, match="没有列"):
        list(read_scope_partitions(file, {"scope": "没有", "name": "单位"}))


def test_what_cannot_be_read_says_so(tmp_path):
    with pytest.raises(InputError, match="没有文件"):
        count_rows(tmp_path / "无.csv")
    odd = tmp_path / "a.docx"
    odd.write_bytes(b"x")
    with pytest.raises(InputError, match="格式"):
        count_rows(odd)
    torn = tmp_path / "a.parquet"
    torn.write_bytes(b"PAR1")
    with pytest.raises(InputError, match="无法读取"):
        count_rows(torn)
