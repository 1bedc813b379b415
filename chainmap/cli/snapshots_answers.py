"""What `chainmap targets --save`, `chainmap snapshots` and `chainmap diff` answer."""

from __future__ import annotations

import datetime as dt
import getpass
import re
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from chainmap.cli.answers import Question
from chainmap.cli.exits import FINDINGS
from chainmap.cli.output import Format, emit, form_asked, say, write_file
from chainmap.cli.policy_answers import day_of
from chainmap.cli.why_answers import show_list_by_mode
from chainmap.concepts.modes import Mode, ModeAsked
from chainmap.concepts.records import TargetList
from chainmap.errors import ConflictError, InputError, UnknownNameError
from chainmap.ledger import audit, lists, schema
from chainmap.ledger.audit import Deed
from chainmap.ledger.engine import Ledger, ledger_url
from chainmap.ledger.lists import SavedList
from chainmap.nearest import nearest_names
from chainmap.pipeline import world_on
from chainmap.ranking.differences import compare_lists
from chainmap.ranking.snapshots import ListQuestion, ListSnapshot, faults, members_of
from chainmap.ranking.target_options import TargetOptions
from chainmap.reports import snapshot_store, workbook
from chainmap.reports.rows import plans_text, screen_rows, target_rows
from chainmap.reports.snapshot_making import VERSIONS_ZH, list_of
from chainmap.reports.snapshot_rows import (
    PARAMETERS_ZH,
    difference_record,
    difference_rows,
    difference_words,
    write_difference,
)
from chainmap.server.kept_lists import by_mode
from chainmap.server.made_lists import made_list, made_today
from chainmap.settings import load_settings
from chainmap.sources.places import find_city, load_cities
from chainmap.sources.snapshot_files import SUFFIX, archive_bytes

CLIENT = "loopback"
"""Whose a list is that was saved on the machine itself: theirs who use the service here without a
key, so that both see the same."""
MOST_LISTED = 1000
LONGEST_NAME = 120
_ID_START = re.compile(r"[0-9a-f]{6,64}")
TODAY = "今天的名单"


class Keeping(NamedTuple):
    """Under which name a list is to be kept, and where; by which mode it is made."""

    name: str
    workspace: Path | None
    mode: ModeAsked | None = None


class Found(NamedTuple):
    """A snapshot and what it is called; its row where the ledger knows it."""

    name: str
    snapshot: ListSnapshot
    saved: SavedList | None


def save_targets(
    asked: Question, options: TargetOptions, keeping: Keeping, fmt: Format, out: Path | None
) -> None:
    """Answer `chainmap targets CITY --save NAME`: the list is shown as it is kept.

    Raises:
        ConflictError: The name is taken by another list.
        InputError: The name is empty or too long.
    """
    keeping = keeping._replace(name=_name(keeping.name))
    day, by = day_of(asked.as_of), keeping.mode
    world = world_on(day)
    library, city = world.library, find_city(world.cities, asked.city)
    chain = library.find_chain(asked.chain) if asked.chain is not None else None
    segment = library.find_segment(asked.segment, chain) if asked.segment is not None else None
    if segment is not None and chain is None:
        chain = library.chain_of(segment.id)
    question = ListQuestion(
        city.code, chain.id if chain else None, segment.id if segment else None, day,
        asked.include_expired,
    )  # fmt: skip
    if by is not None:
        question = by_mode(question, by)
    snapshot = made_list(question, options)
    record = list_of(snapshot)
    if by is not None:
        show_list_by_mode(record, fmt, out)
    else:
        _show(record, f"{city.name} × {chain.name if chain else '六条产业链'}", fmt, out)
    _keep(snapshot, keeping)


def _name(given: str) -> str:
    """Return a list's name as the pages and the API take it."""
    name = " ".join(given.split())
    if not 1 <= len(name) <= LONGEST_NAME:
        raise InputError(f"快照名称应为 1 到 {LONGEST_NAME} 字。", todo="如 --save 绍兴集成电路。")
    return name


def _show(record: TargetList, what: str, fmt: Format, out: Path | None) -> None:
    emit(
        fmt,
        out,
        record=record,
        rows=screen_rows(record) if fmt is Format.TABLE else target_rows(record),
        title=f"{what}：招商目标企业",
        workbook=lambda file: workbook.write_targets(record, file),
    )
    if fmt is not Format.JSON:
        say(plans_text(record.basis))


def show_snapshots(workspace: Path | None, fmt: Format, out: Path | None) -> None:
    """Answer `chainmap snapshots list`."""
    with _ledger(workspace) as ledger, ledger.read() as tx:
        kept = lists.newest(tx, MOST_LISTED, filed=True)
    cities = dict(load_cities().select("city_code", "city").iter_rows())
    rows = [
        {
            "名称": one.name,
            "城市": cities.get(one.question["city"], one.question["city"]),
            "产业链": one.question["chain"] or "全部",
            "时点": one.question["as_of"],
            "保存时间": one.created_at.strftime("%Y-%m-%d %H:%M UTC"),
            "保存者": one.saved_by or "",
            "编号": (one.content_id or "")[:12],
        }
        for one in kept
    ]
    emit(fmt, out, record=rows, rows=rows, title="名单快照")


def show_snapshot(name: str, workspace: Path | None, fmt: Format, out: Path | None) -> None:
    """Answer `chainmap snapshots show NAME`."""
    found = _found(name, workspace)
    plain = described(found)
    rows = [
        {"项目": "编号", "内容": plain["content_id"]},
        {"项目": "名单", "内容": f"{plain['n_targets']} 家，SHA-256 {plain['sha256']}"},
        {"项目": "候选", "内容": f"{plain['n_candidates']} 行"},
        *(
            {"项目": VERSIONS_ZH[key], "内容": plain["versions"][key] or "无"}
            for key in VERSIONS_ZH
        ),
        *(
            {"项目": PARAMETERS_ZH.get(key, key), "内容": _told(key, value)}
            for key, value in plain["asked"].items()
        ),
    ]
    if found.saved is not None:
        rows += [
            {"项目": "保存时间", "内容": found.saved.created_at.isoformat(timespec="seconds")},
            {"项目": "保存者", "内容": found.saved.saved_by or ""},
        ]
    emit(fmt, out, record=plain, rows=rows, title=f"快照“{found.name}”")


def described(found: Found) -> dict[str, Any]:
    """Return what a snapshot is made of, as plain data."""
    snapshot = found.snapshot
    weights = {f"weight.{name}": value for name, value in snapshot.options.weights.items()}
    options = {n: v for n, v in vars(snapshot.options).items() if n != "weights"}
    return {
        "name": found.name,
        "content_id": snapshot.id,
        "sha256": snapshot.content_sha256,
        "n_targets": len(snapshot.listed["targets"]),
        "n_candidates": snapshot.candidates.height,
        "versions": snapshot.versions,
        "asked": snapshot.question.plain() | options | weights,
        "saved_at": found.saved.created_at.isoformat() if found.saved else None,
        "saved_by": found.saved.saved_by if found.saved else None,
    }


def export_snapshot(
    name: str, workspace: Path | None, asked: Format | None, out: Path | None
) -> None:
    """Answer `chainmap snapshots export NAME`: a form's bytes do not depend on the file's name."""
    fmt = form_asked(asked, out, Format.JSON)
    snapshot = _found(name, workspace).snapshot
    if out is not None and out.suffix.lower() == SUFFIX:
        _write(out, archive_bytes(members_of(snapshot)))
    elif fmt is Format.JSON and out is None:
        sys.stdout.write(snapshot.content.decode())
    elif fmt is Format.JSON and out is not None:
        _write(out, snapshot.content)
    elif fmt is Format.XLSX and out is not None:
        with tempfile.TemporaryDirectory(prefix="chainmap-") as folder:
            file = Path(folder) / "list.xlsx"
            workbook.write_targets(list_of(snapshot), file)
            _write(out, file.read_bytes())
    else:
        record = list_of(snapshot)
        rows = screen_rows(record) if fmt is Format.TABLE else target_rows(record)
        emit(fmt, out, record=record, rows=rows, title=f"快照“{name}”", workbook=lambda _: None)


def verify_snapshot(name: str, workspace: Path | None) -> int:
    """Answer `chainmap snapshots verify NAME`; returns the exit code."""
    found = _found(name, workspace)
    snapshot = found.snapshot
    wrong = faults(snapshot)
    if not wrong:
        say("按存储的输入重新排序：名次、得分、区间逐字节相同。")
    today = made_list(snapshot.question, snapshot.options)
    changed = [
        zh
        for key, zh in VERSIONS_ZH.items()
        if today.versions.get(key) != snapshot.versions.get(key)
    ]
    if changed:
        say(f"{'、'.join(changed)}与保存时不同，不整份重做；要看差别，运行 chainmap diff {name}。")
    elif today.id == snapshot.id:
        say("各项版本与现在相同，整份重做：逐字节相同。")
    else:
        parts = {
            "候选表": not today.candidates.equals(snapshot.candidates),
            "名单": today.content != snapshot.content,
            "打分参数": today.scorer != snapshot.scorer,
        }
        differing = [zh for zh, differs in parts.items() if differs] or ["清单"]
        wrong.append(f"各项版本与现在相同，整份重做后不同的部分：{'、'.join(differing)}")
    for one in wrong:
        say(f"不符：{one}。")
    say(f"快照“{found.name}”（{snapshot.id[:12]}）：{'不符' if wrong else '核验通过'}。")
    return FINDINGS if wrong else 0


def show_difference(
    names: tuple[str, str | None], workspace: Path | None, fmt: Format, out: Path | None
) -> None:
    """Answer `chainmap diff A [B]`."""
    earlier = _found(names[0], workspace)
    if names[1] is None:
        later = Found(TODAY, made_today(earlier.snapshot), None)
    else:
        later = _found(names[1], workspace)
    compared = compare_lists(earlier.snapshot, later.snapshot)
    record = difference_record(compared, (earlier.name, later.name))
    emit(
        fmt,
        out,
        record=record,
        rows=difference_rows(record),
        title=f"{record.city}招商目标名单比较：{earlier.name} → {later.name}",
        workbook=lambda file: write_difference(record, file),
    )
    if fmt is not Format.JSON:
        for line in difference_words(record):
            say(line)


def _keep(snapshot: ListSnapshot, keeping: Keeping) -> None:
    now = dt.datetime.now(dt.UTC)
    new = snapshot_store.new_list(keeping.name, snapshot, f"account:{_account()}")
    with _ledger(keeping.workspace) as ledger, ledger.write() as tx:
        before = lists.named(tx, keeping.name)
        if before is not None and before.content_id == snapshot.id:
            say(f"快照“{keeping.name}”已经存有同样的内容（{snapshot.id[:12]}），没有再存。")
            return
        if before is not None:
            raise ConflictError(f"名称“{keeping.name}”已用于另一份快照。", todo="请换一个名称。")
        folder = _workspace(keeping.workspace)
        saved = snapshot_store.store(tx, folder, snapshot, new, (CLIENT, now))
        detail: audit.Detail = {"sha256": saved.sha256, "snapshot": snapshot.id}
        audit.append(tx, Deed("cli", "list.save", saved.id, detail=detail), now)
    say(f"已保存快照“{keeping.name}”（{snapshot.id[:12]}）。")


def _found(name: str, workspace: Path | None) -> Found:
    """Return the snapshot that a name, the start of an id, or a file means.

    Raises:
        UnknownNameError: Nothing answers to it.
        InputError: Its file is missing or damaged.
    """
    file = Path(name)
    if file.suffix.lower() == SUFFIX:
        return Found(file.stem, snapshot_store.load_file(file), None)
    with _ledger(workspace) as ledger, ledger.read() as tx:
        saved = lists.named(tx, name)
        if saved is None and _ID_START.fullmatch(name):
            starting = lists.begins_with(tx, name)
            if len({one.content_id for one in starting}) == 1:
                saved = starting[0]
        if saved is None:
            known = [one.name for one in lists.newest(tx, MOST_LISTED, filed=True)]
            raise UnknownNameError("快照", name, nearest_names(name, known))
    return Found(saved.name, snapshot_store.load(_workspace(workspace), saved), saved)


@contextmanager
def _ledger(workspace: Path | None) -> Iterator[Ledger]:
    ledger = Ledger(ledger_url(load_settings().database, _workspace(workspace)))
    try:
        schema.upgrade(ledger)
        yield ledger
    finally:
        ledger.close()


def _workspace(given: Path | None) -> Path:
    return given or load_settings().workspace


def _account() -> str:
    """Return the operating account; accounts without a name are said to be so."""
    try:
        return getpass.getuser()
    except (KeyError, ImportError, OSError):
        return "unnamed"


def _told(key: str, value: Any) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if key == "mode":
        return Mode(value).zh
    if isinstance(value, list):
        return "、".join(value)
    return "无" if value is None else str(value)


def _write(out: Path, content: bytes) -> None:
    write_file(out, lambda partial: partial.write_bytes(content))
    say(f"已写入 {out}")
