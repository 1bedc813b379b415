"""Reports on paper: rendered, then looked at for what readers would notice."""

import io
import os
import shutil
import subprocess

import pytest

from chainmap.reports.document_files import Form, document_bytes
from chainmap.reports.report_material import ReportKind
from tests.reports.report_samples import made_up, report

needs_poppler = pytest.mark.skipif(
    shutil.which("pdftoppm") is None, reason="needs pdftoppm (apt install poppler-utils)"
)
SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")
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
    assert found and all(dark > 0.004 for dark, _ in found)
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


@needs_poppler
@pytest.mark.skipif(SOFFICE is None, reason="needs LibreOffice (soffice) to render Word")
@pytest.mark.parametrize("kind", [ReportKind.PROFILE, ReportKind.COMPARISON])
def test_word_renders_without_empty_or_cut_pages(kind, tmp_path):
    file = tmp_path / "a.docx"
    file.write_bytes(document_bytes(report(kind), Form.DOCX))
    profile = f"-env:UserInstallation={(tmp_path / 'office').as_uri()}"
    command = [SOFFICE, profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path)]
    done = subprocess.run(
        [*command, str(file)],
        capture_output=True,
        timeout=180,
        env=os.environ | {"HOME": str(tmp_path)},
    )
    if not (tmp_path / "a.pdf").is_file():
        pytest.skip(f"LibreOffice gave no PDF: {done.stderr.decode(errors='replace')[:200]}")
    pdf = (tmp_path / "a.pdf").read_bytes()
    folder = tmp_path / "pages"
    folder.mkdir()
    found = ink(pdf, folder)
    assert all(dark > 0.002 for dark, _ in found) and all(clean for _, clean in found)
    if kind is ReportKind.PROFILE:
        assert len(found) == 1
