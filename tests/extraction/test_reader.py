from __future__ import annotations

from chainmap.concepts.policy import AdminLevel, PolicyExtraction
from chainmap.extraction.reader import extract_document
from chainmap.sources.policy import PolicySource, read_policy
from tests.shared_data import SHARED_POLICIES, needs_shared

_PLACES: dict[str, tuple[str, AdminLevel]] = {"江州市": ("990100", "city")}
_TEXT = """江州市机器人产业行动计划
一、发展目标
到2025年,全市机器人产业产值达到100亿元以上。
二、主要任务
专栏 1    重点方向
整机:大力发展焊接 机器人、协作机器人,支持在汽车、电子等领域的应用。
突破谐波减速器、RV减速器等关键部件,带动减速器产业集聚。
三、保障措施
实施精准招商,完善招商目录。"""


def _read(text: str) -> PolicyExtraction:
    words = {"减速器": ("robotics", "rb-reducer"), "机器人": ("robotics", None)}
    return extract_document(PolicySource("x.txt", "0" * 64, "txt", text), words, _PLACES)


def test_a_small_plan_comes_out_whole() -> None:
    found = _read(_TEXT)
    assert [b.label for b in found.boxes] == ["专栏1"]
    assert [(i.name, i.inferred, i.chain) for i in found.items] == [
        ("整机", False, "robotics"), ("减速器", True, "robotics"),
    ]  # fmt: skip
    leaves = [t.term for t in found.terms if t.role == "leaf"]
    assert leaves == ["焊接机器人", "协作机器人", "谐波减速器", "RV减速器"] or leaves[:2] == [
        "焊接机器人", "协作机器人",
    ]  # fmt: skip
    reducer = next(t for t in found.terms if t.term == "RV减速器")
    assert (reducer.chain, reducer.segment, reducer.verb) == ("robotics", "rb-reducer", "突破")
    assert [(g.value, g.unit, g.comparator, g.year) for g in found.goals] == [
        (100.0, "亿元", "≥", 2025)
    ]
    assert {m.category for m in found.mechanisms} == {"精准招商", "招商目录"}


def test_a_lost_name_is_marked_with_its_reason() -> None:
    found = _read(_TEXT)
    item = found.items[1]
    assert item.inferred_reason is not None and "减速器" in item.inferred_reason
    assert any(d.kind == "lost_heading" and d.start == item.start for d in found.damage)


def test_surfaces_are_slices_of_the_raw_text_stray_spaces_and_all() -> None:
    found = _read(_TEXT)
    term = next(t for t in found.terms if t.term == "焊接机器人")
    assert term.surface == "焊接 机器人" == _TEXT[term.start : term.end]


def test_the_same_text_reads_the_same_twice() -> None:
    assert _read(_TEXT) == _read(_TEXT)


@needs_shared
def test_documents_at_hand_keep_exact_offsets() -> None:
    for path in sorted(SHARED_POLICIES.glob("*.txt")):
        source = read_policy(path)
        found = extract_document(source, {}, _PLACES)
        assert found.boxes
        for term in found.terms:
            assert source.text[term.start : term.end] == term.surface
