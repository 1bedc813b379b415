import sys
import unicodedata

import polars as pl
import pytest

from chainmap.concepts.inert_text import inert, inert_column

FORMULAS = ["=1+1", "+1", "-1", "@x", "\t1", "\r1", " =1", "\n@x"]
WIDE = ["＝1+1公司", "＋1", "－1", "＠x", "﹢1", "⁼1", "\ufeff=1", "\u200b\u200d＝1", "\u3000+1"]
PLAIN = ["", " ", "a=1", "1+1", "绍兴甲轴承有限公司", "（=1）", "'=1", "—", "\u200b甲"]


@pytest.mark.parametrize("text", FORMULAS + WIDE)
def test_what_begins_like_a_formula_is_quoted(text):
    assert inert(text) == f"'{text}"


@pytest.mark.parametrize("text", PLAIN)
def test_other_texts_stay(text):
    assert inert(text) == text


def test_a_column_is_what_its_cells_are():
    texts = [*FORMULAS, *WIDE, *PLAIN]
    made = pl.DataFrame({"a": [*texts, None]}).select(inert_column(pl.col("a")))["a"].to_list()
    assert made == [*map(inert, texts), None]


def test_every_character_that_is_a_sign_once_normalised_or_is_not_seen_counts():
    for code in range(sys.maxunicode + 1):
        one = chr(code)
        sign = unicodedata.normalize("NFKC", one)[:1] in ("=", "+", "-", "@")
        unseen = unicodedata.category(one) in ("Cc", "Cf", "Zs", "Zl", "Zp")
        assert (inert(one) != one) == (sign or one in "\t\r"), f"U+{code:04X}"
        if unseen and not _shows(one):
            assert inert(f"{one}=") != f"{one}=", f"U+{code:04X}"


def _shows(one):
    """Some signs count as format characters though they are seen: they stand for figures."""
    return any(script in unicodedata.name(one, "") for script in ("ARABIC", "SYRIAC", "KAITHI"))
