import io

from chainmap.sources.docx_lines import docx_lines
from chainmap.sources.policy import policy_from_bytes


def _body(inner: str):
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    return parse_xml(f"<w:body {nsdecls('w')}>{inner}</w:body>")


def _run(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


def test_tracked_changes_are_read_as_accepted():
    inner = (
        f"<w:p>{_run('产值达到')}<w:ins>{_run('200亿元')}</w:ins>"
        "<w:del><w:r><w:delText>100亿元</w:delText></w:r></w:del></w:p>"
    )
    assert list(docx_lines(_body(inner))) == ["产值达到200亿元"]


def test_content_controls_and_smart_tags_are_seen_through():
    inner = (
        f"<w:sdt><w:sdtPr/><w:sdtContent><w:p>{_run('一、目标')}</w:p></w:sdtContent></w:sdt>"
        f"<w:p><w:smartTag>{_run('绍兴市')}</w:smartTag><w:r><w:tab/></w:r>{_run('规划')}</w:p>"
    )
    assert list(docx_lines(_body(inner))) == ["一、目标", "绍兴市\t规划"]


def test_plain_documents_read_as_the_library_reads_them():
    import docx
    from docx.enum.text import WD_BREAK

    document = docx.Document()
    document.add_paragraph("一、目标\n第二行\t列")
    table = document.add_table(rows=2, cols=3)
    for at, cell in enumerate(c for row in table.rows for c in row.cells):
        cell.text = f"格{at}"
    table.cell(0, 0).merge(table.cell(1, 0))
    table.cell(0, 1).merge(table.cell(0, 2))
    table.cell(1, 2).add_table(rows=1, cols=1).cell(0, 0).text = "内表"
    document.add_paragraph("").add_run("完").add_break(WD_BREAK.PAGE)
    store = io.BytesIO()
    document.save(store)
    text = policy_from_bytes("a.docx", store.getvalue()).text
    assert text.splitlines()[:2] == ["一、目标", "第二行\t列"]
    assert [line for line in text.splitlines() if line.strip()][2:] == [
        "格0", "格3 |", "格1", "格2 |", "格0", "格3 |", "格4 |", "格5", "内表 | |", "完",
    ]  # fmt: skip
    assert [p.text for p in document.paragraphs] == ["一、目标\n第二行\t列", "完"]
