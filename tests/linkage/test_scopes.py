import polars as pl
import pytest

from chainmap.chains.library import load_library
from chainmap.linkage.scopes import HIGH_CONFIDENCE, place_partition, segment_placements


def placed(scope, name="甲乙有限公司"):
    return place_partition(pl.DataFrame({"company": ["1"], "name": [name], "scope": [scope]}))


def roles(scope, name="甲乙有限公司"):
    order = ["make", "rd", "serve", "trade"]
    found = {}
    for row in placed(scope, name).iter_rows(named=True):
        best = found.get(row["chain_id"], "trade")
        found[row["chain_id"]] = min(best, row["role"], key=order.index)
    return found


IC, RB, NM = "integrated-circuits", "robotics", "new-materials"
BM, AS, QT = "biomedicine", "aerospace", "quantum"


@pytest.mark.parametrize(
    ("scope", "wanted"),
    [
        ("生产、销售减速机、齿轮；房屋出租", {RB: "make"}),
        ("集成电路的研发、生产、销售", {IC: "make"}),
        ("集成电路的研发、销售", {IC: "rd"}),
        ("半导体芯片、五金的批发、零售", {IC: "trade"}),
        ("医疗器械的维修及技术服务", {BM: "serve"}),
        ("销售：机器人，五金；数控机床维修", {RB: "serve"}),
        ("塑料制品制造，减速机销售", {RB: "trade"}),
        ("机械的研发，销售减速机", {RB: "trade"}),
        ("碳纤维、芳纶，制造，加工，销售。", {NM: "make"}),
        ("从事机器人技术领域内的技术开发、技术咨询", {RB: "rd"}),
        ("医疗器械；中成药；化学药制剂批发", {BM: "trade"}),
        ("技术服务：【无人机、飞机零部件】；销售五金", {AS: "serve"}),
        ("集成电路（混合）的生产", {IC: "make"}),
        ("量子通信设备研发", {QT: "rd"}),
        ("航空器材的售后服务", {AS: "serve"}),
    ],
)
def test_the_verb_decides_the_role(scope, wanted):
    assert roles(scope) == wanted


@pytest.mark.parametrize(
    "scope",
    [
        "化工产品（不含药品）销售",
        "通信设备（卫星定位系统、医疗器械除外）的生产",
        "零售百货，不含药品、医疗器械；物业管理",
        "（国家禁止经营的芯片及机器人）销售百货",
        "保健食品（片剂、胶囊剂）生产",
        "医疗器械除外的百货零售",
        "办公自动化设备、楼宇自动化系统的销售",
        "集成电路板加工、集成吊顶制造",
        "代售飞机票；航空货运代理",
        "太阳能电池芯片制造；玩具机器人销售",
        "对机器人产业的投资",
        "无",
    ],
)
def test_what_is_excluded_or_only_looks_alike_is_not_placed(scope):
    assert roles(scope) == {}


def test_a_list_without_verbs_takes_the_role_of_the_name():
    assert roles("减速机、齿轮", "某某机械厂") == {RB: "make"}
    assert roles("减速机、齿轮", "某某商贸有限公司") == {RB: "trade"}
    assert roles("中成药、生化药品", "某某药店") == {BM: "trade"}
    assert placed("减速机、齿轮", "某某机械厂")["confidence"][0] < HIGH_CONFIDENCE


def test_veterinary_drugs_count_only_where_they_are_made():
    assert roles("兽药生产") == {BM: "make"}
    assert roles("兽药、饲料零售") == {}


def test_an_aside_in_a_long_list_keeps_its_label_with_low_confidence():
    goods = "、".join(["五金", "百货", "纸张", "家具"] * 8)
    row = placed(f"{goods}的销售；集成电路设计").row(0, named=True)
    assert (row["chain_id"], row["role"]) == (IC, "rd")
    assert row["confidence"] < HIGH_CONFIDENCE


def test_the_evidence_is_the_span_that_decided():
    scope = "五金；😀工业机器人制造"
    row = placed(scope).row(0, named=True)
    assert scope[row["start"] : row["end"]] == row["evidence"]
    assert row["rule"].startswith("term:rb-articulated/")


def test_chain_level_phrases_do_not_reach_presence():
    rows = placed("半导体、减速机的生产")
    assert rows.filter(pl.col("segment_id").is_null())["chain_id"].to_list() == [IC]
    segments = segment_placements(rows)
    assert segments["segment_id"].to_list() == ["rb-general-reducer"]
    assert set(segments["segment_id"]) <= set(load_library().segments)


def test_nothing_in_nothing_out():
    empty = pl.DataFrame(schema={"company": pl.String, "name": pl.String, "scope": pl.String})
    assert place_partition(empty).is_empty()
    assert placed(None, None).is_empty()
    assert roles("）机器人（（制造") == {RB: "make"}


def test_a_remark_that_ends_in_its_own_verb_needs_none_around():
    assert roles("软件和信息技术服务（信息系统集成、集成电路设计）") == {IC: "rd"}


def test_a_list_without_a_verb_claims_no_more_than_the_verbs_of_its_chain():
    assert roles("芯片；集成电路的销售", "某某电子有限公司") == {IC: "trade"}
    assert roles("中成药；生物医药的研发", "某某药房") == {BM: "rd"}


def test_tools_that_hold_a_verb_govern_nothing():
    assert roles("减速机、计量器具、劳保用品的销售") == {RB: "trade"}
    assert roles("减速机、试验机的生产") == {RB: "make"}
    assert roles("减速机的研制、试验、生产") == {RB: "make"}


def test_what_is_named_to_be_left_out_does_not_count():
    assert roles("美容服务（非医疗美容）；塑料瓶生产（非医药用）") == {}
    assert roles("碳纤维加固施工；卫星定位防盗器销售；航电枢纽建设") == {}


@pytest.mark.parametrize(
    ("scope", "wanted"),
    [
        ("工业自动化工程设计；五金的销售", {RB: "rd"}),
        ("五金的销售；工业自动化工程", {RB: "serve"}),
        ("自动化系统工程的设计、施工；钢材销售", {RB: "rd"}),
        ("机器人技术改造", {RB: "serve"}),
        ("芯片、百货的转口贸易以及进出口贸易", {IC: "trade"}),
        ("减速机生产；货物进出口业务", {RB: "make"}),
        ("（机电一体化、碳纤维）技术开发、咨询、转让；五金零售", {NM: "rd"}),
        ("遥感图像制作与处理", {AS: "serve"}),
        ("减速机、计量标准件、铸造机械的销售", {RB: "trade"}),
        ("无人机的设计、实验、生产", {AS: "make"}),
        ("销售测绘用具、北斗终端", {AS: "trade"}),
        ("医疗诊断、监护及治疗设备制造", {BM: "make"}),
    ],
)
def test_verbs_are_told_from_the_nouns_they_stand_in(scope, wanted):
    assert roles(scope) == wanted


def test_a_list_without_a_verb_among_dealers_goods_is_traded():
    assert roles("减速机、五金交电、钢材、百货") == {RB: "trade"}
    assert roles("减速机、五金交电、钢材、百货", "某某机械厂") == {RB: "make"}
    assert roles("减速机、齿轮、钢材") == {RB: "make"}


def test_research_alone_in_its_sentence_opens_no_list():
    assert roles("技术开发、技术服务；减速机、五金、钢材、百货") == {RB: "trade"}
    assert roles("批发、零售；减速机、齿轮") == {RB: "trade"}


def test_solar_wafers_are_no_semiconductors():
    assert roles("太阳能电池板、硅片的销售") == {}
    assert roles("硅片的销售") == {IC: "trade"}
