"""Hostile files, made when they are needed: nothing dangerous lies in the repository."""

import io
import struct
import zipfile
import zlib
from pathlib import Path

HEAD = "企业名称,统一社会信用代码,经营范围\r\n"
SHEET = "xl/worksheets/sheet1.xml"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "haha">'
    + "".join(
        f'<!ENTITY {chr(98 + i)} "{"&" + chr(97 + i) + ";" * 1}{f"&{chr(97 + i)};" * 9}">'
        for i in range(9)
    )
    + "]>"
)
OUTSIDE = '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY x SYSTEM "file:///etc/passwd">]>'


def write_all(folder: Path) -> list[Path]:
    """Write every file; returns their paths by name."""
    made = {**_texts(), **_archives(), **_books(), **_documents(), **_others()}
    for name, content in made.items():
        (folder / name).write_bytes(content)
    return [folder / name for name in sorted(made)]


def packed(members: dict[str, bytes | str]) -> bytes:
    """Return a zip of members."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def book(sheet: str, **more: bytes | str) -> bytes:
    """Return a workbook with one sheet of XML as given."""
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    return packed(
        {
            "[Content_Types].xml": f'<Types xmlns="{package}/content-types">'
            '<Default Extension="xml" ContentType="application/xml"/></Types>',
            "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" '
            f'Type="{relation}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
            "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{relation}"><sheets>'
            '<sheet name="一" sheetId="1" r:id="r1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}/relationships">'
            f'<Relationship Id="r1" Type="{relation}/worksheet" '
            'Target="worksheets/sheet1.xml"/></Relationships>',
            SHEET: sheet,
        }
        | more
    )


def _texts() -> dict[str, bytes]:
    columns = ",".join(f"列{i}" for i in range(20_000))
    return {
        "空.csv": b"",
        "零字节.csv": HEAD.encode() + b"\x00" * 4096,
        "一行二十万字.csv": HEAD.encode() + "甲".encode() * 200_000,
        "两万列.csv": f"企业名称,{columns}\r\n甲,{columns}\r\n".encode(),
        "引号不闭.csv": (HEAD + '"甲厂,乙\r\n' * 5000).encode(),
        "公式.csv": (HEAD + '=HYPERLINK("http://evil.example"),@SUM(1),+cmd|calc\r\n').encode(),
        "代理字符.csv": HEAD.encode() + "甲".encode("utf-16-le") + b"\xed\xa0\x80,\xff\xfe\r\n",
        "改了扩展名.csv": b"\x7fELF" + bytes(range(256)) * 64,
        "只有表头.csv": HEAD.encode(),
        "控制字符.csv": (HEAD + "甲\x1b[2J\x07厂,\u202e倒,\u200b\r\n").encode(),
    }


def _archives() -> dict[str, bytes]:
    row = (HEAD + "甲厂,,轴承的生产\r\n").encode()
    nested = packed({"名单.csv": row})
    for depth in range(40):
        nested = packed({f"{depth}.zip": nested})
    lying = bytearray(packed({"名单.csv": b"0" * 5_000_000}))
    at = lying.rfind(b"PK\x01\x02")
    lying[at + 24 : at + 28] = struct.pack("<I", 10)  # says it is ten bytes
    return {
        "炸弹.zip": packed({"名单.csv": b"0" * (90 << 20)}),
        "层层.zip": nested,
        "谎报大小.zip": bytes(lying),
        "上级目录.zip": packed({"../../etc/名单.csv": row, "/abs/名单.csv": row}),
        "五千成员.zip": packed({f"{i}.csv": b"x" for i in range(5000)}),
        "半截.zip": packed({"名单.csv": row * 1000})[:300],
        "空.zip": packed({}),
    }


def _books() -> dict[str, bytes]:
    rows = f'<worksheet xmlns="{MAIN}"><sheetData>{{}}</sheetData></worksheet>'
    cell = '<row r="1"><c r="A1" t="inlineStr"><is><t>{}</t></is></c></row>'
    far = '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>远</t></is></c></row>'
    return {
        "外部实体.xlsx": book(OUTSIDE + rows.format(cell.format("&x;"))),
        "亿万笑.xlsx": book(LAUGHS + rows.format(cell.format("&j;"))),
        "天涯海角.xlsx": book(rows.format(cell.format("企业名称") + far)),
        "膨胀.xlsx": book(rows.format(" " * (150 << 20))),
        "半截.xlsx": book(rows.format(cell.format("企业名称")))[:700],
        "不是表.xlsx": packed({"a.txt": "x"}),
        "网页.xls": "<html><table><tr><td>企业名称</td></tr></table></html>".encode(),
        "坏的.xls": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(range(256)) * 40,
    }


def _documents() -> dict[str, bytes]:
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    body = f'<w:document xmlns:w="{word}"><w:body><w:p><w:r><w:t>{{}}</w:t></w:r></w:p></w:body>'
    body += "</w:document>"
    return {
        "外部实体.docx": packed({"word/document.xml": OUTSIDE + body.format("&x;")}),
        "亿万笑.docx": packed({"word/document.xml": LAUGHS + body.format("&j;")}),
        "炸弹.docx": packed({"word/document.xml": b" " * (150 << 20)}),
        "循环.pdf": b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 1 0 R/Kids[1 0 R]/Count 9>>endobj\n"
        b"trailer<</Root 1 0 R>>",
        "流炸弹.pdf": b"%PDF-1.4\n1 0 obj<</Length 9/Filter/FlateDecode>>stream\n"
        + zlib.compress(b"0" * (50 << 20))
        + b"\nendstream endobj\ntrailer<</Root 1 0 R>>",
        "深.html": b"<div>" * 5_000,
        "空白.txt": b" " * 1_000_000,
    }


def _others() -> dict[str, bytes]:
    return {
        "深.json": b"[" * 100_000,
        "笑.yml": b"a: &a [x,x,x,x,x,x,x,x,x]\n"
        + b"".join(
            f"{chr(98 + i)}: &{chr(98 + i)} [{','.join(['*' + chr(97 + i)] * 9)}]\n".encode()
            for i in range(9)
        ),
        "程序.yml": b"!!python/object/apply:os.system ['echo hacked']\n",
        "坏.parquet": b"PAR1" + bytes(range(256)) * 20 + b"PAR1",
        "程序.pkl": b"\x80\x04cos\nsystem\n(S'true'\ntR.",
    }
