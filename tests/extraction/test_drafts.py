from __future__ import annotations

import hashlib

import pytest

from chainmap.chains.library import ChainLibrary
from chainmap.chains.names import NameIndex, forms, gloss, normal
from chainmap.concepts.policy import (
    Box,
    Document,
    Item,
    Period,
    PolicyExtraction,
    Position,
    Region,
    Term,
)
from chainmap.concepts.proposal import DraftFile, Proposal
from chainmap.concepts.register import PositionFact
from chainmap.concepts.wording import Unstated, VerbClass, WordingFile
from chainmap.extraction.draft_file import draft_text, read_draft, with_more
from chainmap.extraction.drafts import Known, draft_of
from tests.shared_data import SHARED_POLICIES, needs_shared
from tests.world import DOMAINS, taxonomy

AI = """\
  - id: artificial-intelligence
    name: 人工智能
    name_en: AI
    aliases: [AI, 新能源]
    status: named
    documents: [pp2020]
"""


def library() -> ChainLibrary:
    from dataclasses import replace

    from chainmap.chains.reader import DomainFile
    from chainmap.curated import CuratedFile

    plain = taxonomy()
    file = CuratedFile(DOMAINS + AI, "domains.yml")
    wording = WordingFile(
        unstated=Unstated(strength=0.7, reason="无"),
        classes=(
            VerbClass(
                id="middle", name="发展", strength=0.8, reason="常规", verbs=("发展", "突破")
            ),
        ),
    )
    return ChainLibrary(replace(plain, domains=(file.check(DomainFile), file), wording=wording))


def document(
    sentences: dict[str, list[tuple[str, str]]],
    *,
    title: str = "己市行动方案（2026—2030年）",
    region: str | None = "己山市",
    positions: tuple[Position, ...] = (),
    chain: str | None = "integrated-circuits",
    kind: str = "zhuanlan",
    verb: str = "发展",
) -> PolicyExtraction:
    """Return an extraction of `item name → (term, role)`; offsets count through the terms."""
    at, boxes, items, terms = 10, [], [], []
    for n, (name, found) in enumerate(sentences.items(), 1):
        start = at
        for text, role in found:
            terms.append(
                Term(
                    id=f"t{len(terms)}", box="b1", item=f"i{n}", term=text, surface=text,
                    start=at, end=at + len(text), role=role, verb=verb,
                )
            )  # fmt: skip
            at += len(text) + 1
        items.append(Item(id=f"i{n}", box="b1", name=name, chain=chain, start=start, end=at))
    boxes = [Box(id="b1", label="专栏1", title="重点领域", kind=kind, start=5, end=at)]
    return PolicyExtraction(
        document=Document(
            file="plan.txt",
            sha256=hashlib.sha256(repr((title, sentences)).encode()).hexdigest(),
            title=title,
            region=Region(name=region, code="440200") if region else None,
            period=Period(start=2026, end=2030, horizons=(2030, 2035)),
        ),
        boxes=tuple(boxes),
        items=tuple(items),
        terms=tuple(terms),
        positions=positions,
    )


def draft(*extractions: PolicyExtraction, **known: object) -> DraftFile:
    return draft_of(extractions, Known(library(), "0" * 64, **known))


def of_kind(found: DraftFile, kind: str) -> list[Proposal]:
    return [p for p in found.proposals if p.kind == kind]


def test_names_are_told_by_what_they_mean() -> None:
    assert normal("ＡＩ技术产业") == "ai"
    assert normal("植(介)入产品") == "植介入"
    assert normal("技术") == "技术"
    assert gloss("MEMS（微机电系统）") == ("MEMS", "微机电系统")
    assert gloss("植(介)入产品") is None
    assert forms("MEMS(微机电系统)") == ("mems微机电系统", "mems", "微机电系统")


@pytest.mark.parametrize(
    ("term", "kind", "target", "how"),
    [
        ("光刻胶", "segment", "ic-resist", "same"),
        ("光刻胶技术", "segment", "ic-resist", "same"),
        ("高端光刻胶", "segment", "ic-resist", "quality"),
        ("8英寸以上抛光硅片", "segment", "ic-wafer", "quality"),
        ("极紫外光刻胶", "segment", "ic-resist", "kind_of"),
        ("芯片产业", "chain", "integrated-circuits", "same"),
    ],
)
def test_a_known_thing_is_recognised(term: str, kind: str, target: str, how: str) -> None:
    match = NameIndex(library()).match(term, "integrated-circuits")
    assert match is not None
    assert (match.kind, match.id, match.how) == (kind, target, how)


def test_a_new_document_is_registered_with_a_speaking_id() -> None:
    found = of_kind(draft(document({"材料": [("光刻胶", "leaf")]})), "document")[0]
    assert found.entry.id == "js2026"
    assert (found.entry.start, found.entry.end, found.entry.outlook) == (2026, 2030, 2035)
    assert found.entry.level == "city" and found.fill == ()
    bare = of_kind(draft(document({"材料": [("光刻胶", "leaf")]}, region=None)), "document")[0]
    assert "region_code" in bare.fill


def test_a_known_thing_becomes_one_citation_at_its_weightiest_place() -> None:
    plan = document(
        {"材料": [("极紫外光刻胶", "leaf"), ("光刻胶", "leaf"), ("光刻胶技术", "group")]}
    )
    found = of_kind(draft(plan), "citation")
    assert [(p.entry.target, p.entry.citation.names) for p in found] == [("ic-resist", ("光刻胶",))]
    assert found[0].entry.citation.id == "js2026-b1-resist"
    assert found[0].entry.citation.verb == "发展"
    assert len(found[0].evidence) == 3
    assert "光刻胶" in found[0].reason
    assert not of_kind(draft(plan), "segment")


def test_synonyms_of_two_documents_meet_in_one_domain() -> None:
    one = document({"AI": [("AI", "group")]}, title="甲方案", chain=None)
    other = document({"人工智能技术": [("人工智能技术", "group")]}, title="乙方案", chain=None)
    found = of_kind(draft(one, other), "citation")
    assert [p.entry.target for p in found] == ["artificial-intelligence"] * 2
    assert {p.entry.citation.document for p in found} == {"js2026", "js2026b"}
    assert not of_kind(draft(one, other), "domain")


def test_a_registered_document_is_cited_only_for_what_is_new() -> None:
    plan = document({"材料": [("光刻胶", "leaf"), ("硅片", "leaf")]})
    known = library().documents["cc2024"].sha256
    plan = plan.model_copy(update={"document": plan.document.model_copy(update={"sha256": known})})
    found = draft(plan)
    assert not of_kind(found, "document")
    assert [p.entry.target for p in of_kind(found, "citation")] == ["ic-wafer"]


def test_another_copy_of_a_registered_document_is_left_alone() -> None:
    found = draft(document({"材料": [("光刻胶", "leaf")]}, title="甲市行动方案"))
    assert found.proposals == ()
    assert "内容不同" in found.notes[0]


def test_an_unknown_product_becomes_a_segment_for_the_expert_to_complete() -> None:
    found = of_kind(draft(document({"材料": [("电子束掩模板", "leaf")]})), "segment")[0]
    assert (found.entry.chain, found.entry.group) == ("integrated-circuits", "ic-materials")
    assert found.entry.id.startswith("ic-")
    assert found.entry.supplies == () and found.entry.definition == ""
    assert {"definition", "supplies", "name_en"} <= set(found.fill)
    assert found.entry.citations[0].names == ("电子束掩模板",)
    assert "没有环节对应它" in found.reason and found.evidence[0].start == 10


@pytest.mark.parametrize(
    ("term", "role"),
    [
        ("公共服务平台", "leaf"),
        ("关键材料", "leaf"),
        ("检测和封装设备", "leaf"),
        ("癌症早筛设备", "context"),
        ("这是一个很长很长的描述性说法设备", "leaf"),
    ],
)
def test_what_is_no_product_is_not_proposed(term: str, role: str) -> None:
    assert not of_kind(draft(document({"材料": [(term, role)]})), "segment")


def test_a_field_nobody_knows_becomes_a_domain_once() -> None:
    plans = [
        document({"深海装备": [("深海装备", "group")]}, title=title, chain=None)
        for title in ("甲方案", "乙方案")
    ]
    found = of_kind(draft(*plans), "domain")
    assert [p.entry.name for p in found] == ["深海装备"]
    assert found[0].entry.documents == ("js2026", "js2026b")
    assert len({e.document for e in found[0].evidence}) == 2


def test_a_gloss_gives_an_alias() -> None:
    found = of_kind(draft(document({"材料": [("光刻胶(photoresist)", "leaf")]})), "alias")
    assert [(p.entry.target, p.entry.alias) for p in found] == [("ic-resist", "photoresist")]


def test_verbs_the_table_does_not_place_are_proposed_if_used_twice() -> None:
    plan = document({"材料": [("光刻胶", "leaf"), ("硅片", "leaf")]}, verb="盘活")
    assert [p.entry.verb for p in of_kind(draft(plan), "verb")] == ["盘活"]
    once = document({"材料": [("光刻胶", "leaf")]}, verb="盘活")
    assert not of_kind(draft(once), "verb")
    known = document({"材料": [("光刻胶", "leaf"), ("硅片", "leaf")]}, verb="加快发展")
    assert not of_kind(draft(known), "verb")


def test_positions_of_other_places_are_proposed_unless_registered() -> None:
    elsewhere = Position(start=90, end=99, place="己城", code="440203", terms=("硅片",))
    own = Position(start=70, end=80, place="己山市", code="440200", terms=("硅片",))
    uncoded = Position(start=60, end=65, place="某园", terms=("硅片",))
    plan = document({"材料": [("光刻胶", "leaf")]}, positions=(uncoded, own, elsewhere))
    found = of_kind(draft(plan), "position")
    assert [(p.entry.place, p.entry.id) for p in found] == [("己城", "js2026-at-90")]
    fact = PositionFact(document="js2026", start=88, end=95, place="己城")
    assert not of_kind(draft(plan, positions=[fact]), "position")


def test_ids_are_stable_and_what_is_decided_is_not_proposed_again() -> None:
    plan = document({"材料": [("光刻胶", "leaf"), ("电子束掩模板", "leaf")]})
    first, again = draft(plan), draft(plan)
    assert first == again
    decided = {p.id for p in first.proposals}
    assert draft(plan, decided=decided).proposals == ()


def test_a_draft_is_written_and_read_back_and_keeps_an_experts_work() -> None:
    plan = document({"材料": [("光刻胶", "leaf"), ("电子束掩模板", "leaf")]})
    found = draft(plan)
    text = draft_text(found)
    assert read_draft(text, "d.yml") == found
    assert 'definition: ""  # 待填' in text
    worked = text.replace('definition: ""  # 待填', "definition: 电子束直写用的模板。  # 我写的")
    same, added = with_more(worked, "d.yml", found.proposals)
    assert (same, added) == (worked, 0)
    more = draft(document({"材料": [("硅片", "leaf")]}, title="丙方案"))
    longer, added = with_more(worked, "d.yml", more.proposals)
    assert longer.startswith(worked) and added == len(more.proposals)
    assert len(read_draft(longer, "d.yml").proposals) == len(found.proposals) + added
    empty = draft_text(DraftFile(taxonomy_sha256="0", notes=("注意",)))
    assert read_draft(with_more(empty, "d.yml", found.proposals)[0], "d.yml").notes == ("注意",)


@needs_shared
def test_documents_the_taxonomy_was_made_from_give_few_proposals() -> None:
    from chainmap.chains.library import load_library
    from chainmap.pipeline import extract_files
    from chainmap.sources.register import load_positions

    extractions = extract_files(sorted(SHARED_POLICIES.glob("*.txt")))
    known = Known(load_library(), "0" * 64, positions=load_positions())
    found = draft_of(extractions, known)
    assert not of_kind(found, "document")
    assert len(found.proposals) <= 60
    assert all(p.reason and p.evidence for p in found.proposals)
