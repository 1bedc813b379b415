"""Labels from the bundled ledger of landings: which of them teach, which only test."""

from __future__ import annotations

import polars as pl

from chainmap.ranking.kept_out import load_kept_out
from chainmap.ranking.labels import LABELS, Labels, LabelSet, landing_labels
from chainmap.sources.landings import load_landings
from chainmap.sources.places import load_cities
from chainmap.tables import Companies

SOURCE = "data/landings"
"""What the labels of the bundled ledger name as their source."""
HELD_BACK = "330000"
"""Province whose landings never teach, so that they test the released model."""


def noted_rows() -> pl.DataFrame:
    """Return the ledger as rows of a table of sites: `row, firm_id, name, other_city, date`."""
    return pl.DataFrame(load_landings()).select(
        row="line", firm_id="stock_code", name="firm", other_city="city_code", date="date"
    )


def roster_landings(companies: Companies) -> LabelSet:
    """Return the ledger's labels for the roster's groups: a group did what one of it did."""
    groups = companies.select("stock_code", "group_id").drop_nulls()
    homes = companies.select(group_id="company_id", city_code="city_code")
    rows = noted_rows().join(
        groups, left_on="firm_id", right_on="stock_code", maintain_order="left"
    )
    rows = rows.join(homes, on="group_id", maintain_order="left")
    rows = rows.with_columns(firm_id="group_id").drop("group_id")
    return landing_labels(rows, load_cities(), load_kept_out(), SOURCE)


def teaching(landings: pl.DataFrame) -> Labels:
    """Return the landings that may be learned from: all outside the province held back."""
    cities = load_cities().filter(pl.col("province_code") == HELD_BACK)["city_code"]
    return LABELS.check(landings.filter(~pl.col("city_code").is_in(cities.implode())))
