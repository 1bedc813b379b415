"""Whether a service runs over a workspace: said by a lock that ends with its process, however.

Services share it; a restore has it alone, so that neither starts while the other is at work.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from chainmap.errors import ConflictError
from chainmap.sources.workspace_folder import make_folder

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

LOCK = ".serving"
"""File of a workspace that service processes hold; that it is there says nothing."""


@contextmanager
def serving(folder: Path) -> Iterator[None]:
    """Yield while a service process runs over a workspace; there may be many of them.

    Where the workspace cannot be written, nobody can put anything into it either.

    Args:
        folder: The workspace; made where it is missing.

    Raises:
        ConflictError: A backup is being restored into it: half of it would be served.
    """
    with _locked(folder, shared=True) as held:
        if not held:
            raise ConflictError(
                f"正在向工作目录 {folder} 恢复备份，服务没有启动。",
                todo="等 chainmap restore 结束，再运行 chainmap serve 或 chainmap mcp。",
            )
        yield


@contextmanager
def nobody_serving(folder: Path) -> Iterator[None]:
    """Yield while no service process runs over a workspace.

    Only processes on this machine are seen.

    Args:
        folder: The workspace; made where it is missing.

    Raises:
        ConflictError: One runs, or another restore is at work.
    """
    with _locked(folder, shared=False) as held:
        if not held:
            raise _in_use(folder)
        yield


def _in_use(folder: Path) -> ConflictError:
    """Return why nothing can be restored: by what the workspace is held."""
    with _locked(folder, shared=True) as shared:
        if shared:
            return ConflictError(
                f"服务正在使用工作目录 {folder}，没有恢复。",
                todo="先停掉 chainmap serve、chainmap mcp；仍要恢复，加 --while-serving。",
            )
    return ConflictError(f"已有一次恢复在向工作目录 {folder} 写入。", todo="等它结束，再核对数据。")


@contextmanager
def _locked(folder: Path, *, shared: bool) -> Iterator[bool]:
    """Yield whether the lock is held; where there are no locks, as if it were."""
    file = _opened(folder)
    try:
        yield file is None or _taken(file, shared=shared)
    finally:
        if file is not None:
            os.close(file)


def _opened(folder: Path) -> int | None:
    if fcntl is None:
        return None
    try:
        make_folder(folder)
        return os.open(folder / LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError:
        return None


def _taken(file: int, *, shared: bool) -> bool:
    how = fcntl.LOCK_SH if shared else fcntl.LOCK_EX
    try:
        fcntl.flock(file, how | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:  # a file system without locks
        return True
    return True
