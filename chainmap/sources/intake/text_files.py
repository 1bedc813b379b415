"""Text files → one kind of text: encoding and line ends settled, the first records as cells."""

from __future__ import annotations

import codecs
import hashlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple

from chainmap.errors import InputError
from chainmap.sources.intake.decode import decode_lines, main_encoding
from chainmap.sources.intake.delimited import is_sound, sniff_delimiter, split_cells
from chainmap.sources.intake.layout import HEADER_WITHIN
from chainmap.sources.intake.lists import LONGEST_LINE

HEAD = 1 << 20
"""Bytes from which encoding, delimiter and headings are told."""
MOST_NULS = 0.02
"""Share of zero bytes a damaged text may have; a program or a picture has far more."""
LONGEST_HEADING = 12
"""Lines a record with quoted line breaks may run over among the first ones."""
MOST_COLUMNS = 1000
FEW = 20
"""Carriage returns for each line feed from which they are what ends lines."""
_LONE = re.compile(rb"\r(?!\n)")


class TextFile(NamedTuple):
    """A file as it is read: `rows[i]` are the cells of the record that ends on line `ends[i]`."""

    path: Path
    encoding: str
    delimiter: str
    rows: list[list[str]]
    ends: list[int]


def open_text(path: Path, label: str, folder: Path) -> TextFile:
    """Return a text file, rewritten in `folder` where it is UTF-16 or has old line ends.

    Raises:
        InputError: It is no text, or a line is absurdly long.
    """
    head = _head(path)
    wide = _utf_16(head)
    if wide:
        path = _as_utf8(path, wide, folder)
    if _has_lone_returns(path):
        path = _with_line_feeds(path, folder)
    head = _head(path)
    encoding = main_encoding(head)
    cut = head if len(head) < HEAD else head[: head.rfind(b"\n") + 1]
    if not cut or cut.count(0) > MOST_NULS * len(cut):
        raise InputError(
            f"{label} 不是文本表格。", todo="支持 CSV、XLSX、XLS、Parquet 和它们的 zip。"
        )
    if max(map(len, cut.split(b"\n"))) > LONGEST_LINE:
        raise InputError(f"{label} 有一行长过 {LONGEST_LINE >> 20} MB，不是名单。")
    lines = decode_lines(cut, encoding).texts[: HEADER_WITHIN + LONGEST_HEADING]
    delimiter = sniff_delimiter(lines)
    rows, ends = [], []
    for end, line in _records(lines, delimiter):
        rows.append([cell.strip() for cell in split_cells(line, delimiter)[: MOST_COLUMNS + 1]])
        ends.append(end)
    if not any(map(any, rows)):
        raise InputError(f"{label} 里没有内容，只有空行。", todo="检查导出是否成功。")
    return TextFile(path, encoding, delimiter, rows, ends)


def _records(lines: list[str], delimiter: str) -> Iterator[tuple[int, str]]:
    """Yield records with the number of their last line; quoted cells may run over lines."""
    at = 0
    while at < len(lines):
        used = 1
        if lines[at].count('"') % 2:
            for n in range(2, min(LONGEST_HEADING, len(lines) - at) + 1):
                whole = "\n".join(lines[at : at + n])
                if whole.count('"') % 2 == 0:
                    used = n if is_sound(whole, delimiter) else 1
                    break
        yield at + used, "\n".join(lines[at : at + used])
        at += used


def _head(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(HEAD)


def _utf_16(head: bytes) -> str | None:
    """Return the UTF-16 a file is in: by its mark, or by the zero bytes of commas and digits."""
    if head.startswith(codecs.BOM_UTF16_LE):
        return "utf-16-le"
    if head.startswith(codecs.BOM_UTF16_BE):
        return "utf-16-be"
    even, odd = head[::2].count(0), head[1::2].count(0)
    if even + odd <= MOST_NULS * len(head):
        return None
    for name, more, less in (("utf-16-le", odd, even), ("utf-16-be", even, odd)):
        # A zero in the other place would be a character of a script no list is in.
        if more > 50 * less and re.search("[\u4e00-\u9fff]", head.decode(name, "ignore")):
            return name
    return None


def _as_utf8(path: Path, encoding: str, folder: Path) -> Path:
    target = _copy_of(path, folder, "utf8")
    text = path.read_bytes().decode(encoding, "replace").removeprefix("\ufeff")
    target.write_bytes(text.encode("utf-8", "replace"))
    return target


def _has_lone_returns(path: Path) -> bool:
    with path.open("rb") as file:
        before = b""
        while piece := file.read(HEAD):
            if _LONE.search(before + piece[:-1]):
                return True
            before = piece[-1:]
    return before == b"\r"


def _with_line_feeds(path: Path, folder: Path) -> Path:
    """Return a copy in which every line ends with a line feed.

    A lone carriage return ends a line where there are hardly any line feeds, or what stands on both
    its sides has as many cells as the first line; elsewhere it is a slip inside a cell.
    """
    target = _copy_of(path, folder, "lines")
    with path.open("rb") as file, target.open("wb") as copy:
        head = file.read(HEAD)
        file.seek(0)
        old = len(_LONE.findall(head)) > FEW * head.count(b"\n")
        first = re.split(rb"[\r\n]", head, maxsplit=1)[0]
        marks = {d: first.count(d) for d in (b",", b"\t", b";", b"|")}
        mark = max(marks, key=lambda d: marks[d])
        pieces = _chunks(file) if old else file
        for piece in pieces:
            plain = piece.replace(b"\r\r\n", b"\r\n").replace(b"\r\n", b"\n")
            if b"\r" in plain:
                plain = _parted(plain, mark, marks[mark], always=old)
            copy.write(plain)
    return target


def _parted(line: bytes, mark: bytes, n: int, *, always: bool) -> bytes:
    """Return a line with its carriage returns as line feeds where a record ends, else blanks."""
    first, *others = line.split(b"\r")
    records = [first]
    for part in others:
        if always or (n and records[-1].count(mark) >= n and part.count(mark) >= n):
            records.append(part)
        else:
            records[-1] += b" " + part
    return b"\n".join(records)


def _chunks(file: BinaryIO) -> Iterator[bytes]:
    """Yield a file's bytes in pieces that part no carriage return from its line feed."""
    held = b""
    while piece := file.read(HEAD):
        piece, held = held + piece, b""
        if piece.endswith(b"\r"):
            piece, held = piece[:-1], b"\r"
        yield piece
    if held:
        yield held


def _copy_of(path: Path, folder: Path, why: str) -> Path:
    return folder / f"{hashlib.sha256(str(path).encode()).hexdigest()[:8]}-{why}.csv"
