"""The scorer (打分参数): what turns a candidate's raw facts into named summands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from chainmap.errors import ModelError
from chainmap.ranking.families import Family, family_of
from chainmap.ranking.pair_registry import pair_features
from chainmap.ranking.target_model import TargetModel


@dataclass(frozen=True)
class MakerRates:
    """How often a firm that is placed on a segment does make what the segment is.

    Attributes:
        right: High-confidence makers that were right in the hand-labelled sample, of `asked`.
        asked: High-confidence makers that were looked at.
        role_right: Share of roles that were right: developers and services are less sure by it.
        neighbour: Share of the firms of a segment that stand in a given neighbour segment as well,
            over all neighbours inside a chain: 1,830 of 29,634 in the roster of 2026-11-21.
        neighbour_firms: Firms by which a pair's own share is drawn to `neighbour`.
        sure_from: Confidence from which a placement counts as one of `asked`; below it the
            confidence itself is the share.

    Source:
        `chainmap evaluate placement` (README): business scopes of a register, judged by chain. No
        sample judges single segments or the roster's own placements, so the shares are borrowed.
        docs/decisions/0023 for the neighbours.
    """

    right: int = 82
    asked: int = 85
    role_right: float = 0.941
    neighbour: float = 0.062
    neighbour_firms: int = 20
    sure_from: float = 0.75


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
        """Return the scorer as plain numbers and texts, as JSON holds it."""
        return asdict(self)


def scorer_of(model: TargetModel) -> Scorer:
    """Return the scorer of a released model.

    Raises:
        ModelError: A feature of the model belongs to no family.
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
