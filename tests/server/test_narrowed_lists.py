"""Lists narrowed by a filter or a mode over HTTP: kept with their inputs, compared, made again."""

from itertools import permutations

import polars as pl
import pytest

from chainmap.errors import UnknownNameError
from chainmap.ranking.differences import CODE, WHOLE, compare_lists
from chainmap.ranking.snapshots import faults, members_of, snapshot_of
from chainmap.reports import snapshot_store
from chainmap.server.kept_lists import home_called
from tests.server.serving import kind
from tests.server.test_writes import post

WHOLE_LIST = {"city": "绍兴", "chain": "集成电路", "top": 12}
QUESTIONS = {
    "whole": WHOLE_LIST,
    "home": WHOLE_LIST | {"home": "上海市"},
    "weighed": WHOLE_LIST | {"home": "上海", "top": 6, "weights": {"need": 0.2}},
    "kind": WHOLE_LIST | {"kind": "strengthen", "listed": True},
    "mode": WHOLE_LIST | {"mode": "leader", "leader": "中芯宁波"},
    "both": WHOLE_LIST | {"mode": "chain", "home": "江苏省"},
}

CHANCES = ("chance", "usual_chance", "expands", "goes_there")


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    from tests.server.serving import Served

    folder = tmp_path_factory.mktemp("narrowed")
    served = Served(f"sqlite:///{folder}/ledger.db", folder / "ws")
    made = {}
    for name, question in QUESTIONS.items():
        place = post(served, "/v1/snapshots", {"name": name, "question": question})
        assert place.status_code == 201, place.text
        made[name] = place.headers["location"].rpartition("/")[2]
    yield served, made
    served.service.ledger.close()


def snapshot(kept, name):
    served, made = kept
    with served.service.ledger.read() as tx:
        from chainmap.ledger import lists

        saved = lists.get(tx, made[name])
    return snapshot_store.load(served.service.settings.workspace, saved)


def listed(kept, name):
    served, made = kept
    return served.get(f"/v1/snapshots/{made[name]}/targets").json()["targets"]


def settled(targets):
    """Targets with as many digits as a kept list has."""
    return [
        row | {name: pl.Series([row[name]]).round_sig_figs(12)[0] for name in CHANCES}
        for row in targets
    ]


def test_a_filter_takes_firms_out_and_leaves_their_scores(kept):
    served, _ = kept
    everything = "/v1/cities/绍兴/targets?chain=集成电路&top=500&per_segment=0"
    whole = {one["company_id"]: one for one in served.get(everything).json()["targets"]}
    rows = listed(kept, "home")
    assert len(rows) == 12 and [row["rank"] for row in rows] == list(range(1, 13))
    assert {row["home_city"] for row in rows} == {"上海市"}
    for row in rows:
        beside = whole[row["company_id"]]
        assert (row["score"], row["parts"]) == (beside["score"], beside["parts"])
        assert row["rank_low"] <= row["rank"] <= row["rank_high"]
    in_order = [one for one in whole.values() if one["home_city"] == "上海市"]
    assert [row["company_id"] for row in rows][:3] == [one["company_id"] for one in in_order][:3]


def test_the_query_and_the_question_in_a_body_give_the_list_that_is_kept(kept):
    served, _ = kept
    query = served.get("/v1/cities/绍兴/targets?chain=集成电路&top=12&home=上海").json()
    assert settled(query["targets"]) == listed(kept, "home")
    for name, question in QUESTIONS.items():
        answer = served.client.post("/v1/targets", json=question).json()
        assert settled(answer["targets"]) == listed(kept, name)
    assert answer["mode"] == "chain" and answer["mode_zh"] == "产业链招商"


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_kept_list_is_ranked_again_from_its_inputs(kept, name):
    found = snapshot(kept, name)
    assert faults(found) == []
    assert snapshot_of(members_of(found)).question == found.question
    plain = found.question.plain()
    assert ("home" in plain) == ("home" in QUESTIONS[name])
    assert ("mode" in plain) == ("mode" in QUESTIONS[name])


@pytest.mark.parametrize(("before", "after"), list(permutations(QUESTIONS, 2))[::2])
def test_what_moved_a_firm_adds_up_and_the_program_has_no_part(kept, before, after):
    compared = compare_lists(snapshot(kept, before), snapshot(kept, after))
    assert compared.firms
    for firm in compared.firms:
        assert sum(firm.parts.values()) == WHOLE * firm.rise
        assert firm.parts[CODE] == 0 and set(firm.parts.values()) - {0} <= {
            firm.parts["parameters"], 0,
        }  # fmt: skip


def test_a_difference_names_the_filter(kept):
    served, made = kept
    path = f"/v1/diffs?from={made['whole']}&to={made['home']}"
    assert any(one["label"] == "企业所在省市" for one in served.get(path).json()["parameters"])


def test_what_cannot_be_asked_is_refused(kept):
    served, _ = kept
    for wrong in (
        {"mode": "leader"},
        {"leader": "中芯宁波"},
        {"mode": "chain", "segment": "紫外光刻胶"},
    ):
        answer = served.client.post("/v1/targets", json=WHOLE_LIST | wrong)
        assert kind(answer) == "bad-input", wrong
    assert served.get("/v1/cities/绍兴/targets?home=上滩").status_code == 404
    unknown = served.client.post("/v1/targets", json=WHOLE_LIST | {"title": "单项冠"})
    assert unknown.status_code == 404 and "单项冠军" in unknown.json()["nearest"]
    answer = served.client.post("/v1/targets", json=WHOLE_LIST | {"title": "单项冠军"})
    assert answer.status_code == 200 and answer.json()["targets"]


def test_homes_are_provinces_and_cities_by_their_names():
    names = ("上海", "上海市", "广西壮族自治区", "广西", "苏州", "浙江省", "330600")
    found = [home_called(name) for name in names]
    assert found == ["上海", "上海", "广西", "广西", "苏州市", "浙江", "绍兴市"]
    # A city that bears its province's name is the city, where the name says so.
    assert [home_called(name) for name in ("吉林市", "吉林省")] == ["吉林市", "吉林"]
    with pytest.raises(UnknownNameError):
        home_called("上海县城")
