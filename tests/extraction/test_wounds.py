from __future__ import annotations

from chainmap.extraction.repair import repair
from chainmap.extraction.wounds import wounds_of


def test_broken_places_of_the_body_are_listed() -> None:
    text = (
        "1.推进共享。(责任单位:市数据局、市发改委)\n"
        "2.提升能力。实现园区全覆盖全覆盖,建设“智慧园区。(任单位:市经信局)\n"
        "3.纺织材料。参照传统产业改造方案中明确的重点执行。"
    )
    kinds = [d.kind for d in wounds_of(repair(text))]
    assert {"lost_text", "duplicate_text", "broken_mark", "elsewhere"} <= set(kinds)


def test_characters_no_step_could_read_are_lost() -> None:
    assert [d.kind for d in wounds_of(repair("发展\ue571材料。"))] == ["lost_character"]
