"""Traditional characters turned simplified, and names as they are compared."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sized
from functools import cache
from typing import Protocol, TypeVar, cast
from unicodedata import normalize

Found = TypeVar("Found", bound=Sized)
_UNSOUNDED = "'`\u2018\u2019\u02bc\u00b4\u0301\u0300\u0304\u030c"
"""Apostrophes in their several forms, and the marks of tones taken off their letters."""


class Converter(Protocol):
    """Turns the characters of a text."""

    def convert(self, text: str) -> str:
        """Return the text turned."""
        ...


@cache
def converter(config: str) -> Converter:
    """Return what turns texts as one of OpenCC's tables says, such as `t2s`."""
    import opencc

    return cast(Converter, opencc.OpenCC(config))


def simplified(text: str) -> str:
    """Return the text with each character in its simplified form, same length."""
    out = converter("t2s").convert(text)
    return out if len(out) == len(text) else text


def folded_name(text: str) -> str:
    """Return a name as names are compared: full-width forms narrow, small letters, trimmed."""
    return normalize("NFKC", text).strip().casefold()


def typed_sound(text: str) -> str:
    """Return what a reader types of a name in pinyin as it is compared; empty where it is none.

    Apostrophes between syllables (xi'an), tones and spaces do not count; ü is v, as it is typed.
    """
    marked = normalize("NFD", folded_name(text)).replace("u\u0308", "v").replace("u:", "v")
    kept = "".join(one for one in marked if one not in _UNSOUNDED and not one.isspace())
    return kept if kept.isascii() else ""


def readings(text: str) -> Iterator[str]:
    """Yield what a name may mean, folded, likeliest first, each once.

    As it is written; then in simplified characters (機器人, 机器人); then as the mainland says what
    Taiwan calls otherwise (積體電路, 集成电路).
    """
    seen = {folded_name(text)}
    yield folded_name(text)
    for config in ("t2s", "tw2sp"):
        read = folded_name(converter(config).convert(normalize("NFKC", text)))
        if read not in seen:
            seen.add(read)
            yield read


def first_found(text: str, find: Callable[[str], Found]) -> Found:
    """Return what the first reading of a name finds; what the last one does where none does.

    Args:
        text: A name, or a part of one.
        find: Folded name → what it finds, empty where it finds nothing.
    """
    for read in readings(text):
        found = find(read)
        if len(found):
            break
    return found
