"""What `chainmap place` says of a workspace: the presence its companies come to, stored there."""

from __future__ import annotations

from typing import Any

import polars as pl

from chainmap.chains.library import load_library
from chainmap.cli.output import Format, emit, say
from chainmap.concepts.identifiers import chain_of
from chainmap.gaps.presence_partitions import Counting
from chainmap.gaps.presence_store import coverage, stored_presence, workspace_presence
from chainmap.linkage.partitions import Mapper
from chainmap.sources.asked_days import typed_asked_day
from chainmap.sources.workspace import Workspace
from chainmap.tables import PresenceCounts


def count_workspace(workspace: Workspace, as_of: str | None, mapper: Mapper) -> None:
    """Store the presence of a workspace's companies and show it by chain.

    Raises:
        InputError: As `typed_asked_day`, or the workspace cannot be written.
    """
    counting = Counting(typed_asked_day(as_of))
    known = stored_presence(workspace, counting) is not None
    counts = workspace_presence(workspace, load_library(), mapper, counting)
    rows = _by_chain(counts)
    emit(Format.TABLE, None, record=rows, rows=rows, title="环节分布（制造与研发企业）")
    seen = coverage(workspace, counting)
    asked = seen["companies"] - seen["closed"] - seen["later"] - seen["nowhere"]
    day = f"、{as_of} 之后成立 {seen['later']:,} 家" if as_of else ""
    say(
        f"工作区 {workspace.folder}：{seen['companies']:,} 家企业中考察 {asked:,} 家；"
        f"不计注销、吊销、撤销 {seen['closed']:,} 家{day}、不知在哪个城市 {seen['nowhere']:,} 家。"
    )
    say("一家企业可在几个环节，各计一次；分支机构与本地总公司算一家；只计高把握的归位。")
    stored = f"分布已存入工作区（{counts.height:,} 个城市×环节）。"
    say("名单和分类没有变化，分布未重算。" if known else stored)


def _by_chain(counts: PresenceCounts) -> list[dict[str, Any]]:
    chains = {chain.id: chain.name for chain in load_library().chains.values()}
    by_chain = counts.with_columns(
        chain=pl.col("segment_id").map_elements(chain_of, return_dtype=pl.String)
    )
    return [
        {
            "产业链": name,
            "有企业的城市": of["city_code"].n_unique(),
            "有企业的环节": of["segment_id"].n_unique(),
            "企业（环节次）": int(of["n_companies"].sum()),
            "其中龙头": int(of["n_leaders"].sum()),
            "注册资本（亿元）": round((of["capital_10k_cny"].sum() or 0.0) / 10_000, 1),
        }
        for chain, name in chains.items()
        for of in [by_chain.filter(pl.col("chain") == chain)]
    ]
