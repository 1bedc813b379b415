"""Weak labels: listed firms by Shenwan industry, read by their business and their products."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polars as pl

from chainmap import resources
from chainmap.chains.library import load_library
from chainmap.errors import InputError
from chainmap.linkage.evidence import place_companies
from chainmap.linkage.placement_scores import Share
from chainmap.sources.plain_table import read_columns

MAIN_SHARE = 0.05
"""Revenue share from which a product counts as a main product."""


def listed_rows(listed: Path, products: Path | None) -> list[dict[str, Any]]:
    """Return one row per chain: firms of its Shenwan industries that placement finds there.

    Precision is asked among firms of mapped industries only: what a firm of another industry
    also does, nobody has labelled.

    Args:
        listed: `ts_code, 公司名称, 主营业务, sw1, sw2, sw3`.
        products: `ts_code, product, revenue_share` (shares may run below 0 and over 1: clipped).
    """
    mapping = _mapping()
    firms = read_columns(listed, ("ts_code", "公司名称", "主营业务", "sw1", "sw2", "sw3"))
    labelled = pl.concat(
        firms.join(
            mapping.filter(pl.col("level") == level), left_on=level, right_on="industry"
        ).select("ts_code", "chain")
        for level in ("sw1", "sw2", "sw3")
    )
    texts = firms.filter(pl.col("ts_code").is_in(labelled["ts_code"].to_list())).select(
        company="ts_code", name="公司名称", scope=pl.lit(""), business="主营业务"
    )
    rows = _scored("主营业务", texts, labelled)
    if products is not None:
        rows += _scored("主要产品", _with_products(texts, products), labelled)
    return rows


def _mapping() -> pl.DataFrame:
    file = resources.root() / "tests" / "golden" / "placement-shenwan.csv"
    if not file.is_file():
        raise InputError(f"没有找到申万行业对照 {file}。", todo="请在源码目录运行。")
    return pl.read_csv(file, infer_schema=False)


def _with_products(texts: pl.DataFrame, products: Path) -> pl.DataFrame:
    sold = (
        read_columns(products, ("ts_code", "product", "revenue_share"))
        .with_columns(share=pl.col("revenue_share").cast(pl.Float64, strict=False).clip(0, 1))
        .filter(pl.col("share") >= MAIN_SHARE)
        .sort("ts_code", "share", "product", descending=[False, True, False])
        .group_by("ts_code", maintain_order=True)
        .agg(products=pl.col("product").str.join("；"))
    )
    return texts.drop("business").join(
        sold, left_on="company", right_on="ts_code", maintain_order="left"
    )


def _scored(source: str, texts: pl.DataFrame, labelled: pl.DataFrame) -> list[dict[str, Any]]:
    placed = place_companies(texts).select("company", "chain_id").unique()
    known = labelled.filter(pl.col("ts_code").is_in(texts["company"].to_list()))
    rows = []
    for chain in load_library().chains.values():
        wanted = set(known.filter(pl.col("chain") == chain.id)["ts_code"].to_list())
        if not wanted:
            continue
        found = set(placed.filter(pl.col("chain_id") == chain.id)["company"].to_list())
        precision, recall = (
            Share(len(wanted & found), len(found)),
            Share(len(wanted & found), len(wanted)),
        )
        rows.append(
            {
                "对象": f"上市公司（{source}）· {chain.name}",
                "准确率": _text(precision), "准确率区间": _interval(precision),
                "准确率计数": f"{precision.hits}/{precision.total}",
                "召回率": _text(recall), "召回率区间": _interval(recall),
                "召回率计数": f"{recall.hits}/{recall.total}", "F1": "",
            }
        )  # fmt: skip
    return rows


def _text(share: Share) -> str:
    return "" if share.value is None else f"{share.value:.3f}"


def _interval(share: Share) -> str:
    return "" if share.interval is None else "{:.3f}–{:.3f}".format(*share.interval)
