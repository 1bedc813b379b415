"""A register ranked over partitions: the same lists here, in processes and on a Dask cluster."""

from functools import partial

import pytest

from chainmap.linkage.intake import Progress, Request, import_companies
from chainmap.linkage.partitions import run_here, run_in_processes, run_on_cluster
from chainmap.ranking import partitions
from chainmap.ranking.known import Known
from chainmap.ranking.listing import rank_candidates
from chainmap.ranking.partitions import placed_universe, rank_partitions, write_known
from chainmap.ranking.target_model import load_target_model, score_city
from chainmap.ranking.target_options import TargetOptions
from chainmap.ranking.universe import universe_of_workspace
from chainmap.sources.places import load_cities
from chainmap.sources.workspace import Workspace
from tests.made_up import TODAY, code, write_csv
from tests.oracles.ranking import listed_by_pandas, parts_by_pandas, ranked_by_pandas
from tests.ranking.lists import candidates_of, released

SCOPES = ["减速机、齿轮的制造", "集成电路设计", "百货零售", "数控机床的生产和销售", "生产碳纤维",
          "芯片封装测试", "工业机器人的研发和制造", "硅片的生产"]  # fmt: skip
PLACES = ["绍兴市越城区1号", "宁波市海曙区2号", "苏州市虎丘区3号", "深圳市南山区4号", "-"]
CITIES = ("330200", "330600")


@pytest.fixture(scope="module")
def workspace(tmp_path_factory):
    tmp_path = tmp_path_factory.mktemp("register")
    rows = [["企业名称", "统一社会信用代码", "经营范围", "住所", "注册资本"]]
    for n in range(160):
        name, place = f"第{n}轴承有限公司", PLACES[n * 7 % 5]
        rows.append([name, code(n), SCOPES[n % 8], place, f"{n + 1}.3万元"])
    file = write_csv(tmp_path / "名单_2024-01-01.csv", rows)
    made = Workspace(tmp_path / "ws")
    import_companies(made, Request([file], TODAY), Progress(lambda name, rows: None))
    return made


@pytest.fixture(scope="module")
def small_parts():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(partitions, "PARTITION_ROWS", 50)
        patch.setattr(partitions, "SCORED_ROWS", 30)
        yield


def lists(workspace, folder, mapper):
    universe = placed_universe(workspace, load_cities(), mapper)
    known = Known(universe, 2025)
    folder.mkdir()
    file = write_known(known, load_target_model(), folder)
    return universe, rank_partitions(file, known.n_firms, CITIES, 10, mapper)


@pytest.fixture(scope="module")
def made_here(workspace, tmp_path_factory, small_parts):
    """Firms and lists of the loop, which every other way is held to."""
    return lists(workspace, tmp_path_factory.mktemp("here") / "known", run_here)


def test_the_firms_and_lists_are_those_of_the_whole(workspace, made_here):
    universe, found = made_here
    whole = universe_of_workspace(workspace, load_cities())
    assert universe.segments.equals(whole.segments)
    placed = whole.firms.join(whole.segments, on="firm_id", how="semi", maintain_order="left")
    assert universe.firms.equals(placed, null_equal=True)
    known = Known(universe, 2025)
    robots = universe.segments.filter(universe.segments["segment_id"].str.starts_with("rb-"))
    ranked = score_city(load_target_model(), known, "330600", chances=False, across=False)
    ranked = ranked.join(robots.select("firm_id").unique(), on="firm_id", how="semi",
                         maintain_order="left").head(10)  # fmt: skip
    ours = found.filter((found["city_code"] == "330600") & (found["chain_id"] == "robotics"))
    assert ours.height == 10
    assert ours.select("firm_id", "score").equals(ranked.select("firm_id", "score"))


def test_the_lists_are_those_of_plain_pandas(made_here):
    universe, found = made_here
    slow = ranked_by_pandas(Known(universe, 2025), load_target_model(), CITIES, 10)
    for row, theirs in zip(found.iter_rows(named=True), slow.to_dict("records"), strict=True):
        assert (row["city_code"], row["chain_id"], row["firm_id"]) == (
            theirs["city_code"], theirs["chain_id"], theirs["firm_id"],
        )  # fmt: skip
        assert row["score"] == pytest.approx(theirs["score"], abs=2e-6)


def test_processes_give_the_same_lists_as_a_loop(workspace, tmp_path, made_here):
    _, here = made_here
    _, there = lists(workspace, tmp_path / "there", run_in_processes(2))
    assert here.height and here.equals(there)


def test_a_cluster_gives_the_same_lists_as_a_loop(workspace, tmp_path, made_here):
    distributed = pytest.importorskip("dask.distributed", reason="Dask is an optional extra")
    _, here = made_here
    local = partial(distributed.LocalCluster, processes=False, dashboard_address=None)
    with (
        local(n_workers=2, threads_per_worker=1) as cluster,
        distributed.Client(cluster) as client,
    ):
        _, there = lists(workspace, tmp_path / "there", run_on_cluster(client))
    assert here.equals(there)


def test_the_roster_list_is_that_of_plain_pandas():
    candidates, options = candidates_of(), TargetOptions(top=5, draws=0)
    ours = rank_candidates(candidates, options, released())
    slow = listed_by_pandas(candidates, options, released())
    assert ours["company_id"].to_list() == slow["company_id"].to_list()
    assert ours["segment_id"].to_list() == slow["segment_id"].to_list()
    assert ours["score"].to_list() == pytest.approx(slow["score"].to_list(), abs=1e-8)
    pairs = list(ours.select("company_id", "segment_id").head(2).iter_rows())
    parts = parts_by_pandas(candidates, options, released(), pairs)
    for row, one in zip(ours["parts"].head(2), parts, strict=True):
        assert list(row) == pytest.approx(list(one.values()), abs=1e-8)
