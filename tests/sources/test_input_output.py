import numpy as np
import pytest

from chainmap.errors import InputError
from chainmap.sources.input_output import read_input_output
from tests.shared_data import SHARED_DATA, needs_shared

SECTORS = "代码,部门名称\n01,甲业\n02,乙业\n03,丙业\n"
MATRIX = ",01,02,03\n01,0.1,0.2,0\n02,0.3,0,0.25\n03,0,0.1,0.05\n"


@pytest.fixture
def read(tmp_path):
    def _read(matrix=MATRIX, sectors=SECTORS, encoding="utf-8"):
        files = tmp_path / "coefficients.csv", tmp_path / "sectors.csv"
        for file, text in zip(files, (matrix, sectors), strict=True):
            file.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
        return read_input_output(*files)

    return _read


def test_a_table_is_read_with_its_sectors_and_is_not_to_be_changed(read):
    table = read()
    assert table.name == "coefficients.csv"
    assert table.sectors == ("甲业", "乙业", "丙业")
    assert table.coefficients.tolist() == [[0.1, 0.2, 0.0], [0.3, 0.0, 0.25], [0.0, 0.1, 0.05]]
    with pytest.raises(ValueError, match="read-only"):
        table.coefficients[0, 0] = 1.0


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_the_encodings_an_office_saves_in(read, encoding):
    assert read(encoding=encoding).sectors == ("甲业", "乙业", "丙业")


def test_rows_and_columns_may_stand_in_any_order(read):
    mixed = ",03,01,02\r\n02,0.25,0.3,0\r\n\r\n01,0,0.1,0.2\r\n03,0.05,0,0.1\r\n"
    assert np.array_equal(read(mixed).coefficients, read().coefficients)


@pytest.mark.parametrize(
    ("matrix", "said"),
    [
        ("", r"coefficients.csv:1：文件为空"),
        (",01,02,02\n", r"csv:1 \[02\]：.*写了两次"),
        (",01,02\n", r"csv:1：.*缺少 03"),
        (",01,02,03,合计\n", r"csv:1：.*多出 合计"),
        (MATRIX.replace("02,0.3", "09,0.3"), r"csv:3：部门代码“09”不在部门表中"),
        (MATRIX.replace("03,0,0.1", "02,0,0.1"), r"csv:4：.*已在第 3 行"),
        (MATRIX[: MATRIX.index("03,0,0.1")], r"不是方阵：缺少部门 03 的行，共 1 行"),
        (MATRIX.replace("0.25", "0.25,9"), r"csv:3：有 4 个系数，应为 3 个"),
        (MATRIX.replace("0.25", "－"), r"csv:3 \[03\]：“－”不是数"),
        (MATRIX.replace("0.25", ""), r"csv:3 \[03\]：“”不是数"),
        (MATRIX.replace("0.25", "-0.25"), r"csv:3 \[03\]：-0.25 不是不小于 0 的数"),
        (MATRIX.replace("0.25", "nan"), r"csv:3 \[03\]：nan 不是不小于 0 的数"),
        (MATRIX.replace("0.3,", "0.95,"), r"\[01\]：直接消耗系数的列和为 1.05，应小于 1"),
        (MATRIX.replace("0.25", '"0.25'), r"csv:3：引号没有成对"),
        (b"\x81\x20\xff\xff", r"既不是 UTF-8 也不是 GB18030"),
    ],
)
def test_a_bad_table_is_refused_with_line_and_column(read, matrix, said):
    with pytest.raises(InputError, match=said):
        read(matrix)


@pytest.mark.parametrize(
    ("sectors", "said"),
    [
        ("序号,部门\n1,甲\n", r"sectors.csv:1：找不到部门代码或部门名称列"),
        ("代码,部门名称\n", r"csv:1：没有任何部门"),
        ("代码,部门名称\n01,甲业\n01,乙业\n", r"csv:3 \[代码\]：部门 01 乙业 重复"),
        ("代码,部门名称\n01,甲业\n02,甲业\n", r"csv:3 \[代码\]：部门 02 甲业 重复"),
        ("代码,部门名称\n01,\n", r"csv:2 \[部门名称\]：代码或名称为空"),
        ("代码,部门名称\n01,甲,乙\n", r"csv:2：有 3 格，应为 2 格"),
    ],
)
def test_a_bad_sector_list_is_refused_with_line_and_column(read, sectors, said):
    with pytest.raises(InputError, match=said):
        read(sectors=sectors)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(InputError, match=r"无法读取 .*none\.csv"):
        read_input_output(tmp_path / "none.csv", tmp_path / "none.csv")


@needs_shared
def test_the_real_table_is_square_and_sums_below_one():
    table = read_input_output(
        SHARED_DATA / "io_direct_coefficients_2020.csv", SHARED_DATA / "io_sectors_2020.csv"
    )
    assert table.coefficients.shape == (153, 153)
    assert table.sectors[93] == "电子元器件"
    assert table.coefficients.sum(axis=0).min() > 0.1
    # rows supply, columns use: grain mills buy from farms, farms hardly from grain mills
    farm, mill = table.sectors.index("农产品"), table.sectors.index("谷物磨制品")
    assert table.coefficients[farm, mill] > 10 * table.coefficients[mill, farm]
