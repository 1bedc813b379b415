import pytest

from chainmap.reports.text_width import text_width, wrapped

NAMES = ["硅外延片", "模拟与BCD工艺晶圆制造", "2.5D/3D与Chiplet封装", "检验、流通与医疗服务",
         "Metrology and inspection equipment", "（试行）条目", "A" * 40, "一"]  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("width", [4.0, 7.7, 12.0, 60.0])
def test_nothing_is_cut_and_no_line_is_too_wide(name, width):
    lines = wrapped(name, width)
    assert "".join(lines).replace(" ", "") == name.replace(" ", "")
    assert all(text_width(line) <= width for line in lines)


def test_lines_are_even():
    assert [len(line) for line in wrapped("成熟逻辑与特色工艺晶圆", 9.0)] in ([6, 5], [5, 6])


def test_words_and_closing_marks_stay_whole():
    assert wrapped("optical communication chips", 8.5) == ("optical", "communication", "chips")
    assert not any(line.startswith(("、", "）", "，")) for line in wrapped("甲乙丙、丁戊）己", 3.0))
