from chainmap.reports.document import (
    Column,
    Paragraph,
    Picture,
    Said,
    Table,
    before_end,
    cells,
    plain,
    refs_text,
)
from chainmap.reports.document_sources import Cited, numbered
from tests.reports.report_samples import made_up


def test_numbers_stand_before_the_closing_mark():
    assert before_end(Said("完整。", (3,))) == ("完整", "。")
    assert before_end(Said("完整。")) == ("完整。", "")
    assert plain((Said("甲；", (1, 2)), Said("乙"))) == "甲[1,2]；乙"
    assert refs_text(()) == ""


def test_sources_are_numbered_by_first_mention_and_unused_ones_are_gone():
    cited = Cited()
    unused, late, early = (cited.number(key, "方法", key) for key in ("甲", "乙", "丙"))
    body = (Paragraph((Said("先", (early,)), Said("后", (late, early)))),)
    document = made_up(abstract=(), body=body, annex=(), sources=cited.sources())
    found = numbered(document)
    assert [(s.number, s.text) for s in found.sources] == [(1, "丙"), (2, "乙")]
    assert found.body[0].line == (Said("先", (1,)), Said("后", (1, 2)))
    assert unused not in {s.text for s in found.sources}


def test_what_several_sentences_in_a_row_rest_on_is_cited_once():
    cited = Cited()
    one, two = (cited.number(key, "方法", key) for key in ("甲", "乙"))
    line = (Said("一。", (one,)), Said("二。", (one,)), Said("三。", (two,)))
    found = numbered(made_up(abstract=(line,), body=(), annex=(), sources=cited.sources()))
    assert plain(found.abstract[0]) == "一。二[1]。三[2]。"


def test_tables_and_pictures_are_numbered_but_not_in_a_brief_report():
    table = Table("甲", (Column("项", 1),), (cells("一"),))
    body = (table, Picture("乙", "<svg/>", "乙"), Table("丙", (Column("项", 1),), ()))
    more = {"abstract": (), "body": body, "annex": (), "sources": ()}
    titles = [block.title for block in numbered(made_up(**more)).body]
    assert titles == ["表1　甲", "图1　乙", "表2　丙"]
    assert numbered(made_up(**more, brief=True)).body[0].title == "甲"


def test_one_source_has_one_number():
    cited = Cited()
    assert cited.formula("甲", "一") == cited.formula("甲", "二") == 1
    assert cited.company("某公司", "某处") == 2
