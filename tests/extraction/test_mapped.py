from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from chainmap.extraction.mapped import Edit, MappedText


def test_replaced_characters_stand_for_the_whole_span_they_replace() -> None:
    text = MappedText.of("甲乙丙丁").edited([Edit(1, 3, "X")])
    assert text.text == "甲X丁"
    assert text.span(1, 2) == (1, 3)
    assert text.span(2, 3) == (3, 4)


def test_edits_of_equal_length_map_character_by_character() -> None:
    text = MappedText.of("甲乙丙").edited([Edit(0, 3, "abc")])
    assert [text.span(i, i + 1) for i in range(3)] == [(0, 1), (1, 2), (2, 3)]


def test_an_empty_span_has_a_place_even_past_the_end() -> None:
    assert MappedText.of("").span(0, 0) == (0, 0)
    assert MappedText.of("甲").span(1, 1) == (1, 1)


@given(st.text(max_size=40), st.data())
def test_any_deletions_keep_the_map_exact(raw: str, data: st.DataObject) -> None:
    dropped = data.draw(st.sets(st.integers(0, max(0, len(raw) - 1)), max_size=len(raw)))
    edits = [Edit(i, i + 1, "") for i in sorted(dropped) if i < len(raw)]
    text = MappedText.of(raw).edited(edits).edited([])
    for i, char in enumerate(text.text):
        start, end = text.span(i, i + 1)
        assert raw[start:end] == char
