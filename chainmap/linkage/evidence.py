"""Place companies by everything they say: scope, main business, main products, industry code.

Each text is read by the same rules; what a company states of its own business and products is a
maker's word unless a verb says otherwise. An industry code names no chain by itself: one that
agrees with a placement makes it surer. What stays doubtful is put to the learned model.
"""

from __future__ import annotations

from typing import NewType

import dataframely as dy
import polars as pl

from chainmap.chains.library import load_library
from chainmap.linkage.doubt import with_opinions
from chainmap.linkage.lexicon import ROLES, Lexicon, load_lexicon
from chainmap.linkage.placement_model import load_placement_model
from chainmap.linkage.scopes import ScopePlacementSchema, placed_rows
from chainmap.tables import Checked

TextPlacements = NewType("TextPlacements", pl.DataFrame)
SOURCES = ("scope", "business", "products")
"""The texts a company may have, the most formal first."""
AGREEMENT = 0.6
"""Share of the doubt left where the industry code agrees."""
SECOND_TEXT = 0.7
"""Share of the doubt left where a second text says the same."""


class TextPlacementSchema(ScopePlacementSchema):
    """Company × chain × segment × role; `source` says which text `start` and `end` count in."""

    source = dy.String(regex=r"^(scope|business|products)$")


TEXT_PLACEMENTS = Checked("企业归位", TextPlacementSchema, TextPlacements)


def place_companies(companies: pl.DataFrame, *, learned: bool = True) -> TextPlacements:
    """Return where the companies of one partition stand, by company in the order given.

    A pure function of the partition and the taxonomy, so partitions may run anywhere.

    Args:
        companies: `company`, `name`, `scope`; where known `business`, `products` (products in one
            text, separated by 、) and `industry_code` (GB/T 4754, four digits).
        learned: Whether the released model has its say on doubtful rows (`doubt`); without it
            the rules stand alone.

    Raises:
        ModelError: The released model does not match its manifest.
    """
    lexicon = load_lexicon()
    parts = [
        _placed(companies, source, lexicon) for source in SOURCES if source in companies.columns
    ]
    rows = _merged(pl.concat(parts))
    named = (
        companies.with_row_index("order")
        .join(rows.select("company").unique(), on="company", how="semi", maintain_order="left")
        .unique("company", keep="first")
    )
    if "industry_code" in companies.columns:
        rows = _agreed(rows, named)
    if learned:
        rows = with_opinions(rows, named, load_placement_model())
    order = named.select("company", "order")
    sorted_rows = rows.join(order, on="company", how="left", maintain_order="left").sort(
        ["order", "confidence", "chain_id", "segment_id"],
        descending=[False, True, False, False],
        nulls_last=True,
        maintain_order=True,
    )
    return TEXT_PLACEMENTS.check(sorted_rows)


def _placed(companies: pl.DataFrame, source: str, lexicon: Lexicon) -> pl.DataFrame:
    texts = companies.select("company", "name", scope=pl.col(source).cast(pl.String))
    return placed_rows(texts, lexicon).with_columns(source=pl.lit(source))


def _merged(rows: pl.DataFrame) -> pl.DataFrame:
    """Return one row per company, chain and segment: the strongest role, surer by each text."""
    rank = {role.value: number for number, role in enumerate(ROLES)}
    texts = pl.col("source").n_unique().over("company", "chain_id")
    doubt = (1 - pl.col("confidence")) * SECOND_TEXT ** (texts - 1)
    keyed = rows.with_columns(
        confidence=(1 - doubt).clip(0, 0.99).round(4),
        rank=pl.col("role").replace_strict(rank, return_dtype=pl.Int64),
    )
    return (
        keyed.sort(["rank", "confidence"], descending=[False, True], maintain_order=True)
        .unique(["company", "chain_id", "segment_id"], keep="first", maintain_order=True)
        .drop("rank")
    )


def _agreed(rows: pl.DataFrame, companies: pl.DataFrame) -> pl.DataFrame:
    """Return the rows, surer where the company's industry code is one of the chain's."""
    library = load_library()
    codes = pl.DataFrame(
        sorted(
            {
                (code, library.chain_of(segment.id).id)
                for segment in library.segments.values()
                for code in segment.industry_codes
            }
        ),
        schema={"industry_code": pl.String, "chain_id": pl.String},
        orient="row",
    )
    known = companies.select("company", pl.col("industry_code").cast(pl.String)).unique("company")
    agrees = known.join(codes, on="industry_code").select("company", "chain_id", agrees=True)
    surer = 1 - (1 - pl.col("confidence")) * AGREEMENT
    return (
        rows.join(agrees, on=["company", "chain_id"], how="left", maintain_order="left")
        .with_columns(confidence=pl.when("agrees").then(surer).otherwise("confidence").round(4))
        .drop("agrees")
    )
