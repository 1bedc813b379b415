import os

import polars as pl
import pytest

from chainmap.linkage.evidence import place_companies
from chainmap.linkage.partitions import run_here, run_in_processes, run_on_cluster

SCOPES = [
    "减速机、齿轮的制造", "集成电路设计", "百货零售", "中成药零售（不含疫苗）",
    "销售：无人机，五金", "生产碳纤维", "楼宇自动化设备安装", "数控机床维修", "量子通信技术开发",
]  # fmt: skip


def partitions():
    rows = [
        {"company": f"{number:03}", "name": f"第{number}公司", "scope": scope}
        for number, scope in enumerate(SCOPES * 2)
    ]
    return list(pl.DataFrame(rows).iter_slices(4))


def test_processes_give_the_same_table_as_a_loop():
    here = pl.concat(run_here(place_companies, partitions()))
    processes = pl.concat(run_in_processes(2)(place_companies, partitions()))
    assert here.equals(processes, null_equal=True)
    assert here["company"].n_unique() == 14


@pytest.mark.filterwarnings("ignore")
def test_a_cluster_gives_the_same_table_as_a_loop(monkeypatch):
    distributed = pytest.importorskip("dask.distributed", reason="Dask is an optional extra")
    monkeypatch.setitem(os.environ, "DASK_DISTRIBUTED__WORKER__DAEMON", "False")
    here = pl.concat(run_here(place_companies, partitions()))
    with (
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, processes=False, dashboard_address=None
        ) as cluster,
        distributed.Client(cluster) as client,
    ):
        there = pl.concat(run_on_cluster(client)(place_companies, partitions()))
    assert here.equals(there, null_equal=True)
