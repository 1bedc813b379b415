"""A national input–output table (投入产出表) as a deployer has it: direct coefficients by sector.

The product ships without one; a table is licensed by its publisher, not by us.
"""

from __future__ import annotations

import csv
import io
import math
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from chainmap.errors import InputError, reason_of

CODE_COLUMNS = ("code", "代码", "部门代码", "编码")
NAME_COLUMNS = ("部门名称", "产品部门名称", "名称", "部门", "descriptioninchinese", "name")
"""What the columns of a sector list may be called; letter case is not looked at."""


@dataclass(frozen=True)
class InputOutputTable:
    """Direct input coefficients (直接消耗系数) of one economy, checked.

    Attributes:
        name: File name of the coefficients, for the record.
        sectors: Chinese sector names, in the order of the sector list.
        coefficients: What a unit of output of the column's sector takes from the row's; square,
            in the order of `sectors`, never negative, every column sums below 1. Read-only.
    """

    name: str
    sectors: tuple[str, ...]
    coefficients: npt.NDArray[np.float64]


def read_input_output(coefficients: Path, sectors: Path) -> InputOutputTable:
    """Return a table of direct input coefficients, its sectors named and its sums checked.

    Args:
        coefficients: CSV, a square matrix: first row and first column hold sector codes, rows
            supply and columns use.
        sectors: CSV with a code and a Chinese name per sector (`CODE_COLUMNS`, `NAME_COLUMNS`).
            Both files may be UTF-8, with or without a byte-order mark, or GB18030.

    Raises:
        InputError: A file is missing or unreadable, a code stands twice or in one file only, the
            matrix is not square, a cell is no number or negative, or a column does not sum below
            1 (a table of flows rather than coefficients); names file, line and column.
    """
    named = _sector_names(sectors)
    rows = _rows(coefficients)
    header = _codes(coefficients, rows[0])
    _same_codes(coefficients, header, named, sectors)
    values: dict[str, list[float]] = {}
    lines: dict[str, int] = {}
    for line, row in rows[1:]:
        code = row[0].strip()
        if code not in named:
            raise _fault(coefficients, line, "", f"部门代码“{code}”不在部门表中", "核对首列。")
        if code in values:
            raise _fault(
                coefficients, line, "", f"部门代码“{code}”已在第 {lines[code]} 行", "删去一行。"
            )
        values[code], lines[code] = _numbers(coefficients, line, header, row[1:]), line
    missing = [code for code in named if code not in values]
    if missing:
        shown = "、".join(missing[:5])
        raise _fault(
            coefficients, 0, "", f"不是方阵：缺少部门 {shown} 的行，共 {len(missing)} 行", "补全。"
        )
    place = [header.index(code) for code in named]
    matrix = np.array([values[code] for code in named])[:, place]
    _check_sums(coefficients, list(named), matrix)
    matrix.setflags(write=False)
    return InputOutputTable(coefficients.name, tuple(named.values()), matrix)


def _sector_names(file: Path) -> dict[str, str]:
    """Return code → Chinese name, in the order of the file."""
    rows = _rows(file)
    header = [cell.strip().casefold() for cell in rows[0][1]]
    at_code = next((header.index(name) for name in CODE_COLUMNS if name in header), None)
    at_name = next((header.index(name) for name in NAME_COLUMNS if name in header), None)
    if at_code is None or at_name is None:
        raise _fault(file, 1, "", "找不到部门代码或部门名称列", "表头写“代码”和“部门名称”。")
    found: dict[str, str] = {}
    for line, row in rows[1:]:
        if len(row) != len(header):
            raise _fault(
                file, line, "", f"有 {len(row)} 格，应为 {len(header)} 格", "检查半角逗号和引号。"
            )
        code, name = row[at_code].strip(), row[at_name].strip()
        if not code or not name:
            raise _fault(file, line, rows[0][1][at_name], "代码或名称为空", "补上。")
        if code in found or name in found.values():
            raise _fault(file, line, rows[0][1][at_code], f"部门 {code} {name} 重复", "删去一行。")
        found[code] = name
    if not found:
        raise _fault(file, 1, "", "没有任何部门", "补上部门。")
    return found


def _codes(file: Path, first: tuple[int, list[str]]) -> list[str]:
    line, cells = first
    header = [cell.strip() for cell in cells[1:]]
    twice = sorted({code for code in header if header.count(code) > 1})
    if twice:
        raise _fault(file, line, twice[0], f"部门代码“{twice[0]}”在表头写了两次", "改正表头。")
    return header


def _same_codes(file: Path, header: list[str], named: dict[str, str], sectors: Path) -> None:
    unknown = [code for code in header if code not in named]
    missing = [code for code in named if code not in header]
    if unknown or missing:
        said = [f"多出 {'、'.join(unknown[:5])}"] if unknown else []
        said += [f"缺少 {'、'.join(missing[:5])}"] if missing else []
        message = f"表头有 {len(header)} 个部门，部门表 {sectors.name} 有 {len(named)} 个："
        raise _fault(
            file, 1, "", message + "，".join(said), "两份文件的代码须一致，含前导零；删去合计列。"
        )


def _numbers(file: Path, line: int, header: list[str], cells: list[str]) -> list[float]:
    if len(cells) != len(header):
        raise _fault(
            file, line, "", f"有 {len(cells)} 个系数，应为 {len(header)} 个", "检查半角逗号。"
        )
    found = []
    for code, cell in zip(header, cells, strict=True):
        try:
            value = float(cell)
        except ValueError:
            raise _fault(file, line, code, f"“{cell}”不是数", "空格填 0。") from None
        if not math.isfinite(value) or value < 0.0:
            raise _fault(file, line, code, f"{cell} 不是不小于 0 的数", "核对原表。")
        found.append(value)
    return found


def _check_sums(file: Path, codes: list[str], matrix: npt.NDArray[np.float64]) -> None:
    sums = matrix.sum(axis=0)
    worst = int(sums.argmax())
    if sums[worst] >= 1.0:
        raise _fault(
            file,
            0,
            codes[worst],
            f"直接消耗系数的列和为 {sums[worst]:.4g}，应小于 1",
            "给出直接消耗系数表，不是流量表或完全消耗系数表；每列是使用部门。",
        )


def _rows(file: Path) -> list[tuple[int, list[str]]]:
    """Return (line, cells) of every row that is not blank, the first row first."""
    try:
        content = file.read_bytes()
    except OSError as error:
        raise InputError(f"无法读取 {file}：{reason_of(error)}。", todo="检查路径。") from error
    reader = csv.reader(io.StringIO(_decoded(file, content), newline=""), strict=True)
    rows = []
    line = 1
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                rows.append((line, row))
            line = reader.line_num + 1
    except csv.Error as error:
        raise _fault(file, line, "", "引号没有成对", "改正这一行的英文双引号。") from error
    if not rows:
        raise _fault(file, 1, "", "文件为空", "给出投入产出表。")
    return rows


def _decoded(file: Path, content: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise _fault(file, 0, "", "既不是 UTF-8 也不是 GB18030 编码", "请另存为 UTF-8 编码的 CSV。")


def _fault(file: Path, line: int, field: str, message: str, todo: str) -> InputError:
    place = f"{file}" + (f":{line}" if line else "") + (f" [{field}]" if field else "")
    return InputError(f"{place}：{message}。", todo=todo)
