"""A report in the form asked for: HTML, PDF, Word, Excel or Markdown."""

from __future__ import annotations

import tempfile
from enum import StrEnum
from pathlib import Path

from chainmap.errors import InputError
from chainmap.reports.document import Document
from chainmap.reports.document_html import document_html
from chainmap.reports.document_markdown import document_markdown
from chainmap.reports.document_pdf import document_pdf
from chainmap.reports.document_word import document_docx
from chainmap.reports.document_workbook import write_document_workbook


class Form(StrEnum):
    """What a report is written as; the value is the end of the file's name."""

    HTML = "html"
    PDF = "pdf"
    DOCX = "docx"
    XLSX = "xlsx"
    MD = "md"

    @property
    def media(self) -> str:
        """Its media type."""
        return MEDIA[self]


_OFFICE = "application/vnd.openxmlformats-officedocument"
MEDIA = {
    Form.HTML: "text/html; charset=utf-8",
    Form.PDF: "application/pdf",
    Form.DOCX: f"{_OFFICE}.wordprocessingml.document",
    Form.XLSX: f"{_OFFICE}.spreadsheetml.sheet",
    Form.MD: "text/markdown; charset=utf-8",
}


def form_of(file: Path) -> Form:
    """Return the form a file's name asks for.

    Raises:
        InputError: It ends in none of them.
    """
    try:
        return Form(file.suffix.lower().removeprefix("."))
    except ValueError as error:
        ends = "、".join(f".{form}" for form in Form)
        raise InputError(f"不认识输出格式 {file.name}。", todo=f"请以 {ends} 结尾。") from error


def document_bytes(document: Document, form: Form, template: Path | None = None) -> bytes:
    """Return a report in a form; the same report gives the same bytes.

    Args:
        document: The report.
        form: What it is written as.
        template: The office's own Word template; other forms take none.

    Raises:
        InputError: A template is given for another form than Word, or cannot be used.
        ResourceError: A bundled template or font is missing.
    """
    if template is not None and form is not Form.DOCX:
        raise InputError(f"模板只用于 .docx，不用于 .{form}。", todo="去掉 --template。")
    if form is Form.HTML:
        return document_html(document).encode("utf-8")
    if form is Form.MD:
        return document_markdown(document).encode("utf-8")
    if form is Form.PDF:
        return document_pdf(document)
    if form is Form.DOCX:
        return document_docx(document, template)
    with tempfile.TemporaryDirectory(prefix="chainmap-") as folder:
        file = Path(folder) / "report.xlsx"
        write_document_workbook(document, file)
        return file.read_bytes()
