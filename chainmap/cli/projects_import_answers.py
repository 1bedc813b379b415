"""What `chainmap import projects` and `chainmap template projects` answer."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import NamedTuple

from chainmap.catalogue.projects_import import ProjectReport, ProjectRequest, import_projects
from chainmap.cli.imports_told import (
    given_mapping,
    print_happened,
    print_lists,
    print_workspace,
    save_rejects,
    save_template,
    target_workspace,
)
from chainmap.reports.project_list_template import write_project_list_template
from chainmap.sources.asked_days import typed_asked_day
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
    mapping = given_mapping(asked.mapping, project_columns())
    request = ProjectRequest(asked.files, dt.date.today(), typed_asked_day(asked.as_of), mapping)
    with target_workspace(asked.workspace, dry_run=asked.dry_run) as workspace:
        report = import_projects(workspace, request)
        _print_report(report, workspace, dry_run=asked.dry_run)
        save_rejects(report.lists, workspace, asked.rejects)


def write_template(out: Path) -> None:
    """Answer `chainmap template projects`.

    Raises:
        InputError: The file is not called .xlsx.
    """
    save_template(out, write_project_list_template, ("项目清单", "projects"))


def _print_report(report: ProjectReport, workspace: Workspace, *, dry_run: bool) -> None:
    print_lists(report.lists, report.passed_over)
    fields = {field: names[0] for field, names in project_columns().columns.items()}
    print_happened(report.happened, fields | {"place": "意向地"}, 20 if dry_run else 5)
    total = f"共 {report.n_projects:,} 个项目，新增 {report.added:,}，更新 {report.updated:,}"
    print_workspace(total, report.lists, workspace, dry_run=dry_run)
