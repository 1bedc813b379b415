"""Snapshots of lists: the same everywhere, whole again after a journey, and ranked again."""

import datetime as dt
import json
from dataclasses import replace

import polars as pl
import pytest

from chainmap.errors import InputError
from chainmap.ranking.picked import Picked
from chainmap.ranking.snapshots import (
    ListQuestion,
    candidate_parts,
    candidates_of_parts,
    candidates_sha256,
    canonical,
    faults,
    members_of,
    ranked_again,
    snapshot_of,
)
from chainmap.tables import Candidates
from tests.ranking.snapshot_samples import candidates_of, made, sides


def test_a_snapshot_comes_back_as_it_was():
    snapshot = made()
    again = snapshot_of(members_of(snapshot))
    assert again.id == snapshot.id and again.content == snapshot.content
    assert again.candidates.equals(snapshot.candidates)
    assert (again.scorer, again.options, again.question) == (
        snapshot.scorer, snapshot.options, snapshot.question,
    )  # fmt: skip
    assert faults(again) == []


def test_it_holds_no_time_and_no_user():
    names = json.loads(made().manifest)
    assert set(names) == {
        "format", "question", "options", "scorer", "versions", "candidates", "list",
    }  # fmt: skip


def test_the_id_is_that_of_the_content():
    assert made().id == made().id
    assert made(top=2).id != made().id
    assert made(versions={"data": "other"}).id != made().id


def test_features_are_kept_once_a_company():
    candidates = made().candidates
    rows, firms = candidate_parts(candidates)
    assert firms.height == candidates["company_id"].n_unique() < rows.height
    assert candidates_of_parts(rows, firms).equals(candidates)
    none = Candidates(candidates.head(0))
    assert candidates_of_parts(*candidate_parts(none)).is_empty()


def test_the_hash_sees_every_value():
    candidates = made().candidates
    other = Candidates(candidates.with_columns(gap_score=pl.col("gap_score") + 1e-12))
    assert candidates_sha256(other) != candidates_sha256(candidates)


def test_a_changed_list_or_input_is_found_out():
    members = members_of(made())
    listed = json.loads(members["list.json"])
    listed["targets"][0]["score"] += 1
    found = faults(snapshot_of(members | {"list.json": canonical(listed)}))
    assert len(found) == 2 and "名单" in found[0] and "重新排序" in found[1]
    earlier, later = sides()
    mixed = members_of(earlier) | {
        n: members_of(later)[n] for n in ("candidates.parquet", "firms.parquet")
    }
    assert any("候选表" in fault for fault in faults(snapshot_of(mixed)))


def test_what_is_no_snapshot_is_refused():
    members = members_of(made())
    for name, content in (("manifest.json", b"{}"), ("firms.parquet", b"PAR1")):
        with pytest.raises(InputError, match="不完整"):
            snapshot_of(members | {name: content})
    newer = json.loads(members["manifest.json"]) | {"format": 2}
    with pytest.raises(InputError, match="格式为 2"):
        snapshot_of(members | {"manifest.json": canonical(newer)})


def test_ranking_again_gives_the_same_bytes():
    snapshot = made()
    assert ranked_again(snapshot) == ranked_again(snapshot_of(members_of(snapshot)))


def test_a_question_is_plain():
    plain = ListQuestion("330100", None, None, dt.date(2026, 1, 2)).plain()
    assert plain["as_of"] == "2026-01-02" and json.dumps(plain)
    assert set(plain) == {"city_code", "chain_id", "segment_id", "as_of", "include_expired"}


def test_a_mode_is_kept_with_what_it_selected():
    question = replace(made().question, mode="industry", industries=("机器人",))
    picked = Picked(("a-one", "b-two"), direct_only=True, excluded=("firm-03",))
    by_mode = replace(made(), question=question, picked=picked)
    again = snapshot_of(members_of(by_mode))
    assert (again.question, again.picked, again.id) == (question, picked, by_mode.id)
    assert faults(again) == [] and by_mode.id != made().id
    other = json.loads(again.manifest) | {"picked": None}
    assert any("招商方式" in one for one in faults(replace(again, stored=canonical(other))))


def test_picked_rows_are_those_of_the_selection():
    rows = candidates_of(1).filter(Picked(("a-one",), True, ("firm-03",)).admits())
    assert set(rows["segment_id"]) == {"a-one"} and set(rows["basis"]) == {"direct"}
    assert rows.height and "firm-03" not in rows["company_id"]
