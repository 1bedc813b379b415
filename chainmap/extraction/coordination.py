"""Lists of nouns cut at their joints: 、 always, 和 and 与 where both sides stand alone."""

from __future__ import annotations

import re
from dataclasses import dataclass

from chainmap.extraction import lexicon as lex
from chainmap.extraction.phrases import Span
from chainmap.extraction.things import is_deed, is_quality

QUALITY = "quality"
"""Joint of a part that is a quality standing for a kind of the noun behind 等."""
_OPEN, _CLOSE = "([〔【《“", ")]〕】》”"
JOINTS = re.compile(r"以及|—+|、|/(?=[一-鿿])|[和及与或]")
_NOT_JOINT_BEFORE = "饱谐柔调缓总中温平共协均参赠给涉波普"
_NOT_JOINT_AFTER = "谐平解其约众格会声弦力时"
_PURE_HEAD = re.compile(
    r"(?:关键|核心|配套|相关|成套|主要|功能|支撑|仪器|零)*"
    r"(?:组件|模块|仪器|设备|部件|耗材|装备|配件|材料|产品|服务|器械|系统|软件|工具|器件|技术|工艺|平台"
    r"|模块技术|服务产品|(?:高性能|新型|高端)产品|(?:配件|零部件)制造业?)"
)
"""A class of things without a name of its own: it stays with the noun before it."""
_DONE = re.compile(r"(?:(?:研发|开发|制造|示范|应用|推广|产业化)(?:和|及|与)?)+$")
_PAIRED = 2  # two words of two characters stand side by side (激光与光电)
_OWN = 3  # a side of three characters or more has a name of its own


@dataclass(frozen=True)
class Cut:
    """A part of a list in clean offsets."""

    start: int
    end: int
    joint: str  # what stands before this part: 、 和 及 与 以及 or empty


def parts_of(text: str, start: int, end: int) -> list[Cut]:
    """Return the parts of a list, cut at 、 always and at 和/及/与 where both sides stand alone."""
    parts: list[Cut] = []
    at, joint = start, ""
    for match in JOINTS.finditer(text, start, end):
        if match.start() < at or depth(text, at, match.start()):
            continue
        left, right = text[at : match.start()], _upto_joint(text, match.end(), end)
        listed = bool(parts) and lex.FUNCTION.fullmatch(left) and len(right) >= _OWN
        always = match[0] in ("、", "以及", "—", "——")
        if not (always or listed or _stands_alone(left, right, match[0])):
            continue
        if match.start() > at:
            parts.append(Cut(at, match.start(), joint))
        at, joint = match.end(), match[0]
    if end > at:
        parts.append(Cut(at, end, joint))
    return parts


def _upto_joint(text: str, start: int, end: int) -> str:
    for match in re.compile(r"、|以及|等|—").finditer(text, start, end):
        if match.start() > start and not depth(text, start, match.start()):
            return text[start : match.start()]
    return text[start:end]


def _stands_alone(left: str, right: str, joint: str) -> bool:
    """Tell whether 和/及/与 parts two things rather than standing inside one name."""
    if not left or not right or left[-1] in _NOT_JOINT_BEFORE or right[0] in _NOT_JOINT_AFTER:
        return False
    if len(left) < 2 or len(right) < 2:
        return False
    if joint == "或" or joint == "/":
        return False
    if left in lex.STAGES and right in lex.STAGES:
        return True
    if _leans(left) or _leans(right) or _PURE_HEAD.fullmatch(_DONE.sub("", right)):
        return False
    if len(left) <= _PAIRED and (joint == "与" or not lex.HEAD_END.search(left)):
        return len(left) == len(right)
    if left.endswith("体系") and lex.HEAD_END.search(right):
        return False
    deed = lex.BARE_DEED_END.search(left)
    if deed and (lex.DEED_NOUN.match(right) or len(right) <= _OWN):
        return False
    if lex.HEAD_END.search(left):
        return len(right) > _PAIRED or joint == "和"
    if lex.DEED_NOUN.match(right):
        return False
    return len(left) >= _OWN and len(right) >= _OWN


def _leans(part: str) -> bool:
    return bool(lex.DEVERBAL.fullmatch(part)) or is_quality(part) or part.startswith("其")


def merged(text: str, parts: list[Cut], tail: Span | None, tail_text: str) -> list[Cut]:
    """Return the parts with qualities joined to the noun after them, deeds to the one before.

    Functions (检测, 预警) stand alone, and so do qualities that a list closes with 等 and a noun.
    """
    if not parts:
        return []
    words = [text[p.start : p.end] for p in parts]
    if all(is_quality(w) for w in words):
        named = tail and tail_text and not lex.ABSTRACT.search(tail_text)
        return _qualities(text, parts) if named else []
    staged = sum(bool(lex.STAGE_END.search(w)) for w in words) >= 2
    alone = staged or tail_text.endswith(("服务", "业态", "机构", "企业"))
    if all(is_deed(w) for w in words) and not alone:
        return []
    out: list[Cut] = []
    pending: int | None = None
    for part, word in zip(parts, words, strict=True):
        if out and not alone and is_deed(word) and not lex.FUNCTION.fullmatch(word):
            out[-1] = Cut(out[-1].start, part.end, out[-1].joint)
        elif is_quality(word):
            pending = part.start if pending is None else pending
        else:
            out.append(Cut(part.start if pending is None else pending, part.end, part.joint))
            pending = None
    last = text[out[-1].start : out[-1].end] if out else ""
    if tail and tail_text and re.match(r"[^、]?[及和与]", last):
        # one character cannot stand for a thing: it shares the noun behind 等
        out[-1] = Cut(out[-1].start, tail.start + len(tail_text), out[-1].joint)
    return out


def _qualities(text: str, parts: list[Cut]) -> list[Cut]:
    """Return the qualities a list names before 等 and its noun, each a kind of that noun."""
    found = []
    for part in parts:
        at = part.start
        for word in re.split("[和与及]", text[part.start : part.end]):
            found.append(Cut(at, at + len(word), QUALITY))
            at += len(word) + 1
    return found


def depth(text: str, start: int, at: int) -> int:
    """Return how many brackets are open at a place."""
    piece = text[start:at]
    return sum(piece.count(c) for c in _OPEN) - sum(piece.count(c) for c in _CLOSE)
