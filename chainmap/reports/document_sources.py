"""The list of sources of a report, numbered as they are first mentioned."""

from __future__ import annotations

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
    Said,
    Source,
    Table,
    cells,
)

SHOWN_HASH = 16
"""Characters of a hash in the text; the annex gives it whole."""
_NEAREST = [scope.value for scope in CiteScope]


class Cited:
    """Sources under construction; asking for one twice gives the same number."""

    def __init__(self) -> None:
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
        return self.number(
            f"passage {citation.id}", "政策", f"《{citation.title}》{box}，点名“{names}”{over}",
            f"原文第{citation.start}–{citation.end}字，"
            f"原文件校验值 {citation.sha256[:SHOWN_HASH]}",
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
        rows = tuple(cells(f"《{title}》", sha) for title, sha in self._documents.values())
        return Table(
            "政策原文件校验值", (Column("政策文件", 28), Column("SHA-256", 72)), rows,
            sheet="政策原文件",
        )  # fmt: skip


def numbered(document: Document) -> Document:
    """Return a document whose sources are numbered as they are first mentioned; others are gone."""
    order: dict[int, int] = {}

    def said(one: Said) -> Said:
        return replace(one, refs=refs(one.refs)) if one.refs else one

    def refs(given: tuple[int, ...]) -> tuple[int, ...]:
        return tuple(order.setdefault(number, len(order) + 1) for number in given)

    def line(given: Line) -> Line:
        return tuple(said(one) for one in given)

    def block(given: Block) -> Block:
        if isinstance(given, Paragraph):
            return replace(given, line=line(given.line))
        if isinstance(given, Items):
            return replace(given, lines=tuple(line(one) for one in given.lines))
        if isinstance(given, Table):
            columns = tuple(replace(c, refs=refs(c.refs)) for c in given.columns)
            return replace(given, columns=columns, rows=tuple(line(row) for row in given.rows))
        return given

    changed = replace(
        document,
        abstract=tuple(line(one) for one in document.abstract),
        body=tuple(block(one) for one in document.body),
        annex=tuple(block(one) for one in document.annex),
    )
    by_number = {source.number: source for source in document.sources}
    sources = (replace(by_number[old], number=new) for old, new in order.items())
    return replace(changed, sources=tuple(sources))
