"""The import of project lists into a workspace, with the machinery of company lists."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

import polars as pl

from chainmap.linkage.intake import Happened, account, number_lists, what_happened
from chainmap.linkage.register import Tally
from chainmap.sources.companies import load_companies
from chainmap.sources.intake.headings import Mapping
from chainmap.sources.intake.lists import partitions
from chainmap.sources.intake.opening import Found, Wanted, open_lists
from chainmap.sources.intake.partition import Staged
from chainmap.sources.project_columns import project_columns
from chainmap.sources.project_partition import import_project_partition
from chainmap.sources.project_register import (
    STATEMENTS,
    Settled,
    changed,
    contradictions,
    settle,
    tallied,
)
from chainmap.sources.workspace import ImportedList, Manifest, Workspace

KIND = "projects-"
"""Stands before the id of a project list in a workspace's manifest."""

TABLES = ("projects", "projectpoints", "projecthistory")
"""Current records, statements they are made of, and what they said before."""

_DISAGREE = "同一清单、同一日期的重复行说法不一，取填得最全的一行"


class ProjectRequest(NamedTuple):
    """What to import and how; `today` is the last day a list may name as its own."""

    files: Sequence[Path]
    today: dt.date
    as_of: dt.date | None = None
    mapping: Mapping | None = None


class ProjectReport(NamedTuple):
    """What an import came to: one entry a list, and the register's change."""

    lists: list[ImportedList]
    n_projects: int
    added: int
    updated: int
    passed_over: list[str]
    happened: Happened


def import_projects(workspace: Workspace, request: ProjectRequest) -> ProjectReport:
    """Return what an import came to; the workspace changes at the very end or not at all.

    A workspace with a scratch folder is never changed: a trial run. Importing a list again, or
    lists in another order, comes to the same projects.

    Raises:
        InputError: A file cannot be read, or another import ran meanwhile.
        UnknownLayoutError: A list's columns are not recognised; carries a mapping to edit.
        TableError: Rows do not add up; nothing was changed.
    """
    folder = workspace.staging()
    try:
        before = workspace.manifest()
        unpacked = folder / "unpacked"
        unpacked.mkdir()
        names = project_columns()
        wanted = Wanted(request.mapping, request.as_of, request.today, unpacked, names)
        found, passed_over = open_lists(request.files, wanted)
        numbered = number_lists(found, before, KIND)
        staged = _stage(numbered, folder)
        settled, tallies = _settled(workspace, numbered, staged)
        entries = [
            account(workspace, one, staged, tallies.get(one.of.ordinal, Tally(0, 0, 0)), KIND)
            for one in numbered
        ]
        new, other = changed(settled.projects, stored(workspace, "projects"))
        if workspace.out == workspace.folder:
            after = _after(workspace, before, entries, settled)
            workspace.commit(after, before)
            _sweep(workspace, (before, after))
        told = _with_contradictions(
            what_happened(staged, [entry.label for entry in entries]), staged
        )
        return ProjectReport(entries, settled.projects.height, new, other, passed_over, told)
    finally:
        workspace.clear_staging()


def stored(workspace: Workspace, table: str) -> pl.DataFrame | None:
    """Return one of `TABLES` of a workspace, in stored order; None where there is none."""
    scan = workspace.scan(table)
    return scan.collect() if scan is not None else None


def _stage(numbered: list[Found], folder: Path) -> list[Staged]:
    brands = frozenset(load_companies()["short_name"])
    work = partial(import_project_partition, folder=folder, brands=brands)
    return [work(part) for one in numbered for part in partitions(one.of)]


def _with_contradictions(told: Happened, staged: list[Staged]) -> Happened:
    """Return what happened, with what rows of one project and day do not agree on."""
    files = [one.good_file for one in staged if one.good_file is not None]
    found = contradictions(pl.read_parquet(files)) if files else {}
    rules = [(field, _DISAGREE, n) for field, n in found.items()]
    return told._replace(repair_rules=[*told.repair_rules, *rules])


def _settled(
    workspace: Workspace, numbered: list[Found], staged: list[Staged]
) -> tuple[Settled, dict[int, Tally]]:
    """Return the register after the staged rows, and by list what became of them.

    What a list said before is taken out where the list is read again.
    """
    again = [one.of.sequence for one in numbered]
    old = stored(workspace, "projectpoints")
    parts = [old.filter(~pl.col("sequence").is_in(again))] if old is not None else []
    files = [one.good_file for one in staged if one.good_file is not None]
    tallies: dict[int, Tally] = {}
    if files:
        new, counted = tallied(pl.read_parquet(files))
        parts.append(new)
        tallies = {ordinal: Tally(*tally) for ordinal, tally in counted.items()}
    if not parts:
        return settle(pl.DataFrame(schema=STATEMENTS)), tallies
    return settle(pl.concat(parts)), tallies


def _after(
    workspace: Workspace, before: Manifest, entries: list[ImportedList], settled: Settled
) -> Manifest:
    files = dict(zip(TABLES, (settled.projects, settled.statements, settled.history), strict=True))
    tables = before.tables | {name: [workspace.store(f, name)] for name, f in files.items()}
    lists = {entry.id: entry for entry in before.lists} | {entry.id: entry for entry in entries}
    ordered = sorted(lists.values(), key=lambda entry: (entry.sequence, entry.id))
    return before.model_copy(update={"tables": tables, "lists": ordered})


def _sweep(workspace: Workspace, manifests: tuple[Manifest, Manifest]) -> None:
    """Remove project snapshots that neither the state before nor the one after names."""
    kept = {n for m in manifests for table in TABLES for n in m.tables.get(table, [])}
    for table in TABLES:
        for file in sorted((workspace.folder / table).glob("*.parquet")):
            if f"{table}/{file.name}" not in kept:
                file.unlink()
