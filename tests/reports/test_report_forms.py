"""One report in five forms: what stands in the files."""

import io
import re
import zipfile

import pytest

from chainmap.errors import InputError
from chainmap.reports.document import Column, Said, Table, cells
from chainmap.reports.document_files import Form, document_bytes, form_of
from chainmap.reports.report_material import ReportKind
from tests.reports.report_samples import made_up, report


def test_html_needs_nothing_from_elsewhere():
    page = document_bytes(report(ReportKind.GAPS), Form.HTML).decode()
    assert "<script" not in page and not re.search(r'(src|href)="(?!#)', page)
    assert "url(" not in page and "@import" not in page
    targets = set(re.findall(r'href="#(s\d+)"', page))
    assert targets and targets == set(re.findall(r'id="(s\d+)"', page))
    assert "a&lt;b &amp; c|d" in document_bytes(made_up(), Form.HTML).decode()


def test_markdown_keeps_its_tables():
    text = document_bytes(made_up(), Form.MD).decode()
    rows = [line for line in text.splitlines() if line.startswith("| ")]
    assert all(len(re.findall(r"(?<!\\)\|", line)) in (3, 4) for line in rows)
    assert "[2] 政策：《规划》。" in text and "正文\\<b>[2]。" in text


def test_excel_has_a_sheet_for_every_table_and_runs_no_formula():
    from openpyxl import load_workbook

    content = document_bytes(made_up(), Form.XLSX)
    book = load_workbook(io.BytesIO(content))
    assert book.sheetnames == ["摘要", "表甲", "事实", "图1 图甲", "图2 宽图", "资料来源"]
    sheet = book["表甲"]
    assert sheet["C4"].value == "=1+1" and sheet["C4"].data_type == "s"
    assert sheet["A4"].value == 1 and sheet["B4"].value == "第1行 a<b & c|d[2]"
    assert sheet.print_title_rows == "$3:$3" and sheet.freeze_panes == "A4"
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        assert (
            sum(name.startswith("xl/media/") for name in parts.namelist()) == 1
        )  # both draw the same


def test_excel_holds_numbers_as_numbers_as_they_are_shown():
    from openpyxl import load_workbook

    columns = tuple(Column(name, 10, "right") for name in "甲乙丙丁")
    rows = (cells("0.070", "12.5%", "+0.30", "7"), cells("<1%", "—", "-0.01", "1 / 2"))
    whole = Table("全", columns, rows, sheet="全", refs=(1,))
    merged = Table("合", columns[:1], (cells("甲\n乙"),), sheet="合", sortable=whole)
    content = document_bytes(made_up(body=(whole, merged), annex=()), Form.XLSX)
    book = load_workbook(io.BytesIO(content))
    first, second = (list(row) for row in book["全"].iter_rows(min_row=4, max_row=5))
    assert [cell.value for cell in first] == [0.07, 0.125, 0.3, 7]
    assert [cell.number_format for cell in first] == ["0.000", "0.0%", "+0.00;-0.00;0.00", "0"]
    assert [cell.value for cell in second] == ["<1%", "—", -0.01, "1 / 2"]
    assert book["全"]["A1"].value == "全[1]" and book["合"]["A4"].value == 0.07


def test_strong_words_and_the_sources_of_a_whole_table_show_in_every_form():
    from docx import Document as Paper

    table = Table("表", (Column("项", 1),), (cells("一"),), refs=(1, 2))
    document = made_up(abstract=((Said("一是", strong=True), Said("事")),), body=(table,), annex=())
    page = document_bytes(document, Form.HTML).decode()
    assert "<b>一是</b>事" in page and '[<a href="#s1">1</a>,<a href="#s2">2</a>]' in page
    assert "**表**[1,2]" in document_bytes(document, Form.MD).decode()
    paper = Paper(io.BytesIO(document_bytes(document, Form.DOCX)))
    assert any(run.bold and run.text == "一是" for p in paper.paragraphs for run in p.runs)
    caption = next(p for p in paper.paragraphs if p.text == "表[1,2]")
    assert caption.runs[-1].font.superscript and caption.runs[-1].text == "[1,2]"


def test_word_is_laid_out_as_an_official_paper():
    from docx import Document
    from docx.oxml.ns import qn

    paper = Document(io.BytesIO(document_bytes(made_up(), Form.DOCX)))
    texts = [paragraph.text for paragraph in paper.paragraphs]
    assert texts[0] == "甲市报告" and "共三项[1]。无出处" in texts
    assert not any("{" in text for text in texts)
    faces = {
        style.element.rPr.rFonts.get(qn("w:eastAsia"))
        for style in paper.styles
        if style.name.startswith("报告")
    }
    assert {"仿宋", "黑体", "宋体", "楷体"} == faces
    table = paper.tables[0]
    assert len(table.rows) == 4
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)
    section = paper.sections[0]
    room = section.page_width - section.left_margin - section.right_margin
    widths = [column.width for column in table.columns]
    assert sum(widths) == pytest.approx(room, abs=2000) and widths[1] > 5 * widths[0]
    assert len(paper.tables[1].rows) == 1
    sideways = paper.sections[-1]
    assert sideways.page_width > sideways.page_height
    assert {shape._inline.docPr.get("descr") for shape in paper.inline_shapes} == {"甲四成", "宽"}


def test_an_office_may_change_the_word_template(tmp_path):
    from docx import Document

    from chainmap.reports.document_word import bundled_template

    file = tmp_path / "模板.docx"
    file.write_bytes(bundled_template(False))
    own = Document(str(file))
    own.paragraphs[0].insert_paragraph_before("内部资料")
    own.styles["报告正文"].font.name = "楷体"
    own.save(str(file))
    paper = Document(io.BytesIO(document_bytes(made_up(), Form.DOCX, file)))
    assert [p.text for p in paper.paragraphs[:2]] == ["内部资料", "甲市报告"]
    assert paper.styles["报告正文"].font.name == "楷体"


@pytest.mark.parametrize("broken", ["{% if %}", "{{ ''.__class__.__mro__ }}"])
def test_a_template_that_cannot_be_used_is_refused(tmp_path, broken):
    from docx import Document

    file = tmp_path / "a.docx"
    own = Document()
    own.add_paragraph(broken)
    own.save(str(file))
    with pytest.raises(InputError, match=r"a\.docx"):
        document_bytes(made_up(), Form.DOCX, file)
    file.write_bytes(b"no zip")
    with pytest.raises(InputError, match=r"a\.docx"):
        document_bytes(made_up(), Form.DOCX, file)
    with pytest.raises(InputError, match="读不到模板"):
        document_bytes(made_up(), Form.DOCX, tmp_path / "b.docx")
    with pytest.raises(InputError, match="只用于"):
        document_bytes(made_up(), Form.PDF, file)


@pytest.mark.parametrize("form", [Form.DOCX, Form.XLSX])
def test_no_part_of_the_file_carries_the_hour_it_was_made(form):
    content = document_bytes(made_up(), form)
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        assert {part.date_time[0] for part in parts.infolist()} <= {1980, 2000}
        core = parts.read("docProps/core.xml").decode()
    assert "2026-01-02T00:00:00Z" in core


def test_pdf_is_dated_by_the_data():
    from pypdf import PdfReader

    facts = PdfReader(io.BytesIO(document_bytes(made_up(), Form.PDF))).metadata
    assert facts.title == "甲市报告" and facts.creation_date.date().isoformat() == "2026-01-02"


def test_the_end_of_the_name_decides(tmp_path):
    assert form_of(tmp_path / "a.PDF") is Form.PDF
    with pytest.raises(InputError, match="不认识"):
        form_of(tmp_path / "a.doc")
