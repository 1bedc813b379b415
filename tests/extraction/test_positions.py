from __future__ import annotations

from chainmap.concepts.policy import AdminLevel, PolicyExtraction
from chainmap.extraction.reader import extract_document
from chainmap.sources.policy import PolicySource

_PLACES: dict[str, tuple[str, AdminLevel]] = {
    "江州市": ("990100", "city"),
    "江州": ("990100", "city"),
    "临川市": ("990200", "city"),
    "临川": ("990200", "city"),
    "东海省": ("990000", "province"),
}


def _read(text: str) -> PolicyExtraction:
    return extract_document(PolicySource("x.txt", "0" * 64, "txt", text), {}, _PLACES)


def test_an_item_named_after_a_zone_gives_it_its_fields() -> None:
    text = (
        "东海省行动计划\n专栏1 科技城\n江州科技城:重点发展磁性材料、合成新材料,打造新材料创新中心。"
    )
    (found,) = [p for p in _read(text).positions if p.place == "江州科技城"]
    assert found.terms == ("磁性材料", "合成新材料")
    assert (found.code, found.admin_level) == ("990100", "zone")
    assert found.role is not None and found.role.startswith("打造")


def test_a_sentence_gives_each_listed_place_its_role() -> None:
    text = "东海省行动计划\n支持江州市、临川市等建设国家创新型城市,推动区域整体创新能力提升。"
    found = _read(text).positions
    assert [(p.place, p.admin_level) for p in found] == [("江州市", "city"), ("临川市", "city")]


def test_a_role_in_an_item_of_a_citys_own_plan_is_the_citys() -> None:
    text = (
        "江州市行动计划\n1.高端装备\n重点领域:(1)机床。重点发展磨床、车床,打造国内领先的磨床产业基地。"
        "(2)高速电机。发展伺服电机。"
    )
    found = [p for p in _read(text).positions if p.place == "江州市"]
    assert [(p.terms, p.role) for p in found] == [(("磨床", "车床"), "打造国内领先的磨床产业基地")]


def test_standings_a_region_claims_are_one_each() -> None:
    text = "江州市规划\n到2025年,努力打造全国纺织机械产业基地和长三角印染创新区,各项工作走在前列。"
    found = _read(text).positions
    assert [(p.place, p.role) for p in found] == [
        ("江州市", "打造全国纺织机械产业基地"), ("江州市", "长三角印染创新区"),
    ]  # fmt: skip


def test_a_zone_in_a_county_carries_the_code_of_its_city() -> None:
    text = "东海省行动计划\n支持江州高新区建设国家创新型特色园区,推动全域创新能力提升。"
    (found,) = _read(text).positions
    assert (found.place, found.code, found.admin_level) == ("江州高新区", "990100", "zone")


def test_groups_of_counties_are_places() -> None:
    text = "东海省行动方案\n支持山区18县引进培育科技型企业,为高质量发展持续注入动能。"
    assert [(p.place, p.admin_level) for p in _read(text).positions] == [("山区18县", "group")]


def test_responsible_bodies_are_no_positions() -> None:
    text = "东海省行动计划\n1.推进攻关任务。支持企业建设创新平台。(责任单位:省科技厅,江州市政府)"
    assert _read(text).positions == ()


def test_what_the_province_is_to_do_is_its_own_position() -> None:
    text = "科技行动方案\n全省推进东海省工作。支持东海省布局建设海洋样本库,提升全省能力,服务全国。"
    found = [p for p in _read(text).positions if p.code == "990000"]
    assert [p.role for p in found] == ["布局建设海洋样本库"]
