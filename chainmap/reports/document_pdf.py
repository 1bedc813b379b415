"""A report as PDF: its data handed to a typst template, set in the bundled Chinese font."""

from __future__ import annotations

import datetime as dt
import io
import json
from typing import Any

from chainmap import resources
from chainmap.errors import ResourceError
from chainmap.reports.document import (
    Block,
    Document,
    Heading,
    Items,
    Line,
    Paragraph,
    Picture,
    Said,
    Table,
    before_end,
)
from chainmap.reports.document_font import lacking

TEMPLATE = ("api", "report-templates", "report.typ")
_SCALES = (1.0, 0.94, 0.88, 0.82)
"""Sizes of type tried until a one-page report fits its page; below, paper is hard to read."""


def document_pdf(document: Document) -> bytes:
    """Return a report as PDF; the same report gives the same bytes.

    Characters the bundled font lacks are taken from the machine's fonts, where it has them; only
    then do the bytes depend on the machine.

    Raises:
        ResourceError: Template or fonts are missing, or the report cannot be set.
    """
    for scale in _SCALES if document.brief else _SCALES[:1]:
        pdf = _compiled(document, scale)
        if not document.brief or _pages(pdf) == 1:
            break
    return pdf


def _compiled(document: Document, scale: float) -> bytes:
    from typst import Compiler, Fonts

    text = json.dumps(report_data(document), ensure_ascii=False)
    rare = bool(lacking(text))
    compiler = Compiler(
        resources.read_bytes(*TEMPLATE),
        root=str(resources.path("api", "report-templates")),
        font_paths=Fonts(
            include_system_fonts=rare,
            include_embedded_fonts=False,
            font_paths=[str(resources.path("api", "fonts"))],
        ),
        sys_inputs={"report": text, "rare": "yes" if rare else "no", "scale": f"{scale:g}"},
    )
    stamp = dt.datetime(*document.day.timetuple()[:3], tzinfo=dt.UTC)
    made, warnings = compiler.compile_with_warnings(format="pdf", timestamp=stamp)
    if warnings:
        raise ResourceError(
            f"报告排版有问题：{warnings[0].message}。",
            todo="检查 api/report-templates 和 api/fonts。",
        )
    assert isinstance(made, bytes)
    return made


def _pages(pdf: bytes) -> int:
    from pypdf import PdfReader

    return len(PdfReader(io.BytesIO(pdf)).pages)


def report_data(document: Document) -> dict[str, Any]:
    """Return a report as plain data, the shape `report.typ` reads."""
    return {
        "title": document.title,
        "subtitle": document.subtitle,
        "day": [document.day.year, document.day.month, document.day.day],
        "brief": document.brief,
        "abstract": [_line(line) for line in document.abstract],
        "body": _blocks(document.body),
        "annex": _blocks(document.annex),
        "sources": [
            {"number": s.number, "kind": s.kind, "text": s.text, "detail": s.detail}
            for s in document.sources
        ],
    }


def _blocks(blocks: tuple[Block, ...]) -> list[dict[str, Any]]:
    """Return blocks as data; words before a table or a picture stay on its page."""
    return [
        {**_block(block), "sticky": isinstance(block, Paragraph) and _is_held(blocks[at:])}
        for at, block in enumerate(blocks, start=1)
    ]


def _is_held(after: tuple[Block, ...]) -> bool:
    return bool(after) and isinstance(after[0], Picture | Table)


def _block(block: Block) -> dict[str, Any]:
    if isinstance(block, Heading):
        return {"is": "heading", "text": block.text, "level": block.level}
    if isinstance(block, Paragraph):
        return {"is": "paragraph", "line": _line(block.line), "note": block.note}
    if isinstance(block, Items):
        return {"is": "items", "lines": [_line(line) for line in block.lines]}
    if isinstance(block, Picture):
        kept = {"title": block.title, "svg": block.svg, "alt": block.alt}
        return {"is": "picture", **kept, "wide": block.wide, "share": block.share}
    columns = [
        {"name": c.name, "width": c.width, "align": c.align, "refs": list(c.refs)}
        for c in block.columns
    ]
    rows = [[_said(cell) for cell in row] for row in block.rows]
    return {"is": "table", "title": block.title, "columns": columns, "rows": rows,
            "head": block.head, "refs": list(block.refs)}  # fmt: skip


def _line(line: Line) -> list[dict[str, Any]]:
    return [_said(said) for said in line]


def _said(said: Said) -> dict[str, Any]:
    text, end = before_end(said)
    return {"text": text, "refs": list(said.refs), "end": end, "strong": said.strong}
