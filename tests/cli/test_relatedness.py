import csv
import io
import json

import numpy as np
import pytest

from tests.cli.running import run_command


@pytest.fixture
def run(monkeypatch, capsys):
    return run_command(monkeypatch, capsys)


@pytest.fixture
def benchmark(tmp_path):
    """Two kinds of places, each with a third of its links hidden twice over."""
    rng = np.random.default_rng(5)
    kind, other = np.arange(14) % 2, np.arange(30) % 2
    links = rng.random((14, 30)) < np.where(kind[:, None] == other, 0.85, 0.1)
    part = rng.integers(0, 4, links.shape)
    for name, chosen in (
        ("train", links & (part > 0)),
        ("validation", links & (part == 1)),
        ("test", links & (part == 0)),
    ):
        lines = (" ".join(map(str, (p, *np.flatnonzero(row)))) for p, row in enumerate(chosen))
        (tmp_path / f"{name}.txt").write_text("\n".join(lines) + "\n")
    return tmp_path


def arguments(folder, *more):
    return ("evaluate", "relatedness", "--data", str(folder), "--quick", *more)


def test_the_table_has_every_baseline_with_its_parameters(run, benchmark):
    code, out, _ = run(*arguments(benchmark, "-f", "csv"))
    rows = list(csv.DictReader(io.StringIO(out)))
    assert code == 0 and len(rows) == 17
    assert rows[2]["方法"] == "关联密度" and rows[2]["NDCG@20 较关联密度"] == "—"
    assert rows[-1]["方法"].startswith("SSCF") and "γ" in rows[-1]["参数"]


def test_json_carries_intervals_and_notes_and_repeats(run, benchmark):
    code, out, _ = run(*arguments(benchmark, "-f", "json"))
    answer = json.loads(out)
    methods = {method["id"]: method for method in answer["methods"]}
    assert code == 0 and "BPR" in "".join(answer["notes"])
    gain = methods["sscf"]["gain_over_density"]
    assert gain["low"] <= gain["mean"] <= gain["high"]
    assert methods["density"]["ndcg_at_20"] > methods["random"]["ndcg_at_20"]
    assert run(*arguments(benchmark, "-f", "json"))[1] == out


def test_the_screen_shows_the_notes(run, benchmark):
    code, out, err = run(*arguments(benchmark))
    assert code == 0 and "14 国 × 30 种产品" in out and "验证集" in err


def test_a_missing_file_says_what_the_folder_should_hold(run, tmp_path):
    code, _, err = run(*arguments(tmp_path))
    assert code != 0 and "train.txt" in err
