from pathlib import Path

import polars as pl
import pytest

from chainmap.errors import TableError
from chainmap.gaps.relatedness.panel import number_panel, relatedness_panel, yearly_relatedness

GOLDEN = Path(__file__).parents[2] / "golden" / "relatedness"
KEYS = ["year", "place", "item"]
EXACT = {"specialised": "mcp", "diversity": "diversity", "ubiquity": "ubiquity", "value": "value"}
CLOSE = ("rca", "eci", "pci", "density", "coi", "cog")


def counts():
    return pl.read_csv(GOLDEN / "counts.csv")


def expected():
    return pl.read_csv(GOLDEN / "expected.csv", infer_schema_length=None)


def test_the_long_table_is_that_of_py_ecomplexity():
    found = relatedness_panel(counts())
    text = pl.col("place", "item").cast(pl.String)
    pair = found.with_columns(text, pl.col("year").cast(pl.Int64)).join(
        expected(), on=KEYS, how="full", suffix="_theirs", coalesce=True
    )
    assert pair.height == found.height == expected().height
    for ours, theirs in EXACT.items():
        other = theirs if theirs != ours else f"{theirs}_theirs"
        assert pair[ours].cast(pl.Float64).equals(pair[other].cast(pl.Float64)), ours
    for name in CLOSE:
        assert pair[name].is_null().equals(pair[f"{name}_theirs"].is_null()), name
        assert (pair[name] - pair[f"{name}_theirs"]).abs().max() < 1e-9, name


def test_what_has_nothing_in_a_year_stays_without_measures():
    found = relatedness_panel(counts())
    idle = found.filter(pl.col("rca").is_null())
    assert 0 < idle.height == expected()["rca"].null_count()
    assert set(idle["year"]) == {2012}
    assert (idle["place"].cast(pl.String).eq("P03") | idle["item"].cast(pl.String).eq("I05")).all()
    assert found["year"].is_sorted()


def test_row_order_and_the_type_of_names_do_not_matter():
    shuffled = counts().sample(fraction=1.0, shuffle=True, seed=2)
    wanted = relatedness_panel(counts())
    live = pl.col("rca").is_not_null()
    assert relatedness_panel(shuffled).filter(live).equals(wanted.filter(live))
    names = pl.col("place", "item").str.slice(1).cast(pl.Int64)
    numbered = relatedness_panel(counts().with_columns(names))
    assert numbered["item"].dtype == pl.Int64
    measures = pl.exclude(*KEYS)
    assert numbered.filter(live).select(measures).equals(wanted.filter(live).select(measures))
    as_enum = counts().with_columns(pl.col("place").cast(pl.Enum(sorted(set(counts()["place"])))))
    assert relatedness_panel(as_enum).equals(wanted)


def test_arrays_come_year_by_year():
    panel = number_panel(counts())
    years = list(yearly_relatedness(panel))
    assert [one.year for one in years] == [2011, 2012, 2013]
    assert years[1].value.shape == (13, 22)
    assert years[0].density.shape == years[0].cog.shape == (14, 23)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda t: t.drop("value"), "value"),
        (lambda t: t.with_columns(value=-1.0), "负数"),
        (lambda t: t.with_columns(value=pl.lit(float("nan"))), "空值"),
        (lambda t: t.with_columns(place=pl.lit(None, pl.String)), "空值"),
        (lambda t: pl.concat([t, t.head(1)]), "出现 2 次"),
        (lambda t: t.clear(), "没有"),
    ],
)
def test_a_table_that_cannot_be_read_is_refused(change, says):
    with pytest.raises(TableError, match=says):
        relatedness_panel(change(counts()))
