"""Numbers and truth values of questions that come as JSON: what the contract says, nothing like it.

A text that reads like a number, and `true` for 1, are mistakes of whoever asks, not numbers.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import BeforeValidator, Strict


def _whole(value: object) -> object:
    """Return a number without a fraction as an integer: JSON has one kind of number only."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


WHOLE = BeforeValidator(_whole)
"""Last in the annotation of a strict integer, behind its bounds: 3.0 is one too."""

Number = Annotated[float, Strict()]
"""A number, whole or not."""

Flag = Annotated[bool, Strict()]
"""`true` or `false`."""
