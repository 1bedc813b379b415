from __future__ import annotations

from chainmap.extraction.repair import repair
from chainmap.extraction.sections import chinese_number, lost_headings, sections_of

_TEXT = """一、总体要求
(一)指导思想。坚持创新驱动。
(三)发展目标。到2025年,产值达到100亿元。
二、主要任务
1.加快技术攻关突破。组织实施重大专项。
2.聚焦更高水平的开放,加快引进重大项目,培育龙头企业,推动产业集聚发展,形成新的增长点。
4.培育壮大企业主体。支持企业做强。"""


def test_numerals_in_both_scripts() -> None:
    assert [chinese_number(n) for n in ("3", "三", "十", "十六", "二十三")] == [3, 3, 10, 16, 23]


def test_a_line_stands_under_its_headings() -> None:
    clean = repair(_TEXT)
    sections = sections_of(clean)
    assert sections.parent(2) == "总体要求 > 发展目标"
    assert sections.parent(4) == "主要任务 > 加快技术攻关突破"


def test_gaps_in_the_numbering_and_nameless_items_are_damage() -> None:
    clean = repair(_TEXT)
    notes = [d.note for d in lost_headings(clean, sections_of(clean))]
    assert any("缺第二" in n or "缺第2项" in n for n in notes)
    assert any("第2条的标题缺失" in n for n in notes)
    assert any("缺第3项" in n for n in notes)


def test_numbering_that_falls_back_to_one_shows_a_lost_heading() -> None:
    text = (
        "一、任务\n(一)平台工程\n1.建设创新平台。完善体系。\n"
        "2.引进研发机构。加强合作。\n1.发展数字经济。加快布局。"
    )
    clean = repair(text)
    sections = sections_of(clean)
    assert any("回到1" in d.note for d in lost_headings(clean, sections))
    assert sections.parent(4) == "任务 > 发展数字经济"
