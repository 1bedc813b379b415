import datetime as dt

import polars as pl

from chainmap.chains.library import load_library
from chainmap.gaps.presence import counted_roles
from chainmap.gaps.presence_partitions import (
    COLUMNS,
    Counting,
    count_partition,
    count_registers,
    merge_counts,
)
from chainmap.linkage.partitions import run_here
from chainmap.sources.workspace import Workspace
from tests.made_up import register

REDUCER, SHAOXING, HANGZHOU = "rb-general-reducer", "330600", "330100"


def companies(*rows):
    """Companies of a workspace as (id, name, scope, more)."""
    plain = dict.fromkeys(COLUMNS) | {
        "city_code": SHAOXING, "capital_10k": 100.0, "capital_currency": "CNY"
    }  # fmt: skip
    filled = [
        plain | {"company_id": i, "name": name, "name_key": name, "scope": scope} | more
        for i, name, scope, more in rows
    ]
    types = {"founded": pl.Date, "capital_10k": pl.Float64}
    return pl.DataFrame(filled, schema={c: types.get(c, pl.String) for c in COLUMNS}, orient="row")


def counts(frame, counting=Counting(), heads=None):  # noqa: B008 - frozen
    roles = counted_roles(load_library())
    return merge_counts([count_partition(frame, roles, counting)], heads)


def test_makers_count_once_a_segment_and_traders_never():
    frame = companies(
        ("a", "甲公司", "减速机制造；减速器的研发、生产", {}), ("b", "乙公司", "减速机销售", {}),
        ("c", "丙公司", "减速机的生产", {"capital_currency": "USD", "stock_code": "300001"}),
        ("d", "丁公司", "减速机的生产", {"city_code": HANGZHOU, "capital_10k": None}),
        ("e", "戊公司", "减速机的生产", {"city_code": None}),
    )  # fmt: skip
    assert counts(frame).filter(pl.col("segment_id") == REDUCER).rows() == [
        (HANGZHOU, REDUCER, 1, 0, None), (SHAOXING, REDUCER, 2, 1, 100.0),
    ]  # fmt: skip


def test_a_service_counts_only_where_the_segment_is_one():
    frame = companies(("a", "甲公司", "减速机维修", {}), ("b", "乙公司", "医学检验服务", {}))
    found = set(counts(frame)["segment_id"])
    assert REDUCER not in found


def test_closed_later_and_unsure_companies_do_not_count():
    made = "减速机的生产"
    frame = companies(
        ("a", "甲公司", made, {"status": "deregistered"}),
        ("b", "乙公司", made, {"status": "revoked"}),
        ("c", "丙公司", made, {"founded": dt.date(2020, 1, 1)}), ("d", "丁公司", made, {}),
        ("e", "戊公司", made, {"status": "active", "founded": dt.date(2010, 1, 1)}),
    )  # fmt: skip
    assert counts(frame)["n_companies"].to_list() == [3]
    assert counts(frame, Counting(dt.date(2015, 1, 1)))["n_companies"].to_list() == [2]
    assert counts(frame, Counting(least_confidence=1.0)).is_empty()
    leads = Counting(leaders=frozenset({"丁公司"}))
    assert counts(frame, leads)["n_leaders"].to_list() == [1]


def test_a_branch_is_its_company():
    made = "减速机的生产"
    frame = companies(
        ("a", "绍兴甲减速机公司", made, {}), ("b", "绍兴甲减速机公司柯桥分公司", made, {}),
        ("c", "绍兴甲减速机公司杭州一分厂", made, {"city_code": HANGZHOU}),
        ("d", "绍兴甲减速机公司杭州二分厂", made, {"city_code": HANGZHOU}),
    )  # fmt: skip
    heads = pl.DataFrame({"parent_key": ["绍兴甲减速机公司"], "city_code": [SHAOXING]})
    found = counts(frame, heads=heads)
    assert dict(found.select("city_code", "n_companies").iter_rows()) == {SHAOXING: 1, HANGZHOU: 1}


def test_parts_merge_to_the_whole_in_any_order():
    rows = [
        (
            f"c{n:03}",
            f"绍兴第{n // 2}公司{'一二'[n % 2]}分公司" if n % 3 else f"绍兴第{n}厂",
            "减速机的生产；芯片设计",
            {"capital_10k": 0.1 * n, "city_code": (SHAOXING, HANGZHOU)[n % 2]},
        )
        for n in range(40)
    ]
    frame, roles = companies(*rows), counted_roles(load_library())
    parts = [count_partition(part, roles, Counting()) for part in frame.iter_slices(7)]
    whole = counts(frame)
    assert merge_counts(parts).equals(whole, null_equal=True)
    assert merge_counts(parts[::-1]).equals(whole, null_equal=True)
    assert merge_counts([]).is_empty()


def test_a_register_is_counted_with_branches_beside_parents(tmp_path):
    folder = register(tmp_path)
    found = count_registers(Workspace(folder), load_library(), run_here)
    reducers = found.filter(pl.col("segment_id") == REDUCER)
    assert reducers.select("city_code", "n_companies").rows() == [
        ("110000", 1), ("330600", 2),
    ]  # fmt: skip
    assert count_registers(Workspace(tmp_path / "none"), load_library(), run_here).is_empty()
