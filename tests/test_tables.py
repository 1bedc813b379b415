import polars as pl
import pytest

from chainmap.errors import TableError
from chainmap.tables import PLACEMENTS

GOOD = pl.DataFrame(
    {
        "company_id": ["a"],
        "segment_id": ["ic-fab"],
        "role": ["make"],
        "rank": [0],
        "confidence": [1.0],
        "evidence": ["芯片"],
    }
)


def test_a_good_table_keeps_its_declared_columns_only():
    checked = PLACEMENTS.check(GOOD.with_columns(extra=pl.lit(1)).select(pl.all().reverse()))
    assert checked.columns == GOOD.columns


@pytest.mark.parametrize(
    ("bad", "what"),
    [
        (GOOD.drop("role"), "role"),
        (GOOD.with_columns(confidence=pl.lit(2.0)), "confidence"),
        (GOOD.with_columns(role=pl.lit("maker")), "role"),
        (pl.concat([GOOD, GOOD]), "primary"),
        (GOOD.with_columns(rank=pl.lit("0")), "rank"),
        (GOOD.with_columns(evidence=pl.lit(None, pl.String)), "evidence"),
    ],
)
def test_a_bad_table_is_refused_by_name(bad, what):
    with pytest.raises(TableError, match=what):
        PLACEMENTS.check(bad)
