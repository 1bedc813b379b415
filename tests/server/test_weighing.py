"""Lists of questions that are kept ready, against the steps one after another."""

import datetime as dt
import json
import random
from dataclasses import replace

import pytest

from chainmap.gaps.score import GapOptions
from chainmap.pipeline import rank_targets, world_on
from chainmap.ranking.families import FAMILIES
from chainmap.ranking.target_options import TargetOptions, year_known
from chainmap.reports import records
from chainmap.server import weighed_lists
from chainmap.server.list_material import ListMaterial
from chainmap.server.questions import asked, gap_table
from chainmap.server.weighed_lists import WeighedLists
from chainmap.server.weighing import targets_of, written_targets_of

QUESTIONS = (
    {"city": "绍兴", "chain": "集成电路"},
    {"city": "绍兴", "chain": "集成电路", "segment": "紫外光刻胶"},
    {"city": "340100", "options": GapOptions(as_of=dt.date(2024, 6, 1), include_expired=True)},
)


def step_by_step(question, options):
    """What `targets_of` stands for."""
    world = world_on(question.options.as_of)
    options = replace(options, year=year_known(question.options.as_of, world.edition))
    if question.segment is not None:  # within one segment there is no limit, and the record says so
        options = replace(options, per_segment=0)
    gaps = gap_table(question)
    ranked = rank_targets(world, question.city, gaps, options, question.segment)
    given = (question.options, options)
    return records.target_list(world, question.city, ranked, given, question.chain)


@pytest.mark.parametrize("said", QUESTIONS)
def test_the_bytes_are_those_of_the_steps_one_after_another(said):
    dice, question = random.Random(5), asked(**said)
    for at in range(4):
        weights = {family: round(dice.uniform(0, 3), 2) if at else 1.0 for family in FAMILIES}
        options = TargetOptions(top=dice.choice([3, 30]), per_segment=at, weights=weights)
        found = targets_of(question, options)
        expected = step_by_step(question, options).model_dump_json()
        assert found.model_dump_json() == expected
        assert written_targets_of(question, options) == expected.encode()
        assert type(found).model_validate_json(found.model_dump_json()) == found


def test_rows_that_are_forgotten_are_told_again(monkeypatch):
    monkeypatch.setattr(weighed_lists, "MOST_KNOWN", 12)
    question = asked("绍兴", "集成电路")
    kept = WeighedLists(question, TargetOptions())
    for top in (10, 25, 5):
        options = TargetOptions(top=top, weights=dict.fromkeys(FAMILIES, 1.0) | {"need": 0.2})
        expected = step_by_step(question, options).model_dump_json()
        assert kept.under(options).model_dump_json() == expected
        assert kept.written(options) == expected.encode()


def test_only_short_lists_look_ahead(monkeypatch):
    told = []
    described = ListMaterial.described

    def counted(self, places):
        told.append(len(places))
        return described(self, places)

    monkeypatch.setattr(ListMaterial, "described", counted)
    kept = WeighedLists(asked("绍兴", "集成电路"), TargetOptions())
    assert len(kept.under(TargetOptions(top=20)).targets) == 20 < told.pop() <= 150
    kept.under(TargetOptions(top=50))
    assert told == []
    kept = WeighedLists(asked("绍兴", "集成电路"), TargetOptions())
    assert len(kept.under(TargetOptions(top=200)).targets) == 200 <= told.pop() <= 250


def test_a_list_of_another_length_is_the_same_at_hand():
    kept = WeighedLists(asked("绍兴", "集成电路"), TargetOptions())
    kept.under(TargetOptions(top=133, per_segment=0))
    for limit in (0, 1, 2, 3, 7, 20, 100, 400):
        for top in (1, 4, 30, 90):
            options = TargetOptions(top=top, per_segment=limit)
            expected = kept.under(options)
            assert kept.at_hand(options, None) == (expected.model_dump_json().encode(), None)
            first = expected.model_copy(update={"targets": expected.targets[:2]})
            last = first.targets[-1].company_id if top > 2 else None
            assert kept.at_hand(options, 2) == (first.model_dump_json().encode(), last)


def test_the_answer_over_http_is_the_record(served):
    key = served.key("analyst")
    body = {"city": "绍兴", "chain": "集成电路", "top": 4, "weights": {"affinity": 0.3}}
    answer = served.client.post("/v1/targets", json=body, headers={"X-API-Key": key})
    weights = dict.fromkeys(FAMILIES, 1.0) | {"affinity": 0.3}
    expected = step_by_step(asked("绍兴", "集成电路"), TargetOptions(top=4, weights=weights))
    assert answer.json() == json.loads(expected.model_dump_json())
