"""What every `chainmap import` shares: where it goes, what became of the rows, templates."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from collections.abc import Mapping as Translation
from contextlib import contextmanager
from pathlib import Path

from chainmap.cli.output import say, write_file, write_template_file
from chainmap.cli.workspace_deeds import recorded_workspace
from chainmap.errors import InputError, reason_of
from chainmap.linkage.intake import Happened
from chainmap.settings import load_settings
from chainmap.sources.intake.headings import ColumnNames, Mapping, read_mapping
from chainmap.sources.intake.layout import UnknownLayoutError
from chainmap.sources.workspace import ImportedList, Workspace

SHOWN = 12
"""Kinds of repairs and rejects a report lists; all of them are in the files."""


@contextmanager
def target_workspace(folder: Path | None, *, dry_run: bool) -> Iterator[Workspace]:
    """Yield the workspace lists go into; a trial run writes beside it and leaves nothing.

    Where a list's columns are not recognised, the mapping to edit is printed. What an import
    changes is an entry of the audit log.

    Args:
        folder: As typed; None is the one of the settings.
        dry_run: Whether it is a trial run.
    """
    scratch = Path(tempfile.mkdtemp(prefix="chainmap-")) if dry_run else None
    try:
        if scratch is None:
            yield recorded_workspace(folder, "import")
        else:
            yield Workspace(folder or load_settings().workspace, scratch)
    except UnknownLayoutError as error:
        sys.stdout.write(error.mapping)
        raise
    finally:
        if scratch is not None:
            shutil.rmtree(scratch, ignore_errors=True)


def save_template(out: Path, write: Callable[[Path], None], called: tuple[str, str]) -> None:
    """Write an Excel template and say how to go on.

    Args:
        out: The file.
        write: Writes it.
        called: Name of the sheet to fill in, and of the import command.

    Raises:
        InputError: The file is not called .xlsx.
    """
    write_template_file(out, write)
    sheet, command = called
    say(f"填好“{sheet}”一页后运行 chainmap import {command} {out}")


def print_lists(lists: Sequence[ImportedList], passed_over: Sequence[str]) -> None:
    """Print what became of every list's rows, and what was passed over."""
    for entry in lists:
        _print_list(entry)
    if len(lists) > 1:
        totals = [sum(getattr(e, k) for e in lists)
                  for k in ("rows", "accepted", "repaired", "merged", "rejected")]  # fmt: skip
        sys.stdout.write("合计：" + _sum(totals) + "\n")
    for line in passed_over:
        sys.stdout.write(f"跳过：{line}\n")


def print_happened(happened: Happened, fields: Translation[str, str], shown: int) -> None:
    """Print the kinds of repairs and rejects, and the first rejects in full.

    Args:
        happened: Counted by kind.
        fields: A field's name in Chinese.
        shown: How many rejects are spelled out.
    """
    _print_kinds("修复与补充", [f"{fields.get(f, f)}：{r}" for f, r, _ in happened.repair_rules],
                 [n for _, _, n in happened.repair_rules])  # fmt: skip
    _print_kinds("拒收原因", [r for r, _ in happened.reject_reasons],
                 [n for _, n in happened.reject_reasons])  # fmt: skip
    for label, row, reason in happened.rejects[:shown]:
        sys.stdout.write(f"  {label} 第 {row} 行：{reason}\n")


def print_workspace(
    total: str, lists: Sequence[ImportedList], workspace: Workspace, *, dry_run: bool
) -> None:
    """Print what the workspace holds now, and where the rejected rows lie."""
    what = "（试运行，工作区未改动）" if dry_run else ""
    sys.stdout.write(f"工作区 {workspace.folder}：{total}{what}\n")
    for entry in () if dry_run else lists:
        if entry.rejects:
            sys.stdout.write(f"拒收的行：{workspace.folder / entry.rejects}\n")


def _print_list(entry: ImportedList) -> None:
    layout = f"，列名像{entry.export}的导出" if entry.export else ""
    numbers = [entry.rows, entry.accepted, entry.repaired, entry.merged, entry.rejected]
    sys.stdout.write(f"{entry.label}（数据日期 {entry.as_of}，取自{entry.as_of_from}{layout}）\n")
    blank = f"；另有空行 {entry.blank_lines}" if entry.blank_lines else ""
    sys.stdout.write(f"  {_sum(numbers)}{blank}\n")
    if entry.personal_dropped:
        dropped = "、".join(entry.personal_dropped)
        sys.stdout.write(f"  个人信息不入库，打开文件时已丢弃的列：{dropped}\n")
    if entry.not_used:
        sys.stdout.write(f"  没有用到的列：{'、'.join(entry.not_used)}\n")


def _sum(numbers: list[int]) -> str:
    rows, accepted, repaired, merged, rejected = numbers
    return (
        f"读入 {rows:,} 行 = 采用 {accepted:,} + 修复后采用 {repaired:,} + 合并 {merged:,} "
        f"+ 拒收 {rejected:,}"
    )


def _print_kinds(title: str, names: list[str], counts: list[int]) -> None:
    if names:
        sys.stdout.write(f"{title}：\n")
    for name, n in list(zip(names, counts, strict=True))[:SHOWN]:
        sys.stdout.write(f"  {n:>8,}  {name}\n")
    if len(names) > SHOWN:
        sys.stdout.write(f"  …… 另有 {len(names) - SHOWN} 种\n")


def save_rejects(lists: Sequence[ImportedList], workspace: Workspace, out: Path | None) -> None:
    """Copy the rejected rows where the user wants them; several lists, several files."""
    files = [workspace.out / e.rejects for e in lists if e.rejects]
    if out is None:
        return
    if len(files) == 1:
        write_file(out, lambda path: shutil.copyfile(files[0], path))
    elif files:
        for number, file in enumerate(files, start=1):
            target = out.with_name(f"{out.stem}-{number}{out.suffix}")
            write_file(target, lambda path, file=file: shutil.copyfile(file, path))  # type: ignore[misc]
    say(f"拒收的行已另存 {out}" if files else "没有拒收的行。")


def given_mapping(file: Path | None, names: ColumnNames | None = None) -> Mapping | None:
    """Return the mapping in a user's file, its fields those of `names`.

    Raises:
        InputError: It cannot be read.
        CurationError: It is malformed, or names an unknown field.
    """
    if file is None:
        return None
    try:
        return read_mapping(file.read_text(encoding="utf-8-sig"), str(file), names)
    except OSError as error:
        raise InputError(f"读不到对照表 {file}：{reason_of(error)}。") from error
    except UnicodeDecodeError as error:
        raise InputError(f"对照表 {file} 不是 UTF-8 编码。", todo="请另存为 UTF-8。") from error
