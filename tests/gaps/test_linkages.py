from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array

from chainmap.chains.library import ChainLibrary, load_library
from chainmap.chains.reader import CrosswalkFile
from chainmap.errors import InputError
from chainmap.gaps.linkages import (
    INTERMEDIATE_SHARE,
    LARGEST_SHARE,
    SECTOR_CROSSWALK,
    UNDRAWN_SUPPLIERS,
    SupplyWeights,
    allocation,
    backward_linkage,
    forward_linkage,
    national_counts,
    sector_shares,
    supply_weights,
)
from chainmap.sources.input_output import InputOutputTable, read_input_output
from tests.oracles.chain_position import inverse_by_series
from tests.shared_data import SHARED_DATA, needs_shared
from tests.world import IC, RB, small_world, taxonomy

LIBRARY = small_world().library
SECTORS = ("材料", "电子", "机器")
TABLE = InputOutputTable(
    "三部门.csv", SECTORS, np.array([[0.1, 0.3, 0.0], [0.0, 0.4, 0.2], [0.05, 0.1, 0.1]])
)
CODES = {"26": "材料", "398": "材料", "39": "电子", "3491": "机器"}


def coded_library(codes=CODES):
    """The small library with industry codes: resist 2662, wafer 3985, fab and pack 3973."""
    ic = IC
    for segment, code in (("ic-resist", "2662"), ("ic-fab", "3973"), ("ic-pack", "3973")):
        ic = ic.replace(
            f"  - id: {segment}\n", f'  - id: {segment}\n    industry_codes: ["{code}"]\n'
        )
    crosswalk = CrosswalkFile(id=SECTOR_CROSSWALK, title="", edition="", source="", codes=codes)
    read = taxonomy(ic=ic, rb=RB)
    return ChainLibrary(replace(read, crosswalks={**read.crosswalks, SECTOR_CROSSWALK: crosswalk}))


def as_dict(weights):
    rows, columns = weights.coefficients.nonzero()
    dense = weights.coefficients.toarray()
    return {
        (weights.segments[p], weights.segments[q]): float(dense[p, q])
        for p, q in zip(rows, columns, strict=True)
    }


def test_without_a_table_a_user_spreads_its_purchases_over_drawn_and_undrawn_suppliers():
    weights = supply_weights(LIBRARY, None, {})
    spread = as_dict(weights)
    assert set(spread) == {(p, q) for p in LIBRARY.segments for q in LIBRARY.graph.users(p)}
    assert spread["ic-wafer", "ic-fab"] == INTERMEDIATE_SHARE / (2 + UNDRAWN_SUPPLIERS)
    assert spread["rb-servo", "rb-arm"] == INTERMEDIATE_SHARE / (1 + UNDRAWN_SUPPLIERS)
    assert not weights.from_table.any()
    assert weights.table == ""
    services = [s for s, made in zip(weights.segments, weights.is_product, strict=True) if not made]
    assert services == ["ic-testing"]


def test_with_a_table_a_sectors_sales_are_shared_out_by_companies():
    weights = supply_weights(coded_library(), TABLE, {"ic-wafer": 3, "ic-resist": 1})
    said = as_dict(weights)
    assert said["ic-wafer", "ic-fab"] == pytest.approx(0.3 * 3.5 / 5.0)
    assert said["ic-resist", "ic-fab"] == pytest.approx(0.3 * 1.5 / 5.0)
    assert said["ic-fab", "ic-pack"] == pytest.approx(0.4)  # its only supplier of the sector
    # no code, no sector: the default
    assert said["ic-testing", "ic-pack"] == INTERMEDIATE_SHARE / (2 + UNDRAWN_SUPPLIERS)
    assert weights.table == "三部门.csv"
    assert weights.from_table.sum() == 3


def test_a_code_belongs_to_its_longest_prefix_and_a_segment_to_all_its_sectors():
    library = coded_library({**CODES, "3985": "机器"})
    shares = sector_shares(library, TABLE).toarray()
    row = dict(zip(library.graph.adjacency[0], shares.tolist(), strict=True))
    assert row["ic-wafer"] == [0.0, 0.0, 1.0]
    assert row["ic-fab"] == [0.0, 1.0, 0.0]
    assert row["rb-arm"] == [0.0, 0.0, 0.0]


def test_a_table_of_other_sectors_is_refused():
    with pytest.raises(InputError, match="没有一个对得上"):
        supply_weights(coded_library({"39": "别的部门"}), TABLE, {})
    with pytest.raises(InputError, match="没有一个对得上"):
        supply_weights(LIBRARY, TABLE, {})


def weights_of(matrix):
    n = len(matrix)
    return SupplyWeights(
        tuple(f"s-{i}" for i in range(n)),
        csr_array(matrix),
        np.zeros(0, bool),
        np.ones(n, bool),
    )


@st.composite
def economies(draw):
    n = draw(st.integers(1, 6))
    cells = st.floats(0.0, 1.0).map(lambda v: 0.0 if v < 0.3 else v)
    raw = np.array(draw(st.lists(st.lists(cells, min_size=n, max_size=n), min_size=n, max_size=n)))
    sums = np.maximum(raw.sum(axis=0), 1e-9)
    matrix = raw * np.minimum(1.0, LARGEST_SHARE / sums)
    size = np.array(draw(st.lists(st.floats(0.5, 50.0), min_size=n, max_size=n)))
    return matrix, size


@given(economies())
@settings(max_examples=60)
def test_linkages_are_the_sums_of_the_power_series(economy):
    matrix, size = economy
    weights = weights_of(matrix)
    leontief = inverse_by_series(matrix)
    assert backward_linkage(weights).tolist() == pytest.approx(leontief.sum(axis=0), rel=1e-9)
    sales = allocation(weights, size).toarray()
    ghosh = inverse_by_series(sales)
    assert forward_linkage(weights, size).tolist() == pytest.approx(ghosh.sum(axis=1), rel=1e-9)
    assert (backward_linkage(weights) >= 1.0 - 1e-12).all()
    assert (sales.sum(axis=1) <= LARGEST_SHARE + 1e-12).all()


def test_allocation_is_what_each_user_takes_of_the_output():
    weights = weights_of(np.array([[0.0, 0.5], [0.0, 0.0]]))
    assert allocation(weights, np.array([10.0, 4.0])).toarray()[0, 1] == pytest.approx(0.2)
    # two companies cannot sell five companies' worth: output counts as what is sold
    capped = allocation(weights, np.array([2.0, 10.0])).toarray()[0, 1]
    assert capped == pytest.approx(LARGEST_SHARE)


def test_national_counts_add_the_cities_up():
    world = small_world()
    counts = national_counts(world.presence)
    assert list(counts) == sorted(world.library.segments)
    assert counts["ic-fab"] == 2
    assert sum(counts.values()) == world.presence["n_companies"].sum()


def test_the_bundled_chains_have_a_sector_for_nearly_every_segment():
    library = load_library()
    crosswalk = library.crosswalks[SECTOR_CROSSWALK]
    names = tuple(sorted(set(crosswalk.codes.values())))
    shares = sector_shares(library, InputOutputTable("", names, np.zeros((len(names),) * 2)))
    sums = np.asarray(shares.sum(axis=1))
    assert set(np.round(sums, 12)) <= {0.0, 1.0}
    assert (sums > 0).mean() > 0.97


@needs_shared
def test_the_real_table_gives_weights_for_the_bundled_chains():
    files = (SHARED_DATA / "io_direct_coefficients_2020.csv", SHARED_DATA / "io_sectors_2020.csv")
    table = read_input_output(*files)
    library = load_library()
    names = set(library.crosswalks[SECTOR_CROSSWALK].codes.values())
    assert names <= set(table.sectors)
    weights = supply_weights(library, table, {})
    spent = np.asarray(weights.coefficients.sum(axis=0))
    assert spent.max() < LARGEST_SHARE
    assert weights.from_table.mean() > 0.95
    assert (backward_linkage(weights) >= 1.0).all()
