"""A report as one HTML file: its style and pictures inside, no script, nothing from elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

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
)

_STYLE = """
:root{color:#14202b;background:#fff;font:16px/1.75 "Noto Sans CJK SC","Source Han Sans SC",
"PingFang SC","Microsoft YaHei",sans-serif}
body{margin:0 auto;max-width:940px;padding:2.5rem 1.25rem 4rem}
h1{font-size:1.75rem;line-height:1.35;text-align:center;margin:0 0 .4rem}
.sub{text-align:center;color:#51606e;margin:0 0 2rem}
h2{font-size:1.25rem;margin:2.4rem 0 .6rem;padding-bottom:.2rem;border-bottom:2px solid #0b4a83}
h3{font-size:1.05rem;margin:1.4rem 0 .4rem}
.abstract{background:#f1f4f7;border-left:4px solid #0b4a83;padding:.7rem 1.2rem;margin:0 0 1rem}
.abstract h2{border:0;margin:0;font-size:1.05rem}.abstract p{margin:.4rem 0}
p.note,figcaption,caption{color:#51606e;font-size:.9rem}
figure{margin:1.4rem 0;text-align:center}figure svg{max-width:100%;height:auto}
figure.wide{overflow-x:auto}figure.wide svg{min-width:900px}
figcaption,caption{font-weight:700;color:#14202b;padding:.35rem 0}
.scroll{overflow-x:auto;margin:1.2rem 0}
table{border-collapse:collapse;width:100%;font-size:.86rem;line-height:1.5}
th,td{border:1px solid #c3ccd5;padding:.35rem .5rem;vertical-align:top;text-align:left;
overflow-wrap:anywhere}
thead th{background:#e4ebf2;text-align:center;vertical-align:middle}
td.centre{text-align:center}td.right{text-align:right;font-variant-numeric:tabular-nums}
td.label{background:#f1f4f7;font-weight:700;white-space:nowrap}
sup{line-height:0;font-size:.68em;white-space:nowrap}sup a{color:#0b4a83;text-decoration:none}
ol.sources{list-style:none;padding:0;font-size:.86rem}
ol.sources li{margin:.3rem 0;padding-left:2.6rem;text-indent:-2.6rem;overflow-wrap:anywhere}
ol.sources b{display:inline-block;width:2.6rem;text-indent:0}ol.sources span{color:#51606e}
ol.sources li:target{background:#fff3c4}
@media screen and (max-width:760px){body{padding:1.2rem .8rem 3rem}.scroll table{min-width:680px}}
@media print{@page{size:A4;margin:18mm 16mm}@page wide{size:A4 landscape;margin:10mm}
@page brief{size:A4;margin:12mm}
:root{font-size:12.5px;print-color-adjust:exact;-webkit-print-color-adjust:exact}
body{max-width:none;padding:0}.scroll{overflow:visible}
thead{display:table-header-group}tr,figure{break-inside:avoid}h2,h3,caption{break-after:avoid}
figure.wide{page:wide;margin:0}figure.wide figcaption{display:none}
figure.wide svg{min-width:0;width:100%;max-height:185mm}
.brief{page:brief;font-size:9.6px;line-height:1.6}.brief h2{margin:.8rem 0 .3rem}
.brief figure,.brief .scroll{margin:.5rem 0}.brief figure svg{max-height:38mm}
.brief p,.brief ul,.brief ol{margin:.3rem 0}}
""".strip()
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"


def document_html(document: Document) -> str:
    """Return a report as a self-contained page that also prints well."""
    title, brief = escape(document.title), ' class="brief"' if document.brief else ""
    parts = [
        f'<!doctype html>\n<html lang="zh-CN"{brief}><head><meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f'<meta name="date" content="{document.day}"><title>{title}</title>',
        f"<style>\n{_STYLE}\n</style></head><body><main>",
        f'<h1>{title}</h1><p class="sub">{escape(document.subtitle)}</p>',
        '<section class="abstract" aria-labelledby="abstract"><h2 id="abstract">摘要</h2>',
        *(f"<p>{_line(line)}</p>" for line in document.abstract),
        "</section>",
        *(part for block in document.body for part in _block(block)),
    ]
    if document.annex:
        parts.append("<h2>附表</h2>")
        parts += [part for block in document.annex for part in _block(block)]
    if document.sources:
        parts.append('<h2>资料来源</h2><ol class="sources">')
        parts += [_source(source) for source in document.sources]
        parts.append("</ol>")
    return "\n".join([*parts, "</main></body></html>"]) + "\n"


def _block(block: Block) -> Iterator[str]:
    if isinstance(block, Heading):
        yield f"<h{block.level + 1}>{escape(block.text)}</h{block.level + 1}>"
    elif isinstance(block, Paragraph):
        mark = ' class="note"' if block.note else ""
        yield f"<p{mark}>{_line(block.line)}</p>"
    elif isinstance(block, Items):
        yield "<ol>" + "".join(f"<li>{_line(line)}</li>" for line in block.lines) + "</ol>"
    elif isinstance(block, Picture):
        wide = ' class="wide"' if block.wide else ""
        yield f"<figure{wide}>{block.svg}<figcaption>{escape(block.title)}</figcaption></figure>"
    else:
        yield from _table(block)


def _table(table: Table) -> Iterator[str]:
    yield f'<div class="scroll"><table><caption>{_title(table)}</caption><colgroup>'
    total = sum(column.width for column in table.columns)
    yield "".join(f'<col style="width:{100 * c.width / total:.1f}%">' for c in table.columns)
    yield "</colgroup>"
    if table.head:
        heads = (
            f'<th scope="col">{escape(c.name).replace(chr(10), "<br>")}{_refs(c.refs)}</th>'
            for c in table.columns
        )
        yield f"<thead><tr>{''.join(heads)}</tr></thead>"
    yield "<tbody>"
    for row in table.rows:
        found = []
        for at, (cell, column) in enumerate(zip(row, table.columns, strict=True)):
            mark = "label" if not table.head and at % 2 == 0 else column.align
            text = _said(cell).replace("\n", "<br>")
            found.append(
                f"<td>{text}</td>" if mark == "left" else f'<td class="{mark}">{text}</td>'
            )
        yield f"<tr>{''.join(found)}</tr>"
    yield "</tbody></table></div>"


def _title(table: Table) -> str:
    return escape(table.title) + _refs(table.refs)


def _source(source: Source) -> str:
    return (
        f'<li id="s{source.number}"><b>[{source.number}]</b>{source.kind}：'
        f"{escape(source.text)}。<span>{escape(source.detail)}</span></li>"
    )


def _line(line: Line) -> str:
    return "".join(_said(said) for said in line)


def _said(said: Said) -> str:
    text, end = before_end(said)
    shown = escape(text)
    return (f"<b>{shown}</b>" if said.strong else shown) + _refs(said.refs) + end


def _refs(refs: tuple[int, ...]) -> str:
    if not refs:
        return ""
    links = ",".join(f'<a href="#s{number}">{number}</a>' for number in refs)
    return f"<sup>[{links}]</sup>"
