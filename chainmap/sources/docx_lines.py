"""The lines of a Word document: its paragraphs, and tables cell by cell.

What was inserted while changes were tracked counts, what was deleted does not; content controls
are seen through. Numbers that Word sets by itself stand as if they had been typed. Text boxes and
footnotes are not drawn out.

Source:
    ECMA-376 part 1, 17.3 (paragraphs and runs), 17.4 (tables), 17.5 (content controls).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from chainmap.sources.docx_numbers import DocxNumbers

CELL_END = " |"
"""What ends a table cell in drawn-out text, as the flattened tables of web copies have it."""

_AROUND = ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag")
"""What only stands around blocks or runs."""
_NO_TEXT = (
    "del",
    "moveFrom",
    "pPr",
    "rPr",
    "sdtPr",
    "drawing",
    "pict",
    "object",
    "AlternateContent",
)


def docx_lines(container: Any, numbers: DocxNumbers | None = None) -> Iterator[str]:
    """Yield the lines of a body or a cell, as its XML element holds them, in order.

    Args:
        container: The element.
        numbers: Those of the document it belongs to; None leaves them out.
    """
    numbers = numbers or DocxNumbers()
    for block in container:
        kind = _kind(block)
        if kind == "p":
            text = "".join(_text(block))
            number = numbers.before(block, text)
            yield number + text if text.strip() else text
        elif kind == "tbl":
            yield from _table_lines(block, numbers)
        elif kind in _AROUND:
            yield from docx_lines(block, numbers)


def numbers_of(document: Any) -> DocxNumbers:
    """Return the numbers of a document as `python-docx` has opened it."""
    from docx.opc.constants import RELATIONSHIP_TYPE

    found = [
        getattr(one.target_part, "element", None)
        for one in document.part.rels.values()
        if one.reltype == RELATIONSHIP_TYPE.NUMBERING and not one.is_external
    ]
    return DocxNumbers(found[0] if found else None, document.styles.element)


def _table_lines(element: Any, numbers: DocxNumbers) -> Iterator[str]:
    from docx.table import Table

    for row in Table(element, None).rows:  # type: ignore[arg-type]
        seen: set[int] = set()
        for cell in row.cells:
            if id(cell._tc) in seen:  # a merged cell comes once per column
                continue
            seen.add(id(cell._tc))
            lines = [line for line in docx_lines(cell._tc, numbers) if line.strip()] or [""]
            yield from [*lines[:-1], lines[-1] + CELL_END]


def _text(node: Any) -> Iterator[str]:
    for child in node:
        kind = _kind(child)
        if kind in _NO_TEXT:
            continue
        if kind == "t":
            yield child.text or ""
        elif kind in ("tab", "ptab"):
            yield "\t"
        elif kind == "cr" or (kind == "br" and "page" not in child.attrib.values()):
            yield "\n"
        elif kind == "noBreakHyphen":
            yield "-"
        else:
            yield from _text(child)


def _kind(node: Any) -> str:
    return node.tag.rpartition("}")[2] if isinstance(node.tag, str) else ""
