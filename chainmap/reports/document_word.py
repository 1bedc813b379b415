"""A report as a Word document, filled into a template that an office can edit in WPS or Word.

The template holds every style, the page and the order of the parts (docxtpl marks); what marks
cannot say, column widths and pages turned sideways, is set afterwards.
"""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from chainmap import resources
from chainmap.errors import InputError, reason_of
from chainmap.reports.document import (
    Block,
    Document,
    Heading,
    Items,
    Line,
    Paragraph,
    Picture,
    Said,
    Source,
    Table,
    before_end,
    refs_text,
)
from chainmap.reports.panorama_files import picture_png

FOLDER = ("api", "report-templates")
_STAMP = (2000, 1, 1, 0, 0, 0)
"""Date of the parts inside the file: the same report must give the same bytes."""
_PIXELS = 1500
_WIDE_PIXELS = 2200
_WIDE_MARGIN_MM = 12
_SHORT_ROWS, _SHORT_LETTERS = 12, 700
"""A table of up to so many rows and letters takes at most a third of a page."""
_TABLES_ONLY = ("heading1", "table")


def document_docx(document: Document, template: Path | None = None) -> bytes:
    """Return a report as a Word document; the same report gives the same bytes.

    Args:
        document: The report.
        template: The office's own copy of a bundled template; None takes the bundled one.

    Raises:
        InputError: The template cannot be read, or its marks are broken.
        ResourceError: The bundled template is missing.
    """
    from docxtpl import DocxTemplate
    from jinja2 import TemplateError
    from jinja2.sandbox import SandboxedEnvironment

    name = "profile.docx" if document.brief else "report.docx"
    content = _content(template) if template else resources.read_bytes(*FOLDER, name)
    try:
        paper = DocxTemplate(io.BytesIO(content))
        paper.init_docx()
        # Marks of somebody's own template run in a sandbox: they may show, and nothing else.
        paper.render(_context(paper, document), SandboxedEnvironment(autoescape=True))
    except (TemplateError, zipfile.BadZipFile, ValueError, KeyError) as error:
        if template is None:
            raise
        raise InputError(
            f"模板 {template.name} 不可用（{type(error).__name__}）。",
            todo="请从 chainmap template report 写出的模板改起，不要改动 {{ }} 和 {% %} 标记。",
        ) from error
    _finish(paper.docx, document)
    return _saved(paper.docx)


def bundled_template(brief: bool) -> bytes:
    """Return the bundled template: of one-page reports, or of all the others."""
    return resources.read_bytes(*FOLDER, "profile.docx" if brief else "report.docx")


def _content(template: Path) -> bytes:
    try:
        return template.read_bytes()
    except OSError as error:
        raise InputError(f"读不到模板 {template}：{reason_of(error)}。") from error


def _context(paper: Any, document: Document) -> dict[str, Any]:
    tables = [_block(paper, block) for block in document.annex if not _wide(block)]
    return {
        "title": document.title,
        "subtitle": document.subtitle,
        "abstract": [_rich(line) for line in document.abstract],
        "body": [_block(paper, block) for block in document.body if not _wide(block)],
        "annex": tables,
        "sources": [_source(source) for source in document.sources],
    }


def _wide(block: Block) -> bool:
    return isinstance(block, Picture) and block.wide


def _source(source: Source) -> Mapping[str, str | int]:
    return {"number": source.number, "kind": source.kind, "text": source.text,
            "detail": source.detail}  # fmt: skip


def _block(paper: Any, block: Block) -> dict[str, Any]:
    if isinstance(block, Heading):
        return {"is": f"heading{block.level}", "text": block.text}
    if isinstance(block, Paragraph):
        return {"is": "note" if block.note else "paragraph", "text": _rich(block.line)}
    if isinstance(block, Items):
        lines = [_rich((Said(f"{n}. "), *line)) for n, line in enumerate(block.lines, start=1)]
        return {"is": "items", "points": lines}
    if isinstance(block, Picture):
        return {"is": "picture", "text": block.title, "image": _image(paper, block)}
    heads = [_rich((Said(column.name, column.refs),)) for column in block.columns]
    rows = [[_rich((cell,)) for cell in row] for row in block.rows]
    return {
        "is": "table",
        "text": _titled(block),
        "head": block.head,
        "columns": heads,
        "rows": rows,
    }


def _image(paper: Any, picture: Picture) -> Any:
    from docxtpl import InlineImage

    section = paper.docx.sections[0]
    room = section.page_width - section.left_margin - section.right_margin
    png = io.BytesIO(picture_png(picture.svg, _PIXELS))
    return InlineImage(paper, png, width=round(room * picture.share))


def _rich(line: Line) -> Any:
    """Return a line as text with raised numbers; fonts and sizes stay the template's."""
    from docxtpl import RichText

    rich = RichText()
    for said in line:
        text, end = before_end(said)
        rich.add(text, bold=said.strong)
        if said.refs:
            rich.add(refs_text(said.refs), superscript=True)
        if end:
            rich.add(end)
    return rich


def _finish(paper: Any, document: Document) -> None:
    tables = {_titled(block): block for block in document.blocks if isinstance(block, Table)}
    for made in paper.tables:
        found = tables.get(_caption(made))
        if found is not None:
            _set_columns(paper, made, found)
            _set_caption(paper, made, found)
            _keep_rows(made, found)
    for shape in paper.inline_shapes:
        _keep_before(paper, shape._inline.getparent().getparent().getparent())
    pictures = [b for b in document.blocks if isinstance(b, Picture)]
    plain = [b for b in pictures if not b.wide]
    for shape, picture in zip(paper.inline_shapes, plain, strict=False):
        shape._inline.docPr.set("descr", picture.alt)
    _add_wide(paper, [b for b in pictures if b.wide])
    facts = paper.core_properties
    day = dt.datetime(*document.day.timetuple()[:3])
    facts.author = facts.last_modified_by = "chainmap"
    facts.title, facts.created, facts.modified = document.title, day, day


def _keep_rows(made: Any, table: Table) -> None:
    """Keep a short table on one page, and the first rows of a long one with its header."""
    short = len(table.rows) <= _SHORT_ROWS and _letters(table) <= _SHORT_LETTERS
    held = len(made.rows) - 1 if short else 2
    for row in made.rows[:held]:
        for cell in row.cells:
            for paragraph in cell.paragraphs:
                paragraph.paragraph_format.keep_with_next = True


def _letters(table: Table) -> int:
    return sum(len(cell.text) for row in table.rows for cell in row)


def _caption(table: Any) -> str:
    from docx.oxml.ns import qn

    found = table._tbl.tblPr.find(qn("w:tblCaption"))
    return "" if found is None else str(found.get(qn("w:val")))


def _titled(table: Table) -> str:
    return table.title + refs_text(table.refs)


def _set_caption(paper: Any, made: Any, table: Table) -> None:
    """Raise the numbers behind a table's title; keep the words before it on its page."""
    from docx.text.paragraph import Paragraph as Words

    above = made._tbl.getprevious()
    if above is None or not above.tag.endswith("}p"):
        return
    _keep_before(paper, above)
    words = Words(above, paper)
    if table.refs and words.text == _titled(table) and words.runs:
        for run in words.runs[1:]:
            run.text = ""
        words.runs[0].text = table.title
        words.add_run(refs_text(table.refs)).font.superscript = True


def _keep_before(paper: Any, element: Any) -> None:
    from docx.text.paragraph import Paragraph as Words

    above = element.getprevious()
    if above is not None and above.tag.endswith("}p"):
        words = Words(above, paper)
        if words.style is not None and words.style.name in ("报告正文", "报告注释"):
            words.paragraph_format.keep_with_next = True


def _set_columns(paper: Any, made: Any, table: Table) -> None:
    """Set a table's widths where Word looks (cells) and where WPS does (the grid); align cells."""
    from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml.ns import qn

    sides = {"left": WD_ALIGN_PARAGRAPH.LEFT, "centre": WD_ALIGN_PARAGRAPH.CENTER,
             "right": WD_ALIGN_PARAGRAPH.RIGHT}  # fmt: skip
    section = paper.sections[0]
    room = section.page_width - section.left_margin - section.right_margin
    total = sum(column.width for column in table.columns)
    widths = [round(room * column.width / total) for column in table.columns]
    for grid, width in zip(made._tbl.tblGrid.findall(qn("w:gridCol")), widths, strict=True):
        grid.w = width
    for at, row in enumerate(made.rows):
        head = table.head and at == 0
        for cell, column, width in zip(row.cells, table.columns, widths, strict=True):
            cell.width = width
            if head:
                cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
                continue
            for paragraph in cell.paragraphs:
                paragraph.alignment = sides[column.align]


def _add_wide(paper: Any, pictures: Iterable[Picture]) -> None:
    """Add pictures on pages turned sideways, behind everything else."""
    from docx.enum.section import WD_ORIENT, WD_SECTION
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Mm, Pt

    shown = list(pictures)
    if not shown:
        return
    section = paper.add_section(WD_SECTION.NEW_PAGE)
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    margin = Mm(_WIDE_MARGIN_MM)
    section.left_margin = section.right_margin = margin
    section.top_margin, section.bottom_margin, section.footer_distance = margin, Mm(14), Mm(6)
    room, high = Mm(297) - 2 * margin, Mm(210) - margin - Mm(20)
    for picture in shown:
        paragraph = paper.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        layout = paragraph.paragraph_format
        layout.space_before = layout.space_after = Pt(0)
        layout.line_spacing = 1.0
        png = io.BytesIO(picture_png(picture.svg, _WIDE_PIXELS))
        shape = paragraph.add_run().add_picture(png, width=room)
        if shape.height > high:
            shape.width, shape.height = round(room * high / shape.height), high
        shape._inline.docPr.set("descr", picture.alt)


def _saved(paper: Any) -> bytes:
    """Return the document's bytes, its parts dated alike."""
    made, fixed = io.BytesIO(), io.BytesIO()
    paper.save(made)
    with (
        zipfile.ZipFile(made) as source,
        zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for part in source.infolist():
            entry = zipfile.ZipInfo(part.filename, _STAMP)
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, source.read(part))
    return fixed.getvalue()
