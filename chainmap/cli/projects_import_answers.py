"""What `chainmap import projects` and `chainmap template projects` answer."""

from __future__ import annotations

import datetime as dt
import shutil
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

from chainmap.catalogue.projects_import import ProjectReport, ProjectRequest, import_projects
from chainmap.cli.intake_answers import (
    given_mapping,
    list_day,
    print_happened,
    print_lists,
    print_reject_files,
    save_rejects,
)
from chainmap.cli.output import say, write_file
from chainmap.errors import InputError
from chainmap.reports.project_list_template import write_project_list_template
from chainmap.settings import load_settings
from chainmap.sources.intake.layout import UnknownLayoutError
from chainmap.sources.project_columns import project_columns
from chainmap.sources.workspace import Workspace


class Asked(NamedTuple):
    """The command line, as typed."""

    files: list[Path]
    workspace: Path | None
    mapping: Path | None
    as_of: str | None
    rejects: Path | None
    dry_run: bool


def run_import(asked: Asked) -> None:
    """Answer `chainmap import projects`."""
    folder = asked.workspace or load_settings().workspace
    mapping = given_mapping(asked.mapping, project_columns())
    request = ProjectRequest(asked.files, dt.date.today(), list_day(asked.as_of), mapping)
    scratch = Path(tempfile.mkdtemp(prefix="chainmap-")) if asked.dry_run else None
    workspace = Workspace(folder, scratch)
    try:
        report = import_projects(workspace, request)
        _print_report(report, workspace, dry_run=asked.dry_run)
        save_rejects(report.lists, workspace, asked.rejects)
    except UnknownLayoutError as error:
        sys.stdout.write(error.mapping)
        raise
    finally:
        if scratch is not None:
            shutil.rmtree(scratch, ignore_errors=True)


def write_template(out: Path) -> None:
    """Answer `chainmap template projects`.

    Raises:
        InputError: The file is not called .xlsx.
    """
    if out.suffix.lower() != ".xlsx":
        raise InputError(f"模板是 Excel 文件，{out.name} 应以 .xlsx 结尾。")
    write_file(out, write_project_list_template)
    say(f"已写入 {out}：填好“项目清单”一页后运行 chainmap import projects {out}")


def _print_report(report: ProjectReport, workspace: Workspace, *, dry_run: bool) -> None:
    print_lists(report.lists, report.passed_over)
    fields = {field: names[0] for field, names in project_columns().columns.items()}
    print_happened(report.happened, fields | {"place": "意向地"}, 20 if dry_run else 5)
    what = "（试运行，工作区未改动）" if dry_run else ""
    sys.stdout.write(
        f"工作区 {workspace.folder}：共 {report.n_projects:,} 个项目，新增 {report.added:,}，"
        f"更新 {report.updated:,}{what}\n"
    )
    if not dry_run:
        print_reject_files(report.lists, workspace)
