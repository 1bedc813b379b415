import pytest

from chainmap.catalogue.match import match_rows
from chainmap.chains.library import ChainLibrary
from chainmap.sources.foreign_catalogue import ForeignRow
from tests.world import taxonomy

LIBRARY = ChainLibrary(taxonomy())


def row(name, chain="", direction="", number=3):
    return ForeignRow("表", number, {"name": name, "chain": chain, "direction": direction})


def matched(*args, **more):
    (found,) = match_rows([row(*args, **more)], LIBRARY)
    return found


@pytest.mark.parametrize("name", ["光刻胶", "硅晶圆片", "抛光硅片", "伺服电机"])
def test_a_segments_own_name_is_sure(name):
    found = matched(name)
    assert found.state == "matched" and found.confidence >= 0.9 and found.segment


@pytest.mark.parametrize("name", ["高端光刻胶", "ArF光刻胶", "光刻胶生产基地"])
def test_anything_less_waits_for_an_official(name):
    found = matched(name)
    assert found.state == "to_confirm" and found.segment == "ic-resist"
    assert 0 < found.confidence < 0.9 and "光刻胶" in found.why


def test_a_name_in_the_description_waits_too():
    found = matched("某重大项目", direction="生产伺服电机和机械臂")
    assert found.state == "to_confirm"
    assert set(found.candidates) == {"rb-servo", "rb-arm"} and found.confidence == 0.5


def test_another_chain_in_the_row_takes_the_certainty_away():
    found = matched("光刻胶", chain="机器人产业链")
    assert found.state == "to_confirm" and "另一条产业链" in found.why


def test_a_neighbour_in_the_description_takes_the_certainty_away():
    found = matched("光刻胶", direction="配套抛光硅片")
    assert found.state == "to_confirm" and found.segment == "ic-resist" and "硅片" in found.why


def test_what_is_not_known_is_not_placed():
    found = matched("海水养殖")
    assert found.state == "unmatched" and found.segment is None and found.confidence == 0


def test_every_row_is_accounted_for():
    rows = [row("光刻胶", number=3), row("光刻胶", number=4), row("", direction="有内容", number=5),
            row("9项", number=6)._replace(total=True), row("海水养殖", number=7)]  # fmt: skip
    found = match_rows(rows, LIBRARY)
    assert [m.state for m in found] == ["matched", "rejected", "rejected", "rejected", "unmatched"]
    assert "第 3 行" in found[1].why and "名称" in found[2].why and "合计" in found[3].why
