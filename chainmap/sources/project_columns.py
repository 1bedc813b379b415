"""How offices call the columns of project lists and their choices: `data/intake/`, as data."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from pydantic import Field

from chainmap.curated import CuratedFile
from chainmap.sources.intake.fields import narrowed
from chainmap.sources.intake.headings import ColumnNames, column_names
from chainmap.sources.intake.lists import CompanyList
from chainmap.sources.intake.workbooks import read_sheet

PROJECT_FIELDS = (
    "name", "code", "sponsor", "province", "city", "county", "address", "segment", "chain",
    "product", "content", "process", "industry_code", "investment", "fixed_investment", "land",
    "output", "tax", "energy", "emissions", "stage", "signed", "started", "completed", "updated",
    "guidance_class", "market_access", "foreign_access", "standards_met", "eia_approval",
    "discharge_permit", "zoning_fit", "energy_review", "foreign", "source",
)  # fmt: skip
"""What a column of a project list may be recognised as; everything else is left out."""

MONEY = ("investment", "fixed_investment", "output", "tax")
MEASURES = ("land", "energy")
DATES = ("signed", "started", "completed", "updated")
_MAGNITUDES = {"万": MONEY, "亿": MONEY, "元": MONEY, "亩": ("land",), "公顷": ("land",),
               "平方米": ("land",), "吨标准煤": ("energy",), "万吨标准煤": ("energy",)}  # fmt: skip
_DOUBT = re.compile("未|待|拟|计划|预计|尚|力争|争取")
"""Words that say a stage is not reached: the sentence is then no statement of it."""


class ProjectColumns(ColumnNames):
    """`data/intake/project-columns.yml`: headings by field, and spellings of every choice.

    A cell that reads as one of `totals`, in any column, marks a row of sums.
    """

    totals: tuple[str, ...] = Field(strict=False)
    values: dict[str, dict[str, list[str]]] = Field(default={})

    def choice(self, field: str, text: str) -> str | None:
        """Return the choice a cell names; None where it is none, or more than one.

        A sentence counts for a stage where it names one only and nothing says it is to come.
        """
        plain = narrowed(text)
        table = self.values[field]
        for value, spellings in table.items():
            if plain in spellings:
                return value
        if field != "stage" or _DOUBT.search(plain):
            return None
        named = {v for v, spellings in table.items() if any(s in plain for s in spellings)}
        return named.pop() if len(named) == 1 else None


@cache
def project_columns() -> ProjectColumns:
    """Return the bundled alias table; what is personal in company lists is personal here too.

    Raises:
        CurationError: The file is malformed, or names an unknown field.
    """
    file = CuratedFile.bundled("data", "intake", "project-columns.yml")
    table = file.check(ProjectColumns)
    for part in (table.columns, table.values):
        for field in part:
            if field not in PROJECT_FIELDS:
                raise file.error((field,), f"没有字段 {field}", todo="用已有的字段名。")
    people = column_names()
    return table.model_copy(
        update={
            "personal": (*table.personal, *people.personal),
            "personal_words": (*table.personal_words, *people.personal_words),
        }
    )


def units_of(of: CompanyList) -> dict[str, str]:
    """Return the unit of every figure's column: its heading's, else the title rows' (单位：…)."""
    names, stated = project_columns(), _title_units(of)
    found: dict[str, str] = {}
    for heading, field in zip(of.layout.headings, of.layout.fields, strict=True):
        if field not in (*MONEY, *MEASURES):
            continue
        unit = names.unit(heading) or ("亩" if "亩" in heading else None)
        for candidate in (unit, *stated):
            if candidate and field in _MAGNITUDES[candidate]:
                found.setdefault(field, candidate)
                break
    return found


def _title_units(of: CompanyList) -> Sequence[str]:
    if of.form != "sheet" or of.layout.header_row <= 1:
        return ()
    rows = read_sheet(of.path, of.sheet).head(of.layout.header_row - 1).rows()
    text = "　".join(str(cell) for row in rows for cell in row if cell)
    stated = re.search(r"单位\s*[：:]\s*([^\s)）]+)", text)
    named = {s: unit for unit, spellings in project_columns().units.items() for s in spellings}
    words = re.split(r"[、,，/;；]", stated[1]) if stated else []
    return [named[word] for word in words if word in named]
