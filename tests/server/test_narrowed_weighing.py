"""Lists of a mode and narrowed lists that are kept ready, against the steps one after another."""

import datetime as dt
import random
from dataclasses import replace

import pytest

from chainmap.concepts.modes import Mode, ModeAsked
from chainmap.concepts.service_records import TargetQuestion
from chainmap.errors import InputError, UnknownNameError
from chainmap.pipeline import find_gaps, rank_by_mode, target_ground, world_on
from chainmap.ranking import reweighed_narrowing, reweighing
from chainmap.ranking.candidates import propose_candidates
from chainmap.ranking.families import FAMILIES
from chainmap.ranking.modes import selected_candidates, selected_gaps, with_grounds
from chainmap.ranking.narrowing import rank_narrowed
from chainmap.ranking.recommend import Lists, recommend
from chainmap.ranking.scorer import scorer_of
from chainmap.ranking.target_model import load_target_model
from chainmap.ranking.target_options import TargetOptions, year_known
from chainmap.reports import records
from chainmap.reports.snapshot_making import by_mode, narrowed_by
from chainmap.reports.why_modes import selection_of
from chainmap.server import weighing
from chainmap.server.kept_lists import as_listed, asked_by, question_of
from chainmap.server.questions import asked, of_question
from chainmap.server.recent import Recent
from chainmap.server.weighing import at_hand, targets_of, weighed_at_once, written_targets_of
from tests.server.serving import ON_ONE, kind
from tests.server.test_given_questions import counted, seen
from tests.server.test_given_weights import any_weights, by_route, posed

CITY = {"city": "330600", "chain": "集成电路"}
LEADER = {"mode": "leader", "leader": "中芯宁波"}
FULL_NAME = "中芯集成电路（宁波）有限公司"
QUESTIONS = (
    CITY | {"mode": "chain"},
    CITY | {"mode": "industry"},
    {"city": "340100", "mode": "industry", "industries": ["新材料", "集成电路"]},
    CITY | LEADER,
    {"city": "Ningbo", "chain": "生物医药", "mode": "advantage", "as_of": "2024-06-01"},
    CITY | {"home": "上海"},
    CITY | {"home": "苏州", "listed": True},
    CITY | {"listed": False},
    CITY | {"title": "小巨人"},
    {"city": "340100", "kind": "fill", "as_of": "2024-06-01", "include_expired": True},
    {"city": "绍兴", "segment": "紫外光刻胶", "home": "江苏省"},
    CITY | {"home": "绍兴"},
    CITY | {"mode": "leader", "leader": "688469", "home": "浙江", "kind": "strengthen"},
    CITY | {"mode": "advantage", "title": "单项冠军", "listed": True},
)
WRONG = (
    ({"mode": "leader", "leader": "没有这家"}, "unknown-name"),
    ({"mode": "leader", "leader": "没有这家", "home": "上海"}, "unknown-name"),
    ({"mode": "industry", "industries": ["没有", "这个"]}, "unknown-name"),
    ({"mode": "chain", "segment": "紫外光刻胶"}, "bad-input"),
    ({"mode": "chain", "segment": "紫外光刻胶", "home": "上海"}, "bad-input"),
    ({"home": "上滩"}, "unknown-name"),
    ({"mode": "leader"}, "bad-input"),
    ({"leader": "中芯宁波"}, "bad-input"),
)


def question_in(body):
    posed = TargetQuestion.model_validate(body)
    return as_listed(of_question(posed)[0], question_of(posed)[0])


def step_by_step(question):
    """What `targets_of` stands for, as a function of the options."""
    world, day = world_on(question.options.as_of), question.options.as_of
    year = year_known(day, world.edition)
    gaps = find_gaps(world, question.city, question.options, question.chain)
    selection = None
    if question.mode is not None:
        selection = selection_of(world, question.city, gaps, question.mode, question.chain)
    if question.filters is not None:
        rank = narrowed_steps(world, question, gaps, year, selection)

    def made_with(options):
        options = replace(options, year=year)
        if question.filters is None:
            ranked = rank_by_mode(world, question.city, gaps, options, selection)
        else:
            options = replace(options, per_segment=0) if question.segment else options
            ranked = rank(options)
        given = (question.options, options)
        made = records.target_list(world, question.city, ranked, given, question.chain)
        return made if selection is None else by_mode(made, selection)

    return made_with


def narrowed_steps(world, question, gaps, year, selection):
    """The list with filters that a snapshot is made of, as a function of the options."""
    model, ground = load_target_model(), target_ground(world, question.city, year)
    if question.segment is not None:
        gaps = gaps.filter(gaps["segment_id"] == question.segment.id)
    if selection is not None:
        gaps = selected_gaps(gaps, selection)
    candidates, scorer = propose_candidates(world, gaps, question.city, ground), scorer_of(model)
    if selection is not None:
        candidates = selected_candidates(candidates, selection)
    narrowed = narrowed_by(world, gaps, candidates, question.filters)

    def ranked_with(options):
        ranked = rank_narrowed(candidates, options, scorer, narrowed)
        lists = Lists(candidates, ranked, ground)
        told = recommend(world, question.city, gaps, lists, (model, scorer))
        return told if selection is None else with_grounds(told, selection)

    return ranked_with


@pytest.mark.parametrize("body", QUESTIONS, ids=lambda body: "-".join(map(str, body.values())))
def test_the_bytes_are_those_of_the_steps_one_after_another(body):
    dice, question = random.Random(repr(body)), question_in(body)
    own = weighed_at_once(question, "")
    usual, plainly = at_hand(question, ""), step_by_step(question)
    for at in (1, 2, 3):
        weights = {family: round(dice.uniform(0, 3), 2) if at % 2 else 1.0 for family in FAMILIES}
        limit = dice.choice([0, 1, 3])
        options = TargetOptions(top=dice.choice([3, 30]), per_segment=limit, weights=weights)
        found = targets_of(question, options)
        expected = plainly(options).model_dump_json()
        assert found.model_dump_json() == expected
        assert written_targets_of(question, options) == expected.encode()
        if options.custom:
            assert own(options) == expected.encode()
        else:
            assert usual(options.top, limit, None).body == expected.encode()


def test_filters_are_cut_from_the_lists_without_them(monkeypatch):
    kept, made = Recent(2), []
    monkeypatch.setattr(weighing, "_recent", kept)
    original = weighing.WeighedLists

    def make(question, options):
        made.append(question)
        return original(question, options)

    monkeypatch.setattr(weighing, "WeighedLists", make)
    for body in (CITY, CITY | {"home": "上海"}, CITY | {"home": "上海市"}, CITY | {"kind": "fill"}):
        targets_of(question_in(body), TargetOptions(top=3))
    assert [(one.mode, one.filters) for one in made] == [(None, None)]
    for more in (LEADER, LEADER | {"leader": FULL_NAME}, LEADER | {"home": "上海"}):
        body = CITY | more
        targets_of(question_in(body), TargetOptions(top=3))
    assert len(made) == 2
    both = ("集成电路", "新材料")
    for industries in (both, both[::-1]):
        mode = ModeAsked(Mode.INDUSTRY, None, industries)
        targets_of(asked_by(asked("绍兴"), mode, None), TargetOptions(top=3))
    assert len(made) == 3


def test_only_so_many_filters_are_kept(monkeypatch):
    monkeypatch.setattr(weighing, "_recent", Recent(2))
    monkeypatch.setattr(weighing, "RECENT_FILTERS", 2)
    questions = [question_in(CITY | {"home": home}) for home in ("上海", "江苏", "广东")]
    for question in questions:
        targets_of(question, TargetOptions())
    there = [at_hand(question, "")(5, 3, None) for question in questions]
    assert [one is None for one in there] == [True, False, False]


@pytest.mark.parametrize(
    ("room", "more"), [(reweighed_narrowing, {"home": "上海"}), (reweighing, {})]
)
def test_the_orders_of_many_firms_are_drawn_by_the_route(monkeypatch, room, more):
    monkeypatch.setattr(weighing, "_recent", Recent(2))
    monkeypatch.setattr(room, "QUICK_COMPANIES", 100)
    question, usual = question_in(CITY | more), TargetOptions()
    own = [replace(usual, weights=usual.weights | {"need": need}) for need in (2.0, 2.1)]
    targets_of(question, own[0])
    write = weighed_at_once(question, "")
    assert write(own[1]) is None and write(own[0]) is not None


@pytest.mark.parametrize(("more", "expected"), WRONG)
def test_what_is_wrong_is_refused_alike_however_often(served, more, expected):
    names = {"industries": "industry"}
    query = "&".join(
        f"{names.get(name, name)}={one}"
        for name, value in more.items()
        for one in (value if isinstance(value, list) else [value])
    )
    for _ in range(2):
        answer = served.get(f"/v1/cities/330600/targets?chain=集成电路&{query}")
        assert kind(answer) == expected
        assert kind(served.client.post("/v1/targets", json=CITY | more)) == expected
    assert counted(served) == 0


def test_names_are_found_as_they_are_asked():
    plain, by = asked("绍兴", "集成电路"), ModeAsked(Mode.LEADER, "中芯宁波")
    assert asked_by(plain, None, None) == plain
    found = asked_by(plain, by, "上海市")
    assert found.mode == ModeAsked(Mode.LEADER, FULL_NAME)
    assert found.filters.home == "上海" and asked_by(plain, by, None).mode == found.mode
    with pytest.raises(InputError):
        asked_by(asked("绍兴", segment="紫外光刻胶"), by, None)
    with pytest.raises(UnknownNameError, match="一家"):
        asked_by(plain, ModeAsked(Mode.LEADER, "一家"), None)


@ON_ONE
@pytest.mark.parametrize("body", QUESTIONS[:13:6], ids=str)
def test_other_weights_need_no_route(served, monkeypatch, body):
    dice, key = random.Random(repr(body)), served.key("analyst")
    bodies = [body | {"top": dice.randint(1, 30), "weights": any_weights(dice)} for _ in range(4)]
    expected = by_route(served, monkeypatch, key, bodies)
    assert counted(served, "weighed") == 0
    for again, one in zip(bodies, expected, strict=True):
        assert one.status_code == 200 and seen(posed(served, key, again)) == seen(one)
    assert counted(served, "weighed") == len(bodies)


@ON_ONE
def test_both_ways_of_asking_give_the_same_list(served):
    query = "/v1/cities/330600/targets?chain=集成电路&mode=advantage&home=上海&top=9"
    body = CITY | {"mode": "advantage", "home": "上海", "top": 9}
    assert served.get(query).content == served.client.post("/v1/targets", json=body).content


@ON_ONE
def test_a_day_of_an_earlier_year_is_that_years(served):
    day = dt.date(2019, 6, 30)
    question = question_in(CITY | {"home": "上海", "as_of": day.isoformat()})
    expected = step_by_step(question)(TargetOptions(top=5)).model_dump_json().encode()
    path = f"/v1/cities/330600/targets?chain=集成电路&home=上海&as_of={day}&top=5"
    first, shorter = served.get(path), served.get(path.replace("top=5", "top=4"))
    assert first.content == expected and seen(served.get(path)) == seen(first)
    found, whole = shorter.json()["targets"], first.json()["targets"]
    assert [one["company_id"] for one in found] == [one["company_id"] for one in whole[:4]]
    assert counted(served) == 1
