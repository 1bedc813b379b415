"""Lists cut into terms: 、 and 和, shared heads and tails, 等, qualities, deeds, glosses."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

from chainmap.extraction import lexicon as lex
from chainmap.extraction.coordination import QUALITY, Cut, depth, merged, parts_of
from chainmap.extraction.phrases import Objects, Span
from chainmap.extraction.sections import chinese_number
from chainmap.extraction.tails import (
    RELATIVE,
    etc_groups,
    keeps_members,
    last_etc,
    tail_word,
    without_deeds,
    without_relative,
)
from chainmap.extraction.things import bare_deed_length, is_thing, trimmed, unbalanced
from chainmap.extraction.usage import readings, unquantified

_SERVED = re.compile(r"(?:面向|用于|针对|适应|与|同)")


@dataclass(frozen=True)
class Phrase:
    """A term in clean offsets, with its role, its governing verb and its stage if stated."""

    start: int
    end: int
    role: Literal["leaf", "group", "context"]
    verb: str | None = None
    verb_span: Span | None = None
    stage: str | None = None


def cut(text: str, objects: Objects, announced: int = 0) -> list[Phrase]:
    """Return the terms one list holds, in text order.

    Args:
        text: The clean text.
        objects: The stretch to cut, with its role and governing verb.
        announced: How many titles the stretch is said to list (15个专项); 0 if not said.
    """
    if objects.role == "context":
        return _contexts(text, objects.start, objects.end)
    titles = titles_of(text, objects.start, objects.end, announced)
    if titles:
        return [p for t in titles for p in title_terms(text, t)]
    found: list[Phrase] = []
    for stretch in readings(text, objects):
        if stretch.role == "context":
            found.extend(_contexts(text, stretch.start, stretch.end))
        else:
            found.extend(_terms(text, stretch))
    return sorted(found, key=lambda p: (p.start, p.end))


def titles_of(text: str, start: int, end: int, announced: int) -> list[Span]:
    """Return the titles of a list that holds as many as the text itself says, else nothing."""
    count = lex.COUNT_TAIL.search(text[start:end])
    if count and not announced:
        announced = chinese_number(count["count"].replace("两", "二"))
        end = start + count.start()
    if announced < 2:
        return []
    bounds = [start]
    for match in re.finditer("、", text[start:end]):
        at = start + match.start()
        if not depth(text, bounds[-1], at) and not _depth_quotes(text, bounds[-1], at):
            bounds += [at, at + 1]
    bounds.append(end)
    spans = list(zip(bounds[::2], bounds[1::2], strict=True))
    if len(spans) != announced or any(b - a < 2 for a, b in spans):
        return []
    return [Span(a, b) for a, b in spans]


def title_terms(text: str, title: Span) -> list[Phrase]:
    """Return the terms of a title: it ends as printed, and one of two things is two."""
    return [Phrase(c.start, c.end, "leaf") for c in parts_of(text, title.start, title.end)]


def _depth_quotes(text: str, start: int, at: int) -> bool:
    return text.count("“", start, at) > text.count("”", start, at)


def _terms(text: str, objects: Objects) -> list[Phrase]:
    start, end = objects.start, objects.end
    end = without_deeds(text, start, end, bool(objects.verb))
    count = lex.COUNT_TAIL.search(text[start:end])
    if count and "、" in text[start : start + count.start()]:
        end = start + count.start()
    found: list[Phrase] = []
    for at, stop in _segments(text, start, end):
        thing = without_relative(text, at, stop)
        served = _SERVED.match(text, at, thing)
        if served:
            found.extend(_contexts(text, served.end(), _list_end(text, at, thing)))
        for group in etc_groups(text, thing, stop):
            found.extend(_group_terms(text, *group, objects))
    return found


def _segments(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the stretches 以及 parts, outside brackets."""
    bounds = [start]
    for match in re.finditer("以及", text[start:end]):
        at = start + match.start()
        if not depth(text, bounds[-1], at) and at > bounds[-1] and at + 2 < end:
            bounds += [at, at + 2]
    bounds.append(end)
    return list(zip(bounds[::2], bounds[1::2], strict=True))


def _list_end(text: str, start: int, end: int) -> int:
    close = re.search(r"等|所需|相关|配套|特征|功能|的", text[start:end])
    return start + close.start() if close else end


def _group_terms(
    text: str, start: int, end: int, tail: Span | None, objects: Objects
) -> list[Phrase]:
    tail_text = tail_word(text, tail)
    if tail and lex.ABSTRACT.search(tail_text) and not keeps_members(tail_text):
        return []
    parts = parts_of(text, start, end)
    joined = merged(text, parts, tail, tail_text)
    found = [p for part in joined for p in _phrases(text, part, objects, parts)]
    kept = [p for p in found if p.role == "leaf"]
    owners = [p for p in found if p.role == "context"]
    made_of = _MADE_OF.match(tail_text)
    if tail and kept and made_of and not RELATIVE.match(tail_text):
        whole = Objects(
            tail.start, tail.start + len(tail_text), "leaf", objects.verb, objects.verb_span
        )
        product = _phrases(text, Cut(whole.start, whole.end, ""), whole, parts)
        return [*(replace(p, role="context") for p in kept), *product]
    if tail and kept and _TRADES.match(tail_text):
        return [replace(p, role="context") for p in kept]
    if tail and len(tail_text) >= 4 and not lex.GENERIC.fullmatch(tail_text) and kept:
        at = tail.start
        if kept[-1].end <= at and not lex.ABSTRACT.search(tail_text):
            end = at + len(tail_text)
            kept.append(Phrase(at, end, "group", objects.verb, objects.verb_span))
    return [*kept, *owners]


_MADE_OF = re.compile(r"[^的]{2,8}的[^的]{3,}(?:技术|装备|设备|系统|产品|材料)$")
"""等低品位燃料的能源化技术: the list holds what the thing is made of or for."""
_TRADES = re.compile(r"行业(?!软件|$).{2,}")
"""等行业生产设备…: the list holds trades, the tail what is done in them."""


_OWNED = re.compile(r"(?:基于)?(?P<owner>[^的]{2,})的(?P<own>[^的]{4,})")
"""X的Y: Y is the thing, X what it belongs to."""


def _phrases(text: str, part: Cut, objects: Objects, parts: list[Cut]) -> list[Phrase]:
    """Return the leaf a part names, and as context what it belongs to; nothing if no thing."""
    start, end = part.start, part.end
    start = unquantified(text, start, end)
    start = without_relative(text, start, end)
    start, end = trimmed(text, start, end)
    if objects.verb and len(parts) > 1:
        end -= bare_deed_length(text[start:end])
    owner: list[Phrase] = []
    owned = _OWNED.fullmatch(text[start:end])
    if owned and lex.HEAD_END.search(owned["own"]) and not lex.DEED_NOUN.fullmatch(owned["own"]):
        owner = _contexts(text, start + owned.start("owner"), start + owned.end("owner"))
        start += owned.start("own")
    word = text[start:end]
    if not is_thing(word, objects.verb, len(parts), is_kind=part.joint == QUALITY):
        return []
    stage = None
    staged = lex.STAGE_END.search(word)
    if staged and sum(bool(lex.STAGE_END.search(text[p.start : p.end])) for p in parts) >= 2:
        stage = lex.STAGES[staged[1]]
    return [*owner, Phrase(start, end, "leaf", objects.verb, objects.verb_span, stage)]


def _contexts(text: str, start: int, end: int) -> list[Phrase]:
    found = []
    etc = last_etc(text, start, end)
    stop = etc if etc > start else end
    start = unquantified(text, start, stop)
    for part in parts_of(text, start, stop):
        at, to = trimmed(text, part.start, part.end)
        word = text[at:to]
        if 2 <= len(word) <= 20 and not lex.ABSTRACT.search(word) and not unbalanced(word):
            found.append(Phrase(at, to, "context"))
    return found
