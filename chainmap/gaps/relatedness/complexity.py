"""Economic complexity: ECI and PCI, and what a place could gain (COI, COG)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import linalg

from chainmap.gaps.relatedness.density import density
from chainmap.gaps.relatedness.proximity import Floats, Matrix


@dataclass(frozen=True)
class Complexity:
    """Complexity of places and of items.

    ECI has mean 0 and standard deviation 1 over places; PCI is on the same scale, so that a
    place's ECI is the mean PCI of what it has. NaN for a place with nothing and an item
    nowhere, and everywhere if fewer than two of either are left.
    """

    eci: Floats
    pci: Floats
    pci_uncentred: Floats
    """PCI before the mean is taken off; what `outlook` wants."""
    diversity: Floats
    """Items a place has."""
    ubiquity: Floats
    """Places an item is found in."""


def complexity(m: Matrix) -> Complexity:
    """Return ECI, PCI, diversity and ubiquity.

    Second eigenvector of D⁻¹M U⁻¹Mᵀ, taken from the symmetric form S = D^-½ M U^-½ on the
    smaller side. ECI points the way of diversity. Where the places fall into groups that
    share no item the second eigenvalue is 1 as well and the direction is arbitrary, here as
    in every implementation.

    Args:
        m: Places × items, 1 where the place is specialised.

    Source:
        Hidalgo and Hausmann (2009); scaling and sign as py-ecomplexity 0.5.3.
    """
    x = np.asarray(m, np.float64)
    diversity, ubiquity = x.sum(axis=1), x.sum(axis=0)
    places, items = diversity > 0, ubiquity > 0
    eci, pci = np.full(len(diversity), np.nan), np.full(len(ubiquity), np.nan)
    if min(places.sum(), items.sum()) < 2:
        return Complexity(eci, pci, pci.copy(), diversity, ubiquity)
    whole = bool(places.all() and items.all())
    kept = x if whole else x[np.ix_(places, items)]
    of_places, of_items = diversity[places], ubiquity[items]
    of_item = _second_vector(kept, of_places, of_items)
    of_place = kept @ of_item / of_places
    spread = float(of_place.std())
    if spread <= np.finfo(np.float64).eps * max(1.0, float(np.abs(of_place).max())):
        return Complexity(eci, pci, pci.copy(), diversity, ubiquity)
    turn = -1.0 if _leans(of_place, of_places) < 0 else 1.0
    eci[places] = turn * (of_place - of_place.mean()) / spread
    pci[items] = turn * (of_item - of_place.mean()) / spread
    uncentred = np.full(len(ubiquity), np.nan)
    uncentred[items] = turn * of_item / spread
    return Complexity(eci, pci, uncentred, diversity, ubiquity)


def outlook(m: Matrix, proximity: Floats, pci: Floats) -> tuple[Floats, Floats]:
    """Return what complexity lies near a place (COI), and what each item would open (COG).

    COI_c = Σ_p d_cp (1 - m_cp) PCI_p, then mean 0 and standard deviation 1 over places.
    COG_cp = (1 - m_cp) Σ_q (1 - m_cq) φ_qp PCI_q / Σ_r φ_qr, in standard deviations of ECI.
    From one product: (1 - M)W = colsum(W) - MW.

    Args:
        m: Places × items, 1 where the place is specialised.
        proximity: Items × items.
        pci: `Complexity.pci_uncentred` gives the numbers of py-ecomplexity, which takes the
            mean off afterwards. NaN counts as 0.

    Returns:
        COI per place; COG as places × items, 0.0 where the place has the item.

    Source:
        Hausmann et al. (2014), Atlas of Economic Complexity.
    """
    return outlook_from_density(m, density(m, proximity), proximity, pci)


def outlook_from_density(
    m: Matrix, density: Floats, proximity: Floats, pci: Floats
) -> tuple[Floats, Floats]:
    """Return the same as `outlook` where the density is at hand already."""
    x, value = np.asarray(m, np.float64), np.nan_to_num(pci)
    around = proximity.sum(axis=1)
    pull = value / np.where(around > 0, around, 1.0)
    coi = density @ value - (density * x) @ value
    spread = float(coi.std())
    coi = (coi - coi.mean()) / (spread if spread > 0 else 1.0)
    cog = (x * pull) @ proximity
    np.subtract(pull @ proximity, cog, out=cog)
    cog *= 1.0 - x
    return coi, cog


def _second_vector(m: Floats, diversity: Floats, ubiquity: Floats) -> Floats:
    """Return the second eigenvector of U⁻¹MᵀD⁻¹M, one number per item, scale and sign free."""
    scaled = m / np.sqrt(diversity)[:, None]
    scaled /= np.sqrt(ubiquity)
    by_place = m.shape[0] <= m.shape[1]
    square = scaled @ scaled.T if by_place else scaled.T @ scaled
    n = len(square)
    _, vectors = linalg.eigh(
        square, subset_by_index=[n - 2, n - 1], overwrite_a=True, check_finite=False
    )
    second = vectors[:, 0]
    if not by_place:
        return np.asarray(second / np.sqrt(ubiquity))
    return np.asarray((second / np.sqrt(diversity)) @ m / ubiquity)


def _leans(values: Floats, towards: Floats) -> float:
    return float(((values - values.mean()) * (towards - towards.mean())).sum())
