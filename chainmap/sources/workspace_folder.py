"""The folder of a workspace, which other accounts cannot enter."""

from __future__ import annotations

import os
import stat
from pathlib import Path

_OWNER_ONLY = 0o700
_OTHERS = 0o077
_HAS_MODES = os.name == "posix"


def make_folder(workspace: Path, *inside: str) -> Path:
    """Make a workspace's folder, which its owner alone can enter, or a folder in it; returns it.

    What is there already is left as it is: who may enter it was somebody's choice.

    Args:
        workspace: The workspace's folder.
        inside: Names of folders in it, each within the one before.

    Raises:
        OSError: It cannot be made.
    """
    # Of parents that are missing mkdir makes all but the last as the process makes any folder.
    workspace.mkdir(mode=_OWNER_ONLY if _HAS_MODES else 0o777, parents=True, exist_ok=True)
    folder = workspace.joinpath(*inside)
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def open_to_others(path: Path) -> str | None:
    """Return a file's or folder's mode, as `chmod` takes it, where others may read or enter it.

    Raises:
        OSError: It cannot be looked at.
    """
    mode = stat.S_IMODE(path.stat().st_mode)
    return f"{mode:o}" if _HAS_MODES and mode & _OTHERS else None
