import pytest

from chainmap.concepts.chain import Chain
from chainmap.curated import CuratedFile
from chainmap.errors import CurationError
from tests.world import IC


def broken(old, new):
    assert old in IC
    with pytest.raises(CurationError) as caught:
        CuratedFile(IC.replace(old, new, 1), "ic.yml").check(Chain)
    return caught.value


def test_a_good_file_is_read():
    assert CuratedFile(IC, "ic.yml").check(Chain).segments[0].industry_codes == ("3985",)


def test_an_unquoted_code_is_refused_where_it_stands():
    error = broken('industry_codes: ["3985"]', "industry_codes: [0111]")
    assert error.field == "segments.0(ic-wafer).industry_codes.0"
    assert "industry_codes" in IC.splitlines()[error.line - 1]
    assert "73" in str(error) and "引号" in error.todo


def test_an_unknown_field_is_refused():
    error = broken("definition: 抛光的硅圆片。", "definitoin: 抛光的硅圆片。")
    assert "segments.0(ic-wafer)." in error.field


def test_a_bare_no_is_not_text():
    assert "segments.0(ic-wafer).name" in broken("name: 硅片", "name: no").field


def test_a_field_written_twice_is_refused():
    error = broken("name: 硅片\n", "name: 硅片\n    name: 硅圆\n")
    assert "两次" in error.message and IC.splitlines()[error.line - 2] == "    name: 硅片"


def test_broken_yaml_names_the_line():
    with pytest.raises(CurationError, match=r"x\.yml:3"):
        CuratedFile("a: 1\nb: [1, 2\nc: 3\n", "x.yml")


@pytest.mark.parametrize("text", ["", "- a\n", "just text"])
def test_a_file_that_is_no_mapping_is_refused(text):
    with pytest.raises(CurationError, match="顶层"):
        CuratedFile(text, "x.yml")


def test_a_control_character_names_its_line():
    with pytest.raises(CurationError, match=r"x\.yml:2：.*控制字符（U\+0007）"):
        CuratedFile("a: 甲\nb: 乙\x07\n", "x.yml")


@pytest.mark.parametrize(
    "value", ["2018-13-45", "!!bool maybe", "!!int 甲", "!!python/name:os.x a"]
)
def test_a_value_that_cannot_be_is_named_with_its_line(value):
    with pytest.raises(CurationError, match=r"x\.yml:2"):
        CuratedFile(f"a: 1\npublished: {value}\n", "x.yml")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("terms: [抛光硅片]", "terms: 抛光硅片", "应为列表"),
        ("definition: 抛光的硅圆片。", "definition: [甲]", "应为文字"),
        ("    kind: service", "    kind: shop", "product、service"),
        ('industry_codes: ["3985"]', 'industry_codes: ["39"]', "四位数字"),
        ("    definition: 抛光的硅圆片。\n", "", "缺少必填字段"),
        ("terms: [抛光硅片]", "terms: [硅]", "至少 2 个字"),
    ],
)
def test_what_is_wrong_is_said_in_chinese(old, new, said):
    message = broken(old, new).message
    assert said in message and "should" not in message and "valid" not in message


@pytest.mark.parametrize(
    ("text", "said"),
    [("a: [1\nb: 2\n", "方括号"), ("a: b: c\n", "冒号"), ("a: '1\n", "引号"), ("a: @b\n", "开头")],
)
def test_broken_yaml_is_explained_in_chinese(text, said):
    with pytest.raises(CurationError, match=said):
        CuratedFile(text, "x.yml")
