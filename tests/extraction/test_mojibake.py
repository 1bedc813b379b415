from __future__ import annotations

from chainmap.extraction.mapped import MappedText
from chainmap.extraction.mojibake import LOST, unslip


def _slipped(text: str) -> str:
    """Write text the way a reader shows it that lost the first byte of a GBK run."""
    data = text.encode("gb18030")[1:]
    return "?" + data[: len(data) // 2 * 2].decode("gb18030")


def test_a_slipped_run_is_put_back_where_the_round_trip_proves_it() -> None:
    raw = "我们依托" + _slipped("省科技部门有针对性地加强对企业的扶持") + "?,优先安排"
    mapped, damage = unslip(MappedText.of(raw))
    assert "科技部门有针对性地加强对企业的扶" in mapped.text
    assert mapped.text.startswith("我们依托" + LOST)
    assert [d.kind for d in damage] == ["byte_shift"]
    assert raw[damage[0].start] == "?"


def test_the_first_character_of_a_run_is_never_guessed() -> None:
    mapped, _ = unslip(MappedText.of("依托" + _slipped("省科技部门有针对性地加强扶持")))
    assert "省科技" not in mapped.text


def test_a_question_in_plain_text_is_left_alone() -> None:
    raw = "什么是未来产业?先进制造业是怎样发展的?"
    mapped, damage = unslip(MappedText.of(raw))
    assert mapped.text == raw
    assert damage == []
