"""Which characters the bundled Chinese font can show, read from its own table.

A PDF with a character its font lacks shows nothing or a box in its place, without a warning.
"""

from __future__ import annotations

import struct
from functools import cache

from chainmap import resources

FONTS = ("NotoSansCJKsc-Regular-subset.otf", "NotoSansCJKsc-Bold-subset.otf")
_SEGMENTED, _GROUPED = 4, 12


def lacking(text: str) -> str:
    """Return the characters of a text that the bundled fonts cannot show, each once, sorted."""
    known = _shown()
    return "".join(sorted({c for c in text if not c.isspace() and ord(c) not in known}))


@cache
def _shown() -> frozenset[int]:
    """Return the code points that both weights have.

    Source:
        OpenType 1.9, table `cmap`, formats 4 and 12.
    """
    found = [_code_points(resources.read_bytes("api", "fonts", name)) for name in FONTS]
    return frozenset.intersection(*found)


def _code_points(font: bytes) -> frozenset[int]:
    table = _table(font, b"cmap")
    (n,) = struct.unpack_from(">H", font, table + 2)
    points: set[int] = set()
    for at in range(n):
        (offset,) = struct.unpack_from(">I", font, table + 4 + at * 8 + 4)
        start = table + offset
        (form,) = struct.unpack_from(">H", font, start)
        if form == _GROUPED:
            points |= _grouped(font, start)
        elif form == _SEGMENTED:
            points |= _segmented(font, start)
    return frozenset(points)


def _table(font: bytes, tag: bytes) -> int:
    (n,) = struct.unpack_from(">H", font, 4)
    for at in range(n):
        name, _, offset, _ = struct.unpack_from(">4sIII", font, 12 + at * 16)
        if name == tag:
            return int(offset)
    raise ValueError(tag)


def _grouped(font: bytes, start: int) -> set[int]:
    (n,) = struct.unpack_from(">I", font, start + 12)
    groups = (struct.unpack_from(">III", font, start + 16 + at * 12) for at in range(n))
    return {point for low, high, _ in groups for point in range(low, high + 1)}


def _segmented(font: bytes, start: int) -> set[int]:
    (twice,) = struct.unpack_from(">H", font, start + 6)
    ends = struct.unpack_from(f">{twice // 2}H", font, start + 14)
    starts = struct.unpack_from(f">{twice // 2}H", font, start + 16 + twice)
    pairs = zip(starts, ends, strict=True)
    return {point for low, high in pairs for point in range(low, high + 1)} - {0xFFFF}
