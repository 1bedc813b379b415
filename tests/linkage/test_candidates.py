import ast
from pathlib import Path

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from chainmap.linkage.candidates import candidate_edges, true_hits
from chainmap.linkage.lexicon import load_lexicon
from chainmap.linkage.texts import find_words, join_texts

LINKAGE = Path(__file__).parents[2] / "chainmap" / "linkage"
PLACING = ("candidates.py", "texts.py", "brackets.py", "grammar.py", "scopes.py", "evidence.py")


def test_every_automaton_call_in_linkage_is_overlapping():
    missing = []
    for file in LINKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
                continue
            placing = node.func.attr == "find_many" and file.name in PLACING
            if node.func.attr == "extract_many" or placing:
                given_as = {k.arg: getattr(k.value, "value", None) for k in node.keywords}
                if given_as.get("overlapping") is not True:
                    missing.append(f"{file.name}:{node.lineno}")
    assert missing == []


@settings(max_examples=40)
@given(st.lists(st.text("甲乙丙丁", max_size=8), max_size=6))
def test_edges_are_exactly_the_substrings(texts):
    patterns = ["甲", "甲乙", "乙丙", "丙丙", "甲乙丙"]
    edges = candidate_edges(pl.Series(texts, dtype=pl.String), pl.Series(patterns))
    naive = {(r, p) for r, text in enumerate(texts) for p, w in enumerate(patterns) if w in text}
    assert set(edges.rows()) == naive
    assert edges.height == len(naive)


def words(text):
    lexicon = load_lexicon()
    texts = join_texts(pl.Series([text]))
    [found] = find_words(texts, lexicon.written)
    hits = true_hits(texts, found, lexicon)
    return [text[s:e] for s, e in zip(hits.start, hits.end, strict=True)]


def test_nested_words_count_once():
    assert words("碳化硅衬底") == ["碳化硅衬底"]
    assert words("半导体材料和芯片") == ["半导体材料", "芯片"]


def test_lookalikes_cover_what_they_overlap():
    assert words("集成吊顶、集成电路板、办公自动化设备、飞机票") == []
    assert words("集成电路板、集成电路") == ["集成电路"]


def test_full_width_letters_are_read():
    assert words("ＧＰＳ定位") == ["ＧＰＳ定位"]
