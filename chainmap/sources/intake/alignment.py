"""Records with shifted, missing or extra cells: put right where only one reading is possible.

Cells are known by what they are: a credit code by its check digit, a date, a sum with its unit, a
province. A reading counts only if every cell it places is what its column wants; two readings
that differ are no reading.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from chainmap.sources.intake.amounts import states_amount
from chainmap.sources.intake.credit_code import is_code
from chainmap.sources.intake.dates import read_date
from chainmap.sources.intake.decode import LOST
from chainmap.sources.intake.divisions import load_divisions
from chainmap.sources.intake.fields import FIELDS, NOTHING, narrowed
from chainmap.sources.intake.persons import is_private
from chainmap.sources.intake.vocabulary import load_vocabulary

Cells = list[str | None]

NAME_END = (
    r"(?:公司|厂|店|社|部|行|所|中心|院|站|场|集团|处|馆|室|城|坊|铺|吧|园|矿|窑|队|户|商场|酒楼|"
    r"饭店|超市|市场|门市|门诊|合伙|企业|联社|车间|学校|药房|网吧|库|会|楼|轩|阁|屋|庄)(?:[（(].{1,20}[)）])?$"
)
_NAME_END = re.compile(NAME_END)
_ADDRESS = re.compile(
    r"(?:路|街|道|巷|弄|村|镇|乡|大厦|广场|园区|工业区|开发区|度假区|区|社区|号|幢|室)"
)
_ACTIVITY = re.compile(
    r"生产|制造|加工|销售|批发|零售|服务|经营|开发|研究|设计|安装|维修|咨询|租赁|运输|建设|种植|"
    r"养殖|施工|进出口|业务|项目|许可"
)
_KIND_START = re.compile(
    r"其他|其它|一人|有限责任|有限公司|股份|个体|个人独资|私营|国有|集体|全民|外国|外商|外资|中外|"
    r"港|台港|普通合伙|有限合伙|特殊普通|合伙企业|农民专业|内资|分公司|联营|事业单位|社会团体|民办"
)
_HAN = re.compile("[\u4e00-\u9fff]")
_THOUSANDS = re.compile(r"\d{1,3}")
_REST = re.compile(r"\d{3}(?:\.\d+)?(?:[(（万亿元].*|)")


class Aligned(NamedTuple):
    """A record's cells in the layout's order and how it was done, or None and why not."""

    cells: Cells | None
    how: str


def _is_code(text: str) -> bool:
    return is_code(narrowed(text).upper())


def _is_date(text: str) -> bool:
    return bool(re.match(r"\s*\d{4}[-/.年]", text)) and read_date(text) is not None


def _is_province(text: str) -> bool:
    return text in load_divisions().provinces


def _is_city(text: str) -> bool:
    table = load_divisions()
    return text in table.city_full or text in table.city_short


def _is_county(text: str) -> bool:
    return text in load_divisions().by_name or _is_city(text)


def _is_status(text: str) -> bool:
    return len(text) < 20 and load_vocabulary().status(text) is not None


def _is_kind(text: str) -> bool:
    return len(text) < 40 and bool(_KIND_START.match(text)) and not re.search("[。；]", text)


def _is_industry(text: str) -> bool:
    return bool(re.fullmatch(r"[A-T]?\d{2,4}", text))


def _is_name(text: str) -> bool:
    looks = 4 <= len(text) <= 60 and not re.search("[，。；;、]", text)
    return looks and bool(_NAME_END.search(text)) and not _is_kind(text)


def _is_address(text: str) -> bool:
    placed = any(text.startswith(p) for p in load_divisions().provinces) or any(
        text.startswith(text[:n]) and _is_county(text[:n]) for n in (2, 3, 4)
    )
    looks = bool(_ADDRESS.search(text)) and not re.search("[；。]", text)
    return looks and (placed or bool(re.search(r"\d+(?:-\d+)?号|村|街道|镇|乡", text)))


def _is_scope(text: str) -> bool:
    return bool(_ACTIVITY.search(text)) and len(text) > 3


TYPED: dict[str, Callable[[str], bool]] = {
    "uscc": _is_code, "founded": _is_date, "approved": _is_date, "capital": states_amount,
    "paid_capital": states_amount, "province": _is_province, "city": _is_city,
    "county": _is_county, "status": _is_status, "kind": _is_kind, "industry_code": _is_industry,
}  # fmt: skip
"""Fields whose cells can be known for certain; the order is that of certainty."""

LOOSE: dict[str, Callable[[str], bool]] = {
    "name": _is_name, "scope": _is_scope, "address": _is_address
}  # fmt: skip


def align(cells: Sequence[str | None], fields: Sequence[str | None]) -> Aligned:
    """Return a record's cells where the layout wants them, if only one way is possible.

    Args:
        cells: As many as the record has, null or text.
        fields: The layout's fields, in column order.
    """
    tidy: Cells = [None if c is None or c.strip() in NOTHING else c.strip() for c in cells]
    if any(c and LOST in c for c in tidy):
        return Aligned(None, "文字已损坏（编码错乱，原字符无法还原），请从原系统重新导出这一行")
    joined = _thousands_joined(tidy)
    for ready, how in ((tidy, ""), (joined, "金额的千分位逗号把单元格切成两格，已接回")):
        if ready is not None and len(ready) == len(fields) and _fits(ready, fields):
            return Aligned(ready, how or "引号有误，已按列还原")
    for ready in (tidy, joined or tidy):
        found = (
            _by_merging(ready, fields) if len(ready) > len(fields) else _by_padding(ready, fields)
        )
        if found is not None:
            return found
    by_content = _by_content(joined or tidy, fields)
    if by_content is not None:
        return Aligned(by_content, "各列错位，已按内容（代码、日期、金额、地名等）归位")
    count = (
        f"应有 {len(fields)} 列，实有 {len(cells)} 列" if len(cells) != len(fields) else "各列错位"
    )
    return Aligned(None, f"{count}，无法确定每一格属于哪一列")


def _fits(cells: Cells, fields: Sequence[str | None]) -> bool:
    """Return whether every cell is what its column wants, and name and code are there."""
    for cell, field in zip(cells, fields, strict=True):
        if field == "uscc" and cell is None:
            return False
        if field == "name" and (cell is None or not _is_name(cell)):
            return False
        if cell is None or field is None:
            continue
        if field in TYPED and not TYPED[field](cell):
            return False
        if field in FIELDS and is_private(cell):
            return False
        if field == "address" and (_is_county(cell) or _is_scope(cell) > _is_address(cell)):
            return False
        if field == "scope" and not _is_scope(cell):
            return False
        if field == "personal" and not _may_be_personal(cell):
            return False
        if field in ("address", "scope", "main_business", "main_products") and not _HAN.search(
            cell
        ):
            return False
    return True


def _may_be_personal(cell: str) -> bool:
    """Return whether a cell may be a name, a phone or a mail."""
    if cell.isdigit():
        return len(cell) in (7, 8, 10, 11, 12)
    return len(cell) <= 30 and not _is_code(cell) and not states_amount(cell)


def _thousands_joined(cells: Cells) -> Cells | None:
    joined: Cells = []
    for cell in cells:
        before = joined[-1] if joined else None
        if before and cell and _THOUSANDS.fullmatch(before) and _REST.fullmatch(cell):
            joined[-1] = f"{before},{cell}"
        else:
            joined.append(cell)
    return joined if len(joined) < len(cells) else None


def _by_merging(cells: Cells, fields: Sequence[str | None]) -> Aligned | None:
    extra = len(cells) - len(fields)
    found = {}
    for at in range(len(fields)):
        merged = ",".join(cell or "" for cell in cells[at : at + extra + 1])
        ready = [*cells[:at], merged, *cells[at + extra + 1 :]]
        if fields[at] in ("name", "scope", "address", "main_business", "main_products") and _fits(
            ready, fields
        ):
            found[tuple(ready)] = Aligned(
                ready, f"多出的 {extra} 格是单元格内未加引号的逗号，已接回"
            )
    return next(iter(found.values())) if len(found) == 1 else None


def _by_padding(cells: Cells, fields: Sequence[str | None]) -> Aligned | None:
    missing = len(fields) - len(cells)
    if missing <= 0:
        return None
    found = {}
    for at in range(len(cells) + 1):
        ready = [*cells[:at], *([None] * missing), *cells[at:]]
        if _fits(ready, fields):
            found[tuple(ready)] = Aligned(ready, f"缺少的 {missing} 格已按内容补空")
    return next(iter(found.values())) if len(found) == 1 else None


def _by_content(cells: Cells, fields: Sequence[str | None]) -> Cells | None:
    """Return cells put where their content belongs, whatever their order."""
    wanted = {field: i for i, field in enumerate(fields) if field in TYPED or field in LOOSE}
    left = [cell for cell in cells if cell is not None]
    ready: Cells = [None] * len(fields)
    for field, is_it in TYPED.items():
        takers = [cell for cell in left if field in wanted and is_it(cell)]
        if field in (
            "city",
            "county",
            "status",
            "kind",
            "approved",
            "paid_capital",
            "industry_code",
        ):
            takers = takers[:1]
        if len(takers) > 1:
            return None
        if takers:
            ready[wanted[field]] = takers[0]
            left.remove(takers[0])
    certain = ("uscc", "name")
    for field, is_it in LOOSE.items():
        sure = [
            c for c in left if is_it(c) and not any(o(c) for f, o in LOOSE.items() if f != field)
        ]
        takers = sure or [cell for cell in left if is_it(cell)]
        if field in wanted and len(takers) == 1:
            ready[wanted[field]] = takers[0]
            left.remove(takers[0])
    if any(field not in wanted or ready[wanted[field]] is None for field in certain):
        return None
    # What is left must be something that is not kept anyway, such as a person's name.
    person = re.compile(r"[\u4e00-\u9fff·]{2,4}|[A-Z][A-Za-z]+(?:[ .·-]+[A-Za-z]+){0,5}")
    dropped = [cell for cell in left if not person.fullmatch(cell)]
    return ready if not dropped else None
