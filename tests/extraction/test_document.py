from __future__ import annotations

from chainmap.concepts.policy import AdminLevel, Document
from chainmap.extraction.document import document_of
from chainmap.extraction.repair import repair
from chainmap.sources.policy import PolicySource

_PLACES: dict[str, tuple[str, AdminLevel]] = {
    "江州市": ("990100", "city"),
    "江州": ("990100", "city"),
    "东海省": ("990000", "province"),
}


def _card(text: str) -> Document:
    return document_of(repair(text), PolicySource("x.txt", "0" * 64, "txt", text), _PLACES)


def test_title_issuer_date_and_period_of_a_forwarded_plan() -> None:
    card = _card(
        "江州市人民政府办公室关于印发江州市产业集群行动方案（2023—2027年）的通知\n发布日期：2023-06-01\n"
        "根据《东海省制造业规划》,制定本方案。到2027年,产值达到100亿元。"
    )
    assert card.title == "江州市产业集群行动方案(2023—2027年)"
    assert card.issuer == "江州市人民政府办公室"
    assert card.published == "2023-06-01"
    assert (card.period.start, card.period.end, card.period.horizons) == (2023, 2027, (2027,))
    assert card.cites == ("东海省制造业规划",)
    assert card.region is not None and card.region.code == "990100"


def test_a_text_that_does_not_say_leaves_nulls() -> None:
    card = _card("加快发展机器人产业,推动企业集聚。")
    assert (card.title, card.issuer, card.region, card.published) == (None, None, None, None)
    assert (card.period.start, card.period.end) == (None, None)


def test_the_place_a_text_speaks_of_as_its_own() -> None:
    card = _card("立足我市基础,全市产业向江州湾集聚,推动江州高新区提升,服务东海省大局。")
    assert card.region is not None and card.region.name == "江州市"


def test_a_far_horizon_is_an_outlook() -> None:
    card = _card("东海省产业规划\n到2025年,体系基本形成。到2035年,建成强省。")
    assert card.period.end == 2025
    assert card.period.horizons == (2025, 2035)


def test_a_day_that_is_none_is_no_date_and_a_look_back_no_horizon() -> None:
    text = (
        "江州市产业发展规划\n发布时间:2021年2月30日\n截至2019年底,企业20家。到2025年,产值100亿元。"
    )
    card = document_of(repair(text), PolicySource("x.txt", "0" * 64, "txt", text), {})
    assert card.published is None
    assert card.period.horizons == (2025,)
