import io
import re

import pytest

from chainmap.extraction.reader import extract_document
from chainmap.sources.docx_lines import numbers_of
from chainmap.sources.docx_numbers import DocxNumbers
from chainmap.sources.list_numerals import numeral
from chainmap.sources.policy import policy_from_bytes

OUTLINE = (
    ("chineseCounting", "%1、", 1), ("chineseCounting", "（%2）", 1), ("decimal", "%3.", 1),
    ("decimal", "（%4）", 1),
)  # fmt: skip


def level(at, form, text, start=1, more=""):
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def outline(levels=OUTLINE, name=7, more=""):
    """A definition of a list, as Word writes it."""
    inner = "".join(level(at, *one) for at, one in enumerate(levels))
    kind = '<w:multiLevelType w:val="multilevel"/>'
    return f'<w:abstractNum w:abstractNumId="{name}">{kind}{inner or ""}{more}</w:abstractNum>'


def num(name, abstract=7, more=""):
    return f'<w:num w:numId="{name}"><w:abstractNumId w:val="{abstract}"/>{more}</w:num>'


class Typed:
    """A document with lists, written paragraph by paragraph."""

    def __init__(self, *parts):
        import docx
        from docx.oxml import parse_xml
        from docx.oxml.ns import nsdecls

        self.document = docx.Document()
        self._parsed = lambda text: parse_xml(re.sub(r"^<w:\w+", rf"\g<0> {nsdecls('w')}", text))
        root = self.document.part.numbering_part.element
        for one in list(root):
            root.remove(one)
        for part in parts or (outline(), num(3)):
            root.append(self._parsed(part))

    def add(self, text, at=None, of=3, style=None, into=None):
        paragraph = (into or self.document).add_paragraph(text, style)
        if of is not None and at is not None:
            said = f'<w:ilvl w:val="{at}"/><w:numId w:val="{of}"/>'
            paragraph._p.get_or_add_pPr().append(self._parsed(f"<w:numPr>{said}</w:numPr>"))
        return paragraph

    def style_in_list(self, style, inner):
        properties = self.document.styles[style].element.get_or_add_pPr()
        properties.append(self._parsed(f"<w:numPr>{inner}</w:numPr>"))

    @property
    def data(self):
        store = io.BytesIO()
        self.document.save(store)
        return store.getvalue()

    @property
    def lines(self):
        text = policy_from_bytes("a.docx", self.data).text
        return [line for line in text.splitlines() if line]


def test_levels_count_and_begin_anew_under_the_one_above():
    typed = Typed()
    for text, at in (("总体要求", 0), ("指导思想", 1), ("原则", 1), ("甲", 2), ("乙", 2),
                     ("丙", 3), ("产业", 0), ("链", 1), ("丁", 2)):  # fmt: skip
        typed.add(text, at)
    assert typed.lines == [
        "一、总体要求", "（一）指导思想", "（二）原则", "1.甲", "2.乙", "（1）丙", "二、产业",
        "（一）链", "1.丁",
    ]  # fmt: skip


def test_a_list_goes_on_after_plain_text_and_a_new_one_where_it_says():
    again = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    typed = Typed(outline(), num(3), num(4), num(5, more=again))
    for text, at, of in (("甲", 0, 3), ("正文", None, 3), ("乙", 0, 4), ("丙", 0, 5),
                         ("丁", 0, 5), ("戊", 0, 0)):  # fmt: skip
        typed.add(text, at, of)
    assert typed.lines == ["一、甲", "正文", "二、乙", "一、丙", "二、丁", "戊"]


def test_a_level_may_go_on_count_from_elsewhere_and_be_written_otherwise():
    levels = (
        level(0, "decimal", "第%1章", 3),
        level(1, "decimal", "%1.%2", 1, '<w:lvlRestart w:val="0"/>'),
        level(2, "lowerLetter", "%3)"), level(3, "bullet", "\uf06c"),
        level(4, "chineseCounting", "%1-%5", 1, "<w:isLgl/>"),
    )  # fmt: skip
    own = f'<w:lvlOverride w:ilvl="2">{level(2, "upperRoman", "%3：")}</w:lvlOverride>'
    typed = Typed(outline((), more="".join(levels)), num(3), num(4, more=own))
    for text, at, of in (("甲", 0, 3), ("乙", 1, 3), ("丙", 2, 3), ("丁", 2, 4), ("戊", 3, 3),
                         ("己", 0, 3), ("庚", 1, 3), ("辛", 4, 3)):  # fmt: skip
        typed.add(text, at, of)
    assert typed.lines == [
        "第3章甲", "3.1乙", "a)丙", "II：丁", "戊", "第4章己", "4.2庚", "4-1辛",
    ]  # fmt: skip


def test_a_level_that_was_passed_over_has_begun():
    typed = Typed(outline((("decimal", "%1.", 1), ("decimal", "%1.%2.", 1))), num(3))
    for at in (1, 0, 1):
        typed.add("甲", at)
    assert typed.lines == ["1.1.甲", "2.甲", "2.1.甲"]


def test_headings_are_numbered_by_their_style():
    linked = "".join(
        level(at, form, text, 1, f'<w:pStyle w:val="Heading{at + 1}"/>')
        for at, (form, text, _) in enumerate(OUTLINE[:3])
    )
    typed = Typed(outline((), more=linked), num(3))
    typed.style_in_list("Heading 1", '<w:numId w:val="3"/>')
    for at in (1, 2):
        inner = f'<w:ilvl w:val="{at}"/><w:numId w:val="3"/>' if at == 2 else '<w:numId w:val="3"/>'
        typed.style_in_list(f"Heading {at + 1}", inner)
    for text, style in (("甲", 1), ("乙", 2), ("丙", 3), ("丁", 3), ("戊", 1), ("己", 2)):
        typed.add(text, style=f"Heading {style}")
    typed.add("附则", at=0, of=0, style="Heading 1")
    assert typed.lines == ["一、甲", "（一）乙", "1.丙", "2.丁", "二、戊", "（一）己", "附则"]


def test_a_list_may_be_that_of_a_style_of_lists():
    from docx.enum.style import WD_STYLE_TYPE

    link = '<w:numStyleLink w:val="Plan"/>'
    typed = Typed(outline(), f'<w:abstractNum w:abstractNumId="8">{link}</w:abstractNum>', num(3),
                  num(4, 8))  # fmt: skip
    typed.document.styles.add_style("Plan", WD_STYLE_TYPE.LIST)
    typed.style_in_list("Plan", '<w:numId w:val="3"/>')
    typed.add("甲", 0, 4)
    typed.add("乙", 0, 4)
    assert typed.lines == ["一、甲", "二、乙"]


def test_empty_paragraphs_count_deleted_ones_do_not_and_cells_count_once():
    typed = Typed()
    typed.add("甲", 0)
    typed.add("", 0)
    gone = typed.add("", 0)
    gone._p.get_or_add_pPr().append(typed._parsed("<w:rPr><w:del/></w:rPr>"))
    table = typed.document.add_table(rows=2, cols=2)
    typed.add("乙", 0, into=table.cell(0, 0))
    table.cell(0, 0).merge(table.cell(1, 0))
    typed.add("丙", 0)
    assert typed.lines == ["一、甲", "三、乙 |", " |", "三、乙 |", " |", "四、丙"]


def test_digits_do_not_run_together():
    typed = Typed(outline((("decimal", "%1", 1), ("chineseCounting", "%2", 1))), num(3))
    typed.add("2030年", 0)
    typed.add("目标", 0)
    typed.add("2035年", 1)
    assert typed.lines == ["1 2030年", "2目标", "一2035年"]


def test_a_document_without_lists_or_with_broken_ones_is_read_as_it_stands():
    import docx

    plain = docx.Document()
    plain.add_paragraph("甲")
    assert numbers_of(plain).before(plain.paragraphs[0]._p, "甲") == ""
    assert DocxNumbers().before(plain.paragraphs[0]._p, "甲") == ""
    typed = Typed(num(3, 99), outline((("decimal", "%1.", "x" * 9),), 5), num(4, 5))
    typed.add("甲", 0)
    typed.add("乙", 77, 4)
    typed.add("丙", 0, 4)
    typed.add("丁", "x", 4)
    assert typed.lines == ["甲", "乙", "0.丙", "1.丁"]


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ("chineseCountingThousand", "一 十 十一 二十 二十一 一百 一百零五 一百一十 一千零二"),
        ("japaneseCounting", "一 十 十一 二十 二十一 一百 一百零五 一百一十 一千零二"),
        ("chineseLegalSimplified", "壹 拾 拾壹 贰拾 贰拾壹 壹佰 壹佰零伍 壹佰壹拾 壹仟零贰"),
        ("ideographTraditional", "甲 癸 11 20 21 100 105 110 1002"),
        ("ideographDigital", "一 一〇 一一 二〇 二一 一〇〇 一〇五 一一〇 一〇〇二"),
        ("decimalEnclosedCircle", "① ⑩ ⑪ ⑳ 21 100 105 110 1002"),
        ("decimalFullWidth", "１ １０ １１ ２０ ２１ １００ １０５ １１０ １００２"),
        ("lowerLetter", "a j k t u vvvv aaaaa fffff"),
        ("upperRoman", "I X XI XX XXI C CV CX MII"),
        ("decimalZero", "01 10 11 20 21 100 105 110 1002"),
        ("hebrew1", "1 10 11 20 21 100 105 110 1002"),
    ],
)
def test_numerals(form, said):
    numbers = (1, 10, 11, 20, 21, 100, 105, 110, 1002)
    for number, one in zip(numbers, said.split(), strict=False):
        assert numeral(number, form) == one


def test_a_hostile_number_is_short():
    for form in ("lowerLetter", "upperRoman", "chineseCounting", "decimalZero"):
        assert len(numeral(32767, form)) <= 5
    assert numeral(0, "chineseCounting") == numeral(0, "upperRoman") == "0"


def test_an_outline_set_by_word_is_read_as_a_typed_one():
    said = (
        ("某市先进制造业发展规划", None), ("总体要求", 0), ("发展目标", 1),
        ("到2030年，规模以上工业产值达到2000亿元。", None), ("重点领域", 0),
        ("集成电路", 1), ("重点发展光刻胶、电子特气、抛光液。", 2), ("支持封装测试设备研发。", 2),
        ("新材料", 1), ("重点发展碳纤维、高温合金。", None),
    )  # fmt: skip
    typed, set_by_word = Typed(), Typed()
    numbers = iter(("一、", "（一）", "二、", "（一）", "1.", "2.", "（二）"))
    for text, at in said:
        typed.add(text if at is None else next(numbers) + text)
        set_by_word.add(text, at)
    assert typed.lines == set_by_word.lines
    read = [
        extract_document(policy_from_bytes("a.docx", made.data), {"光刻胶": ("ic", "ic-a")}, {})
        for made in (typed, set_by_word)
    ]
    one, other = (found.model_dump(exclude={"document": {"sha256"}}) for found in read)
    assert one == other and read[0].boxes
