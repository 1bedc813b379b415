"""Files that hold no list whatever they are called: what they are, and what to do instead."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import NamedTuple

from chainmap.errors import InputError
from chainmap.sources.intake.book_bounds import LARGEST_DIRECTORY, OLE, ZIP_FAULTS

_SAVE_AS = "用 Excel 或 WPS 打开，“另存为”选“Excel 工作簿（*.xlsx）”，再导入另存的文件。"
_COPY = "把其中的表格复制到 Excel 或 WPS 表格里，另存为 .xlsx，再导入。"
_ASK = "请向提供方要 Excel 或 CSV 原件；只有这一份时，用 WPS 等转成 Excel、逐行核对，另存为 .xlsx。"
_UNPACK = "请先解压，导入解压出的文件；或重新压成 .zip。"
_HEAD = 1 << 12


class Kind(NamedTuple):
    """What a file is, and what to do with it."""

    zh: str
    todo: str


_STARTS = {
    b"%PDF": Kind("PDF 文件", _ASK),
    b"\x89PNG": Kind("图片", _ASK),
    b"\xff\xd8\xff": Kind("图片", _ASK),
    b"GIF8": Kind("图片", _ASK),
    b"II*\0": Kind("图片", _ASK),
    b"MM\0*": Kind("图片", _ASK),
    b"Rar!\x1a": Kind("RAR 压缩包", _UNPACK),
    b"7z\xbc\xaf\x27\x1c": Kind("7z 压缩包", _UNPACK),
    b"\x1f\x8b": Kind("gzip 压缩包", _UNPACK),
}
_MEMBERS = {
    "word/document.xml": Kind("Word 文档", _COPY),
    "ppt/presentation.xml": Kind("演示文稿", _COPY),
    "ofd.xml": Kind("OFD 版式文件", _ASK),
    "content.xml": Kind("OpenDocument 文件", _SAVE_AS),
    "xl/workbook.bin": Kind("二进制工作簿（.xlsb）", _SAVE_AS),
    "index/document.iwa": Kind("Numbers 表格", _SAVE_AS),
}
_STREAMS = {
    "WordDocument": Kind("Word 文档", _COPY),
    "PowerPoint Document": Kind("演示文稿", _COPY),
}
_MARKUP = {
    "urn:schemas-microsoft-com:office:spreadsheet": Kind("XML 格式的表格", _SAVE_AS),
    "<html": Kind("网页（HTML）", _SAVE_AS),
    "<table": Kind("网页（HTML）", _SAVE_AS),
}


def refuse_other_files(path: Path, label: str) -> None:
    """Pass a file unless its content is known to be of a kind that holds no list.

    Args:
        path: The file; its first bytes decide, its name does not.
        label: What an error should call it.

    Raises:
        InputError: It is a page, a picture, a document, another archive; says what to do.
    """
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except OSError:
        return  # who reads it says why it cannot be read
    kind = next((kind for start, kind in _STARTS.items() if head.startswith(start)), None)
    if head.startswith(b"PK\x03\x04"):
        kind = _of_archive(path)
    elif head.startswith(OLE):
        kind = _of_container(path)
    elif kind is None:
        kind = _of_text(head)
    if kind is not None:
        raise InputError(f"{label} 不是可以导入的表格，内容是“{kind.zh}”。", todo=kind.todo)


def _of_archive(path: Path) -> Kind | None:
    try:
        with zipfile.ZipFile(path) as archive:
            names = {name.lower() for name in archive.namelist()}
    except ZIP_FAULTS:
        return None
    if "xl/workbook.xml" in names:
        return None
    return next((kind for member, kind in _MEMBERS.items() if member in names), None)


def _of_container(path: Path) -> Kind | None:
    with path.open("rb") as file:
        start = file.read(LARGEST_DIRECTORY)
    if "Workbook".encode("utf-16-le") in start:
        return None
    found = (kind for name, kind in _STREAMS.items() if name.encode("utf-16-le") in start)
    return next(found, None)


def _of_text(head: bytes) -> Kind | None:
    wide = head.startswith((b"\xff\xfe", b"\xfe\xff"))
    text = head.decode("utf-16" if wide else "latin-1", "ignore").lstrip(
        "\xef\xbb\xbf\ufeff \t\r\n"
    )
    if not text.startswith("<"):
        return None
    found = (kind for mark, kind in _MARKUP.items() if mark in text.casefold())
    return next(found, None)
