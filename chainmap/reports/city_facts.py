"""A city's headline numbers and how it stands in each chain, beside the cities it is held to."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from chainmap.concepts.city_records import ChainStanding, CityFacts
from chainmap.concepts.identifiers import chain_of
from chainmap.gaps.score import GapOptions, enough_data
from chainmap.gaps.world import World
from chainmap.sources.places import City


def province_cities(world: World, province_code: str) -> list[City]:
    """Return a province's prefecture-level cities, by code."""
    rows = world.cities.filter(pl.col("province_code") == province_code).sort("city_code")
    return [
        City(r["city_code"], r["city"], r["short_name"], r["province_code"], r["province"])
        for r in rows.iter_rows(named=True)
    ]


def city_facts(world: World, city: City) -> CityFacts:
    """Return a city's headline numbers; its chains are ranked among its province's cities."""
    own = world.companies.filter(pl.col("city_code") == city.code)
    row = world.cities.row(by_predicate=pl.col("city_code") == city.code, named=True)
    standings = chain_standings(world, [c.code for c in province_cities(world, city.province_code)])
    chains = standings[city.code]
    return CityFacts(
        city_code=city.code,
        city=city.name,
        city_en=row["name_en"],
        province=city.province,
        edition=world.edition,
        enough_data=enough_data(world, city, GapOptions(as_of=world.edition)),
        n_companies=own.height,
        n_listed=own["stock_code"].count(),
        n_titled=int((own["kinds"].list.len() > 0).sum()),
        n_segments=sum(chain.n_segments for chain in chains),
        n_held=sum(chain.n_held for chain in chains),
        n_led=sum(chain.n_led for chain in chains),
        chains=chains,
    )


def chain_standings(world: World, codes: Sequence[str]) -> dict[str, list[ChainStanding]]:
    """Return each city's standing in every chain, by city code; chains as the library lists them.

    Args:
        world: The measured data.
        codes: Cities ranked among each other; equal engagement shares the better place, and a city
            without a company in the chain has none.
    """
    counts = _counts(world, codes)
    found: dict[str, list[ChainStanding]] = {code: [] for code in codes}
    for chain in world.library.chains.values():
        shares = {code: counts[code, chain.id]["engagement"] for code in codes}
        for code in codes:
            row = counts[code, chain.id]
            better = sum(share > shares[code] for share in shares.values())
            found[code].append(
                ChainStanding.model_validate(
                    row
                    | {
                        "chain_id": chain.id,
                        "chain": chain.name,
                        "chain_en": chain.name_en,
                        "place": better + 1 if row["n_held"] else None,
                        "n_peers": len(codes),
                    }
                )
            )
    return found


def _counts(world: World, codes: Sequence[str]) -> dict[tuple[str, str], dict[str, float | int]]:
    wanted = world.presence.filter(pl.col("city_code").is_in(list(codes)))
    chains = {segment: chain_of(segment) for segment in world.library.segments}
    frame = (
        wanted.with_columns(
            chain_id=pl.col("segment_id").replace_strict(chains, return_dtype=pl.String)
        )
        .group_by("city_code", "chain_id")
        .agg(
            n_segments=pl.len(),
            n_held=(pl.col("n_companies") > 0).sum(),
            n_led=(pl.col("n_leaders") > 0).sum(),
            n_placed=pl.col("n_companies").sum(),
        )
        .join(world.engagement, on=["city_code", "chain_id"], how="left")
        .join(
            world.completeness.select("city_code", "chain_id", pl.col("^completeness.*$")),
            on=["city_code", "chain_id"],
            how="left",
        )
    )
    return {(row.pop("city_code"), row.pop("chain_id")): row for row in frame.iter_rows(named=True)}
