import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import uscc

from chainmap.sources.intake.credit_code import (
    ALPHABET,
    check_digit,
    code_is_sound,
    is_code,
    read_codes,
    why_not,
)
from tests.made_up import code


def read(*texts):
    empty = pl.lit(None, pl.String)
    frame = pl.DataFrame({"uscc": texts}, schema={"uscc": pl.String})
    return read_codes(frame.with_columns(registration_no=empty, organisation_code=empty))


@given(st.text(ALPHABET, min_size=9, max_size=9))
def test_the_check_digit_is_that_of_another_implementation(tail):
    body = "91330602" + tail
    assert uscc.calc_check_digit(body) == check_digit(body)
    assert is_code(body + check_digit(body)) == uscc.is_valid(body + check_digit(body))


def test_a_column_and_a_single_code_agree():
    good = code(7)
    texts = [good, good[:-1] + "0", good[:17], None, "N" + good[1:], "中" * 18]
    assert code_is_sound(pl.Series(texts)).to_list() == [bool(t) and is_code(t) for t in texts]


def test_one_wrong_character_never_passes():
    good = code(123)
    wrong = [
        good[:i] + other + good[i + 1 :]
        for i in range(8, 18)
        for other in ALPHABET
        if other != good[i]
    ]
    assert not code_is_sound(pl.Series(wrong)).any()


def test_case_blanks_width_and_letters_the_standard_lacks_are_put_right():
    good = code(1)
    wide = "".join(chr(ord(c) + 0xFEE0) for c in good)
    letters = good.replace("0", "O", 1).replace("1", "I", 1)
    assert read(f" {good.lower()} ", wide, letters)["uscc"].to_list() == [good] * 3


def test_old_numbers_move_to_their_own_columns():
    frame = read("330602000012345", "12345678-9", None)
    assert frame["uscc"].to_list() == [None, None, None]
    assert frame["registration_no"].to_list() == ["330602000012345", None, None]
    assert frame["organisation_code"].to_list() == [None, "12345678-9", None]
    assert frame["uscc_problem"].null_count() == 3


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("9.1330602E+17", "科学计数"),
        ("913306021234567000"[:15] + "000", "只留 15 位"),
        (code(5)[:17], "实为 17 位"),
        (code(5)[:-1] + ("0" if code(5)[-1] != "0" else "1"), f"校验位应为 {code(5)[-1]}"),
        ("91330602MA000000S0", "不使用的字符：S"),
    ],
)
def test_a_rejected_code_says_what_may_have_happened(text, said):
    assert said in why_not(text)
    assert said in read(text)["uscc_problem"][0]
