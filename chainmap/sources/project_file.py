"""A project's facts from a YAML file or the Excel template, each fault with its place."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from pydantic import ValidationError

from chainmap.concepts.admission import Project
from chainmap.concepts.problems import explained
from chainmap.curated import CuratedFile
from chainmap.errors import InputError
from chainmap.sources.catalogue_excel import read_workbook
from chainmap.sources.catalogue_folder import read_text

SHEET = "项目"
_NUMBERS = ("investment", "land", "output", "tax", "energy")


def read_project(file: Path, labels: Mapping[str, str]) -> Project:
    """Return the project a file states.

    Args:
        file: YAML with the fields of `Project`, or the filled-in Excel template.
        labels: Field → heading in the template.

    Raises:
        CurationError: The YAML is malformed; names file, line and field.
        InputError: The workbook is malformed; names row and heading. Or another kind of file.
    """
    suffix = file.suffix.lower()
    if suffix in (".yml", ".yaml"):
        return _from_yaml(CuratedFile(read_text(file), file.name))
    if suffix == ".xlsx":
        return _from_workbook(file, {zh: name for name, zh in labels.items()})
    raise InputError(f"不认识项目文件 {file.name}。", todo="用 .yml，或填写 .xlsx 模板。")


def _from_yaml(file: CuratedFile) -> Project:
    try:
        return Project.model_validate(file.value)
    except ValidationError as error:
        first = error.errors()[0]
        raise file.error(
            first["loc"],
            explained(first["type"], first["msg"], first["input"]),
            todo="改正后重新运行；字段见 docs/catalogue.md 的“准入对照”一节。",
            more=error.error_count() - 1,
        ) from error


def _from_workbook(file: Path, fields: Mapping[str, str]) -> Project:
    sheets = read_workbook(file)
    rows = sheets.get(SHEET)
    if rows is None:
        raise InputError(
            f"{file.name} 没有“{SHEET}”表。", todo="用 chainmap template project 生成模板。"
        )
    given: dict[str, object] = {}
    places: dict[str, tuple[int, str]] = {}
    for number, row in enumerate(rows, start=1):
        heading, value = row[0], row[1] if len(row) > 1 else ""
        if heading in ("", "项目字段") or number == 1:
            continue
        if heading not in fields:
            raise InputError(
                f"{file.name} 第 {number} 行：不认识的字段“{heading}”。",
                todo="不要改动模板第一列。",
            )
        places[fields[heading]] = (number, heading)
        if value:
            given[fields[heading]] = _typed(fields[heading], value)
    try:
        return Project.model_validate(given)
    except ValidationError as error:
        first = error.errors()[0]
        name = str(first["loc"][0])
        row_number, heading = places.get(name, (0, name))
        problem = explained(first["type"], first["msg"], first["input"])
        raise InputError(f"{file.name} 第 {row_number} 行“{heading}”：{problem}。") from error


def _typed(field: str, text: str) -> object:
    if field == "keywords":
        return [part for part in re.split(r"[、，,；;\s]+", text) if part]
    if field in _NUMBERS:
        try:
            return float(text.replace(",", "").replace("，", ""))
        except ValueError:
            return text  # the model says what is wrong with it
    return text
