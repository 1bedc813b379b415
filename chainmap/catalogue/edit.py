"""An edited workbook applied to the version it came from; whatever is unclear is refused."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TypeVar

from chainmap.catalogue.edit_terms import edited_terms
from chainmap.catalogue.faults import SHOWN_FAULTS, Faults
from chainmap.chains.library import ChainLibrary
from chainmap.concepts.catalogue import (
    Catalogue,
    CatalogueItem,
    ItemPeriod,
    Priority,
    Wanted,
    as_draft,
)
from chainmap.concepts.catalogue_layout import (
    UNDECIDED,
    codes_of,
    codes_text,
    period_of,
    period_text,
    policy_text,
)
from chainmap.concepts.kinds import GapKind
from chainmap.errors import UnknownNameError
from chainmap.sources.catalogue_excel import CatalogueSheets, SheetRow

T = TypeVar("T")


def apply_sheets(
    base: Catalogue, sheets: CatalogueSheets, library: ChainLibrary, *, drop_missing: bool = False
) -> Catalogue:
    """Return the draft an edited workbook makes of the version it was exported from.

    Nothing edited gives the same content. A row without an id is a new item; its segment must be
    known. Items whose rows are gone are refused unless `drop_missing` says they are meant to go.

    Args:
        base: The version the workbook was exported from.
        sheets: The workbook's rows.
        library: Looks up the segments of new rows.
        drop_missing: Items that are no longer in the workbook are dropped.

    Raises:
        InputError: A cell cannot be read, a fixed cell was changed, an id is unknown or stands
            twice, or items are missing; each with sheet, row and column.
    """
    faults = Faults()
    stated = {code for row in sheets.items for code in codes_of(row.cells["准入条件"]) or ()}
    terms, codes = edited_terms(base, sheets.terms, stated, faults)
    reader = _ItemReader(base, codes, library, faults)
    items: list[CatalogueItem] = []
    for row in sheets.items:
        item = reader.read(row)
        if item is None:
            continue
        if item.id in {other.id for other in items}:
            faults.add("招商目录", row, "条目编号", f"{item.id} 出现两次")
            continue
        items.append(item)
    kept = {row.cells["条目编号"] for row in sheets.items}
    gone = [item for item in base.items if item.id not in kept]
    if gone and not drop_missing:
        names = "、".join(f"{item.name}（{item.id}）" for item in gone[:SHOWN_FAULTS])
        faults.found.append(
            f"招商目录 少了 {len(gone)} 个条目：{names}；确要删除时加 --drop-missing"
        )
    faults.refuse()
    chains = {i.chain: base.chains.get(i.chain) or library.chains[i.chain].name for i in items}
    cited = {passage for item in items for passage in item.policy}
    cited |= {site.passage for item in items for site in item.sites}
    edited = base.model_copy(
        update={
            "chains": chains,
            "terms": terms,
            "items": tuple(items),
            "passages": tuple(p for p in base.passages if p.id in cited),
        }
    )
    return as_draft(edited, base.version_name)


class _ItemReader:
    """Reads item rows against the base."""

    def __init__(
        self, base: Catalogue, codes: dict[str, str], library: ChainLibrary, faults: Faults
    ) -> None:
        self._base, self._codes, self._library, self._faults = base, codes, library, faults
        self._known = {item.id: item for item in base.items}
        self._passages = {passage.id: passage for passage in base.passages}
        self._places = {term.id: at for at, term in enumerate(base.terms)}

    def read(self, row: SheetRow) -> CatalogueItem | None:
        """Return the item of a row, or None after noting why it has none."""
        key = row.cells["条目编号"]
        if not key:
            return self._added(row)
        if key not in self._known:
            self._fault(row, "条目编号", f"原版本没有条目 {key}；新增条目请把编号留空")
            return None
        item = self._known[key]
        fixed = {
            # A merged cell is empty in all rows but its first.
            "产业链": self._base.chains[item.chain] if row.cells["产业链"] else "",
            "环节": item.name,
            "缺口类型": item.kind.zh if item.kind else UNDECIDED,
            "政策依据": policy_text(item, self._passages),
        }
        for column, expected in fixed.items():
            if row.cells[column] != expected:
                self._fault(row, column, f"此列由程序生成，不能改为“{row.cells[column][:20]}”")
        return self._edited(row, item)

    def _added(self, row: SheetRow) -> CatalogueItem | None:
        """Return a new item: its id is made of city and segment, it has no reasons yet."""
        try:
            segment = self._library.find_segment(row.cells["环节"])
        except UnknownNameError as error:
            self._fault(row, "环节", f"新增条目的环节认不出：{error}")
            return None
        key = f"{self._base.city_code}-{segment.id}"
        if key in self._known:
            self._fault(row, "环节", f"“{segment.name}”已有条目 {key}，请改那一行")
            return None
        if not row.cells["引进方向"]:
            self._fault(row, "引进方向", "新增条目须写引进方向")
            return None
        blank = CatalogueItem(
            id=key,
            chain=self._library.chain_of(segment.id).id,
            segment=segment.id,
            name=segment.name,
            direction=row.cells["引进方向"],
            kind=self._choice(row, "缺口类型", {kind.zh: kind for kind in GapKind}),
            priority=None,
            period=ItemPeriod(start=self._base.year, end=None),
            origin="added",
        )
        return self._edited(row, blank)

    def _edited(self, row: SheetRow, item: CatalogueItem) -> CatalogueItem:
        changes = {
            "direction": self._needed(row, "引进方向", item.direction),
            "priority": self._choice(row, "优先级", {p.zh: p for p in Priority}),
            "wanted": self._wanted(row),
            "admission": self._admission(row, item),
            "period": self._period(row, item.period),
            "incentive": row.cells["激励内容"],
            "note": row.cells["备注"],
        }
        return item.model_copy(update=changes)

    def _needed(self, row: SheetRow, column: str, before: str) -> str:
        if not row.cells[column]:
            self._fault(row, column, "不能为空")
        return row.cells[column] or before

    def _choice(self, row: SheetRow, column: str, values: dict[str, T]) -> T | None:
        text = row.cells[column]
        if text in ("", UNDECIDED):
            return None
        if text not in values:
            self._fault(row, column, f"“{text}”不在 {'、'.join(values)}、{UNDECIDED} 中")
        return values.get(text)

    def _wanted(self, row: SheetRow) -> tuple[Wanted, ...]:
        names = {wanted.zh: wanted for wanted in Wanted}
        named = _split(row.cells["目标对象"])
        for name in named:
            if name not in names:
                self._fault(row, "目标对象", f"“{name}”不在 {'、'.join(names)} 中")
        return tuple(wanted for name, wanted in names.items() if name in named)

    def _admission(self, row: SheetRow, item: CatalogueItem) -> tuple[str, ...]:
        codes = codes_of(row.cells["准入条件"])
        if codes is None:
            self._fault(row, "准入条件", "应写作 A01–A04、A07 的样式")
            return item.admission
        unknown = [code for code in codes if code not in self._codes]
        if unknown:
            self._fault(row, "准入条件", f"“准入条件”表中没有 {'、'.join(unknown)}")
        named = tuple(self._codes[code] for code in codes if code in self._codes)
        before = codes_text([self._places[one] for one in item.admission])
        if not unknown and row.cells["准入条件"] == before and set(named) != set(item.admission):
            self._fault(
                row, "准入条件",
                "这一格没有改，而“准入条件”表重新编过号，会指到别的条件；"
                "请恢复原编号（新增的接着编），或改写这一格",
            )  # fmt: skip
        return named

    def _period(self, row: SheetRow, before: ItemPeriod) -> ItemPeriod:
        text = row.cells["实施期限"]
        if text in ("", period_text(before)):
            return before
        years = period_of(text)
        if years is None:
            self._fault(row, "实施期限", f"“{text}”应写作 2026–2030 或 2026–{UNDECIDED}")
            return before
        return ItemPeriod(start=years[0], end=years[1])

    def _fault(self, row: SheetRow, column: str, message: str) -> None:
        self._faults.add("招商目录", row, column, message)


def _split(text: str) -> Sequence[str]:
    return [part for part in re.split(r"[、，,；;\s]+", text) if part]
