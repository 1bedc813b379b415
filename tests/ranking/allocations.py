"""Made-up pairs of companies and cities, for the tests of allocation."""

from __future__ import annotations

import numpy as np
import polars as pl


def city_frame(code: str, scores: dict[str, float], **facts: object) -> pl.DataFrame:
    """Return a city's candidates as `city_pairs` gives them, every company in its own segment."""
    ordered = sorted(scores.items(), key=lambda one: (-one[1], one[0]))
    n = len(ordered)
    segments = facts.get("segments")
    return pl.DataFrame(
        {
            "city_code": [code] * n,
            "company_id": [name for name, _ in ordered],
            "segment_id": [
                segments[name] if isinstance(segments, dict) else f"ic-{name}"
                for name, _ in ordered
            ],
            "chain_id": ["integrated-circuits"] * n,
            "score": [score for _, score in ordered],
            "place": list(range(1, n + 1)),
            "own_rank": list(range(1, n + 1)),
            "own_plan": [bool(facts.get("own_plan", False))] * n,
            "engagement": [float(facts.get("engagement", 0.0))] * n,  # type: ignore[arg-type]
        }
    )


def random_cities(seed: int, n_cities: int, n_firms: int) -> list[pl.DataFrame]:
    """Return cities that mostly agree on which firms are good."""
    rng = np.random.default_rng(seed)
    common = rng.normal(2.0, 1.0, n_firms)
    return [
        city_frame(
            f"33{city:02}00",
            {
                f"f{firm:03}": float(round(common[firm] + rng.normal(0.0, 0.5), 6))
                for firm in range(n_firms)
            },
            engagement=float(rng.random()),
        )
        for city in range(1, n_cities + 1)
    ]
