"""The scorer (打分参数): what turns a candidate's raw facts into named summands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from chainmap.errors import ModelError
from chainmap.ranking.families import Family, family_of
from chainmap.ranking.makes import MakesModel, load_makes_model
from chainmap.ranking.pair_registry import pair_features
from chainmap.ranking.target_model import TargetModel


@dataclass(frozen=True)
class MakerRates:
    """How often a group that the roster places on a segment does make what the segment is.

    Attributes:
        right: Placements that were right where other texts tell, of `asked`; both with what a
            prior adds.
        asked: Placements that were looked at.
        role_right: Share of the makers' that holds for developers and services.
        neighbour: Share of the firms of a segment that stand in a given neighbour segment as well,
            over all neighbours inside a chain: 1,830 of 29,634 in the roster of 2026-11-21.
        neighbour_firms: Firms by which a pair's own share is drawn to `neighbour`.
        sure_from: Confidence from which a placement counts as one of `asked`; below it the
            confidence itself is the share.
        neighbour_kept: What is left of the neighbours' share for firms of which the roster does
            not say that they stand in both.

    Source:
        `models/makes`, `chainmap evaluate makes`; docs/decisions/0023. The defaults are what the
        ranker borrowed before that was measured, and what older snapshots hold.
    """

    right: float = 82
    asked: float = 85
    role_right: float = 0.941
    neighbour: float = 0.062
    neighbour_firms: int = 20
    sure_from: float = 0.75
    neighbour_kept: float = 1.0


def measured_rates(makes: MakesModel) -> MakerRates:
    """Return the roster's rates of a released calibration.

    All five developers and services that could be judged were right, so roles make no difference.
    """
    roster = makes.roster
    return MakerRates(
        right=roster.right,
        asked=roster.asked,
        role_right=1.0,
        neighbour_kept=roster.neighbour_kept,
    )


@dataclass(frozen=True)
class Summand:
    """One term of the model's company stage: weight · (value − mean) / spread, for a family."""

    feature: str
    family: str
    mean: float
    spread: float
    weight: float


@dataclass(frozen=True)
class Scorer:
    """Coefficients and calibration, apart from what they are applied to.

    Attributes:
        version: Of the released model.
        summands: Terms of the company stage.
        covariance: Of their weights, in their order; None where the release has none.
        rates: Calibration of “makes the segment”.
    """

    version: str
    summands: tuple[Summand, ...]
    covariance: tuple[tuple[float, ...], ...] | None = None
    rates: MakerRates = field(default_factory=MakerRates)

    def families(self) -> list[Family]:
        """Return the family of each summand."""
        return [Family(summand.family) for summand in self.summands]

    def plain(self) -> dict[str, Any]:
        """Return the scorer as plain numbers and texts, as JSON holds it.

        Rates of before there was `neighbour_kept` do without it, so that a snapshot of then keeps
        its bytes.
        """
        plain = asdict(self)
        if self.rates.neighbour_kept == MakerRates.neighbour_kept:
            del plain["rates"]["neighbour_kept"]
        return plain


def scorer_of(model: TargetModel) -> Scorer:
    """Return the scorer of a released model.

    Raises:
        ModelError: A feature of the model belongs to no family, or the calibration of placements
            is not as its manifest says.
    """
    every = pair_features()
    covariance = model.company_covariance
    return Scorer(
        version=model.version,
        summands=tuple(
            Summand(
                term.feature,
                family_of(every[term.feature].family).value,
                term.mean,
                term.spread,
                term.weight,
            )
            for term in model.company
        ),
        covariance=None if covariance is None else _rows(covariance.tolist()),
        rates=measured_rates(load_makes_model()),
    )


def scorer_from(plain: dict[str, Any]) -> Scorer:
    """Return the scorer that `Scorer.plain` was made of.

    Raises:
        ModelError: Something is missing or is not known.
    """
    try:
        covariance = plain["covariance"]
        return Scorer(
            version=plain["version"],
            summands=tuple(Summand(**summand) for summand in plain["summands"]),
            covariance=None if covariance is None else _rows(covariance),
            rates=MakerRates(**plain["rates"]),
        )
    except (KeyError, TypeError) as error:
        raise ModelError(f"打分参数不完整：{error}。", todo="须与本软件同版本。") from error


def _rows(numbers: Sequence[Sequence[float]]) -> tuple[tuple[float, ...], ...]:
    return tuple(tuple(float(number) for number in row) for row in numbers)
