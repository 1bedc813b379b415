"""Old workbooks (.xls): the merged cells of their sheets, which the reader does not tell."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

Cells = tuple[int, int, int, int]
"""First and last row, first and last column, from 0."""

LARGEST = 256 << 20
"""Bytes of a file that is looked through; 65,536 rows, all an .xls can hold, stay below."""

_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SIZES = (512, 4096)
_LAST = 0xFFFFFFFA
"""Sector numbers from here on are marks, not places."""
_SHEET, _BEGIN, _END, _MERGED = 0x85, 0x809, 0x0A, 0xE5


class _Container(NamedTuple):
    """An OLE container: its bytes, the size of a sector, and which sector follows which."""

    data: bytes
    size: int
    following: list[int]

    def sector(self, number: int) -> bytes:
        """Return a sector's bytes; they stand behind a header as long as one."""
        return self.data[(number + 1) * self.size : (number + 2) * self.size]

    def chain(self, number: int) -> bytes:
        """Return the bytes of a chain of sectors; a chain that bites its tail ends."""
        parts, left = [], len(self.data) // self.size
        while number < _LAST and left:
            parts.append(self.sector(number))
            number, left = self.following[number], left - 1
        return b"".join(parts)


def old_merged_cells(file: Path) -> dict[str, list[Cells]]:
    """Return the merged cells of an .xls by sheet name; none where the file cannot be followed.

    Source:
        MS-CFB 2.2 to 2.6 (header, sectors, directory); MS-XLS 2.4.28 (BoundSheet8), 2.4.168
        (MergeCells).
    """
    if file.stat().st_size > LARGEST:
        return {}
    try:
        book = _book(file.read_bytes())
        sheets = list(_sheets(book))
        starts = sorted({at for _, at in sheets})
        ends = zip(starts, [*starts[1:], len(book)], strict=False)
        found = {at: list(_merged(book, at, end)) for at, end in ends}
    except (struct.error, IndexError):
        return {}
    return {name: found[at] for name, at in sheets}


def _book(data: bytes) -> bytes:
    """Return the stream of the workbook; empty where there is none in sectors of its own."""
    size = 1 << min(struct.unpack_from("<H", data, 30)[0], 16)
    if not data.startswith(_MAGIC) or size not in _SIZES:
        return b""
    opened = _opened(data, size)
    entries = opened.chain(struct.unpack_from("<I", data, 48)[0])
    least = struct.unpack_from("<I", data, 56)[0]
    for at in range(0, len(entries) - 127, 128):
        length = struct.unpack_from("<H", entries, at + 64)[0]
        name = entries[at : at + max(min(length, 64) - 2, 0)].decode("utf-16-le", "replace")
        start, long = struct.unpack_from("<II", entries, at + 116)
        if name == "Workbook" and long >= least:
            return opened.chain(start)[:long]
    return b""


def _opened(data: bytes, size: int) -> _Container:
    """Return a container with its table of sectors read."""
    bare, per, most = _Container(data, size, []), size // 4, len(data) // size
    tables = list(struct.unpack_from("<109I", data, 76))
    more = struct.unpack_from("<I", data, 68)[0]
    while more < _LAST and len(tables) <= 109 + most:
        *numbers, more = struct.unpack(f"<{per}I", bare.sector(more))
        tables += numbers
    following: list[int] = []
    for number in tables:
        if number < _LAST and len(following) <= most:
            following += struct.unpack(f"<{per}I", bare.sector(number))
    return bare._replace(following=following)


def _records(book: bytes, at: int, end: int) -> Iterator[tuple[int, bytes]]:
    """Yield number and content of the records of a part, those of parts inside it too."""
    depth = 0
    while at + 4 <= end:
        number, length = struct.unpack_from("<HH", book, at)
        depth += (number == _BEGIN) - (number == _END)
        if depth <= 0:
            return
        yield number, book[at + 4 : at + 4 + length]
        at += 4 + length


def _sheets(book: bytes) -> Iterator[tuple[str, int]]:
    """Yield each sheet's name and where its part begins."""
    for number, content in _records(book, 0, len(book)):
        if number == _SHEET:
            at, _, _, length, wide = struct.unpack_from("<IBBBB", content)
            text = content[8 : 8 + length * (2 if wide & 1 else 1)]
            yield text.decode("utf-16-le" if wide & 1 else "latin-1", "replace"), at


def _merged(book: bytes, at: int, end: int) -> Iterator[Cells]:
    for number, content in _records(book, at, end):
        if number == _MERGED:
            count = struct.unpack_from("<H", content)[0]
            for i in range(min(count, (len(content) - 2) // 8)):
                yield struct.unpack_from("<4H", content, 2 + 8 * i)
