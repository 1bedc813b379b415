"""What headings of lists mean: the alias table of a kind of list, and a user's own mapping."""

from __future__ import annotations

import re
from functools import cache, cached_property

from pydantic import Field

from chainmap.concepts.provenance import Frozen
from chainmap.curated import CuratedFile
from chainmap.sources.intake.fields import FIELDS, narrowed

_NUMBER = re.compile(r"[(_-]?(?:[1-9]|[一二三四五])\)?$")


class Export(Frozen):
    """A product or office whose exports people have; `marks` are headings only it uses together.

    `units` are magnitudes that it documents elsewhere than in headings and cells, by field.
    """

    id: str
    zh: str
    marks: tuple[str, ...] = Field(strict=False)
    units: dict[str, str] = Field(default={})


class ColumnNames(Frozen):
    """An alias table, such as `data/intake/columns.yml`; `columns` are the fields a list has."""

    exports: tuple[Export, ...] = Field(default=(), strict=False)
    columns: dict[str, list[str]]
    units: dict[str, list[str]]
    personal: tuple[str, ...] = Field(strict=False)
    personal_words: tuple[str, ...] = Field(strict=False)
    left_out: tuple[str, ...] = Field(strict=False)
    parts: tuple[str, ...] = Field(strict=False)
    footers: tuple[str, ...] = Field(strict=False)
    guesses: dict[str, list[str]] = Field(default={})
    """Headings that may mean a field, but often something else: a mapping to edit offers them."""

    @cached_property
    def by_heading(self) -> dict[str, str]:
        """Folded heading → field; `personal` and `left_out` stand for what is not kept."""
        table = {folded(name): "left_out" for name in self.left_out}
        table |= {folded(a): field for field, names in self.columns.items() for a in names}
        return table | {folded(name): "personal" for name in self.personal}

    def field(self, heading: str) -> str | None:
        """Return what a heading means; None where it is unknown."""
        key = folded(heading)
        bare = re.sub(r"\([^)]*\)$", "", key)
        for candidate in (key, bare, _NUMBER.sub("", key)):
            if candidate in self.by_heading:
                return self.by_heading[candidate]
        return "personal" if any(word in key for word in self.personal_words) else None

    def guess(self, heading: str) -> str | None:
        """Return what a heading may mean; None where there is no telling."""
        key = folded(heading)
        either = {key, re.sub(r"\([^)]*\)$", "", key)}
        found = (field for field, names in self.guesses.items() if either & set(names))
        return self.field(heading) or next(found, None)

    def is_part(self, heading: str) -> bool:
        """Return whether a column holds part of a field's text: 一般经营项目, 主要业务活动2."""
        key = folded(heading)
        return key in self.parts or bool(_NUMBER.search(key))

    def unit(self, heading: str) -> str | None:
        """Return the magnitude a heading states in brackets: 注册资本（万元） → 万."""
        stated = re.search(r"\(([^)]*)\)", folded(heading))
        named = {spelling: unit for unit, names in self.units.items() for spelling in names}
        return named.get(stated[1].replace("人民币", "").strip("：:")) if stated else None


class Mapping(Frozen):
    """A user's own reading of a layout (`--mapping`): field → heading as it stands in the file."""

    header_row: int | None = Field(default=None, ge=1)
    columns: dict[str, str]
    capital_unit: str | None = None
    recognise_others: bool = False
    """Whether columns that are not named are recognised by their headings, or left out."""


@cache
def column_names() -> ColumnNames:
    """Return the bundled alias table.

    Raises:
        CurationError: The file is malformed or names an unknown field.
    """
    file = CuratedFile.bundled("data", "intake", "columns.yml")
    table = file.check(ColumnNames)
    for field in table.columns:
        if field not in FIELDS:
            raise file.error(("columns", field), f"没有字段 {field}", todo="用已有的字段名。")
    return table


def read_mapping(text: str, file: str, names: ColumnNames | None = None) -> Mapping:
    """Return a mapping file's content, its fields those of `names` (a company list's where None).

    Raises:
        CurationError: It is malformed, or names an unknown field.
    """
    curated = CuratedFile(text, file)
    mapping = curated.check(Mapping)
    fields = (names or column_names()).columns
    for field in mapping.columns:
        if field not in fields:
            known = "、".join(fields)
            raise curated.error(("columns", field), f"没有字段 {field}", todo=f"可用：{known}。")
    return mapping


def folded(heading: str) -> str:
    """Return a heading without blanks, marks and width, in lower case."""
    return narrowed(heading).lower().strip("*＊'\"\ufeff")
