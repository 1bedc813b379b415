"""Branches (分支机构) of a register, by their names: whose they are, and who of those is there."""

from __future__ import annotations

import polars as pl

from chainmap.linkage.names import parent_keys

_LIKELY = "[部处站点所店社厂行会库间区厅场心局院校室馆厦楼城园亭队]$|(?:公司|集团|社|行|厂).+公司$"
"""How the key of a branch's name may end; a quick sieve before the name is taken apart."""


def branch_parents(companies: pl.DataFrame) -> pl.DataFrame:
    """Return `company_id, parent_key`: the names a company's name says it is a branch of.

    A pure function of one partition; a company's parents stand the nearest first.

    Args:
        companies: `company_id, name_key`.
    """
    likely = companies.filter(pl.col("name_key").str.contains(_LIKELY))
    rows = [
        (company_id, parent)
        for company_id, key in likely.select("company_id", "name_key").iter_rows()
        for parent in parent_keys(key)
    ]
    schema = {"company_id": pl.String, "parent_key": pl.String}
    return pl.DataFrame(rows, schema=schema, orient="row")


def present_heads(companies: pl.DataFrame, wanted: pl.DataFrame) -> pl.DataFrame:
    """Return `parent_key, city_code` of the wanted companies that are in this partition.

    A pure function of one partition.

    Args:
        companies: `name_key, city_code`.
        wanted: `parent_key, city_code`, each once.
    """
    here = companies.select(parent_key="name_key", city_code="city_code")
    return wanted.join(here, on=["parent_key", "city_code"], how="semi")
