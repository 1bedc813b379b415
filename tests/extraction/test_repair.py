from __future__ import annotations

from chainmap.extraction.repair import repair


def test_every_clean_character_maps_into_the_raw_text() -> None:
    raw = "推動 產(chǎn)業\r\n　發(fā)展機器人、積體電路　。\r\n"
    clean = repair(raw)
    assert "推动产业" in clean.text
    for i in range(len(clean.text)):
        start, end = clean.span(i, i + 1)
        assert 0 <= start < end <= len(raw)


def test_empty_text_is_no_error() -> None:
    assert repair("").body == ()
