from __future__ import annotations

import hashlib
import io
from pathlib import Path

import pytest

from chainmap.errors import DocumentError
from chainmap.sources.policy import CELL_END, decode, policy_from_bytes, read_policy

_TEXT = "江州市产业计划\r\n到2025年，发展集成电路、机器人。\n"
_TRADITIONAL = "江州市產業計劃\n到2025年,發展積體電路、機器人產業,推動創新驅動發展。\n"


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be", "utf-32"],
)
def test_text_in_any_encoding_comes_out_the_same_line_ends_and_all(encoding: str) -> None:
    assert policy_from_bytes("a.txt", _TEXT.encode(encoding)).text == _TEXT


def test_big5_is_seen_by_its_characters() -> None:
    assert decode(_TRADITIONAL.encode("big5")) == (_TRADITIONAL, "big5")


def test_gb18030_reaches_past_gbk() -> None:
    text = "发展𠮷祥材料、㐂庆产业，推动集聚发展。"
    assert decode(text.encode("gb18030")) == (text, "gb18030")


def test_broken_bytes_show_as_replacement_characters() -> None:
    text, _ = decode(_TEXT.encode("utf-8")[:-3] + b"\xff\xff" + "发展".encode())
    assert "\ufffd" in text


def test_the_hash_is_of_the_bytes(tmp_path: Path) -> None:
    path = tmp_path / "计划.txt"
    path.write_bytes(_TEXT.encode("gb18030"))
    source = read_policy(path)
    assert source.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert (source.file, source.format, source.encoding) == ("计划.txt", "txt", "gb18030")


def test_html_drops_what_is_not_text_and_keeps_cells() -> None:
    html = (
        "<html><head><title>通知</title><script>var x=1</script></head><body><nav>首页</nav>"
        "<p>一、目标</p><p>发展<b>机器人</b>。</p><table><tr><td>指标</td><td><p>产值</p></td></tr></table>"
        "<footer>版权所有</footer></body></html>"
    )
    source = policy_from_bytes("a.html", html.encode("gb18030"))
    assert source.text.splitlines() == [
        "通知", "一、目标", "发展机器人。", "指标" + CELL_END, "产值" + CELL_END,
    ]  # fmt: skip


def test_html_follows_its_declared_encoding() -> None:
    html = '<html><head><meta charset="gb2312"></head><body><p>发展机器人</p></body></html>'
    assert policy_from_bytes("a.htm", html.encode("gbk")).text == "发展机器人"


def test_docx_paragraphs_and_tables_in_order() -> None:
    import docx

    document = docx.Document()
    document.add_paragraph("一、目标")
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text = "指标"
    table.cell(0, 1).text = "产值\n100"
    document.add_paragraph("二、任务")
    buffer = io.BytesIO()
    document.save(buffer)
    source = policy_from_bytes("a.docx", buffer.getvalue())
    assert source.format == "docx"
    assert source.text.splitlines() == ["一、目标", "指标 |", "产值", "100 |", "二、任务"]


def test_pdf_without_a_text_layer_is_refused_with_advice() -> None:
    from pypdf import PdfWriter

    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    buffer = io.BytesIO()
    writer.write(buffer)
    with pytest.raises(DocumentError, match="文字识别"):
        policy_from_bytes("a.pdf", buffer.getvalue())


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.txt", b""),
        ("a.txt", b" \n "),
        ("a.doc", b"\xd0\xcf\x11\xe0rest"),
        ("a.zip", b"PK\x03\x04rest"),
        ("a.docx", b"PK\x03\x04word/rest"),
        ("a.pdf", b"%PDF-1.7 broken"),
    ],
)  # fmt: skip
def test_files_that_cannot_be_read_say_what_to_do(name: str, data: bytes) -> None:
    with pytest.raises(DocumentError):
        policy_from_bytes(name, data)


def test_a_missing_file_is_a_document_error(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="没有找到"):
        read_policy(tmp_path / "无.txt")


def test_a_pdf_with_a_password_is_told_from_a_broken_one_and_nothing_else_is_said(
    capsys: pytest.CaptureFixture[str],
) -> None:
    from pypdf import PdfWriter

    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    writer.encrypt("secret", algorithm="RC4-128")
    locked = io.BytesIO()
    writer.write(locked)
    with pytest.raises(DocumentError, match="有密码"):
        policy_from_bytes("a.pdf", locked.getvalue())
    with pytest.raises(DocumentError, match="已损坏"):
        policy_from_bytes("a.pdf", b"%PDF-1.4\ngarbage")
    assert capsys.readouterr().err == ""


def test_a_folder_is_told_from_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="是文件夹"):
        read_policy(tmp_path)
