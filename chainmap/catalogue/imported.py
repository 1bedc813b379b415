"""A draft catalogue made of somebody's catalogue: what matched surely, and what was confirmed."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple

from chainmap.catalogue.faults import Faults
from chainmap.catalogue.match import RowMatch
from chainmap.catalogue.terms import local_rules, speaks_to, term_of
from chainmap.chains.library import ChainLibrary
from chainmap.concepts.admission import AdmissionRule
from chainmap.concepts.catalogue import (
    Catalogue,
    CatalogueItem,
    ItemPeriod,
    Priority,
    Wanted,
    as_draft,
)
from chainmap.errors import UnknownNameError
from chainmap.sources.catalogue_excel import SheetRow
from chainmap.sources.foreign_catalogue import folded, load_catalogue_columns
from chainmap.sources.places import City

CONFIRM_SHEET = "导入确认"
CONFIRM_COLUMNS = (
    "工作表", "行号", "名称", "产业链", "引进方向", "状态", "建议环节", "把握", "理由",
    "其他候选", "决定", "改为环节",
)  # fmt: skip
Decided = Literal["采纳", "改为", "不收"]
DECISIONS: tuple[Decided, ...] = ("采纳", "改为", "不收")

_WANTED = {
    Wanted.GLOBAL_500: ("500强",),
    Wanted.CENTRAL_SOE: ("央企", "中央企业"),
    Wanted.CHAIN_LEADER: ("链主", "龙头"),
    Wanted.LITTLE_GIANT: ("小巨人", "专精特新"),
    Wanted.INSTITUTE: ("科研院所", "研究院", "研究所", "高校"),
}


class Decision(NamedTuple):
    """What an official decided on a row: take the segment or leave the row out (None)."""

    segment: str | None


Decisions = Mapping[tuple[str, int], Decision]


class Frame(NamedTuple):
    """What an imported catalogue is for: city, year, the rules and their day."""

    city: City
    year: int
    rules: tuple[AdmissionRule, ...]
    day: dt.date


def read_decisions(
    rows: Sequence[SheetRow], matches: Sequence[RowMatch], library: ChainLibrary
) -> dict[tuple[str, int], Decision]:
    """Return what a confirmation list decides, by sheet and row of the original.

    Raises:
        InputError: A row is not of this file, or its decision cannot be read; with row and column.
    """
    known = {(match.sheet, str(match.row)): match for match in matches}
    faults = Faults()
    decided: dict[tuple[str, int], Decision] = {}
    for row in rows:
        cells = row.cells
        match = known.get((cells["工作表"], cells["行号"].removesuffix(".0")))
        if match is None or match.name != cells["名称"]:
            faults.add(CONFIRM_SHEET, row, "行号", "与所导入的文件对不上")
        elif match.state == "rejected" and cells["决定"] not in ("", "不收"):
            faults.add(CONFIRM_SHEET, row, "决定", f"此行已拒收（{match.why}），请改原文件再导入")
        elif cells["决定"] == "不收":
            decided[match.sheet, match.row] = Decision(None)
        elif cells["决定"] == "采纳" and match.segment:
            decided[match.sheet, match.row] = Decision(match.segment)
        elif cells["决定"] == "改为":
            try:
                given = cells["改为环节"].rpartition("｜")[2]
                segment = library.find_segment(given)
                decided[match.sheet, match.row] = Decision(segment.id)
            except UnknownNameError as error:
                faults.add(CONFIRM_SHEET, row, "改为环节", str(error))
        elif cells["决定"]:
            faults.add(CONFIRM_SHEET, row, "决定", f"“{cells['决定']}”不能用于这一行")
    faults.refuse()
    return decided


def imported_catalogue(
    matches: Sequence[RowMatch], decisions: Decisions, frame: Frame, library: ChainLibrary
) -> Catalogue:
    """Return a draft of the rows that matched surely or were confirmed, in the original's order.

    The direction is the office's own text; gap kind, priority and targets stay open where the
    original does not state them. What waits for confirmation is left out.
    """
    rules = local_rules(frame.rules, frame.city, frame.day)
    counts: Counter[str] = Counter()
    items: list[CatalogueItem] = []
    for match in matches:
        settled = match.segment if match.state == "matched" else None
        segment_id = decisions.get((match.sheet, match.row), Decision(settled)).segment
        if segment_id is None or match.state == "rejected":
            continue
        counts[segment_id] += 1
        number = f".{counts[segment_id]}" if counts[segment_id] > 1 else ""
        segment = library.segments[segment_id]
        items.append(
            CatalogueItem(
                id=f"{frame.city.code}-{segment_id}{number}",
                chain=library.chain_of(segment_id).id,
                segment=segment_id,
                name=segment.name,
                direction=match.direction or match.name,
                kind=None,
                priority=_priority(match.priority),
                wanted=_wanted(match.targets),
                admission=tuple(
                    r.id
                    for r in rules
                    if not r.scope.foreign_only and speaks_to(r, library, segment_id)
                ),
                period=ItemPeriod(start=frame.year, end=None),
                note=_note(match),
                origin="imported",
            )
        )
    used = {term for item in items for term in item.admission}
    draft = Catalogue(
        city_code=frame.city.code,
        city=frame.city.name,
        year=frame.year,
        status="draft",
        version=f"{frame.year}-draft-00000000",
        content_sha256="0" * 64,
        groundwork=None,
        chains={item.chain: library.chains[item.chain].name for item in items},
        terms=tuple(term_of(rule, frame.city) for rule in rules if rule.id in used),
        items=tuple(items),
    )
    return as_draft(draft, None)


def _priority(text: str) -> Priority | None:
    words = load_catalogue_columns().priorities
    wanted = folded(text)
    return next((Priority(p) for p, known in words.items() if wanted in map(folded, known)), None)


def _wanted(text: str) -> tuple[Wanted, ...]:
    return tuple(kind for kind, words in _WANTED.items() if any(w in text for w in words))


def _note(match: RowMatch) -> str:
    parts = [f"原目录“{match.name}”（{match.sheet}第{match.row}行）"]
    if match.targets:
        parts.append(f"目标：{match.targets}")
    return "；".join([*parts, match.note] if match.note else parts)
