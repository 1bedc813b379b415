import pytest

from chainmap.chains.library import ChainLibrary, load_library
from chainmap.chains.lookup import chain_named
from chainmap.concepts.kinds import CiteScope, Stage
from chainmap.errors import AmbiguousNameError, UnknownNameError
from tests.world import taxonomy

LIBRARY = ChainLibrary(taxonomy())


@pytest.mark.parametrize(
    "given", ["integrated-circuits", "集成电路", "芯片", "integrated CIRCUITS"]
)
def test_a_chain_answers_to_all_its_names(given):
    assert LIBRARY.find_chain(given).id == "integrated-circuits"


def test_an_unknown_chain_offers_the_nearest():
    with pytest.raises(UnknownNameError) as caught:
        LIBRARY.find_chain("集成电器")
    assert caught.value.nearest[0] == "集成电路"


@pytest.mark.parametrize("given", ["ic-wafer", "硅片", "硅晶圆片", "抛光硅片", "silicon WAFER"])
def test_a_segment_answers_to_all_its_names(given):
    assert LIBRARY.find_segment(given).id == "ic-wafer"


def test_a_segment_is_looked_for_in_the_chain_asked_for():
    with pytest.raises(UnknownNameError):
        LIBRARY.find_segment("硅片", LIBRARY.find_chain("机器人"))


def test_citations_come_with_the_nearest_scope_first():
    scopes = [(scope, cited.id) for scope, cited in LIBRARY.cited("ic-resist")]
    assert scopes == [
        (CiteScope.SEGMENT, "cc2024-resist"),
        (CiteScope.GROUP, "pp2020-mat"),
        (CiteScope.CHAIN, "cc2024-ic"),
    ]


def test_a_segment_stands_where_its_group_stands():
    assert LIBRARY.stage_of("ic-wafer") is Stage.UPSTREAM


def test_the_graph_knows_both_directions_and_crosses_chains():
    assert LIBRARY.graph.suppliers("ic-fab") == ["ic-resist", "ic-wafer"]
    assert LIBRARY.graph.users("ic-fab") == ["ic-pack", "rb-servo"]
    assert ("ic-fab", "rb-servo") in LIBRARY.graph.edges("robotics")


def test_the_sparse_form_of_the_graph_has_the_same_links():
    segments, links = LIBRARY.graph.adjacency
    assert list(segments) == sorted(LIBRARY.segments)
    rows, columns = links.nonzero()
    found = {(segments[p], segments[q]) for p, q in zip(rows, columns, strict=True)}
    assert found == {(p, q) for p in segments for q in LIBRARY.graph.users(p)}


def test_every_name_leads_to_one_segment():
    assert LIBRARY.vocabulary()["抛光硅片"] == ("integrated-circuits", "ic-wafer")


def test_a_text_may_name_a_whole_field():
    fields = LIBRARY.field_vocabulary()
    assert fields["芯片"] == ("integrated-circuits", None)
    assert fields["抛光硅片"] == ("integrated-circuits", "ic-wafer")


def test_a_field_that_is_named_but_not_drawn_says_so():
    with pytest.raises(UnknownNameError, match="尚未绘制"):
        load_library().find_chain("人工智能")


@pytest.mark.parametrize(
    ("given", "chain"),
    [("IC", "integrated-circuits"), ("机器人", "robotics"), ("医药", "biomedicine")],
)
def test_what_people_type_for_a_chain_is_known(given, chain):
    assert load_library().find_chain(given).id == chain


REAL = load_library()


@pytest.mark.parametrize(
    ("given", "segment"),
    [
        ("ic-photoresist-gi", "ic-photoresist-gi"),
        ("g线与i线光刻胶", "ic-photoresist-gi"),
        ("紫外光刻胶", "ic-photoresist-gi"),  # an alias, though 深紫外光刻胶 holds it
        ("三甲基镓", "ic-precursor"),  # a term
        ("EDA", "ic-eda"),
        ("ＥＤＡ软件", "ic-eda"),
        ("光刻胶原", "ic-photoresist-raw"),
        ("arf", "ic-photoresist-duv"),
        ("諧波減速器", "rb-harmonic-reducer"),
    ],
)
def test_one_segment_answers(given, segment):
    assert REAL.find_segment(given).id == segment


@pytest.mark.parametrize("given", ["光刻胶", " 光刻膠 "])
def test_of_several_segments_none_is_taken_and_all_are_named(given):
    with pytest.raises(AmbiguousNameError) as caught:
        REAL.find_segment(given)
    told = str(caught.value)
    for id_ in ("ic-photoresist-gi", "ic-photoresist-duv", "ic-photoresist-raw"):
        assert f"{REAL.segments[id_].name}（{id_}）" in told
        assert REAL.segments[id_].name in caught.value.nearest
    assert "对得上 3 个环节" in told


def test_what_many_names_hold_is_told_with_some_of_them():
    with pytest.raises(AmbiguousNameError, match=r"对得上 \d+ 个环节。.*等。$") as caught:
        REAL.find_segment("封装")
    assert len(caught.value.nearest) == 10


def test_only_segments_of_the_chain_asked_for_are_taken_for_others():
    biomedicine = REAL.find_chain("生物医药")
    assert REAL.find_segment("石英制品", REAL.find_chain("新材料")).id == "nm-quartz-glass"
    with pytest.raises(UnknownNameError) as caught:
        REAL.find_segment("光刻胶", biomedicine)
    assert not isinstance(caught.value, AmbiguousNameError)


@pytest.mark.parametrize(
    "given",
    [
        "体外诊断",  # a group, and part of 体外诊断原料
        "智能制造",  # a field, and part of 智能制造系统集成
        "半导体设备",  # part of an alias of 设备精密金属零部件 alone
        "ed",  # a piece of a Latin word
        "胶",
    ],
)
def test_a_part_that_says_something_else_is_no_name(given):
    with pytest.raises(UnknownNameError) as caught:
        REAL.find_segment(given)
    assert not isinstance(caught.value, AmbiguousNameError)


def test_every_id_name_and_alias_of_a_segment_answers_whatever_holds_it():
    for segment in REAL.segments.values():
        for name in (segment.id, segment.name, segment.name_en, *segment.aliases):
            assert REAL.find_segment(name) is segment, name


@pytest.mark.parametrize(
    ("given", "chain"),
    [
        ("積體電路", "integrated-circuits"),
        ("機器人", "robotics"),
        ("半導體", "integrated-circuits"),
    ],
)
def test_traditional_characters_name_a_chain(given, chain):
    assert REAL.find_chain(given).id == chain


def test_traditional_characters_bring_the_nearest_names_too():
    with pytest.raises(UnknownNameError) as caught:
        REAL.find_chain("機器仁")
    assert any("机器人" in name for name in caught.value.nearest)


def test_two_chains_of_one_name_are_told_apart():
    files = taxonomy()
    one, *others = files.chains
    twin = (one[0].model_copy(update={"aliases": (*one[0].aliases, "机器人产业")}), one[1])
    robots = [(c.model_copy(update={"aliases": (*c.aliases, "机器人产业")}), f) for c, f in others]
    both = [twin[0], *(c for c, _ in robots)]
    with pytest.raises(AmbiguousNameError, match="integrated-circuits"):
        chain_named(both, "机器人产业")
