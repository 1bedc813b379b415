"""Hidden-firm test: hide known companies, and see whether the intervals hold the truth."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl

from chainmap.chains.library import ChainLibrary
from chainmap.errors import InputError
from chainmap.gaps.coverage import (
    Coverage,
    Seen,
    city_factors,
    estimated_share,
    overall_share,
    spread_between_cities,
)
from chainmap.gaps.kinds import State
from chainmap.gaps.presence import PresenceOptions, hidden_law, measure_presence
from chainmap.gaps.unseen import Hidden
from chainmap.tables import PRESENCE_COUNTS, Cities, PresenceCounts

BANDS: dict[str, tuple[float, float]] = {
    "<0.1": (0.0, 0.1), "0.1-1": (0.1, 1.0), "1-5": (1.0, 5.0), "5+": (5.0, np.inf),
}  # fmt: skip
"""Makers the full data leads to expect in a cell."""
ENOUGH = 1.0
"""Makers from which a cell has enough data (seen or expected) or is open (expected unseen): below,
the truth is nearly always what is seen, and any interval of whole numbers holds it."""


@dataclass(frozen=True)
class Hiding:
    """How companies are hidden.

    Attributes:
        hidden: Share of the companies hidden, 0..1, by source; one entry "" hides all alike.
        audited: Companies drawn at random whose being seen is looked up: all that the fit learns
            of coverage.
        seed: Of the hiding, the audit and the randomised intervals.
    """

    hidden: Mapping[str, float]
    audited: int = 500
    seed: int = 1

    def __post_init__(self) -> None:
        if not self.hidden or not all(0.0 <= share < 1.0 for share in self.hidden.values()):
            raise InputError("隐去的比例应在 0 到 1 之间。", todo="例如 0.2、0.4、0.6。")


@dataclass(frozen=True)
class Held:
    """How often the intervals hold the truth in one group of cells.

    Attributes:
        n_cells: Cells of the group.
        held: Share whose 90% interval of makers holds the truth.
        randomised: The same for the randomised interval, which is exact where whole numbers make
            the plain one too wide.
    """

    n_cells: int
    held: float
    randomised: float


@dataclass(frozen=True)
class HiddenTest:
    """What one hiding came to.

    Attributes:
        n_companies: Companies of the full data.
        n_hidden: Companies hidden.
        share: Share of companies the audit found to be seen.
        spread: Its spread between cities, as estimated.
        groups: By group: `all`, `enough`, `open` and each of `BANDS`.
        n_strong: Cells called strong.
        rightly_strong: Share of them whose location quotient in the full data is above 1.
        n_absent: Cells called absent.
        wrongly_absent: Share of them that have a maker in the full data.
        p_unseen: Mean chance of an unseen maker over the cells that show none.
        unseen: Share of those cells that have one.
    """

    n_companies: int
    n_hidden: int
    share: float
    spread: float
    groups: Mapping[str, Held]
    n_strong: int
    rightly_strong: float
    n_absent: int
    wrongly_absent: float
    p_unseen: float
    unseen: float


def by_source(firms: pl.DataFrame, share: float) -> dict[str, float]:
    """Return shares to hide by source that hide `share` of all: half as many again of the largest.

    The other sources lose what is left to lose.

    Args:
        firms: As for `hide_and_measure`.
        share: Of all companies, 0..1.
    """
    sizes = firms.unique("company_id").group_by("source").len().sort("len", "source")
    total, largest = int(sizes["len"].sum()), sizes.row(-1)
    more = min(1.5 * share, 0.9, share * total / largest[1])
    rest = total - largest[1]
    less = max(0.0, (share * total - more * largest[1]) / rest) if rest else share
    return {source: more if source == largest[0] else less for source in sizes["source"].to_list()}


def hide_and_measure(
    firms: pl.DataFrame, cities: Cities, library: ChainLibrary, hiding: Hiding
) -> HiddenTest:
    """Return how the intervals fare when companies are hidden and the rest is measured.

    What is measured knows the companies left and an audit (a random sample of all companies, each
    looked up once), nothing else. The truth is the number of makers the full data has in a cell.

    Args:
        firms: `company_id, city_code, segment_id, chain_id, source`: what counts as presence.
        cities: All cities.
        library: All segments.
        hiding: Whom to hide.
    """
    rng = np.random.default_rng(hiding.seed)
    companies = firms.unique("company_id").sort("company_id")
    chance = pl.Series(
        [hiding.hidden.get(s, hiding.hidden.get("", 0.0)) for s in companies["source"]]
    )
    kept = companies.filter(pl.Series(rng.random(companies.height)) >= chance)["company_id"]
    audit = companies.filter(
        pl.Series(rng.permutation(companies.height)) < min(hiding.audited, companies.height)
    )
    seen = firms.filter(pl.col("company_id").is_in(kept.implode()))
    alike = set(hiding.hidden) == {""}
    options = PresenceOptions(_audited(audit, kept, seen, alike))
    presence = measure_presence(_counts(seen), cities, library, options)
    law = hidden_law(_counts(seen), cities, library, options)
    truth = measure_presence(_counts(firms), cities, library)
    cells = pl.DataFrame(
        {
            "truth": truth["n_companies"],
            "full": truth["expected"],
            "seen": presence["n_companies"],
            "low": presence["makers_low"],
            "high": presence["makers_high"],
            "p_unseen": presence["p_unseen"],
            "state": presence["state"],
            "behind": pl.Series(law.mean),
            "place": _place(law, truth["n_companies"] - presence["n_companies"], rng),
        }
    )
    return _summary(cells, (companies.height, len(kept)), options.coverage)


def _audited(audit: pl.DataFrame, kept: pl.Series, seen: pl.DataFrame, alike: bool) -> Coverage:
    """Return what an audit says of coverage; by source where sources are hidden unlike."""
    has = pl.col("company_id").is_in(kept.implode())
    spread = spread_between_cities(
        audit.select(company="company_id", chain_id="chain_id", city="city_code"), kept
    )
    total = audit.select(has.sum()).item()
    share = estimated_share(total, audit.height)
    if alike:
        return Coverage(share, spread=min(spread, 1.0))
    rows = audit.group_by("source").agg(seen=has.sum(), total=pl.len()).sort("source")
    shares = {source: estimated_share(s, n).value for source, s, n in rows.iter_rows()}
    shares = dict.fromkeys(seen["source"].unique(), share.value) | shares
    mix = (
        seen.unique("company_id").group_by("city_code", "source").len()
        .rename({"len": "n_companies"})
    )  # fmt: skip
    factors = city_factors(mix, shares)
    middle = overall_share(mix, shares)
    return Coverage(Seen(middle, share.sd), spread=min(spread, 1.0), cities=factors)


def _counts(firms: pl.DataFrame) -> PresenceCounts:
    counts = firms.group_by("city_code", "segment_id").agg(
        n_companies=pl.len().cast(pl.Int64),
        n_leaders=pl.lit(0, pl.Int64),
        capital_10k_cny=pl.lit(None, pl.Float64),
    )
    return PRESENCE_COUNTS.check(counts.sort("city_code", "segment_id"))


def _place(law: Hidden, hidden: pl.Series, rng: np.random.Generator) -> pl.Series:
    """Return where the truth falls in its law: F(n−1) + V·P(n), uniform if the law is right."""
    number = hidden.to_numpy().astype(np.float64)
    below, upto = law.at_most(number - 1.0), law.at_most(number)
    return pl.Series(below + rng.random(len(number)) * (upto - below))


def _summary(cells: pl.DataFrame, sizes: tuple[int, int], coverage: Coverage) -> HiddenTest:
    known = cells.with_columns(
        held=pl.col("truth").is_between("low", "high"),
        randomised=pl.col("place").is_between(0.05, 0.95),
    ).filter(pl.col("full") > 0)
    groups = {
        "all": pl.lit(True),
        "enough": pl.col("seen") + pl.col("behind") >= ENOUGH,
        "open": pl.col("behind") >= ENOUGH,
    }
    groups |= {
        band: (pl.col("full") >= low) & (pl.col("full") < high)
        for band, (low, high) in BANDS.items()
    }
    strong = known.filter(pl.col("state") == State.STRONG.value)
    absent = cells.filter(pl.col("state") == State.ABSENT.value)
    none = cells.filter(pl.col("seen") == 0)
    return HiddenTest(
        n_companies=sizes[0],
        n_hidden=sizes[0] - sizes[1],
        share=coverage.share.value,
        spread=coverage.spread,
        groups={name: _held(known.filter(where)) for name, where in groups.items()},
        n_strong=strong.height,
        rightly_strong=_share(strong["truth"] > strong["full"]),
        n_absent=absent.height,
        wrongly_absent=_share(absent["truth"] > 0),
        p_unseen=float(none.select(pl.col("p_unseen").mean()).item() or 0.0),
        unseen=_share(none["truth"] > 0),
    )


def _held(cells: pl.DataFrame) -> Held:
    return Held(cells.height, _share(cells["held"]), _share(cells["randomised"]))


def _share(which: pl.Series) -> float:
    return float(which.sum()) / len(which) if len(which) else float("nan")
