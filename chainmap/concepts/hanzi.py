"""Traditional characters turned simplified, and names as they are compared."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sized
from functools import cache
from typing import Protocol, TypeVar, cast
from unicodedata import normalize

Found = TypeVar("Found", bound=Sized)


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
