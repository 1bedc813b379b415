"""Damage that shows only in the readable text: lost starts, doubled words, broken marks."""

from __future__ import annotations

import re

from chainmap.concepts.policy import Damage, DamageKind
from chainmap.extraction.mojibake import LOST
from chainmap.extraction.repair import Clean

_DOUBLED = re.compile(r"([一-鿿]{3,8})\1")
_BODIES_CUT = re.compile(r"\((?:任单位|单位|责任单(?!位))")
_BODIES_JOINED = re.compile(r"\(责任单位(?![::])")
_ONLY_BODIES = re.compile(r"^(?:\d{1,2}[.．、])?[^。,]{2,24}。\(责任单位[^)]*\)$")
_ELSEWHERE = re.compile(
    r"(?:参照|按照|详见|另见)[^,。]{2,24}(?:方案|规划|计划|意见|文件)[^。]{0,12}(?:明确|执行|规定)"
)


def wounds_of(clean: Clean) -> list[Damage]:
    """Return the damage of the body and of characters no step could read, in text order."""
    found: list[Damage] = []

    def note(kind: DamageKind, start: int, end: int, text: str) -> None:
        raw_start, raw_end = clean.span(start, end)
        found.append(Damage(kind=kind, start=raw_start, end=raw_end, note=text))

    for match in re.finditer(f"{LOST}+|[\ue000-\uf8ff]+", clean.text):
        note("lost_character", *match.span(), f"{len(match[0])}个字无法辨认，不作猜测。")
    for line in clean.body:
        at = line.start
        for match in _DOUBLED.finditer(line.text):
            note("duplicate_text", at + match.start(), at + match.end(), f"“{match[1]}”重复出现。")
        for match in _BODIES_CUT.finditer(line.text):
            note("lost_text", at + match.start(), at + match.end(), "“责任单位”字样残缺。")
        for match in _BODIES_JOINED.finditer(line.text):
            note("broken_mark", at + match.start(), at + match.end(), "“责任单位”后缺冒号。")
        for match in _ELSEWHERE.finditer(line.text):
            note(
                "elsewhere", at + match.start(), at + match.end(), "内容在另一文件，本文没有列出。"
            )
        if _ONLY_BODIES.match(line.text):
            note("lost_text", line.start, line.end, "标题之后直接是责任单位，正文疑似缺失。")
        for name, left, right in (("引号", "“", "”"), ("括号", "(", ")"), ("书名号", "《", "》")):
            if line.text.count(left) != line.text.count(right):
                note("broken_mark", line.start, line.end, f"本段{name}不成对。")
    return sorted(found, key=lambda d: (d.start, d.end))
