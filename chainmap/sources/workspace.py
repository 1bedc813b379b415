"""The workspace: Parquet snapshots named by their content, and the manifest that says which count.

Everything is written under a temporary name and renamed; the manifest last. A run killed at any
moment leaves the manifest of the last good state and every file it names.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import shutil
import time
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

import polars as pl
from pydantic import Field, ValidationError

from chainmap.concepts.provenance import Frozen
from chainmap.errors import InputError, reason_of
from chainmap.sources.workspace_folder import make_folder

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

log = logging.getLogger(__name__)

MANIFEST = "manifest.json"
STAGING = ".staging"
ROW_GROUP = 32_768
"""Rows of a Parquet row group: fixed, so that the same rows always make the same bytes."""

WAIT_S = 1800.0
"""How long somebody waits who wants to write while another does: longer than any import takes."""
_LOOK_S = 0.2

DERIVED = ("links", "presence")
"""Tables worked out from the companies: gone when the companies change."""

ADDED = ("sector",)
"""Columns of companies and their history that workspaces of earlier versions lack."""


class ImportedList(Frozen):
    """One list that was imported: where it came from and what became of its rows."""

    id: str
    label: str
    sha256: str
    sequence: int
    as_of: str
    as_of_from: str
    export: str | None
    rows: int
    accepted: int
    repaired: int
    merged: int
    rejected: int
    blank_lines: int
    personal_dropped: list[str]
    not_used: list[str]
    repairs: list[str]
    rejects: str | None


class Manifest(Frozen):
    """What a workspace holds: snapshot files by table, and the lists they were made from."""

    version: int = 1
    n_companies: int = 0
    tables: dict[str, list[str]] = Field(default={})
    lists: list[ImportedList] = Field(default=[])
    made_from: dict[str, dict[str, str]] = Field(default={})
    """What a derived table rests on, by table; made anew where that differs."""

    def text(self) -> str:
        """Return the manifest as it is stored; equal states are equal bytes."""
        plain = self.model_dump(mode="json")
        return json.dumps(plain, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


Around = Callable[[Manifest, Manifest], AbstractContextManager[object]]
"""Given what counts from now on and what counted before: what goes around the change."""


class Workspace:
    """One workspace folder.

    Args:
        folder: It need not exist yet.
        scratch: Where a trial run writes instead; the workspace is then only read.
        around: Entered when another manifest is about to count, left when it does; what it raises
            leaves the workspace as it was.
    """

    def __init__(
        self, folder: Path, scratch: Path | None = None, around: Around | None = None
    ) -> None:
        self.folder = folder
        self.out = scratch or folder
        self._around = around or (lambda new, old: nullcontext())
        self._held: int | None = None

    def manifest(self) -> Manifest:
        """Return what the workspace holds; an empty manifest for a new one.

        Raises:
            InputError: The manifest is not one, or of a later version.
        """
        file = self.folder / MANIFEST
        if not file.is_file():
            return Manifest()
        try:
            found = Manifest.model_validate_json(file.read_bytes())
        except ValidationError as error:
            raise InputError(
                f"{file} 不是可以辨认的工作区清单（{error.errors()[0]['msg']}）。",
                todo="换一个 --workspace，或从备份恢复该文件。",
            ) from error
        if found.version != 1:
            raise InputError(f"{file} 由更新的版本写成。", todo="请升级 industry-chainmap。")
        return found

    def scan(self, table: str) -> pl.LazyFrame | None:
        """Return a table, lazily, in stored order (by slot and id); None where there is none."""
        files = self.manifest().tables.get(table, [])
        if not files:
            return None
        scan = pl.scan_parquet([self.folder / name for name in files])
        held = scan.collect_schema()
        lacking = [] if "industry" not in held else [c for c in ADDED if c not in held]
        return scan.with_columns(pl.lit(None, pl.String).alias(c) for c in lacking)

    def files(self, table: str) -> list[Path]:
        """Return a table's partitions in order; each holds a run of companies."""
        return [self.folder / name for name in self.manifest().tables.get(table, [])]

    def staging(self) -> Path:
        """Return an empty folder for work in progress; what a killed run left there is gone.

        From here to `clear_staging` nobody else writes: another process, or another thread with a
        `Workspace` of its own, waits. What is read of the manifest in between stays true. A
        killed process keeps nobody waiting.

        Raises:
            InputError: The workspace cannot be written, or somebody writes for too long.
        """
        folder = self.out / STAGING
        try:
            make_folder(self.out)
            self._lock()
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(parents=True)
        except OSError as error:
            self._unlock()
            raise InputError(
                f"无法写入工作区 {self.out}：{reason_of(error)}。", todo="检查权限和磁盘空间。"
            ) from error
        return folder

    def clear_staging(self) -> None:
        """Remove work in progress, and let others write."""
        if self._held is not None:
            shutil.rmtree(self.out / STAGING, ignore_errors=True)
            self._unlock()

    def _lock(self) -> None:
        """Keep others from writing: a lock on the folder itself, gone with the process."""
        if self._held is not None:
            return
        self._held = os.open(self.out, os.O_RDONLY) if fcntl is not None else -1
        until = time.monotonic() + WAIT_S
        if not _locked(self._held):
            log.warning("waiting for another program that writes %s", self.out)
        while not _locked(self._held):
            if time.monotonic() > until:
                self._unlock()
                raise InputError(
                    f"工作区 {self.folder} 正由另一个程序写入，等了 {WAIT_S:g} 秒仍未结束。",
                    todo="等它结束后重新运行。",
                )
            time.sleep(_LOOK_S)

    def __del__(self) -> None:
        self._unlock()  # whoever forgot to clear keeps nobody waiting

    def _unlock(self) -> None:
        held, self._held = self._held, None
        if held is not None and held >= 0:
            os.close(held)

    def store(self, frame: pl.DataFrame, table: str) -> str:
        """Write a snapshot file; returns its name inside the workspace, made of its content."""
        partial = self.out / STAGING / f"{table}.partial"
        frame.rechunk().write_parquet(
            partial, compression="zstd", compression_level=3, row_group_size=ROW_GROUP
        )
        return self.adopt(partial, table, ".parquet")

    def put(
        self, table: str, frame: pl.DataFrame, made_from: dict[str, str], before: Manifest
    ) -> None:
        """Make `frame` a derived table's one snapshot.

        Args:
            table: One of `DERIVED`.
            frame: Its rows, in stored order.
            made_from: What it rests on.
            before: The manifest it was worked out from.

        Raises:
            InputError: The workspace cannot be written, or was changed meanwhile.
        """
        self.staging()
        try:
            tables = before.tables | {table: [self.store(frame, table)]}
            rests = before.made_from | {table: made_from}
            self.commit(before.model_copy(update={"tables": tables, "made_from": rests}), before)
        finally:
            self.clear_staging()

    def adopt(self, partial: Path, folder: str, suffix: str) -> str:
        """Move a finished file in place under the name its content gives it."""
        digest = hashlib.sha256()
        with partial.open("rb") as file:
            while piece := file.read(1 << 20):
                digest.update(piece)
        name = f"{folder}/{digest.hexdigest()[:24]}{suffix}"
        target = self.out / name
        target.parent.mkdir(parents=True, exist_ok=True)
        partial.replace(target)
        return name

    def commit(self, new: Manifest, old: Manifest) -> None:
        """Make `new` what counts; files that neither it nor `old` names are removed.

        Raises:
            InputError: Another import changed the workspace meanwhile; nothing was changed.
        """
        if self.manifest() != old:
            raise InputError(
                f"工作区 {self.folder} 在导入期间被另一个程序改动，本次导入没有生效。",
                todo="请重新运行。",
            )
        if new != old:
            partial = self.folder / STAGING / MANIFEST
            partial.write_text(new.text(), encoding="utf-8")
            with self._around(new, old):
                partial.replace(self.folder / MANIFEST)
            self._remove_all_but([*_named(new), *_named(old)])

    def _remove_all_but(self, kept: Iterable[str]) -> None:
        names = set(kept)
        for folder in ("companies", "history", *DERIVED, "repairs", "rejects"):
            for file in sorted((self.folder / folder).glob("*")):
                if f"{folder}/{file.name}" not in names and not file.name.startswith("."):
                    file.unlink()


def _locked(held: int) -> bool:
    """Return whether a folder is ours to write; True where the system knows no such locks."""
    if fcntl is None:
        return True
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:  # a network folder without locks: `commit` still notices most collisions
        return True
    return True


def _named(manifest: Manifest) -> list[str]:
    files = [name for names in manifest.tables.values() for name in names]
    for entry in manifest.lists:
        files += [*entry.repairs, *([entry.rejects] if entry.rejects else [])]
    return files
