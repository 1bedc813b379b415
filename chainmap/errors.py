"""The one tree of errors chainmap raises.

A message says what was found, what was expected, and what to do. It carries no
HTTP status and no exit code: those are looked up in `server/problems.py` and
`cli/exits.py`.
"""

from __future__ import annotations

import errno
from collections.abc import Sequence

_MOST_SHOWN = 10
"""Things that answer to one name, of which a message speaks."""

_REASONS = {
    errno.ENOENT: "没有这个文件或文件夹",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EROFS: "所在的盘只读",
    errno.ENOSPC: "磁盘已满",
    errno.EISDIR: "这是一个文件夹",
    errno.ENOTDIR: "路径中有一段不是文件夹",
    errno.EEXIST: "已有同名的文件",
    errno.ENAMETOOLONG: "名称太长",
    errno.ENOMEM: "内存不足",
    errno.EAGAIN: "进程或线程数已到上限",
    errno.EMFILE: "打开的文件太多",
    errno.EADDRINUSE: "端口已被占用",
    errno.EADDRNOTAVAIL: "本机没有这个地址",
}


def reason_of(error: OSError) -> str:
    """Return why the system refused, in Chinese; in its own words where they are rare ones."""
    return _REASONS.get(error.errno or 0) or error.strerror or type(error).__name__


class ChainmapError(Exception):
    """Anything chainmap raises on purpose.

    Args:
        message: What was found and what was expected, in Chinese.
        todo: What the reader should do next, in Chinese; may be empty.
    """

    def __init__(self, message: str, *, todo: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.todo = todo

    def __str__(self) -> str:
        gap = "" if self.message.endswith(("。", "？", "！")) else " "
        return f"{self.message}{gap}{self.todo}".rstrip()


class InputError(ChainmapError):
    """What the user gave cannot be used."""


class TableError(InputError):
    """A table breaks the promise of its kind: columns, types, keys or ranges."""


class IdentifierError(InputError):
    """A code is malformed (credit code, city code, industry code)."""


class DocumentError(InputError):
    """A file cannot be read as a policy document."""


class UnknownNameError(InputError):
    """A name that nothing answers to.

    Args:
        kind: What was looked for, in Chinese (城市, 产业链, 环节).
        given: What the user wrote.
        nearest: Names that come close, best first.
    """

    def __init__(self, kind: str, given: str, nearest: tuple[str, ...] = ()) -> None:
        hint = f"您是不是要找：{'、'.join(nearest)}？" if nearest else "请检查写法。"
        super().__init__(f"没有找到{kind}“{given}”。", todo=hint)
        self.kind = kind
        self.given = given
        self.nearest = nearest


class AmbiguousNameError(UnknownNameError):
    """A name that several things answer to, where one is meant.

    Args:
        kind: What was looked for, in Chinese (环节).
        given: What the user wrote.
        found: Name and id of each that answers, in the order they are shown.
    """

    def __init__(self, kind: str, given: str, found: Sequence[tuple[str, str]]) -> None:
        super().__init__(kind, given, tuple(name for name, _ in found[:_MOST_SHOWN]))
        shown = "、".join(f"{name}（{id_}）" for name, id_ in found[:_MOST_SHOWN])
        more = "等" if len(found) > _MOST_SHOWN else ""
        self.message = f"没有找到唯一的{kind}：“{given}”对得上 {len(found)} 个{kind}。"
        self.todo = f"请写明是哪一个，用名称或编号：{shown}{more}。"


class ConflictError(InputError):
    """What was asked for contradicts what is already there."""


class CurationError(ChainmapError):
    """A curated file (taxonomy/, data/) is broken.

    Args:
        message: What was found and what was expected, in Chinese.
        file: Path of the file, as the reader would open it.
        line: 1-based line; 0 where the whole file is meant.
        field: Dotted path of the field; empty where none is meant.
        todo: What to do, in Chinese.
    """

    def __init__(
        self, message: str, *, file: str, line: int = 0, field: str = "", todo: str = ""
    ) -> None:
        place = file + (f":{line}" if line else "") + (f" [{field}]" if field else "")
        super().__init__(f"{place}：{message}", todo=todo)
        self.file = file
        self.line = line
        self.field = field


class ModelError(ChainmapError):
    """A released model cannot be used: wrong features, wrong hash, wrong version."""


class ResourceError(ChainmapError):
    """A bundled file is missing or was changed after the release."""


class LedgerError(ChainmapError):
    """The operational database cannot be used: out of reach, busy, or of another version."""
