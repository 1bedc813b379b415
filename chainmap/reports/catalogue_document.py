"""A catalogue as a Word document in the layout of official papers (公文)."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from pathlib import Path
from typing import Any

from chainmap.catalogue.fairness import needs_review, review_basis, review_mark
from chainmap.concepts.admission import FairCompetition
from chainmap.concepts.catalogue import Catalogue, CatalogueItem, Term
from chainmap.concepts.catalogue_layout import (
    UNDECIDED,
    codes_text,
    passages_text,
    period_text,
    term_code,
)
from chainmap.reports.catalogue_rows import kind_text, priority_words, value_text, wanted_text

FANGSONG, HEITI, KAITI = "仿宋", "黑体", "楷体"
_NUMERALS = "一二三四五六七八九十"
_ITEM_WIDTHS_CM = (1.2, 2.4, 5.1, 1.2, 1.2, 2.0, 2.5)
_ITEM_HEADS = ("序号", "环节", "引进方向", "类型", "优先", "目标对象", "期限")
_STAMP = (2000, 1, 1, 0, 0, 0)
"""Date of the parts inside the file: the same catalogue must give the same bytes."""


def write_catalogue_document(catalogue: Catalogue, rule: FairCompetition, file: Path) -> None:
    """Write a catalogue as a Word document; the same catalogue gives the same bytes.

    Source:
        GB/T 9704-2012 党政机关公文格式: A4, margins 37/35/28/26 mm, 仿宋 body, 黑体 headings.
    """
    from docx import Document

    paper = _Paper(Document(), catalogue)
    state = "" if catalogue.sanction else "（草案）"
    paper.title(f"{catalogue.city}{catalogue.year}年产业链招商目录{state}")
    paper.centred(catalogue.label)
    for text in _preamble(catalogue):
        paper.body(text)
    for number, (chain, name) in enumerate(catalogue.chains.items()):
        items = [item for item in catalogue.items if item.chain == chain]
        paper.heading(f"{_numeral(number)}、{name}（{len(items)}项）")
        paper.items(items, catalogue)
        paper.body(_admission_text(items, catalogue))
    number = len(catalogue.chains)
    paper.heading(f"{_numeral(number)}、准入条件")
    for at, term in enumerate(catalogue.terms):
        paper.body(_term_text(at, term))
    paper.heading(f"{_numeral(number + 1)}、政策依据")
    for at, line in enumerate(passages_text(catalogue.passages).split("\n"), start=1):
        paper.body(f"{at}.{line}")
    marked = [item for item in catalogue.items if needs_review(item)]
    if marked:
        paper.heading(f"{_numeral(number + 2)}、公平竞争审查")
        for item in marked:
            paper.body(f"{item.name}：{item.incentive}（{review_mark(item, rule)}）")
        paper.body(review_basis(rule))
    file.write_bytes(paper.saved())


def _preamble(catalogue: Catalogue) -> list[str]:
    plans = "、".join(f"《{title}》" for title in catalogue.plans) or "无"
    found = [
        f"本目录共{len(catalogue.items)}项，分属{len(catalogue.chains)}条产业链。"
        f"依据的在期规划：{plans}。目录不含激励承诺；“未知”的准入数值须向所列单位核实。"
    ]
    ground = catalogue.groundwork
    if ground:
        found.append(
            f"条目取自本市{ground.n_gaps}项产业链缺口，名录日期{ground.edition.isoformat()}，"
            f"政策时点{ground.as_of.isoformat()}；数量均指名录内数量，供研判参考。"
        )
        found.append(priority_words())
    return found


def _admission_text(items: list[CatalogueItem], catalogue: Catalogue) -> str:
    """Return which admission terms the items of a chain come under, items of equal terms joined."""
    place = {term.id: at for at, term in enumerate(catalogue.terms)}
    order = {item.id: number for number, item in enumerate(catalogue.items, start=1)}
    under: dict[str, list[int]] = {}
    for item in items:
        codes = codes_text([place[term] for term in item.admission]) or "无"
        under.setdefault(codes, []).append(order[item.id])
    if len(under) == 1:
        return f"以上各项适用的准入条件：{next(iter(under))}。"
    said = (f"第{'、'.join(map(str, numbers))}项为{codes}" for codes, numbers in under.items())
    return f"适用的准入条件：{'；'.join(said)}。"


def _numeral(number: int) -> str:
    """Return 一 for 0 … 十 for 9, 十一 for 10."""
    return _NUMERALS[number] if number < 10 else f"十{_NUMERALS[number - 10]}"


def _term_text(at: int, term: Term) -> str:
    number = f"，数值{value_text(term)}（{term.unit}）" if term.unit else ""
    kind = "" if term.binding else "（参考）"
    source = term.source.zh if term.source else "未知"
    ask = f"核实：{term.ask}。" if term.ask else ""
    return (
        f"{term_code(at)} {term.metric.zh}{kind}：{term.requirement}{number}"
        f"（{term.place}）。出处：{source}。{ask}"
    )


class _Paper:
    """A document under construction."""

    def __init__(self, document: Any, catalogue: Catalogue) -> None:
        from docx.shared import Mm

        self._document = document
        day = catalogue.groundwork.edition if catalogue.groundwork else dt.date(2000, 1, 1)
        facts = document.core_properties
        facts.author = facts.last_modified_by = "chainmap"
        facts.title = f"{catalogue.city}{catalogue.year}年产业链招商目录"
        facts.created = facts.modified = dt.datetime(*day.timetuple()[:3])
        facts.comments = catalogue.version_name
        section = document.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.top_margin, section.bottom_margin = Mm(37), Mm(35)
        section.left_margin, section.right_margin = Mm(28), Mm(26)
        self._font(document.styles["Normal"].font, FANGSONG, 16)
        self._chinese()
        self._page_number(section)

    def title(self, text: str) -> None:
        """Add the document's title: 22 pt, centred."""
        self._line(text, HEITI, 22, centred=True, after=6)

    def centred(self, text: str) -> None:
        """Add a line under the title."""
        self._line(text, KAITI, 12, centred=True, after=10)

    def heading(self, text: str) -> None:
        """Add a heading that stays with what follows."""
        paragraph = self._line(text, HEITI, 16, before=8, indent=True)
        paragraph.paragraph_format.keep_with_next = True

    def body(self, text: str) -> None:
        """Add a paragraph of body text, indented by two characters."""
        self._line(text, FANGSONG, 14, indent=True)

    def items(self, items: list[CatalogueItem], catalogue: Catalogue) -> None:
        """Add the table of a chain's items; its header repeats on every page."""
        from docx.shared import Cm

        table = self._document.add_table(rows=1, cols=len(_ITEM_HEADS))
        table.style = "Table Grid"
        table.autofit = False
        for at, head in enumerate(_ITEM_HEADS):
            self._cell(table.rows[0].cells[at], head, HEITI, centred=True)
        self._repeat(table.rows[0])
        order = {item.id: number for number, item in enumerate(catalogue.items, start=1)}
        for item in items:
            row = table.add_row()
            self._whole(row)
            texts = (
                str(order[item.id]), item.name, item.direction, kind_text(item),
                item.priority.zh if item.priority else UNDECIDED, wanted_text(item),
                period_text(item.period),
            )  # fmt: skip
            for at, text in enumerate(texts):
                self._cell(row.cells[at], text, FANGSONG, centred=at in (0, 3, 4, 6))
        for at, width in enumerate(_ITEM_WIDTHS_CM):
            table.columns[at].width = Cm(width)  # WPS and LibreOffice look at the grid,
        for row in table.rows:  # Word at the cells
            for at, width in enumerate(_ITEM_WIDTHS_CM):
                row.cells[at].width = Cm(width)

    def saved(self) -> bytes:
        """Return the document's bytes, its parts dated alike."""
        made = io.BytesIO()
        self._document.save(made)
        fixed = io.BytesIO()
        with (
            zipfile.ZipFile(made) as source,
            zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as target,
        ):
            for part in source.infolist():
                entry = zipfile.ZipInfo(part.filename, _STAMP)
                entry.compress_type = zipfile.ZIP_DEFLATED
                target.writestr(entry, source.read(part))
        return fixed.getvalue()

    def _line(
        self, text: str, face: str, size: int, *, centred: bool = False, **spacing: float
    ) -> Any:
        from docx.enum.text import WD_ALIGN_PARAGRAPH
        from docx.shared import Pt

        paragraph = self._document.add_paragraph()
        layout = paragraph.paragraph_format
        layout.space_before = Pt(spacing.get("before", 0))
        layout.space_after = Pt(spacing.get("after", 0))
        layout.line_spacing = Pt(max(22, size * 1.5))
        if centred:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        if spacing.get("indent"):
            layout.first_line_indent = Pt(size * 2)
        self._font(paragraph.add_run(text).font, face, size)
        return paragraph

    def _cell(self, cell: Any, text: str, face: str, *, centred: bool) -> None:
        from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT
        from docx.enum.text import WD_ALIGN_PARAGRAPH
        from docx.shared import Pt

        cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
        paragraph = cell.paragraphs[0]
        paragraph.paragraph_format.space_after = Pt(0)
        paragraph.paragraph_format.line_spacing = Pt(15)
        if centred:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        self._font(paragraph.add_run(text).font, face, 10.5)

    def _font(self, font: Any, face: str, size: float) -> None:
        """Set a font for both scripts; Word keeps the east-Asian face apart."""
        from docx.oxml.ns import qn
        from docx.shared import Pt

        font.name, font.size = face, Pt(size)
        font.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), face)

    def _chinese(self) -> None:
        """Say that the text is Chinese: else its marks may be drawn the traditional way."""
        from docx.oxml.ns import qn

        for language in self._document.styles.element.iter(qn("w:lang")):
            language.set(qn("w:eastAsia"), "zh-CN")

    def _repeat(self, row: Any) -> None:
        from docx.oxml import OxmlElement

        row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))

    def _whole(self, row: Any) -> None:
        """Keep a row on one page."""
        from docx.oxml import OxmlElement

        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))

    def _page_number(self, section: Any) -> None:
        from docx.enum.text import WD_ALIGN_PARAGRAPH
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn

        paragraph = section.footer.paragraphs[0]
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        self._font(paragraph.add_run("— ").font, "宋体", 14)
        number = paragraph.add_run("1")
        self._font(number.font, "宋体", 14)
        field = OxmlElement("w:fldSimple")
        field.set(qn("w:instr"), "PAGE")
        number._r.addprevious(field)
        field.append(number._r)
        self._font(paragraph.add_run(" —").font, "宋体", 14)
