"""The import of company lists into a workspace, from open files to the committed manifest."""

from __future__ import annotations

import csv
import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

import polars as pl

from chainmap.concepts.inert_text import inert
from chainmap.errors import TableError
from chainmap.linkage.register import Change, Merged, Tally, merge_lists
from chainmap.sources.intake.fields import NOTHING
from chainmap.sources.intake.headings import Mapping
from chainmap.sources.intake.lists import Partition, partitions
from chainmap.sources.intake.opening import Found, Wanted, open_lists
from chainmap.sources.intake.partition import Staged, import_partition
from chainmap.sources.workspace import DERIVED, STAGING, ImportedList, Manifest, Workspace

_VARIABLE = re.compile(
    r"(?<=不使用的字符：).+|"
    r"(?<=实为 )\d+(?= 位)|(?<=实有 )\d+|(?<=应为 )[0-9A-Z](?=，)|(?<=实为 )[0-9A-Z](?=：)"
)
"""What differs between two rejects of one kind."""

Work = Callable[[Partition], Staged]
Mapper = Callable[[Work, Iterable[Partition]], Iterable[Staged]]
"""`map`, or anything that calls like it: processes, a cluster."""


class Progress(NamedTuple):
    """Who wants to know how far it is: `step(name, rows)` after each partition or stage."""

    step: Callable[[str, int], None]


class Request(NamedTuple):
    """What to import and how."""

    files: Sequence[Path]
    today: dt.date
    as_of: dt.date | None = None
    mapping: Mapping | None = None


class Report(NamedTuple):
    """What an import came to: one entry a list, and the register's change."""

    lists: list[ImportedList]
    n_companies: int
    added: int
    updated: int
    passed_over: list[str]
    reject_reasons: list[tuple[str, int]]
    repair_rules: list[tuple[str, str, int]]
    rejects: list[tuple[str, int, str]]


class Happened(NamedTuple):
    """What was rejected and repaired, counted by kind, and the first rejects in full."""

    reject_reasons: list[tuple[str, int]]
    repair_rules: list[tuple[str, str, int]]
    rejects: list[tuple[str, int, str]]


def import_companies(
    workspace: Workspace, request: Request, progress: Progress, mapper: Mapper = map
) -> Report:
    """Return what an import came to; the workspace changes at the very end or not at all.

    A workspace with a scratch folder is never changed: a trial run.

    Raises:
        InputError: A file cannot be read, or another import ran meanwhile.
        UnknownLayoutError: A list's columns are not recognised.
        TableError: Rows do not add up; nothing was changed.
    """
    folder = workspace.staging()
    try:
        before = workspace.manifest()
        unpacked = folder / "unpacked"
        unpacked.mkdir()
        wanted = Wanted(request.mapping, request.as_of, request.today, unpacked)
        found, passed_over = open_lists(request.files, wanted)
        numbered = number_lists(found, before)
        staged = _stage(numbered, folder, progress, mapper)
        merged = _merge(workspace, numbered, staged, progress)
        entries = [
            account(workspace, entry, staged, merged.tallies.get(entry.of.ordinal, Tally(0, 0, 0)))
            for entry in numbered
        ]
        after = _after(before, entries, merged)
        report = _report(entries, merged, passed_over, staged)
        if workspace.out == workspace.folder:
            workspace.commit(after, before)
        return report
    finally:
        workspace.clear_staging()


def number_lists(found: list[Found], before: Manifest, kind: str = "") -> list[Found]:
    """Return the lists with their sequence numbers; a list seen before keeps number and day.

    Args:
        found: The lists as opened, in the order given.
        before: What the workspace holds; numbers go on from its highest.
        kind: Stands before a list's id, so that lists of other things are told apart.
    """
    known = {entry.id: entry for entry in before.lists}
    following = max((entry.sequence for entry in before.lists), default=0)
    given: dict[str, int] = {}
    numbered = []
    for ordinal, one in enumerate(found):
        list_id = kind + _list_id(one)
        if list_id in known:
            entry = known[list_id]
            sequence = entry.sequence
            if one.as_of_from == "导入日":
                one = Found(one.of._replace(as_of=dt.date.fromisoformat(entry.as_of)),
                            entry.as_of_from)  # fmt: skip
        elif list_id in given:
            sequence = given[list_id]
        else:
            following += 1
            sequence = following
        given[list_id] = sequence
        numbered.append(Found(one.of._replace(sequence=sequence, ordinal=ordinal), one.as_of_from))
    return numbered


def _list_id(found: Found) -> str:
    sheet = f":{found.of.sheet}" if found.of.sheet else ""
    return found.of.sha256[:24] + sheet


def _stage(numbered: list[Found], folder: Path, progress: Progress, mapper: Mapper) -> list[Staged]:
    def parts() -> Iterator[Partition]:
        for found in numbered:
            yield from partitions(found.of)

    staged = []
    for result in mapper(partial(import_partition, folder=folder), parts()):
        staged.append(result)
        progress.step("读入", result.rows)
    return staged


def _merge(
    workspace: Workspace, numbered: list[Found], staged: list[Staged], progress: Progress
) -> Merged:
    good = [s.good_file for s in staged if s.good_file is not None]
    change = Change(good, sum(s.good for s in staged), frozenset(f.of.sequence for f in numbered))
    progress.step("合并", 0)
    if not good:
        return Merged([], [], {}, workspace.manifest().n_companies, 0, 0)
    merged = merge_lists(workspace, change)
    progress.step("合并", change.n_staged)
    return merged


def account(
    workspace: Workspace, found: Found, staged: list[Staged], tally: Tally, kind: str = ""
) -> ImportedList:
    """Return the account of one list; what it repaired and rejected is stored.

    Raises:
        TableError: Rows read are not accepted + repaired + merged + rejected.
    """
    own = [s for s in staged if s.ordinal == found.of.ordinal]
    rows, rejected = sum(s.rows for s in own), sum(s.rejected for s in own)
    if rows != sum(tally) + rejected:
        raise TableError(
            f"{found.of.label}：读入 {rows} 行，但采用 {tally.accepted} + 修复 {tally.repaired} + "
            f"合并 {tally.merged} + 拒收 {rejected} 对不上，没有写入任何内容。",
            todo="这是程序的错误，请把文件和这条消息交给维护者。",
        )
    return ImportedList(
        id=kind + _list_id(found), label=found.of.label, sha256=found.of.sha256,
        sequence=found.of.sequence, as_of=found.of.as_of.isoformat(), as_of_from=found.as_of_from,
        export=found.of.layout.export, rows=rows, accepted=tally.accepted, repaired=tally.repaired,
        merged=tally.merged, rejected=rejected, blank_lines=sum(s.blank for s in own),
        personal_dropped=found.of.layout.named("personal"), not_used=_not_used(found),
        repairs=_stored_repairs(workspace, own), rejects=_stored_rejects(workspace, found, own),
    )  # fmt: skip


def _not_used(found: Found) -> list[str]:
    return [*found.of.layout.named("left_out"), *found.of.layout.named(None)]


def _stored_repairs(workspace: Workspace, own: list[Staged]) -> list[str]:
    return [
        workspace.store(pl.read_parquet(s.repairs_file), "repairs")
        for s in own
        if s.repairs_file is not None
    ]


def _stored_rejects(workspace: Workspace, found: Found, own: list[Staged]) -> str | None:
    """Write a list's rejects as CSV for people: row, reason, original values; no formulas."""
    files = [s.rejects_file for s in own if s.rejects_file is not None]
    if not files:
        return None
    headings = list(dict.fromkeys(c for f in files for c in pl.read_parquet_schema(f)))
    columns = ["row", "reason", *(h for h in headings if h not in ("row", "reason"))]
    partial_file = workspace.out / STAGING / "rejects.partial"
    # WPS and Excel read a CSV as UTF-8 only with a byte-order mark.
    with partial_file.open("w", encoding="utf-8-sig", newline="") as out:
        writer = csv.writer(out, lineterminator="\r\n")
        writer.writerow(["行号", "拒收原因", *(_inert(c) for c in columns[2:])])
        for file in files:
            frame = pl.read_parquet(file)
            have = [c for c in columns if c in frame.columns]
            for row in frame.select(have).iter_rows(named=True):
                writer.writerow([_inert(row.get(column)) for column in columns])
    stem = re.sub(r"[^\w.\-]+", "_", Path(found.of.label).name)[:60]
    return workspace.adopt(partial_file, "rejects", f"-{stem}.csv")


def _inert(value: object) -> object:
    """Return text a spreadsheet will not run as a formula, and numbers it will not round."""
    if value is None:
        return ""
    if not isinstance(value, str) or value.strip() in NOTHING:
        return value
    # Excel keeps 15 digits of a number: a longer one must stay text.
    return f"'{value}" if value.isdigit() and len(value) > 11 else inert(value)


def _after(before: Manifest, entries: list[ImportedList], merged: Merged) -> Manifest:
    lists = {entry.id: entry for entry in before.lists} | {entry.id: entry for entry in entries}
    tables = dict(before.tables)
    if merged.companies:
        same = tables.get("companies") == merged.companies
        tables = {t: files for t, files in tables.items() if same or t not in DERIVED}
        tables |= {"companies": merged.companies, "history": merged.history}
    ordered = sorted(lists.values(), key=lambda entry: (entry.sequence, entry.id))
    made_from = {t: rests for t, rests in before.made_from.items() if t in tables}
    return Manifest(
        n_companies=merged.n_companies, tables=tables, lists=ordered, made_from=made_from
    )


def _report(
    entries: list[ImportedList], merged: Merged, passed_over: list[str], staged: list[Staged]
) -> Report:
    told = what_happened(staged, [entry.label for entry in entries])
    return Report(entries, merged.n_companies, merged.added, merged.updated, passed_over, *told)


def what_happened(staged: list[Staged], labels: Sequence[str]) -> Happened:
    """Return the kinds of rejects and repairs of an import, the most frequent first.

    Args:
        staged: What every partition came to.
        labels: Names of the lists, by ordinal.
    """
    rejects: list[tuple[str, int, str]] = []
    reasons: dict[str, int] = {}
    rules: dict[tuple[str, str], int] = {}
    for one in staged:
        if one.rejects_file is not None:
            for row, reason in (
                pl.read_parquet(one.rejects_file).select("row", "reason").iter_rows()
            ):
                kind = _VARIABLE.sub("…", re.sub(r"“[^”]*”", "“…”", reason))
                reasons[kind] = reasons.get(kind, 0) + 1
                if len(rejects) < 1000:
                    rejects.append((labels[one.ordinal], row, reason))
        if one.repairs_file is not None:
            rule = pl.col("rule").str.replace_all(r"“[^”]*”", "“…”")
            rule = rule.str.replace(r"^\S+今属\S+$", "区县已更名或合并，按现名归属")
            counted = pl.read_parquet(one.repairs_file).group_by("field", rule.alias("rule")).len()
            for field, what, n in counted.iter_rows():
                rules[field, what] = rules.get((field, what), 0) + n
    return Happened(
        sorted(reasons.items(), key=lambda r: (-r[1], r[0])),
        sorted(((f, r, n) for (f, r), n in rules.items()), key=lambda r: (-r[2], r[0], r[1])),
        rejects,
    )  # fmt: skip
