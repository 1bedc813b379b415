from chainmap.concepts.catalogue import as_draft
from chainmap.reports.catalogue_document import write_catalogue_document
from chainmap.reports.catalogue_rows import priority_words
from chainmap.sources.admission_rules import load_catalogue_rules, load_fair_competition
from tests.catalogue.making import catalogue


def written(tmp_path, made):
    file = tmp_path / "a.docx"
    write_catalogue_document(made, load_fair_competition(), file)
    return file


def test_the_same_catalogue_gives_the_same_bytes(tmp_path):
    made = catalogue()
    assert written(tmp_path, made).read_bytes() == written(tmp_path, made).read_bytes()


def test_it_reads_as_an_official_paper(tmp_path):
    from docx import Document
    from docx.oxml.ns import qn

    made = catalogue()
    first = made.items[0].model_copy(update={"incentive": "用地保障"})
    made = as_draft(made.model_copy(update={"items": (first, *made.items[1:])}), None)
    paper = Document(str(written(tmp_path, made)))
    texts = [paragraph.text for paragraph in paper.paragraphs]
    assert texts[0] == "甲市2026年产业链招商目录（草案）" and made.version_name in texts[1]
    faces = {run._r.rPr.rFonts.get(qn("w:eastAsia")) for p in paper.paragraphs for run in p.runs}
    assert {"仿宋", "黑体"} <= faces
    assert round(paper.sections[0].page_width.mm) == 210
    assert sum(len(table.rows) - 1 for table in paper.tables) == len(made.items)
    said = "".join(texts)
    assert "用地保障（须公平竞争审查）" in said and "国务院令第783号" in said
    assert "数值未知（万元/亩）" in said
    assert "以上各项适用的准入条件：A01" in said
    assert "草案的优先级按4项各计一分：" in said
    languages = {one.get(qn("w:eastAsia")) for one in paper.styles.element.iter(qn("w:lang"))}
    assert languages == {"zh-CN"}


def test_how_priorities_come_about_is_told_from_the_rules():
    rule = load_catalogue_rules().priority
    said = priority_words()
    assert all(point.why in said for point in rule.points)
    assert f"满{rule.high}分为高，{rule.middle}分为中" in said
