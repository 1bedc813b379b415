"""Outside dependence (外部依赖度): what a city's own users must buy from elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import polars as pl
from scipy.sparse import csr_array, diags_array

from chainmap.errors import InputError, TableError, UnknownNameError
from chainmap.gaps.linkages import SupplyWeights
from chainmap.sources.places import EARTH_RADIUS_KM
from chainmap.tables import Cities, Presence

Floats = npt.NDArray[np.float64]

NEARBY_KM = 200.0
"""Great-circle reach that stands in for three hours on the road: 3 h at 90 km/h, roads being
some 1.3 times as long as the straight line, is 208 km."""


@dataclass(frozen=True)
class DependenceOptions:
    """Parameters of outside dependence.

    Attributes:
        delta: How strongly a small economy is taken to import, in Flegg's λ; 0 means not at all.
            0.3 is Flegg and Webber's value; methods 8.2 tests 0.1 to 0.5.
        nearby_km: Reach of the neighbouring cities, centre to centre.
    """

    delta: float = 0.3
    nearby_km: float = NEARBY_KM

    def __post_init__(self) -> None:
        if not 0.0 <= self.delta < 1.0:
            raise InputError(f"参数 delta={self.delta} 应在 0（含）到 1 之间。")
        if not 0.0 <= self.nearby_km <= 20_040.0:
            raise InputError(f"参数 nearby_km={self.nearby_km} 超出 0 到 20040 公里。")


class _Grid(NamedTuple):
    """Presence as city × segment arrays, rows by city, columns by segment."""

    n_companies: Floats
    expected: Floats
    theta: Floats


class _Users(NamedTuple):
    """Which segments each wanted city has (0 or 1), what users buy (a_qp), and its sum a city."""

    present: csr_array
    bought: csr_array
    weight: Floats


def outside_dependence(
    presence: Presence,
    cities: Cities,
    weights: SupplyWeights,
    options: DependenceOptions | None = None,
    city_code: str | None = None,
) -> pl.DataFrame:
    """Return what each city's own users need and how far they must buy it elsewhere.

    Local demand is D_cp = Σ_q a_pq · theta_cq · E_cq over the users q of p that the city has:
    companies that do not exist buy nothing, however their share is estimated. A product segment's
    users are product segments: a hospital or a dealer nearby makes no supply demand.

    Dependence on what lies outside a region R around the city is 1 − min(1, λ_R · CILQ), where
    CILQ is the mean over the same users q of theta_Rp / theta_Rq, weighted by a_pq, and
    λ_R = log₂(1 + x_R / x)^delta. It is 1 where nobody in R supplies the segment and 0 where the
    city has no local demand. `theta` is the table's where R is the city alone and the
    add-half value of the summed counts for wider regions.

    Args:
        presence: Every city with every segment.
        cities: Gives provinces and centres.
        weights: Input coefficients, of the same segments.
        options: Parameters; None takes the defaults.
        city_code: Only this city; None for all.

    Returns:
        `city_code, segment_id, local_demand` (companies' worth of purchases),
        `dependence_city`, `dependence_province`, `dependence_nearby` (cities within
        `nearby_km`, its own included) and `dependence`, each 0..1, by city and segment.
        `dependence` is that of the widest region, province and nearby cities together, because
        buying next door is not a gap.

    Raises:
        TableError: Presence is not every city with every segment.
        UnknownNameError: There is no such city.

    Source:
        Flegg & Webber (2000), FLQ; methods 8.2.
    """
    chosen = options or DependenceOptions()
    places = cities.sort("city_code")
    codes = places["city_code"].to_list()
    if city_code is not None and city_code not in codes:
        raise UnknownNameError("城市", city_code)
    wanted = list(range(len(codes))) if city_code is None else [codes.index(city_code)]
    grid = _grid(presence, codes, weights)
    province, near = _regions(places, wanted, chosen.nearby_km)
    own = np.zeros_like(province)
    own[np.arange(len(wanted)), wanted] = 1.0
    present, bought = csr_array((grid.n_companies[wanted] > 0).astype(float)), _bought(weights)
    users = _Users(present, bought, (present @ bought).toarray())
    spending = users.present.multiply((grid.theta * grid.expected)[wanted])
    columns: dict[str, Floats] = {"local_demand": (csr_array(spending) @ users.bought).toarray()}
    for name, region in (
        ("dependence_city", own),
        ("dependence_province", province),
        ("dependence_nearby", near),
        ("dependence", np.maximum(province, near)),
    ):
        # Sparse, so that a row's sum is the same to the last bit for one city and for all.
        members = csr_array(region)
        counts, expected = members @ grid.n_companies, members @ grid.expected
        alone = region.sum(axis=1, keepdims=True) == 1.0  # a municipality is its own province
        theta = np.where(alone, grid.theta[wanted], (counts + 0.5) / (expected + 0.5))
        columns[name] = _dependence(counts, theta, _small_region(counts, grid, chosen), users)
    n_segments = len(weights.segments)
    return pl.DataFrame(
        {
            "city_code": np.repeat([codes[at] for at in wanted], n_segments),
            "segment_id": list(weights.segments) * len(wanted),
            **{name: values.ravel() for name, values in columns.items()},
        }
    )


def _dependence(counts: Floats, theta: Floats, small: Floats, users: _Users) -> Floats:
    """Return 1 − min(1, λ · CILQ) of a region per city, 0 without users, 1 without suppliers."""
    weight = users.weight
    per_user = csr_array(users.present.multiply(1.0 / np.where(theta > 0.0, theta, 1.0)))
    summed = theta * (per_user @ users.bought).toarray()
    balance = np.divide(summed, weight, out=np.zeros_like(weight), where=weight > 0.0)
    met = np.where(counts > 0.0, np.minimum(1.0, small[:, None] * balance), 0.0)
    return np.where(weight > 0.0, 1.0 - met, 0.0)


def _small_region(counts: Floats, grid: _Grid, options: DependenceOptions) -> Floats:
    """Return λ of each region: log₂(1 + its share of the nation's companies)^delta, 0..1."""
    share = counts.sum(axis=1) / max(1.0, float(grid.n_companies.sum()))
    return np.asarray(np.log2(1.0 + share) ** options.delta)


def _bought(weights: SupplyWeights) -> csr_array:
    """Return a_qp, user → supplier, without what services take from products."""
    product = weights.is_product.astype(float)
    all_links = weights.coefficients.T
    supplied_services = diags_array(1.0 - product) @ all_links @ diags_array(product)
    bought = csr_array(all_links - supplied_services)
    bought.eliminate_zeros()
    return bought


def _regions(places: pl.DataFrame, wanted: list[int], nearby_km: float) -> tuple[Floats, Floats]:
    """Return 1 for every city of the same province, and 1 for every city within reach."""
    provinces = places["province_code"].to_numpy()
    lat, lon = (np.radians(places[name].to_numpy()) for name in ("lat", "lon"))
    rise = np.sin((lat[wanted, None] - lat) / 2) ** 2
    turn = np.sin((lon[wanted, None] - lon) / 2) ** 2
    inner = rise + np.cos(lat[wanted, None]) * np.cos(lat) * turn
    distance = 2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.clip(inner, 0.0, 1.0)))
    same = provinces[wanted, None] == provinces
    return same.astype(float), (distance <= nearby_km).astype(float)


def _grid(presence: Presence, codes: list[str], weights: SupplyWeights) -> _Grid:
    keys = ["city_code", "segment_id"]
    ordered = presence.select(*keys, *_Grid._fields).sort(keys)
    shape = (len(codes), len(weights.segments))
    whole = (
        ordered.height == shape[0] * shape[1]
        and ordered["city_code"].unique(maintain_order=True).to_list() == codes
        and ordered["segment_id"].to_list() == list(weights.segments) * shape[0]
    )
    if not whole:
        raise TableError(
            f"分布表有 {ordered.height} 行，应为 {shape[0]} 个城市 × {shape[1]} 个环节各一行。",
            todo="用同一份城市表、产业链和系数重新计算分布。",
        )
    columns = (ordered[name].cast(pl.Float64) for name in _Grid._fields)
    return _Grid(*(column.to_numpy().reshape(shape) for column in columns))
