import shutil

import pytest

from chainmap import resources
from chainmap.chains.reader import read_taxonomy
from chainmap.cli.company_review import review_companies
from chainmap.cli.doctor import checks
from chainmap.errors import CurationError
from chainmap.pipeline import load_world
from chainmap.sources.companies import load_companies, read_roster, roster_faults

FILE = "data/companies/quantum.csv"
GOOD = "zz-test,测试量子有限公司,测试量子,,330100,2015,,量子计算机,qt-x:make,,gsxt,,"


@pytest.fixture
def roster_file(tmp_path, monkeypatch):
    """The bundled data in a folder of its own; gives a writer of a last row of a roster file."""
    root = resources.root()
    for folder in ("data", "taxonomy"):
        shutil.copytree(root / folder, tmp_path / folder)
    monkeypatch.setattr(resources, "root", lambda: tmp_path)
    file = tmp_path / FILE
    line = len(file.read_text(encoding="utf-8").splitlines()) + 1
    read_roster.cache_clear()
    load_world.cache_clear()

    def write(row, encoding="utf-8"):
        text = file.read_text(encoding="utf-8") + row + "\n"
        file.write_bytes(text.encode(encoding))
        return line

    yield write
    read_roster.cache_clear()
    load_world.cache_clear()


def test_the_bundled_roster_has_no_fault():
    roster, faults = roster_faults()
    assert faults == [] and roster.equals(read_roster())
    assert load_companies().height == roster.height


@pytest.mark.parametrize(
    ("old", "new", "field", "said"),
    [
        (",2015,", ",二〇一五,", "founded_year", "不是年份"),
        (",2015,", ",1200,", "founded_year", "不是年份"),
        ("gsxt,", "gsxt,,", "", "有 14 格，应为 13 格"),
        ("gsxt,,", "gsxt,nobody,", "parent", "没有企业 nobody 可作母公司"),
        ("测试量子,", '"测试量子,', "", "引号没有成对"),
        ("测试量子,,", "测试量子,688027,", "stock_code", "688027"),
        ("330100", "339900", "city_code", "没有行政区划代码为 339900 的城市"),
        ("330100", "", "city_code", "不能为空"),
        ("量子计算机", "", "products", "不能为空"),
        ("量子计算机", "、", "products", "不能为空"),
        ("qt-x:make", "", "segments", "不能为空"),
        ("zz-test", "ZZ test", "id", "ZZ test"),
    ],
)
def test_a_bad_row_is_named_with_file_line_and_field(roster_file, old, new, field, said):
    assert old in GOOD
    line = roster_file(GOOD.replace(old, new, 1))
    with pytest.raises(CurationError, match=said) as caught:
        read_roster()
    error = caught.value
    assert (error.file, error.line, error.field) == (FILE, line, field) and error.todo
    shown = {check.name: check for check in checks()}
    assert not shown["分类与名录"].ok and said in shown["分类与名录"].found


def test_a_file_in_another_encoding_is_named(roster_file):
    roster_file(GOOD, "gb18030")
    with pytest.raises(CurationError, match="UTF-8") as caught:
        read_roster()
    assert caught.value.file == FILE and caught.value.line >= 1
    assert not any(check.ok for check in checks() if check.name in ("数据", "分类与名录"))


def test_a_company_twice_names_both_places(roster_file):
    row = read_roster().row(0, named=True)
    read_roster.cache_clear()
    roster_file(GOOD.replace("测试量子有限公司", row["full_name"]))
    with pytest.raises(CurationError, match=f"{row['file']}:{row['line']}"):
        read_roster()


def test_the_review_covers_segments_and_roles(roster_file):
    line = roster_file(GOOD.replace("qt-x:make", "qt-x:make;ic-ald:own;ic-ald"))
    found = [f for f in review_companies(read_taxonomy()).findings if f.line == line]
    assert {f.rule for f in found} >= {"placement"}
    assert [f.message for f in found if f.rule == "placement"] == [
        "没有环节 qt-x",
        "没有角色 own",
        "ic-ald 没有角色",
    ]


def test_the_review_lists_every_bad_row_once(roster_file):
    roster_file(GOOD.replace("2015", "x").replace("qt-x", "ic-ald"))
    (finding,) = review_companies(read_taxonomy()).findings
    assert (finding.rule, finding.field) == ("roster", "founded_year")
