from __future__ import annotations

from chainmap.extraction.mapped import MappedText
from chainmap.extraction.script import simplified, to_simplified, without_pinyin


def test_pinyin_in_brackets_goes_and_other_brackets_stay() -> None:
    raw = "发(fā)展机器人(robot)和MEMS(微机电系统)区(qū)"
    mapped, damage = without_pinyin(MappedText.of(raw))
    assert mapped.text == "发展机器人(robot)和MEMS(微机电系统)区"
    assert [d.kind for d in damage] == ["pinyin"]
    start, end = mapped.span(1, 2)
    assert raw[start:end] == "展"


def test_traditional_text_turns_simplified_one_to_one() -> None:
    raw = "推動產業鏈創新發展"
    mapped = to_simplified(MappedText.of(raw))
    assert mapped.text == "推动产业链创新发展"
    assert mapped.span(2, 5) == (2, 5)


def test_taiwan_words_change_length_and_keep_the_map() -> None:
    raw = "發展積體電路與軟體、資料庫產業,強化記憶體研發"
    mapped = to_simplified(MappedText.of(raw))
    assert "集成电路" in mapped.text
    assert "软件" in mapped.text
    at = mapped.text.index("产业")
    start, end = mapped.span(at, at + 2)
    assert raw[start:end] == "產業"


def test_simplified_text_is_untouched() -> None:
    mapped = MappedText.of("发展集成电路")
    assert to_simplified(mapped) is mapped
    assert simplified("機器") == "机器"
