from __future__ import annotations

from chainmap.extraction.boxes import layout_of
from chainmap.extraction.items import pieces_of
from chainmap.extraction.repair import repair
from chainmap.extraction.sections import sections_of


def _names(text: str) -> list[str]:
    clean = repair(text)
    parts = layout_of(clean, sections_of(clean)).parts
    return [p.name for i, part in enumerate(parts) for p in pieces_of(clean, i, part)]


def test_names_before_a_colon_one_per_line_or_run_together() -> None:
    text = (
        "专栏1 绿色经济\n储能:发展液流电池。 风电:发展海上风机。 氢能:突破电解槽。\n"
        "光伏:发展钙钛矿电池。"
    )
    assert _names(text) == ["储能", "风电", "氢能", "光伏"]


def test_names_before_a_full_stop() -> None:
    assert _names("专栏1:信息\n大数据技术。研究数据清洗技术。\n云计算。发展云平台。 |") == [
        "大数据技术",
        "云计算",
    ]


def test_numbered_names_in_one_paragraph() -> None:
    text = "重点领域:(1)机床。发展磨床、车床。(2)高速电机。发展伺服电机。"
    assert _names("1.装备\n" + text) == ["机床", "高速电机"]


def test_a_paragraph_without_a_name_stays_nameless_for_the_reader_to_infer() -> None:
    text = (
        "专栏1 数字经济\n开发一批大数据处理软件、数据一体机等产品。\n"
        "突破减速器、伺服电机等关键技术。"
    )
    assert _names(text) == ["", ""]


def test_fields_of_a_programme_are_items_of_their_own() -> None:
    text = (
        "专栏1 专项\n2个研究专项:信息领域部署网络安全、数据计算两个方向;"
        "生命领域部署干细胞研究、脑科学两个方向。"
    )
    assert _names(text) == ["2个研究专项", "信息", "生命"]


def test_each_member_of_an_enumeration_is_an_item() -> None:
    text = "构建以元宇宙、量子信息、柔性电子、先进能源、碳达峰碳中和等领域为重点的体系。"
    assert _names(text) == ["元宇宙", "量子信息", "柔性电子", "先进能源", "碳达峰碳中和"]


def test_bullets_name_items() -> None:
    assert _names("专栏1 平台\n——检验平台。建设性能测试系统。\n——中试平台。布局中试线。") == [
        "检验平台",
        "中试平台",
    ]
