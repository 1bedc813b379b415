"""A report as Markdown: tables, footnote-like numbers, pictures in words."""

from __future__ import annotations

from collections.abc import Iterator

from chainmap.reports.document import (
    Block,
    Document,
    Heading,
    Items,
    Paragraph,
    Picture,
    Table,
    cell_text,
    plain,
    refs_text,
)

_RULES = {"left": "---", "centre": ":---:", "right": "---:"}


def document_markdown(document: Document) -> str:
    """Return a report as Markdown text; a picture is its title and what it shows."""
    lines = [f"# {document.title}", "", document.subtitle, "", "## 摘要", ""]
    for line in document.abstract:
        lines += [_inert(plain(line)), ""]
    for block in document.body:
        lines += [*_block(block), ""]
    if document.annex:
        lines += ["## 附表", ""]
        for block in document.annex:
            lines += [*_block(block), ""]
    if document.sources:
        lines += ["## 资料来源", ""]
        lines += [
            f"[{source.number}] {source.kind}：{_inert(source.text)}。{_inert(source.detail)}  "
            for source in document.sources
        ]
    return "\n".join(lines).rstrip() + "\n"


def _block(block: Block) -> Iterator[str]:
    if isinstance(block, Heading):
        yield f"{'#' * (block.level + 1)} {_inert(block.text)}"
    elif isinstance(block, Paragraph):
        yield _inert(plain(block.line))
    elif isinstance(block, Items):
        yield from (f"{n}. {_inert(plain(line))}" for n, line in enumerate(block.lines, start=1))
    elif isinstance(block, Picture):
        yield f"**{_inert(block.title)}**"
        yield ""
        yield f"（{_inert(block.alt)}）"
    else:
        yield from _table(block)


def _table(table: Table) -> Iterator[str]:
    yield f"**{_inert(table.title)}**{refs_text(table.refs)}"
    yield ""
    heads = [
        c.name.replace("\n", "<br>") + refs_text(c.refs) if table.head else ""
        for c in table.columns
    ]
    yield f"| {' | '.join(heads)} |"
    yield f"|{'|'.join(_RULES[column.align] for column in table.columns)}|"
    for row in table.rows:
        texts = (_inert(cell_text(cell)).replace("|", "\\|") for cell in row)
        yield f"| {' | '.join(text.replace(chr(10), '<br>') for text in texts)} |"


def _inert(text: str) -> str:
    """Return text whose marks Markdown does not read as its own."""
    for mark in ("\\", "*", "_", "`", "<"):
        text = text.replace(mark, f"\\{mark}")
    return text
