"""Edited admission terms (准入条件) read back against the version they come from."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Sequence
from math import isfinite, nan

from chainmap.catalogue.faults import Faults
from chainmap.concepts.admission import LegalSource, Metric
from chainmap.concepts.catalogue import Catalogue, Term
from chainmap.concepts.catalogue_layout import (
    BINDING,
    NONE_ASKED,
    REFERENCE,
    UNKNOWN,
    codes_of,
    term_code,
)
from chainmap.sources.catalogue_excel import SheetRow

_SHEET = "准入条件"
_LAID_DOWN = {BINDING: True, REFERENCE: False}


def edited_terms(
    base: Catalogue, rows: Sequence[SheetRow], stated: Collection[str], faults: Faults
) -> tuple[tuple[Term, ...], dict[str, str]]:
    """Return the terms an edited sheet states, in its order, and short code → term id.

    A row without an id is a new term, named after its short code (`own-a16`). Faults are noted,
    not raised. A number needs the paper it stands in.

    Args:
        base: The version the workbook was exported from.
        rows: The sheet's rows.
        stated: Short codes that items name in the same workbook: such a term may not go.
        faults: Takes the faults.
    """
    known = {term.id: term for term in base.terms}
    terms: list[Term] = []
    codes: dict[str, str] = {}
    for row in rows:
        key = row.cells["条件编号"]
        code = _code(row, faults)
        if code is None:
            continue
        if key and key not in known:
            faults.add(_SHEET, row, "条件编号", f"原版本没有 {key}；新增条件请把编号留空")
            continue
        before = known.get(key)
        term = _term(row, before, key or f"own-{code.casefold()}", faults)
        if code in codes or (term and term.id in {t.id for t in terms}):
            faults.add(_SHEET, row, "序号", f"{code} 出现两次")
        elif term is not None:
            terms.append(term)
            codes[code] = term.id
    kept = {term.id for term in terms}
    for at, term in enumerate(base.terms):
        code = term_code(at)
        lost = term.id not in kept and code in stated and code not in codes
        if lost and not faults.found:
            faults.found.append(
                f"准入条件 少了 {code}（{term.id}），仍有条目引用；"
                "先在招商目录的“准入条件”列去掉它，再删这一行"
            )
    return tuple(terms), codes


def _code(row: SheetRow, faults: Faults) -> str | None:
    codes = codes_of(row.cells["序号"])
    if codes is None or len(codes) != 1:
        faults.add(_SHEET, row, "序号", f"“{row.cells['序号']}”应写作 A01 的样式")
        return None
    return codes[0]


def _term(row: SheetRow, before: Term | None, key: str, faults: Faults) -> Term | None:
    cells = row.cells
    metrics = {metric.zh: metric for metric in Metric}
    sound = True
    for column, allowed in (("指标", list(metrics)), ("性质", list(_LAID_DOWN))):
        if cells[column] not in allowed:
            faults.add(_SHEET, row, column, f"“{cells[column]}”不在 {'、'.join(allowed)} 中")
            sound = False
    for column in ("要求", "适用地"):
        if not cells[column]:
            faults.add(_SHEET, row, column, "不能为空")
            sound = False
    if not re.fullmatch(r"\d{6}", cells["地区代码"]):
        faults.add(_SHEET, row, "地区代码", f"“{cells['地区代码']}”应为六位数字，全国写 000000")
        sound = False
    source = _source(row, faults)
    value = _value(row, faults)
    if value is not None and source is None:
        faults.add(_SHEET, row, "文件", "填了数值，须写出处文件和发布机关")
    since = _day(row, "起始日期", faults)
    if not sound:
        return None
    return Term(
        id=key,
        metric=metrics[cells["指标"]],
        requirement=cells["要求"],
        value=value,
        unit=cells["单位"] or None,
        place_code=cells["地区代码"],
        place=cells["适用地"],
        since=since,
        binding=_LAID_DOWN[cells["性质"]],
        source=source,
        ask=cells["询问对象"],
        rule=before.rule if before else None,
    )


def _value(row: SheetRow, faults: Faults) -> float | None:
    text = row.cells["数值"].replace(",", "")
    if text in ("", UNKNOWN, NONE_ASKED):
        return None
    try:
        value = float(text)
    except ValueError:
        value = nan
    if not isfinite(value):
        faults.add(_SHEET, row, "数值", f"“{text}”不是数；不知道时写 {UNKNOWN}")
        return None
    return value


def _source(row: SheetRow, faults: Faults) -> LegalSource | None:
    cells = row.cells
    title = cells["文件"].strip("《》")
    if title in ("", UNKNOWN):
        return None
    if not cells["发布机关"]:
        faults.add(_SHEET, row, "发布机关", "写了文件，须写发布机关")
        return None
    return LegalSource(
        title=title,
        number=cells["文号"] or None,
        article=cells["条款"] or None,
        issuer=cells["发布机关"],
        date=_day(row, "文件日期", faults),
    )


def _day(row: SheetRow, column: str, faults: Faults) -> dt.date | None:
    text = row.cells[column]
    if text in ("", UNKNOWN):
        return None
    try:
        return dt.date.fromisoformat(text[:10])
    except ValueError:
        faults.add(_SHEET, row, column, f"“{text}”应写作 2026-01-31 的样式")
        return None
