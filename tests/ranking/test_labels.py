import datetime as dt

import polars as pl
import pytest

from chainmap.ranking.kept_out import kept_out_reason, load_kept_out
from chainmap.ranking.labels import (
    LabelSet,
    branch_labels,
    landing_labels,
    presence_labels,
    site_labels,
    together,
)
from chainmap.sources.companies import load_companies
from chainmap.sources.places import load_cities

CITIES, RULES = load_cities(), load_kept_out()


def reasons(found: LabelSet):
    assert found.n_rows == found.labels.height + found.refused.height
    return found.refused["reason"].to_list()


def register(*rows):
    names = ("name", "province", "city", "founded")
    frame = pl.DataFrame(rows, schema=dict.fromkeys(names, pl.String), orient="row")
    return frame.with_row_index("row", offset=2).with_columns(pl.col("row").cast(pl.Int64))


def test_a_branch_in_another_city_is_a_label_with_the_day_it_was_registered():
    found = branch_labels(
        register(
            ("宁波甲精密机械有限公司", "浙江", "宁波", "1995-03-01"),
            ("宁波甲精密机械有限公司成都分公司", "四川", "成都", "2003-05-06"),
            ("宁波甲精密机械有限公司慈溪分公司", "浙江", "宁波", "2001-01-01"),
            ("乙轴承有限公司西安分公司", "陕西", "西安", "2003-01-01"),
        ),
        CITIES, RULES, "登记",
    )  # fmt: skip
    (label,) = found.labels.to_dicts()
    assert label["firm"] == "宁波甲精密机械有限公司"
    assert (label["from_city"], label["city_code"]) == ("330200", "510100")
    assert (label["date"], label["kind"]) == (dt.date(2003, 5, 6), "branch")
    assert reasons(found) == ["名称不是分支机构", "与总部同城", "没有找到母公司的登记"]


def test_a_parent_name_registered_in_two_cities_is_nobodys():
    found = branch_labels(
        register(
            ("长城甲电机有限公司", "浙江", "宁波", None),
            ("长城甲电机有限公司", "四川", "成都", None),
            ("长城甲电机有限公司西安分公司", "陕西", "西安", None),
        ),
        CITIES, RULES, "登记",
    )  # fmt: skip
    assert found.labels.is_empty()
    assert reasons(found)[-1] == "母公司的名称在几个城市都有登记"


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("某某银行股份有限公司成都分行", "金融"),
        ("某某石油分公司第三加油站", "成品油"),
        ("某市邮政局", "邮政"),
    ],
)
def test_shops_banks_and_stations_are_kept_out(name, kind):
    why = pl.DataFrame({"name": [name]}).select(kept_out_reason(pl.col("name"), RULES)).item()
    assert kind in why


def test_presence_has_no_date_and_the_same_city_is_no_label():
    rows = pl.DataFrame(
        {
            "row": [2, 3, 4, 5],
            "firm_id": ["1.SZ", "1.SZ", "1.SZ", "2.SZ"],
            "name": ["甲电子股份有限公司"] * 3 + ["乙证券股份有限公司"],
            "city": ["深圳市"] * 4,
            "other_city": ["成都市", "深圳市", "不知何处", "成都市"],
        }
    )
    found = presence_labels(rows, CITIES, RULES, "表")
    assert found.labels["date"].to_list() == [None]
    assert reasons(found) == [
        "与总部同城", "所在城市认不出", "按规则不取：金融（名称含“证券”）",
    ]  # fmt: skip


def test_a_ledger_keeps_the_earliest_date_of_a_pair_and_refuses_what_is_no_date():
    rows = pl.DataFrame(
        {
            "row": [2, 3, 4],
            "name": ["甲电子有限公司"] * 3,
            "other_city": ["绍兴市", "绍兴", "湖州市"],
            "date": ["2023-05-18", "2021年3月1日", "明年"],
        }
    )
    found = landing_labels(rows, CITIES, RULES, "台账")
    assert found.labels["date"].to_list() == [dt.date(2021, 3, 1)]
    assert reasons(found) == ["同一企业在该城市已有更早的记录", "日期认不出"]


def test_the_roster_gives_sites_of_groups_and_every_row_is_accounted_for():
    companies = load_companies()
    found = site_labels(companies, RULES, "名录")
    assert found.n_rows == companies["parent_id"].drop_nulls().len()
    assert found.labels.height > 80
    assert set(reasons(found)) <= {"与总部同城", "同一企业在该城市已有更早的记录"}
    assert together([found, found]).height == found.labels.height
