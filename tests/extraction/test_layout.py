from __future__ import annotations

from chainmap.extraction.layout import body_of, closed, lines_of, unwrapped, widened
from chainmap.extraction.mapped import MappedText


def test_full_width_marks_and_line_ends_become_plain() -> None:
    raw = "到２０２５年，达到３．５％\r\n（一）目标：\u3000完成"
    mapped = widened(MappedText.of(raw))
    assert mapped.text.startswith("到2025年,达到3.5%\n(一)目标:")
    at = mapped.text.index("(")
    start, end = mapped.span(at, at + 1)
    assert raw[start:end] == "（"


def test_spaces_inside_words_close_and_stay_between_latin_words() -> None:
    mapped, damage = closed(MappedText.of("发展 机器 人,到 2022 年建设 AI Lab 平台"))
    assert mapped.text == "发展机器人,到2022年建设AI Lab平台"
    assert {d.kind for d in damage} == {"stray_space"}


def test_tabs_in_a_row_become_cell_marks() -> None:
    mapped, _ = closed(MappedText.of("指标\t2020年\t2025年\t年均增长\n产值\t1\t2\t3%"))
    assert mapped.text.splitlines()[1] == "产值|1|2|3%"


def test_hard_wrapped_text_is_joined_and_headings_are_not() -> None:
    sentence = "加快发展集成电路、机器人、新材料、生物医药等战略性新兴产业和未来产业体系,"
    body = "\n".join([sentence] * 10 + ["(一)总体要求", sentence + "到此。"])
    mapped, damage = unwrapped(MappedText.of(body))
    assert mapped.text.count("\n") == 2
    assert [d.kind for d in damage] == ["wrapped_line"]


def test_page_chrome_is_told_from_the_body() -> None:
    prose = (
        "加快发展集成电路、机器人、新材料、生物医药等战略性新兴产业,"
        "推动产业集聚发展,打造先进制造业基地。"
    )
    lines = lines_of(f"欢迎访问某某网站\n{prose}\n{prose}\n上一篇:通知\n版权所有 某某网")
    assert body_of(lines) == (1, 3)
