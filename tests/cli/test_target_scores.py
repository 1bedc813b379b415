import datetime as dt
import json

import polars as pl
import pytest

from chainmap.cli.output import Format
from chainmap.cli.target_scores_answers import (
    Asked,
    origin_year,
    read_universe,
    show_ranked_universe,
)
from chainmap.errors import InputError
from chainmap.ranking.target_model import load_target_model
from chainmap.sources.workspace import Workspace
from tests.cli.running import run_command
from tests.ranking.made_up_firms import CODES, made_up_universe


def table(folder):
    firms = made_up_universe(60).firms
    names = ("杭州市", "宁波市", "绍兴市", "南京市", "苏州市", "广州市", "深圳市", "成都市")
    cities = dict(zip(CODES, names, strict=True))
    frame = firms.select(
        pl.col("firm_id").alias("股票代码"),
        pl.col("name").alias("公司名称"),
        pl.col("home").replace_strict(cities).alias("城市"),
        pl.col("founded_year").alias("成立日期"),
        pl.col("staff").round(0).alias("员工人数"),
        pl.col("capital_10k").round(2).alias("注册资本"),
        pl.col("business").alias("主营业务"),
    )
    file = folder / "firms.csv"
    frame.write_csv(file)
    return file


def test_any_universe_is_ranked_without_a_limit_and_every_score_is_written(tmp_path, capsys):
    file, out, scores = table(tmp_path), tmp_path / "list.json", tmp_path / "scores.csv"
    asked = Asked("绍兴", universe=file, as_of=dt.date(2010, 12, 31), top=0, scores=scores)
    show_ranked_universe(asked, Format.JSON, out)
    ranked = json.loads(out.read_text())
    firms = made_up_universe(60).firms
    there = firms.filter((pl.col("founded_year") <= 2010) & (pl.col("home") != "330600"))
    assert [row["rank"] for row in ranked] == list(range(1, there.height + 1))
    assert {row["firm_id"] for row in ranked} == set(there["firm_id"])
    written = pl.read_csv(scores)
    parts = [term.feature for term in load_target_model().company]
    assert written.height == there.height and set(parts) <= set(written.columns)
    said = capsys.readouterr().err
    assert "年后成立" in said and "成立年份未知" not in said


def test_firms_without_a_founding_year_are_ranked_and_counted(tmp_path, capsys):
    file = tmp_path / "firms.csv"
    file.write_text(
        "股票代码,公司名称,城市,成立日期\n1.SZ,甲,深圳市,\n2.SZ,乙,深圳市,1979-01-01\n"
        "3.SZ,丙,成都市,2001-01-01\n4.SZ,丁,绍兴市,\n",
        encoding="utf-8",
    )
    for day, said in (
        (dt.date(1980, 12, 31), "1980 年后成立 1 家、本市 1 家不排；排序 2 家"),
        (dt.date(2010, 12, 31), "2010 年后成立 0 家、本市 1 家不排；排序 3 家"),
    ):
        show_ranked_universe(Asked("绍兴", universe=file, as_of=day), Format.JSON, None)
        assert f"{said}（其中成立年份未知 1 家，按已成立排入）" in capsys.readouterr().err


def test_the_same_table_gives_the_same_bytes(tmp_path):
    file = table(tmp_path)
    for name in ("a", "b"):
        asked = Asked("绍兴", universe=file, scores=tmp_path / f"{name}.csv")
        show_ranked_universe(asked, Format.JSON, tmp_path / f"{name}.json")
    assert (tmp_path / "a.csv").read_bytes() == (tmp_path / "b.csv").read_bytes()
    assert (tmp_path / "a.json").read_bytes() == (tmp_path / "b.json").read_bytes()


def test_one_source_is_needed_and_a_day_counts_only_years_that_are_over():
    with pytest.raises(InputError, match="二选一"):
        show_ranked_universe(Asked("绍兴"), Format.JSON, None)
    model = load_target_model()
    assert origin_year(dt.date(2014, 12, 31), model) == 2014
    assert origin_year(dt.date(2014, 7, 1), model) == 2013
    assert origin_year(None, model) == model.edition


def test_a_segment_keeps_only_its_firms(tmp_path):
    file = tmp_path / "firms.csv"
    file.write_text(
        "股票代码,公司名称,城市,主营业务\n1.SZ,甲,深圳市,减速机的研发、制造\n2.SZ,乙,深圳市,服装\n"
        "3.SZ,丙,成都市,减速机的生产\n",
        encoding="utf-8",
    )
    universe = read_universe(Asked("绍兴", universe=file))
    segments = tuple(universe.segments["segment_id"].unique())
    out = tmp_path / "list.json"
    show_ranked_universe(Asked("绍兴", universe=file, segments=segments), Format.JSON, out)
    ranked = json.loads(out.read_text())
    assert sorted(row["firm_id"] for row in ranked) == ["1.SZ", "3.SZ"]
    assert [row["rank"] for row in ranked] == [1, 2]


def test_an_imported_list_is_scored_as_the_table_itself(tmp_path, monkeypatch, capsys):
    run = run_command(monkeypatch, capsys)
    frame = pl.read_csv(table(tmp_path), infer_schema=False).rename(
        {"股票代码": "ts_code", "成立日期": "setup_date", "员工人数": "公司员工数"}
    )
    codes = [f"{600000 + at}.SH" for at in range(frame.height)]
    listed = frame.with_columns(
        pl.Series("ts_code", codes),
        pl.col("setup_date") + "0630",
        list_date=pl.lit("20150105"),
        sw2=pl.Series([("专用设备", "化学制品", "半导体")[at % 3] for at in range(frame.height)]),
    )
    file, workspace = tmp_path / "listed.csv", tmp_path / "ws"
    listed.write_csv(file)
    code, out, err = run("import", "companies", str(file), "--workspace", str(workspace))
    assert code == 0 and "置空" not in out + err
    found = {}
    for name, source in (("table", {"universe": file}), ("import", {"workspace": workspace})):
        scores = tmp_path / f"{name}.csv"
        asked = Asked("绍兴", as_of=dt.date(2012, 12, 31), scores=scores, **source)
        show_ranked_universe(asked, Format.JSON, tmp_path / "x.json")
        found[name] = pl.read_csv(scores).sort("code")
    one, other = found["table"], found["import"]
    assert one["code"].to_list() == other["code"].to_list() and set(one["code"]) <= set(codes)
    parts = [term.feature for term in load_target_model().company]
    for column in ("score", *parts):
        assert (one[column] - other[column]).abs().max() < 1e-9, column
    assert one["staff_size"].n_unique() > 5 and one["capital_size"].n_unique() > 5


def test_a_workspace_ranks_as_the_table_it_was_imported_from(tmp_path, monkeypatch, capsys):
    file, workspace = table(tmp_path), tmp_path / "ws"
    frame = pl.read_csv(file, infer_schema=False).with_row_index("n")
    trade, finer = ("n" + pl.col("n").mod(k).cast(pl.String) for k in (3, 7))
    stated = {"注册资本": pl.col("注册资本") + "万元", "成立日期": pl.col("成立日期") + "-01-01"}
    frame.with_columns(sw1=trade, sw2=finer, **stated).drop("n").write_csv(file)
    call = run_command(monkeypatch, capsys)
    assert call("import", "companies", str(file), "--workspace", str(workspace))[0] == 0
    found = {}
    for name, asked in (
        ("table", Asked("绍兴", universe=file, scores=tmp_path / "table.csv")),
        ("workspace", Asked("绍兴", workspace=workspace, scores=tmp_path / "workspace.csv")),
    ):
        show_ranked_universe(asked, Format.JSON, tmp_path / "list.json")
        found[name] = pl.read_csv(tmp_path / f"{name}.csv").sort("name")
    for column in ("score", "chance", "expands", "goes_there"):
        ours, theirs = found["workspace"][column], found["table"][column]
        assert ours.to_list() == pytest.approx(theirs.to_list(), rel=1e-9), column
    assert found["table"]["expands"].n_unique() > 1


def test_a_list_of_a_segment_says_how_surely_each_makes_it_and_who_is_beside(tmp_path, capsys):
    file = tmp_path / "firms.csv"
    file.write_text(
        "股票代码,公司名称,城市,主营业务\n600001.SH,甲,深圳市,减速机的研发、制造\n"
        "600002.SH,乙,深圳市,服装\n600003.SH,丙,绍兴市,减速机的生产\n",
        encoding="utf-8",
    )
    universe = read_universe(Asked("绍兴", universe=file))
    segments = tuple(universe.segments["segment_id"].unique())
    out = tmp_path / "list.json"
    show_ranked_universe(Asked("绍兴", universe=file, segments=segments), Format.JSON, out)
    (row,) = json.loads(out.read_text())
    assert row["firm_id"] == "600001.SH" and 0.5 < row["makes"] < 1
    assert "本市 1 家、不在所选环节 1 家不排；排序 1 家" in capsys.readouterr().err


def test_a_workspace_of_an_earlier_version_is_read_without_the_first_level_trade(
    tmp_path, monkeypatch, capsys
):
    file, folder = table(tmp_path), tmp_path / "ws"
    call = run_command(monkeypatch, capsys)
    assert call("import", "companies", str(file), "--workspace", str(folder))[0] == 0
    (stored,) = Workspace(folder).files("companies")
    pl.read_parquet(stored).drop("sector").write_parquet(stored)
    out = tmp_path / "list.json"
    show_ranked_universe(Asked("绍兴", workspace=folder), Format.JSON, out)
    assert len(json.loads(out.read_text())) == 20
    assert call("import", "companies", str(file), "--workspace", str(folder))[0] == 0
    assert Workspace(folder).scan("companies").collect()["sector"].null_count() == 60
