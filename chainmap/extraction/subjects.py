"""Subjects: the place and the field a sentence speaks of, which its goals are goals of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from chainmap.extraction.indicator_names import LEADS, VERBS, own_start
from chainmap.extraction.phrases import Span, governor
from chainmap.extraction.places import Mention, mentions, place_of_name
from chainmap.extraction.standing import Whereabouts, located

_TASKS = (
    r"(?:在|支持|推动|推进|加快|鼓励|引导|深化|大力|着力|重点|全力|高水平|高质量|做[大强]"
    r"|建设|打造)"
)
_OPENS = re.compile(rf"(?:{LEADS}|{_TASKS})*")
_TASK = re.compile(rf"{_TASKS}$")
_BESIDE = re.compile(r"[与和及同]$")
_OWN = re.compile(r"(?:全|我|本)[省市县区]")
_MORE_PLACES = re.compile(r"[、和与及]")
_AND_OTHERS = re.compile(r"(?:[、和与及][^,。;:、和与及等\d]{1,6}){0,9}等(?:地|\d*[市县区])")
_COUNTED = re.compile(r"(?:数量?|总数)?(?:达到?|超过|突破|增[至加到]+)?\d")
_MARK = re.compile(r"[,;:、]")
_FIELD = r"(?:全[省市县区])?(?P<field>[一-鿿A-Za-z]{2,12}?(?:产业|行业))"
_AGENT = re.compile(rf"{_FIELD}(?=(?:重点|累计|力争|共|新)*{VERBS})")
_TOPIC = re.compile(r"(?:全[省市县区])?(?P<field>[一-鿿A-Za-z]{2,8}?(?:产业|经济)(?:核心产业)?)")
_LEANS = re.compile(r"(?:工业)?(?:总产值|产值|增加值|(?:主营业务|营业|销售|经营)收入|营收|利润)")
_NO_FIELD = re.compile(
    r"目标|任务|要求|机制|工程|行动|平台|人才|企业|招商|基础|方向|领域|布局|建设|服务$"
)
_LONGEST_FIELD = 12
_LONGEST_TASK = 3


@dataclass(frozen=True)
class Subject:
    """A place goals are for: how their names say it, what region that is, where it stands.

    `said` is empty for the document's own region; `region` is None for a place below it that
    no table knows.
    """

    said: str
    region: str | None
    code: str | None
    start: int = 0
    end: int = 0


@dataclass(frozen=True)
class Field:
    """A stretch of clean text under the name of a field."""

    start: int
    end: int
    name: str


def own_region(here: Whereabouts) -> Subject:
    """Return the document's own region as a subject."""
    return Subject("", here.name, here.code)


def subject_of_heading(name: str, here: Whereabouts) -> Subject | None:
    """Return the zone a section is on (推进某高新区建设), or None."""
    match = re.search(
        r"(?:大力|深入|着力|加快|推进|建设|打造|支持)*([^,。]{2,12}?(?:高新区|科技城|开发区|新区|产业园|大走廊))建设",
        name,
    )
    if match is None or re.search(
        r"各类|若干|一批|^(?:推进|建设|打造|支持|[^级]{1,2}级|特色|重点)", match[1]
    ):
        return None
    place = place_of_name(match[1], here.table)
    return _subject([place], 0, 0, here) if place else Subject(match[1], None, None)


def subjects_of(text: str, sentence: Span, here: Whereabouts) -> list[Subject]:
    """Return the places that open a clause of a sentence, in text order.

    Each holds until the next; 全省, 全市 and the region's own name bring back the region itself.
    """
    found: list[Subject] = []
    begins = [sentence.start]
    for mark in _MARK.finditer(text, sentence.start, sentence.end):
        listed = mark[0] == "、" and not re.search(r"\d", text[begins[-1] : mark.start()])
        if not listed:
            begins.append(mark.end())
    for begin, stop in zip(begins, [*begins[1:], sentence.end], strict=True):
        if not found or begin >= found[-1].end:
            told = _opening(text, begin, stop, here)
            found += [told] if told else []
    return found


def _opening(text: str, begin: int, stop: int, here: Whereabouts) -> Subject | None:
    """Return the place a clause opens with, or None."""
    opened = _OPENS.match(text, begin, stop)
    at = opened.end() if opened else begin
    own = _OWN.search(text, begin, at) or _OWN.match(text, at, stop)
    at = max(at, own.end()) if own else at
    named = mentions(text, at, stop, here.table)
    run: list[Mention] = []
    for one in named:
        if one.start == at or (run and _MORE_PLACES.fullmatch(text[run[-1].end : one.start])):
            run.append(one)
    if run and not _BESIDE.search(text, begin, at) and _is_subject(text, run[-1], here):
        return _subject(run, run[0].start, run[-1].end, here, text)
    return Subject("", here.name, here.code, own.start(), own.end()) if own else None


def _is_subject(text: str, place: Mention, here: Whereabouts) -> bool:
    """Tell whether a place can have goals: in the region, and not itself what is counted."""
    shared = 4 if here.level in ("city", "county") else 2
    if place.code and here.code and place.code[:shared] != here.code[:shared]:
        return False
    if place.level == "group":
        return "个" not in place.name and place.name != "设区市"
    division = place.level in ("province", "city", "county")
    return division or not _COUNTED.match(text, place.end)


def _subject(
    run: Sequence[Mention], start: int, end: int, here: Whereabouts, text: str = ""
) -> Subject:
    place = located(run[0], here)
    others = _AND_OTHERS.match(text, end)
    end = others.end() if others else end
    said = text[start:end] or place.name
    if len(run) > 1 or others:
        return Subject(said, None, None, start, end)
    own = (here.name or "", (here.name or "").rstrip("省市县区"))
    if place.name in own or (place.code == here.code and place.level == here.level):
        return Subject("", here.name, here.code, start, end)
    return Subject(said, place.name if place.code else None, place.code, start, end)


def is_topic(text: str, who: Subject) -> bool:
    """Tell whether a place is what a sentence is about, not one task of it (支持某地建设)."""
    return who.start < who.end and not _TASK.search(text[: who.start][-_LONGEST_TASK:])


def usable_field(name: str) -> str:
    """Return a heading as the field its goals are of, or nothing where it is none."""
    short = re.sub(r"\([^()]*\)", "", name).removesuffix("产业")
    is_field = 2 <= len(short) <= _LONGEST_FIELD and not _NO_FIELD.search(short)
    return short if is_field and not re.match(VERBS, short) else ""


def field_at(fields: Sequence[Field], at: int) -> str:
    """Return the narrowest field around a place in clean text, empty for none."""
    around = [field for field in fields if field.start <= at < field.end]
    return min(around, key=lambda f: f.end - f.start).name if around else ""


def topic_of(text: str, sentence: Span) -> str:
    """Return the industry a sentence opens with (新兴产业…, 产值…), empty for none."""
    begin = own_start(text, sentence.start, sentence.end)
    told = _TOPIC.match(text, begin, sentence.end)
    return told["field"] if told and governor(text, begin, sentence.end) is None else ""


def own_words(text: str, left: int, at: int, who: Subject, field: str) -> tuple[int, str]:
    """Return where a clause comes to its own words, and the field they are of.

    Args:
        text: The clean text.
        left: Where the clause begins.
        at: Where its number stands.
        who: The place in force; left out where the clause names it.
        field: The field in force; an industry that acts in this clause takes its place.
    """
    begin = left
    if left <= who.start < who.end <= at and who.said:
        begin = who.end + text.startswith("的", who.end)
    begin = own_start(text, begin, at)
    agent = None if governor(text, begin, at) else _AGENT.match(text, begin, at)
    if agent is not None and not (field and agent["field"].startswith(field)):
        return agent.end(), agent["field"]
    if field and text.startswith(field, begin):
        end = begin + len(field)
        end += 2 if text.startswith("产业", end) else 0
        return (end if end < at else begin), field
    return begin, field


def with_subject(name: str, who: Subject, field: str, topic: str) -> str:
    """Return an indicator's name with the place and the field it is of."""
    of = field or (topic if _LEANS.match(name) else "")
    name = name if of in name else of + name
    return name if name.startswith(who.said) else who.said + name
