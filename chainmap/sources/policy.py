"""Policy files (txt, docx, pdf, html) read to one raw text that offsets refer to."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from chainmap.errors import DocumentError
from chainmap.sources.docx_lines import CELL_END, docx_lines, numbers_of
from chainmap.sources.intake.book_bounds import ZIP_FAULTS

if TYPE_CHECKING:
    from bs4.element import PageElement, Tag

Format = Literal["txt", "docx", "pdf", "html"]

_LARGEST = 64 * 1024 * 1024  # a plan is a few hundred kilobytes; more is some other file
_BOMS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_BLOCKS = {
    "p", "div", "br", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "section", "article",
    "table", "tr", "dd", "dt", "dl", "blockquote", "pre", "title", "body", "main", "center",
}  # fmt: skip
_CHROME = ["script", "style", "noscript", "nav", "footer", "aside", "form", "iframe", "button"]


@dataclass(frozen=True)
class PolicySource:
    """One policy file: its name, the hash of its bytes and the text drawn out of it.

    `text` is exactly what offsets count in: decoded, byte order mark left out, line ends
    as they came. `encoding` is set for plain text only.
    """

    file: str
    sha256: str
    format: Format
    text: str
    encoding: str | None = None


def read_policy(path: Path) -> PolicySource:
    """Return the text of a policy file with the hash of its bytes.

    Raises:
        DocumentError: The file is missing, empty, too large, of an unknown kind, broken,
            or a PDF without a text layer.
    """
    if path.is_dir():
        raise DocumentError(f"“{path.name}”是文件夹，不是文件。", todo="请写出其中的文件。")
    if not path.is_file():
        raise DocumentError(f"没有找到文件“{path.name}”。", todo="请检查路径。")
    return policy_from_bytes(path.name, path.read_bytes())


def policy_from_bytes(name: str, data: bytes) -> PolicySource:
    """Return the text of a policy file already at hand as bytes; `name` gives its kind.

    Raises:
        DocumentError: As `read_policy`.
    """
    if not data.strip():
        raise DocumentError(f"文件“{name}”是空的。", todo="请换一个有正文的文件。")
    if len(data) > _LARGEST:
        raise DocumentError(
            f"文件“{name}”有{len(data) // 1048576}MB，超过64MB。", todo="请只上传文件正文。"
        )
    kind = _format(name, data)
    encoding = None
    if kind == "txt":
        text, encoding = decode(data)
    elif kind == "html":
        text = _html_text(data)
    else:
        text = _docx_text(name, data) if kind == "docx" else _pdf_text(name, data)
    if not text.strip():
        raise DocumentError(
            f"文件“{name}”里没有可读的文字。", todo="扫描件请先做文字识别，再以文本或Word上传。"
        )
    return PolicySource(name, hashlib.sha256(data).hexdigest(), kind, text, encoding)


def _format(name: str, data: bytes) -> Format:
    head = data[:1024].lstrip()
    if data.startswith(b"%PDF-"):
        return "pdf"
    if data.startswith(b"PK\x03\x04") and b"word/" in data:
        return "docx"
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise DocumentError(
            f"文件“{name}”不是能读的政策文件。", todo="支持txt、docx、pdf、html；doc请另存为docx。"
        )
    if head[:14].lower().startswith((b"<!doctype html", b"<html")) or name.lower().endswith(
        (".html", ".htm")
    ):
        return "html"
    return "txt"


def decode(data: bytes) -> tuple[str, str]:
    """Return the text of the bytes and the name of its encoding.

    Tried in order: byte order mark, strict UTF-8, UTF-16 by its zero bytes, Big5 where its
    reading is the more common Chinese, GB18030. Bytes that fit nothing become U+FFFD, so
    that they are seen as damage.
    """
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return data[len(bom) :].decode(encoding, errors="replace"), encoding
    try:
        text = data.decode("utf-8")
        if "\x00" not in text:
            return text, "utf-8"
    except UnicodeDecodeError:
        pass
    wide = _utf16_guess(data)
    if wide is not None:
        return data.decode(wide, errors="replace"), wide
    gb = _strict(data, "gb18030")
    big5 = _strict(data, "big5")
    if big5 is not None and (gb is None or _common(big5, "big5") > _common(gb, "gb2312") + 0.2):
        return big5, "big5"
    if gb is not None:
        return gb, "gb18030"
    best = max(("utf-8", "gb18030", "big5"), key=lambda e: -_replaced(data, e))
    return data.decode(best, errors="replace"), best


def _strict(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _replaced(data: bytes, encoding: str) -> int:
    return data.decode(encoding, errors="replace").count("\ufffd")


def _utf16_guess(data: bytes) -> str | None:
    # every Chinese document has ASCII digits or line ends, whose other byte is zero
    even, odd = data[0::2].count(0), data[1::2].count(0)
    if max(even, odd) < 2 or min(even, odd) * 4 > max(even, odd):
        return None
    return "utf-16-be" if even > odd else "utf-16-le"


def _common(text: str, charset: Literal["big5", "gb2312"]) -> float:
    """Return the share of Han characters among the frequent ones of a charset."""
    low, high = (b"\xb0\xa1", b"\xd7\xf9") if charset == "gb2312" else (b"\xa4\x40", b"\xc6\x7e")
    han = [c for c in text if "\u3400" <= c <= "\u9fff" or "\ue000" <= c <= "\uf8ff"]
    hits = 0
    for char in han:
        code = char.encode(charset, errors="ignore")
        hits += len(code) == 2 and low <= code <= high
    return hits / len(han) if han else 0.0


def _docx_text(name: str, data: bytes) -> str:
    import io
    import zipfile

    import docx
    from docx.opc.exceptions import PackageNotFoundError
    from lxml.etree import XMLSyntaxError

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            unpacked = sum(member.file_size for member in archive.infolist())
        if unpacked > 2 * _LARGEST:
            raise DocumentError(
                f"文件“{name}”解压后有{unpacked >> 20}MB，大得不合理。", todo="请只上传文件正文。"
            )
        document = docx.Document(io.BytesIO(data))
    except (PackageNotFoundError, XMLSyntaxError, KeyError, ValueError, *ZIP_FAULTS) as error:
        raise DocumentError(f"文件“{name}”已损坏，打不开。", todo="请重新导出docx。") from error
    return "\n".join(docx_lines(document.element.body, numbers_of(document)))


def _pdf_text(name: str, data: bytes) -> str:
    import io
    import logging

    from pypdf import PdfReader
    from pypdf.errors import FileNotDecryptedError, PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what counts is said below
    try:
        reader = PdfReader(io.BytesIO(data))
        return "\n".join(page.extract_text() for page in reader.pages)
    except FileNotDecryptedError as error:
        raise DocumentError(f"文件“{name}”有密码，读不出文字。", todo="请去除密码。") from error
    except (PyPdfError, ValueError, KeyError, TypeError, OSError) as error:
        raise DocumentError(
            f"文件“{name}”已损坏，读不出文字。", todo="请重新导出pdf，或改用Word、文本。"
        ) from error


def _html_text(data: bytes) -> str:
    from bs4 import BeautifulSoup
    from bs4.dammit import EncodingDetector

    named = EncodingDetector.find_declared_encoding(data, is_html=True)
    text = None
    if named and not data.startswith(tuple(bom for bom, _ in _BOMS)):
        named = "gb18030" if named.lower() in ("gb2312", "gbk") else named
        try:
            text = data.decode(named)
        except (LookupError, UnicodeDecodeError):
            text = None
    soup = BeautifulSoup(text if text is not None else decode(data)[0], "html.parser")
    for tag in soup(_CHROME):
        tag.decompose()
    pieces: list[str] = []
    _walk(soup, pieces)
    drawn = re.sub(r"\n\s*(?= \|\n)", "", "".join(pieces))  # a cell ends on its last line
    lines = (" ".join(line.split()) for line in drawn.split("\n"))
    return "\n".join(line for line in lines if line)


def _walk(root: Tag, pieces: list[str]) -> None:
    """Add the text below a tag, blocks on lines of their own; however deep it is nested."""
    from bs4.element import NavigableString, PreformattedString, Tag

    waiting: list[PageElement | str] = list(reversed(root.contents))
    while waiting:
        child = waiting.pop()
        if isinstance(child, PreformattedString):
            continue
        if isinstance(child, NavigableString):
            pieces.append(child.replace("\n", " ").replace("\r", " "))
        elif isinstance(child, Tag):
            line = "\n" if child.name in _BLOCKS else ""
            pieces.append(line)
            end = CELL_END + "\n" if child.name in ("td", "th") else ""
            waiting += [end + line, *reversed(child.contents)]
        else:
            pieces.append(str(child))
