import csv
import hashlib
import io
import json

import pytest

from chainmap import resources
from tests.cli.running import run_command
from tests.shared_data import SHARED_POLICIES, needs_shared

PLAN = "甲市机器人行动计划\n一、发展目标\n到2028年,全市机器人产值达到200亿元以上。\n"


@pytest.fixture
def run(monkeypatch, capsys):
    return run_command(monkeypatch, capsys)


@pytest.fixture
def annotated(tmp_path):
    (tmp_path / "plan.txt").write_text(PLAN, encoding="utf-8")
    start, end = PLAN.index("全市"), PLAN.index("以上")
    goal = {"start": start, "end": end, "indicator": "产值", "value": 200, "unit": "亿元"}
    golden = tmp_path / "golden"
    golden.mkdir()
    sha = hashlib.sha256(PLAN.encode()).hexdigest()
    content = {"document": "aa2028", "sha256": sha, "goals": [goal]}
    (golden / "aa2028.json").write_text(json.dumps(content), encoding="utf-8")
    return tmp_path


def arguments(folder, *more):
    return ("evaluate", "policy", "--documents", str(folder), "--golden", f"{folder}/golden", *more)


def test_scores_as_json_and_csv(run, annotated):
    code, out, _ = run(*arguments(annotated, "-f", "json"))
    (answer,) = json.loads(out)
    assert code == 0 and answer["document"] == "aa2028"
    assert answer["scores"]["goals_exact"]["f1"] == 1.0
    assert answer["scores"]["goals_exact"]["missed"] == []
    assert answer["offsets"]["exact"] == answer["offsets"]["total"] > 0
    code, out, _ = run(*arguments(annotated, "-f", "csv"))
    rows = {row["对象"]: row for row in csv.DictReader(io.StringIO(out))}
    assert rows["目标（值与单位全对）"]["召回率"] == "1.000"


def test_an_annotation_without_its_file_is_said(run, annotated):
    (annotated / "plan.txt").write_text(PLAN + "改", encoding="utf-8")
    code, _, err = run(*arguments(annotated))
    assert code == 2 and "未评测 aa2028" in err


def test_a_missing_annotation_folder_says_that_tests_are_not_installed(run, annotated):
    code, _, err = run("evaluate", "policy", "--documents", str(annotated), "--golden", "nowhere")
    assert code == 2 and "不随安装包安装" in err


def test_a_broken_annotation_is_named(run, annotated):
    (annotated / "golden" / "bad.json").write_text('{"document": "x"}', encoding="utf-8")
    code, _, err = run(*arguments(annotated))
    assert code == 2 and "bad.json" in err


@needs_shared
def test_the_reader_against_the_hand_annotation(run):
    code, out, _ = run("evaluate", "policy", "--documents", str(SHARED_POLICIES), "-f", "json")
    *documents, total = json.loads(out)
    golden = resources.root() / "tests" / "golden" / "policy"
    assert code == 0 and len(documents) == len(list(golden.glob("*.json")))
    assert total["offsets"]["exact"] == total["offsets"]["total"]
    # Floors below what the reader reaches, so that a step back is seen.
    floors = {
        "main_boxes": 0.9, "items": 0.9, "goals_exact": 0.95, "goals_named": 0.75,
        "goals_placed": 0.95, "leaf_terms": 0.7,
    }  # fmt: skip
    low = {kind: total["scores"][kind]["recall"] for kind in floors}
    assert all(low[kind] >= floor for kind, floor in floors.items()), low
