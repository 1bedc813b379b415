"""Files somebody sends: held to what they claim to be, kept in the workspace until read."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import unicodedata
import uuid
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, NamedTuple

from chainmap.server.problems import Refusal
from chainmap.settings import Settings
from chainmap.sources.workspace_folder import make_folder

_STARTS: dict[str, tuple[bytes, ...]] = {
    ".xlsx": (b"PK\x03\x04",),
    ".xls": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04"),
    ".parquet": (b"PAR1",),
    ".zip": (b"PK\x03\x04",),
}
"""How a file of this ending begins; many an .xls is an .xlsx by content, as exports come."""

_TEXTS = (".csv", ".tsv", ".txt")
ENDINGS = (*_TEXTS, *_STARTS)
"""What may be sent: tables. Models, programs and documents may not."""

_BINARY = (
    b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"PAR1", b"\x7fELF", b"MZ", b"%PDF", b"\x1f\x8b",
    b"\x80\x04", b"\x80\x05", b"{\\rtf", b"Rar!", b"7z\xbc\xaf",
)  # fmt: skip
"""Beginnings no table of plain text has."""

FOLDER = "uploads"
ABANDONED_S = 24 * 3600
"""Far longer than a request takes, which keeps a file before there is a job."""
_PIECE = 1 << 20
_LONGEST = 180
"""Bytes of a name before its ending; file systems take 255 with all."""


class Upload(NamedTuple):
    """A file as it lies in the workspace.

    Attributes:
        path: In a folder of its own.
        name: What the sender calls it, without folders or control characters.
    """

    path: Path
    name: str
    sha256: str
    size: int


def uploads_folder(settings: Settings) -> Path:
    """Return the folder that holds files until they are read."""
    return settings.workspace / FOLDER


def keep_upload(settings: Settings, name: str | None, content: BinaryIO) -> Upload:
    """Return a file as it now lies in the workspace; it appears there whole or not at all.

    Args:
        settings: Where the workspace is, and how large a file may be.
        name: As the sender calls it.
        content: What was sent.

    Raises:
        Refusal: Its ending is not one of `ENDINGS`, it does not begin like one, it is empty, or it
            is too large.
    """
    shown = plain_name(name)
    ending = Path(shown).suffix.lower()
    if ending not in ENDINGS:
        raise Refusal(
            "unsupported-type", f"不接受“{shown}”这类文件。", f"可用：{'、'.join(ENDINGS)}。"
        )
    start = content.read(8)
    _check_start(shown, ending, start)
    folder = make_folder(settings.workspace, FOLDER, uuid.uuid4().hex)
    try:
        with (folder / f".{shown}").open("xb") as copy:
            digest, size = _copy(start, content, copy, settings.max_body_mb << 20)
            copy.flush()
            os.fsync(copy.fileno())
        (folder / f".{shown}").rename(folder / shown)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return Upload(folder / shown, shown, digest, size)


def forget_upload(path: Path) -> None:
    """Take a file away once it is read, with the folder it has to itself."""
    shutil.rmtree(path.parent, ignore_errors=True)


def sweep_uploads(settings: Settings, now: float, awaited: Collection[Path]) -> None:
    """Take away what no job waits for: what a killed request, or a job given up, has left.

    Args:
        settings: Where the workspace is.
        now: Seconds since 1970.
        awaited: Files that jobs have still to read, however long they have waited.
    """
    kept = {file.parent.name for file in awaited}
    for folder in uploads_folder(settings).glob("*"):
        with suppress(FileNotFoundError):  # another process sweeps too
            if folder.name not in kept and now - folder.stat().st_mtime > ABANDONED_S:
                shutil.rmtree(folder, ignore_errors=True)


def plain_name(name: str | None) -> str:
    """Return a name for people and file systems: no folders, no control characters, not long."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name or ""))[-1]
    # Surrogates and the like are of category C too.
    kept = "".join(c for c in last if unicodedata.category(c)[0] != "C").strip(" .")
    stem, ending = Path(kept).stem, Path(kept).suffix[:20]
    while len(stem.encode()) > _LONGEST:
        stem = stem[:-1]
    return f"{stem}{ending}" or "未命名"


def _check_start(name: str, ending: str, start: bytes) -> None:
    if not start:
        raise Refusal("bad-input", f"“{name}”是空文件。", "检查导出是否成功。")
    wanted = _STARTS.get(ending)
    fits = start.startswith(wanted) if wanted else not start.startswith(_BINARY)
    if not fits:
        raise Refusal(
            "unsupported-type",
            f"“{name}”的内容不是 {ending} 文件。",
            "请重新导出；不要只改扩展名。",
        )


def _copy(start: bytes, content: BinaryIO, copy: BinaryIO, most: int) -> tuple[str, int]:
    digest, size, piece = hashlib.sha256(), 0, start
    while piece:
        size += len(piece)
        if size > most:
            raise Refusal("body-too-large", f"文件超过 {most >> 20} MB。", "请拆分后再发送。")
        digest.update(piece)
        copy.write(piece)
        piece = content.read(_PIECE)
    return digest.hexdigest(), size
