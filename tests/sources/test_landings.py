import polars as pl
import pytest

from chainmap.errors import TableError
from chainmap.sources.landings import LANDINGS, load_landings
from chainmap.sources.places import load_cities


def test_the_ledger_is_read_whole_and_names_known_cities():
    ledger = load_landings()
    assert ledger.height > 550
    assert set(ledger["city_code"]) <= set(load_cities()["city_code"])
    assert ledger["date"].is_sorted(), "by day, so that the first row of a group is its first"


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("stage", "rumoured"), ("stock_code", "600703"), ("date", "2021/05"),
        ("source", "heard of it"), ("amount_100m", -1.0),
    ],
)  # fmt: skip
def test_a_cell_that_is_not_as_declared_is_refused(column, value):
    rows = pl.DataFrame(load_landings().head(3))
    with pytest.raises(TableError, match="落地台账"):
        LANDINGS.check(rows.with_columns(pl.lit(value).alias(column)))


def test_a_firm_stands_once_in_a_city():
    rows = pl.DataFrame(load_landings().head(1))
    with pytest.raises(TableError, match="落地台账"):
        LANDINGS.check(pl.concat([rows, rows]))
