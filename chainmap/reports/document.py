"""A report as data: built once, then written as HTML, PDF, Word, Excel or Markdown.

Nothing here knows a form. Every figure carries the numbers of the sources it rests on.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Align = Literal["left", "centre", "right"]


@dataclass(frozen=True)
class Said:
    """Words and the sources they rest on.

    Attributes:
        text: The words.
        refs: Numbers of sources.
        strong: Whether the words stand out: the lead of a paragraph.
    """

    text: str
    refs: tuple[int, ...] = ()
    strong: bool = False


Line = tuple[Said, ...]
"""Sentences that make one paragraph."""


@dataclass(frozen=True)
class Heading:
    """A heading; level 1 opens a part, level 2 a section of it."""

    text: str
    level: int = 1


@dataclass(frozen=True)
class Paragraph:
    """One paragraph of the text; a note is set smaller."""

    line: Line
    note: bool = False


@dataclass(frozen=True)
class Items:
    """Numbered points."""

    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Column:
    """A table's column.

    Attributes:
        name: Its heading.
        width: Share of the table's width, in any unit that the other columns use too.
        align: How its cells stand.
        refs: Sources of every figure in the column.
    """

    name: str
    width: float
    align: Align = "left"
    refs: tuple[int, ...] = ()


@dataclass(frozen=True)
class Table:
    """A table whose header repeats on every page; without `head` it is a list of facts.

    Attributes:
        title: Its title, unique in the document.
        columns: What a row holds.
        rows: Cells in the order of the columns.
        head: Whether the headings are shown.
        sheet: Name of its sheet in Excel; the title where none is given.
        refs: Sources of every figure in the table, shown behind its title.
        sortable: The same rows with one fact a column, for a spreadsheet; None is itself.
    """

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Said, ...], ...]
    head: bool = True
    sheet: str = ""
    refs: tuple[int, ...] = ()
    sortable: Table | None = None


@dataclass(frozen=True)
class Picture:
    """A drawing.

    Attributes:
        title: Its title.
        svg: Self-contained SVG text.
        alt: What it shows, in words, for those who do not see it.
        wide: Whether it needs a page turned sideways.
        share: Share of the page's width it takes; wide ones take all of it.
    """

    title: str
    svg: str
    alt: str
    wide: bool = False
    share: float = 1.0


Block = Heading | Paragraph | Items | Table | Picture


@dataclass(frozen=True)
class Source:
    """What figures rest on: a passage, a roster, a formula, a company's own facts.

    Attributes:
        number: 1…n, in the order of first mention.
        kind: 政策, 数据, 方法 or 企业.
        text: What it is.
        detail: Where exactly: offsets, edition, hash.
    """

    number: int
    kind: str
    text: str
    detail: str


@dataclass(frozen=True)
class Document:
    """A whole report.

    Attributes:
        title: Its title.
        subtitle: What it rests on, in one line.
        name: A file's name without its end.
        day: The day it is dated; from the data, never from the clock.
        abstract: What a hurried reader needs, paragraph by paragraph.
        body: The text.
        annex: Tables and pictures that belong behind it.
        sources: What the small numbers mean.
        brief: Whether it is meant to fit one page.
    """

    title: str
    subtitle: str
    name: str
    day: dt.date
    abstract: tuple[Line, ...]
    body: tuple[Block, ...]
    annex: tuple[Block, ...]
    sources: tuple[Source, ...]
    brief: bool = False

    @property
    def blocks(self) -> Iterator[Block]:
        """Every block, the annex last."""
        yield from self.body
        yield from self.annex


def refs_text(refs: tuple[int, ...]) -> str:
    """Return sources as a reader sees them: `[1,4]`, nothing for none.

    Source:
        GB/T 7714-2015: several sources of one place stand in one pair of brackets.
    """
    return f"[{','.join(map(str, refs))}]" if refs else ""


def before_end(said: Said) -> tuple[str, str]:
    """Return the words before and the closing mark behind the numbers of their sources.

    Source:
        GB/T 7714-2015: a number stands behind the words it is about, before the full stop.
    """
    if said.refs and said.text[-1:] in _ENDS:
        return said.text[:-1], said.text[-1]
    return said.text, ""


_ENDS = ("。", "；", "，")


def plain(line: Line) -> str:
    """Return a line as one string with the numbers of its sources."""
    return "".join(cell_text(said) for said in line)


def cell_text(said: Said) -> str:
    """Return words with the numbers of their sources, as plain text."""
    text, end = before_end(said)
    return text + refs_text(said.refs) + end


def cells(*values: str | int | Said) -> tuple[Said, ...]:
    """Return a row of cells; words and numbers that rest on nothing of their own stay bare."""
    return tuple(value if isinstance(value, Said) else Said(str(value)) for value in values)
