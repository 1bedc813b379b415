"""Kinds of question about targets that `tests.bench.serving` asks."""

from __future__ import annotations

import json
import random
import time
from itertools import permutations
from typing import NamedTuple
from urllib.parse import quote

from tests.bench.load import Asking, get, post

SAME_BYTES = 40
"""Answers of a kind that the bare route sends in turn."""

FAMILIES = ("segment_fit", "need", "expansion", "affinity", "relations", "policy", "terms")
CHAIN = "targets?chain=integrated-circuits"
PATH = f"/v1/cities/330600/{CHAIN}"
CITIES = tuple(range(330100, 331200, 100))
CHAINS = (
    "integrated-circuits", "robotics", "new-materials", "biomedicine", "aerospace", "quantum",
)  # fmt: skip
AROUND = [(city, chain) for chain in CHAINS for city in CITIES]
NARROWED = ("mode=chain", "mode=advantage", f"home={quote('上海')}")


class Kind(NamedTuple):
    """A kind of question: how the n-th is asked, and the share of the bare route hoped for.

    Attributes:
        first: How many are asked before anything is timed, so that none is asked the first time.
        body: What the n-th brings, where it is posed in a body.
    """

    name: str
    ask: Asking
    goal: float
    first: int = SAME_BYTES
    body: Asking | None = None

    def ask_bare(self, number: int) -> bytes:
        """Return the n-th question to the bare route."""
        if self.body is None:
            return self.get_bare(number)
        return post(self._bare_path(number), self.body(number))

    def get_bare(self, number: int) -> bytes:
        """Return the same without a body."""
        return get(self._bare_path(number))

    def _bare_path(self, number: int) -> str:
        return f"/bare/{quote(self.name)}/{number % SAME_BYTES}"


def questions(key: str) -> list[Kind]:
    """Return the kinds of question; the first `SAME_BYTES` of each are the bare route's."""
    kept = get(PATH, X_API_Key=key)
    orders = list(permutations(["rank", "company", "score", "segment", "home_city", "chance"]))
    dice = random.Random(time.time_ns())

    def page(number: int) -> bytes:
        order = ",".join(orders[number // 20 % len(orders)])
        chosen = f"fields={order}&sort=score" if number % 2 else f"sort={order}"
        return get(f"{PATH}&limit={1 + number % 20}&{chosen}", X_API_Key=key)

    def listed(number: int) -> bytes:
        limit = 2 + number // 20 % 499
        return get(f"{PATH}&top={10 + number % 20}&per_segment={limit}", X_API_Key=key)

    def around(number: int) -> bytes:
        (city, chain), nth = AROUND[number % len(AROUND)], number // len(AROUND)
        said = f"top={10 + nth % 20}&per_segment={2 + nth // 20 % 499}"
        return get(f"/v1/cities/{city}/targets?chain={chain}&{said}", X_API_Key=key)

    def narrowed(number: int) -> bytes:
        asked_by, nth = NARROWED[number % len(NARROWED)], number // len(NARROWED)
        said = f"top={10 + nth % 20}&per_segment={2 + nth // 20 % 499}"
        return get(f"{PATH}&{asked_by}&{said}", X_API_Key=key)

    def weights(_: int) -> bytes:
        drawn = {family: round(dice.uniform(0, 3), 6) for family in FAMILIES}
        asked = {"city": "330600", "chain": "integrated-circuits", "weights": drawn}
        return json.dumps(asked).encode()

    def weights_of_place(number: int) -> bytes:
        return json.dumps(json.loads(weights(number)) | {"home": "上海"}).encode()

    def posed(body: Asking) -> Asking:
        return lambda number: post("/v1/targets", body(number), X_API_Key=key)

    return [
        Kind("kept", lambda _: kept, 0.6),
        Kind("cut", page, 0.25),
        Kind("listed", listed, 0.25),
        Kind("around", around, 0.25, len(AROUND)),
        Kind("narrowed", narrowed, 0.25),
        Kind("weighed", posed(weights), 0.25, body=weights),
        Kind("weighed+", posed(weights_of_place), 0.25, body=weights_of_place),
    ]
