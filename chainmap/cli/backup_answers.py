"""What `chainmap backup` and `chainmap restore` do."""

from __future__ import annotations

import datetime as dt
import re
import shutil
from contextlib import ExitStack
from pathlib import Path
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile

from chainmap.cli.output import say, write_file
from chainmap.cli.service_answers import opened
from chainmap.errors import ConflictError, InputError
from chainmap.ledger import audit, backup
from chainmap.ledger.audit import Deed
from chainmap.ledger.engine import Ledger
from chainmap.settings import load_settings
from chainmap.sources.serving import nobody_serving
from chainmap.sources.workspace import MANIFEST, Manifest, Workspace
from chainmap.sources.workspace_folder import make_folder

_PREFIX = "workspace/"
_SNAPSHOTS = "snapshots"
"""Folder of kept lists with their inputs; named by their content, so no manifest lists them."""
_CATALOGUES = "catalogues"
"""Folder of the catalogues' versions, by city; they are named by the city's own folder."""
_MEMBER = re.compile(
    r"workspace/([a-z]+/)?[0-9a-z][\w.\-]*"
    r"|workspace/catalogues/[1-8]\d{5}/\d{4}-(draft-[0-9a-f]{8}|v[1-9]\d*)\.yml"
)
"""What a workspace names its files; rejects carry the name of their list, Chinese as it is."""


def write_backup(file: Path, *, replace: bool) -> None:
    """Answer `chainmap backup`: one zip, written whole or not at all.

    Raises:
        ConflictError: There is a file of that name and `replace` is not set.
        InputError: The file cannot be written.
        LedgerError: The database cannot be read.
    """
    if file.is_file() and not replace:
        raise ConflictError(
            f"{file} 已经存在，没有备份。", todo="换一个文件名，或加 --replace 覆盖。"
        )
    workspace = Workspace(load_settings().workspace)
    now = dt.datetime.now(dt.UTC)
    with opened() as ledger:
        counts: dict[str, int] = {}

        def write(partial: Path) -> None:
            partial.chmod(0o600)
            with ZipFile(partial, "w", ZIP_DEFLATED) as archive:
                counts.update(backup.dump(ledger, archive, now))
                counts["workspace"] = _add_workspace(archive, workspace)

        write_file(file, write)
        with ledger.write() as tx:
            audit.append(tx, Deed("cli", "backup", file.name, detail=counts), now)
    rows = "、".join(f"{name} {count}" for name, count in counts.items())
    say(f"已备份到 {file}（{rows}）。文件含密钥摘要和审计记录，请妥善保管。")


def restore_backup(file: Path, *, replace: bool, while_serving: bool) -> None:
    """Answer `chainmap restore`: files under names nothing uses yet, the database, the manifest.

    Raises:
        InputError: The file is no backup, or damaged.
        ConflictError: There is data already and `replace` is not set, or a service uses it and
            `while_serving` is not.
    """
    workspace = Workspace(load_settings().workspace)
    try:
        archive = ZipFile(file)
    except (OSError, BadZipFile) as error:
        raise InputError(f"{file} 打不开，或不是备份文件。") from error
    with ExitStack() as held:
        held.enter_context(archive)
        if not while_serving:
            held.enter_context(nobody_serving(workspace.folder))
        ledger = held.enter_context(opened(migrate=False))
        counts = _put_back(ledger, workspace, archive, replace=replace)
        now = dt.datetime.now(dt.UTC)
        with ledger.write() as tx:
            audit.append(tx, Deed("cli", "restore", file.name, detail=counts), now)
    say(f"已从 {file} 恢复（{'、'.join(f'{n} {c}' for n, c in counts.items())}）。")


def _put_back(
    ledger: Ledger, workspace: Workspace, archive: ZipFile, *, replace: bool
) -> dict[str, int]:
    """Put a backup back; returns rows by table."""
    backup.read_manifest(archive)
    manifest = _stored_manifest(archive)
    tables = workspace.manifest() != Manifest() and manifest != Manifest()
    versions = _catalogues(workspace) and _members(archive, _CATALOGUES)
    if not replace and (tables or versions):
        raise ConflictError(
            f"工作目录 {workspace.folder} 中已有数据，没有恢复。",
            todo="换一个空的 CHAINMAP_WORKSPACE，或加 --replace 覆盖。",
        )
    _copy_files(archive, workspace, [*_named(manifest), *_members(archive, _SNAPSHOTS)])
    counts = backup.load(ledger, archive, replace=replace)
    if replace:
        # A version approved after the backup would stay in use.
        shutil.rmtree(workspace.folder / _CATALOGUES, ignore_errors=True)
    _copy_files(archive, workspace, _members(archive, _CATALOGUES))
    if manifest != Manifest():
        workspace.staging()
        workspace.commit(manifest, workspace.manifest())
        workspace.clear_staging()
    return counts


def _add_workspace(archive: ZipFile, workspace: Workspace) -> int:
    snapshots = sorted((workspace.folder / _SNAPSHOTS).glob("*.zip"))
    versions = _catalogues(workspace)
    for kept in (*snapshots, *versions):
        archive.write(kept, f"{_PREFIX}{kept.relative_to(workspace.folder).as_posix()}")
    whole = len(snapshots) + len(versions)
    manifest = workspace.manifest()
    if manifest == Manifest():
        return whole
    names = _named(manifest)
    for name in names:
        try:
            with (
                (workspace.folder / name).open("rb") as file,
                archive.open(_PREFIX + name, "w", force_zip64=True) as copy,
            ):
                shutil.copyfileobj(file, copy, 1 << 20)
        except FileNotFoundError as error:
            # Two imports ended meanwhile, so the second took away what the first had replaced.
            raise ConflictError("工作区正在改动，没有备份。", todo="导入结束后重试。") from error
    archive.writestr(_PREFIX + MANIFEST, manifest.text())
    return len(names) + whole


def _catalogues(workspace: Workspace) -> list[Path]:
    """Return the stored versions of all catalogues; one under way is not there yet."""
    found = (workspace.folder / _CATALOGUES).glob("*/*.yml")
    return sorted(file for file in found if not file.name.startswith("."))


def _named(manifest: Manifest) -> list[str]:
    names = [name for table in manifest.tables.values() for name in table]
    for entry in manifest.lists:
        names += [*entry.repairs, *([entry.rejects] if entry.rejects else [])]
    return names


def _stored_manifest(archive: ZipFile) -> Manifest:
    """Return the backup's manifest; every file it names must be there, under a harmless name.

    Raises:
        InputError: A name leads out of the workspace, or a file is missing.
    """
    stored = {name for name in archive.namelist() if name.startswith(_PREFIX)}
    bad = [name for name in stored if not _MEMBER.fullmatch(name)]
    if bad:
        raise InputError(f"备份中的文件名 {bad[0]!r} 不可用，没有恢复。")
    if _PREFIX + MANIFEST not in stored:
        return Manifest()
    try:
        manifest = Manifest.model_validate_json(archive.read(_PREFIX + MANIFEST))
    except ValueError as error:
        raise InputError("备份中的工作区清单已损坏，没有恢复。") from error
    # What the manifest names is written to, so it must be one of the harmless names above.
    missing = [name for name in _named(manifest) if _PREFIX + name not in stored]
    if missing:
        raise InputError(f"备份缺少 {missing[0]}，没有恢复。")
    return manifest


def _members(archive: ZipFile, folder: str) -> list[str]:
    """Return the names, inside the workspace, of a folder's files in the backup."""
    names = [name.removeprefix(_PREFIX) for name in archive.namelist()]
    return [name for name in names if name.startswith(f"{folder}/")]


def _copy_files(archive: ZipFile, workspace: Workspace, names: list[str]) -> None:
    for name in names:
        target = workspace.folder / name
        make_folder(workspace.folder, *Path(name).parent.parts)
        partial = target.with_name(f".{target.name}.partial")
        with archive.open(_PREFIX + name) as source, partial.open("wb") as copy:
            shutil.copyfileobj(source, copy, 1 << 20)
        partial.replace(target)
