"""How wide a text is and where it breaks, without a font at hand."""

from __future__ import annotations

import re
from functools import lru_cache

_NARROW = frozenset(" !'(),.:;I[]`fijlrt|·")
_WIDE_LATIN = frozenset("%@MWmw—…+&")
_NOT_FIRST = frozenset("，。、；：？！）》〉」』】〕”’·…%,.;:?!)]/-")
_NOT_LAST = frozenset("（《〈「『【〔“‘([")
_PIECES = re.compile(r"[A-Za-z0-9α-ωΑ-Ω.+#&%'’]+-?|\s+|.", re.DOTALL)


def text_width(text: str, size: float = 1.0) -> float:
    """Return a text's width in units of `size`, on the safe side for a sans serif face.

    Chinese characters and full-width marks are 1 em; Latin characters 0.33 to 0.92 em.
    """
    return size * sum(_em(char) for char in text)


@lru_cache(maxsize=4096)
def wrapped(text: str, width: float) -> tuple[str, ...]:
    """Return a text's lines, none wider than `width` em; evened out, so no line hangs alone.

    Breaks between Chinese characters, at spaces and slashes; a mark that closes stays on its
    line; a Latin word wider than a line is broken inside. Nothing is left out.
    """
    least = _filled(text, width)
    if len(least) <= 1:
        return least
    widest = max(text_width(piece.strip()) for piece in _unbreakable(text))
    low, high = max(text_width(text) / len(least), min(widest, width)), width
    for _ in range(8):
        middle = (low + high) / 2
        if len(_filled(text, middle)) <= len(least):
            high = middle
        else:
            low = middle
    return _filled(text, high)


def _filled(text: str, width: float) -> tuple[str, ...]:
    lines = [""]
    for piece in _unbreakable(text):
        room = width - text_width(lines[-1])
        if text_width(piece.rstrip()) <= room or not lines[-1]:
            lines[-1] += piece
        else:
            lines.append(piece.lstrip())
        while text_width(lines[-1].rstrip()) > width and len(lines[-1]) > 1:
            fits = _longest(lines[-1], width)
            lines[-1:] = [lines[-1][:fits], lines[-1][fits:]]
    return tuple(line.strip() for line in lines if line.strip())


def _unbreakable(text: str) -> list[str]:
    pieces: list[str] = []
    for piece in _PIECES.findall(text):
        glued = pieces and (piece[0] in _NOT_FIRST or pieces[-1][-1] in _NOT_LAST)
        if glued:
            pieces[-1] += piece
        else:
            pieces.append(piece)
    return pieces


def _longest(line: str, width: float) -> int:
    used = 0.0
    for at, char in enumerate(line):
        used += _em(char)
        if used > width and at:
            return at
    return len(line)


def _em(char: str) -> float:
    if ord(char) > 0x2E7F or char in "“”‘’—…①②③④⑤⑥":
        return 1.0
    if char in _NARROW:
        return 0.33
    if char in _WIDE_LATIN:
        return 0.92
    return 0.56 if char.islower() else 0.64
