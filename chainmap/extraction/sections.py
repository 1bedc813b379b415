"""Headings of a document and the section each line stands in."""

from __future__ import annotations

import re
from dataclasses import dataclass

from chainmap.concepts.policy import Damage
from chainmap.extraction.layout import Line
from chainmap.extraction.repair import Clean

_DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九十")}
_LEVELS = (
    re.compile(r"第([一二三四五六七八九十\d]+)[章节篇部分]+\s*"),
    re.compile(r"([一二三四五六七八九十]{1,3})、"),
    re.compile(r"[(（]([一二三四五六七八九十]{1,3})[)）]"),
    re.compile(r"(\d{1,2})[.．、](?!\d)"),
)
_LONGEST_NAME = 40


@dataclass(frozen=True)
class Heading:
    """A numbered heading: its level (0 chapter … 3 `1.`), number, name and line index."""

    level: int
    number: int
    name: str
    line: int
    name_start: int
    name_end: int
    whole_line: bool


@dataclass(frozen=True)
class Sections:
    """The headings of a document in order."""

    headings: tuple[Heading, ...]

    def path(self, line: int) -> tuple[Heading, ...]:
        """Return the headings the line stands under, outermost first, its own included."""
        stack: list[Heading] = []
        for heading in self.headings:
            if heading.line > line:
                break
            restarted = False
            while stack and stack[-1].level >= heading.level:
                top = stack.pop()
                restarted = top.level == heading.level and top.number > heading.number == 1
            if restarted and len(stack) > 1:
                stack.pop()  # numbering fell back to 1: the heading above was lost
            stack.append(heading)
        return tuple(stack)

    def parent(self, line: int) -> str | None:
        """Return the names of the sections above the line, joined by ` > `, or None."""
        return " > ".join(h.name for h in self.path(line) if h.name) or None


def chinese_number(text: str) -> int:
    """Return the value of a numeral up to 99 in digits or Chinese figures, 0 if it is none."""
    if text.isdigit():
        return int(text)
    tens, ten, ones = text.partition("十")
    if not ten:
        return _DIGITS.get(text, 0)
    return _DIGITS.get(tens, 1) * 10 + _DIGITS.get(ones, 0)


def heading_of(line: Line, index: int) -> Heading | None:
    """Return the heading a line opens with, or None.

    The name is the line up to its first full stop; a line whose first sentence is prose
    (long, or with a comma) has a heading without a name.
    """
    for level, pattern in enumerate(_LEVELS):
        match = pattern.match(line.text)
        if match is None:
            continue
        rest = line.text[match.end() :]
        name = re.split(r"[。:|]", rest, maxsplit=1)[0]
        if len(name) > _LONGEST_NAME or ("," in name and len(name) < len(rest) - 2):
            name = ""
        start = line.start + match.end()
        end = start + len(name)
        whole = not rest[len(name) :].strip("。:|")
        return Heading(level, chinese_number(match[1]), name, index, start, end, whole)
    return None


def sections_of(clean: Clean) -> Sections:
    """Return the headings of the body; line indexes count from the first body line."""
    found = (heading_of(line, i) for i, line in enumerate(clean.body))
    return Sections(tuple(h for h in found if h is not None))


def lost_headings(clean: Clean, sections: Sections) -> list[Damage]:
    """Return one damage per gap in the numbering and per numbered paragraph without a name."""
    damage: list[Damage] = []
    last: dict[int, int] = {}
    for heading in sections.headings:
        previous = last.get(heading.level, 0)
        deeper = [h for h in last if h > heading.level]
        gap = _gap(heading, previous, last)
        if gap:
            damage.append(_at(clean, heading, gap))
        if not heading.name and heading.level == 3:
            note = f"第{heading.number}条的标题缺失，不作猜测。"
            damage.append(_at(clean, heading, note))
        elif heading.level == 3 and _cut_short(heading, sections):
            note = f"标题“{heading.name}”疑似残缺，原样保留。"
            damage.append(_at(clean, heading, note))
        last[heading.level] = heading.number
        for level in deeper:
            del last[level]
    return damage


def _cut_short(heading: Heading, sections: Sections) -> bool:
    """Tell whether a name of two characters stands among full names of its own section."""
    if len(heading.name) != 2 or heading.whole_line:
        return False
    near = [h for h in sections.headings if h.level == heading.level and h is not heading]
    near = sorted(near, key=lambda h: abs(h.line - heading.line))[:4]
    return bool(near) and all(len(h.name) >= _FULL_NAME for h in near)


_FULL_NAME = 5


def _gap(heading: Heading, previous: int, last: dict[int, int]) -> str | None:
    if heading.number > previous + 1:
        missing = "、".join(str(n) for n in range(previous + 1, heading.number))
        # articles numbered straight through the document do not restart in each section
        if previous == 0 and heading.level > 1:
            return None
        return f"编号由{previous}跳到{heading.number}，缺第{missing}项标题，不作猜测。"
    if heading.number == 1 and previous > 1 and heading.level - 1 in last:
        return f"编号由{previous}回到1，其上一级标题可能缺失，不作猜测。"
    return None


def _at(clean: Clean, heading: Heading, note: str) -> Damage:
    line = clean.body[heading.line]
    start, end = clean.span(line.start, max(line.start + 1, heading.name_end))
    return Damage(kind="lost_heading", start=start, end=end, note=note)
