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
    assert error.field == "segments.0.industry_codes.0"
    assert "industry_codes" in IC.splitlines()[error.line - 1]
    assert "73" in str(error) and "引号" in error.todo


def test_an_unknown_field_is_refused():
    error = broken("definition: 抛光的硅圆片。", "definitoin: 抛光的硅圆片。")
    assert "segments.0." in error.field


def test_a_bare_no_is_not_text():
    assert "segments.0.name" in broken("name: 硅片", "name: no").field


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
