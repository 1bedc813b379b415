"""Statements on how investment promotion is to work, sorted by what they set up."""

from __future__ import annotations

import re

from chainmap.concepts.policy import Mechanism, MechanismCategory
from chainmap.extraction.phrases import Span, clauses, sentences
from chainmap.extraction.refusals import refuses
from chainmap.extraction.repair import Clean

_MARKS: tuple[tuple[MechanismCategory, re.Pattern[str]], ...] = (
    ("招商目录", re.compile(r"招商(?:引资)?(?:指导)?目录|鸟瞰图|招商图谱")),
    ("产业链全景图", re.compile(r"全景图|产业链图谱|产业地图|产业链地图")),
    ("招商数据库", re.compile(r"招商(?:项目)?(?:数据|信息|资源)?库|项目储备库")),
    ("需求库", re.compile(r"需求库|需求清单|供需对接|技术难题库")),
    ("准入", re.compile(
        r"准入(?!制度改革)|产业标准管控|排污管控|负面清单|项目门槛|亩均.{0,6}标准"
    )),
    ("跟踪服务", re.compile(
        r"跟踪服务|全过程(?:的)?服务|绿色通道|盯引|领导联系|项目服务组"
        r"|服务团队|专班|首报首谈|最多跑一次"
    )),
    ("错位发展", re.compile(
        r"错位(?:发展|竞争|布局)|差异(?:化)?(?:竞争|发展)|协同发展、有序发展"
    )),
    ("精准招商", re.compile(
        r"精准招商|精准招引|产业链招商|目标产业招商|以商引商|龙头企业引商|招商引[智资]|(?<!人才)招引"
    )),
)  # fmt: skip

_LONGEST_HEADING = 16


def mechanisms_of(clean: Clean) -> list[Mechanism]:
    """Return one statement per category and sentence, in text order; headings are left out."""
    found: list[Mechanism] = []
    for line in clean.body:
        if len(line.text) < _LONGEST_HEADING and "," not in line.text:
            continue
        if re.search(r"印发|的通知$|[^。]计划(?:\([^()]*\))?$", line.text):
            continue  # titles and what forwards them
        for sentence in sentences(clean.text, line.start, line.end):
            found.extend(_of_sentence(clean, sentence))
    return found


def _of_sentence(clean: Clean, sentence: Span) -> list[Mechanism]:
    parts = clauses(clean.text, sentence)
    found = []
    for category, mark in _MARKS:
        hits = [c for c in parts if mark.search(clean.text, c.start, c.end)]
        if category != "准入":  # to admit is to refuse as well
            hits = [c for c in hits if not refuses(clean.text[c.start : c.end])]
        if not hits:
            continue
        start, end = hits[0].start, hits[-1].end
        text = clean.text[start:end]
        if text.startswith("("):
            continue
        raw_start, raw_end = clean.span(start, end)
        found.append(Mechanism(category=category, statement=text, start=raw_start, end=raw_end))
    return sorted(found, key=lambda m: (m.start, m.end))
