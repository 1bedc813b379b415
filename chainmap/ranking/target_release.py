"""The files of a released target ranker: coefficients, manifest, card; the same on every rerun."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from chainmap.ranking.target_card import target_card
from chainmap.ranking.target_model import NAMED, STAGES, TargetModel
from chainmap.ranking.target_scorecard import Scorecard
from chainmap.ranking.target_summary import (
    bias_rows,
    calibration_rows,
    part_rows,
    summary_rows,
)
from chainmap.ranking.target_training import TargetOptions
from chainmap.released import release_files, rounded


def target_model_files(
    model: TargetModel, card: Scorecard, options: TargetOptions, origin: Mapping[str, Any]
) -> dict[str, bytes]:
    """Return the model's files by name.

    Args:
        model: The trained ranker.
        card: Its scorecard.
        options: What it was trained with.
        origin: Where the data came from: hashes, counts, package version; goes in the manifest.
    """
    rows, parts, chances = summary_rows(card), part_rows(card), calibration_rows(card)
    manifest = {
        "model": NAMED.folder,
        "version": model.version,
        "method": "two conditional logits and a logistic regression, ridge, isotonic calibration",
        "features": model.features(),
        "files": {},
        "options": asdict(options),
        "edition": model.edition,
        "metrics": rows,
        "parts": parts,
        "calibration": chances,
        "bias": bias_rows(card),
        **origin,
    }
    return release_files(plain_model(model), manifest, target_card(model, card, origin))


def plain_model(model: TargetModel) -> dict[str, Any]:
    """Return the model as plain numbers and texts, as it is stored."""
    return {
        "version": model.version,
        **{stage: [asdict(term) for term in getattr(model, stage)] for stage in STAGES},
        "intercept": model.intercept,
        "expansion_knots": model.expansion_knots._asdict(),
        "pair_weights": [model.pair.odds, model.pair.place],
        "pair_knots": model.pair.knots._asdict(),
        "flows": {
            "provinces": list(model.flows.provinces),
            "moves": [[rounded(v) for v in row] for row in model.flows.moves.tolist()],
        },
        "edition": model.edition,
        **_plain_covariance(model),
        **_plain_lessons(model),
        **({"across": [asdict(term) for term in model.across]} if model.across else {}),
    }


def _plain_lessons(model: TargetModel) -> dict[str, Any]:
    one = model.lessons
    if one is None:
        return {}
    draws = dict(zip(one.cities, one.draws.tolist(), strict=True))
    rates = dict(zip(one.sectors, one.rates.tolist(), strict=True))
    return {"lessons": {"city_draw": draws, "sector_moves": rates}}


def _plain_covariance(model: TargetModel) -> dict[str, Any]:
    if model.company_covariance is None:
        return {}
    rows = model.company_covariance.tolist()
    return {"company_covariance": [[rounded(v) for v in row] for row in rows]}
