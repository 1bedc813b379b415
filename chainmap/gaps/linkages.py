"""Linkages (关联): how much each segment buys from and sells to the others, directly and in all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl
from scipy.sparse import csr_array, diags_array, eye_array
from scipy.sparse.linalg import spsolve

from chainmap.chains.library import ChainLibrary
from chainmap.concepts.kinds import SegmentKind
from chainmap.errors import InputError
from chainmap.sources.input_output import InputOutputTable
from chainmap.tables import Presence

Floats = npt.NDArray[np.float64]

SECTOR_CROSSWALK = "io-153-sectors"
INTERMEDIATE_SHARE = 0.6
"""What a segment spends on its suppliers in the graph where no table says it, per unit of output.

About six tenths of China's gross output are intermediate inputs (national input–output tables of
2017 to 2020). Any value below 1 gives a Leontief inverse; decision 0014 measures how little the
ranks move with it.
"""
UNDRAWN_SUPPLIERS = 2
"""Suppliers every segment is taken to have beside those drawn, each with an equal part.

The graph draws two suppliers of a segment in the median, real ones have more; without this a
segment with one drawn supplier would buy everything from it. Decision 0014 has the comparison.
"""
LARGEST_SHARE = 0.95
"""Ceiling of what a segment spends on suppliers where table and default add up in one column."""


@dataclass(frozen=True)
class SupplyWeights:
    """Input coefficients on the supply graph: what a unit of the user takes from the supplier.

    Attributes:
        segments: Segment ids, sorted; rows and columns of `coefficients`.
        coefficients: a_pq, supplier p in the row, user q in the column; stored for every link of
            the graph and nothing else, never negative, every column sums below 1.
        from_table: For each stored coefficient, in storage order, whether the table said it;
            otherwise it is the default.
        is_product: For each segment, whether it is a product; others are services.
        table: File name of the table; empty without one.
    """

    segments: tuple[str, ...]
    coefficients: csr_array
    from_table: npt.NDArray[np.bool_]
    is_product: npt.NDArray[np.bool_]
    table: str = ""


def national_counts(presence: Presence) -> dict[str, int]:
    """Return segment id → companies of all cities, by segment."""
    counts = presence.group_by("segment_id").agg(pl.col("n_companies").sum())
    return dict(counts.sort("segment_id").iter_rows())


def supply_weights(
    library: ChainLibrary, table: InputOutputTable | None, national: Mapping[str, int]
) -> SupplyWeights:
    """Return the input coefficients of every link of the supply graph.

    Without a table each segment spends `INTERMEDIATE_SHARE` on its suppliers, the same on each
    of those drawn and of `UNDRAWN_SUPPLIERS` more.
    With one, what the sector of q takes from a sector is shared out over those suppliers of q in
    the graph that belong to that sector, by companies (add-half, so that a segment nobody has is
    not free). A segment with codes of several sectors belongs to each in equal parts. Links of a
    segment without a sector keep the default.

    Args:
        library: Gives the graph and the sector of each industry code (`SECTOR_CROSSWALK`).
        table: From `read_input_output`; None for the defaults.
        national: Companies per segment; a segment left out has none.

    Raises:
        InputError: The table's sectors are not those of the crosswalk.

    Source:
        methods 8.2; national input–output accounts, direct input coefficients.
    """
    segments, links = library.graph.adjacency
    suppliers = np.repeat(np.arange(len(segments)), np.diff(links.indptr))
    users = links.indices.astype(np.int64)
    n_suppliers = np.bincount(users, minlength=len(segments))
    values = INTERMEDIATE_SHARE / (n_suppliers + UNDRAWN_SUPPLIERS)[users]
    from_table = np.zeros(users.size, bool)
    if table is not None:
        belongs = sector_shares(library, table)
        size = np.array([national.get(segment, 0) + 0.5 for segment in segments])
        from_table = (np.diff(belongs.indptr) > 0)[suppliers] & (np.diff(belongs.indptr) > 0)[users]
        said = _shared_out(table, belongs, size, (suppliers, users))
        values = np.where(from_table, said, values)
    spent = np.bincount(users, values, minlength=len(segments))
    values = values * np.minimum(1.0, LARGEST_SHARE / np.maximum(spent, LARGEST_SHARE))[users]
    kinds = [library.segments[segment].kind is SegmentKind.PRODUCT for segment in segments]
    return SupplyWeights(
        segments,
        csr_array((values, links.indices, links.indptr), shape=links.shape),
        from_table,
        np.array(kinds, bool),
        table.name if table is not None else "",
    )


def sector_shares(library: ChainLibrary, table: InputOutputTable) -> csr_array:
    """Return segment × sector shares: each row sums to 1, or is empty without a sector.

    A code belongs to the sector of its longest prefix in the crosswalk.

    Raises:
        InputError: No segment belongs to any sector of the table.
    """
    crosswalk = library.crosswalks.get(SECTOR_CROSSWALK)
    codes = crosswalk.codes if crosswalk is not None else {}
    place = {name: at for at, name in enumerate(table.sectors)}
    rows, columns, values = [], [], []
    for row, segment in enumerate(library.graph.adjacency[0]):
        named = [_sector_of(code, codes) for code in library.segments[segment].industry_codes]
        known = [place[name] for name in named if name in place]
        rows += [row] * len(known)
        columns += known
        values += [1.0 / len(known) for _ in known]
    if not rows:
        raise InputError(
            f"投入产出表 {table.name} 的部门与对照表 {SECTOR_CROSSWALK} 没有一个对得上。",
            todo="对照表用全国153部门的中文名称；请给出153部门表，或改写对照表。",
        )
    shape = (len(library.graph.adjacency[0]), len(table.sectors))
    return csr_array((values, (rows, columns)), shape=shape)


def backward_linkage(weights: SupplyWeights) -> Floats:
    """Return each segment's backward linkage (后向关联): column sums of the Leontief inverse.

    Returns:
        At least 1, in the order of `weights.segments`: output of all suppliers, direct and
        indirect, that a unit of the segment's final demand calls for, its own included.

    Source:
        Leontief inverse L = (I − A)⁻¹; Σ_i L_ip (Rasmussen 1956).
    """
    demand = eye_array(len(weights.segments)) - weights.coefficients
    return np.asarray(spsolve(demand.T.tocsc(), np.ones(len(weights.segments))))


def forward_linkage(weights: SupplyWeights, output: Floats) -> Floats:
    """Return each segment's forward linkage (前向关联): row sums of the Ghosh inverse.

    Args:
        weights: Input coefficients.
        output: Size of each segment, in the same unit (companies); above 0.

    Returns:
        At least 1, in the order of `weights.segments`: output of all users, direct and indirect,
        that a unit of the segment's value added makes room for, its own included.

    Source:
        Ghosh inverse G = (I − B)⁻¹; Σ_j G_pj (Ghosh 1958; Jones 1976).
    """
    supply = eye_array(len(weights.segments)) - allocation(weights, output)
    return np.asarray(spsolve(supply.tocsc(), np.ones(len(weights.segments))))


def allocation(weights: SupplyWeights, output: Floats) -> csr_array:
    """Return b_pq, the share of supplier p's output that goes to user q: a_pq · x_q / x_p.

    Companies only stand in for output, so a segment may seem to sell more than it makes; its
    output then counts as what it sells over `LARGEST_SHARE`, and every row sums below 1.
    """
    sold = weights.coefficients @ diags_array(output)
    made = np.maximum(output, np.asarray(sold.sum(axis=1)) / LARGEST_SHARE)
    return csr_array(diags_array(1.0 / made) @ sold)


def _sector_of(code: str, codes: Mapping[str, str]) -> str | None:
    prefixes = (code[:length] for length in range(len(code), 0, -1))
    return next((codes[prefix] for prefix in prefixes if prefix in codes), None)


def _shared_out(
    table: InputOutputTable,
    belongs: csr_array,
    size: Floats,
    links: tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]],
) -> Floats:
    """Return what the table gives each link: the user's purchases from each sector, shared out."""
    suppliers, users = links
    bought = np.asarray(belongs @ table.coefficients.T)  # user × sector it buys from
    of_supplier = csr_array(diags_array(size) @ belongs)[suppliers]  # link × sector
    to_user = csr_array(
        (np.ones(users.size), (users, np.arange(users.size))), shape=(size.size, users.size)
    )
    rivals = (to_user @ of_supplier).toarray()[users]  # link × sector, all suppliers of the user
    part = np.divide(of_supplier.toarray(), rivals, out=np.zeros_like(rivals), where=rivals > 0.0)
    return np.asarray((part * bought[users]).sum(axis=1))
