import pytest

from chainmap.concepts.hanzi import first_found, folded_name, readings, typed_sound


@pytest.mark.parametrize(
    ("given", "read"),
    [
        ("机器人", ["机器人"]),
        ("機器人", ["機器人", "机器人"]),
        ("積體電路", ["積體電路", "积体电路", "集成电路"]),
        (" ＥＤＡ软件 ", ["eda软件"]),
        ("", [""]),
    ],
)
def test_a_name_is_read_as_written_first(given, read):
    assert list(readings(given)) == read


def test_names_are_compared_without_width_case_and_spaces_around():
    assert folded_name(" ＩＣ载板（Ａ型） ") == folded_name("ic载板(a型)")


def test_what_the_first_reading_finds_is_all_there_is():
    names = ["机器人", "機器人", "集成电路"]
    assert first_found("機器人", lambda one: [n for n in names if one in n]) == ["機器人"]
    assert first_found("積體電路", lambda one: [n for n in names if one in n]) == ["集成电路"]
    assert first_found("没有", lambda one: [n for n in names if one in n]) == []


@pytest.mark.parametrize(
    ("typed", "sound"),
    [
        ("xi'an", "xian"), ("Xi’an", "xian"), ("xi＇an", "xian"), ("Xī'ān", "xian"),
        ("lü", "lv"), ("LǛ", "lv"), ("lu:se", "lvse"), ("lv", "lv"), ("lu", "lu"),
        ("slw", "slw"), ("绿色", ""), ("a股", ""),
    ],
)  # fmt: skip
def test_pinyin_is_compared_without_apostrophes_and_tones(typed, sound):
    assert typed_sound(typed) == sound
