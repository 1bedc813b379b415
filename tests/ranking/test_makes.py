from dataclasses import replace

import numpy as np
import polars as pl
import pytest

from chainmap import resources
from chainmap.errors import InputError, ModelError
from chainmap.ranking.makes import (
    load_makes_model,
    makes_chances,
    makes_model,
    released_makes_rows,
    universe_makes,
)
from chainmap.ranking.makes_release import makes_lines, makes_model_files
from chainmap.ranking.makes_training import (
    MakesLabels,
    fit_makes,
    makes_rows,
    measure_makes,
    plain_makes,
    read_makes_labels,
)
from chainmap.ranking.universe import universe_of_table
from chainmap.released import Release
from chainmap.sources.places import load_cities

GOLDEN = resources.root() / "tests" / "golden"
FILES = GOLDEN / "makes.csv", GOLDEN / "makes-neighbours.csv"


def made_up_labels(n=1200):
    """Labels of a world where services are wrong half the time and makers one time in ten."""
    random = np.random.default_rng(4)
    role = random.choice(["make", "serve"], n)
    right = random.uniform(size=n) < np.where(role == "make", 0.9, 0.5)
    placed = pl.DataFrame(
        {
            "kind": random.choice(["business", "scope"], n),
            "segment_id": random.choice(["rb-plc", "ic-eda", "nm-silicone"], n),
            "role": role,
            "confidence": random.uniform(0.3, 0.92, n),
            "half": random.choice(["0", "1"], n),
            "right": right.astype(float),
        }
    )
    beside = pl.DataFrame({"n_makers": [10.0] * 9, "n_both": [1.0] * 9, "right": [0.0] * 9})
    return MakesLabels(placed, {}, beside, 0)


def placed(**columns):
    row = {"kind": "business", "segment_id": "rb-plc", "role": "make", "confidence": 0.9}
    return pl.DataFrame([row | columns])


def test_what_made_the_labels_is_found():
    scores = measure_makes(made_up_labels())
    assert all(0.8 < seen / chance < 1.25 for _, chance, seen in scores.thirds)
    assert scores.brier["fitted"] < scores.brier["base_rate"] and scores.lead.low > 0
    model = fit_makes(made_up_labels())
    maker, service = (makes_chances(model, placed(role=role))[0] for role in ("make", "serve"))
    assert maker == pytest.approx(0.9, abs=0.05) and service == pytest.approx(0.5, abs=0.1)


def test_a_segment_nobody_labelled_is_as_its_chain():
    model = fit_makes(made_up_labels())
    without = replace(model, segments={})
    unknown = makes_chances(model, placed(segment_id="rb-servo-motor"))
    assert unknown == pytest.approx(makes_chances(without, placed()))


def test_neighbours_that_never_proved_right_count_for_less_than_co_occurrence_says():
    roster = fit_makes(made_up_labels()).roster
    assert 0 < roster.neighbour_kept < 1
    assert roster.right < roster.asked == 8


def test_the_release_is_what_the_labels_give():
    labels = read_makes_labels(*FILES)
    model = load_makes_model()
    assert plain_makes(fit_makes(labels)) == plain_makes(model)
    text = (resources.root() / "models" / "makes" / "1" / "CARD.md").read_text("utf-8")
    files = makes_model_files(model, labels, measure_makes(labels), {})
    assert files["CARD.md"].decode("utf-8") == text


def test_the_labels_are_many_balanced_and_measured_on_the_other_half():
    labels = read_makes_labels(*FILES)
    texts = labels.placed.filter(pl.col("kind") != "roster")
    assert texts.height >= 300 and set(texts["half"]) == {"0", "1"}
    assert labels.placed.height + sum(labels.unclear.values()) >= 320 + 60
    assert labels.neighbours.height >= 60
    rows = makes_rows(measure_makes(labels))
    thirds = [row["seen_over_predicted"] for row in rows if row["part"].startswith("third")]
    assert len(thirds) == 3 and all(0.8 <= ratio <= 1.25 for ratio in thirds)
    assert rows[-1]["fitted"] < rows[-1]["base_rate"] < rows[-1]["borrowed"]
    assert "实际÷预测" in makes_lines(rows)[0]
    assert released_makes_rows() == rows


def test_missing_labels_and_broken_releases_are_said(tmp_path):
    with pytest.raises(InputError, match="没有找到人工标注"):
        read_makes_labels(tmp_path / "none.csv", FILES[1])
    with pytest.raises(ModelError, match="不完整"):
        makes_model(Release({"version": "1"}, {}))


def test_a_listed_firm_is_surer_than_a_register_of_the_same_words():
    rows = pl.DataFrame(
        {
            "row": [2, 3, 4],
            "firm_id": ["600001.SH", "91330000000000001X", "600003.SH"],
            "name": ["甲机器人股份有限公司", "乙机器人有限公司", "丙服装股份有限公司"],
            "city": ["绍兴市", "绍兴市", "绍兴市"],
            "business": ["减速机的研发、制造", "减速机的研发、制造", "服装的生产"],
        }
    )
    universe = universe_of_table(rows, load_cities())
    segments = universe.segments["segment_id"].unique().to_list()
    found = dict(universe_makes(load_makes_model(), universe, segments).iter_rows())
    assert set(found) == {"600001.SH", "91330000000000001X"}
    assert 0.5 < found["91330000000000001X"] < found["600001.SH"] < 1
    assert universe_makes(load_makes_model(), universe, ["qt-spad"]).is_empty()
