"""Traditional characters turned simplified."""

from __future__ import annotations

from functools import cache
from typing import Protocol, cast


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
