import numpy as np
import pytest

from chainmap.gaps.relatedness.complexity import complexity, outlook
from chainmap.gaps.relatedness.proximity import proximity
from tests.gaps.relatedness.made_up import made_up
from tests.oracles.relatedness import complexity_by_reflections, outlook_by_loops


def full(seed, n_places=12, n_items=17):
    m = made_up(n_places, n_items, seed)
    m[0, 2] = 1.0  # the item nobody has
    return m


@pytest.mark.parametrize("shape", [(12, 17), (17, 12)])
@pytest.mark.parametrize("seed", range(4))
def test_eci_and_pci_are_those_of_the_unsymmetric_matrix(seed, shape):
    m = full(seed, *shape)
    found = complexity(m)
    eci, pci = complexity_by_reflections(m)
    np.testing.assert_allclose(found.eci, eci, atol=1e-9)
    np.testing.assert_allclose(found.pci, pci, atol=1e-9)


def test_a_place_is_as_complex_as_what_it_has_on_average():
    m = full(1)
    found = complexity(m)
    np.testing.assert_allclose(found.eci, m @ found.pci / m.sum(axis=1), atol=1e-12)
    assert abs(found.eci.mean()) < 1e-12
    assert found.eci.std() == pytest.approx(1.0)
    assert np.corrcoef(found.eci, found.diversity)[0, 1] > 0


def test_an_empty_place_or_item_has_no_complexity_and_changes_nothing():
    m = full(2)
    wider = np.pad(m, ((0, 1), (0, 1)))
    alone, among = complexity(m), complexity(wider)
    assert np.isnan(among.eci[-1])
    assert np.isnan(among.pci[-1])
    np.testing.assert_allclose(among.eci[:-1], alone.eci)
    np.testing.assert_allclose(among.pci[:-1], alone.pci)


@pytest.mark.parametrize("m", [np.zeros((3, 3)), np.eye(1), np.ones((4, 5)), np.array([[1.0, 1]])])
def test_where_nothing_differs_there_is_no_complexity(m):
    found = complexity(m)
    assert np.isnan(found.eci).all()
    assert np.isnan(found.pci).all()


def test_outlook_is_what_lies_near_and_what_it_would_open():
    m = full(3)
    phi, pci = proximity(m), complexity(m).pci_uncentred
    coi, cog = outlook(m, phi, pci)
    raw, gain = outlook_by_loops(m, phi, pci)
    np.testing.assert_allclose(coi, (raw - raw.mean()) / raw.std(), atol=1e-12)
    np.testing.assert_allclose(cog, gain, atol=1e-12)
    assert (cog[m > 0] == 0).all()
