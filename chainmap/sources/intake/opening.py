"""Files and archives → company lists: sniffed, bounded, laid out."""

from __future__ import annotations

import codecs
import datetime as dt
import hashlib
import re
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import polars as pl

from chainmap.errors import InputError
from chainmap.sources.intake.dates import read_date
from chainmap.sources.intake.decode import decode_lines, main_encoding
from chainmap.sources.intake.delimited import sniff_delimiter, split_cells
from chainmap.sources.intake.layout import (
    HEADER_WITHIN,
    Mapping,
    UnknownLayoutError,
    find_layout,
)
from chainmap.sources.intake.lists import LONGEST_LINE, CompanyList, read_sheet

TEXT = (".csv", ".txt", ".tsv")
BOOKS = (".xlsx", ".xls", ".xlsm", ".xlsb", ".et")
LARGEST_BOOK = 2 << 30
"""Bytes a workbook may unpack to: a full sheet of a million rows stays well below."""

LARGEST_ARCHIVE = 64 << 30
"""Bytes an archive may unpack to."""

LARGEST_RATIO = 300
"""How many times an archive may grow; text grows 10 to 30 times, a bomb 1,000 and more."""

MOST_MEMBERS = 2000
MOST_COLUMNS = 1000
SMALL = 64 << 20
"""Below this nothing is a bomb, whatever the ratio."""


class Wanted(NamedTuple):
    """How to read: the user's mapping, the day the lists are of, today, a folder to unpack in."""

    mapping: Mapping | None
    as_of: dt.date | None
    today: dt.date
    unpacked: Path


class Found(NamedTuple):
    """A list and where its day comes from."""

    of: CompanyList
    as_of_from: str


def open_lists(files: Sequence[Path], wanted: Wanted) -> tuple[list[Found], list[str]]:
    """Return the lists in files, in the order given, and what was passed over, in words.

    Args:
        files: CSV, workbooks, Parquet, or zip archives of them.
        wanted: Mapping, days, and a folder for members of archives.

    Raises:
        InputError: A file is missing, unreadable, of another kind or absurdly large.
        UnknownLayoutError: No heading is recognised; carries a mapping to edit.
    """
    found: list[Found] = []
    passed_over: list[str] = []
    for file in files:
        if not file.is_file():
            raise InputError(f"没有文件 {file}。", todo="检查路径。")
        if file.stat().st_size == 0:
            raise InputError(f"{file} 是空文件。", todo="检查导出是否成功。")
        for path, label in _members(file, wanted.unpacked, passed_over):
            found += _open(path, label, wanted, passed_over)
    return found, passed_over


def _open(path: Path, label: str, wanted: Wanted, passed_over: list[str]) -> Iterator[Found]:
    sha256 = _sha256(path)
    form = _form(path, label)
    if form == "book":
        yield from _open_book(path, label, wanted, passed_over, sha256)
        return
    if form == "parquet":
        try:
            headings = pl.scan_parquet(path).collect_schema().names()
        except (pl.exceptions.PolarsError, OSError) as error:
            raise InputError(f"{label} 不是可以读的 Parquet 文件：{error}。") from error
        layout = find_layout([headings], label, wanted.mapping)
        yield _dated(CompanyList(path, label, "parquet", layout, sha256), [], wanted)
        return
    with path.open("rb") as file:
        head = file.read(1 << 20)
    encoding = main_encoding(head)
    if encoding == "utf-16":
        path = _as_utf8(path, head, wanted.unpacked)
        head, encoding = path.read_bytes()[: 1 << 20], "utf-8"
    cut = head if len(head) < 1 << 20 else head[: head.rfind(b"\n") + 1]
    if not cut or b"\0" in cut[:4096]:
        raise InputError(
            f"{label} 不是文本表格。", todo="支持 CSV、XLSX、XLS、Parquet 和它们的 zip。"
        )
    if max(map(len, cut.split(b"\n"))) > LONGEST_LINE:
        raise InputError(f"{label} 有一行长过 {LONGEST_LINE >> 20} MB，不是名单。")
    lines = decode_lines(cut, encoding).texts[: HEADER_WITHIN + 10]
    delimiter = sniff_delimiter(lines)
    rows = [[c.strip() for c in split_cells(line, delimiter)] for line in lines]
    layout = find_layout(_bounded(rows, label), label, wanted.mapping)
    yield _dated(
        CompanyList(path, label, "delimited", layout, sha256, encoding, delimiter),
        ["".join(row) for row in rows[: layout.header_row - 1]], wanted,
    )  # fmt: skip


def _open_book(
    path: Path, label: str, wanted: Wanted, passed_over: list[str], sha256: str
) -> Iterator[Found]:
    import fastexcel

    _refuse_bomb(path, label)
    try:
        sheets = fastexcel.read_excel(path).sheet_names
    except fastexcel.FastExcelError as error:
        raise InputError(
            f"{label} 不是可以读的 Excel 文件（{error}）。",
            todo="如有密码请先去掉；或用 Excel、WPS 另存为 .xlsx。",
        ) from error
    unknown: UnknownLayoutError | None = None
    any_found = False
    for sheet in sheets:
        frame = read_sheet(path, sheet)
        if frame.height == 0 or frame.width == 0:
            continue
        name = f"{label}［{sheet}］" if len(sheets) > 1 else label
        rows = [[c or "" for c in row] for row in frame.head(HEADER_WITHIN).rows()]
        try:
            layout = find_layout(_bounded(rows, name), name, wanted.mapping)
        except UnknownLayoutError as error:
            unknown = unknown or error
            passed_over.append(f"{name}：没有认出列名，未读。")
            continue
        any_found = True
        of = CompanyList(path, name, "sheet", layout, sha256, sheet=sheet)
        yield _dated(of, ["".join(row) for row in rows[: layout.header_row - 1]], wanted)
    if not any_found:
        raise unknown or InputError(f"{label} 中没有数据。")


def _dated(of: CompanyList, titles: list[str], wanted: Wanted) -> Found:
    """Return a list with the day it is of: as told, of its title rows, of its name, or today."""
    of = of._replace(today=wanted.today)
    if wanted.as_of is not None:
        return Found(of._replace(as_of=wanted.as_of), "命令行")
    for where, texts in (("标题行", titles), ("文件名", [Path(of.label).stem])):
        for text in texts:
            for match in re.finditer(
                r"(?<!\d)20\d{2}[-/.年]?\d{1,2}[-/.月]?\d{1,2}日?(?!\d)", text
            ):
                day = read_date(match[0])
                if day is not None and day <= wanted.today:
                    return Found(of._replace(as_of=day), where)
    return Found(of._replace(as_of=wanted.today), "导入日")


def _members(file: Path, unpacked: Path, passed_over: list[str]) -> Iterator[tuple[Path, str]]:
    if file.suffix.lower() != ".zip":
        yield file, file.name
        return
    try:
        with zipfile.ZipFile(file) as archive:
            members = [m for m in archive.infolist() if not m.is_dir()]
            _bounded_archive(members, file.name, file.stat().st_size, LARGEST_ARCHIVE)
            for number, member in enumerate(members):
                name = _member_name(member)
                label = f"{file.name}/{Path(name).name}"
                if Path(name).suffix.lower() not in (*TEXT, *BOOKS, ".parquet"):
                    passed_over.append(f"{label}：不是名单文件，未读。")
                    continue
                target = unpacked / f"{hashlib.sha256(str(file).encode()).hexdigest()[:8]}-{number}"
                target = target.with_suffix(Path(name).suffix.lower())
                _unpack(archive, member, target, label)
                yield target, label
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
        # zipfile's own words: NotImplementedError for a compression it does not know,
        # RuntimeError for a member that wants a password.
        raise InputError(
            f"{file.name} 不是可以读的 zip 文件（{error}）。", todo="如有密码请先解压。"
        ) from error


def _unpack(archive: zipfile.ZipFile, member: zipfile.ZipInfo, target: Path, label: str) -> None:
    left = member.file_size
    with archive.open(member) as source, target.open("wb") as copy:
        while piece := source.read(1 << 20):
            left -= len(piece)
            if left < 0:
                raise InputError(f"{label} 比压缩包所写的大，可能是恶意文件，未读。")
            copy.write(piece)


def _bounded_archive(members: list[zipfile.ZipInfo], label: str, size: int, largest: int) -> None:
    total = sum(member.file_size for member in members)
    if len(members) > MOST_MEMBERS:
        raise InputError(f"{label} 有 {len(members)} 个成员，多于 {MOST_MEMBERS} 个，未读。")
    if total > largest or (total > SMALL and total > LARGEST_RATIO * max(size, 1)):
        raise InputError(
            f"{label} 解压后有 {total >> 20} MB（压缩包 {size >> 10} KB），大得不合理，未读。",
            todo="如确为名单，请先解压，再拆成几个 CSV 导入。",
        )


def _refuse_bomb(path: Path, label: str) -> None:
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as book:
            _bounded_archive(book.infolist(), label, path.stat().st_size, LARGEST_BOOK)
    elif path.stat().st_size > LARGEST_BOOK:
        raise InputError(f"{label} 大得不合理，未读。")


def _bounded(rows: list[list[str]], label: str) -> list[list[str]]:
    widest = max((len(row) for row in rows), default=0)
    if widest > MOST_COLUMNS:
        raise InputError(f"{label} 有 {widest} 列，多于 {MOST_COLUMNS} 列，不像名单，未读。")
    return rows


def _form(path: Path, label: str) -> str:
    suffix = path.suffix.lower()
    with path.open("rb") as file:
        start = file.read(8)
    if start.startswith(b"PAR1"):
        return "parquet"
    if start.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        return "book"
    if suffix in (*BOOKS, ".parquet") and not start.isascii():
        raise InputError(f"{label} 的内容不是 {suffix} 文件。", todo="请重新导出。")
    return "text"


def _as_utf8(path: Path, head: bytes, folder: Path) -> Path:
    target = folder / f"{hashlib.sha256(str(path).encode()).hexdigest()[:8]}-utf8.csv"
    name = "utf-16-le" if head.startswith(codecs.BOM_UTF16_LE) else "utf-16-be"
    target.write_text(path.read_bytes().decode(name, "replace").removeprefix("\ufeff"), "utf-8")
    return target


def _member_name(member: zipfile.ZipInfo) -> str:
    """Return a member's name; archives made in China without the UTF-8 mark mean GBK."""
    if member.flag_bits & 0x800:
        return member.filename
    try:
        return member.filename.encode("cp437").decode("gb18030")
    except UnicodeError:
        return member.filename


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(1 << 20):
            digest.update(piece)
    return digest.hexdigest()
