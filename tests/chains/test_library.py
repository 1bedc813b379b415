import pytest

from chainmap.chains.library import ChainLibrary
from chainmap.concepts.kinds import CiteScope, Stage
from chainmap.errors import UnknownNameError
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
    from chainmap.chains.library import load_library

    with pytest.raises(UnknownNameError, match="尚未绘制"):
        load_library().find_chain("人工智能")


@pytest.mark.parametrize(
    ("given", "chain"),
    [("IC", "integrated-circuits"), ("机器人", "robotics"), ("医药", "biomedicine")],
)
def test_what_people_type_for_a_chain_is_known(given, chain):
    from chainmap.chains.library import load_library

    assert load_library().find_chain(given).id == chain
