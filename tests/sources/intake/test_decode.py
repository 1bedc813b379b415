import pytest

from chainmap.sources.intake.decode import LOST, decode_lines, main_encoding, turned_back

TEXT = "企业名称,经营范围\r\n绍兴某某有限公司,轴承制造\r\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_each_encoding_is_found_and_read(encoding):
    data = TEXT.encode(encoding)
    found = decode_lines(data, main_encoding(data))
    assert found.texts == TEXT.split("\r\n")[:2] and found.odd == {}


@pytest.mark.parametrize(("main", "other"), [("utf-8", "gb18030"), ("gb18030", "utf-8")])
def test_a_line_in_another_encoding_is_read_and_noted(main, other):
    odd = "杭州另编码软件有限公司,软件开发与销售\n"
    data = TEXT.encode(main) * 3 + odd.encode(other) + TEXT.encode(main)
    found = decode_lines(data, main_encoding(data))
    assert found.texts[6] == odd.strip() and list(found.odd) == [6]


def test_utf8_once_read_as_gbk_is_turned_back_only_where_exact():
    line = "绍兴公司，有限责任"
    wrong = line.encode().decode("gb18030", "ignore")
    assert turned_back("绍兴公司".encode().decode("gb18030")) == "绍兴公司"
    assert turned_back(wrong) in (line, None)
    assert turned_back("绍兴某某有限公司") is None


def test_bytes_of_no_encoding_are_marked_lost_not_dropped():
    found = decode_lines(b"abc\n\xff\xfe\xfa\xfb,x\n", "utf-8")
    assert len(found.texts) == 2 and LOST in found.texts[1] and 1 in found.odd
