import polars as pl
import pytest
from typer.testing import CliRunner

from chainmap.cli.app import app
from chainmap.errors import InputError
from chainmap.sources.workspace import Workspace
from tests.made_up import register

RUN = CliRunner()


def place(*asked):
    done = RUN.invoke(app, ["place", *map(str, asked)], catch_exceptions=False)
    assert done.exit_code == 0
    return done


def test_place_counts_and_stores_what_was_imported(tmp_path):
    folder = register(tmp_path)
    done = place("-w", folder)
    assert "机器人" in done.stdout
    assert "7 家企业中考察 5 家" in done.stderr and "已存入工作区" in done.stderr
    assert Workspace(folder).scan("presence").collect()["n_companies"].sum() >= 3
    assert "未重算" in place("-w", folder).stderr


def test_place_counts_a_day_and_writes_the_placements_too(tmp_path):
    folder, out = register(tmp_path), tmp_path / "归位.parquet"
    done = place("-w", folder, "--as-of", "2003-01-01", "-o", out)
    assert "2003-01-01 之后成立 3 家" in done.stderr
    assert "绍兴甲减速机有限公司" in pl.read_parquet(out)["name"].to_list()
    with pytest.raises(InputError, match="YYYY-MM-DD"):
        place("-w", folder, "--as-of", "去年")
