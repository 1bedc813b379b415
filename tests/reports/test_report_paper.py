"""Reports on paper: rendered, then looked at for what readers would notice."""

import io
import itertools
import os
import shutil
import subprocess

import pytest

from chainmap.reports.document import Table
from chainmap.reports.document_files import Form, document_bytes
from chainmap.reports.report_catalogue import catalogue_bytes
from chainmap.reports.report_material import ReportKind
from chainmap.sources.admission_rules import load_fair_competition
from tests.catalogue.making import catalogue as drafted
from tests.reports.report_samples import made_up, report

needs_poppler = pytest.mark.skipif(
    shutil.which("pdftoppm") is None, reason="needs pdftoppm (apt install poppler-utils)"
)
SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")
ALMOST_EMPTY = 0.001
"""Share of dark pixels of a page with two lines of small type on it."""
MEASURED = [kind for kind in ReportKind if kind is not ReportKind.CATALOGUE]


def pages_of(pdf):
    from pypdf import PdfReader

    return PdfReader(io.BytesIO(pdf)).pages


def ink(pdf, folder):
    """For every page: its share of dark pixels, and whether its outermost strip is white."""
    file = folder / "a.pdf"
    file.write_bytes(pdf)
    subprocess.run(["pdftoppm", "-r", "40", "-gray", str(file), str(folder / "p")], check=True)
    found = []
    for picture in sorted(folder.glob("p*.pgm")):
        kind, width, height, most, pixels = picture.read_bytes().split(maxsplit=4)
        assert (kind, most) == (b"P5", b"255")
        wide, high = int(width), int(height)
        rows = [pixels[at * wide : (at + 1) * wide] for at in range(high)]
        dark = sum(value < 160 for value in pixels) / len(pixels)
        edge = [*rows[:6], *rows[-6:], *(row[:6] + row[-6:] for row in rows)]
        found.append((dark, min(min(strip) for strip in edge) > 200))
    return found


@needs_poppler
@pytest.mark.parametrize("kind", MEASURED)
def test_no_page_is_empty_and_nothing_runs_off_it(kind, tmp_path):
    found = ink(document_bytes(report(kind), Form.PDF), tmp_path)
    assert found and all(dark > ALMOST_EMPTY for dark, _ in found)
    assert all(clean for _, clean in found)


@needs_poppler
@pytest.mark.parametrize("kind", MEASURED)
def test_every_font_is_ours_and_inside(kind, tmp_path):
    file = tmp_path / "a.pdf"
    file.write_bytes(document_bytes(report(kind), Form.PDF))
    listed = subprocess.run(["pdffonts", str(file)], capture_output=True, text=True, check=True)
    fonts = listed.stdout.splitlines()[2:]
    assert fonts and all("NotoSansCJKsc" in line for line in fonts)
    assert all(line.split()[-5] == "yes" for line in fonts)  # column `emb`


def test_every_row_of_a_long_table_is_on_paper_under_a_repeated_header():
    pages = pages_of(document_bytes(made_up(rows=120), Form.PDF))
    texts = ["".join(page.extract_text().split()) for page in pages]
    text = "".join(texts)
    assert all(f"第{n}行" in text for n in range(1, 121))
    with_rows = [t for t in texts if "行a<b" in t]
    assert len(with_rows) > 2 and all("名称" in t for t in with_rows)


def test_a_profile_fits_one_page():
    assert len(pages_of(document_bytes(report(ReportKind.PROFILE), Form.PDF))) == 1


def test_every_sentence_of_the_abstract_is_on_the_first_page():
    document = report(ReportKind.GAPS)
    first = "".join(pages_of(document_bytes(document, Form.PDF))[0].extract_text().split())
    for line in document.abstract:
        for said in line:
            assert "".join(said.text.split())[:18] in first


def as_pdf(documents, folder):
    """Word files as LibreOffice sets them: one start of it for all, in a home of its own."""
    for name, content in documents.items():
        (folder / f"{name}.docx").write_bytes(content)
    profile = f"-env:UserInstallation={(folder / 'office').as_uri()}"
    command = [SOFFICE, profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder)]
    done = subprocess.run(
        [*command, *(str(folder / f"{name}.docx") for name in documents)],
        capture_output=True,
        timeout=240,
        env=os.environ | {"HOME": str(folder)},
        check=False,
    )
    files = {name: folder / f"{name}.pdf" for name in documents}
    if not all(file.is_file() for file in files.values()):
        said = (done.stderr + done.stdout).decode(errors="replace")
        pytest.skip(f"LibreOffice cannot read Word here (install libreoffice-writer): {said[:300]}")
    return {name: file.read_bytes() for name, file in files.items()}


@pytest.fixture(scope="module")
def in_word(tmp_path_factory):
    """Every kind of report as Word, set on paper: its pages by kind."""
    if SOFFICE is None:
        pytest.skip("needs LibreOffice (apt install libreoffice-writer)")
    made = {kind.value: document_bytes(report(kind), Form.DOCX) for kind in MEASURED}
    rule = load_fair_competition()
    made["catalogue"] = catalogue_bytes(drafted(), rule, Form.DOCX)
    made["long"] = document_bytes(made_up(rows=120), Form.DOCX)
    return as_pdf(made, tmp_path_factory.mktemp("word"))


def sheets_of(pdf, folder):
    """The words of every page without blanks, as poppler reads them."""
    file = folder / "words.pdf"
    file.write_bytes(pdf)
    command = ["pdftotext", "-layout", str(file), "-"]
    text = subprocess.run(command, capture_output=True, check=True).stdout.decode()
    return ["".join(page.split()) for page in text.split("\f")[:-1]]


@needs_poppler
def test_word_renders_without_empty_or_cut_pages(in_word, tmp_path):
    assert set(in_word) == {"long", *(kind.value for kind in ReportKind)}
    for kind, pdf in in_word.items():
        folder = tmp_path / kind
        folder.mkdir()
        found = ink(pdf, folder)
        assert found and all(dark > ALMOST_EMPTY for dark, _ in found), kind
        assert all(clean for _, clean in found), kind
    assert len(pages_of(in_word["profile"])) == 1


@needs_poppler
@pytest.mark.parametrize("kind", MEASURED)
def test_word_shows_every_character(in_word, kind, tmp_path):
    words = "".join(sheets_of(in_word[kind.value], tmp_path))
    tables = [block for block in report(kind).blocks if isinstance(block, Table)]
    said = {char for table in tables for row in table.rows for cell in row for char in cell.text}
    assert said - set(words) <= set(" \n\u3000")
    assert not any(wrong in words for wrong in ("\ufffd", "{{", "{%"))


@needs_poppler
def test_word_repeats_a_tables_header_and_loses_no_row(in_word, tmp_path):
    sheets = sheets_of(in_word["long"], tmp_path)
    words = "".join(sheets)
    assert all(f"第{n}行" in words for n in range(1, 121))
    with_rows = [sheet for sheet in sheets if "行a<b" in sheet]
    assert len(with_rows) > 2 and all("名称" in sheet for sheet in with_rows)


def test_word_breaks_no_number_over_a_line(in_word):
    lines = pages_of(in_word["gaps"])[0].extract_text().splitlines()
    broken = [a for a, b in itertools.pairwise(lines) if a[-1:].isdigit() and b[:1].isdigit()]
    assert broken == []


@needs_poppler
def test_word_fonts_are_inside_the_paper_it_makes(in_word, tmp_path):
    for kind, pdf in in_word.items():
        file = tmp_path / f"{kind}.pdf"
        file.write_bytes(pdf)
        listed = subprocess.run(["pdffonts", str(file)], capture_output=True, text=True, check=True)
        fonts = listed.stdout.splitlines()[2:]
        assert fonts and all(line.split()[-5] == "yes" for line in fonts), kind  # column `emb`
