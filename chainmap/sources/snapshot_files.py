"""Snapshots of lists as files: one archive each, named by its content, written whole or not at all.

An archive holds the manifest, the candidates as two tables, and the list. It is the same form in
the workspace and where it is handed on.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from pathlib import Path
from zipfile import BadZipFile, ZipFile, ZipInfo

from chainmap.errors import InputError, UnknownNameError, reason_of
from chainmap.sources.workspace_folder import make_folder

FOLDER = "snapshots"
SUFFIX = ".zip"
MEMBERS = ("manifest.json", "candidates.parquet", "firms.parquet", "list.json")
LARGEST_BYTES = 256 << 20
"""Of one member; a city's largest list takes some ten megabytes."""
_ID = re.compile(r"[0-9a-f]{64}")
_UNDATED = (1980, 1, 1, 0, 0, 0)
"""Archives carry no time: the same content is the same bytes."""


class SnapshotFolder:
    """The snapshots of a workspace.

    Args:
        workspace: The workspace's folder; it need not exist yet.
    """

    def __init__(self, workspace: Path) -> None:
        self._workspace = workspace
        self.folder = workspace / FOLDER

    def path(self, snapshot_id: str) -> Path:
        """Return where a snapshot is kept.

        Raises:
            UnknownNameError: That is no id.
        """
        if not _ID.fullmatch(snapshot_id):
            raise UnknownNameError("快照", snapshot_id[:60])
        return self.folder / f"{snapshot_id}{SUFFIX}"

    def write(self, snapshot_id: str, archive: bytes) -> Path:
        """Write a snapshot under its id, over what a killed run may have left; returns the file.

        Raises:
            InputError: The workspace cannot be written.
        """
        file = self.path(snapshot_id)
        partial = file.with_name(f".{file.name}.partial")
        try:
            make_folder(self._workspace, FOLDER)
            partial.write_bytes(archive)
            partial.replace(file)
        except OSError as error:
            raise InputError(
                f"无法写入工作区 {self.folder}：{reason_of(error)}。", todo="检查权限和磁盘空间。"
            ) from error
        return file

    def read(self, snapshot_id: str) -> dict[str, bytes]:
        """Return a snapshot's members.

        Raises:
            InputError: Its file is missing or damaged.
        """
        return read_archive(self.path(snapshot_id))

    def ids(self) -> list[str]:
        """Return the ids of all snapshots kept, in their order."""
        names = (file.name.removesuffix(SUFFIX) for file in self.folder.glob(f"*{SUFFIX}"))
        return sorted(name for name in names if _ID.fullmatch(name))

    def remove(self, snapshot_id: str) -> None:
        """Take a snapshot's file away, where there is one."""
        self.path(snapshot_id).unlink(missing_ok=True)


def archive_bytes(members: Mapping[str, bytes]) -> bytes:
    """Return an archive of members, stored as they are; same members, same bytes."""
    store = io.BytesIO()
    with ZipFile(store, "w") as archive:
        for name in MEMBERS:
            archive.writestr(ZipInfo(name, _UNDATED), members[name])
    return store.getvalue()


def read_archive(file: Path) -> dict[str, bytes]:
    """Return the members of a snapshot's file.

    Raises:
        InputError: It is missing, damaged, or no snapshot.
    """
    try:
        with ZipFile(file) as archive:
            sizes = {info.filename: info.file_size for info in archive.infolist()}
            if set(sizes) != set(MEMBERS) or max(sizes.values()) > LARGEST_BYTES:
                raise InputError(
                    f"{file.name} 不是快照文件。", todo="请用 chainmap snapshots export 导出。"
                )
            return {name: archive.read(name) for name in MEMBERS}
    except FileNotFoundError as error:
        raise InputError(f"快照文件 {file.name} 不在。", todo="从备份恢复，或重新保存。") from error
    except (OSError, BadZipFile, EOFError) as error:
        raise InputError(f"快照文件 {file.name} 打不开，或已损坏。", todo="从备份恢复。") from error
