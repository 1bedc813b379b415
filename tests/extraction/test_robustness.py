"""Whatever happens to a text on its way, reading it does not fail and offsets stay exact."""

from __future__ import annotations

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from chainmap.concepts.policy import AdminLevel
from chainmap.extraction.reader import extract_document
from chainmap.sources.policy import PolicySource, policy_from_bytes

_PLACES: dict[str, tuple[str, AdminLevel]] = {
    "江州市": ("990100", "city"),
    "江州": ("990100", "city"),
}
_PLAN = """江州市产业行动计划（2023—2025年）
发布日期：2023-01-02
一、发展目标
到2025年，产值达到1000亿元，新增企业20家以上，培育平台5—6个。(责任单位：市发改委、市经信局)
1.发展数字经济。加快5G、物联网等技术推广。
专栏 1   数字经济重点领域
大数据：开发具有竞争力的数据处理、分析等软件和存储设备，带动车联网等发展。
突破减速器、伺服电机等关键技术，加快机器视觉在汽车、电子领域的应用。 |
重点领域:(1)机床。发展磨床、车床。(2)电机。推动电机向高效化方向发展。
构建以元宇宙、量子信息、柔性电子、先进能源等领域为重点的体系。
支持江州高新区打造创新高地。实施精准招商，编制招商目录。
指标名称 |
2020年 |
2025年 |
年均增长 |
产值(亿元) |
100 |
200 |
3% |
"""
_NOISE = '?|、和。,(）"“：的等及与\ue571\x00\u200b\t \r\n①Y臁嶒専栏12'


def check_offsets(text: str) -> None:
    source = PolicySource("x.txt", "0" * 64, "txt", text)
    found = extract_document(source, {"减速器": ("rb", "rb-x")}, _PLACES)
    for term in found.terms:
        assert text[term.start : term.end] == term.surface
        if term.verb_start is not None and term.verb_end is not None:
            assert 0 <= term.verb_start <= term.verb_end <= len(text)
    spans = [*found.boxes, *found.items, *found.goals, *found.positions, *found.damage]
    for span in [*spans, *found.mechanisms]:
        assert 0 <= span.start <= span.end <= len(text)


@given(st.integers(0, len(_PLAN)), st.integers(0, len(_PLAN)))
@settings(max_examples=40)
def test_cut(start: int, end: int) -> None:
    check_offsets(_PLAN[start:end])


@given(st.randoms(use_true_random=False))
@settings(max_examples=30)
def test_shuffled_lines_and_characters(rng: random.Random) -> None:
    lines = _PLAN.split("\n")
    rng.shuffle(lines)
    check_offsets("\n".join(lines))
    chars = list(_PLAN)
    rng.shuffle(chars)
    check_offsets("".join(chars))


@given(st.randoms(use_true_random=False), st.sampled_from([" ", "\u3000", "\xa0", "  ", "\n"]))
@settings(max_examples=40)
def test_respaced(rng: random.Random, space: str) -> None:
    check_offsets("".join(c + (space if rng.random() < 0.2 else "") for c in _PLAN))


@given(st.randoms(use_true_random=False))
@settings(max_examples=40)
def test_noise_injected(rng: random.Random) -> None:
    check_offsets("".join(rng.choice(_NOISE) if rng.random() < 0.08 else c for c in _PLAN))


@given(
    st.sampled_from(["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "big5"]),
    st.integers(0, 3),
)
@settings(max_examples=24)
def test_reencoded_and_slipped_by_bytes(encoding: str, dropped: int) -> None:
    data = _PLAN.encode(encoding, errors="ignore")
    source = policy_from_bytes("x.txt", data[dropped:])
    check_offsets(source.text)


@given(st.text(max_size=200))
@settings(max_examples=60)
def test_any_text_at_all(text: str) -> None:
    check_offsets(text)


def test_damage_is_reported_where_text_was_broken() -> None:
    broken = _PLAN.replace("1000亿元", "1000").replace("产值达", "产 值达")
    source = PolicySource("x.txt", "0" * 64, "txt", broken.replace("编制", "\ufffd\ufffd"))
    kinds = {d.kind for d in extract_document(source, {}, _PLACES).damage}
    assert {"stray_space", "encoding", "inconsistent_number"} <= kinds
