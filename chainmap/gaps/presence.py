"""Presence (环节分布): makers a city has in each segment against what its size suggests."""

from __future__ import annotations

import polars as pl

from chainmap.chains.library import ChainLibrary
from chainmap.concepts.kinds import COUNTED_ROLES
from chainmap.tables import PRESENCE, Cities, Companies, Placements, Presence

LEADER_KINDS = ("链主", "世界500强", "央企", "单项冠军", "独角兽")
"""Public titles that make a company a leader (龙头) of its segment; listing does as well."""


def counted_placements(placements: Placements, library: ChainLibrary) -> pl.DataFrame:
    """Return the placements that count as presence: trade never, service where it is one.

    Source:
        methods 8.1; roles per segment kind in `concepts.kinds.COUNTED_ROLES`.
    """
    counted = pl.DataFrame(
        [
            (segment.id, role.value)
            for segment in library.segments.values()
            for role in COUNTED_ROLES[segment.kind]
        ],
        schema={"segment_id": pl.String, "role": pl.String},
        orient="row",
    )
    return placements.join(counted, on=["segment_id", "role"], how="semi", maintain_order="left")


def measure_presence(
    placements: Placements, companies: Companies, cities: Cities, library: ChainLibrary
) -> Presence:
    """Return city × segment counts, expectation and add-half location quotient.

    With x the companies of city c in segment p: E = x_c· · x_·p / x_·· and
    theta = (x + ½) / (E + ½), so an empty cell is judged by how much was to be expected.
    `theta_province` is the same for the rest of the city's province, the city left out.

    Returns:
        Every city with every segment, by city and segment.

    Source:
        Add-half estimate, methods 8.1 (mean Poisson deviance 4.61, best of those tried).
    """
    observed = (
        counted_placements(placements, library)
        .join(_leadership(companies), on="company_id")
        .group_by("city_code", "segment_id")
        .agg(
            n_companies=pl.len().cast(pl.Int64), n_leaders=pl.col("is_leader").sum().cast(pl.Int64)
        )
    )
    segments = pl.DataFrame({"segment_id": sorted(library.segments)})
    grid = (
        cities.select("city_code", "province_code")
        .join(segments, how="cross")
        .join(observed, on=["city_code", "segment_id"], how="left")
        .with_columns(pl.col("n_companies", "n_leaders").fill_null(0))
    )
    total = pl.col("n_companies").sum().clip(1)
    national = pl.col("n_companies").sum().over("segment_id")
    of_city = pl.col("n_companies").sum().over("city_code")
    of_province = pl.col("n_companies").sum().over("province_code")
    in_province = pl.col("n_companies").sum().over("province_code", "segment_id")
    rest = in_province - pl.col("n_companies")
    expected_rest = (of_province - of_city) * national / total
    frame = grid.with_columns(expected=of_city * national / total).with_columns(
        theta=(pl.col("n_companies") + 0.5) / (pl.col("expected") + 0.5),
        theta_province=(rest + 0.5) / (expected_rest + 0.5),
    )
    return PRESENCE.check(frame.sort("city_code", "segment_id"))


def _leadership(companies: Companies) -> pl.DataFrame:
    """Return `company_id, city_code, is_leader`; a plant of a leader's group is led by it."""
    own = companies.select("company_id", "city_code", "parent_id", "group_id", led=_is_leader())
    leaders = own.filter("led")["company_id"].to_list()
    return own.select(
        "company_id",
        "city_code",
        is_leader=pl.col("led")
        | pl.col("parent_id").is_in(leaders).fill_null(False)
        | pl.col("group_id").is_in(leaders),
    )


def _is_leader() -> pl.Expr:
    titled = pl.col("kinds").list.eval(pl.element().is_in(LEADER_KINDS)).list.any()
    return pl.col("stock_code").is_not_null() | titled
