import datetime as dt

import pytest

from chainmap.cli.targets_data import read_target_data
from chainmap.cli.targets_folder import Role
from chainmap.errors import InputError
from chainmap.reports.landing_template import write_landing_template
from tests.shared_data import SHARED_DATA, needs_shared

FIRMS = """ts_code,公司名称,name,城市,成立日期,员工数,主营业务,sw1
600703.SH,三安光电股份有限公司,三安光电,厦门市,19930301,900,芯片制造,电子
000333.SZ,美的集团股份有限公司,美的集团,佛山市,20000407,9000,家电制造,家用电器
300014.SZ,惠州亿纬锂能股份有限公司,亿纬锂能,惠州市,20011224,800,锂电池制造,电力设备
600699.SH,宁波均胜电子股份有限公司,均胜电子,宁波市,19920807,700,汽车电子,汽车
600000.SH,上海浦东发展银行股份有限公司,浦发银行,上海市,19921019,600,存贷款,银行
"""
PRESENCE = """ts_code,firm,reg_city,other_city
600703.SH,三安光电股份有限公司,厦门市,泉州市
000333.SZ,美的集团股份有限公司,佛山市,合肥市
600000.SH,上海浦东发展银行股份有限公司,上海市,成都市
"""


def folder(tmp_path, **tables):
    """A folder with firms, three undated sites, and further tables by name."""
    for name, text in {"firms.csv": FIRMS, "presence.csv": PRESENCE, **tables}.items():
        if text is not None:
            (tmp_path / name).write_text(text, "utf-8")
    return tmp_path


def roles(read):
    return {file.name: file.role.value for file in read.folder.files}


def ledger(tmp_path, *rows, headings="ts_code,firm,other_city,date"):
    """What became of the rows of a ledger: firms and cities of those used, else the reasons."""
    text = "\n".join([headings, *rows])
    read = read_target_data(folder(tmp_path, **{"ledger.csv": text}))
    (one,) = read.ledgers()
    assert one.n_rows == one.rows.height == len(rows)
    used = one.rows.filter(one.rows["reason"].is_null())
    return used.select("firm_id", "city_code", "date").rows(), one.not_used


def test_a_table_of_events_does_not_take_the_place_of_the_presences(tmp_path):
    """It came first by name, and was read instead of them without a word."""
    alone = read_target_data(folder(tmp_path)).known.labels
    events = "ts_code,firm,other_city,moment\n300014.SZ,亿纬锂能,温州市,2018\n"
    events += "600703.SH,三安光电,泉州市,2019\n"
    read = read_target_data(folder(tmp_path, **{"events.csv": events}))
    pairs = read.known.labels.select("firm_id", "city_code").rows()
    assert set(alone.select("firm_id", "city_code").rows()) < set(pairs)
    assert ("300014.SZ", "330300") in pairs and len(pairs) == alone.height + 1
    assert roles(read) == {
        "firms.csv": "universe", "presence.csv": "presence", "events.csv": "presence",
    }  # fmt: skip
    said = "\n".join(read.lines())
    assert "events.csv：读作外地布局（无日期），2 行，用 2 行。没有认出的列：moment。" in said
    assert "presence.csv：读作外地布局（无日期），3 行，用 1 行" in said
    assert "同一企业在该城市已由前面的表给出 1" in said and "按规则不取：金融 1" in said


@pytest.mark.parametrize("heading", ["year", "年份", "年度", "落地年份"])
def test_a_year_alone_dates_a_ledger(tmp_path, heading):
    used, left = ledger(
        tmp_path, "300014.SZ,亿纬锂能,温州市,2018", headings=f"ts_code,firm,other_city,{heading}"
    )
    assert used == [("300014.SZ", "330300", dt.date(2018, 12, 31))] and not left


def test_every_row_of_a_ledger_is_used_or_left_out_with_its_reason(tmp_path):
    used, left = ledger(
        tmp_path,
        "600703,,绍兴,2013-05-06",
        "600703.SH,,绍兴市,2014/7/1",
        "sh600703,,330100,2018",
        ",美的集团,绍兴市上虞区,2016-06-01",
        ",没有这家公司,丽水,2012-06-01",
        "600699,,宁波,2014-05-05",
        "600000.SH,,绍兴,2022-01-01",
        "300014,,衢州,2021-02-29",
        "300014,,无名市,2021-02-09",
        "000333,,丽水,2099-06-01",
        "000333,,湖州,",
        ",,湖州,2015",
    )
    assert [(firm, city) for firm, city, _ in used] == [
        ("600703.SH", "330600"), ("600703.SH", "330100"), ("000333.SZ", "330600"),
    ]  # fmt: skip
    assert left == dict.fromkeys(
        (
            "同一企业在该城市已有更早的记录", "企业不在总体中", "与总部同城", "按规则不取：金融",
            "日期认不出", "所在城市认不出", "年份还没有到，或早于一切资料", "没有日期",
            "没有企业代码或名称",
        ), 1,
    )  # fmt: skip


def test_a_ledger_of_codes_alone_and_the_filled_template_are_read(tmp_path):
    import openpyxl

    file = tmp_path / "台账.xlsx"
    write_landing_template(file)
    book = openpyxl.load_workbook(file)
    book.worksheets[0].append(["亿纬锂能", None, None, "温州", "2018-05-05"])
    book.save(file)
    codes = "股票代码,落地城市,落地日期\n600703.SH,绍兴,2013-05-06\n"
    read = read_target_data(folder(tmp_path, **{"codes.csv": codes}))
    assert [one.file.name for one in read.ledgers()] == ["codes.csv", "台账.xlsx"]
    assert {("600703.SH", "330600"), ("300014.SZ", "330300")} <= set(
        read.dated.select("firm_id", "city_code").rows()
    )
    assert ("300014.SZ", "330300") not in read.known.labels.select("firm_id", "city_code").rows()


def test_the_same_landing_in_two_ledgers_is_asked_about_once(tmp_path):
    rows = "ts_code,other_city,date\n300014,温州,2018\n"
    read = read_target_data(folder(tmp_path, **{"a.csv": rows, "b.csv": rows}))
    assert [one.not_used for one in read.ledgers()] == [
        {}, {"同一企业在该城市已由前面的表给出": 1},
    ]  # fmt: skip


def test_a_ledger_teaches_where_no_other_table_of_sites_is_there(tmp_path):
    rows = "ts_code,other_city,date\n300014,温州,2018\n"
    read = read_target_data(folder(tmp_path, **{"presence.csv": None, "ledger.csv": rows}))
    assert ("300014.SZ", "330300") in read.known.labels.select("firm_id", "city_code").rows()
    assert "也作外地布局（没有另外的布局表）" in "\n".join(read.lines())


def test_the_bundled_ledger_is_known_by_share_codes_with_their_exchange(tmp_path):
    """三安光电 stands in it in 鄂州; six digits alone may be a table's own numbers."""
    for code, known in (
        ("600703.SH", True), ("sh600703", True), ("SH.600703", True), ("600703", False),
        ("600703.SZ", False),
    ):  # fmt: skip
        firms = FIRMS.replace("600703.SH", code)
        read = read_target_data(folder(tmp_path, **{"firms.csv": firms}))
        pairs = read.noted.select("firm_id", "city_code").rows()
        assert ((code, "420700") in pairs) == known, code
        assert (
            (code, "420700") in read.known.labels.select("firm_id", "city_code").rows()
        ) == known
        there = read.dated.filter(read.dated["city_code"] == "420700")
        assert there["kind"].to_list() == ["landing"] * known


def test_two_tables_of_firms_are_refused_by_name(tmp_path):
    with pytest.raises(InputError, match=r"2 张企业总体的表：again\.csv、firms\.csv"):
        read_target_data(folder(tmp_path, **{"again.csv": FIRMS}))


def test_what_is_not_used_is_named_with_the_reason(tmp_path):
    (tmp_path / "more").mkdir()
    unused = {
        "more/held.csv": PRESENCE, "goods.csv": "code,product\n1,铁\n",
        "nearly.csv": FIRMS.replace("员工数", "人手"), "people.csv": "企业名称,城市\n甲,绍兴\n",
        "~$台账.csv": PRESENCE,
    }  # fmt: skip
    read = read_target_data(folder(tmp_path, **unused))
    why = {file.name: file.why for file in read.folder.of(Role.UNUSED)}
    assert why == {
        "more/held.csv": "在子文件夹里，那里只读 Parquet", "goods.csv": "没有企业一列",
        "nearly.csv": "像企业总体，缺列：公司员工数、员工人数、员工数",
        "people.csv": "没有外地城市一列，也不是企业总体",
    }  # fmt: skip
    assert "未用：people.csv（没有外地城市一列，也不是企业总体）。" in read.lines()
    records = {one["file"]: one for one in read.records()}
    assert records["goods.csv"] == {
        "file": "goods.csv", "read_as": "unused", "why": "没有企业一列",
    }  # fmt: skip
    assert records["presence.csv"]["not_used"] == {"按规则不取：金融": 1}


@needs_shared
def test_the_shared_data_give_the_labels_the_released_model_was_trained_on():
    read = read_target_data(SHARED_DATA)
    kinds = dict(read.known.labels["kind"].value_counts().iter_rows())
    assert kinds == {"presence": 1102, "subsidiary": 93, "landing": 493}
    assert read.known.stated.sum() == 1195
    used = {one["file"]: one.get("used") for one in read.records() if one["read_as"] != "unused"}
    assert used == {
        "listed_firms.csv": 6191, "firm_other_city_presence.csv": 1102,
        "registrations/registrations_1978_2004.parquet": None,
    }  # fmt: skip
