from dataclasses import replace

import pytest

from chainmap.chains.library import ChainLibrary
from chainmap.chains.reader import read_taxonomy
from chainmap.chains.review import review
from chainmap.errors import CurationError
from tests.world import CITATIONS, IC, RB, taxonomy


def rules(**changed):
    return {
        f.rule
        for f in review(taxonomy(**changed))
        if f.file in ("ic.yml", "rb.yml", "citations.yml")
    }


def test_the_small_taxonomy_is_clean():
    assert rules() == set()


def test_the_bundled_taxonomy_is_clean():
    assert [str(finding) for finding in review(read_taxonomy())] == []


TESTING = "    kind: service\n    definition: 替别人测芯片。\n"
PACK = "    definition: 给芯片装上外壳。\n"


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        (PACK, PACK + "    supplies: [ic-wafer]\n", "cycle"),
        (PACK, PACK + "    supplies: [ic-pack]\n", "self-link"),
        ("id: ic-resist\n", "id: ic-wafer\n", "duplicate-id"),
        ("supplies: [ic-fab]", "supplies: [ic-nothing]", "dangling"),
        ("terms: [抛光硅片]", "terms: [抛光硅片，硅抛光片]", "separator"),
        ("terms: [抛光硅片]", "terms: [光刻胶]", "duplicate-term"),
        ('industry_codes: ["3985"]', 'industry_codes: ["0000"]', "unknown-code"),
        ("id: ic-testing\n", "id: rb-testing\n", "prefix"),
        (TESTING + "    supplies: [ic-pack]\n", TESTING, "orphan"),
        (
            TESTING + "    supplies: [ic-pack]\n",
            TESTING + "    supplies: [rb-arm]\n",
            "disconnected",
        ),
    ],
)
def test_each_fault_is_found(old, new, rule):
    assert old in IC
    assert rule in rules(ic=IC.replace(old, new))


def test_a_segment_nothing_cites_is_found():
    assert "uncited" in rules(rb=RB.replace("cites: [pp2020-robot]\n", ""))


def test_an_unused_citation_is_found():
    extra = "  - {id: cc2024-spare, document: cc2024, box: 专栏9, start: 1, end: 2, names: [闲]}\n"
    assert "unused-citation" in rules(citations=CITATIONS + extra)


def test_a_finding_names_file_line_and_field():
    broken = IC.replace('industry_codes: ["3985"]', 'industry_codes: ["0000"]')
    finding = next(f for f in review(taxonomy(ic=broken)) if f.rule == "unknown-code")
    line = broken.splitlines().index('    industry_codes: ["0000"]') + 1
    assert str(finding).startswith(f"ic.yml:{line} [segments.0(ic-wafer).industry_codes.0]")


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("    group: ic-making\n", "    group: ic-nowhere\n", "ic-nowhere"),
        ("supplies: [ic-fab]", "supplies: [ic-nothing]", "ic-nothing"),
        ("cites: [cc2024-resist]", "cites: [cc2024-none]", "cc2024-none"),
    ],
)
def test_a_reference_that_leads_nowhere_raises_with_its_line(old, new, what):
    broken = IC.replace(old, new, 1)
    with pytest.raises(CurationError, match=what) as caught:
        ChainLibrary(taxonomy(ic=broken))
    assert what in broken.splitlines()[caught.value.line - 1]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (PACK, PACK + "    supplies: [ic-wafer]\n", "成环"),
        (PACK, PACK + "    supplies: [ic-pack]\n", "供给自己"),
        ("id: ic-fab\n", "id: ic-pack\n", r"ic-pack 写了两次，另见 ic\.yml:"),
        ("{id: ic-making,", "{id: ic-materials,", "ic-materials 写了两次"),
    ],
)
def test_the_library_refuses_at_the_door(old, new, said):
    assert old in IC
    with pytest.raises(CurationError, match=said) as caught:
        ChainLibrary(taxonomy(ic=IC.replace(old, new, 1)))
    assert caught.value.line > 1 and caught.value.todo


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("start: 10, end: 20", "start: 20, end: 20", "应大于"),
        ("{id: cc2024-resist,", "{id: cc2024-ic,", "cc2024-ic 写了两次"),
    ],
)
def test_the_library_refuses_bad_passages(old, new, said):
    with pytest.raises(CurationError, match=said):
        ChainLibrary(taxonomy(citations=CITATIONS.replace(old, new, 1)))


def test_a_domain_of_no_chain_is_refused():
    read = taxonomy(ic=IC.replace("supplies: [ic-pack, rb-servo]", "supplies: [ic-pack]"))
    with pytest.raises(CurationError, match="没有产业链 robotics") as caught:
        ChainLibrary(replace(read, chains=read.chains[:1]))
    assert (caught.value.file, caught.value.line) == ("domains.yml", 3)


def test_the_review_lists_every_fault_of_the_door():
    broken = IC.replace(PACK, PACK + "    supplies: [ic-pack, ic-wafer]\n").replace(
        "cites: [cc2024-ic]", "cites: [cc2024-ic, cc2024-no]"
    )
    assert {"self-link", "dangling"} <= rules(ic=broken)


def test_a_quoted_word_with_a_mark_is_meant():
    assert rules(ic=IC.replace("terms: [抛光硅片]", 'terms: ["抛光、研磨硅片"]')) == set()
