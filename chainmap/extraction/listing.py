"""Lists cut into terms: 、 and 和, shared heads and tails, 等, qualities, deeds, glosses."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

from chainmap.extraction import lexicon as lex
from chainmap.extraction.coordination import JOINTS, Cut, depth, merged, parts_of
from chainmap.extraction.phrases import Objects, Span
from chainmap.extraction.sections import chinese_number
from chainmap.extraction.things import bare_deed_length, is_quality, is_thing, trimmed, unbalanced

_TOWARDS = re.compile(
    r"^(?P<what>[^向]{2,}?)(?:分层次)?向(?P<to>.+?)(?:的?(?:方向|方式)(?:提升|集聚|转型)?(?:发展|转变|转型|升级)?"
    r"|的?(?:纵向)?集成|的?(?:发展|转变|升级|延伸|迈进|转型|提升))$"
)
_TOWARDS_MAKING = re.compile(
    r"^(?P<what>[^向、]{2,}?)向(?P<to>[^、]+?)的(?:研发|开发|升级)(?:和(?P<more>.+))?$"
)
_IN_USE = re.compile(
    r"^(?P<what>.+?)在(?P<where>.+?)(?P<tail>(?:等[^、,等]{0,6})?(?:领域|方面|行业|区域|过程中|[中上])?(?:等)?"
    r"(?:的|中的)(?:深度|广泛|日常|推广|示范|规模化)*(?:应用|推广|普及|延伸|试验|试点|深入|示范|融合|渗透|落地)[^、]{0,8}"
    r"|(?:我省|我市|全省|全市|我国|全国)?(?:试验|推广)(?:[与和].{2,6})?)$"
)
_ONLY_USE = re.compile(
    r"^在(?P<where>.+?)(?:等[^、,等]{0,6})?(?:领域|方面|行业)?(?:的|中的)[^、]{0,4}(?:应用|推广|示范)$"
)
_SUFFERERS = re.compile(
    r"^(?P<what>.+?、.+?)的(?P<deeds>(?:预防|监测|防控|防治|检测|诊断|监控)、.+)$"
)
_ABOUT = re.compile(r"^对(?P<what>.+)$")
_ONTO = re.compile(r"^(?P<what>.{3,}?)对(?P<to>.{2,}(?:改造|升级|支撑|提升|赋能).*)$")
_RELATIVE = re.compile(
    r"^(?:(?:具有|具备|用于|面向|与|同|适合|符合|针对|围绕|以|可实现|拥有|影响|满足|致力于|既能|集|适应|自主知识产权).*的(?=[^、]{2,})"
    r"|.*(?:涉及|所需|相关联)的(?=[^、]{2,}))"
)
_LONGEST_CLAUSE = 300  # longer clauses are text without its punctuation, not grammar
_SERVED = re.compile(r"(?:面向|用于|针对|适应|与|同)")
_ETC = re.compile(r"等(?!离子|级|效|温|静|距|位|号|闲|待|同|于|高线|轴|压|熵)")


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
    titles = _titles(text, objects.start, objects.end, announced)
    if titles:
        return titles
    found: list[Phrase] = []
    for stretch in _readings(text, objects):
        if stretch.role == "context":
            found.extend(_contexts(text, stretch.start, stretch.end))
        else:
            found.extend(_terms(text, stretch))
    return sorted(found, key=lambda p: (p.start, p.end))


def _titles(text: str, start: int, end: int, announced: int) -> list[Phrase]:
    """Return one term per 、 where the text itself says how many there are, else nothing.

    A number announced and met proves that 和 and 与 stand inside the titles.
    """
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
    return [Phrase(a, b, "leaf") for a, b in spans]


def _depth_quotes(text: str, start: int, at: int) -> bool:
    return text.count("“", start, at) > text.count("”", start, at)


def _readings(text: str, objects: Objects) -> list[Objects]:
    """Return the stretches inside an object: the thing, where it is used, where it leads."""
    start = _unquantified(text, objects.start, objects.end)
    body = text[start : objects.end]
    if len(body) > _LONGEST_CLAUSE:
        return [replace(objects, start=start)]
    if re.search(r"[和与].+(?:融合|互动)(?:发展)?$", body):
        return []
    if _ABOUT.match(body):
        start, body = start + 1, body[1:]
        sufferers = _SUFFERERS.match(body)
        if sufferers:
            whom = Objects(start, start + sufferers.end("what"), "context")
            return [whom, replace(objects, start=start + sufferers.start("deeds"))]
    for pattern in (_TOWARDS_MAKING, _TOWARDS):
        towards = pattern.match(body)
        if towards:
            names = ("what",) if "方式" in body else ("what", "to", "more")
            groups = [g for g in names if towards.groupdict().get(g)]
            return [
                replace(objects, start=start + towards.start(g), end=start + towards.end(g))
                for g in groups
            ]
    only = _ONLY_USE.match(body)
    if only:
        return [Objects(start + only.start("where"), start + only.end("where"), "context")]
    used = _IN_USE.match(body)
    if used:
        where = Objects(start + used.start("where"), start + used.end("where"), "context")
        return [replace(objects, start=start, end=start + used.end("what")), where]
    onto = _ONTO.match(body)
    if onto:
        return [replace(objects, start=start, end=start + onto.end("what"))]
    return [replace(objects, start=start)]


def _unquantified(text: str, start: int, end: int) -> int:
    while True:
        match = lex.QUANTIFIER.match(text, start, end)
        if match is None or match.end() == start or match.end() >= end:
            return start
        start = match.end()


def _terms(text: str, objects: Objects) -> list[Phrase]:
    start, end = objects.start, objects.end
    end = _without_deeds(text, start, end, bool(objects.verb))
    count = lex.COUNT_TAIL.search(text[start:end])
    if count and "、" in text[start : start + count.start()]:
        end = start + count.start()
    found: list[Phrase] = []
    for at, stop in _segments(text, start, end):
        thing = _without_relative(text, at, stop)
        served = _SERVED.match(text, at, thing)
        if served:
            found.extend(_contexts(text, served.end(), _list_end(text, at, thing)))
        for group in _etc_groups(text, thing, stop):
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


def _without_deeds(text: str, start: int, end: int, governed: bool) -> int:
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


def _without_relative(text: str, start: int, end: int) -> int:
    """Return where the thing begins behind a clause like 具有…的, 面向…的, 与…相关的."""
    stop = end
    split = text.find("以及", start, end)
    if split > 0:
        stop = split
    etc = _last_etc(text, start, stop)
    match = _RELATIVE.match(text[start : etc if etc > start else stop])
    if match is None:
        match = _RELATIVE.match(text[start:stop])
    if match and "”" not in text[start + match.end() : start + match.end() + 1]:
        return start + match.end()
    return start


def _last_etc(text: str, start: int, end: int) -> int:
    last = -1
    for match in _ETC.finditer(text, start, end):
        last = match.start()
    return last


def _etc_groups(text: str, start: int, end: int) -> list[tuple[int, int, Span | None]]:
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
            if match[0] == "、" and is_quality(left):
                continue
            return match.start()
        if not left or lex.GENERIC.fullmatch(left + match[0] + right):
            continue
        if lex.HEAD_END.search(left) and len(right) >= 4:
            return match.start()
    return end


def _group_terms(
    text: str, start: int, end: int, tail: Span | None, objects: Objects
) -> list[Phrase]:
    tail_text = _tail_word(text, tail)
    if tail and lex.ABSTRACT.search(tail_text) and not _keeps_members(tail_text):
        return []
    parts = parts_of(text, start, end)
    joined = merged(text, parts, tail, tail_text)
    found = [_phrase(text, part, objects, parts) for part in joined]
    kept = [p for p in found if p is not None]
    made_of = _MADE_OF.match(tail_text)
    if tail and kept and made_of and not _RELATIVE.match(tail_text):
        whole = Objects(
            tail.start, tail.start + len(tail_text), "leaf", objects.verb, objects.verb_span
        )
        product = _phrase(text, Cut(whole.start, whole.end, ""), whole, parts)
        return [*(replace(p, role="context") for p in kept), *([product] if product else [])]
    if tail and kept and _TRADES.match(tail_text):
        return [replace(p, role="context") for p in kept]
    if tail and len(tail_text) >= 4 and not lex.GENERIC.fullmatch(tail_text) and kept:
        at = tail.start
        if kept[-1].end <= at and not lex.ABSTRACT.search(tail_text):
            end = at + len(tail_text)
            kept.append(Phrase(at, end, "group", objects.verb, objects.verb_span))
    return kept


_MADE_OF = re.compile(r"[^的]{2,8}的[^的]{3,}(?:技术|装备|设备|系统|产品|材料)$")
"""等低品位燃料的能源化技术: the list holds what the thing is made of or for."""
_TRADES = re.compile(r"行业(?!软件|$).{2,}")
"""等行业生产设备…: the list holds trades, the tail what is done in them."""


def _tail_word(text: str, tail: Span | None) -> str:
    """Return what 等 says its list holds, deeds at its end left out."""
    if tail is None:
        return ""
    word = text[tail.start : tail.end]
    word = re.sub(r"领域(?:形成|实现|取得|有所|开展).*$", "", word)
    word = re.sub(
        r"(?:的|新)?(?:研究|研发|开发|发展|应用|设计|生产|建设|创新|领域|突破|攻关)+$", "", word
    )
    return re.sub(r"(?:两|三|四|\d)大.*$", "", word)


def _keeps_members(tail_text: str) -> bool:
    generic = lex.GENERIC.fullmatch(tail_text) is not None
    return generic or tail_text.endswith(("机构", "企业", "品种"))


def _phrase(text: str, part: Cut, objects: Objects, parts: list[Cut]) -> Phrase | None:
    start, end = part.start, part.end
    start = _unquantified(text, start, end)
    start = _without_relative(text, start, end)
    start, end = trimmed(text, start, end)
    if objects.verb and len(parts) > 1:
        end -= bare_deed_length(text[start:end])
    word = text[start:end]
    if not is_thing(word, objects.verb, len(parts)):
        return None
    stage = None
    staged = lex.STAGE_END.search(word)
    if staged and sum(bool(lex.STAGE_END.search(text[p.start : p.end])) for p in parts) >= 2:
        stage = lex.STAGES[staged[1]]
    return Phrase(start, end, "leaf", objects.verb, objects.verb_span, stage)


def _contexts(text: str, start: int, end: int) -> list[Phrase]:
    found = []
    etc = _last_etc(text, start, end)
    stop = etc if etc > start else end
    start = _unquantified(text, start, stop)
    for part in parts_of(text, start, stop):
        at, to = trimmed(text, part.start, part.end)
        word = text[at:to]
        if 2 <= len(word) <= 20 and not lex.ABSTRACT.search(word) and not unbalanced(word):
            found.append(Phrase(at, to, "context"))
    return found
