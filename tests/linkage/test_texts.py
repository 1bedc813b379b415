import numpy as np
import polars as pl

from chainmap.linkage.texts import (
    count_between,
    find_words,
    join_texts,
    outermost,
    overlapped,
    spread,
    within,
)


def ints(*values):
    return np.array(values, dtype=np.int64)


def test_places_count_characters_whatever_their_width():
    texts = join_texts(pl.Series(["a芯片", None, "😀芯片b芯片"]))
    [(start, word)] = find_words(texts, ("芯片", "片b"))
    whole = "a芯片\n\n😀芯片b芯片\n"
    text = texts.text_of(start)
    assert [(t, whole[s : s + 2], w) for t, s, w in zip(text, start, word, strict=True)] == [
        (0, "芯片", 0), (2, "芯片", 0), (2, "片b", 1), (2, "芯片", 0),
    ]  # fmt: skip


def test_one_reading_finds_the_words_of_every_list():
    texts = join_texts(pl.Series(["芯片的制造", "制造商"]))
    lists = (("制造", "芯片"), ("制造商", "制造"), ("无",))
    apart = [find_words(texts, words)[0] for words in lists]
    for found, alone in zip(find_words(texts, *lists), apart, strict=True):
        assert [column.tolist() for column in found] == [column.tolist() for column in alone]
    assert apart[1].word.tolist() == [1, 1, 0]  # the shorter of 制造 and 制造商 first


def test_a_span_inside_a_longer_one_is_not_outermost():
    assert outermost(ints(0, 0, 1, 6), ints(3, 5, 5, 8)).tolist() == [False, True, False, True]
    assert outermost(ints(), ints()).size == 0


def test_a_cover_takes_what_it_crosses_but_not_what_holds_it():
    start, end = ints(0, 2, 10), ints(6, 5, 12)
    assert overlapped(start, end, ints(3), ints(8)).tolist() == [True, True, False]
    assert overlapped(ints(0), ints(9), ints(3), ints(8)).tolist() == [False]


def test_counting_and_spreading():
    assert count_between(ints(1, 4, 5), ints(0, 2, 5), ints(5, 5, 2)).tolist() == [2, 1, 0]
    assert within(ints(0, 3, 9), ints(2, 4), ints(3, 4)).tolist() == [False, True, False]
    assert spread(ints(2, 7), ints(4, 7)).tolist() == [2, 3, 4, 7]
