from chainmap.reports.document import Paragraph, Said, before_end, plain, refs_text
from chainmap.reports.document_sources import Cited, numbered
from tests.reports.report_samples import made_up


def test_numbers_stand_before_the_closing_mark():
    assert before_end(Said("完整。", (3,))) == ("完整", "。")
    assert before_end(Said("完整。")) == ("完整。", "")
    assert plain((Said("甲；", (1, 2)), Said("乙"))) == "甲[1][2]；乙"
    assert refs_text(()) == ""


def test_sources_are_numbered_by_first_mention_and_unused_ones_are_gone():
    cited = Cited()
    unused, late, early = (cited.number(key, "方法", key) for key in ("甲", "乙", "丙"))
    body = (Paragraph((Said("先", (early,)), Said("后", (late, early)))),)
    document = made_up(abstract=(), body=body, annex=(), sources=cited.sources())
    found = numbered(document)
    assert [(s.number, s.text) for s in found.sources] == [(1, "丙"), (2, "乙")]
    assert found.body[0].line == (Said("先", (1,)), Said("后", (2, 1)))
    assert unused not in {s.text for s in found.sources}


def test_one_source_has_one_number():
    cited = Cited()
    assert cited.formula("甲", "一") == cited.formula("甲", "二") == 1
    assert cited.company("某公司", "某处") == 2
