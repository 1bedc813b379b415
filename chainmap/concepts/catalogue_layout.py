"""How a catalogue stands in a spreadsheet: columns, and cells written so that they read back."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

from chainmap.concepts.catalogue import CatalogueItem, ItemPeriod, PassageNote

ITEM_SHEET = "招商目录"
TERM_SHEET = "准入条件"
PASSAGE_SHEET = "政策依据"
REASON_SHEET = "测算理由"
NOTE_SHEET = "版本说明"
VERSION_FIELD = "版本"


class Column(NamedTuple):
    """A column: heading, width in characters, whether what an official writes there counts."""

    name: str
    width: int
    editable: bool


ITEM_COLUMNS = (
    Column("产业链", 11, False),
    Column("序号", 5, False),
    Column("环节", 16, False),
    Column("引进方向", 40, True),
    Column("缺口类型", 8, False),
    Column("优先级", 6, True),
    Column("目标对象", 13, True),
    Column("准入条件", 15, True),
    Column("政策依据", 36, False),
    Column("实施期限", 11, True),
    Column("激励内容", 13, True),
    Column("审查标记", 10, False),
    Column("备注", 13, True),
    Column("条目编号", 25, False),
)
"""An item's row; a new row names its segment and leaves the id empty."""

TERM_COLUMNS = (
    Column("序号", 6, False),
    Column("指标", 9, True),
    Column("要求", 30, True),
    Column("数值", 7, True),
    Column("单位", 9, True),
    Column("适用地", 8, True),
    Column("地区代码", 9, True),
    Column("起始日期", 12, True),
    Column("性质", 6, True),
    Column("文件", 26, True),
    Column("文号", 16, True),
    Column("条款", 10, True),
    Column("发布机关", 16, True),
    Column("文件日期", 12, True),
    Column("询问对象", 26, True),
    Column("条件编号", 26, False),
)
"""A term's row; one without a known number says 未知, one that asks for none says —."""

UNKNOWN, NONE_ASKED = "未知", "—"
BINDING, REFERENCE = "约束", "参考"
UNDECIDED = "未定"
_RANGE = re.compile(r"A(\d+)(?:[–—~至-]+A(\d+))?")


def term_code(at: int) -> str:
    """Return the short code of the term at place `at`, from 0: A01, A02 …."""
    return f"A{at + 1:02}"


def codes_text(places: Sequence[int]) -> str:
    """Return terms' places as short codes with runs joined: `A01–A04、A07`."""
    runs: list[list[int]] = []
    for at in sorted(places):
        if runs and at == runs[-1][-1] + 1:
            runs[-1].append(at)
        else:
            runs.append([at])
    shown = []
    for run in runs:
        first, last = term_code(run[0]), term_code(run[-1])
        shown.append(first if len(run) == 1 else f"{first}–{last}")
    return "、".join(shown)


def codes_of(text: str) -> list[str] | None:
    """Return the short codes a cell states, runs spelled out; None where it is unreadable.

    `A1` and `A01` are the same code.
    """
    found: list[str] = []
    for part in re.split(r"[、，,；;\s]+", _half_width(text)):
        if not part:
            continue
        run = _RANGE.fullmatch(part.upper())
        if run is None:
            return None
        first, last = int(run[1]), int(run[2] or run[1])
        if first < 1 or last < first:
            return None
        found += [term_code(number - 1) for number in range(first, last + 1)]
    return list(dict.fromkeys(found))


def _half_width(text: str) -> str:
    """Return a cell as typed with a Chinese keyboard (Ａ０１－Ａ０３), in half-width characters."""
    return unicodedata.normalize("NFKC", text).strip()


def period_text(period: ItemPeriod) -> str:
    """Return an item's years as a cell: `2026–2035`, `2026–未定`."""
    return f"{period.start}–{period.end or UNDECIDED}"


def period_of(text: str) -> tuple[int, int | None] | None:
    """Return first and last year a cell states; None where it is unreadable."""
    text = _half_width(text)
    found = re.fullmatch(r"(\d{4})年?\s*(?:[–—~至-]+\s*(?:(\d{4})年?|未定)?)?", text)
    if found is None:
        return None
    start, end = int(found[1]), int(found[2]) if found[2] else None
    if not re.search(r"[–—~至-]", text):
        end = start
    return None if end is not None and end < start else (start, end)


def passages_text(passages: Sequence[PassageNote]) -> str:
    """Return passages as a reader sees them: one line a document, marked where its plan is over."""
    documents: dict[str, list[PassageNote]] = {}
    for passage in passages:
        documents.setdefault(passage.document, []).append(passage)
    return "\n".join(_one_document(cited) for cited in documents.values())


def _one_document(cited: Sequence[PassageNote]) -> str:
    over = "" if cited[0].in_force else "；已到期，仅供背景"
    boxes = "、".join(dict.fromkeys(passage.box for passage in cited if passage.box))
    names = "、".join(dict.fromkeys(name for passage in cited for name in passage.names[:2]))
    return f"《{cited[0].title}》{boxes}（点名“{names}”{over}）"


def policy_text(item: CatalogueItem, passages: dict[str, PassageNote]) -> str:
    """Return an item's sources, one document a line."""
    return passages_text([passages[cited] for cited in item.policy]) or "规划未点名"
