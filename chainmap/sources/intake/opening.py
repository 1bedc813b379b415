"""Files and archives → company lists: sniffed, bounded, laid out."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import polars as pl

from chainmap.errors import InputError
from chainmap.sources.intake.book_bounds import OLE, ZIP_FAULTS, check_archive, check_book
from chainmap.sources.intake.dates import read_date
from chainmap.sources.intake.headings import ColumnNames, Mapping
from chainmap.sources.intake.layout import HEADER_WITHIN, Layout, UnknownLayoutError, find_layout
from chainmap.sources.intake.lists import CompanyList
from chainmap.sources.intake.other_files import refuse_other_files
from chainmap.sources.intake.text_files import MOST_COLUMNS, open_text
from chainmap.sources.intake.workbooks import continues, read_sheet, visible_sheets

TEXT = (".csv", ".txt", ".tsv")
BOOKS = (".xlsx", ".xls", ".xlsm", ".et")
LARGEST_ARCHIVE = 64 << 30
"""Bytes an archive may unpack to."""


class Wanted(NamedTuple):
    """How to read: the user's mapping, the day the lists are of, today, a folder to unpack in.

    `names` are the columns looked for; None is those of company lists.
    """

    mapping: Mapping | None
    as_of: dt.date | None
    today: dt.date
    unpacked: Path
    names: ColumnNames | None = None


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
        if file.is_dir():
            raise InputError(f"{file} 是文件夹，不是文件。", todo="请写出其中的文件。")
        if not file.is_file():
            raise InputError(f"没有文件 {file}。", todo="检查路径。")
        if file.stat().st_size == 0:
            raise InputError(f"{file} 是空文件。", todo="检查导出是否成功。")
        found += _in_file(file, wanted, passed_over)
    return found, passed_over


def _in_file(file: Path, wanted: Wanted, passed_over: list[str]) -> list[Found]:
    """Return the lists of a file; a note beside them in an archive (说明.txt) is passed over."""
    found: list[Found] = []
    unknown: UnknownLayoutError | None = None
    for path, label in _members(file, wanted.unpacked, passed_over):
        try:
            found += _open(path, label, wanted, passed_over)
        except UnknownLayoutError as error:
            if file.suffix.lower() != ".zip" or path.suffix != ".txt":
                raise
            unknown = unknown or error
            passed_over.append(f"{label}：没有认出列名，未读。")
    if unknown is not None and not found:
        raise unknown
    return found


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
            raise InputError(f"{label} 不是可以读的 Parquet 文件。", todo="请重新导出。") from error
        layout = find_layout([headings], label, wanted.mapping, wanted.names)
        yield _dated(CompanyList(path, label, "parquet", layout, sha256), [], wanted)
        return
    text = open_text(path, label, wanted.unpacked)
    layout = _bounded(find_layout(text.rows, label, wanted.mapping, wanted.names), label)
    titles = ["".join(row) for row in text.rows[: layout.header_row - 1]]
    layout = layout._replace(header_row=text.ends[layout.header_row - 1])
    of = CompanyList(text.path, label, "delimited", layout, sha256, text.encoding, text.delimiter)
    yield _dated(of, titles, wanted)


def _open_book(
    path: Path, label: str, wanted: Wanted, passed_over: list[str], sha256: str
) -> Iterator[Found]:
    check_book(path, label)
    sheets = visible_sheets(path, label)
    unknown: UnknownLayoutError | None = None
    last: CompanyList | None = None
    for sheet, is_visible in sheets:
        name = f"{label}［{sheet}］" if len(sheets) > 1 else label
        if not is_visible:
            passed_over.append(f"{name}：隐藏的工作表，未读；要读请先取消隐藏。")
            continue
        frame = read_sheet(path, sheet)
        if frame.height == 0 or frame.width == 0:
            continue
        rows = [[c or "" for c in row] for row in frame.head(HEADER_WITHIN).rows()]
        try:
            layout = _bounded(find_layout(rows, name, wanted.mapping, wanted.names), name)
        except UnknownLayoutError as error:
            if last is None or not continues(last.layout, rows):
                unknown = unknown or error
                passed_over.append(f"{name}：没有认出列名，{frame.height} 行未读。")
                continue
            layout = last.layout._replace(header_row=0)
        last = CompanyList(path, name, "sheet", layout, sha256, sheet=sheet)
        yield _dated(last, ["".join(row) for row in rows[: max(layout.header_row - 1, 0)]], wanted)
    if last is None:
        raise unknown or InputError(f"{label} 中没有数据。", todo="检查导出是否成功。")


def _dated(of: CompanyList, titles: list[str], wanted: Wanted) -> Found:
    """Return a list with the day it is of: as told, of its title rows, of its name, or today."""
    of = of._replace(today=wanted.today)
    if wanted.as_of is not None:
        return Found(of._replace(as_of=wanted.as_of), "导入时指定")
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
            check_archive(members, file.name, file.stat().st_size, LARGEST_ARCHIVE)
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
    except ZIP_FAULTS as error:
        raise InputError(
            f"{file.name} 不是可以读的 zip 文件。",
            todo="可能没有下载完整；如有密码请先解压，再导入解压出的文件。",
        ) from error


def _unpack(archive: zipfile.ZipFile, member: zipfile.ZipInfo, target: Path, label: str) -> None:
    left = member.file_size
    with archive.open(member) as source, target.open("wb") as copy:
        while piece := source.read(1 << 20):
            left -= len(piece)
            if left < 0:
                raise InputError(f"{label} 比压缩包所写的大，可能是恶意文件，未读。")
            copy.write(piece)


def _bounded(layout: Layout, label: str) -> Layout:
    if len(layout.fields) > MOST_COLUMNS:
        raise InputError(f"{label} 的列多于 {MOST_COLUMNS} 列，不像名单，未读。")
    return layout


def _form(path: Path, label: str) -> str:
    suffix = path.suffix.lower()
    refuse_other_files(path, label)
    with path.open("rb") as file:
        start = file.read(8)
    if start.startswith(b"PAR1"):
        return "parquet"
    if start.startswith((b"PK\x03\x04", OLE)):
        return "book"
    if suffix in (*BOOKS, ".parquet") and not start.isascii():
        raise InputError(f"{label} 的内容不是 {suffix} 文件。", todo="请重新导出。")
    return "text"


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
