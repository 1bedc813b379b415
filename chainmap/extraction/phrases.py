"""Clauses of a sentence: the verb that governs, the objects it governs, the context around."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from chainmap.extraction.lexicon import HELPERS, VERBS, WEAK_VERBS
from chainmap.extraction.refusals import excepts, refuses

_SENTENCE_END = "。;:!?！？|\n\ufffd"
_LEAF_CONTEXT = re.compile(
    r"^(?:有所|取得|形成|实现)突破|^(?:开展|进行|实施)(?:一批)?.{0,6}(?:研究|研发|攻关|示范应用工程|示范工程|突破|攻坚)"
)


@dataclass(frozen=True)
class Span:
    """A stretch of clean text, end exclusive."""

    start: int
    end: int


@dataclass(frozen=True)
class Objects:
    """A stretch that lists what a verb governs, or what a phrase sets as context."""

    start: int
    end: int
    role: Literal["leaf", "context"]
    verb: str | None = None
    verb_span: Span | None = None


def sentences(text: str, start: int, end: int) -> list[Span]:
    """Return the sentences of a stretch, closing marks left out, brackets kept whole."""
    return _split(text, start, end, _SENTENCE_END)


def clauses(text: str, sentence: Span) -> list[Span]:
    """Return the clauses of a sentence, cut at commas outside brackets and quotes."""
    return _split(text, sentence.start, sentence.end, ",")


def _split(text: str, start: int, end: int, marks: str) -> list[Span]:
    found: list[Span] = []
    depth = 0
    at = start
    for i in range(start, end):
        char = text[i]
        if char in "([〔【《“":
            depth += 1
        elif char in ")]〕】》”":
            depth = max(0, depth - 1)
        if char in marks and (depth == 0 or char in "。\n|"):
            if i > at:
                found.append(Span(at, i))
            at, depth = i + 1, 0
    if end > at:
        found.append(Span(at, end))
    return found


@dataclass(frozen=True)
class Governor:
    """A verb found at the head of a clause; `rest` is where its object begins.

    A refusal (严禁…, 不再布局…) governs the clauses after it too, and none of them is a direction.
    """

    verb: str
    span: Span
    rest: int
    refusal: bool = False


_ACTOR = re.compile(r"[^、,。]{0,10}?(?:企业|高校|高等院校|院所|科研院所|机构|单位|园区|各地)")
"""Who is to do it stands between helper and verb: 支持企业开展…."""


def _by_letter(words: Iterable[str]) -> dict[str, list[str]]:
    """Return words by their first letter, each letter's in the order given."""
    found: dict[str, list[str]] = {}
    for word in words:
        found.setdefault(word[0], []).append(word)
    return found


_HELPERS, _VERBS, _OPENING = (_by_letter(words) for words in (HELPERS, VERBS, HELPERS + VERBS))
_AIMS = ("聚焦", "瞄准", "关注", "主攻", "实施")


def governor(text: str, start: int, end: int) -> Governor | None:
    """Return the verb a clause opens with, helpers and adverbs taken along, or None."""
    at = start
    weak: tuple[int, int] | None = None
    ahead = -1
    while True:
        helper = _at(text, at, end, _HELPERS)
        verb = _at(text, at, end, _VERBS)
        follower = _at(text, at + len(verb or ""), end, _VERBS)
        made = verb is not None and follower is not None and verb[0] == follower[0] == "做"
        if made or (verb in _AIMS and follower not in (None, "创新")):
            at += len(verb or "")
            continue
        if verb and len(verb) >= len(helper or ""):
            first = ahead if text[ahead:at] in ("超前", "前瞻", "前瞻性") and ahead >= 0 else at
            rest = _coordinated(text, at + len(verb), end)
            return Governor(text[first:rest], Span(first, rest), rest)
        if not helper:
            actor = _ACTOR.match(text, at, end) if weak else None
            if actor is None or not _at(text, actor.end(), end, _OPENING):
                break
            at = actor.end()
            continue
        if helper in WEAK_VERBS:
            weak = (at, at + len(helper))
        ahead = at
        at += len(helper)
        if text[at : at + 1] in "、和与" and _at(text, at + 1, end, _OPENING):
            at += 1
    if weak:
        return Governor(text[slice(*weak)], Span(*weak), at)
    return None


def _coordinated(text: str, at: int, end: int) -> int:
    """Return where the object begins after further verbs joined to the first."""
    joint = re.compile(r"(?:和|与|、|并|及)").match(text, at, end)
    if joint:
        more = _at(text, joint.end(), end, _VERBS)
        after = joint.end() + len(more) if more else at
        # 研发和生产设备: the second word opens a noun where nothing but a head follows
        if more and end - after > 3:
            return after
    return at


def _at(text: str, at: int, end: int, words: Mapping[str, Sequence[str]]) -> str | None:
    """Return the first of some words, kept by their first letter, that stands at a place."""
    for word in words.get(text[at : at + 1], ()):
        if text.startswith(word, at) and at + len(word) <= end:
            return word
    return None


_IN = re.compile(
    r"(?:重点)?(?:在|面向|针对|围绕|结合|应用于|依托|根据|立足|按照|通过|作为|适应)(?P<body>.+)"
)
_IN_END = re.compile(
    r"(?P<end>(?:等[^、,等]{0,6})?(?:领域|方面|行业|产业|过程|环节|基础上|的同时|[中上下](?=$|的))中?)(?P<after>.*)$"
)
_IN_ETC = re.compile(r"(?P<end>等[^、,等]{0,6}(?:领域|方面|行业|产业|区域)中?)(?P<after>.*)$")
_WITH = re.compile(
    r"(?:以|从)(?P<body>.+?)(?:等)?(?:[两二三四五六]大[^、,]{0,6})?为(?:重点|核心|引领|支撑|主|主导|主攻方向|主要方向|主体|基础|龙头|特色|方向|代表|先导)(?:$|(?=建设|发展|打造|培育|构建))"
)
_WEIGHED = re.compile(
    r"(?:培育|建设|建成|打造|形成|创建|新增|发展)(?:\d+[^以]{0,4})?以(?P<body>[^以]+?[、和与][^以]+?)"
    r"为(?:重点|主导|特色|核心|基础|主体)的"
)
"""培育10个以甲、乙为重点的基地, 发展以甲和乙为主导的产业: fields said to carry the weight."""
_PLACE_SUBJECT = re.compile(
    r"^(?:支持)?[^、,]{2,16}?[区园镇市县城乡](?=(?:重点|主要|大力|加快|积极|着力)*(?:发展|主攻|布局|培育|聚焦|引进|做强|做大))"
)
"""甲开发区重点发展乙: who does it is no part of what is done."""
_CHAIN = re.compile(r"“([^”]+—[^”]+—[^”]+)”的?[^,]{0,6}(?:产业链|产业生态|生态链|链条)")
"""A value chain drawn with dashes: each of its steps is a direction."""
_USE = re.compile(
    r"(?:综合)?(?:利用|运用|应用|采用|依托)(?P<body>.+?)等?(?:[^、等]{0,4}(?:技术|手段|方法))?$"
)
_SERIAL = re.compile(
    r"(?:综合|充分)?(?:利用|运用|应用|采用|依托)(?P<tool>[^,]+?)(?P<then>(?:加快|推动|促进|提升|打造|开展|推进|实现|提高|改造)[^、]+)$"
)
"""运用甲加快升级乙: two verbs in a row, the tool and what it is for."""
_STUDY = re.compile(
    r"(?P<body>.+?)(?:等)?(?:[^、等]{0,8}(?:领域|方面))?(?:开展|进行|实施)[^、]{0,4}(?:研究|研发|攻关|突破)$"
)
_AROUND_LEAF = re.compile(r"(?P<body>.+?等?[^、等]{0,8}(?:技术产品|产品|技术|装备))开发$")


def read_clause(
    text: str, clause: Span, last: Governor | None
) -> tuple[list[Objects], Governor | None]:
    """Return what a clause lists, and the verb that governs the clauses after it.

    A clause without a verb of its own goes on under `last`, the verb before it. What is refused
    or left out lists nothing.
    """
    start = clause.start
    lead_in = re.compile(
        r"(?:以及|同时|不仅|不但|而且|并且|其中|特别是|尤其是|和|及|并)+(?=.)"
    ).match(text, start, clause.end)
    start = lead_in.end() if lead_in else start
    body = text[start : clause.end]
    if excepts(body):
        return [], last
    if refuses(body):
        return [], Governor("", clause, clause.end, refusal=True)
    chain = _CHAIN.search(body)
    if chain:
        return [Objects(start + chain.start(1), start + chain.end(1), "leaf")], last
    weighed = _WEIGHED.search(body)
    if weighed:
        return [Objects(start + weighed.start("body"), start + weighed.end("body"), "leaf")], last
    actor = _PLACE_SUBJECT.match(body)
    if actor:
        start, body = start + actor.end(), body[actor.end() :]
    found = _prefixed(text, start, clause.end, body)
    if found is not None:
        return found, last
    verb = governor(text, start, clause.end)
    if verb is None:
        if last is not None and last.refusal:
            return [], last
        if last is None:
            if not re.search(r".、.|.[和及与].", body) or re.search(r"目标|定位|原则|机遇", body):
                return [], None
            return [Objects(start, clause.end, "leaf")], None
        return [Objects(start, clause.end, "leaf", last.verb, last.span)], last
    return [Objects(verb.rest, clause.end, "leaf", verb.verb, verb.span)], verb


def _prefixed(text: str, start: int, end: int, body: str) -> list[Objects] | None:
    """Return the lists of a clause that opens with a preposition, or None for any other."""
    opener = _IN.match(body)
    if opener:
        return _opened(text, start, end, opener)
    with_ = _WITH.match(body)
    subject = re.match(r"^[^以、]{2,}(?=以)", body)
    if with_ is None and subject:
        with_ = re.compile(_WITH.pattern).match(body, subject.end())
    if with_:
        inner = governor(text, start + with_.start("body"), end)
        at = inner.rest if inner else start + with_.start("body")
        verb_of = (inner.verb, inner.span) if inner else (None, None)
        return [Objects(at, start + with_.end("body"), "leaf", *verb_of)]
    serial = _SERIAL.match(body)
    if serial:
        used = [Objects(start + serial.start("tool"), start + serial.end("tool"), "context")]
        second = governor(text, start + serial.start("then"), end)
        if second:
            used.append(Objects(second.rest, end, "leaf", second.verb, second.span))
        return used
    use = _USE.match(body)
    if use and "、" in use["body"]:
        return [Objects(start + use.start("body"), start + use.end("body"), "context")]
    if body.startswith("以") or body.startswith("通过"):
        return []
    return None


def _opened(text: str, start: int, end: int, opener: re.Match[str]) -> list[Objects]:
    """Return what stands behind 在, 围绕, 面向 …: context mostly, a direction where it says so."""
    body = opener.string
    around = body.startswith(("围绕", "重点围绕"))
    at = start + opener.start("body")
    verb = governor(text, at, end)
    if around and verb:
        return [Objects(verb.rest, end, "leaf", verb.verb, verb.span)]
    study = _STUDY.match(body) or _AROUND_LEAF.match(body)
    if around and study:
        return [Objects(at, start + study.end("body"), "leaf")]
    close = _IN_ETC.search(opener["body"]) or _IN_END.search(opener["body"])
    if close and verb and "的同时" in close[0]:
        return [Objects(verb.rest, at + close.start("end"), "leaf", verb.verb, verb.span)]
    if close is None and body.startswith("重点在"):
        return [Objects(at, end, "leaf")]
    if close is None:
        return [Objects(at, end, "context")] if "、" in opener["body"] else []
    stop = at + close.start("end")
    rest = at + close.start("after")
    if _LEAF_CONTEXT.match(close["after"]) and body.startswith(("在", "重点在")):
        return [Objects(at, rest, "leaf")]
    found = [Objects(at, stop, "context")]
    inner = governor(text, rest, end)
    if inner:
        found.append(Objects(inner.rest, end, "leaf", inner.verb, inner.span))
    return found
