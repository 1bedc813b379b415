"""Where tests write: in memory where there is room, and gone afterwards.

Thousands of small databases and tables are written, and a disk takes longer over them than the
tests over all else. A folder named by `TMPDIR` is taken as it is.
"""

import atexit
import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

MEMORY = Path("/dev/shm")
ROOM = 4 * 2**30
"""Bytes free below which the usual folder for temporary files is taken: a run writes a tenth."""
_PREFIX = "cm-tests-"


def take_memory():
    """Let everything temporary, of this process and those it starts, be written in memory."""
    if "TMPDIR" in os.environ or not os.access(MEMORY, os.W_OK):
        return
    if shutil.disk_usage(MEMORY).free < ROOM:
        return
    _clear_after_the_killed()
    folder = Path(tempfile.mkdtemp(prefix=f"{_PREFIX}{os.getpid()}-", dir=MEMORY))
    folder.chmod(0o711)  # PostgreSQL runs as somebody else
    os.environ["TMPDIR"], tempfile.tempdir = str(folder), None
    atexit.register(shutil.rmtree, folder, ignore_errors=True)


def _clear_after_the_killed():
    for left in MEMORY.glob(f"{_PREFIX}*"):
        owner = left.name.removeprefix(_PREFIX).partition("-")[0]
        with suppress(OSError):
            ours = left.stat().st_uid == os.getuid() and not left.is_symlink()
            if ours and owner.isdigit() and not Path("/proc", owner).exists():
                shutil.rmtree(left, ignore_errors=True)
