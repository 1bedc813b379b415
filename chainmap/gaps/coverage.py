"""Coverage (数据覆盖率): which share of the makers there are a data set can see, and how surely."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from math import sqrt

import polars as pl
from scipy.special import betaincinv

from chainmap.chains.library import ChainLibrary
from chainmap.errors import InputError
from chainmap.sources.coverage import CoverageFile, SeenOf

LEAST_COUNTED = 20
"""Companies of a chain that must have been looked for before its own share is used: with fewer
the 90% interval is wider than the chains differ."""


@dataclass(frozen=True)
class Seen:
    """A share of companies seen, 0 < `value` ≤ 1, and the standard deviation of its estimate."""

    value: float
    sd: float = 0.0

    def __post_init__(self) -> None:
        if not (0.0 < self.value <= 1.0 and 0.0 <= self.sd <= 0.5):
            raise InputError(
                f"覆盖率 {self.value}（标准差 {self.sd}）不成立。",
                todo="覆盖率大于 0、至多 1，标准差 0 到 0.5。",
            )


@dataclass(frozen=True)
class Coverage:
    """What share of the companies counted as presence the data can see.

    Attributes:
        share: Share where a chain has none of its own.
        chains: Share by chain id.
        spread: Relative standard deviation of a chain's coverage between cities; what does not
            cancel in a location quotient and so widens it.
        cities: Factor on the share by city code, 1 where absent: cities whose companies come
            mostly from a well-covered source are seen better.
        population: Whom complete data would hold, in Chinese.
    """

    share: Seen = Seen(1.0)
    chains: Mapping[str, Seen] = field(default_factory=dict)
    spread: float = 0.0
    cities: Mapping[str, float] = field(default_factory=dict)
    population: str = "数据所列的企业"

    def __post_init__(self) -> None:
        if not 0.0 <= self.spread <= 1.0:
            raise InputError(f"覆盖率的地区差异 {self.spread} 不成立。", todo="应为 0 到 1。")

    def of_chains(self, library: ChainLibrary) -> pl.DataFrame:
        """Return `chain_id, share, share_sd` of every chain, by chain."""
        rows = [
            (chain, (seen := self.chains.get(chain, self.share)).value, seen.sd)
            for chain in sorted(library.chains)
        ]
        schema = {"chain_id": pl.String, "share": pl.Float64, "share_sd": pl.Float64}
        return pl.DataFrame(rows, schema=schema, orient="row")


def estimated_share(seen: int, total: int) -> Seen:
    """Return the share of a list the data has, with its standard deviation.

    Source:
        Beta posterior under Jeffreys' prior: mean (s + ½)/(n + 1).
    """
    mean = (seen + 0.5) / (total + 1.0)
    return Seen(mean, sqrt(mean * (1.0 - mean) / (total + 2.0)))


def share_interval(seen: int, total: int) -> tuple[float, float]:
    """Return the 90% interval of `estimated_share`, from the same beta posterior."""
    a, b = seen + 0.5, total - seen + 0.5
    return float(betaincinv(a, b, 0.05)), float(betaincinv(a, b, 0.95))


def measured_coverage(measured: CoverageFile) -> Coverage:
    """Return coverage as it was measured; chains with too few counted share that of all.

    A chain without a share of its own also bears how much the chains differ.
    """
    whole = estimated_share(
        sum(c.seen for c in measured.chains), sum(c.total for c in measured.chains)
    )
    own = {
        c.chain: estimated_share(c.seen, c.total)
        for c in measured.chains
        if c.total >= LEAST_COUNTED
    }
    apart = _spread_of(seen.value for seen in own.values())
    return Coverage(
        share=Seen(whole.value, min(0.5, sqrt(whole.sd**2 + apart**2))),
        chains=own,
        spread=measured.spread_between_cities,
        population=measured.population_zh,
    )


def city_factors(by_source: pl.DataFrame, shares: Mapping[str, float]) -> dict[str, float]:
    """Return each city's factor on the overall share, from the mix of its sources.

    Behind n companies of a source with share q stand n/q; a city's share is what is seen over
    what stands behind. One company of average mix is added, so that a city with one company is
    not judged by it alone.

    Args:
        by_source: `city_code, source, n_companies`.
        shares: Share each source can see, by source, 0 < q ≤ 1.

    Raises:
        InputError: A source has no share.
    """
    unknown = sorted(set(by_source["source"]) - set(shares))
    if unknown:
        raise InputError(f"来源 {'、'.join(unknown)} 没有覆盖率。", todo="给出每个来源的覆盖率。")
    n = pl.col("n_companies")
    behind = by_source.with_columns(
        behind=n / pl.col("source").replace_strict(shares, return_dtype=pl.Float64)
    )
    overall = overall_share(by_source, shares)
    cities = behind.group_by("city_code").agg(pl.col("n_companies", "behind").sum())
    share = (n + 1.0) / (pl.col("behind") + 1.0 / overall)
    return dict(cities.select("city_code", share / overall).sort("city_code").iter_rows())


def overall_share(by_source: pl.DataFrame, shares: Mapping[str, float]) -> float:
    """Return the share of all companies that are seen, given each source's share."""
    behind = sum(
        n / shares[source] for source, n in by_source.select("source", "n_companies").iter_rows()
    )
    return float(by_source["n_companies"].sum()) / behind if behind else 1.0


def count_seen(listed: pl.DataFrame, known: Iterable[str]) -> tuple[SeenOf, ...]:
    """Return, by chain, how many of the enumerated companies the data set has.

    Args:
        listed: `company, chain_id`, each pair once: makers and developers of a full list.
        known: Keys of the data set's companies, as in `company`.
    """
    has = pl.col("company").is_in(list(known))
    counted = listed.group_by("chain_id").agg(seen=has.sum(), total=pl.len()).sort("chain_id")
    return tuple(
        SeenOf(chain=chain, seen=int(seen), total=int(total))
        for chain, seen, total in counted.iter_rows()
    )


def spread_between_cities(listed: pl.DataFrame, known: Iterable[str]) -> float:
    """Return the relative standard deviation of a chain's coverage between cities, by moments.

    Each city's number seen is held against its chain's share; what varies beyond a binomial is
    the spread. 0 where cities vary no more than that.

    Args:
        listed: `company, chain_id, city`, each company and chain once.
        known: Keys of the data set's companies.

    Source:
        Method-of-moments overdispersion of beta-binomial counts (Kleinman 1973).
    """
    has = pl.col("company").is_in(list(known))
    cells = (
        listed.group_by("chain_id", "city")
        .agg(seen=has.sum().cast(pl.Float64), total=pl.len().cast(pl.Float64))
        .with_columns(
            q=(pl.col("seen").sum() / pl.col("total").sum()).over("chain_id"),
        )
    )
    binomial = pl.col("total") * pl.col("q") * (1.0 - pl.col("q"))
    excess = (pl.col("seen") - pl.col("total") * pl.col("q")).pow(2) - binomial
    pairs = pl.col("total") * (pl.col("total") - 1.0) * pl.col("q").pow(2)
    row = cells.select(excess=excess.sum(), pairs=pairs.sum()).row(0)
    return sqrt(max(0.0, row[0] / row[1])) if row[1] else 0.0


@dataclass(frozen=True)
class Recapture:
    """Two lists of one population, and what they say of its size.

    Attributes:
        first: Companies on the first list.
        second: Companies on the second list.
        both: Companies on both.
    """

    first: int
    second: int
    both: int

    @property
    def size(self) -> float:
        """Estimated companies there are.

        Source:
            Chapman (1951): (n₁+1)(n₂+1)/(m+1) − 1.
        """
        return (self.first + 1) * (self.second + 1) / (self.both + 1) - 1

    @property
    def size_sd(self) -> float:
        """Standard deviation of `size`.

        Source:
            Seber (1970).
        """
        n1, n2, m = self.first, self.second, self.both
        spread = (n1 + 1) * (n2 + 1) * (n1 - m) * (n2 - m) / ((m + 1) ** 2 * (m + 2))
        return sqrt(max(0.0, spread))


def _spread_of(values: Iterable[float]) -> float:
    given = list(values)
    if len(given) < 2:
        return 0.0
    mean = sum(given) / len(given)
    return sqrt(sum((value - mean) ** 2 for value in given) / (len(given) - 1))
