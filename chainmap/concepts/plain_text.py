"""Texts that come as data and are kept: without characters nobody can see or a database refuses."""

from __future__ import annotations

import unicodedata

from pydantic import AfterValidator

_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""They turn the direction of what follows, so that a name reads as another one."""

_WITHIN_TEXT = frozenset("\n\r\t")


def _line(text: str) -> str:
    return _plain(text, frozenset())


def _lines(text: str) -> str:
    return _plain(text, _WITHIN_TEXT)


def _plain(text: str, allowed: frozenset[str]) -> str:
    """Return the text.

    Raises:
        ValueError: It holds a control character, such as NUL, or one that turns the direction.
    """
    if text.isprintable():
        return text
    for found in text:
        if found in allowed:
            continue
        if found in _TURNING or unicodedata.category(found) == "Cc":
            raise ValueError(f"含有不可见的控制字符 U+{ord(found):04X}")
    return text


ONE_LINE = AfterValidator(_line)
"""For the annotation of a name: nothing but what is seen, in one line."""

SOME_LINES = AfterValidator(_lines)
"""For the annotation of a text: as `ONE_LINE`, and line breaks and tabs."""
