"""Choke (卡点): how few hands a segment's national supply is in, what it lacks counted as one."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import polars as pl
from scipy.sparse import csr_array

from chainmap.chains.library import ChainLibrary
from chainmap.concepts.identifiers import chain_of
from chainmap.gaps.posterior import Posterior
from chainmap.tables import Cities, Presence

Floats = npt.NDArray[np.float64]

PRIOR_MAKERS = 1.5
"""Weight of the chain's usual ratio of makers to user companies, in makers: the prior's shape. The
likelihood of the roster's counts (negative binomial) is highest near it; 1 and 2 are 13 and 14 nats
below."""


def choke_index(presence: Presence, cities: Cities, library: ChainLibrary) -> pl.DataFrame:
    """Return `segment_id, choke_index` (卡点指数, 0..1), by segment of the supply graph.

    u + (1 − u)·H: H is the Herfindahl index of the nation's makers over provinces
    (`province_concentration`), u the share of what the nation's users would call for that its
    makers do not cover (`national_shortfall`). What is not covered is bought abroad or not at all:
    it counts as supply in one hand, and no city's. 1 where the nation has no maker.

    Source:
        Herfindahl (1950), Hirschman (1945); import reliance weighing a supply's concentration:
        European Commission, Methodology for establishing the EU list of critical raw materials
        (2017). Reading the uncovered share off the firms is ours (decision 0014).
    """
    segments, links = library.graph.adjacency
    provinces = _by_province(presence, cities)
    national = provinces.group_by("segment_id").agg(pl.col("n_companies").sum())
    counts = dict(national.iter_rows())
    makers = np.array([counts.get(segment, 0) for segment in segments], np.float64)
    concentration = dict(_concentration(provinces).iter_rows())
    hands = np.array([concentration.get(segment, 1.0) for segment in segments])
    lacking = national_shortfall(makers, links, [chain_of(segment) for segment in segments])
    return pl.DataFrame(
        {"segment_id": segments, "choke_index": np.clip(lacking + (1 - lacking) * hands, 0.0, 1.0)}
    ).sort("segment_id")


def national_shortfall(makers: Floats, links: csr_array, chains: Sequence[str]) -> Floats:
    """Return E[(1 − θ)⁺ | makers] of national supply, 0..1, by segment.

    θ is the segment's makers over those its users would call for: companies of all segments that
    use it, times its chain's ratio of makers to such companies. Makers | θ ~ Poisson(Eθ),
    θ ~ Gamma(`PRIOR_MAKERS`, mean 1): the model of presence (methods 8.1), one level up. A segment
    nobody in the graph uses keeps the prior, moved by its makers alone.

    Args:
        makers: Companies nationally, by segment.
        links: Stored (p, q) where p supplies q.
        chains: Chain of each segment.
    """
    drawn = csr_array((np.ones(links.nnz), links.indices, links.indptr), shape=links.shape)
    users = np.asarray(drawn @ makers)
    names, code = np.unique(np.asarray(chains), return_inverse=True)
    used = users > 0
    made = np.bincount(code[used], makers[used], len(names))
    called = np.bincount(code[used], users[used], len(names))
    ratio = np.divide(made, called, out=np.zeros(len(names)), where=called > 0)
    supply = Posterior(makers + PRIOR_MAKERS, ratio[code] * users + PRIOR_MAKERS)
    return supply.shortfall


def province_concentration(presence: Presence, cities: Cities) -> pl.DataFrame:
    """Return `segment_id, concentration` (0..1), by segment.

    Σ over provinces of the squared share of the nation's companies; 1 where there are none.

    Source:
        Herfindahl (1950), Hirschman (1945).
    """
    return _concentration(_by_province(presence, cities))


def _by_province(presence: Presence, cities: Cities) -> pl.DataFrame:
    """Return `segment_id, province_code, n_companies`, by segment and province."""
    return (
        presence.select("city_code", "segment_id", "n_companies")
        .join(cities.select("city_code", "province_code"), on="city_code")
        .group_by("segment_id", "province_code")
        .agg(pl.col("n_companies").sum())
        .sort("segment_id", "province_code")
    )


def _concentration(by_province: pl.DataFrame) -> pl.DataFrame:
    share = pl.col("n_companies") / pl.col("n_companies").sum()
    return (
        by_province.group_by("segment_id", maintain_order=True)
        .agg(concentration=share.pow(2).sum().fill_nan(1.0).clip(0.0, 1.0))
        .sort("segment_id")
    )
