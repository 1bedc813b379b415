import polars as pl
import pytest

from chainmap.chains.library import load_library
from chainmap.cli.targets_data import read_target_data
from chainmap.errors import InputError, ModelError
from chainmap.linkage.place import place_roster
from chainmap.ranking.known import Known
from chainmap.ranking.universe import (
    universe_of_roster,
    universe_of_table,
    universe_of_workspace,
)
from chainmap.sources.companies import load_companies, read_roster
from chainmap.sources.places import load_cities
from chainmap.sources.workspace import Workspace
from tests.made_up import register
from tests.ranking.made_up_firms import made_up_universe
from tests.shared_data import SHARED_DATA, needs_shared

CITIES = load_cities()


def rows(**columns):
    frame = pl.DataFrame(columns)
    return frame.with_columns(row=pl.int_range(2, frame.height + 2, dtype=pl.Int64))


def test_cells_become_numbers_and_what_cannot_be_is_null():
    found = universe_of_table(
        rows(
            firm_id=["1.SZ", "2.SZ", "2.SZ", None],
            name=["甲减速机有限公司", "乙", "乙又", None],
            province=["浙江", "浙江", "浙江", "浙江"],
            city=["绍兴市", "无名市", "宁波市", "宁波市"],
            founded=["20010203", "1998-05-06", None, None],
            staff=["1,200", "-3", None, None],
            capital=["1.5亿元", "800", None, None],
            business=["减速机的研发、制造", None, None, None],
        ),
        CITIES,
    )
    assert found.firms["founded_year"].to_list() == [2001, 1998]
    assert found.firms["staff"].to_list() == [1200.0, None]
    assert found.firms["capital_10k"].to_list() == [15000.0, 800.0]
    assert found.firms["home"].to_list() == ["330600", None]
    assert found.refused["reason"].to_list() == ["企业重复出现", "没有企业代码或名称"]
    assert found.segments["firm_id"].unique().to_list() == ["1.SZ"]


def test_a_table_without_a_firm_is_refused():
    with pytest.raises(InputError, match="没有一家"):
        universe_of_table(rows(name=[None, None]).cast({"name": pl.String}), CITIES)


def test_a_workspace_is_a_universe(tmp_path):
    found = universe_of_workspace(Workspace(register(tmp_path)), CITIES)
    assert found.firms.height == 7
    assert found.firms["home"].drop_nulls().unique().sort().to_list() == ["110000", "330600"]
    with pytest.raises(InputError, match="没有企业"):
        universe_of_workspace(Workspace(tmp_path / "empty"), CITIES)


def test_the_roster_ranks_heads_of_groups_and_its_sites_are_labels():
    library = load_library()
    found = universe_of_roster(
        load_companies(), place_roster(read_roster(), library), library, CITIES
    )
    heads = load_companies().filter(pl.col("parent_id").is_null())
    assert found.firms.height == heads.height
    read = read_target_data(None)
    assert read.known.sites.sum() > 80 and "Apache" in read.origin["data_zh"][0]


def test_firms_founded_later_are_not_there():
    universe = made_up_universe()
    known = Known(universe, 2000)
    assert known.firms["founded_year"].max() <= 2000
    assert known.city_size.sum() == known.n_firms < universe.firms.height


def test_a_part_of_a_universe_keeps_its_firms_segments():
    part = made_up_universe().only(pl.col("home") == "330600")
    assert set(part.firms["home"]) == {"330600"}
    with pytest.raises(ModelError, match="没有名为"):
        Known(part, 2020).further("anything")


@needs_shared
def test_every_row_of_the_listed_firms_and_their_cities_is_accounted_for():
    read = read_target_data(SHARED_DATA)
    universe_rows = 6192
    assert read.known.firms.height == universe_rows - 1
    assert 1100 < read.known.stated.sum() < 1300
    assert [file.suffix for file in read.registrations] == [".parquet"]
