import polars as pl
import pytest

from chainmap.linkage.evidence import place_companies
from chainmap.linkage.placement_scores import Share, chain_claims, score_placements
from chainmap.sources.scope_table import open_scope_lists, read_scope_rows
from tests.shared_data import SHARED_DATA, needs_shared


def test_the_wilson_interval_of_a_known_case():
    # Agresti & Coull (1998), 9 of 10: 0.596 to 0.982.
    assert Share(9, 10).interval == pytest.approx((0.596, 0.982), abs=1e-3)
    assert Share(0, 0).interval is None


def test_scores_count_chains_roles_and_sure_makers():
    claims = pl.DataFrame(
        {
            "company": ["a", "a", "b", "c"],
            "chain_id": ["robotics", "quantum", "robotics", "robotics"],
            "role": ["make", "rd", "trade", "make"],
            "confidence": [0.9, 0.9, 0.9, 0.5],
        }
    )
    labels = pl.DataFrame(
        {
            "uscc": ["a", "b", "d", "e"],
            "chain": ["robotics", "robotics", "robotics", None],
            "role": ["make", "make", "make", None],
        }
    )
    scores = score_placements(claims, labels)
    robotics = next(s for s in scores.chains if s.kind == "robotics")
    assert (robotics.precision.hits, robotics.precision.total, robotics.recall.total) == (2, 3, 3)
    assert scores.role_accuracy == Share(1, 2)
    assert scores.maker_precision == Share(1, 1)


GOLDEN = "golden/placement.csv"


def labels():
    from pathlib import Path

    table = pl.read_csv(Path(__file__).parents[1] / GOLDEN, infer_schema=False)
    return table.with_columns(pl.col("chain", "role", "segment").replace("", None))


def test_the_labels_are_well_formed():
    table = labels()
    assert table.columns == ["uscc", "chain", "role", "segment", "split", "batch"]
    assert table["uscc"].n_unique() >= 400
    assert table.select("uscc", "chain").is_duplicated().sum() == 0
    assert table.group_by("uscc").agg(pl.col("split").n_unique())["split"].max() == 1
    assert set(table["role"]) == {"make", "rd", "serve", "trade", None}


@needs_shared
def test_placement_reads_scopes_as_people_do(tmp_path):
    dev = labels().filter(pl.col("split") == "dev")
    file = SHARED_DATA / "registrations" / "registrations_1978_2004.parquet"
    wanted = dev["uscc"].unique().to_list()
    few = tmp_path / "few.parquet"
    pl.scan_parquet(file).filter(pl.col("uscc").is_in(wanted)).sink_parquet(few)
    rows = read_scope_rows(open_scope_lists([few], tmp_path).lists)
    companies = pl.concat([part.companies for part in rows])
    companies = companies.unique("company", keep="first", maintain_order=True)
    assert companies.height == len(wanted)
    scores = score_placements(chain_claims(place_companies(companies)), dev)
    for chain in scores.chains:
        assert chain.precision.value >= 0.9, chain
        assert chain.recall.value >= 0.85, chain
    assert scores.role_accuracy.value >= 0.92
    assert scores.maker_precision.value >= 0.9
