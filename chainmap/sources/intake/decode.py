"""Bytes → lines: one encoding for a file, another for lines pasted in from elsewhere."""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

_UTF8_HANZI = re.compile(rb"(?:[\xe3-\xe9][\x80-\xbf]{2})")
_GARBLED = re.compile("[\u00c0-\u00ff][\u0080-\u00bf]|鍏徃|鏈夐檺|缁忚惀|鐢熶骇|閿€鍞|甯|鐪|鍘")
LOST = "\ufffd"
"""What a program writes for bytes it could not read; the text behind it is gone."""


class Lines(NamedTuple):
    """Decoded lines; `odd` holds the indexes of lines in another encoding than the file's."""

    texts: list[str]
    odd: dict[int, str]


def main_encoding(sample: bytes) -> str:
    """Return the encoding most lines of a file are in: a BOM's, else UTF-8, else GB18030."""
    for bom, name in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if sample.startswith(bom):
            return name
    lines = [line for line in sample.split(b"\n")[:-1] or [sample] if not line.isascii()]
    readable = sum(_reads(line, "utf-8") for line in lines)
    return "utf-8" if readable * 2 >= len(lines) else "gb18030"


def decode_lines(data: bytes, encoding: str) -> Lines:
    """Return the lines of a block of whole lines, without line ends.

    A line that does not read in the file's encoding is read in the other one; where neither
    reads, what cannot be read becomes U+FFFD. Text that was UTF-8 read as GBK or Latin-1 once
    before is turned back where that is certain: the round trip must be exact.
    """
    if encoding.startswith("utf-8"):
        data = data.removeprefix(codecs.BOM_UTF8)
    name = "utf-8" if encoding.startswith("utf-8") else encoding
    odd: dict[int, str] = {}
    if b"\0" in data:
        zeros = [i for i, line in enumerate(data.split(b"\n")) if b"\0" in line]
        odd, data = dict.fromkeys(zeros, "夹有空字节，已去掉"), data.replace(b"\0", b"")
    try:
        text = data.decode(name)
        mixed = name == "gb18030" and bool(_UTF8_HANZI.search(data))
    except UnicodeDecodeError:
        mixed = True
    if mixed:
        pieces = [_decode_line(line, name) for line in data.split(b"\n")]
        texts = [piece[0] for piece in pieces]
        odd |= {i: piece[1] for i, piece in enumerate(pieces) if piece[1]}
    else:
        texts = text.split("\n")
    texts = [line.removesuffix("\r") for line in texts]
    if texts and not texts[-1]:
        texts.pop()
    if mixed or _GARBLED.search(data.decode(name, "ignore")):
        for i, line in enumerate(texts):
            turned = turned_back(line) if _GARBLED.search(line) else None
            if turned is not None:
                texts[i], odd[i] = turned, "编码错乱，已按 UTF-8 还原"
    return Lines(texts, odd)


def turned_back(line: str) -> str | None:
    """Return a line that was UTF-8 read as GBK or Latin-1 as it was, or None where unsure."""
    for wrong in ("gb18030", "cp1252", "latin-1"):
        try:
            turned = line.encode(wrong).decode("utf-8")
        except UnicodeError:
            continue
        if len(turned) < len(line) and re.search("[\u4e00-\u9fff]", turned):
            return turned
    return None


def _decode_line(line: bytes, name: str) -> tuple[str, str]:
    if line.isascii():
        return line.decode("ascii"), ""
    other = "gb18030" if name == "utf-8" else "utf-8"
    if name == "gb18030":
        # Hanzi in UTF-8 often read as GB18030 too, the other way round hardly ever.
        if len(_UTF8_HANZI.findall(line)) >= 3 and _reads(line, "utf-8"):
            return line.decode("utf-8"), "该行为 UTF-8 编码"
    elif _reads(line, "utf-8"):
        return line.decode("utf-8"), ""
    for encoding in (name, other):
        if _reads(line, encoding):
            odd = f"该行为 {encoding.upper()} 编码" if encoding != name else ""
            return line.decode(encoding), odd
    return line.decode(name, "replace"), "该行有无法解码的字节"


def _reads(line: bytes, encoding: str) -> bool:
    try:
        line.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True
