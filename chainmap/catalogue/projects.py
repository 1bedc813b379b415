"""Projects of a workspace, as records."""

from __future__ import annotations

import hashlib
from pathlib import Path

import polars as pl

from chainmap.catalogue.projects_import import stored
from chainmap.concepts.project_records import ProjectRecord
from chainmap.errors import InputError, UnknownNameError
from chainmap.nearest import nearest_names
from chainmap.sources.workspace import Workspace


def load_projects(folder: Path) -> list[ProjectRecord]:
    """Return the projects of a workspace, by id; none where none were imported.

    Raises:
        InputError: The workspace's manifest is not one.
    """
    frame = stored(Workspace(folder), "projects")
    if frame is None:
        return []
    rows = frame.rename({"project_id": "id"}).iter_rows(named=True)
    return [ProjectRecord.model_validate(row) for row in rows]


def needed_projects(folder: Path) -> list[ProjectRecord]:
    """Return the projects of a workspace, by id.

    Raises:
        InputError: There are none.
    """
    found = load_projects(folder)
    if not found:
        raise InputError(
            f"工作区 {folder} 里没有项目。", todo="先用 chainmap import projects 导入项目清单。"
        )
    return found


def projects_sha256(folder: Path) -> str | None:
    """Return a hash of the projects a workspace holds; None where it holds none."""
    names = Workspace(folder).manifest().tables.get("projects")
    return hashlib.sha256("\n".join(names).encode()).hexdigest() if names else None


def project_history(folder: Path, given: str | None) -> pl.DataFrame:
    """Return what projects were said to be before: one row a change, by project and day.

    Args:
        folder: The workspace.
        given: Only this project: id, code or name; None is all.

    Raises:
        InputError: The workspace holds no projects.
        UnknownNameError: No project answers to it.
    """
    projects = needed_projects(folder)
    names = pl.DataFrame([(p.id, p.name) for p in projects], schema=["project_id", "name"],
                         orient="row")  # fmt: skip
    history = stored(Workspace(folder), "projecthistory")
    assert history is not None  # it is written with the projects
    if given is not None:
        wanted = [p.id for p in projects if given in (p.id, p.code, p.name)]
        if not wanted:
            near = nearest_names(given, [p.name for p in projects])
            raise UnknownNameError("项目", given, near)
        history = history.filter(pl.col("project_id").is_in(wanted))
    return history.join(names, on="project_id", how="left", maintain_order="left")
