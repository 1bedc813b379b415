from __future__ import annotations

from chainmap.extraction.boxes import Layout, layout_of
from chainmap.extraction.repair import Clean, repair
from chainmap.extraction.sections import sections_of


def _layout(text: str) -> tuple[Clean, Layout]:
    clean = repair(text)
    return clean, layout_of(clean, sections_of(clean))


def test_a_zhuanlan_runs_to_the_next_numbered_heading() -> None:
    text = (
        "1.发展机器人。加快布局。\n专栏 2     机器人重点领域\n整机:发展焊接机器人。\n"
        "部件:突破减速器。\n2.建设平台。完善机制。"
    )
    clean, layout = _layout(text)
    box = next(p for p in layout.parts if p.kind == "zhuanlan")
    assert (box.label, box.title) == ("专栏2", "机器人重点领域")
    assert clean.text[box.start : box.end].endswith("突破减速器。")


def test_a_table_mark_closes_a_zhuanlan() -> None:
    text = (
        "专栏1:新材料\n纳米材料。发展纳米粉体。\n纤维。发展碳纤维。 |\n支持企业引进人才,完善服务。"
    )
    clean, layout = _layout(text)
    assert clean.text[layout.parts[0].start : layout.parts[0].end].endswith("碳纤维。")


def test_numbering_opened_inside_a_box_stays_inside() -> None:
    text = (
        "(一)技术攻关。推进攻关。\n专栏1 机器人\n1.部件。突破减速器、轴承。\n"
        "2.整机。发展协作机器人。\n(二)平台。建设平台。"
    )
    clean, layout = _layout(text)
    assert clean.text[layout.parts[0].start : layout.parts[0].end].endswith("协作机器人。")


def test_key_areas_in_a_running_paragraph() -> None:
    text = (
        "1.高端装备\n重点领域:(1)机床。重点发展五轴机床、磨床。"
        "(2)电机。发展高速电机、伺服电机。\n2.其他"
    )
    _, layout = _layout(text)
    assert [(p.kind, p.title) for p in layout.parts] == [("key_area", "高端装备")]


def test_sections_that_name_fields_are_key_areas() -> None:
    text = (
        "二、重点产业领域\n(一)集成电路。重点发展光刻胶、电子特气。\n"
        "(二)生物医药。加快发展抗体药物、疫苗。\n三、保障措施\n(一)加强领导。建立机制。"
    )
    _, layout = _layout(text)
    assert [(p.kind, len(p.areas)) for p in layout.parts] == [("key_area", 2)]


def test_a_paragraph_that_lists_fields_is_an_enumeration_and_a_focus_is_a_lead() -> None:
    text = (
        "构建以元宇宙、量子信息、柔性电子、先进能源、脑机接口等领域为重点的未来产业体系。\n"
        "实验室聚焦智能计算、智能感知、智能网络、智能系统等方向,开展研究。"
    )
    _, layout = _layout(text)
    assert [p.kind for p in layout.parts] == ["enumeration", "lead"]


def test_a_sentence_that_mentions_a_box_is_no_box() -> None:
    _, layout = _layout("专栏3所列项目由市发改委组织实施,各地要加强保障。")
    assert not [p for p in layout.parts if p.kind == "zhuanlan"]


def test_a_shape_nobody_knows_is_reported() -> None:
    _, layout = _layout("本办法自发布之日起施行。")
    assert [d.kind for d in layout.damage] == ["unknown_layout"]


def test_a_table_of_another_shape_is_reported() -> None:
    rows = "".join(f"产业{i} |\n链主企业{i} |\n" for i in range(5))
    _, layout = _layout("正文如下,请按照要求组织实施,并做好信息报送和监督检查工作。\n" + rows)
    assert any("不是认识的形状" in d.note for d in layout.damage)
