import zipfile

import pytest

from chainmap.errors import InputError
from chainmap.sources.intake.layout import UnknownLayoutError
from chainmap.sources.intake.opening import Wanted, open_lists
from chainmap.sources.plain_table import read_plain_table
from tests.made_up import TODAY

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
PAGE = "<html><table><tr><td>企业名称</td></tr></table></html>"
XML = '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">'


def named(stream):
    return OLE + stream.encode("utf-16-le") + bytes(512)


@pytest.mark.parametrize(
    ("name", "content", "said", "todo"),
    [
        ("a.pdf", b"%PDF-1.4", "PDF 文件", "另存为 .xlsx"),
        ("扫描.xlsx", b"\xff\xd8\xff\xe0", "图片", "另存为 .xlsx"),
        ("导出.xls", PAGE.encode(), "网页（HTML）", "另存为”选“Excel 工作簿"),
        ("导出.xls", f"\n <!DOCTYPE html>{PAGE}".encode("utf-8-sig"), "网页（HTML）", "另存为”"),
        ("导出.csv", PAGE.encode("utf-16"), "网页（HTML）", "另存为”选“Excel 工作簿"),
        ("导出.xls", XML.encode(), "XML 格式的表格", "另存为”选“Excel 工作簿"),
        ("名单.doc", named("WordDocument"), "Word 文档", "复制到 Excel"),
        ("名单.rar", b"Rar!\x1a\x07\0", "RAR 压缩包", "请先解压"),
        ("名单.docx", "word/document.xml", "Word 文档", "复制到 Excel"),
        ("名单.ods", "content.xml", "OpenDocument 文件", "另存为”选“Excel 工作簿"),
    ],
)
def test_what_is_no_list_is_called_what_it_is(tmp_path, name, content, said, todo):
    file = tmp_path / name
    if isinstance(content, str):
        with zipfile.ZipFile(file, "w") as archive:
            archive.writestr(content, "x")
    else:
        file.write_bytes(content)
    for read in (lambda: open_lists([file], Wanted(None, None, TODAY, tmp_path)),
                 lambda: read_plain_table(file)):  # fmt: skip
        with pytest.raises(InputError, match=f"内容是“{said}”。.*{todo}") as caught:
            read()
        assert not isinstance(caught.value, UnknownLayoutError)


def test_an_encrypted_workbook_is_called_encrypted(tmp_path):
    file = tmp_path / "名单.xlsx"
    file.write_bytes(named("EncryptedPackage"))
    with pytest.raises(InputError, match=r"有密码（已加密）.*清空.*另存后再试"):
        open_lists([file], Wanted(None, None, TODAY, tmp_path))
