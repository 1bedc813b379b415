from hypothesis import given
from hypothesis import strategies as st

from chainmap.sources.intake.delimited import read_records, sniff_delimiter


def records(*lines, width=3):
    return read_records(list(lines), 2, width, ",", {})


def test_regular_quoted_and_blank_lines():
    found = records("a,b,c", 'a,"b,b",c', "", " ,, ", 'a,"say ""x""",c')
    assert found.frame["c1"].to_list() == ["b", "b,b", 'say "x"']
    assert found.frame["row"].to_list() == [2, 3, 6]
    assert found.blank == 2 and found.odd == []


def test_a_cell_over_several_lines_is_one_record():
    found = records('a,"b', "more", 'end",c', "x,y,z")
    assert found.frame["c1"].to_list() == ["b\nmore\nend", "y"]
    assert found.frame["notes"].to_list() == ["单元格内有换行", None]


def test_a_stray_quotation_mark_swallows_nothing():
    found = records('a,5" pipe,c', "d,e,f", "g,h,i", 'j,6" pipe,l')
    assert found.frame["c0"].to_list() == ["d", "g"]
    assert [odd.row for odd in found.odd] == [2, 5]


def test_too_many_and_too_few_cells_are_named():
    found = records("a,b", "a,b,c,d")
    assert [odd.why for odd in found.odd] == ["应有 3 列，实有 2 列", "应有 3 列，实有 4 列"]


@given(st.lists(st.text(alphabet='ab,"\u4e2d', max_size=12), max_size=30))
def test_every_line_is_a_record_a_part_of_one_or_blank(lines):
    found = records(*lines)
    within = sum(str(cell).count("\n") for row in found.frame.rows() for cell in row[2:] if cell)
    within += sum(odd.raw.count("\n") for odd in found.odd)
    assert found.frame.height + len(found.odd) + found.blank + within == len(lines)


def test_the_delimiter_is_the_one_lines_have():
    assert sniff_delimiter(["a\tb\tc", "1\t2,5\t3"]) == "\t"
    assert sniff_delimiter(["a;b", "c;d"]) == ";"
