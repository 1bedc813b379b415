"""Peer groups (对标城市): which cities a city is measured against, by the user's choice."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import polars as pl

from chainmap.errors import InputError
from chainmap.sources.places import City, find_city
from chainmap.tables import Cities, Presence

PEERS = 15
"""Cities of a group chosen by size or likeness: enough for a percentile, few enough to name."""


class PeerScheme(StrEnum):
    """How peers are chosen."""

    PROVINCE = "province"
    SIZE = "size"
    SIMILAR = "similar"
    CODES = "codes"

    @property
    def zh(self) -> str:
        """The words a reader sees."""
        return {
            "province": "同省城市",
            "size": "产业规模相近的城市",
            "similar": "产业结构相似的城市",
            "codes": "指定的城市",
        }[self]


@dataclass(frozen=True)
class PeerGroup:
    """The cities a city is compared with; the city itself is never among them.

    Attributes:
        city_codes: In order of nearness in the scheme's sense; by code for a province.
    """

    scheme: PeerScheme
    city_codes: tuple[str, ...]


def peer_group(city: City, given: str, presence: Presence, cities: Cities) -> PeerGroup:
    """Return the peer group asked for: `province`, `size`, `similar`, or cities named by hand.

    Args:
        city: The city that is compared; left out of its own group.
        given: A scheme's name, or names or codes of cities joined by commas.
        presence: Every city with every segment.
        cities: All cities.

    Raises:
        InputError: No city is left, or one that is named does not exist.
    """
    if given == PeerScheme.PROVINCE:
        same = cities.filter(pl.col("province_code") == city.province_code)["city_code"]
        codes = [code for code in sorted(same) if code != city.code]
        if len(codes) < 2:  # 直辖市 stand alone in their province
            raise InputError(
                f"{city.province}没有可比的其他城市。", todo="改用 size、similar 或逐个指定城市。"
            )
        return PeerGroup(PeerScheme.PROVINCE, tuple(codes))
    if given == PeerScheme.SIZE:
        return PeerGroup(PeerScheme.SIZE, _nearest_in_size(city, presence))
    if given == PeerScheme.SIMILAR:
        alike = tuple(similar_cities(city, presence)["city_code"])
        if not alike:
            raise InputError(
                f"名录中{city.name}的企业太少，找不出产业结构相似的城市。",
                todo="改用 province、size 或逐个指定城市。",
            )
        return PeerGroup(PeerScheme.SIMILAR, alike)
    named = [find_city(cities, name).code for name in _split(given)]
    codes = [code for code in dict.fromkeys(named) if code != city.code]
    if not codes:
        raise InputError(
            f"对标城市“{given}”里没有{city.name}以外的城市。",
            todo="写 province、size、similar，或用逗号隔开的城市名，如 宁波,苏州。",
        )
    return PeerGroup(PeerScheme.CODES, tuple(codes))


def province_peers(city: City, presence: Presence, cities: Cities) -> PeerGroup | None:
    """Return the other cities of the province; None for a place that stands alone in its own."""
    try:
        return peer_group(city, PeerScheme.PROVINCE, presence, cities)
    except InputError:
        return None


def similar_cities(city: City, presence: Presence, limit: int = PEERS) -> pl.DataFrame:
    """Return `city_code, likeness` of the cities whose industry is most like the city's.

    Likeness is the cosine (0..1) between √counts over all segments: roots keep one large
    segment from deciding alone. Most alike first, ties by code; cities with too few companies to
    have a structure (under ten placements) are left out, and so are those that share no segment
    with the city: one without companies is like no other.

    Source:
        Cosine similarity of activity vectors, as in user-based collaborative filtering.
    """
    codes, counts = _matrix(presence)
    roots = np.sqrt(counts)
    lengths = np.linalg.norm(roots, axis=1)
    own = codes.index(city.code)
    safe = np.where(lengths > 0, lengths, 1.0)
    likeness = (roots @ roots[own]) / (safe * safe[own])
    frame = pl.DataFrame(
        {"city_code": codes, "likeness": likeness.round(12), "n": counts.sum(axis=1)}
    )
    return (
        frame.filter(
            (pl.col("city_code") != city.code) & (pl.col("n") >= 10) & (pl.col("likeness") > 0.0)
        )
        .sort(["likeness", "city_code"], descending=[True, False])
        .head(limit)
        .select("city_code", "likeness")
    )


def _nearest_in_size(city: City, presence: Presence) -> tuple[str, ...]:
    codes, counts = _matrix(presence)
    size = np.log1p(counts.sum(axis=1))
    distance = np.abs(size - size[codes.index(city.code)]).round(12)
    ordered = sorted(zip(distance.tolist(), codes, strict=True))
    return tuple(code for _, code in ordered if code != city.code)[:PEERS]


def _matrix(presence: Presence) -> tuple[list[str], np.ndarray]:
    """Return city codes, sorted, and the city × segment counts in that order."""
    frame = presence.select("city_code", "segment_id", "n_companies").sort(
        "city_code", "segment_id"
    )
    codes = frame["city_code"].unique(maintain_order=True).to_list()
    return codes, frame["n_companies"].to_numpy().reshape(len(codes), -1).astype(float)


def _split(given: str) -> Sequence[str]:
    return [part.strip() for part in re.split("[,，、;；]", given) if part.strip()]
