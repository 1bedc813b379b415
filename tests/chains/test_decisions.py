from __future__ import annotations

from pathlib import Path

import pytest

from chainmap import resources
from chainmap.chains.decisions import Verdict, accept, preview, reject, retire, rollback
from chainmap.chains.journal import Stamp, read_journal, standing
from chainmap.chains.library import ChainLibrary
from chainmap.chains.reader import read_taxonomy
from chainmap.chains.review import review
from chainmap.concepts.proposal import (
    AliasProposal,
    CitationProposal,
    DocumentProposal,
    DomainProposal,
    NewAlias,
    NewCitation,
    NewDocument,
    NewDomain,
    NewPosition,
    NewSegment,
    NewVerb,
    PositionProposal,
    Proposal,
    SegmentProposal,
    VerbProposal,
)
from chainmap.concepts.provenance import Citation
from chainmap.errors import CurationError, InputError, ResourceError, UnknownNameError
from chainmap.sources import taxonomy_files
from tests.small_taxonomy import write_small_taxonomy

STAMP = Stamp("2026-11-21T09:00:00+08:00", "产业处", "核对原文无误")
TEXT = {"reason": "理由", "confidence": 0.9}

DOCUMENT = DocumentProposal(
    id="p-0000000001",
    summary="登记文件",
    entry=NewDocument(
        id="jj2026", title="己市行动方案", region_code="440200", level="city",
        published="2026-03-01", start=2026, end=2030, file="c.txt", sha256="2" * 64,
    ),
    **TEXT,
)  # fmt: skip
PASSAGE = Citation(
    id="jj2026-b1-wafer",
    document="jj2026",
    box="专栏1",
    start=5,
    end=7,
    names=("硅片",),
    verb="培育",
)
CITATION = CitationProposal(
    id="p-0000000002",
    summary="点名硅片",
    entry=NewCitation(target_kind="segment", target="ic-wafer", citation=PASSAGE),
    **TEXT,
)
ALIAS = AliasProposal(
    id="p-0000000003",
    summary="硅片别名",
    entry=NewAlias(target_kind="segment", target="ic-wafer", alias="硅圆片", citation=PASSAGE),
    **TEXT,
)
MASK = Citation(
    id="jj2026-b1-mask", document="jj2026", box="专栏1", start=9, end=12, names=("光掩模",)
)
SEGMENT = SegmentProposal(
    id="p-0000000004",
    summary="增加光掩模",
    entry=NewSegment(
        chain="integrated-circuits", id="ic-mask", name="光掩模", name_en="Photomask",
        group="ic-materials", definition="带电路图形的模板。", industry_codes=("3985",),
        supplies=("ic-fab",), supplied_by=("ic-resist",), citations=(MASK,),
    ),
    **TEXT,
)  # fmt: skip
DOMAIN = DomainProposal(
    id="p-0000000005",
    summary="增加深海装备",
    entry=NewDomain(id="deep-sea", name="深海装备", name_en="Deep sea", documents=("jj2026",)),
    **TEXT,
)
VERB = VerbProposal(
    id="p-0000000006",
    summary="增加动词",
    entry=NewVerb(verb="带动", strength_class="middle"),
    **TEXT,
)
POSITION = PositionProposal(
    id="p-0000000007",
    summary="增加定位",
    entry=NewPosition(
        id="jj2026-at-40", document="jj2026", start=40, end=48, place="己城", code="440200",
        admin_level="zone", terms=("硅片", "光掩模"),
    ),
    **TEXT,
)  # fmt: skip
ALL: list[Proposal] = [POSITION, CITATION, SEGMENT, ALIAS, VERB, DOMAIN, DOCUMENT]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    own = write_small_taxonomy(tmp_path / "own")
    monkeypatch.setenv(resources.OWN_TAXONOMY, str(own))
    assert review(read_taxonomy()) == []
    return own


def texts() -> dict[str, str]:
    return taxonomy_files.taxonomy_texts()


def written(verdict: Verdict) -> Verdict:
    taxonomy_files.replace_taxonomy(verdict.changed, texts())
    return verdict


def library() -> ChainLibrary:
    return ChainLibrary(read_taxonomy())


def test_everything_accepted_is_there_and_reviews_clean(folder: Path) -> None:
    verdict = written(accept(texts(), ALL, STAMP))
    new = library()
    assert verdict.decisions[0].subject == DOCUMENT.id
    assert new.documents["jj2026"].in_force(new.documents["jj2026"].published)
    assert new.citations["jj2026-b1-wafer"] == PASSAGE
    assert new.find_segment("硅圆片").cites[-1] == "jj2026-b1-wafer"
    assert new.find_segment("光掩模").id == "ic-mask"
    assert new.graph.suppliers("ic-mask") == ["ic-resist"]
    assert new.wording.knows("带动")
    assert [p.place for p in new.positions] == ["己城"]
    assert {d.id for d in new.domains} >= {"deep-sea"}
    assert review(read_taxonomy()) == []
    journal = read_journal(texts())
    assert {d.by for d in journal} == {"产业处"} and len(journal) == len(ALL)


def test_layout_is_kept_line_by_line(folder: Path) -> None:
    before = texts()
    written(accept(before, ALL, STAMP))
    for name, old in before.items():
        new = (folder / name).read_text(encoding="utf-8").splitlines()
        changed = [line for line in old.splitlines() if line not in new]
        assert len(changed) <= 3, name
    ic = (folder / "chains/integrated-circuits.yml").read_text(encoding="utf-8")
    assert ic.index("id: ic-resist") < ic.index("id: ic-mask") < ic.index("id: ic-fab\n")


def test_rolling_everything_back_gives_every_byte_back(folder: Path) -> None:
    before = texts()
    written(accept(before, ALL, STAMP))
    for decision in reversed(read_journal(texts())):
        written(rollback(texts(), decision.id, STAMP))
    after = texts()
    assert after.pop("positions.yml").endswith("positions: []\n")
    del after[resources.JOURNAL]
    assert after == before
    assert standing(read_journal(texts())) == {}
    written(accept(texts(), [DOCUMENT], STAMP))


def test_a_decision_others_depend_on_is_not_rolled_back(folder: Path) -> None:
    verdict = written(accept(texts(), [DOCUMENT], STAMP))
    written(accept(texts(), [CITATION], STAMP))
    with pytest.raises(InputError, match="后来的决定依赖"):
        rollback(texts(), verdict.decisions[0].id, STAMP)


def test_what_was_edited_since_is_not_rolled_back(folder: Path) -> None:
    verdict = written(accept(texts(), [VERB], STAMP))
    file = folder / "policy-verbs.yml"
    file.write_text(file.read_text(encoding="utf-8").replace("带动", "拉动"), encoding="utf-8")
    with pytest.raises(InputError, match="后来被改动"):
        rollback(texts(), verdict.decisions[0].id, STAMP)


def test_a_rollback_is_final_and_unknown_decisions_are_named(folder: Path) -> None:
    verdict = written(accept(texts(), [VERB], STAMP))
    back = written(rollback(texts(), verdict.decisions[0].id, STAMP))
    with pytest.raises(InputError, match="已经回退"):
        rollback(texts(), verdict.decisions[0].id, STAMP)
    with pytest.raises(InputError, match="不能再回退"):
        rollback(texts(), back.decisions[0].id, STAMP)
    with pytest.raises(UnknownNameError):
        rollback(texts(), "d-ffffffffff", STAMP)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"definition": ""}, "还缺定义"),
        ({"supplies": (), "supplied_by": ()}, "上下游联系"),
        ({"id": "ic-wafer"}, "编号不改、不复用"),
        ({"id": "ic-materials"}, "编号不改、不复用"),
        ({"id": "IC mask"}, "字段 id"),
        ({"chain": "lasers"}, "没有产业链"),
        ({"id": "rb-mask"}, "prefix"),
        ({"name": "硅片"}, "duplicate-term"),
        ({"supplied_by": ("ic-fab",)}, "成环"),
        ({"supplies": ("ic-nowhere",)}, "没有环节 ic-nowhere"),
        ({"industry_codes": ("9999",)}, "unknown-code"),
        ({"group": "ic-nowhere"}, "没有板块"),
    ],
)
def test_a_segment_that_would_make_things_worse_is_refused_whole(
    folder: Path, change: dict[str, object], message: str
) -> None:
    before = texts()
    bad = SEGMENT.model_copy(update={"entry": SEGMENT.entry.model_copy(update=change)})
    with pytest.raises(InputError, match=message):
        accept(before, [DOCUMENT, bad], STAMP)
    assert texts() == before


def test_a_citation_needs_its_document_and_keeps_its_span(folder: Path) -> None:
    with pytest.raises(InputError, match="没有政策文件 jj2026"):
        accept(texts(), [CITATION], STAMP)
    taken = PASSAGE.model_copy(update={"id": "cc2024-ic"})
    entry = CITATION.entry.model_copy(update={"citation": taken})
    with pytest.raises(InputError, match="已用于另一处原文"):
        accept(texts(), [DOCUMENT, CITATION.model_copy(update={"entry": entry})], STAMP)


def test_a_decided_proposal_is_not_decided_again(folder: Path) -> None:
    written(reject(texts(), [VERB], STAMP))
    with pytest.raises(InputError, match="驳回"):
        accept(texts(), [VERB], STAMP)
    with pytest.raises(InputError, match="须说明理由"):
        reject(texts(), [DOMAIN], STAMP._replace(why=""))


@pytest.mark.parametrize("name", ["王小明", "李伟", "张主任先生", "a@b.cn", "13800000000", ""])
def test_persons_stay_out_of_the_journal(folder: Path, name: str) -> None:
    with pytest.raises(InputError, match="岗位或处室"):
        accept(texts(), [VERB], STAMP._replace(by=name))


@pytest.mark.parametrize("name", ["产业处", "集成电路专班", "评审专家", "Industry Office", "主任"])
def test_roles_and_offices_sign(folder: Path, name: str) -> None:
    assert accept(texts(), [VERB], STAMP._replace(by=name)).decisions[0].by == name


def test_a_preview_says_what_cannot_be_accepted_yet(folder: Path) -> None:
    bare = SEGMENT.model_copy(update={"entry": SEGMENT.entry.model_copy(update={"name_en": ""})})
    new, blocked = preview(texts(), [DOCUMENT, bare])
    assert "jj2026" in new["citations.yml"] and "ic-mask" not in str(new)
    assert "还缺英文名" in blocked[bare.id]


def test_a_successor_answers_for_a_retired_segment(folder: Path) -> None:
    old = library()
    written(retire(texts(), "ic-resist", "ic-wafer", STAMP))
    new = library()
    assert "ic-resist" not in new.segments and "ic-resist" in new.retired
    assert new.find_segment("ic-resist").id == new.find_segment("光刻胶").id == "ic-wafer"
    assert "ic-resist" not in {s.id for c in new.chains.values() for s in c.segments}
    assert set(old.segments["ic-resist"].cites) <= set(new.segments["ic-wafer"].cites)
    assert new.vocabulary()["光刻胶"] == ("integrated-circuits", "ic-wafer")
    assert review(read_taxonomy()) == []
    with pytest.raises(InputError, match="由 ic-wafer 接替"):
        entry = CITATION.entry.model_copy(update={"target": "ic-resist"})
        moved = CITATION.model_copy(update={"entry": entry})
        accept(texts(), [DOCUMENT, moved], STAMP)
    with pytest.raises(UnknownNameError):
        retire(texts(), "ic-resist", "ic-fab", STAMP)
    reused = SEGMENT.model_copy(
        update={"entry": SEGMENT.entry.model_copy(update={"id": "ic-resist"})}
    )
    with pytest.raises(InputError, match="不复用"):
        accept(texts(), [DOCUMENT, reused], STAMP)


def test_links_to_a_retired_segment_lead_to_its_successor(folder: Path) -> None:
    written(retire(texts(), "rb-servo", "rb-arm", STAMP))
    graph = library().graph
    assert graph.users("ic-fab") == ["ic-pack", "rb-arm"]
    assert graph.users("rb-arm") == []


def test_retiring_is_rolled_back(folder: Path) -> None:
    before = texts()
    verdict = written(retire(before, "ic-resist", "ic-wafer", STAMP))
    written(rollback(texts(), verdict.decisions[0].id, STAMP))
    after = texts()
    del after[resources.JOURNAL]
    assert after == before
    written(retire(texts(), "ic-resist", "ic-wafer", STAMP))


def test_retiring_that_would_close_a_cycle_is_refused(folder: Path) -> None:
    with pytest.raises(InputError, match="成环"):
        retire(texts(), "ic-wafer", "ic-pack", STAMP)
    with pytest.raises(InputError, match="自己"):
        retire(texts(), "ic-fab", "ic-fab", STAMP)


def test_successors_in_a_circle_are_an_error(folder: Path) -> None:
    file = folder / "chains/robotics.yml"
    text = file.read_text(encoding="utf-8")
    text = text.replace("supplies: [rb-arm]", "supplies: [rb-arm]\n    replaced_by: rb-arm")
    file.write_text(text + "    replaced_by: rb-servo\n", encoding="utf-8")
    with pytest.raises(CurationError, match="成环"):
        library()


def test_a_file_changed_meanwhile_is_not_overwritten(folder: Path) -> None:
    before = texts()
    verdict = accept(before, [VERB], STAMP)
    file = folder / "policy-verbs.yml"
    file.write_text("# 别人刚改过\n" + file.read_text(encoding="utf-8"), encoding="utf-8")
    with pytest.raises(ResourceError, match="被改动"):
        taxonomy_files.replace_taxonomy(verdict.changed, before)
    assert not (folder / resources.JOURNAL).exists()


def test_a_change_cut_short_is_finished(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    verdict = accept(texts(), [DOCUMENT, CITATION], STAMP)
    monkeypatch.setattr(taxonomy_files, "finish_replacement", lambda: True)
    taxonomy_files.replace_taxonomy(verdict.changed, texts())
    monkeypatch.undo()
    monkeypatch.setenv(resources.OWN_TAXONOMY, str(folder))
    assert "jj2026" not in library().documents
    assert taxonomy_files.finish_replacement()
    assert "jj2026-b1-wafer" in library().segments["ic-wafer"].cites
    assert not taxonomy_files.finish_replacement()
    assert not [f.name for f in folder.rglob(".*")]


def test_a_broken_journal_is_named_with_its_line(folder: Path) -> None:
    (folder / resources.JOURNAL).write_text("{}\n", encoding="utf-8")
    with pytest.raises(CurationError, match=r"decisions\.jsonl:1"):
        read_journal(texts())


def test_the_basis_hash_follows_knowledge_and_not_the_journal(folder: Path) -> None:
    before = resources.content_hash("taxonomy")
    written(reject(texts(), [DOMAIN], STAMP))
    assert resources.content_hash("taxonomy") == before
    written(accept(texts(), [VERB], STAMP))
    assert resources.content_hash("taxonomy") != before


def test_a_folder_that_is_no_taxonomy_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(resources.OWN_TAXONOMY, str(tmp_path))
    with pytest.raises(ResourceError, match=r"没有 domains\.yml"):
        resources.path("taxonomy")
