"""Which company a row is about: its credit code, else its name and place."""

from __future__ import annotations

import hashlib

import polars as pl

from chainmap.sources.intake.lists import CompanyList
from chainmap.sources.intake.naming import name_key, simplified

SLOTS = 4096
"""Companies are spread over so many slots by their id; a snapshot file holds a run of slots."""

VALUES = (
    "name", "uscc", "registration_no", "organisation_code", "founded", "approved", "capital_10k",
    "capital_currency", "paid_capital_10k", "paid_capital_currency", "scope", "main_business",
    "main_products", "province_code", "city_code", "county_code", "county", "address", "status",
    "kind", "kind_stated", "industry_code", "industry", "sector", "former_names", "name_en",
    "short_name", "stock_code", "insured_staff", "website",
)  # fmt: skip
"""What is kept of a company, in column order."""


def with_identity(frame: pl.DataFrame, of: CompanyList) -> pl.DataFrame:
    """Return normalised rows with `company_id, name_key, slot, as_of, sequence` in stored order.

    A company with a credit code is that code in lower case. One without is `n-` and 20 hex digits
    of the SHA-256 of its name, one way of writing, and its city (or province, where unknown).
    """
    frame = frame.with_columns(name_key=simplified(frame["name"]))
    frame = frame.with_columns(name_key(pl.col("name_key")))
    place = pl.coalesce("city_code", "province_code", pl.lit(""))
    nameless = frame.filter(pl.col("uscc").is_null()).select(key=pl.col("name_key") + "|" + place)
    digests = {key: _digest(key) for key in nameless["key"].unique().to_list()}
    key = pl.col("name_key") + "|" + place
    made = (
        key.replace_strict(digests, default=None, return_dtype=pl.String)
        if digests
        else pl.lit(None, pl.String)
    )
    company_id = pl.coalesce(pl.col("uscc").str.to_lowercase(), made)
    return frame.with_columns(company_id=company_id).select(
        "company_id", *VALUES, "name_key", slot=slot_of(pl.col("company_id")),
        as_of=pl.lit(of.as_of), sequence=pl.lit(of.sequence, pl.Int32),
        ordinal=pl.lit(of.ordinal, pl.Int32), row="row", repaired="repaired",
    )  # fmt: skip


def slot_of(company_id: pl.Expr) -> pl.Expr:
    """Return the slot 0..4095 of each id: its last five characters in base 36, modulo."""
    tail = company_id.str.slice(-5, 5).str.to_integer(base=36, dtype=pl.Int64)
    return (tail * 2_654_435_761 % 4_294_967_296 // (4_294_967_296 // SLOTS)).cast(pl.UInt16)


def _digest(key: str) -> str:
    return "n-" + hashlib.sha256(key.encode()).hexdigest()[:20]
