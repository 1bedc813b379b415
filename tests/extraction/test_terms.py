from __future__ import annotations

from chainmap.extraction.terms import Lexicon

_WORDS = Lexicon(
    {"光刻胶": ("ic", "ic-resist"), "MEMS": ("ic", "ic-mems"), "机器人": ("rb", None)}, ""
)


def test_exact_then_without_qualities_then_by_gloss_then_inside() -> None:
    assert _WORDS.look_up("光刻胶") == ("ic", "ic-resist")
    assert _WORDS.look_up("高端光刻胶产品") == ("ic", "ic-resist")
    assert _WORDS.look_up("微机电系统(mems)") == ("ic", "ic-mems")
    assert _WORDS.look_up("协作机器人") == ("rb", None)


def test_a_word_that_is_a_small_part_of_a_term_says_nothing() -> None:
    assert _WORDS.look_up("面向教育培训的机器人编程课程服务平台") == (None, None)
    assert _WORDS.look_up("石墨烯") == (None, None)
