import numpy as np
import polars as pl

from chainmap.linkage.brackets import cue_words, excluded, find_brackets
from chainmap.linkage.lexicon import load_lexicon
from chainmap.linkage.texts import find_words, join_texts


def pairs(*scopes):
    found = find_brackets(join_texts(pl.Series(list(scopes))))
    return list(zip(found.start.tolist(), found.end.tolist(), strict=True))


def taken_out(scope):
    texts, grammar = join_texts(pl.Series([scope])), load_lexicon().grammar
    [cues] = find_words(texts, cue_words(grammar))
    out = excluded(texts, find_brackets(texts), cues, grammar, np.arange(len(scope)))
    return "".join(c for c, gone in zip(scope, out, strict=True) if gone)


def test_brackets_pair_inside_their_text_only():
    assert pairs("甲（乙(丙)丁）") == [(1, 7), (3, 5)]
    assert pairs("甲（乙", "丙）丁（戊）") == [(7, 9)]
    assert pairs("无括号") == []


def test_exclusions_take_out_what_they_name():
    assert taken_out("甲（不含药品）乙") == "（不含药品）"
    assert taken_out("甲，不含乙、丙，丁") == "不含乙、丙，"
    assert taken_out("甲；乙、丙除外；丁") == "；乙、丙除"
    assert taken_out("甲（除乙）丙") == "（除乙）"
    assert taken_out("甲（凭许可证经营）") == ""
