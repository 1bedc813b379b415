"""Lists of nouns cut at their joints: 、 always, 和 and 与 where both sides stand alone."""

from __future__ import annotations

import re
from dataclasses import dataclass

from chainmap.extraction import lexicon as lex
from chainmap.extraction.phrases import Span
from chainmap.extraction.things import is_deed, is_quality

_OPEN, _CLOSE = "([〔【《“", ")]〕】》”"
JOINTS = re.compile(r"以及|—+|、|/(?=[一-鿿])|[和及与或]")
_NOT_JOINT_BEFORE = "饱谐柔调缓总中温平共协均参赠给涉波普"
_NOT_JOINT_AFTER = "谐平解其约众格会声弦力时"
_SHORT_NAME = 7  # a longer left side is a name of its own, not half of a shared head
_PURE_HEAD = re.compile(
    r"(?:关键|核心|配套|相关)?(?:组件|模块|仪器|设备|部件|耗材|装备|配件|材料|产品|服务|器械|系统|软件|模块技术)"
)


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
        if match[0] not in ("、", "以及", "—", "——") and not _stands_alone(
            left, right, match[0], text[match.end() + len(right) :][:1]
        ):
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


def _stands_alone(left: str, right: str, joint: str, following: str) -> bool:
    """Tell whether 和/及/与 parts two things rather than standing inside one name."""
    if not left or not right or left[-1] in _NOT_JOINT_BEFORE or right[0] in _NOT_JOINT_AFTER:
        return False
    if len(left) < 2 or len(right) < 2:
        return False
    if joint == "或" or joint == "/":
        return False
    if left in lex.STAGES and right in lex.STAGES:
        return True
    if _leans(left) or _leans(right):
        return False
    if _PURE_HEAD.fullmatch(right) or (joint == "与" and (len(left) <= 3 or len(right) <= 2)):
        return False
    if len(left) <= 2 and not lex.HEAD_END.search(left):
        return False
    if left.endswith("体系") and lex.HEAD_END.search(right):
        return False
    if lex.HEAD_END.search(left):
        return len(right) > 2 or joint == "和"
    if lex.SHARED_HEAD_END.search(right) and len(left) <= _SHORT_NAME:
        return False
    goes_on = following == "、" and joint == "和" and len(right) >= 2
    return joint in ("和", "及") and len(left) >= 4 and (len(right) >= 4 or goes_on)


def _leans(part: str) -> bool:
    return bool(lex.DEVERBAL.fullmatch(part)) or is_quality(part) or part.startswith("其")


def merged(text: str, parts: list[Cut], tail: Span | None, tail_text: str) -> list[Cut]:
    """Return the parts with qualities joined to the noun after them, deeds to the one before."""
    if not parts:
        return []
    words = [text[p.start : p.end] for p in parts]
    if all(is_quality(w) for w in words):
        if tail and tail_text and not lex.ABSTRACT.search(tail_text):
            return [Cut(parts[0].start, tail.start + len(tail_text), "")]
        return []
    staged = sum(bool(lex.STAGE_END.search(w)) for w in words) >= 2
    alone = staged or tail_text.endswith(("服务", "业态", "机构", "企业"))
    if all(is_deed(w) for w in words) and not alone:
        return []
    if tail and lex.DEED_NOUN.fullmatch(tail_text):
        return [Cut(parts[0].start, tail.start + len(tail_text), "")]
    out: list[Cut] = []
    pending: int | None = None
    for part, word, after in zip(parts, words, [*words[1:], ""], strict=True):
        if not out and not alone and is_deed(word) and pending is None:
            leans_on = is_deed(after) or lex.DEED_NOUN.fullmatch(re.split("[与和]", after)[0])
            pending = part.start if leans_on else None
        elif pending is not None and not out and not alone and is_deed(word):
            continue
        elif _joins_back(text, out, word) and not (alone and (not staged or word in lex.STAGES)):
            out[-1] = Cut(out[-1].start, part.end, out[-1].joint)
        elif is_quality(word):
            pending = part.start if pending is None else pending
        else:
            out.append(Cut(part.start if pending is None else pending, part.end, part.joint))
            pending = None
    if len(out) == 1 and len(words) > 1 and tail and is_deed(words[-1]) and tail_text and not alone:
        return [Cut(out[0].start, tail.start + len(tail_text), "")]
    if (
        tail
        and out
        and tail_text
        and re.match(r"[^、]?[及和与]", text[out[-1].start : out[-1].end])
    ):
        # one character cannot stand for a thing: it shares the noun behind 等
        out[-1] = Cut(out[-1].start, tail.start + len(tail_text), out[-1].joint)
    return out


def _joins_back(text: str, out: list[Cut], word: str) -> bool:
    if not out:
        return False
    if is_deed(word):
        return True
    before = text[out[-1].start : out[-1].end]
    word = re.sub("体系$", "", word)
    leans = lex.BARE_DEED_END.search(before) and not before.endswith(("研发", "开发", "生产"))
    return bool(lex.DEED_NOUN.fullmatch(word) and leans)


def depth(text: str, start: int, at: int) -> int:
    """Return how many brackets are open at a place."""
    piece = text[start:at]
    return sum(piece.count(c) for c in _OPEN) - sum(piece.count(c) for c in _CLOSE)
