"""Workbooks that must not be opened: locked, bombs, and sheets that sprawl over empty cells."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from chainmap.errors import InputError

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""First bytes of an OLE container: an .xls, or an encrypted workbook of any kind."""

LARGEST_BOOK = 2 << 30
"""Bytes a workbook may unpack to: a full sheet of a million rows stays well below."""

LARGEST_RATIO = 300
"""How many times an archive may grow; text grows 10 to 30 times, a bomb 1,000 and more."""

LARGEST_DIRECTORY = 64 << 20
"""Bytes of an OLE container in which its directory is looked for."""

MOST_MEMBERS = 2000
SMALL = 64 << 20
"""Below this nothing is a bomb, whatever the ratio."""

MOST_CELLS = 64_000_000
"""Cells between a sheet's corners: the reader takes room for each, filled or not."""

ZIP_FAULTS = (
    zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError,
)  # fmt: skip
"""What zipfile raises on a broken archive; NotImplementedError for a compression it does not know,
RuntimeError for a member that wants a password."""

_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml", re.I)
_PIECE = 1 << 22
_OVERLAP = 64
_WIDE = re.compile(rb"""\br\s*=\s*["']([A-Za-z]{3,})\d""")
_ROW = re.compile(rb"""\br\s*=\s*["'][A-Za-z]*(\d+)["']""")
_TWO = re.compile(rb"""\br\s*=\s*["']([A-Za-z]{1,2})\d""")


def check_book(path: Path, label: str) -> None:
    """Pass a workbook that may be opened.

    Args:
        path: The file; read in pieces.
        label: What an error should call it.

    Raises:
        InputError: It has a password, is broken, or would fill the memory.
    """
    _refuse_locked(path, label)
    if not zipfile.is_zipfile(path):
        if path.stat().st_size > LARGEST_BOOK:
            raise InputError(f"{label} 大得不合理，未读。")
        return
    try:
        with zipfile.ZipFile(path) as book:
            check_archive(book.infolist(), label, path.stat().st_size, LARGEST_BOOK)
            if "xl/workbook.xml" not in {name.lower() for name in book.namelist()}:
                raise broken_error(label)
            for name in filter(_SHEET.fullmatch, book.namelist()):
                with book.open(name) as sheet:
                    _refuse_sprawl(sheet, label)
    except ZIP_FAULTS as error:
        raise broken_error(label) from error


def check_archive(members: list[zipfile.ZipInfo], label: str, size: int, largest: int) -> None:
    """Pass an archive that unpacks to a sensible size.

    Args:
        members: Its files.
        label: What an error should call it.
        size: Its own bytes.
        largest: Bytes it may unpack to.

    Raises:
        InputError: It has too many members or unpacks to too much.
    """
    total = sum(member.file_size for member in members)
    if len(members) > MOST_MEMBERS:
        raise InputError(f"{label} 有 {len(members)} 个成员，多于 {MOST_MEMBERS} 个，未读。")
    if total > largest or (total > SMALL and total > LARGEST_RATIO * max(size, 1)):
        raise InputError(
            f"{label} 解压后有 {total >> 20} MB（压缩包 {size >> 10} KB），大得不合理，未读。",
            todo="如确为名单，请先解压，再拆成几个 CSV 导入。",
        )


def broken_error(label: str) -> InputError:
    """Return the error of a workbook nobody can read."""
    return InputError(
        f"{label} 不是可以读的 Excel 文件，可能没有下载完整或已损坏。",
        todo="用 Excel 或 WPS 打开后另存为 .xlsx 再试。",
    )


def locked_error(label: str) -> InputError:
    """Return the error of a workbook with a password."""
    return InputError(
        f"{label} 的文件有密码（已加密），读不出来。",
        todo="在 Excel 或 WPS 中打开，清空“文件→信息→用密码进行加密”，另存后再试。",
    )


def _refuse_locked(path: Path, label: str) -> None:
    """Refuse a workbook that is encrypted whole.

    Source:
        MS-OFFCRYPTO 2.3: an OLE container with the stream EncryptedPackage.
    """
    with path.open("rb") as file:
        if file.read(8) != OLE:
            return
        file.seek(0)
        locked = "EncryptedPackage".encode("utf-16-le") in file.read(LARGEST_DIRECTORY)
    if locked:
        raise locked_error(label)


def _refuse_sprawl(sheet: IO[bytes], label: str) -> None:
    """Refuse a sheet whose cells lie so far apart that the room between them fills the memory.

    Rows are looked at in every sheet; columns, which costs more, where there are many rows.
    """
    last_row, wide = 0, False
    for piece in _pieces(sheet):
        wide = wide or _WIDE.search(piece) is not None
        last_row = max([last_row, *map(int, _ROW.findall(piece))])
    columns = 16_384 if wide else 702
    if last_row * columns > MOST_CELLS:
        sheet.seek(0)
        wanted = _WIDE if wide else _TWO
        found = {name for piece in _pieces(sheet) for name in wanted.findall(piece)}
        columns = max((_number(name) for name in found), default=1)
    if last_row * columns > MOST_CELLS:
        raise InputError(
            f"{label} 的单元格散布在 {last_row:,} 行 × {columns:,} 列之间，大得不合理，未读。",
            todo="删去表格以外的零星单元格，或另存为 CSV。",
        )


def _pieces(sheet: IO[bytes]) -> Iterator[bytes]:
    kept = b""
    while piece := sheet.read(_PIECE):
        yield kept + piece
        kept = piece[-_OVERLAP:]


def _number(name: bytes) -> int:
    number = 0
    for letter in name.upper():
        number = number * 26 + letter - 64
    return number
