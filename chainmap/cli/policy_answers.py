"""What each `chainmap policy` command answers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from chainmap.chains.library import ChainLibrary, load_library
from chainmap.cli.output import Format, Rows, emit, say, write_folder
from chainmap.concepts.policy import PolicyExtraction
from chainmap.concepts.register import Fact, GoalFact, PositionFact
from chainmap.errors import DocumentError
from chainmap.pipeline import extract_files
from chainmap.reports.plain_workbook import write_rows
from chainmap.reports.plans import extracted_plan
from chainmap.reports.policy_books import (
    goals_notes,
    goals_title,
    timeline_notes,
    timeline_suffix,
)
from chainmap.reports.register import goal_facts, goal_register, goal_rows, position_facts
from chainmap.reports.timeline import (
    field_rows,
    field_timeline,
    find_domain,
    live_first,
    timeline_rows,
)
from chainmap.reports.trace import Shelf, trace_rows, trace_segment
from chainmap.sources.asked_days import asked_day, typed_asked_day
from chainmap.sources.places import find_city, load_cities
from chainmap.sources.register import facts_csv, load_goals, load_positions

_SUFFIXES = (".txt", ".docx", ".pdf", ".html", ".htm")


def show_timeline(domain: str | None, as_of: str | None, fmt: Format, out: Path | None) -> None:
    """Answer `chainmap policy timeline`."""
    library, day = load_library(), day_of(as_of)
    chosen = find_domain(library, domain) if domain else None
    record = field_timeline(library, day, chosen)
    rows = field_rows(record) if chosen else timeline_rows(live_first(record))
    what = f"“{chosen.name}”" if chosen else f"{len(record.fields)} 个领域"
    title = f"{what}{timeline_suffix(record)}"
    notes = timeline_notes(record)
    if chosen and record.fields[0].remark:
        notes.insert(0, f"编者注：{record.fields[0].remark}")
    emit(fmt, out, record=record, rows=rows, title=title, workbook=_book(title, notes, rows))
    _after(fmt, notes)


def show_goals(
    asked: tuple[str | None, Sequence[Path]], as_of: str | None, fmt: Format, out: Path | None
) -> None:
    """Answer `chainmap policy goals`; `asked` is a city, and files whose goals are added."""
    given, files = asked
    library, day = load_library(), day_of(as_of)
    city = find_city(load_cities(), given) if given else None
    record = goal_register(library, load_goals(), _extracted(files), city, day)
    rows = goal_rows(record)
    title, notes = goals_title(record), goals_notes(record)
    if fmt is Format.TABLE:
        rows = [_screen_goal(row) for row in rows]
    emit(fmt, out, record=record, rows=rows, title=title, workbook=_book(title, notes, rows))
    _after(fmt, notes)


def show_trace(
    asked: tuple[str, Sequence[Path]], as_of: str | None, fmt: Format, out: Path | None
) -> None:
    """Answer `chainmap policy trace`; `asked` is a segment, and files or folders of documents."""
    given, documents = asked
    library, day = load_library(), day_of(as_of)
    segment = library.find_segment(given)
    shelf = _shelf(library, documents)
    record = trace_segment(library, segment, load_positions(), shelf, day)
    rows = trace_rows(record)
    title = (
        f"{record.chain}／{record.group}／{record.segment}（{segment.id}）："
        f"{len(rows)} 处点名（时点 {day}）"
    )
    live = sum(passage.in_force for passage in record.passages)
    notes = [f"其中 {live} 处出自在期规划；已到期的仅供背景，不计入得分。"]
    notes += [
        f"文件 {name} 的内容与收录时不一致（SHA-256 不同），其原句未列出。"
        for name in record.changed_files
    ]
    if not documents:
        notes.append("加 --documents 指向原文所在文件夹，可附原句。")
    emit(fmt, out, record=record, rows=rows, title=title, workbook=_book(title, notes, rows))
    _after(fmt, notes)


def write_register(files: Sequence[Path], out: Path) -> None:
    """Answer `chainmap policy register`: goals.csv and positions.csv, by document and place."""
    library = load_library()
    order = list(library.documents)
    goals: list[GoalFact] = []
    positions: list[PositionFact] = []
    for extraction in extract_files(files):
        document = extracted_plan(extraction, library, dt.date.min).id
        goals += goal_facts(extraction, document)
        positions += position_facts(extraction, document)

    def place(fact: Fact) -> tuple[int, str, int, int]:
        known = order.index(fact.document) if fact.document in order else len(order)
        return known, fact.document, fact.start, fact.end

    texts = {
        "goals.csv": facts_csv(sorted(goals, key=place), GoalFact),
        "positions.csv": facts_csv(sorted(positions, key=place), PositionFact),
    }
    write_folder(out, {name: text.encode("utf-8") for name, text in texts.items()})
    say(f"{len(goals)} 项目标、{len(positions)} 处布局。")


def day_of(given: str | None) -> dt.date:
    """Return the day asked for; the roster's day where none is.

    Raises:
        InputError: As `typed_asked_day`.
    """
    return typed_asked_day(given) or asked_day(None)


def policy_files(given: Sequence[Path]) -> list[Path]:
    """Return the policy files among files and folders given, folders in name order.

    Raises:
        DocumentError: A path does not exist.
    """
    found: list[Path] = []
    for path in given:
        if path.is_dir():
            inside = sorted(path.iterdir())
            found += [file for file in inside if file.suffix.lower() in _SUFFIXES]
        elif path.is_file():
            found.append(path)
        else:
            raise DocumentError(f"没有找到 {path}。", todo="请检查路径。")
    return found


def _shelf(library: ChainLibrary, given: Sequence[Path]) -> Shelf:
    from chainmap.sources.policy import read_policy

    files = policy_files(given)
    sources = [read_policy(file) for file in files]
    known = {document.sha256 for document in library.documents.values()}
    named = {document.file for document in library.documents.values()}
    unknown = [
        file
        for file, source in zip(files, sources, strict=True)
        if source.sha256 not in known and source.file not in named
    ]
    return Shelf(
        texts={source.sha256: source.text for source in sources},
        names={source.file: source.sha256 for source in sources},
        extractions=_extracted(unknown),
    )


def _extracted(files: Sequence[Path]) -> list[PolicyExtraction]:
    return extract_files(files) if files else []


def _screen_goal(row: dict[str, str | int | float]) -> dict[str, str | int | float]:
    """Return a goal's row as a terminal has room for it."""
    kept = (
        "文件",
        "地区",
        "指标",
        "目标值",
        "目标年",
        "基期",
        "年均增长",
        "状态",
        "原文位置",
        "说明",
    )
    return {name: row[name] for name in kept}


def _book(title: str, notes: list[str], rows: Rows) -> Callable[[Path], None]:
    return lambda file: write_rows(file, title, notes, list(rows))


def _after(fmt: Format, notes: Iterable[str]) -> None:
    if fmt is Format.TABLE:
        for note in notes:
            say(note)
