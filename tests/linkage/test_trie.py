import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from chainmap.linkage import trie as tree
from chainmap.linkage.trie import build_trie


def found(words, text):
    codes = np.frombuffer(text.encode("utf-32-le"), dtype=np.uint32)
    return list(zip(*(column.tolist() for column in build_trie(words).find(codes)), strict=True))


def standing(words, text):
    every = [
        (start, len(word), number)
        for number, word in enumerate(words)
        for start in range(len(text))
        if text.startswith(word, start)
    ]
    return [(start, number) for start, _, number in sorted(every)]


WORDS = st.lists(st.text("甲乙丙a𠮷", min_size=1, max_size=5), max_size=8, unique=True)


@settings(max_examples=200)
@given(WORDS, st.text("甲乙丙a𠮷b", max_size=30))
def test_every_place_of_every_word_is_found(words, text):
    assert found(words, text) == standing(words, text)


@settings(max_examples=100)
@given(WORDS, st.text("甲乙丙a𠮷b", max_size=30))
def test_edges_whose_slot_is_taken_are_followed_too(words, text):
    bits, tree._SLOT_BITS = tree._SLOT_BITS, 2
    try:
        assert found(words, text) == standing(words, text)
    finally:
        tree._SLOT_BITS = bits


def test_nothing_is_found_of_no_words_and_in_no_text():
    assert found([], "甲") == []
    assert found(["甲"], "") == []
    assert found(["甲"], "\U0010ffff") == []
