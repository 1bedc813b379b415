"""What `chainmap catalogue import` answers: somebody's catalogue, matched and confirmed."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from chainmap.catalogue.imported import (
    CONFIRM_COLUMNS,
    CONFIRM_SHEET,
    Frame,
    imported_catalogue,
    read_decisions,
)
from chainmap.catalogue.match import STATE_ZH, match_rows
from chainmap.chains.library import load_library
from chainmap.cli.catalogue_deeds import save_recorded
from chainmap.cli.output import say, write_file
from chainmap.reports.catalogue_confirmation import write_confirmation
from chainmap.sources.admission_rules import load_admission_rules
from chainmap.sources.cards import load_card
from chainmap.sources.catalogue_excel import read_table
from chainmap.sources.foreign_catalogue import read_foreign_catalogue
from chainmap.sources.places import find_city, load_cities


def import_catalogue(
    file: Path,
    city: str,
    files: tuple[Path | None, Path | None],
    year: int | None,
    workspace: Path | None,
) -> None:
    """Answer `chainmap catalogue import`; `files` is the list to write and the one confirmed.

    Rows read = matched + to confirm + unmatched + rejected, said on stderr. A draft is stored of
    what matched or was confirmed; without a confirmed list the list to confirm is written beside.
    """
    out, confirmed = files
    library, where = load_library(), find_city(load_cities(), city)
    foreign = read_foreign_catalogue(file)
    matches = match_rows(foreign.rows, library)
    for line in foreign.passed_over:
        say(f"未读：{line}")
    counts: Counter[str] = Counter(match.state for match in matches)
    parts = " + ".join(f"{zh} {counts[state]}" for state, zh in STATE_ZH.items())
    say(f"读入 {len(matches)} 行 = {parts}")
    decisions = {}
    if confirmed is not None:
        rows = read_table(confirmed, CONFIRM_SHEET, CONFIRM_COLUMNS)
        decisions = read_decisions(rows, matches, library)
        waiting = [m for m in matches if m.state in ("to_confirm", "unmatched")]
        left = sum((m.sheet, m.row) not in decisions for m in waiting)
        say(f"确认表作出 {len(decisions)} 项决定；仍待决定 {left} 行，没有列入。")
    else:
        target = out or file.with_name(f"{file.stem}-导入确认.xlsx")
        write_file(target, lambda path: write_confirmation(matches, library, path))
        say(f"逐行结果和待确认的行已写入 {target}；填好后加 --confirmed 再导入。")
    day = load_card("companies").date
    frame = Frame(where, year or day.year, load_admission_rules(), day)
    draft = imported_catalogue(matches, decisions, frame, library)
    if not draft.items:
        say("没有可以列入草案的条目。")
        return
    saved = save_recorded(draft, workspace, "catalogue.import", {"rows": len(matches)})
    say(f"导入草案：{draft.label}，{len(draft.items)} 个条目，已写入 {saved}")
