"""Snapshots written for the tests: forty made-up firms in six segments."""

import datetime as dt

import numpy as np
import polars as pl

from chainmap.ranking.families import FAMILIES
from chainmap.ranking.listing import rank_candidates
from chainmap.ranking.scorer import Scorer, Summand
from chainmap.ranking.snapshots import ListQuestion, ListSnapshot, canonical
from chainmap.ranking.target_options import TargetOptions
from chainmap.tables import CANDIDATES

SCORER = Scorer(
    "1",
    (
        Summand("nearness", "affinity", 0.0, 1.0, 0.8),
        Summand("size", "expansion", 0.0, 1.0, 0.5),
    ),
)
OTHER_SCORER = Scorer("2", (Summand("nearness", "affinity", 0.1, 1.2, 0.1), *SCORER.summands[1:]))
SEGMENTS = [("a-one", "a"), ("a-two", "a"), ("a-three", "a"), ("b-one", "b"), ("b-two", "b")]


def candidates_of(seed, firms=range(40), **columns):
    """Candidates drawn from a seed; the same firms make other things under another one."""
    random = np.random.default_rng(seed)
    rows = []
    needs = {segment: float(random.uniform(0.1, 0.9)) for segment, _ in SEGMENTS}
    policy = {segment: float(random.uniform(0, 1)) for segment, _ in SEGMENTS}
    for firm in firms:
        features = [
            {"name": name, "value": float(random.normal())} for name in ("nearness", "size")
        ]
        for segment, chain in SEGMENTS:
            kept, wanted, direct = random.uniform(size=3)
            if kept < 0.4:
                continue
            rows.append(
                {
                    "company_id": f"firm-{firm:02}", "segment_id": segment, "chain_id": chain,
                    "made_segment_id": segment, "maker_id": f"firm-{firm:02}",
                    "basis": "direct" if direct < 0.7 else "neighbour", "role": "make",
                    "rank_made": 0, "confidence": 1.0, "n_makers": 5, "n_both": 1,
                    "features": features, "unstated": ["staff"], "distance_km": 10.0,
                    "gap_kind": "fill", "gap_spread": 0.1, "policy_weight": policy[segment],
                    "gap_score": needs[segment] * (1 + 0.5 * policy[segment]),
                    "catalogue_item": None, "wanted_met": ["leader"] if wanted < 0.2 else [],
                    "terms_met": 0, "terms_failed": int(wanted > 0.95), "terms_unknown": 0,
                    "veto": "terms_failed" if wanted > 0.95 else None,
                }
            )  # fmt: skip
    frame = pl.DataFrame(
        rows, schema_overrides={"catalogue_item": pl.String, "veto": pl.String,
                                "wanted_met": pl.List(pl.String)},
    )  # fmt: skip
    return CANDIDATES.check(frame.with_columns(**columns).sort("company_id", "segment_id"))


def snapshot_with(candidates, options, scorer=SCORER, chain=None, versions=None, city="330100"):
    """A snapshot of candidates, its list as short as a comparison needs it."""
    if chain is not None:
        candidates = CANDIDATES.check(candidates.filter(pl.col("chain_id") == chain))
    ranked = rank_candidates(candidates, options, scorer)
    rows = [
        {name: row[name] for name in ("rank", "company_id", "segment_id", "score", "rank_low",
                                      "rank_high")}
        | {"company": row["company_id"], "segment": row["segment_id"],
           "parts": dict(zip(FAMILIES, row["parts"], strict=True))}
        for row in ranked.to_dicts()
    ]  # fmt: skip
    question = ListQuestion(city, chain, None, dt.date(2026, 11, 21))
    content = canonical({"basis": {"city": "甲市", "city_code": city}, "targets": rows})
    return ListSnapshot(
        question, options, scorer, versions or {"data": "d", "code": "1"}, candidates, content
    )


def made(seed=1, top=8, **more):
    """A snapshot of one seed."""
    return snapshot_with(candidates_of(seed), TargetOptions(top=top, draws=20), **more)


def sides():
    """Two snapshots of which everything differs: firms, needs, policy, scorer, options."""
    weights = dict.fromkeys(FAMILIES, 1.0) | {"affinity": 2.0, "need": 0.5}
    later = TargetOptions(top=12, per_segment=2, weights=weights, gamma=1.5, draws=0)
    return (
        made(1),
        snapshot_with(candidates_of(2, range(5, 45)), later, OTHER_SCORER),
    )
