"""Tails: what 等 closes, what it says its list holds, and what leads up to a list."""

from __future__ import annotations

import re

from chainmap.extraction import lexicon as lex
from chainmap.extraction.coordination import JOINTS, depth
from chainmap.extraction.phrases import Span
from chainmap.extraction.things import is_quality

RELATIVE = re.compile(
    r"^(?:(?:具有|具备|用于|面向|与|同|适合|符合|针对|围绕|以|可实现|拥有|影响|满足|致力于|既能|集|适应|自主知识产权).*的(?=[^、]{2,})"
    r"|.*(?:涉及|所需|相关联)的(?=[^、]{2,}))"
)
_ETC = re.compile(r"等(?!离子|级|效|温|静|距|位|号|闲|待|同|于|高线|轴|压|熵)")


def without_deeds(text: str, start: int, end: int, governed: bool) -> int:
    """Return where an object ends without what is done with it (的研发, 的应用推广)."""
    for _ in range(3):
        body = text[start:end]
        match = re.search(r"的" + lex.DEED_TAIL.pattern.replace("(?:的|等)?", "", 1), body)
        if match is None and governed:
            match = lex.BARE_TAIL.search(body)
        if match is None or match.start() < 2:
            return end
        if match.start() >= 1 and body[match.start() - 1] in "、和及与":
            return end
        end = start + match.start()
    return end


def without_relative(text: str, start: int, end: int) -> int:
    """Return where the thing begins behind a clause like 具有…的, 面向…的, 与…相关的."""
    stop = end
    split = text.find("以及", start, end)
    if split > 0:
        stop = split
    etc = last_etc(text, start, stop)
    match = RELATIVE.match(text[start : etc if etc > start else stop])
    if match is None:
        match = RELATIVE.match(text[start:stop])
    if match and "”" not in text[start + match.end() : start + match.end() + 1]:
        return start + match.end()
    return start


def last_etc(text: str, start: int, end: int) -> int:
    """Return the place of the last 等 that closes a list, or -1."""
    last = -1
    for match in _ETC.finditer(text, start, end):
        last = match.start()
    return last


def etc_groups(text: str, start: int, end: int) -> list[tuple[int, int, Span | None]]:
    """Return the sub-lists of a stretch, each with the tail its 等 carries (X、Y等T)."""
    found: list[tuple[int, int, Span | None]] = []
    at = start
    for match in _ETC.finditer(text, start, end):
        if match.start() < at or depth(text, at, match.start()):
            continue
        stop = _tail_end(text, match.end(), end)
        found.append((at, match.start(), Span(match.end(), stop)))
        at = stop
        joint = JOINTS.match(text, at, end)
        if joint:
            at = joint.end()
    if at < end:
        found.append((at, end, None))
    return found


def _tail_end(text: str, start: int, end: int) -> int:
    """Return where the tail of 等 stops: at the next 、 or 以及 or a joint before a new noun."""
    for match in JOINTS.finditer(text, start, end):
        if depth(text, start, match.start()):
            continue
        left, right = text[start : match.start()], text[match.end() : end]
        if match[0] in ("、", "以及", "—", "——"):
            if match[0] == "、" and all(is_quality(w) for w in left.split("、")):
                continue
            return match.start()
        if not left or lex.GENERIC.fullmatch(left + match[0] + right):
            continue
        if lex.HEAD_END.search(left) and len(right) >= 4:
            return match.start()
    return end


def tail_word(text: str, tail: Span | None) -> str:
    """Return what 等 says its list holds, deeds at its end left out."""
    if tail is None:
        return ""
    word = text[tail.start : tail.end]
    word = re.sub(r"领域(?:形成|实现|取得|有所|开展).*$", "", word)
    word = re.sub(
        r"(?:的|新)?(?:研究|研发|开发|发展|应用|设计|生产|建设|创新|领域|突破|攻关)+$", "", word
    )
    return re.sub(r"(?:两|三|四|\d)大.*$", "", word)


def keeps_members(tail_text: str) -> bool:
    """Tell whether the members before such a tail are still things."""
    generic = lex.GENERIC.fullmatch(tail_text) is not None
    return generic or tail_text.endswith(("机构", "企业", "品种"))
