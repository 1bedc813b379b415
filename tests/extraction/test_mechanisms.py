from __future__ import annotations

from chainmap.extraction.mechanisms import mechanisms_of
from chainmap.extraction.repair import repair


def test_one_statement_per_category_and_sentence() -> None:
    text = (
        "实施精准招商,编制招商目录,绘制产业链全景图,建立招商数据库,"
        "分类建立技术需求库。严格项目准入,促进错位发展。"
    )
    found = mechanisms_of(repair(text))
    assert {m.category for m in found} == {
        "精准招商", "招商目录", "产业链全景图", "招商数据库", "需求库", "准入", "错位发展",
    }  # fmt: skip
    for one in found:
        assert text[one.start : one.end] == one.statement


def test_headings_are_no_statements() -> None:
    assert mechanisms_of(repair("(一)精准招商行动")) == []
