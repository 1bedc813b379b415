from __future__ import annotations

import pytest

from chainmap.extraction.listing import Phrase, cut
from chainmap.extraction.phrases import Governor, clauses, read_clause, sentences


def _phrases(text: str, announced: int = 0) -> list[tuple[str, Phrase]]:
    found: list[tuple[str, Phrase]] = []
    for sentence in sentences(text, 0, len(text)):
        last: Governor | None = None
        for clause in clauses(text, sentence):
            lists, last = read_clause(text, clause, last)
            for objects in lists:
                found += [(text[p.start : p.end], p) for p in cut(text, objects, announced)]
    return found


def _leaves(text: str, announced: int = 0) -> list[str]:
    return [word for word, p in _phrases(text, announced) if p.role == "leaf"]


def _contexts(text: str) -> list[str]:
    return [word for word, p in _phrases(text) if p.role == "context"]


@pytest.mark.parametrize(
    ("text", "leaves"),
    [
        # 、 and 和 between things
        ("加快发展焊接机器人、搬运机器人和巡检仪。", ["焊接机器人", "搬运机器人", "巡检仪"]),
        # two nouns with content of their own part, also under one head
        ("发展大型超声影像和检验设备。", ["大型超声影像", "检验设备"]),
        ("研究育种芯片设计与分子标记。", ["育种芯片设计", "分子标记"]),
        # a bare class or deed stays with the noun before it
        ("发展功率芯片及关键部件。", ["功率芯片及关键部件"]),
        ("发展大型压缩机设计与制造。", ["大型压缩机设计与制造"]),
        # a head of its own on the left parts the pair
        ("发展新一代显示驱动芯片及高端面板材料。", ["新一代显示驱动芯片", "高端面板材料"]),
        # functions in a 、 list stand alone, plain deeds lean on the noun before them
        ("开发海量日志采集、检索、分析等软件。", ["海量日志采集", "检索", "分析"]),
        ("发展风电叶片研发、生产。", ["风电叶片研发、生产"]),
        # qualities belong to the noun after them
        ("发展高效率、长寿命、低成本电池片、硅片。", ["高效率、长寿命、低成本电池片", "硅片"]),
        # before 等 and a noun each stands for a kind of it
        ("加快发展高收缩、抗菌、阻燃等纤维。", ["高收缩", "抗菌", "阻燃"]),
        # X的Y is Y
        ("开发港口调度的智能管控系统。", ["智能管控系统"]),
        # 等 with a general tail
        ("重点突破刻蚀机、镀膜机等关键装备。", ["刻蚀机", "镀膜机"]),
        # relative clauses go
        ("支持具有自主知识产权的操作系统、数据库的研发。", ["操作系统", "数据库"]),
        ("发展面向车间、矿山所需的嵌入式软件、控制软件。", ["嵌入式软件", "控制软件"]),
        # what is done with the thing goes
        ("推动氢燃料电池的研发和产业化。", ["氢燃料电池"]),
        ("推进5G射频技术研发。", ["5G射频技术"]),
        ("开展数字孪生技术的应用推广。", ["数字孪生技术"]),
        # where it leads
        ("推进机床产业向五轴机床、磨齿机方向发展。", ["机床产业", "五轴机床", "磨齿机"]),
        ("推动纺织装备向智能化、绿色化发展。", ["纺织装备"]),
        # aims, institutions and qualities are no directions
        ("提升产业创新能力,打造国内一流的产业基地。", []),
        ("引进培育研发中心、设计机构等。", []),
        # a clause without a verb goes on under the last one
        ("发展光伏逆变器、储能变流器,智能电表、柔性开关等产品。",
         ["光伏逆变器", "储能变流器", "智能电表", "柔性开关"]),
        # in ... break through
        ("重点在谐波减速器、控制器等方面有所突破。", ["谐波减速器", "控制器"]),
        # glosses stay with the term
        ("发展微机电系统(MEMS)、双极晶体管(IGBT)等。",
         ["微机电系统(MEMS)", "双极晶体管(IGBT)"]),
        # 等离子 is no 等
        ("突破等离子体刻蚀技术、原子层沉积技术。", ["等离子体刻蚀技术", "原子层沉积技术"]),
        ("推动光刻胶、靶材国产化替代。", ["光刻胶", "靶材"]),
    ],
)  # fmt: skip
def test_terms_are_cut_right(text: str, leaves: list[str]) -> None:
    assert _leaves(text) == leaves


def test_an_announced_number_keeps_the_titles_whole() -> None:
    text = "人工智能及产业化、新型显示与应用、农业装备与器械"
    assert _leaves(text, 3) == ["人工智能及产业化", "新型显示与应用", "农业装备与器械"]
    assert _leaves("部署网络空间主动防御、可信数据计算两个方向。") == [
        "网络空间主动防御", "可信数据计算",
    ]  # fmt: skip


def test_where_a_thing_is_used_is_context() -> None:
    text = "加快机器视觉在汽车制造、仓储物流等领域的应用。"
    assert _leaves(text) == ["机器视觉"]
    assert _contexts(text) == ["汽车制造", "仓储物流"]


def test_a_tool_is_context_and_what_it_serves_is_the_leaf() -> None:
    text = "综合应用遥感、边缘计算等技术,打造智慧渔港平台。"
    assert _leaves(text) == ["智慧渔港平台"]
    assert _contexts(text) == ["遥感", "边缘计算"]


def test_fields_of_counted_places_are_leaves() -> None:
    assert _leaves("培育6个以缝制设备、童装为重点的产业基地。") == ["缝制设备", "童装"]


def test_what_a_means_is_for_is_context() -> None:
    assert _contexts("围绕水稻、茶叶、水产等主导产业,开展分子育种研究。") == [
        "水稻",
        "茶叶",
        "水产",
    ]
    text = "加强对流感、肺结核等疾病的预防、早期筛查、疫苗研发的研究。"
    assert "流感" in _contexts(text)
    assert "流感" not in _leaves(text)


def test_a_special_tail_of_a_list_is_a_group() -> None:
    groups = [
        w for w, p in _phrases("发展抗体、疫苗、重组蛋白药物等生物技术药物。") if p.role == "group"
    ]
    assert groups == ["生物技术药物"]


def test_the_governing_verb_is_kept_with_its_place() -> None:
    text = "超前布局类脑计算,加快突破伺服电机、减速器。"
    verbs = dict(_phrases(text))
    assert verbs["类脑计算"].verb == "超前布局"
    span = verbs["减速器"].verb_span
    assert span is not None
    assert text[span.start : span.end] == verbs["减速器"].verb == "突破"


def test_steps_of_a_chain_carry_their_stage() -> None:
    found = _phrases("做大传感芯片设计、封装、测试等上下游产业。")
    assert [(w, p.stage) for w, p in found] == [
        ("传感芯片设计", "upstream"), ("封装", "midstream"), ("测试", "midstream"),
    ]  # fmt: skip
