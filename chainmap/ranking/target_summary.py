"""The scorecard as rows: every order's measures, and the ranker's lead with its interval."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from chainmap.ranking.target_baselines import SUSPICIOUS_AUC
from chainmap.ranking.target_bias import TRAITS
from chainmap.ranking.target_held import LOGIT
from chainmap.ranking.target_lists import (
    ListScores,
    candidate_difference,
    difference,
    event_difference,
)
from chainmap.ranking.target_scorecard import Calibration, Scorecard
from chainmap.ranking.tied import Flags
from chainmap.significance import Interval

SIZES_ZH = ("小城市", "中等城市", "大城市")
CITY_TASK, COLD_TASK, FIRM_TASK = "城市→企业", "城市→企业（未见过的城市）", "企业→城市"
APART_TASK, FIRM_APART_TASK = "城市→企业（提出特征的三份以外）", "企业→城市（提出特征的三份以外）"
SEGMENT_TASK, COLD_SEGMENT_TASK = "城市×环节→企业", "城市×环节→企业（未见过的城市）"
LANDING_TASK = "城市→企业（落地台账，按上一年年底）"
HELD_TASK = "城市→企业（浙江的落地，从未参加训练，按上一年年底）"
MEASURES = (
    "auc", "ndcg_20", "mrr", "hit_1", "hit_5", "hit_10", "hit_20", "hit_100", "recall_100",
    "lift_100",
)  # fmt: skip
"""What every row holds, each a mean over lists."""
LEAST_LISTS = 20
"""Lists below which a part of the lists of segments is not shown."""


def summary_rows(card: Scorecard) -> list[dict[str, Any]]:
    """Return one row an order and task: measures, and the released model's lead with intervals.

    Shares and AUC run 0..1; `lead` is the model's mean minus the row's, AUC for lists of firms and
    MRR for lists of cities, with 95 % intervals over lists, over provinces and over firms.
    """
    provinces = np.array(card.provinces)
    rows: list[dict[str, Any]] = []
    for task, scores in ((CITY_TASK, card.for_cities), (COLD_TASK, card.cold)):
        rows += [_city_row(task, name, scores, provinces) for name in scores]
    rows += [_city_row(APART_TASK, name, card.apart, None) for name in card.apart]
    rows += [_firm_row(FIRM_TASK, name, card.for_firms) for name in card.for_firms]
    rows += [_firm_row(FIRM_APART_TASK, name, card.firms_apart) for name in card.firms_apart]
    for task, found in ((SEGMENT_TASK, card.segments), (COLD_SEGMENT_TASK, card.cold_segments)):
        if found is not None:
            rows += [_city_row(task, name, found.orders, found.city) for name in found.orders]
    if card.landings is not None:
        for task, orders in ((LANDING_TASK, card.landings.taught),
                             (HELD_TASK, card.landings.held_back)):  # fmt: skip
            rows += [_city_row(task, name, orders, None) for name in orders]
    return rows


def part_rows(card: Scorecard) -> list[dict[str, Any]]:
    """Return AUC and hit rates of every order by part: Zhejiang, thirds of cities, chains."""
    parts: dict[str, Flags] = {"浙江各市": np.array(card.provinces) == "浙江"}
    parts |= {zh: card.sizes == i for i, zh in enumerate(SIZES_ZH)}
    rows = [
        _part(zh, name, scores, flags)
        for zh, flags in parts.items()
        for name, scores in card.for_cities.items()
        if flags.any()
    ]
    for chain, scores_by_name in card.chains.items():
        rows += [_part(chain, name, scores, None) for name, scores in scores_by_name.items()]
    return [*rows, *_segment_parts(card)]


def bias_rows(card: Scorecard) -> list[dict[str, Any]]:
    """Return, for some orders, how far ranks follow each trait and how alike the lists are."""
    return [
        {
            "order": name,
            **{trait: _number(one.follows[trait]) for trait in TRAITS},
            "same_50_firms": round(one.same_firms, 3),
            "distinct_in_top_100": one.distinct,
            "firms": one.n_firms,
        }
        for name, one in card.bias.items()
    ]


def _number(value: float) -> float | None:
    return None if np.isnan(value) else round(value, 3)


def _segment_parts(card: Scorecard) -> list[dict[str, Any]]:
    found = card.segments
    if found is None:
        return []
    chains = np.array(found.chains)
    parts: dict[str, Flags] = {f"环节·{c}": chains == c for c in sorted(set(found.chains))}
    parts |= {f"环节·{zh}": found.sizes == i for i, zh in enumerate(SIZES_ZH)}
    return [
        _part(zh, name, scores, flags)
        for zh, flags in parts.items()
        for name, scores in found.orders.items()
        if flags.sum() >= LEAST_LISTS
    ]


def calibration_rows(card: Scorecard) -> list[dict[str, Any]]:
    """Return seen over predicted in the top three tenths, and Brier beside the base rate's.

    `heads` hold how many of the first of every city's list were foreseen to come, and came.
    """
    return [
        _calibration("企业到该城市的可能性", card.pairs),
        _calibration("企业会到外地的可能性", card.expansion),
    ]


def beaten(card: Scorecard) -> tuple[list[str], list[str]]:
    """Return the orders that the model beats in AUC over cities, and those that it does not."""
    base = card.for_cities[LOGIT]
    others = {n: s for n, s in card.for_cities.items() if n != LOGIT}
    won = [n for n, s in others.items() if difference(base, s, "auc").low > 0]
    return won, [n for n in others if n not in won]


def suspicious(card: Scorecard) -> bool:
    """Return whether the model is too good to be true on these data."""
    return card.for_cities[LOGIT].mean("auc") >= SUSPICIOUS_AUC


def _city_row(
    task: str, name: str, scores: Mapping[str, ListScores], clusters: Any
) -> dict[str, Any]:
    one, base = scores[name], scores[LOGIT]
    row = {"task": task, "order": name, "lists": len(one.number), "events": len(one.event_auc)}
    row |= {measure: round(one.mean(measure), 4) for measure in MEASURES}
    row |= {
        "events_20": round(one.events_in(20), 4),
        "events_100": round(one.events_in(100), 4),
        "events_100_uncommon": round(one.events_in(100, one.uncommon()), 4),
    }
    if name == LOGIT:
        return row
    row |= {
        "lead": _text(difference(base, one, "auc")),
        "lead_by_firm": _text(candidate_difference(base, one)),
        "lead_hit_20": _text(difference(base, one, "hit_20")),
        "lead_hit_100": _text(difference(base, one, "hit_100")),
        "lead_mrr": _text(difference(base, one, "mrr")),
        "lead_events_20": _text(event_difference(base, one, 20)),
        "lead_events_100": _text(event_difference(base, one, 100)),
    }
    if clusters is None:
        return row
    grouped = "lead_by_province" if task in (CITY_TASK, COLD_TASK) else "lead_by_city"
    return row | {grouped: _text(difference(base, one, "auc", clusters))}


def _firm_row(task: str, name: str, scores: Mapping[str, ListScores]) -> dict[str, Any]:
    one, base = scores[name], scores[LOGIT]
    row = {"task": task, "order": name, "lists": len(one.number), "events": len(one.event_auc)}
    row |= {measure: round(one.mean(measure), 4) for measure in MEASURES}
    if name == LOGIT:
        return row
    return row | {
        "lead": _text(difference(base, one, "mrr")),
        "lead_auc": _text(difference(base, one, "auc")),
    }


def _part(zh: str, name: str, one: ListScores, flags: Flags | None) -> dict[str, Any]:
    return {
        "part": zh,
        "order": name,
        "lists": int(len(one.number) if flags is None else flags.sum()),
        **{
            m: round(one.mean(m, flags), 4)
            for m in ("auc", "ndcg_20", "hit_5", "hit_20", "hit_100")
        },
    }


def _calibration(zh: str, one: Calibration) -> dict[str, Any]:
    return {
        "chance": zh,
        "rows": one.n,
        "events": one.n_events,
        "seen_over_predicted": [round(value, 3) for value in one.tenths],
        "curve": [[float(f"{v:.4g}") for v in point] for point in one.curve],
        "heads": [
            {"first": k, "foreseen": round(foreseen, 1), "came": came}
            for k, (foreseen, came) in one.heads.items()
        ],
        "brier": float(f"{one.brier:.4g}"),
        "brier_of_base_rate": float(f"{one.brier_base:.4g}"),
    }


def _text(gap: Interval) -> str:
    return f"{gap.mean:+.4f} [{gap.low:+.4f}, {gap.high:+.4f}]"


def head_words(row: Mapping[str, Any]) -> str:
    """Return what `heads` of a calibration hold in words; empty where there are none."""
    said = [
        f"各城市前 {one['first']} 名预计 {one['foreseen']:g} 次、实际 {one['came']} 次"
        for one in row.get("heads", ())
    ]
    return "；".join(said) + "。" if said else ""
