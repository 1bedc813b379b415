import pytest

from chainmap.errors import CurationError, InputError
from chainmap.sources.intake.headings import Mapping, column_names, folded, read_mapping
from chainmap.sources.intake.layout import UnknownLayoutError, find_layout

EXPORTS = {
    "企查查": "企业名称 登记状态 法定代表人 注册资本 成立日期 所属省份 所属区县 电话 更多邮箱 "
    "统一社会信用代码 纳税人识别号 经营范围",
    "天眼查": "公司名称 经营状态 法定代表人 注册资本 实缴资本 所属行业 更多电话 统一社会信用代码 "
    "注册地址 经营范围",
    "国家企业信用信息公示系统": "企业名称 统一社会信用代码 类型 法定代表人 "
    "注册资本 住所 营业期限自 登记机关",
    "统计部门名录": "单位详细名称 统一社会信用代码 行政区划代码 详细地址 行业代码 联系电话",
}  # fmt: skip


@pytest.mark.parametrize("export", EXPORTS)
def test_exports_people_have_are_recognised_below_their_titles(export):
    rows = [["导出时间 2024-05-01", "", ""], [], EXPORTS[export].split(), ["x"] * 12]
    layout = find_layout(rows, "名单", None)
    assert (layout.header_row, layout.export) == (3, export)
    assert layout.fields.count("name") == 1 and "uscc" in layout.fields
    assert layout.fields.count(None) == 0


def test_no_heading_means_two_things():
    names = column_names()
    told = [{folded(alias) for alias in aliases} for aliases in names.columns.values()]
    assert len(set().union(*told)) == sum(map(len, told))
    assert not set().union(*told) & {folded(name) for name in (*names.personal, *names.left_out)}


def test_people_are_personal_whatever_the_heading():
    rows = [["企业名称", "经营范围", "财务负责人姓名", "联系手机2", "企业联系人QQ"]]
    assert find_layout(rows, "名单", None).fields[2:] == ("personal",) * 3


def test_a_unit_in_the_heading_is_kept():
    layout = find_layout([["企业名称", "注册资本（万元）", "地址"]], "名单", None)
    assert layout.units == {"capital": "万"}


def test_an_unknown_layout_carries_a_mapping_that_reads_once_filled_in():
    rows = [["厂家", "编码", "在哪"], ["甲", "1", "乙"]]
    with pytest.raises(UnknownLayoutError) as caught:
        find_layout(rows, "怪表", None)
    assert "厂家" in caught.value.mapping
    filled = caught.value.mapping.replace('  name: ""', '  name: "厂家"')
    layout = find_layout(rows, "怪表", read_mapping(filled, "mapping.yml"))
    assert layout.fields == ("name", "left_out", "left_out")


def test_a_heading_that_may_be_the_name_is_offered_and_nothing_more():
    rows = [["序号", "单位", "地址", "主营产品"], ["1", "甲厂", "绍兴", "齿轮"]]
    with pytest.raises(UnknownLayoutError) as caught:
        find_layout(rows, "怪表", None)
    assert '  name: "单位"' in caught.value.mapping
    layout = find_layout(rows, "怪表", read_mapping(caught.value.mapping, "mapping.yml"))
    assert layout.fields == ("left_out", "name", "address", "main_products")
    of_figures = find_layout([["企业名称", "单位", "地址"]], "表", None)
    assert of_figures.fields == ("name", None, "address")


def test_a_heading_known_as_the_name_is_offered_before_one_that_may_be():
    with pytest.raises(UnknownLayoutError) as caught:
        find_layout([["单位", "厂家", "企业名称", "在哪"]], "怪表", None)
    assert '  name: "企业名称"' in caught.value.mapping


def test_a_mapping_to_edit_names_its_fields_in_chinese():
    with pytest.raises(UnknownLayoutError) as caught:
        find_layout([["厂家", "哪里"]], "怪表", None)
    fields = [line for line in caught.value.mapping.splitlines() if line.startswith("  ")]
    assert len(fields) > 20 and not [line for line in fields if line.rpartition("# ")[2].isascii()]


def test_a_mapping_never_lets_personal_columns_in():
    rows = [["厂家", "电话"]]
    layout = find_layout(rows, "怪表", Mapping(columns={"name": "厂家"}))
    assert layout.fields == ("name", "personal")


def test_a_mapping_that_does_not_fit_says_so():
    with pytest.raises(InputError, match="没有列“厂家”"):
        find_layout([["甲", "乙"]], "怪表", Mapping(columns={"name": "厂家"}))
    with pytest.raises(CurationError, match="没有字段"):
        read_mapping('columns:\n  nme: "厂家"\n', "mapping.yml")


def test_the_exchanges_lists_state_capital_in_ten_thousands_without_a_word_of_it():
    listed = [["ts_code", "公司名称", "注册资金", "setup_date", "list_date"]]
    assert find_layout(listed, "a.csv", None).units == {"capital": "万"}
    stated = [["ts_code", "公司名称", "注册资本（亿元）", "setup_date", "list_date"]]
    assert find_layout(stated, "a.csv", None).units == {"capital": "亿"}
    assert find_layout([["公司名称", "注册资金", "成立日期"]], "a.csv", None).units == {}


def test_a_name_column_alone_is_told_that_another_is_needed():
    rows = [["企业名称", "备注"], ["绍兴壬有限公司", "甲"]]
    with pytest.raises(UnknownLayoutError, match="至少要有企业名称和另一列，如统一社会信用代码、"):
        find_layout(rows, "two.csv", None)
