"""The list of sources of a report, numbered as they are first mentioned."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from chainmap.concepts.kinds import CiteScope
from chainmap.concepts.records import Basis, CitationRecord
from chainmap.reports.document import (
    Block,
    Column,
    Document,
    Items,
    Line,
    Paragraph,
    Picture,
    Source,
    Table,
    cells,
)

SHOWN_HASH = 16
"""Characters of a hash in the text; the annex gives it whole."""
_NEAREST = [scope.value for scope in CiteScope]


class Cited:
    """Sources under construction; asking for one twice gives the same number.

    Args:
        hashed: Whether a passage carries its file's hash: where no annex gives it whole.
    """

    def __init__(self, hashed: bool = False) -> None:
        self._hashed = hashed
        self._sources: dict[str, Source] = {}
        self._documents: dict[str, tuple[str, str]] = {}

    def number(self, key: str, kind: str, text: str, detail: str = "") -> int:
        """Return the number of a source, new or known by its key."""
        if key not in self._sources:
            self._sources[key] = Source(len(self._sources) + 1, kind, text, detail)
        return self._sources[key].number

    def roster(self, basis: Basis) -> int:
        """Return the number of the company roster."""
        return self.number(
            "roster", "数据", f"企业名录（{basis.edition} 版）",
            f"{basis.coverage}数据文件校验值 {basis.data_sha256[:SHOWN_HASH]}",
        )  # fmt: skip

    def taxonomy(self, basis: Basis) -> int:
        """Return the number of the classification of segments."""
        return self.number(
            "taxonomy", "数据", "产业链环节分类（环节、供应关系、政策出处）",
            f"程序版本 {basis.code_version}，分类文件校验值 {basis.taxonomy_sha256[:SHOWN_HASH]}",
        )  # fmt: skip

    def formula(self, name: str, text: str) -> int:
        """Return the number of a method."""
        return self.number(f"formula {name}", "方法", name, text)

    def company(self, company: str, checked_at: str) -> int:
        """Return the number of a company's own facts."""
        return self.number(f"company {company}", "企业", company, f"可核对之处：{checked_at}")

    def passage(self, citation: CitationRecord) -> int:
        """Return the number of a policy passage."""
        self._documents[citation.document_id] = (citation.title, citation.sha256)
        over = "" if citation.in_force else "；已到期，仅供背景"
        box = citation.box or "正文"
        names = "、".join(citation.names)
        sha = f"，原文件校验值 {citation.sha256[:SHOWN_HASH]}" if self._hashed else ""
        return self.number(
            f"passage {citation.id}", "政策", f"《{citation.title}》{box}，点名“{names}”{over}",
            f"原文第{citation.start}–{citation.end}字{sha}",
        )  # fmt: skip

    def passages(self, citations: Iterable[CitationRecord]) -> tuple[int, ...]:
        """Return the numbers of the passages shown for a segment."""
        return tuple(self.passage(citation) for citation in self.shown(citations))

    def shown(self, citations: Iterable[CitationRecord]) -> list[CitationRecord]:
        """Return the first passage, and behind it the nearest where that says more."""
        found = list(citations)
        if not found:
            return []
        nearest = min(found, key=lambda one: _NEAREST.index(one.scope or "chain"))
        return [found[0]] if nearest.scope == found[0].scope else [found[0], nearest]

    def sources(self) -> tuple[Source, ...]:
        """Return the sources so far, by number."""
        return tuple(self._sources.values())

    def documents(self) -> Table | None:
        """Return the table of cited policy files with their whole hashes; None for none."""
        if not self._documents:
            return None
        rows = tuple(
            cells(f"《{title}》", f"{sha[:32]}\n{sha[32:]}")
            for title, sha in self._documents.values()
        )
        return Table(
            "引用的政策原文件（校验值供核对是否同一文件）",
            (Column("政策文件", 40), Column("校验值（SHA-256）", 60)), rows, sheet="政策原文件",
        )  # fmt: skip


def numbered(document: Document) -> Document:
    """Return a document whose sources are numbered as they are first mentioned; others are gone.

    Tables and pictures are numbered too, except in a report of one page.
    """
    numbering = _Numbering(document.brief)
    changed = replace(
        document,
        abstract=tuple(numbering.text(one) for one in document.abstract),
        body=tuple(numbering.block(one) for one in document.body),
        annex=tuple(numbering.block(one) for one in document.annex),
    )
    by_number = {source.number: source for source in document.sources}
    sources = (replace(by_number[old], number=new) for old, new in numbering.order.items())
    return replace(changed, sources=tuple(sources))


class _Numbering:
    """Numbers given so far: `order` is new by old; parts must come in the order they are read."""

    def __init__(self, brief: bool) -> None:
        self.order: dict[int, int] = {}
        self._brief = brief
        self._counts: Counter[str] = Counter()

    def text(self, given: Line) -> Line:
        """Cite once what several sentences in a row rest on, behind the last of them."""
        once = (
            replace(one, refs=()) if at < len(given) and given[at].refs == one.refs else one
            for at, one in enumerate(given, start=1)
        )
        return self._line(tuple(once))

    def block(self, given: Block) -> Block:
        """Number a block's sources, and the block itself where it has a title."""
        if isinstance(given, Paragraph):
            return replace(given, line=self.text(given.line))
        if isinstance(given, Items):
            return replace(given, lines=tuple(self.text(one) for one in given.lines))
        if isinstance(given, Picture):
            return given if given.wide else replace(given, title=self._caption(given))
        if isinstance(given, Table):
            return self._table(replace(given, title=self._caption(given)))
        return given

    def _table(self, given: Table) -> Table:
        return replace(
            given,
            refs=self._refs(given.refs),
            columns=tuple(replace(c, refs=self._refs(c.refs)) for c in given.columns),
            rows=tuple(self._line(row) for row in given.rows),
            sortable=self._table(given.sortable) if given.sortable else None,
        )

    def _caption(self, given: Table | Picture) -> str:
        if self._brief:
            return given.title
        mark = "图" if isinstance(given, Picture) else "表"
        self._counts[mark] += 1
        return f"{mark}{self._counts[mark]}　{given.title}"

    def _line(self, given: Line) -> Line:
        return tuple(replace(one, refs=self._refs(one.refs)) if one.refs else one for one in given)

    def _refs(self, given: tuple[int, ...]) -> tuple[int, ...]:
        return tuple(sorted(self.order.setdefault(n, len(self.order) + 1) for n in given))
