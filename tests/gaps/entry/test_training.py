import json
from dataclasses import replace
from functools import cache

import numpy as np
import polars as pl
import pytest

from chainmap.errors import ModelError
from chainmap.gaps.entry.backtest import backtest, summary_rows
from chainmap.gaps.entry.chances import (
    NAMED,
    entry_chances,
    entry_model,
    explain_chances,
    load_entry_model,
    term_columns,
)
from chainmap.gaps.entry.release import model_files
from chainmap.gaps.entry.training import TrainingOptions, origins, train_model
from chainmap.released import checked
from tests.gaps.entry.small_panel import small_panel
from tests.world import small_world

OPTIONS = TrainingOptions(first=1984, step=3, horizon=3, lag=0, share=0.5, bags=4)
ORIGIN = {"data": {}, "data_zh": "测试。", "command": "chainmap train gaps", "package": "0"}


@cache
def back_tested():
    return backtest(small_panel(), OPTIONS)


def made() -> dict[str, bytes]:
    panel = small_panel()
    return model_files(train_model(panel, OPTIONS, "t"), back_tested(), OPTIONS, ORIGIN)


def test_a_rerun_gives_the_same_bytes_and_they_load():
    files = made()
    assert files == made()
    manifest = json.loads(files["manifest.json"])
    model = entry_model(checked(files["coefficients.json"], manifest, NAMED))
    assert [term.feature for term in model.terms] == manifest["features"]
    assert model.bags.shape == (4, len(model.terms) + 1)
    assert "回测" in files["CARD.md"].decode()


def test_a_changed_file_or_feature_list_is_refused():
    files = made()
    manifest = json.loads(files["manifest.json"])
    with pytest.raises(ModelError, match="SHA-256"):
        checked(files["coefficients.json"] + b" ", manifest, NAMED)
    manifest["features"] = manifest["features"][::-1]
    with pytest.raises(ModelError, match="特征"):
        entry_model(checked(files["coefficients.json"], manifest, NAMED))


def test_windows_that_are_not_over_are_no_origins():
    panel = small_panel()
    assert origins(panel, OPTIONS)[-1] + OPTIONS.horizon <= panel.until
    with pytest.raises(ModelError, match="起点"):
        origins(panel, replace(OPTIONS, first=2000))


def test_too_few_origins_to_test_on_are_refused_before_anything_is_trained():
    with pytest.raises(ModelError, match="至少要 4 个"):
        origins(small_panel(), replace(OPTIONS, first=1993))
    assert len(backtest(small_panel(), replace(OPTIONS, first=1990))) == 1


def test_the_model_beats_a_random_order():
    rows = {row["method"]: row for row in summary_rows(back_tested())}
    assert rows["logistic"]["auc_pr"] > rows["random"]["auc_pr"]
    assert rows["density"]["minus_density"] == 0


def test_chances_of_the_small_world():
    model, world = load_entry_model(), small_world()
    frame = entry_chances(model, world)
    assert frame.height == world.cities.height * len(world.library.segments)
    assert frame.columns == [
        "city_code", "segment_id", "chance", "chance_low", "chance_high", "base_rate",
    ]  # fmt: skip
    assert frame.select("city_code", "segment_id").is_duplicated().sum() == 0
    assert frame.filter(
        (frame["chance_low"] > frame["chance"]) | (frame["chance"] > frame["chance_high"])
    ).is_empty()
    assert frame["chance"].is_between(0, 1, closed="none").all()


def test_families_add_up_to_the_score():
    model, world = load_entry_model(), small_world()
    frame = explain_chances(model, world, "330100", ["ic-wafer", "rb-arm"])
    assert frame["segment_id"].unique(maintain_order=True).to_list() == ["ic-wafer", "rb-arm"]
    sums = frame.group_by("segment_id", maintain_order=True).agg(pl.col("contribution").sum())
    chances = entry_chances(model, world).filter(pl.col("city_code") == "330100")
    wafer, arm = (
        float(chances.filter(pl.col("segment_id") == s)["chance"][0]) for s in sums["segment_id"]
    )
    # The score rises with the chance, and the median cell is the same for both.
    assert (sums["contribution"][0] > sums["contribution"][1]) == (wafer > arm)


def test_terms_log_above_their_floor():
    model = load_entry_model()
    term = replace(model.terms[0], floor=0.5, mean=0.0, spread=1.0)
    assert term_columns([term], np.array([[0.5], [-1.0]])).ravel() == pytest.approx(
        [0.0, np.log(0.5)], abs=1e-6
    )
