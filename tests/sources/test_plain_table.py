import polars as pl
import pytest

from chainmap.errors import InputError
from chainmap.sources.plain_table import headings_of, read_columns, read_plain_table

TEXT = "企业,城市\n甲公司,绍兴\n乙公司,\n"
ROWS = [("甲公司", "绍兴"), ("乙公司", None)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_a_table_comes_out_the_same_in_any_encoding(tmp_path, encoding, delimiter):
    file = tmp_path / "a.csv"
    file.write_bytes(TEXT.replace(",", delimiter).encode(encoding))
    assert read_plain_table(file).rows() == ROWS
    assert headings_of(file) == ["企业", "城市"]


def test_parquet_comes_out_as_text(tmp_path):
    file = tmp_path / "a.parquet"
    pl.DataFrame({"企业": ["甲公司"], "人数": [3]}).write_parquet(file)
    assert read_plain_table(file).rows() == [("甲公司", "3")]
    assert headings_of(file) == ["企业", "人数"]


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.csv", b"", "是空文件"),
        ("a.csv", "甲,乙\n1,2\n3,4,5\n".encode(), "第 3 行有 3 格，列名只有 2 个"),
        ("a.csv", '甲,乙\n"1,2\n'.encode(), "引号没有成对"),
        ("a.csv", b"PK\x03\x04\0\0\0", "不是文本表格"),
        ("a.parquet", b"PAR1", "不是可以读的 Parquet"),
    ],
)
def test_what_is_no_table_is_told_in_chinese(tmp_path, name, data, said):
    file = tmp_path / name
    file.write_bytes(data)
    with pytest.raises(InputError, match=said) as caught:
        read_plain_table(file)
    assert "Schema" not in str(caught.value) and "parse" not in str(caught.value)


def test_a_folder_and_a_missing_file_are_told_apart(tmp_path):
    with pytest.raises(InputError, match="是文件夹"):
        read_plain_table(tmp_path)
    with pytest.raises(InputError, match="没有文件"):
        read_plain_table(tmp_path / "none.csv")
    assert headings_of(tmp_path / "none.csv") == []


def test_a_column_that_is_missing_is_named_with_those_there_are(tmp_path):
    file = tmp_path / "a.csv"
    file.write_text(TEXT, "utf-8")
    assert read_columns(file, ("城市",)).width == 2
    with pytest.raises(InputError, match="缺少列：代码。现有的列：企业、城市。"):
        read_columns(file, ("企业", "代码"))
