import json

import polars as pl
import pytest

from chainmap.cli.output import Format
from chainmap.cli.targets_evaluation import Shown, show_target_scores
from chainmap.cli.targets_training import train_target_ranker
from chainmap.errors import InputError
from tests.ranking.made_up_firms import CODES, made_up_labels, made_up_universe

NAMES = ("杭州市", "宁波市", "绍兴市", "南京市", "苏州市", "广州市", "深圳市", "成都市")


def folder_of(tmp_path):
    """A folder with a table of firms and one of their other cities, known by their columns."""
    universe, cities = made_up_universe(), dict(zip(CODES, NAMES, strict=True))
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
    show_target_scores(folder_of(tmp_path), True, shown)
    record = json.loads(out.read_text())
    assert {row["task"] for row in record["scores"]} >= {"城市→企业", "企业→城市"}
    assert "随机" in record["beaten"]
    assert (tmp_path / "pictures" / "reliability.png").read_bytes().startswith(b"\x89PNG")
    assert {row["order"] for row in record["bias"]} >= {"先大后小", "先近后远"}
    said = capsys.readouterr().err
    assert "AUC 显著胜过" in said and "Brier" in said


def test_a_folder_without_the_tables_is_said(tmp_path):
    with pytest.raises(InputError, match="没有企业总体"):
        show_target_scores(tmp_path, True, Shown(Format.JSON, None))


def test_the_roster_alone_replaces_no_release():
    with pytest.raises(InputError, match="不能替换"):
        train_target_ranker(None, None)
