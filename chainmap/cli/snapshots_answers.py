"""What `chainmap targets --save`, `chainmap snapshots` and `chainmap diff` answer."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from chainmap.chains.library import load_library
from chainmap.cli.answers import Question, say_undated
from chainmap.cli.exits import FINDINGS
from chainmap.cli.kept_snapshots import Found, Keeping, find_snapshot, keep, listed, sound_name
from chainmap.cli.output import Format, emit, form_asked, say, write_file
from chainmap.cli.policy_answers import day_of
from chainmap.cli.why_answers import show_list_by_mode
from chainmap.concepts.chain import Chain, Segment
from chainmap.concepts.modes import Mode
from chainmap.concepts.records import TargetList
from chainmap.errors import InputError
from chainmap.pipeline import world_on
from chainmap.ranking.differences import compare_lists
from chainmap.ranking.snapshots import ListQuestion, altered_parts, faults, members_of
from chainmap.ranking.target_options import TargetOptions
from chainmap.reports import workbook
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
from chainmap.sources.places import find_city, load_cities
from chainmap.sources.snapshot_files import SUFFIX, archive_bytes

TODAY = "今天的名单"


def save_targets(
    asked: Question, options: TargetOptions, keeping: Keeping, fmt: Format, out: Path | None
) -> None:
    """Answer `chainmap targets CITY --save NAME`: the list is shown as it is kept.

    Raises:
        ConflictError: The name is taken by another list.
        InputError: The name is empty or too long.
    """
    keeping = keeping._replace(name=sound_name(keeping.name))
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
    keep(snapshot, keeping)


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
        say_undated(record)


def show_snapshots(workspace: Path | None, fmt: Format, out: Path | None) -> None:
    """Answer `chainmap snapshots list`."""
    cities = dict(load_cities().select("city_code", "city").iter_rows())
    chains = load_library().chains
    rows = [
        {
            "名称": one.name,
            "城市": cities.get(one.question["city"], one.question["city"]),
            "产业链": _named(one.question["chain"], chains) or "全部",
            "时点": one.question["as_of"],
            "保存时间": one.created_at.strftime("%Y-%m-%d %H:%M UTC"),
            "保存者": _saver(one.saved_by),
            "编号": (one.content_id or "")[:12],
        }
        for one in listed(workspace)
    ]
    emit(fmt, out, record=rows, rows=rows, title="名单快照")


def show_snapshot(name: str, workspace: Path | None, fmt: Format, out: Path | None) -> None:
    """Answer `chainmap snapshots show NAME`."""
    found = find_snapshot(name, workspace)
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
            {"项目": "保存者", "内容": _saver(found.saved.saved_by)},
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
    snapshot = find_snapshot(name, workspace).snapshot
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
    found = find_snapshot(name, workspace)
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
    """Answer `chainmap diff A [B]`.

    Raises:
        InputError: A file is not the snapshot that was exported.
    """
    earlier = _unaltered(find_snapshot(names[0], workspace))
    if names[1] is None:
        later = Found(TODAY, made_today(earlier.snapshot), None)
    else:
        later = _unaltered(find_snapshot(names[1], workspace))
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


def _unaltered(found: Found) -> Found:
    """Return a snapshot whose parts are those its manifest names; the ledger's were held to it.

    Where ranking again gives another list, which a later program may do, it is said.

    Raises:
        InputError: A part was changed after it was exported.
    """
    if found.saved is not None:
        return found
    altered = altered_parts(found.snapshot)
    if altered:
        raise InputError(
            f"快照文件“{found.name}{SUFFIX}”与保存时不同：{'；'.join(altered)}。",
            todo="文件被改动过，请重新导出，或从备份恢复。",
        )
    for one in faults(found.snapshot):
        say(f"注意：快照“{found.name}”{one}，可能由别的版本保存，或被改动过。")
    return found


def _named(given: str | None, known: Mapping[str, Chain | Segment]) -> str:
    """Return the name of a chain or segment; its id where it is none of today's."""
    return known[given].name if given is not None and given in known else given or ""


def _saver(saved_by: str | None) -> str:
    """Return who saved a list: a key's name, or an account of the machine."""
    kind, _, name = (saved_by or "").partition(":")
    return f"本机账户 {name}" if kind == "account" else saved_by or ""


def _told(key: str, value: Any) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if key == "mode":
        return Mode(value).zh
    if key == "chain_id":
        return _named(value, load_library().chains) or "无"
    if key == "segment_id":
        return _named(value, load_library().segments) or "无"
    if isinstance(value, list):
        return "、".join(value)
    return "无" if value is None else str(value)


def _write(out: Path, content: bytes) -> None:
    write_file(out, lambda partial: partial.write_bytes(content))
    say(f"已写入 {out}")
