"""Sentences outside boxes that state directions: enumerations of fields and leads."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from chainmap.extraction.layout import Line

_MEMBERS = r"(?P<list>[^,。;:]*?、[^,。;:]*?)"
_FIELDS = re.compile(
    r"(?:构建|形成)?(?:聚力|重点)?(?P<mark>聚焦|主攻|瞄准|以|在|围绕|面向)"
    + _MEMBERS
    + r"(?P<tail>等(?:[^、,。;]{0,8}?)(?:领域|方向|产业|赛道)(?:为重点)?)"
)
MEMBER_CUT = re.compile(r"、|(?<=[^、]{2})[和与及](?=[^、]{2})")
_DIRECTION = re.compile(
    r"(?:重点|大力|加快|积极|优先|超前|前瞻|着力|主要|深入)*"
    r"(?:发展|突破|布局|研发|开发|培育|加快|加大|支持|推进|加强|主攻|聚焦|开展)"
)
_NOT_FIELDS = re.compile(
    r"创新|人才|资金|资本|机制|政策|成果|评价|市场|管理|收益|教育|要素|制度|企业|机构|资源|环境|合作|配置"
    r"|招商|改革|政府|服务体系|保障|组织|科研|医疗服务|监管|预算|目标|原则|行动|战略"
)
_FEWEST = 4  # three fields in passing are an example, four or more are a list to keep


@dataclass(frozen=True)
class Lead:
    """A stretch of clean text that states directions.

    `list_start`/`list_end` bound the enumerated fields; equal where the stretch is prose.
    """

    kind: Literal["enumeration", "lead"]
    title: str
    start: int
    end: int
    list_start: int
    list_end: int


def leads_of(line: Line, *, leads_box: bool) -> list[Lead]:
    """Return the stretches of one line outside boxes that state directions, in order.

    Args:
        line: The line, in clean offsets.
        leads_box: The line stands right before a box, so its directions introduce it.
    """
    if leads_box:
        lead = _box_lead(line)
        if lead:
            return [lead]
    broad = _broad_lead(line)
    if broad:
        return [broad]
    found: list[Lead] = []
    for match in _FIELDS.finditer(line.text):
        members = MEMBER_CUT.split(match["list"])
        if not _are_fields(members, match["mark"], match["tail"]):
            continue
        kind: Literal["enumeration", "lead"] = (
            "lead" if match["mark"] in ("聚焦", "主攻", "瞄准") else "enumeration"
        )
        start, end = _sentence(line.text, *match.span())
        at = line.start
        span = (at + match.start("list"), at + match.end("list"))
        found.append(Lead(kind, match["list"][:20], at + start, at + end, *span))
    return found


_TECH_LIST = re.compile(
    r"(?:建设|加大|促进|推动|推进|发展|支持|突破|应用|加快)(?P<list>[^,。;、]{2,12}、[^,。;]*?)等[^,。;、]{0,12}?(?:技术|平台|业态|产业)"
)


def _broad_lead(line: Line) -> Lead | None:
    """Return the paragraph as a lead where two of its clauses list fields of technology."""
    hits = [
        m
        for m in _TECH_LIST.finditer(line.text)
        if not any(_NOT_FIELDS.search(w) for w in MEMBER_CUT.split(m["list"]))
    ]
    if len(hits) < 2:
        return None
    clause = line.text.rfind(",", 0, hits[0].start())
    start = max(clause, line.text.rfind("。", 0, hits[0].start())) + 1
    stop = line.text.find("。", hits[-1].end())
    end = stop if stop > 0 else len(line.text)
    at = line.start
    return Lead("lead", hits[0]["list"][:20], at + start, at + end, at + start, at + start)


def _are_fields(members: list[str], mark: str, tail: str) -> bool:
    named = [m for m in members if m and not _NOT_FIELDS.search(m)]
    fewest = _FEWEST if mark in ("聚焦", "以", "在") else _FEWEST + 1
    if mark in ("围绕", "面向") and not tail.endswith(("方向", "产业")):
        return False
    longest = max(len(m) for m in members)
    return len(members) >= fewest and len(named) == len(members) and longest <= 16


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the sentence around a span."""
    left = max(text.rfind(mark, 0, start) for mark in "。;:") + 1
    rights = [i for i in (text.find(mark, end) for mark in "。;") if i >= 0]
    return left, (min(rights) + 1 if rights else len(text))


def _box_lead(line: Line) -> Lead | None:
    """Return the directions a paragraph right before a box states, without responsible bodies."""
    text = re.split(r"\((?:责任单位|任单位|牵头单位)|到20\d\d年", line.text)[0]
    opening = re.match(r"(?:\d{1,2}[.．、])?[^。,:]{0,16}。(?=.)", text)
    first = opening.end() if opening else 0
    clauses = re.finditer(r"[^,。;]+", text[first:])
    if not any(_names_directions(m[0]) for m in clauses):
        return None
    start, end = line.start + first, line.start + len(text.rstrip(",。"))
    return Lead("lead", text[first : first + 20], start, end, start, start)


def _names_directions(clause: str) -> bool:
    verb = _DIRECTION.search(clause)
    if verb is None:
        return False
    rest = clause[verb.end() :]
    return bool(re.search(r".、.|.[和及].", rest)) and not _NOT_FIELDS.search(rest)
