"""What counts as a thing to develop: qualities, deeds, aims and names told apart."""

from __future__ import annotations

import re

from chainmap.extraction import lexicon as lex

_MODIFIER = re.compile(r"^(?P<how>[^的]+)的(?=[^的]{2,}$)")
_NO_TERM = re.compile(
    r"\d(?:家|个|项|名|亿|%)|企业家|人才|院士|领军|责任单位|关键核心技术$|改革|力争|左右$|以上$|^(?:该|本|其|国际知名|国家级|省级)|一批|在全|全国|发挥"
)
_VAGUE = re.compile(
    r"^(?:相关|配套|关键|核心|各类|其他|主要)|(?:领域|方向|项目|环节|设备|部件)$|^(?:技术|产品|应用|服务)$"
)
NAMED = frozenset({"新材料", "高端装备", "前沿新材料", "基础软件", "先进材料", "高端装备产业"})
"""Fields whose whole name is made of words that elsewhere only qualify."""


def is_quality(part: str) -> bool:
    """Tell whether a part is a quality (高强度, 智能化) that needs a noun after it."""
    if lex.QUALITY_WORDS.fullmatch(part):
        return True
    if re.search("[和及与或]", part) and len(part) > 3:
        return all(is_quality(p) for p in re.split("[和及与或]", part))
    if len(part) > 3 and lex.FUNCTION.fullmatch(part[-2:]):
        return False
    return bool(lex.ATTRIBUTE.fullmatch(part)) and not lex.NOT_ATTRIBUTE.search(part)


def is_deed(part: str) -> bool:
    """Tell whether a part is a deed, or deeds joined, that names nothing by itself."""
    return all(lex.DEVERBAL.fullmatch(p) for p in re.split("[和与及]", part))


def bare_deed_length(word: str) -> int:
    """Return how many characters at the end only say that the thing is to be developed."""
    match = re.search(r"(?<=[^、]{4})(?:研发|研制|开发|产业化)$", word)
    return len(match[0]) if match else 0


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the span without ranks, qualities and marks at its rim, and without 领域 or 新产品."""
    rank = re.match(r"(?:(?:国家级|省级|市级)、?)+", text[start:end])
    start += rank.end() if rank else 0
    if text.startswith("相关", start) and lex.DEVERBAL.fullmatch(text, start + 2, end):
        start += 2
    modifier = _MODIFIER.match(text[start:end])
    if modifier and _only_qualities(modifier["how"]):
        start += modifier.end()
    while start < end and text[start] in "、,。;:”的 ":
        start += 1
    while end > start and text[end - 1] in "、,。;:“的 ":
        end -= 1
    tail = re.search(
        r"(?:的|等)?(?:(?:及其?|和|与)产业化|新产品|领域|方面|有所突破|技术体系(?<!体系)|主导产业|新兴产业|相关产品)$"
        r"|(?<=技术)体系$",
        text[start:end],
    )
    if tail and tail.start() >= 2:
        end = start + tail.start()
    return start, end


def _only_qualities(how: str) -> bool:
    words = re.split(r"[、和及与]|以及", how)
    return how.endswith(("相结合", "环保", "领先", "竞争力")) or all(is_quality(w) for w in words)


def is_thing(word: str, verb: str | None, siblings: int, *, is_kind: bool = False) -> bool:
    """Tell whether a phrase names something to develop.

    Args:
        word: The phrase.
        verb: The verb that governs it; verbs of outcome ask for a thing.
        siblings: How many parts its list has; a list lends weight to plain words.
        is_kind: The phrase is a quality that stands for a kind of the noun behind 等.
    """
    if len(word) < 2 or len(word) > 42 or "\ufffd" in word or "\n" in word:
        return False
    if unbalanced(word) or re.search(r"[,。;:《》]", word) or _NO_TERM.search(word):
        return False
    if lex.DEVERBAL.fullmatch(word):
        return siblings >= 2
    plain = re.sub(r"建设$", "", word) if len(word) > 4 else word
    plain = re.sub(r"\([^)]*\)$", "", plain)
    managed = siblings >= 3 and plain.endswith("管理")
    if (lex.ABSTRACT.search(plain) and not managed) or not re.search(r"[一-鿿A-Za-z]", word):
        return False
    if is_quality(word):
        return is_kind
    if lex.GENERIC.fullmatch(word) and not _names_something(word, siblings):
        return False
    return not (verb in lex.OUTCOME and siblings < 3 and not lex.HEAD_END.search(word))


def _names_something(word: str, siblings: int) -> bool:
    """Tell whether a phrase of general words is a name here: it stands in a list, or is long."""
    listed = siblings >= 3 or (siblings == 2 and len(word) >= 6)
    return word in NAMED or (listed and not _VAGUE.search(word))


def unbalanced(word: str) -> bool:
    """Tell whether a bracket or quote in the phrase has lost its other half."""
    return any(word.count(a) != word.count(b) for a, b in ("()", "“”", "[]", "〔〕"))
