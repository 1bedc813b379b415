from __future__ import annotations

import pytest

from chainmap.chains.library import load_library
from chainmap.concepts.policy import AdminLevel, PolicyExtraction
from chainmap.extraction.reader import extract_document
from chainmap.extraction.refusals import excepts, lists_refused, refuses
from chainmap.sources.policy import PolicySource

_PLACES: dict[str, tuple[str, AdminLevel]] = {
    "江州市": ("990100", "city"), "甲水县": ("990121", "county"), "乙山县": ("990122", "county"),
}  # fmt: skip


def _read(text: str) -> PolicyExtraction:
    source = PolicySource("x.txt", "0" * 64, "txt", text)
    return extract_document(source, load_library().field_vocabulary(), _PLACES)


def _leaves(text: str) -> list[str]:
    return [t.term for t in _read(text).terms if t.role == "leaf"]


@pytest.mark.parametrize(
    "clause",
    [
        "严禁发展光刻胶、靶材等项目",
        "全市不再布局锂电池、显示面板等产业",
        "严格限制水泥、平板玻璃等产业新增产能",
        "推动水泥、电解铝等行业落后产能有序退出",
        "避免盲目建设晶圆制造、存储芯片等项目",
        "不支持乙山县发展印染产业",
        "光刻胶、靶材等项目一律不得引进",
        "对光刻胶、靶材项目不予支持",
        "我市缺乏光刻胶、靶材、电子特种气体等关键材料企业",
    ],
)
def test_what_is_refused_is_no_direction(clause: str) -> None:
    assert refuses(clause)
    found = _read(clause + "。")
    assert (found.boxes, found.terms) == ((), ())


def test_words_that_only_look_like_a_refusal_are_none() -> None:
    assert _leaves("重点发展限制性内切酶、诊断试剂、疫苗。") == ["限制性内切酶", "诊断试剂", "疫苗"]
    both = "不仅发展光刻胶，而且发展包括但不限于靶材、疫苗等产品。"
    assert _leaves(both) == ["光刻胶", "靶材", "疫苗"]
    assert _leaves("重点发展光刻胶(不含g线光刻胶)、靶材。") == ["光刻胶", "靶材"]
    for clause in ("不断提升产业能级", "控制器、控制芯片实现突破", "占比不得低于三成"):
        assert not refuses(clause)
    assert not excepts("除尘设备、脱硫设备")


def test_a_refusal_governs_its_sentence_and_an_exception_only_itself() -> None:
    assert _leaves("严禁新增电解铝、水泥，钢铁、焦化等产能，重点发展光刻胶、靶材。") == [
        "光刻胶",
        "靶材",
    ]
    assert _leaves("除光刻胶、靶材外，重点发展电子特种气体、湿电子化学品。") == [
        "电子特种气体", "湿电子化学品",
    ]  # fmt: skip
    assert _leaves("重点发展光刻胶、靶材，不含电子特种气体。") == ["光刻胶", "靶材"]


def test_a_list_of_what_is_not_wanted_gives_no_item_and_no_term() -> None:
    found = _read(
        "江州市产业规划\n专栏1 产业准入目录\n鼓励类:光刻胶、靶材、电子特种气体。\n"
        "限制类:普通电机、印染设备。\n禁止类:电解铝、水泥、平板玻璃。\n"
        "专栏2 负面清单\n化工:染料、农药、涂料。\n"
    )
    assert [item.name for item in found.items] == ["鼓励类"]
    assert [t.term for t in found.terms if t.role == "leaf"] == ["光刻胶", "靶材", "电子特种气体"]
    section = (
        "江州市产业规划\n一、限制发展领域\n(一)机器人。重点发展减速器、控制器、伺服电机。\n"
        "(二)印染。重点发展退浆设备、染缸。\n"
    )
    assert _read(section).terms == ()
    assert lists_refused("负面清单")
    assert not lists_refused("鼓励类和限制类产业目录")


def test_a_place_that_is_refused_something_is_given_nothing() -> None:
    found = _read(
        "江州市产业规划\n支持甲水县打造全国一流的集成电路产业基地，不支持乙山县发展水泥产业和印染产业。"
    )
    assert [(p.place, p.terms, p.role) for p in found.positions] == [
        ("甲水县", (), "打造全国一流的集成电路产业基地")
    ]


def test_what_is_no_longer_done_is_no_mechanism() -> None:
    found = _read("江州市产业规划\n建立产业准入负面清单制度，严禁违规招商引资，不再编制招商目录。")
    assert [m.category for m in found.mechanisms] == ["准入"]
