"""`/evaluation`: how good the product is, in pictures and plain words, and where it loses."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, NamedTuple

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from chainmap.ranking.target_summary import HELD_TASK, LANDING_TASK
from chainmap.reports.scorecard import load_scorecard, newest_manifest
from chainmap.server.pages.shell import PageRoute, render

router = APIRouter(route_class=PageRoute, include_in_schema=False)

TO_CITY, TO_FIRM = "企业→城市", "城市→企业"
OURS = "条件逻辑（发布的模型）"
SIMPLE = {
    "随机": ("随便排", "random"),
    "先大后小": ("先大后小", "biggest first"),
    "先近后远": ("先近后远", "nearest first"),
    "区位商+距离+规模": ("特长、远近、规模相加", "quotient + nearness + size"),
    "固定权重 30/20/20/15/15": ("固定权重打分", "fixed weights"),
    "最受青睐": ("先排最受青睐的城市", "most courted first"),
    "省际引力": ("按省际往来", "province gravity"),
    OURS: ("本产品", "this product"),
}
"""Orders a reader can imagine, and ours; variants of our own model are in the documents."""
RIVALS = SIMPLE | {
    "LightGBM LambdaRank": ("另一种学习模型", "another learner"),
    "上一版发布的模型": ("本产品上一版", "our release before"),
}
"""What may beat us, and is named where it does."""
NOVEL = {
    "random": ("随便排", "random"),
    "popularity": ("全国热门在前", "national popularity"),
    "province": ("省内有的在前", "same province"),
    "density": ("关联密度", "relatedness density"),
    "gravity": ("引力模型", "gravity"),
    "lightgbm": ("另一种学习模型", "another learner"),
    "logistic": ("本产品", "this product"),
}


class Bar(NamedTuple):
    """One bar: both names, its value 0..1, and whether it is ours."""

    zh: str
    en: str
    value: float
    ours: bool


class Loss(NamedTuple):
    """Somewhere another order is as good or better: on what, which, both values."""

    part: str
    order: tuple[str, str]
    measure: str
    ours: float
    theirs: float


class Lost(NamedTuple):
    """All that is as good as ours on one thing; `measure` is what the values are in."""

    part: str
    measure: str
    ours: float
    others: list[Loss]


@router.get("/evaluation")
def show_evaluation(request: Request) -> HTMLResponse:
    """Return the scorecard; every number is read from what training and evaluation released."""
    ranker, entry = newest_manifest("target-ranker"), newest_manifest("entry")
    metrics = ranker["metrics"]
    headline = {m["order"]: m for m in metrics if m["task"] == TO_FIRM}
    landed, held = (
        {m["order"]: m for m in metrics if m["task"] == task} for task in (LANDING_TASK, HELD_TASK)
    )
    return render(
        request,
        "evaluation.html",
        page="evaluation",
        card=load_scorecard(),
        hits={n: bars(headline.values(), f"hit_{n}", SIMPLE, "order") for n in (20, 100)},
        returns=bars((m for m in metrics if m["task"] == TO_CITY), "hit_5", SIMPLE, "order"),
        headline=headline[OURS],
        landed=landed[OURS],
        landed_hits=bars(landed.values(), "hit_100", SIMPLE, "order"),
        landed_lead=points(landed["先大后小"]["lead_hit_100"]),
        held=held[OURS],
        held_biggest=held["先大后小"],
        near=headline["先近后远"],
        best=headline["区位商+距离+规模"],
        calibration=ranker["calibration"],
        lost=by_part(losses(ranker)),
        lead={n: points(headline["先近后远"][f"lead_hit_{n}"]) for n in (20, 100)},
        entry=bars(entry["metrics"], "precision_20", NOVEL, "method"),
        entry_tests=entry["tests"],
        held_out=next(m for m in newest_manifest("placement")["held_out"] if not m["chain"]),
    )


def bars(
    rows: Iterable[dict[str, Any]], measure: str, names: dict[str, tuple[str, str]], key: str
) -> list[Bar]:
    """Return one bar for each order that has a name, the lowest first, ours marked."""
    mine = (OURS, "logistic")
    found = [
        Bar(*names[row[key]], float(row[measure]), row[key] in mine)
        for row in rows
        if row[key] in names
    ]
    return sorted(found, key=lambda bar: (bar.value, bar.ours))


def points(lead: str) -> str:
    """Return a lead and its interval, written as shares, in percentage points."""
    middle, low, high = (100 * float(number) for number in re.findall(r"[-+]?\d+\.\d+", lead))
    return f"{middle:.1f} [{low:.1f}, {high:.1f}]"


def by_part(found: list[Loss]) -> list[Lost]:
    """Return losses by what they are on, in the order measured, the best other order first."""
    parts: dict[str, list[Loss]] = {}
    for one in found:
        parts.setdefault(one.part, []).append(one)
    return [
        Lost(name, rows[0].measure, rows[0].ours, sorted(rows, key=lambda one: -one.theirs))
        for name, rows in parts.items()
    ]


def losses(ranker: dict[str, Any]) -> list[Loss]:
    """Return where another order does as well as ours or better, in the order measured."""
    found: list[Loss] = []
    tasks = [(m["task"], m, "mrr" if m["task"] == TO_CITY else "auc") for m in ranker["metrics"]]
    parts = [(m["part"], m, "auc") for m in ranker["parts"]]
    ours = {name: m for name, m, _ in [*tasks, *parts] if m["order"] == OURS}
    for name, row, measure in [*tasks, *parts]:
        if row["order"] not in RIVALS or row["order"] == OURS or name not in ours:
            continue
        mine = ours[name][measure]
        if row[measure] >= mine:
            found.append(Loss(name, RIVALS[row["order"]], measure, mine, row[measure]))
    return found
