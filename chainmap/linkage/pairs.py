"""Which companies of a register are worth comparing: pairs by name, by branch, by brand."""

from __future__ import annotations

import polars as pl

from chainmap.linkage.branches import branch_parents
from chainmap.linkage.names import keys, parts_of_key

LARGEST_FAMILY = 40
"""A brand that more companies of one city carry is a common word, not a family."""

_PAIR = {"left": pl.String, "right": pl.String}


def likely_pairs(companies: pl.DataFrame) -> pl.DataFrame:
    """Return `left, right, carriers`, each pair once: who may be whose branch, subsidiary or self.

    `carriers` counts the companies of the city that carry the brand; null where not counted.

    Args:
        companies: `company_id, name, uscc, city_code, former_names, name_key`.
    """
    blocks = [_family_pairs(companies), _branch_pairs(companies), _same_pairs(companies)]
    return pl.concat(blocks, how="diagonal").unique(
        ["left", "right"], keep="first", maintain_order=True
    )


def _branch_pairs(frame: pl.DataFrame) -> pl.DataFrame:
    """Return branch and every company that stands at the beginning of its name."""
    wanted = branch_parents(frame).select(left="company_id", name_key="parent_key")
    heads = frame.select("name_key", right="company_id")
    return wanted.join(heads, on="name_key").filter(pl.col("left") != pl.col("right")).select(
        "left", "right"
    )  # fmt: skip


def _same_pairs(frame: pl.DataFrame) -> pl.DataFrame:
    """Return companies known by name only and those with a code that they may be."""
    loose = frame.filter(pl.col("uscc").is_null())
    if loose.is_empty():
        return pl.DataFrame(schema=_PAIR)
    former = (
        frame.select("company_id", pl.col("former_names").str.split(";")).explode("former_names")
        .drop_nulls()
    )  # fmt: skip
    former = former.with_columns(name_key=keys(former["former_names"])).select(
        "name_key", right="company_id"
    )
    by_name = pl.concat([former, frame.select("name_key", right="company_id")])
    exact = loose.select("name_key", left="company_id").join(by_name, on="name_key")
    with_tail = pl.col("name_key").str.slice(-6)
    near = loose.select(tail=with_tail, left="company_id").join(
        frame.select(tail=with_tail, right="company_id"), on="tail"
    )
    pairs = pl.concat([exact.select("left", "right"), near.select("left", "right")])
    return pairs.filter(pl.col("left") != pl.col("right")).unique(maintain_order=True)


def _family_pairs(frame: pl.DataFrame) -> pl.DataFrame:
    """Return companies and the holding company of their city that carries their brand."""
    holding = frame.filter(pl.col("name_key").str.contains("集团|控股|股份公司|总公司"))
    heads = [
        (parts.brand, city, company_id)
        for company_id, key, city in holding.select(
            "company_id", "name_key", "city_code"
        ).iter_rows()
        for parts in [parts_of_key(key)]
        if len(parts.brand) >= 2 and not parts.parents
    ]
    columns = {"brand": pl.String, "city_code": pl.String, "right": pl.String}
    table = pl.DataFrame(heads, schema=columns, orient="row")
    if table.is_empty():
        return pl.DataFrame(schema={**_PAIR, "carriers": pl.UInt32})
    brands = table["brand"].unique().to_list()
    likely = frame.with_columns(
        brand=pl.col("name_key").str.slice(0, 12).str.find_many(brands).list.len()
    ).filter(pl.col("brand") > 0)
    known = set(brands)
    members = [
        (brand, city, company_id)
        for company_id, key, city in likely.select(
            "company_id", "name_key", "city_code"
        ).iter_rows()
        for parts in [parts_of_key(key)]
        if not parts.parents
        for brand in sorted({parts.brand, parts.brand[:2], parts.brand[:3]} & known)
    ]
    own = pl.DataFrame(
        members,
        schema={"brand": pl.String, "city_code": pl.String, "left": pl.String},
        orient="row",
    )
    own = own.with_columns(carriers=pl.len().over("brand", "city_code"))
    pairs = own.filter(pl.col("carriers") <= LARGEST_FAMILY).join(table, on=["brand", "city_code"])
    return pairs.filter(pl.col("left") != pl.col("right")).select("left", "right", "carriers")
