"""Which column of a list is which: recognised from its heading, or told by a mapping."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from chainmap.errors import InputError
from chainmap.nearest import nearest_names
from chainmap.sources.intake.headings import (
    ColumnNames,
    Export,
    Mapping,
    column_names,
    folded,
)

LEAST_KNOWN = 2
"""Headings that make a row the heading, the name among them: names alone say nothing of a firm."""
LEAST_MARKS = 3
"""Marks that make a list an export of a kind."""
HEADER_WITHIN = 30
"""Rows in which a heading is looked for; exports put at most a title and a notice above it."""
LONGEST_SHOWN = 60
"""Characters of a heading that an error shows."""
WIDE = 5
"""Columns from which a row with one cell only is no company: of narrow lists names may be all."""
MOST_OTHERS = 4
"""Headings beside the name that an error offers."""
MOST_SHOWN = 200
"""Headings that a mapping to edit lists."""
TEXTS = ("scope", "main_business", "main_products")
"""Fields whose text may stand in several columns."""


class Layout(NamedTuple):
    """A list's columns as found.

    `fields[i]` is the field of column i, `personal`, `left_out`, or None where unknown.
    """

    header_row: int
    headings: tuple[str, ...]
    fields: tuple[str | None, ...]
    units: dict[str, str]
    export: str | None

    def named(self, kind: str | None) -> list[str]:
        """Return the headings read as `kind`, in file order."""
        return [h for h, f in zip(self.headings, self.fields, strict=True) if f == kind and h]


class UnknownLayoutError(InputError):
    """No row of a list reads as a heading; carries a mapping to edit, and the likely headings."""

    def __init__(
        self, source: str, mapping: str, headings: Sequence[str], names: ColumnNames
    ) -> None:
        name = names.columns["name"][0]
        rest = [known[0] for field, known in names.columns.items() if field != "name"]
        others = "、".join(rest[:MOST_OTHERS])
        super().__init__(
            f"{source} 的列名没有认出来（至少要有{name}和另一列，如{others}）。",
            todo="上面是一份现成的对照表：改好存为 mapping.yml，用 --mapping mapping.yml 再导入。",
        )
        self.source = source
        self.mapping = mapping
        self.headings = headings


def find_layout(
    rows: Sequence[Sequence[str]],
    source: str,
    mapping: Mapping | None,
    names: ColumnNames | None = None,
) -> Layout:
    """Return the layout of a list from its first rows.

    Args:
        rows: The first rows as cells, title rows and all.
        source: What an error should call the list.
        mapping: The user's own reading; None recognises the headings.
        names: The alias table; None is that of company lists.

    Raises:
        UnknownLayoutError: No heading is recognised; carries a mapping to edit.
        InputError: The mapping names a heading that is not there.
    """
    names = names or column_names()
    if mapping is not None:
        return _mapped(rows, source, mapping, names)
    best: tuple[int, int] = (0, 0)
    for index, row in enumerate(rows[:HEADER_WITHIN]):
        fields = [names.field(cell) if cell else None for cell in row]
        known = len({f for f in fields if f in names.columns})
        if "name" in fields and known >= LEAST_KNOWN and known > best[0]:
            best = (known, index + 1)
    if not best[1]:
        to_edit = _mapping_to_edit(rows, names)
        raise UnknownLayoutError(source, to_edit, _fullest(rows), names)
    number, headings = _with_second_line(rows, best[1], names)
    return _layout(number, headings, None, names)


def _with_second_line(
    rows: Sequence[Sequence[str]], number: int, names: ColumnNames
) -> tuple[int, list[str]]:
    """Return header row and headings, a second line under merged cells (注册地：省｜市) read in.

    The line below belongs to the heading where it says what is recognised, and nothing under a
    recognised heading that is not wider than its column.
    """
    above = [str(cell) for cell in rows[number - 1]]
    below = [str(cell) for cell in rows[number]] if number < len(rows) else []
    wide = above + [""] * (max(len(below) - len(above), 0) + 1)
    said = [(i, cell) for i, cell in enumerate(below) if cell]
    sound = len(said) >= 2 and all(
        names.field(cell) and (names.field(wide[i]) not in names.columns or not wide[i + 1])
        for i, cell in said
    )
    if not sound:
        return number, above
    return number + 1, [dict(said).get(i, cell) for i, cell in enumerate(wide[:-1])]


def _mapped(
    rows: Sequence[Sequence[str]], source: str, mapping: Mapping, names: ColumnNames
) -> Layout:
    wanted = {folded(heading) for heading in mapping.columns.values() if heading}
    for index, row in enumerate(rows[:HEADER_WITHIN]):
        if mapping.header_row is not None and index + 1 != mapping.header_row:
            continue
        if mapping.header_row is not None or wanted <= {folded(c) for c in row if c}:
            missing = wanted - {folded(c) for c in row if c}
            if missing:
                raise InputError(
                    f"{source} 第 {index + 1} 行没有列 {'、'.join(sorted(missing))}。",
                    todo="检查对照表的 header_row 和 columns。",
                )
            return _layout(index + 1, [str(c) for c in row], mapping, names)
    likely = _fullest(rows)
    lost = sorted(wanted - {folded(heading) for heading in likely})
    near = "、".join(nearest_names(lost[0], likely)) if lost else ""
    raise InputError(
        f"{source} 没有列“{'”“'.join(lost)}”（找了前 {HEADER_WITHIN} 行）。",
        todo=f"相近的列：{near or '无'}；该文件的列：{'、'.join(likely[:20])}。",
    )


def _layout(
    number: int, headings: list[str], mapping: Mapping | None, names: ColumnNames
) -> Layout:
    given = mapping.columns if mapping else {}
    wanted = {folded(heading): field for field, heading in given.items() if heading}
    fields: list[str | None] = []
    for heading in headings:
        kind = names.field(heading) if heading else None
        if mapping is not None and folded(heading) in wanted:
            kind = wanted[folded(heading)]
        elif mapping is not None and (not mapping.recognise_others or kind in wanted.values()):
            kind = "personal" if kind == "personal" else "left_out"
        # The first column of a field counts; 纳税人识别号 repeats 统一社会信用代码.
        taken = kind in names.columns and kind in fields
        parted = kind in TEXTS and names.is_part(heading)
        first = headings[fields.index(kind)] if taken else heading
        fields.append("left_out" if taken and not (parted and names.is_part(first)) else kind)
    export = _export(headings, names)
    units = dict(export.units) if export else {}
    units |= {f: u for h, f in zip(headings, fields, strict=True) if f and (u := names.unit(h))}
    if mapping is not None and mapping.capital_unit:
        units |= {"capital": mapping.capital_unit, "paid_capital": mapping.capital_unit}
    return Layout(number, tuple(headings), tuple(fields), units, export.zh if export else None)


def _export(headings: Sequence[str], names: ColumnNames) -> Export | None:
    """Return whose export a list is: the one with most of its marks; None where none has enough."""
    seen = {folded(heading) for heading in headings}
    marks = {e.id: sum(folded(mark) in seen for mark in e.marks) for e in names.exports}
    likely = max(names.exports, key=lambda e: marks[e.id], default=None)
    return likely if likely and marks[likely.id] >= LEAST_MARKS else None


def _fullest(rows: Sequence[Sequence[str]]) -> list[str]:
    """Return the cells of the fullest of the first rows: the likely headings."""
    return [
        str(c)[:LONGEST_SHOWN]
        for c in max(rows[:HEADER_WITHIN], key=lambda row: sum(map(bool, row)), default=[])
        if c
    ]


def _mapping_to_edit(rows: Sequence[Sequence[str]], names: ColumnNames) -> str:
    """Return a mapping as YAML: the fullest row taken as heading, guesses filled in."""
    near = rows[:HEADER_WITHIN]
    filled = [sum(bool(cell) for cell in row) for row in near]
    index = filled.index(max(filled)) if filled else 0
    # A cell of a page or a program may be of any length; a heading is not.
    headings = [cell[:LONGEST_SHOWN] for cell in (near[index] if near else []) if cell]
    headings = headings[:MOST_SHOWN]
    guesses = {names.guess(heading): heading for heading in reversed(headings)}
    guesses |= {names.field(heading): heading for heading in headings}
    lines = [
        "# 左边是本产品的字段，右边填文件里的列名；没有的列留空。name 必填。",
        f"header_row: {index + 1}   # 列名在文件的第几行",
        *(
            ["capital_unit:   # 注册资本单元格没写单位时的单位：万、亿 或 元"]
            if "capital" in names.columns
            else []
        ),
        "columns:",
    ]
    for field, spellings in names.columns.items():
        guess = guesses.get(field, "")
        told = next((one for one in spellings if not one.isascii()), spellings[0])
        lines.append(f"  {field}: {_quoted(guess)}   # {told}")
    lines.append("# 文件里的列名：")
    lines += [f"#   {heading}" for heading in headings if names.field(heading) != "personal"]
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
