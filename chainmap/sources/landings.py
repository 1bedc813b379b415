"""The bundled ledger of landings (落地台账): listed firms that went to another city, with days."""

from __future__ import annotations

from functools import cache
from typing import NewType

import dataframely as dy
import polars as pl

from chainmap.concepts.identifiers import CITY_CODE_PATTERN
from chainmap.sources.csv_table import read_csv
from chainmap.tables import Checked

Landings = NewType("Landings", pl.DataFrame)
_STAGES = r"^(planned|agreed|founded|land|started)$"


class LandingSchema(dy.Schema):
    """A listed firm and the first day known on which it turned to a city that is not its own.

    `date` is a day, a month or a year as far as it is known; `stage` is how far the matter had
    come that day; `amount_100m` is the planned investment in 亿元; `source` is a page, or
    `exchange` for the firm's announcements of about that day. What each column means in full
    stands in `data/landings/dataset.yml`.
    """

    line = dy.Int64(min=2)
    date = dy.String(regex=r"^\d{4}(-\d{2}){0,2}$")
    stock_code = dy.String(primary_key=True, regex=r"^\d{6}\.(SH|SZ|BJ)$")
    firm = dy.String()
    city_code = dy.String(primary_key=True, regex=CITY_CODE_PATTERN)
    place = dy.String()
    project = dy.String()
    stage = dy.String(regex=_STAGES)
    amount_100m = dy.Float64(nullable=True, min=0.0)
    source = dy.String(regex=r"^(exchange|https?://\S+)$")


LANDINGS = Checked("落地台账", LandingSchema, Landings)


@cache
def load_landings() -> Landings:
    """Return the bundled ledger, by day, in the order of its file.

    Raises:
        CurationError: The file cannot be read; names file and line.
        TableError: A cell is not as declared, or a firm stands twice in one city.
    """
    rows = read_csv("data", "landings", "landings.csv")
    return LANDINGS.check(rows.with_columns(pl.col("amount_100m").cast(pl.Float64)))
