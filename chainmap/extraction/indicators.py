"""Indicator tables whose cells came in as lines: put together again, row by row."""

from __future__ import annotations

import re
from collections import deque
from dataclasses import dataclass

from chainmap.concepts.policy import Comparator, Damage, Goal
from chainmap.extraction.repair import Clean

_YEAR = re.compile(r"(20\d\d)年?(?:目标|预期|现状|实际|基期)?(?:值)?$|(20\d\d)年")
_GROWTH_HEAD = re.compile(r"增长|增速|增幅|提高")
_UNIT_HEAD = re.compile(r"(?:计量|指标)?单位")
_WORD_HEAD = re.compile(
    r"(?:指标)?(?:属性|性质|类型)|(?:责任|牵头)(?:单位|部门)|备注|指标(?:名称)?"
)
_BLANK = re.compile(r"[-—–/\\*]*")
_CELL_NUMBER = re.compile(
    r"(?P<pre>[≥≤><]|不[低高]于|不[少多]于|不超过|[大小高低]于|超过|约)?"
    r"(?P<value>-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)(?P<unit>%|个百分点|(?!以上|左右|以下|以内)[一-鿿/]{1,5}?)?(?P<post>以上|左右|以下|以内)?$"
)
_SIGN: dict[str, Comparator] = {
    "≥": "≥", "≤": "≤", ">": ">", "<": "<", "不低于": "≥", "不少于": "≥",
    "不高于": "≤", "不多于": "≤", "不超过": "≤", "大于": ">", "高于": ">", "超过": ">",
    "小于": "<", "低于": "<", "约": "≈",
    "以上": "≥", "左右": "≈", "以下": "≤", "以内": "≤",
}  # fmt: skip
_ROUNDING_SLACK = 0.02  # growth printed to one digit less than computed still fits its row


@dataclass(frozen=True)
class _Cell:
    start: int
    end: int
    text: str
    line: int


@dataclass(frozen=True)
class _Columns:
    """What each column holds; `words` are those no number stands in."""

    width: int
    name: int
    unit: int | None
    words: frozenset[int]
    base: int | None
    base_year: int | None
    target: int
    target_year: int
    growth: int | None


@dataclass(frozen=True)
class Table:
    """The goals of one table, the body lines it covers and what was broken in it."""

    goals: tuple[Goal, ...]
    lines: frozenset[int]
    damage: tuple[Damage, ...]


def tables_of(clean: Clean, region: str | None) -> list[Table]:
    """Return the indicator tables of the body; cells that end in | are put back in rows."""
    found = []
    run: list[_Cell] = []
    for index, line in enumerate(clean.body):
        if "|" in line.text and len(line.text) < 160:
            run.extend(_cells(line.start, line.text, index))
            continue
        found.extend(_read(clean, run, region))
        run = []
    found.extend(_read(clean, run, region))
    return found


def _cells(start: int, text: str, line: int) -> list[_Cell]:
    cells = []
    for match in re.finditer(r"([^|]*)\||[^|]+$", text):
        whole = match[1] if match[1] is not None else match[0]
        word = whole.strip()
        at = start + match.start() + len(whole) - len(whole.lstrip())
        cells.append(_Cell(at, at + len(word), word, line))
    return cells


def _read(clean: Clean, cells: list[_Cell], region: str | None) -> list[Table]:
    columns = _columns(cells)
    if columns is None:
        return []
    goals: list[Goal] = []
    damage: list[Damage] = []
    rows = deque(cells[columns.width :])
    lined = cells[0].line == cells[columns.width - 1].line
    while rows:
        row = _next_row(rows, columns.width, lined=lined)
        if _is_row(row, columns):
            goals.append(_goal(clean, row, columns, region, damage))
            continue
        rows.extendleft(reversed(row[1:] if not lined else []))
        if row[0].text:
            start, end = clean.span(row[0].start, row[0].end)
            note = f"指标表中“{row[0].text}”一格不成行，未取数。"
            damage.append(Damage(kind="flattened_table", start=start, end=end, note=note))
    start, end = clean.span(cells[0].start, cells[-1].end)
    if not goals:
        note = "这张指标表没有一行读得出，未取数；请人工核对。"
        unread = Damage(kind="flattened_table", start=start, end=end, note=note)
        return [Table((), frozenset(), (unread,))]
    note = f"指标表的单元格被拆成单行，已还原为{len(goals)}行。"
    damage.append(Damage(kind="flattened_table", start=start, end=end, note=note))
    return [Table(tuple(goals), frozenset(c.line for c in cells), tuple(damage))]


def _next_row(rows: deque[_Cell], width: int, *, lined: bool) -> list[_Cell]:
    """Take the next row; a row that has its line to itself ends with it, empty cells added."""
    row = [rows.popleft()]
    while rows and (rows[0].line == row[0].line if lined else len(row) < width):
        row.append(rows.popleft())
    last = row[-1]
    missing = width - len(row) if lined else 0
    return row + [_Cell(last.end, last.end, "", last.line)] * missing


def _columns(cells: list[_Cell]) -> _Columns | None:
    """Return what the header says each column holds, or None where it is no indicator table."""
    heads: list[_Cell] = []
    for cell in cells:
        told = _YEAR.search(cell.text) or _GROWTH_HEAD.search(cell.text)
        about = _UNIT_HEAD.fullmatch(cell.text) or _WORD_HEAD.fullmatch(cell.text)
        if heads and not told and not about:
            break
        heads.append(cell)
    years = [(i, int(m[1] or m[2])) for i, c in enumerate(heads) if (m := _YEAR.search(c.text))]
    growth = next((i for i, c in enumerate(heads) if i and _GROWTH_HEAD.search(c.text)), None)
    years = [(i, y) for i, y in years if i and i != growth]
    if not years or len(heads) < 2 or _YEAR.search(heads[0].text):
        return None
    target, target_year = max(years, key=lambda p: p[1])
    base, base_year = min(years, key=lambda p: p[1])
    numbered = heads[0].text in ("序号", "编号")
    unit = next((i for i, c in enumerate(heads) if _UNIT_HEAD.fullmatch(c.text)), None)
    words = {i for i, c in enumerate(heads) if _WORD_HEAD.fullmatch(c.text)} | {0, int(numbered)}
    if unit is not None:
        words.add(unit)
    of = (len(heads), int(numbered), unit, frozenset(words))
    if base == target:
        return _Columns(*of, None, None, target, target_year, growth)
    return _Columns(*of, base, base_year, target, target_year, growth)


def _is_row(row: list[_Cell], columns: _Columns) -> bool:
    """Tell whether cells make a row: a name, the number to reach, numbers or nothing elsewhere."""
    if len(row) != columns.width:
        return False
    numbers = [c.text for i, c in enumerate(row) if i not in columns.words]
    known = all(_CELL_NUMBER.match(n) or _BLANK.fullmatch(n) for n in numbers)
    target = _CELL_NUMBER.match(row[columns.target].text)
    return bool(row[columns.name].text) and known and target is not None


def _goal(
    clean: Clean, row: list[_Cell], columns: _Columns, region: str | None, damage: list[Damage]
) -> Goal:
    name = re.match(r"(?P<name>.+?)(?:\((?P<unit>[^()]*)\))?$", row[columns.name].text)
    assert name is not None
    target = _CELL_NUMBER.match(row[columns.target].text)
    base = _CELL_NUMBER.match(row[columns.base].text) if columns.base is not None else None
    growth = _CELL_NUMBER.match(row[columns.growth].text) if columns.growth is not None else None
    assert target is not None
    listed = row[columns.unit].text if columns.unit is not None else ""
    unit = name["unit"] or ("" if _BLANK.fullmatch(listed) else listed) or target["unit"]
    misfit = False
    if base and growth and columns.base_year and columns.growth is not None:
        years = columns.target_year - columns.base_year
        expected = _expected(_value(base), _value(target), years, growth["unit"])
        misfit = expected is not None and not _fits(growth["value"], expected)
        if misfit:
            cell = row[columns.growth]
            start, end = clean.span(cell.start, cell.end)
            note = (
                f"年均增长“{cell.text}”与本行起止数不符（按起止数应约为{expected:.2f}），原数照录。"
            )
            damage.append(Damage(kind="inconsistent_number", start=start, end=end, note=note))
    start, end = clean.span(row[0].start, row[-1].end)
    return Goal(
        indicator=name["name"],
        value=_value(target),
        unit=unit,
        comparator=_SIGN.get(target["pre"] or target["post"] or "", "="),
        year=columns.target_year,
        region=region,
        base_value=_value(base) if base else None,
        base_year=columns.base_year if base else None,
        growth=_value(growth) if growth else None,
        growth_unit=growth["unit"] if growth else None,
        start=start,
        end=end,
        damaged=misfit or unit is None,
    )


def _value(number: re.Match[str]) -> float:
    return float(number["value"].replace(",", ""))


def _expected(base: float, target: float, years: int, unit: str | None) -> float | None:
    """Return the yearly growth the ends of a row imply: percent, or points for 个百分点."""
    if years <= 0:
        return None
    if unit == "个百分点":
        return (target - base) / years
    if unit == "%" and base > 0 and target > 0:
        return float(((target / base) ** (1 / years) - 1) * 100)
    return None


def _fits(printed: str, expected: float) -> bool:
    digits = len(printed.partition(".")[2])
    return bool(
        abs(float(printed) - expected) <= 0.5 * 10.0**-digits + _ROUNDING_SLACK * abs(expected)
    )
