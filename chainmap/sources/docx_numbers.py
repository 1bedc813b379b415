"""The numbers that Word sets by itself before paragraphs of a list or before headings.

Bullets are no numbers and are left out, as are styles of counting in other scripts.

Source:
    ECMA-376 part 1, 17.9 (numbering) and 17.18.59 (`ST_NumberFormat`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from chainmap.sources.list_numerals import numeral

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DEEPEST = 9
"""Levels of a list, as many as the standard knows."""
_UNNUMBERED = ("bullet", "none")


class _Level(NamedTuple):
    """How one level of a list counts; `restart` is the level (from 1) that begins it anew."""

    start: int = 1
    form: str = "decimal"
    text: str = ""
    restart: int | None = None
    legal: bool = False
    style: str | None = None


@dataclass
class _List:
    """A definition that several lists share, and how far each level has come."""

    levels: dict[int, _Level]
    came: dict[int, int] = field(default_factory=dict)

    def step(self, level: int, start: int | None) -> None:
        """Count one more on a level; `start` begins it anew.

        Deeper levels begin anew then, and levels above that were passed over have begun.
        """
        for above in range(level):
            if above in self.levels:
                self.came.setdefault(above, self.levels[above].start)
        first = self.levels[level].start if start is None else start
        begins = start is not None or level not in self.came
        self.came[level] = first if begins else self.came[level] + 1
        for deeper in [other for other in self.came if other > level]:
            restart = self.levels[deeper].restart
            if restart is None or level < restart:
                del self.came[deeper]


class DocxNumbers:
    """The number of each paragraph of a document, asked for in the order of the text.

    Args:
        numbering: Root of the part that defines lists; None where there is none.
        styles: Root of the part that defines styles.
    """

    def __init__(self, numbering: Any = None, styles: Any = None) -> None:
        self._styles = {one.get(f"{_W}styleId"): one for one in _all(styles, "style")}
        self._usual = next(
            (name for name, one in self._styles.items()
             if one.get(f"{_W}default") == "1" and one.get(f"{_W}type") == "paragraph"), None,
        )  # fmt: skip
        self._abstract = {
            one.get(f"{_W}abstractNumId"): one for one in _all(numbering, "abstractNum")
        }
        self._nums = {one.get(f"{_W}numId"): one for one in _all(numbering, "num")}
        self._lists: dict[str, _List] = {}
        self._begun: set[tuple[str, int]] = set()
        self._told: dict[Any, str] = {}

    def before(self, paragraph: Any, text: str) -> str:
        """Return what Word sets before a paragraph; empty where it sets no number.

        A paragraph met again, in the next row of a merged cell, has the number it had.
        """
        if paragraph not in self._told:
            number = self._number(paragraph, text)
            meet = number[-1:] + text[:1]
            # Only digits that would run together are kept apart: `1 2030年`, but `一、目标`.
            apart = number and len(meet) == 2 and meet.isascii() and meet.isalnum()
            self._told[paragraph] = f"{number} " if apart else number
        return self._told[paragraph]

    def _number(self, paragraph: Any, text: str) -> str:
        if not self._nums:
            return ""
        properties = _child(paragraph, "pPr")
        if not text.strip() and _child(_child(properties, "rPr"), "del") is not None:
            return ""  # the whole paragraph was deleted while changes were tracked
        num, level = self._place(properties)
        shared = self._shared(num)
        if num is None or shared is None:
            return ""
        own = _overrides(self._nums[num])
        levels = shared.levels | {at: one for at, (_, one) in own.items() if one is not None}
        if level not in levels:
            return ""
        start = own[level][0] if level in own and (num, level) not in self._begun else None
        self._begun.add((num, level))
        shared.step(level, start)
        return _worded(levels, level, shared.came)

    def _place(self, properties: Any) -> tuple[str | None, int]:
        """Return the list a paragraph is in and its level there, its style asked as well."""
        own = _child(properties, "numPr")
        chain = self._chain(_value(_child(properties, "pStyle")) or self._usual)
        said = [_child(_child(one, "pPr"), "numPr") for one in chain]
        num = next((n for one in (own, *said) if (n := _value(_child(one, "numId")))), None)
        at = _value(_child(own, "ilvl"))
        shared = self._shared(num)
        if at is not None or shared is None:
            return num, _whole(at, 0)
        linked = {one.style: level for level, one in shared.levels.items()}
        for style, one in zip(chain, said, strict=True):
            if (name := style.get(f"{_W}styleId")) in linked:
                return num, linked[name]
            if (at := _value(_child(one, "ilvl"))) is not None:
                return num, _whole(at, 0)
        return num, 0

    def _chain(self, name: str | None) -> list[Any]:
        """Return a style and those it is based on, nearest first."""
        chain: list[Any] = []
        while name in self._styles and self._styles[name] not in chain:
            chain.append(self._styles[name])
            name = _value(_child(chain[-1], "basedOn"))
        return chain

    def _shared(self, num: str | None) -> _List | None:
        for _ in range(2):  # a list may be that of a style of lists
            name = _value(_child(self._nums.get(num), "abstractNumId"))
            abstract = self._abstract.get(name)
            style = self._styles.get(_value(_child(abstract, "numStyleLink")))
            if style is None:
                break
            num = _value(_child(_child(_child(style, "pPr"), "numPr"), "numId"))
        if name is None or abstract is None:
            return None
        if name not in self._lists:
            levels = {_at(one): _level(one) for one in _all(abstract, "lvl")}
            self._lists[name] = _List({at: one for at, one in levels.items() if at < _DEEPEST})
        return self._lists[name]


def _overrides(num: Any) -> dict[int, tuple[int | None, _Level | None]]:
    """Return what a list has of its own: by level, where it starts and how it counts."""
    own = {}
    for one in _all(num, "lvlOverride"):
        start, level = _value(_child(one, "startOverride")), _child(one, "lvl")
        own[_at(one)] = (
            None if start is None else _whole(start, 1),
            None if level is None else _level(level),
        )
    return own


def _level(element: Any) -> _Level:
    restart = _value(_child(element, "lvlRestart"))
    legal = _child(element, "isLgl")
    return _Level(
        _whole(_value(_child(element, "start")), 0),
        _value(_child(element, "numFmt")) or "decimal",
        _value(_child(element, "lvlText")) or "",
        None if restart is None else _whole(restart, 0),
        legal is not None and legal.get(f"{_W}val") not in ("0", "false", "off"),
        _value(_child(element, "pStyle")),
    )


def _worded(levels: dict[int, _Level], level: int, came: dict[int, int]) -> str:
    """Return the text of a level with the numbers of the levels it names."""
    said = levels[level]
    if said.form in _UNNUMBERED:
        return ""

    def put(named: re.Match[str]) -> str:
        at = int(named[1]) - 1
        of = levels.get(at, _Level())
        return numeral(came.get(at, of.start), "decimal" if said.legal else of.form)

    return re.sub(r"%([1-9])", put, said.text)


def _all(element: Any, kind: str) -> list[Any]:
    return [] if element is None else element.findall(f"{_W}{kind}")


def _child(element: Any, kind: str) -> Any:
    return None if element is None else element.find(f"{_W}{kind}")


def _value(element: Any) -> str | None:
    return None if element is None else element.get(f"{_W}val")


def _at(element: Any) -> int:
    return _whole(element.get(f"{_W}ilvl"), _DEEPEST)


def _whole(given: str | None, otherwise: int) -> int:
    """Return a number of a file that may hold anything; Word counts to 32767."""
    return int(given) if given and re.fullmatch(r"[0-9]{1,5}", given) else otherwise
