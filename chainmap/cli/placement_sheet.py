"""Placements as an Excel file for people: Chinese headings, no identifiers of chains."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from chainmap.errors import InputError
from chainmap.linkage.scopes import HIGH_CONFIDENCE
from chainmap.reports.plain_workbook import write_rows

MOST = 100_000
"""Rows; a longer list opens slowly in Excel and WPS and is better read by a program."""
TITLE = "企业归位"
NOTES = [
    f"把握 {HIGH_CONFIDENCE:g} 及以上为“高”；“低”的请人工核对，不计入环节分布。",
    "“整条链”：原文只点明产业链，没有说到具体环节。",
]
SOURCES = {"scope": "经营范围", "business": "主营业务", "products": "主要产品"}
LEVELS = {"high": "高", "low": "低"}


def write_placement_sheet(placed: pl.LazyFrame, out: Path) -> None:
    """Write placements, as `chainmap place` shows them, as a workbook of one sheet.

    Raises:
        InputError: There are more than `MOST`.
    """
    many = int(placed.select(pl.len()).collect().item())
    if many > MOST:
        raise InputError(
            f"共 {many:,} 条，超过一张工作表宜读的 {MOST:,} 条。", todo="请写成 .csv 或 .parquet。"
        )
    rows = placed.select(
        pl.col("company").alias("企业标识"),
        pl.col("name").fill_null("").alias("企业名称"),
        pl.col("chain").alias("产业链"),
        pl.col("segment").fill_null("（整条链）").alias("环节"),
        pl.col("role_zh").alias("角色"),
        pl.col("level").replace_strict(LEVELS, return_dtype=pl.String).alias("把握"),
        pl.col("confidence").alias("把握数值"),
        pl.col("source").replace_strict(SOURCES, return_dtype=pl.String).alias("依据"),
        pl.col("evidence").alias("原文"),
        pl.col("rule").alias("规则"),
    )
    write_rows(out, TITLE, NOTES, rows.collect().to_dicts())
