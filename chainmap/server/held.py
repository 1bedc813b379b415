"""What a generation of server processes reads, held still while it serves.

An installation is changed beside the old one and a symbolic link is turned; an expert's own
taxonomy is edited where it lies. Neither may show in an answer before the swap, or an answer would
be of two states at once. So a generation keeps the folders behind the links of its start, and a
copy of that taxonomy.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from chainmap import resources
from chainmap.errors import ResourceError

_TRIES = 20


@dataclass(frozen=True)
class Held:
    """What one generation reads.

    Attributes:
        search: Where modules are looked for, links resolved.
        taxonomy: A copy of the expert's own taxonomy; None where there is none.
    """

    search: list[str]
    taxonomy: Path | None

    def adopt(self) -> None:
        """Let this process read the copy in place of the taxonomy it was taken from."""
        if self.taxonomy is not None:
            os.environ[resources.OWN_TAXONOMY] = str(self.taxonomy)

    def let_go(self) -> None:
        """Take the copy away, once nobody reads it any more."""
        if self.taxonomy is not None:
            shutil.rmtree(self.taxonomy.parent, ignore_errors=True)


def hold(search: list[str]) -> Held:
    """Return what a generation reads that starts now.

    Args:
        search: As `sys.path` was when the supervisor started.

    Raises:
        ResourceError: `CHAINMAP_TAXONOMY` names no taxonomy, it cannot be read, or it is being
            written all the time.
    """
    resolved = [os.path.realpath(folder) for folder in search]
    own = resources.own_taxonomy()
    return Held(resolved, None if own is None else _copied(own))


@contextmanager
def held_still() -> Iterator[None]:
    """Yield while this one process serves from a copy of the own taxonomy."""
    held = hold(sys.path)
    try:
        held.adopt()
        yield
    finally:
        held.let_go()


def _copied(own: Path) -> Path:
    """Return a copy of a taxonomy as it was at one moment."""
    folder = Path(tempfile.mkdtemp(prefix="chainmap-taxonomy-"))
    copy = folder / own.resolve().name
    try:
        for _ in range(_TRIES):
            before = _state(own)
            shutil.copytree(own, copy)
            if _state(own) == before:
                return copy
            shutil.rmtree(copy)
    except (OSError, shutil.Error) as error:
        shutil.rmtree(folder, ignore_errors=True)
        raise ResourceError(
            f"无法读取 {own}：{error}。", todo="检查文件夹权限和磁盘空间。"
        ) from error
    shutil.rmtree(folder, ignore_errors=True)
    raise ResourceError(f"{own} 一直在被改写。", todo="等改完再重新载入。")


def _state(folder: Path) -> list[tuple[str, int, int, int]]:
    """Return names, sizes and times of a folder's files: another state, another list."""
    found = [(file, file.stat()) for file in folder.rglob("*") if file.is_file()]
    return sorted((str(f), s.st_size, s.st_mtime_ns, s.st_ino) for f, s in found)
