"""Import, placement and presence: the same tables here, in processes and on a Dask cluster."""

import hashlib
from functools import partial

import polars as pl
import pytest

from chainmap.chains.library import load_library
from chainmap.gaps import presence_partitions
from chainmap.gaps.presence_store import workspace_presence
from chainmap.linkage.evidence import place_companies
from chainmap.linkage.intake import Progress, Request, import_companies
from chainmap.linkage.partitions import run_here, run_in_processes, run_on_cluster
from chainmap.sources.intake import lists
from chainmap.sources.workspace import Workspace
from tests.made_up import TODAY, code, write_csv

SCOPES = ["减速机、齿轮的制造", "集成电路设计", "百货零售", "中成药零售（不含疫苗）",
          "数控机床的生产和销售", "生产碳纤维", "楼宇自动化设备安装", "芯片封装测试"]  # fmt: skip


@pytest.fixture(scope="module")
def listed(tmp_path_factory):
    rows = [["企业名称", "统一社会信用代码", "经营范围", "住所", "注册资本"]]
    for n in range(160):
        branch = "柯桥分公司" if n % 5 == 4 else ""
        name = f"绍兴第{n - (n % 5 == 4)}轴承有限公司{branch}"
        rows.append([name, code(n), SCOPES[n % 8], "绍兴市越城区1号", f"{n}.3万元"])
    folder = tmp_path_factory.mktemp("list")
    return write_csv(folder / "名单_2024-01-01.csv", [*rows, ["合计", "-", "", "", ""]])


@pytest.fixture(scope="module")
def small_parts():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lists, "BLOCK_BYTES", 4000)
        patch.setattr(presence_partitions, "PARTITION_ROWS", 50)
        yield


@pytest.fixture(scope="module")
def here(tmp_path_factory, listed, small_parts):
    """What the loop makes, which every other way is held to."""
    return everything(tmp_path_factory.mktemp("here"), listed, run_here)


def everything(folder, listed, mapper):
    """What a mapper makes of a list: the import's files by content, placements, presence."""
    workspace = Workspace(folder)
    request = Request([listed], TODAY)
    report = import_companies(workspace, request, Progress(lambda name, rows: None), mapper)
    stored = {
        f.relative_to(folder).as_posix(): hashlib.sha256(f.read_bytes()).hexdigest()
        for f in sorted(folder.rglob("*")) if f.is_file()
    }  # fmt: skip
    companies = workspace.scan("companies").collect()
    slices = companies.select(company="company_id", name="name", scope="scope").iter_slices(50)
    placed = pl.concat(mapper(place_companies, slices))
    presence = workspace_presence(workspace, load_library(), mapper)
    return report, stored, placed, presence


def same(one, other):
    assert one[0] == other[0] and one[1] == other[1]
    assert one[2].equals(other[2], null_equal=True)
    assert one[3].equals(other[3], null_equal=True)


def test_processes_give_the_same_tables_as_a_loop(tmp_path, listed, here):
    assert here[0].lists[0].rows == 161 and here[0].lists[0].rejected == 1
    assert here[2].height and here[3]["n_companies"].sum()
    same(here, everything(tmp_path / "processes", listed, run_in_processes(2)))


def test_a_cluster_gives_the_same_tables_as_a_loop(tmp_path, listed, here):
    distributed = pytest.importorskip("dask.distributed", reason="Dask is an optional extra")
    local = partial(distributed.LocalCluster, processes=False, dashboard_address=None)
    with (
        local(n_workers=2, threads_per_worker=1) as cluster,
        distributed.Client(cluster) as client,
    ):
        same(here, everything(tmp_path / "cluster", listed, run_on_cluster(client)))
