"""Usage: the thing an object names, where it is used, what it is turned into."""

from __future__ import annotations

import re
from dataclasses import replace

from chainmap.extraction import lexicon as lex
from chainmap.extraction.phrases import Objects

_TOWARDS = re.compile(
    r"^(?P<what>[^向]{2,}?)(?:分层次)?向(?P<to>.+?)(?:的?(?:方向|方式)(?:提升|集聚|转型)?(?:发展|转变|转型|升级)?"
    r"|的?(?:纵向)?集成|的?(?:发展|转变|升级|延伸|迈进|转型|提升))$"
)
_TOWARDS_MAKING = re.compile(
    r"^(?P<what>[^向、]{2,}?)向(?P<to>[^、]+?)的(?:研发|开发|升级)(?:和(?P<more>.+))?$"
)
_IN_USE = re.compile(
    r"^(?P<what>.+?)在(?P<where>.+?)(?P<tail>(?:等[^、,等]{0,6})?(?:领域|方面|行业|区域|过程中|[中上])?(?:等)?"
    r"(?:的|中的|(?<=领域)|(?<=行业))(?:深度|广泛|日常|推广|示范|规模化)*(?:应用|推广|普及|延伸|试验|试点|深入|示范|融合|渗透|落地)[^、]{0,8}"
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
_BLEND = re.compile(
    r"^(?P<what>[^、和与]{3,10})[和与](?P<into>传统产业|实体经济|制造业|各行业|各领域|[^、和与]{2,6}业)(?:的?(?:深度|加速|全面))?融合"
)
_LONGEST_CLAUSE = 300  # longer clauses are text without its punctuation, not grammar


def readings(text: str, objects: Objects) -> list[Objects]:
    """Return the stretches inside an object: the thing, where it is used, where it leads."""
    start = unquantified(text, objects.start, objects.end)
    body = text[start : objects.end]
    if len(body) > _LONGEST_CLAUSE:
        return [replace(objects, start=start)]
    blend = _BLEND.match(body)
    if blend:
        into = Objects(start + blend.start("into"), start + blend.end("into"), "context")
        return [replace(objects, start=start, end=start + blend.end("what")), into]
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


def unquantified(text: str, start: int, end: int) -> int:
    """Return where the thing begins behind numbers and measure words (一批, 3个)."""
    while True:
        match = lex.QUANTIFIER.match(text, start, end)
        if match is None or match.end() == start or match.end() >= end:
            return start
        start = match.end()
