import json

import polars as pl
import pytest

from chainmap.cli import targets_training
from chainmap.cli.output import Format
from chainmap.cli.targets_evaluation import Shown, show_target_scores
from chainmap.cli.targets_places import chosen_cities, show_place_scores
from chainmap.cli.targets_training import train_target_ranker
from chainmap.errors import InputError, UnknownNameError
from chainmap.ranking import target_lists
from chainmap.ranking.target_held import LOGIT
from chainmap.ranking.target_place_rows import DATED_TASK, UNDATED_TASK
from chainmap.sources.places import load_cities
from tests.ranking.made_up_firms import CODES, made_up_labels, made_up_universe

NAMES = ("杭州市", "宁波市", "绍兴市", "南京市", "苏州市", "广州市", "深圳市", "成都市")


@pytest.fixture(autouse=True)
def few_samples(monkeypatch):
    """What is asked here hangs on no interval's ends but whether they are apart from 0."""
    monkeypatch.setattr(target_lists, "RESAMPLES", 300)


def folder_of(tmp_path, n=240):
    """A folder with a table of n firms and one of their other cities, known by their columns."""
    universe, cities = made_up_universe(n), dict(zip(CODES, NAMES, strict=True))
    universe.firms.select(
        pl.col("firm_id").alias("股票代码"),
        pl.col("name").alias("公司名称"),
        pl.col("home").replace_strict(cities).alias("城市"),
        pl.col("founded_year").alias("成立日期"),
        pl.col("staff").round(0).alias("员工人数"),
        pl.col("business").alias("主营业务"),
    ).write_csv(tmp_path / "a.csv")
    made_up_labels(universe).select(
        pl.col("firm_id").alias("股票代码"),
        pl.col("firm").alias("公司名称"),
        pl.col("city_code").replace_strict(cities).alias("异地城市"),
    ).rename({"异地城市": "other_city"}).write_csv(tmp_path / "b.csv")
    return tmp_path


def test_the_scorecard_of_a_folder_names_every_order_and_says_what_is_beaten(tmp_path, capsys):
    out = tmp_path / "scores.json"
    shown = Shown(Format.JSON, out, tmp_path / "pictures")
    show_target_scores(folder_of(tmp_path, n=100), True, shown)
    record = json.loads(out.read_text())
    assert {row["task"] for row in record["scores"]} >= {"城市→企业", "企业→城市"}
    assert "随机" in record["beaten"]
    assert (tmp_path / "pictures" / "reliability.png").read_bytes().startswith(b"\x89PNG")
    assert record["makes"][-1]["part"] == "brier"
    assert {row["order"] for row in record["bias"]} >= {"先大后小", "先近后远"}
    said = capsys.readouterr().err
    assert "AUC 显著胜过" in said and "Brier" in said


def test_a_folder_without_the_tables_is_said(tmp_path):
    with pytest.raises(InputError, match="没有企业总体"):
        show_target_scores(tmp_path, True, Shown(Format.JSON, None))


def test_the_roster_alone_replaces_no_release():
    with pytest.raises(InputError, match="不能替换"):
        train_target_ranker(None, None)


@pytest.fixture
def train(monkeypatch, tmp_path, capsys):
    """Trains without training: the one file is the version and a word; returns what was said."""

    def files(model, *_):
        return {"manifest.json": f"{model} {word[0]}".encode()}

    def run(out, said):
        word[:] = [said]
        targets_training.train_target_ranker(out, data)
        return capsys.readouterr().err

    word: list[str] = []
    (data := tmp_path / "data").mkdir()
    made = targets_training.read_target_data(folder_of(data))
    monkeypatch.setattr(targets_training, "read_target_data", lambda _: made)
    monkeypatch.setattr(targets_training, "measure_targets", lambda *_: None)
    monkeypatch.setattr(targets_training, "train_targets", lambda _, __, version: version)
    monkeypatch.setattr(targets_training, "target_model_files", files)
    monkeypatch.setattr(targets_training.resources, "root", lambda: tmp_path)
    return run


def test_a_trained_model_is_held_to_the_release_and_what_must_follow_is_said(tmp_path, train):
    """It said that all scores had changed whatever it wrote, and of the version not a word."""
    first = train(None, "a")
    assert "随之改变" in first and "b.csv：读作外地布局" in first
    assert "与发布的模型 5 逐字节相同" in train(None, "a")
    assert "与发布的模型 5 逐字节相同" in train(tmp_path / "5", "a")
    mine = train(tmp_path / "mine", "a")
    assert "与发布的模型 5 不同的文件：manifest.json" in mine and "随之改变" not in mine
    assert "版本记作文件夹名“mine”" in mine and "文件夹须名为 5" in mine
    assert "版本" not in train(tmp_path / "5", "b")


def with_ledger(tmp_path):
    """The folder of `folder_of` and a ledger of dated landings, of firms by their names."""
    folder = folder_of(tmp_path)
    labels, universe = made_up_labels(made_up_universe()), made_up_universe()
    names = dict(universe.firms.select("firm_id", "name").iter_rows())
    cities = dict(zip(CODES, NAMES, strict=True))
    labels.head(30).select(
        pl.col("firm_id").replace_strict(names).alias("投资企业"),
        pl.col("city_code").replace_strict(cities).alias("落地城市"),
        pl.lit("2019-05-01").alias("落地日期"),
    ).write_csv(folder / "ledger.csv")
    return folder


def test_one_province_is_judged_on_its_own_with_dated_landings_as_of_the_year_before(
    tmp_path, capsys
):
    out = tmp_path / "scores.json"
    folder = with_ledger(tmp_path)
    show_place_scores(folder, "33", None, Shown(Format.JSON, out))
    record = json.loads(out.read_text())
    assert record["cities"][0] == "330100" and len(record["cities"]) == 11
    rows = {(row["task"], row["order"]): row for row in record["scores"]}
    own = rows[UNDATED_TASK, LOGIT]
    assert own["lists"] == 3 and own["auc"] > rows[UNDATED_TASK, "随机"]["auc"]
    assert {"lead", "lead_by_firm"} <= set(rows[UNDATED_TASK, "先大后小"])
    dated = record["dated_lists"]
    assert dated and {one["year"] for one in dated} == {2019}
    assert rows[DATED_TASK, LOGIT]["events"] == sum(e["kind"] == "dated" for e in record["events"])
    assert all(1 <= one["place"] <= one["candidates"] for one in record["events"])
    said = capsys.readouterr().err
    assert "最强的简单排法" in said
    (ledger,) = record["ledgers"]
    assert ledger["rows"] == 30 == ledger["asked"] + sum(ledger["not_asked"].values())
    assert ledger["asked"] == rows[DATED_TASK, LOGIT]["events"] and record["dated_bundled"] == 0
    assert ledger["not_asked"]["不在所选城市"] == sum(
        one["reason"] == "不在所选城市" for one in ledger["rows_not_asked"]
    )
    assert f"ledger.csv 的 30 行：问了 {ledger['asked']} 处；没有问的" in said
    assert "b.csv：读作外地布局（无日期）" in said
    assert {one["file"]: one["read_as"] for one in record["files"]} == {
        "a.csv": "universe", "b.csv": "presence", "ledger.csv": "ledger",
    }  # fmt: skip


def test_cities_are_chosen_by_name_and_unknown_ones_are_said():
    cities = load_cities()
    assert chosen_cities(cities, None, "绍兴，杭州") == ["330100", "330600"]
    assert len(chosen_cities(cities, "浙江省", None)) == 11
    with pytest.raises(UnknownNameError):
        chosen_cities(cities, "乌有", None)
    with pytest.raises(InputError, match="没有指明"):
        chosen_cities(cities, None, "，")
