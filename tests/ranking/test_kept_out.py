"""What is kept out of the labels: by the firm's trade, and by words that do not hit other names."""

import polars as pl
import pytest

from chainmap.ranking.kept_out import kept_out_reason, load_kept_out, with_trades
from chainmap.ranking.labels import presence_labels
from chainmap.sources.places import load_cities

RULES = load_kept_out()


def why(name, *trades):
    frame = pl.DataFrame({"name": [name]}).with_columns(
        pl.lit(trade, pl.String).alias(f"trade {i}") for i, trade in enumerate(trades)
    )
    columns = [pl.col(f"trade {i}") for i in range(len(trades))]
    return frame.select(kept_out_reason(pl.col("name"), RULES, columns)).item()


@pytest.mark.parametrize(
    ("trades", "said"),
    [
        (("证券Ⅲ", "证券Ⅱ", "非银金融"), "按规则不取：金融（行业“非银金融”）"),
        (("城商行Ⅲ", "城商行Ⅱ", "银行"), "按规则不取：金融（行业“银行”）"),
        (("百货", "一般零售", "商贸零售"), "按规则不取：零售餐饮（行业“一般零售”）"),
        (("线下药店", "医药商业", "医药生物"), "按规则不取：零售餐饮（行业“线下药店”）"),
        (("电信运营商", "通信服务", "通信"), "按规则不取：电信运营（行业“电信运营商”）"),
        (("油品石化贸易", "炼化及贸易"), "按规则不取：成品油与燃气销售（行业“油品石化贸易”）"),
        (("快递", "物流", "交通运输"), "按规则不取：邮政快递（行业“快递”）"),
        (("货币金融服务", None), "按规则不取：金融（行业“货币金融服务”）"),
        (("J6621", None), "按规则不取：金融（行业“J6621”）"),
        (("5299",), "按规则不取：零售餐饮（行业“5299”）"),
    ],
)  # fmt: skip
def test_a_trade_keeps_a_firm_out_whatever_it_is_called(trades, said):
    assert why("东方甲信息股份有限公司", *trades) == said


@pytest.mark.parametrize(
    "trades",
    [
        ("通信网络设备及器件", "通信设备", "通信"),
        ("炼油化工", "炼化及贸易", "石油石化"),
        ("医药流通", "医药商业", "医药生物"),
        ("住宅开发", "房地产开发", "房地产"),
        ("仓储物流", "物流", "交通运输"),
        ("C3962", None),
        ("C2651", "526X"),
        (None, None),
    ],
)
def test_makers_and_trade_between_firms_stay(trades):
    assert why("东方甲信息股份有限公司", *trades) is None


@pytest.mark.parametrize(
    "name",
    [
        "广东某铁通达高铁装备股份有限公司",
        "浙江安吉通用电力发展有限公司",
        "某都餐饮设备股份有限公司",
        "温州某眼镜配件厂",
        "某金融街控股股份有限公司",
        "某金融设备有限公司",
        "某海石油化工股份有限公司",
    ],
)
def test_a_word_inside_another_name_does_not_count(name):
    assert why(name) is None


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("中国铁通集团有限公司某某分公司", "中国铁通"),
        ("某某银行股份有限公司成都分行", "银行"),
        ("某餐饮设备有限公司餐饮分公司", "餐饮"),
        ("某县金融服务公司", "金融"),
    ],
)
def test_a_name_that_says_the_business_is_still_kept_out(name, word):
    assert why(name).endswith(f"（名称含“{word}”）")


def test_every_group_says_why_and_no_trade_stands_twice():
    trades = [trade for group in RULES.groups for trade in group.trades]
    assert len(trades) == len(set(trades)) and all(len(g.why) > 20 for g in RULES.groups)
    assert "房地产" not in "".join(trades)


def test_labels_are_kept_out_by_the_table_of_firms():
    rows = pl.DataFrame({
        "row": [2, 3, 4], "firm_id": ["1", "2", "3"], "name": ["甲信息", "华铁通达装备", "丙财富"],
        "other_city": ["绍兴市"] * 3, "sector": [None, None, "银行"],
    })  # fmt: skip
    firms = pl.DataFrame({
        "firm_id": ["1", "1", "2", None], "industry": ["多元金融", "半导体", "轨交设备Ⅱ", "银行"],
        "sector": ["非银金融", "电子", "机械设备", "银行"],
    })  # fmt: skip
    told = with_trades(rows, firms)
    assert told["sector"].to_list() == ["非银金融", "机械设备", "银行"]
    found = presence_labels(told, load_cities(), RULES, "表")
    assert found.labels["firm_id"].to_list() == ["2"]
    assert found.refused["reason"].to_list() == [
        "按规则不取：金融（行业“非银金融”）",
        "按规则不取：金融（行业“银行”）",
    ]
    before = presence_labels(rows, load_cities(), RULES, "表")
    assert before.labels.height == 2
