"""The scorecard of some destinations as rows: means over lists and over events, with leads."""

from __future__ import annotations

from typing import Any

import numpy as np

from chainmap.ranking.target_baselines import FOR_A_CITY
from chainmap.ranking.target_held import LOGIT
from chainmap.ranking.target_lists import (
    ListScores,
    candidate_difference,
    difference,
    event_difference,
)
from chainmap.ranking.target_places import PlaceCard
from chainmap.significance import Interval

UNDATED_TASK, DATED_TASK = "布局（无日期，今天的企业）", "落地（有年份，按上一年年底）"
LEADS = {
    "lead": "AUC·按清单",
    "lead_hit_20": "前20命中·按清单",
    "lead_hit_100": "前100命中·按清单",
    "lead_by_firm": "AUC·按布局",
    "lead_events_20": "前20内布局·按布局",
    "lead_events_100": "前100内布局·按布局",
}
"""Leads of a row: over lists (lists drawn) and over events (firms drawn with all their events)."""


def place_rows(card: PlaceCard) -> list[dict[str, Any]]:
    """Return one row an order and kind of site: means over lists and over events, and leads.

    `auc`, `hit_20`, `hit_100` are means over lists; `auc_events`, `events_20`, `events_100` over
    events. A lead is the model's mean minus the row's with its 95 % interval, lists drawn for the
    first three, firms with all their events for the others.
    """
    parts = ((UNDATED_TASK, card.undated), (DATED_TASK, card.dated))
    return [_row(task, name, scores) for task, scores in parts for name in scores]


def not_beaten(rows: list[dict[str, Any]]) -> list[dict[str, str]]:
    """Return each lead over a simple order whose interval does not lie above 0."""
    return [
        {"task": row["task"], "order": row["order"], "measure": zh, "lead": row[key]}
        for row in rows
        if row["order"] in FOR_A_CITY
        for key, zh in LEADS.items()
        if not _low(row[key]) > 0
    ]


def strongest(rows: list[dict[str, Any]], task: str, measure: str) -> dict[str, Any]:
    """Return the simple order that stands best by a measure in one kind of site."""
    simple = [row for row in rows if row["task"] == task and row["order"] in FOR_A_CITY]
    return max(simple, key=lambda row: (row[measure], row["order"]))


def _row(task: str, name: str, scores: Any) -> dict[str, Any]:
    one, base = scores[name], scores[LOGIT]
    row = {"task": task, "order": name, "lists": len(one.number), "events": len(one.event_auc)}
    row |= {m: round(one.mean(m), 4) for m in ("auc", "hit_20", "hit_100", "mrr")}
    row |= {
        "auc_events": round(float(np.mean(one.event_auc)), 4),
        "events_20": round(one.events_in(20), 4),
        "events_100": round(one.events_in(100), 4),
    }
    return row if name == LOGIT else row | _leads(base, one)


def _leads(base: ListScores, one: ListScores) -> dict[str, str]:
    return {
        "lead": _text(difference(base, one, "auc")),
        "lead_hit_20": _text(difference(base, one, "hit_20")),
        "lead_hit_100": _text(difference(base, one, "hit_100")),
        "lead_by_firm": _text(candidate_difference(base, one)),
        "lead_events_20": _text(event_difference(base, one, 20)),
        "lead_events_100": _text(event_difference(base, one, 100)),
    }


def _text(gap: Interval) -> str:
    return f"{gap.mean:+.4f} [{gap.low:+.4f}, {gap.high:+.4f}]"


def _low(text: str) -> float:
    return float(text.split("[")[1].split(",")[0])
