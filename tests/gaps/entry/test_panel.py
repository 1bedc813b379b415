from dataclasses import replace

import numpy as np
import pytest

from chainmap.errors import ModelError
from chainmap.gaps.entry.columns import (
    FAMILIES,
    column,
    feature_matrix,
    feature_names,
    features,
)
from chainmap.gaps.entry.panel import Dated
from chainmap.gaps.entry.registry import PERCENTILE, feature, within_city
from tests.gaps.entry.small_panel import small_panel

PANEL = small_panel()
CELLS = np.arange(PANEL.shape[0] * PANEL.shape[1])


def test_stock_counts_up_to_the_year():
    slow = np.zeros(PANEL.shape)
    for p, n, y in zip(PANEL.makers.place, PANEL.makers.node, PANEL.makers.year, strict=True):
        slow[p, n] += y <= 1990
    assert (PANEL.stock(1990) == slow).all()


def test_features_do_not_change_when_later_rows_are_deleted():
    names = feature_names()
    whole = feature_matrix(PANEL.as_of(1994), names, CELLS)
    cut = feature_matrix(PANEL.until_year(1994).as_of(1994), names, CELLS)
    assert PANEL.until_year(1994).makers.year.max() == 1994
    assert np.isfinite(whole).all()
    assert (whole == cut).all()


def test_every_feature_is_explained_and_of_a_family():
    for one in features().values():
        assert one.family in FAMILIES
        assert one.explanation
        assert one.monotone in (0, 1)
    assert len(features()) >= 45


def test_a_planted_future_column_raises():
    planted = replace(PANEL, further={"stock_next": Dated(1999, PANEL.stock(1999))})

    @feature("own")
    def cheating(stock_next):
        """明年的企业数."""
        return stock_next

    try:
        with pytest.raises(ModelError, match="1999"):
            column(planted.as_of(1994), "cheating")
        assert (column(planted.as_of(1999), "cheating") == PANEL.stock(1999)).all()
        with pytest.raises(ModelError, match="stock_next"):
            column(PANEL.as_of(1994), "cheating")
    finally:
        from chainmap.gaps.entry import registry

        registry._features.pop("cheating")


def test_an_unknown_feature_is_refused():
    with pytest.raises(ModelError, match="no_such"):
        column(PANEL.as_of(1994), "no_such")


def test_percentiles_rank_inside_the_city():
    values = np.array([[3.0, 1.0, 1.0, 2.0], [0.0, 0.0, 0.0, 0.0]])
    assert within_city(values).tolist() == [[0.875, 0.25, 0.25, 0.625], [0.5] * 4]
    known = PANEL.as_of(1994)
    assert (column(known, "density" + PERCENTILE) == within_city(column(known, "density"))).all()


def test_held_out_cities_do_not_shape_relatedness():
    learned = np.ones(PANEL.shape[0], dtype=bool)
    learned[:4] = False
    moved = PANEL.makers.place >= 4
    fewer = replace(
        PANEL,
        makers=type(PANEL.makers)(
            PANEL.makers.place[moved], PANEL.makers.node[moved], PANEL.makers.year[moved]
        ),
    )
    for name in ("density_present", "alike_nodes", "sapling_nodes", "sapling_cities"):
        held = column(PANEL.as_of(1994, learned), name)[4:]
        assert np.isfinite(held).all()
        if name == "sapling_nodes":
            # Without the held-out cities the similarity of nodes is the same.
            assert np.allclose(held, column(fewer.as_of(1994, learned), name)[4:])
