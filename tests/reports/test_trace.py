import datetime as dt

import pytest

from chainmap.concepts.policy import Box, Document, PolicyExtraction, Term
from chainmap.concepts.register import PositionFact
from chainmap.reports.trace import Shelf, closed, sentence_around, trace_rows, trace_segment
from tests.world import DAY, small_world

LIBRARY = small_world().library
RESIST = LIBRARY.find_segment("光刻胶")
TEXT = "一、方向。主攻集成电路与先进封装,突破 光刻胶 等材料。二、保障。"
PLAN = LIBRARY.documents["cc2024"]


def trace(shelf=None, positions=()):
    return trace_segment(LIBRARY, RESIST, positions, shelf or Shelf(), DAY)


def test_passages_come_nearest_scope_first_and_say_what_is_over():
    found = [(p.id, p.scope, p.in_force) for p in trace().passages]
    assert found == [
        ("cc2024-resist", "点名环节", True),
        ("pp2020-mat", "点名所属板块", False),
        ("cc2024-ic", "点名所属产业", True),
    ]
    assert [p.cite_scope for p in trace().passages] == ["segment", "group", "chain"]
    assert [row["状态"] for row in trace_rows(trace())] == ["在期", "已到期", "在期"]
    assert "原文" not in trace_rows(trace())[0]


def test_the_sentence_stands_where_the_document_is_at_hand():
    shelf = Shelf(texts={PLAN.sha256: TEXT}, names={PLAN.file: PLAN.sha256})
    own, other, _ = trace(shelf).passages
    assert own.text == "at_hand" and own.surface == TEXT[21:24]
    assert own.sentence is not None and f"【{closed(TEXT[21:24])}】" in own.sentence
    assert (other.text, other.sentence) == ("absent", None)
    assert [row["原文"] for row in trace_rows(trace(shelf))][1] == "原文不在手"


def test_a_changed_file_is_reported_and_never_quoted():
    found = trace(Shelf(texts={"9" * 64: TEXT}, names={PLAN.file: "9" * 64}))
    assert found.changed_files == [PLAN.file]
    assert found.passages[0].text == "changed" and found.passages[0].sentence is None
    assert trace_rows(found)[0]["原文"] == "文件已变，未核对"


def test_positions_that_name_the_field_are_passages_too():
    place = PositionFact(document="cc2024", start=2, end=5, place="乙县", terms=("光刻胶",))
    other = PositionFact(document="cc2024", start=2, end=5, place="丙县", terms=("石墨",))
    last = trace(positions=[place, other]).passages[-1]
    assert (last.kind, last.place, last.scope) == ("position", "乙县", "点名环节")
    assert last.cite_scope == "segment"
    assert len(trace(positions=[place, other]).passages) == 4


def test_a_document_the_taxonomy_does_not_hold_is_read_anew():
    sha = "8" * 64
    start = TEXT.index("光刻胶")
    extraction = PolicyExtraction(
        document=Document(file="new.txt", sha256=sha, title="新规划"),
        boxes=(Box(id="b1", label="专栏9", title="", kind="zhuanlan", start=0, end=30),),
        terms=tuple(
            Term(id=i, box="b1", term="光刻胶", surface="光刻胶", verb="突破", start=start,
                 end=start + 3, segment=segment)
            for i, segment in (("t1", "ic-resist"), ("t2", None))
        ),
    )  # fmt: skip
    last = trace(Shelf({sha: TEXT}, {"new.txt": sha}, [extraction])).passages[-1]
    assert (last.kind, last.title, last.box, last.surface) == (
        "extracted",
        "新规划",
        "专栏9",
        "光刻胶",
    )


@pytest.mark.parametrize(
    ("text", "passage", "expected"),
    [
        ("甲。乙丙丁;戊。", "丙", "乙【丙】丁;"),
        ("甲。乙 丙\n  丁。", "丙", "乙【丙】丁。"),
        ("重点领域\n发展丙。", "丙", "发展【丙】。"),
        ("这一行很长很长很长很长很长很长很长很长很长很长\n发展丙\n\n下节", "丙", None),
        ("发展MEMS (A B)丙。", "丙", "发展MEMS(A B)【丙】。"),
    ],
)
def test_a_sentence_ends_at_a_stop_a_heading_or_a_blank_line(text, passage, expected):
    at = text.index(passage)
    sentence = sentence_around(text, at, at + 1)
    assert sentence == expected if expected else sentence.endswith("发展【丙】")


def test_an_endless_sentence_is_cut_with_a_mark():
    text = "甲" * 300 + "丙" + "乙" * 300
    sentence = sentence_around(text, 300, 301)
    assert sentence.startswith("…甲") and sentence.endswith("乙…") and len(sentence) < 250


def test_a_plan_not_begun_is_neither_in_force_nor_over():
    found = trace_segment(LIBRARY, RESIST, (), Shelf(), dt.date(2017, 1, 1))
    assert {row["状态"] for row in trace_rows(found)} == {"未生效"}
