"""One allocation for many cities: limits, optimum, links, locks, conflicts."""

from __future__ import annotations

from itertools import combinations, product

import polars as pl
import pytest

from chainmap.errors import InputError
from chainmap.ranking.allocation import AllocationOptions, Bonds, allocate
from chainmap.ranking.allocation_conflicts import conflicts, overlap
from tests.ranking.allocations import city_frame, random_cities

A, B, C = "330100", "330200", "330300"
PLAIN = AllocationOptions(top=2, max_cities=1, per_segment=0, plan_bonus=0.0, chain_bonus=0.0)


def lists(pairs: pl.DataFrame) -> dict[str, set[str]]:
    taken = pairs.filter("allocated")
    return {
        code: set(taken.filter(pl.col("city_code") == code)["company_id"])
        for code in sorted(set(pairs["city_code"]))
    }


def three(**facts: object) -> list[pl.DataFrame]:
    scores = {"a": 4.0, "b": 3.0, "c": 2.0, "d": 1.0, "e": 0.5, "f": 0.4}
    return [city_frame(code, scores, **facts) for code in (A, B, C)]


def test_nobody_is_pushed_to_more_cities_than_asked() -> None:
    pairs = allocate(random_cities(1, 6, 60), AllocationOptions(top=12, per_segment=0))
    taken = pairs.filter("allocated")
    assert taken.group_by("company_id").len()["len"].max() == 2
    assert set(taken.group_by("city_code").len()["len"]) == {12}
    ranks = taken.sort("city_code", "rank").group_by("city_code").agg("rank")["rank"]
    assert all(one.to_list() == list(range(1, 13)) for one in ranks)


def test_the_sum_is_the_largest_there_is() -> None:
    cities = random_cities(5, 3, 5)
    options = AllocationOptions(top=2, max_cities=1, per_segment=0)
    pairs = allocate(cities, options)
    worth = {(c, i): v for c, i, v in pairs.select("city_code", "company_id", "value").iter_rows()}
    codes, firms = sorted({c for c, _ in worth}), sorted({i for _, i in worth})
    best = max(
        sum(
            worth[code, firm] for code, chosen in zip(codes, choice, strict=True) for firm in chosen
        )
        for choice in product([*combinations(firms, 2), *((f,) for f in firms), ()], repeat=3)
        if len({f for chosen in choice for f in chosen}) == sum(map(len, choice)) == 5
    )
    assert pairs.filter("allocated")["value"].sum() == pytest.approx(best, abs=1e-9)


def test_the_limit_per_segment_holds() -> None:
    segments = {name: "ic-wafer" if name in "abc" else f"ic-{name}" for name in "abcdef"}
    options = AllocationOptions(top=3, max_cities=3, per_segment=1)
    pairs = allocate(three(segments=segments), options)
    taken = pairs.filter("allocated")
    assert taken.group_by("city_code", "segment_id").len()["len"].max() == 1
    assert set(taken.group_by("city_code").len()["len"]) == {3}


def test_the_city_with_the_plan_and_the_stronger_chain_keeps_the_company() -> None:
    scores = {"a": 4.0, "b": 1.0, "c": 0.9}
    options = AllocationOptions(top=1, max_cities=1, per_segment=0)
    for facts in ({"own_plan": True}, {"engagement": 0.4}):
        pairs = allocate([city_frame(A, scores), city_frame(B, scores, **facts)], options)
        assert lists(pairs) == {A: {"b"}, B: {"a"}}


def test_linked_places_share_a_company_that_counts_once() -> None:
    pairs = allocate(three(), PLAIN, Bonds(links=((A, B),)))
    found = lists(pairs)
    assert found[A] & found[B]
    assert not (found[A] | found[B]) & found[C]
    group = Bonds(links=((A, B),)).group_of([A, B, C])
    assert overlap(pairs, "allocated", group).jaccard == 0.0


def test_a_link_to_a_city_that_is_not_allocated_is_refused() -> None:
    with pytest.raises(InputError, match="不在本次分配之内"):
        allocate(three(), PLAIN, Bonds(links=((A, "310100"),)))


def test_a_lock_keeps_a_company_for_its_city_alone() -> None:
    options = AllocationOptions(top=2, max_cities=2, per_segment=0)
    pairs = allocate(three(), options, Bonds(locks={"f": A, "a": C}))
    found = lists(pairs)
    assert "f" in found[A]
    assert "a" in found[C]
    assert "a" not in found[A] | found[B]
    told = conflicts(pairs, options, {c: c for c in (A, B, C)}, {"f": A, "a": C})
    assert {one.company_id: one.locked_by for one in told}["a"] == C


def test_a_lock_of_a_city_elsewhere_bars_everybody() -> None:
    pairs = allocate(three(), PLAIN, Bonds(locks={"a": "310100"}))
    assert all("a" not in one for one in lists(pairs).values())


def test_every_company_given_up_is_at_its_limit_and_is_listed() -> None:
    options = AllocationOptions(top=12, per_segment=0)
    pairs = allocate(random_cities(2, 6, 60), options)
    group = {code: code for code in set(pairs["city_code"])}
    told = {one.company_id: one for one in conflicts(pairs, options, group, {})}
    wanted = pairs.filter("wanted").group_by("company_id").len()
    contested = set(wanted.filter(pl.col("len") > 2)["company_id"])
    assert contested
    assert set(told) == contested
    assert all(len(one.holders) == 2 for one in told.values())


def test_nobody_that_yields_would_gain_more_than_a_holder_would_lose() -> None:
    options = AllocationOptions(top=12)
    pairs = allocate(random_cities(3, 6, 60), options)
    group = {code: code for code in set(pairs["city_code"])}
    n_yields = 0
    for one in conflicts(pairs, options, group, {}):
        kept = [c.margin for c in one.claims if c.got and c.margin is not None]
        for claim in one.claims:
            if not claim.got:
                n_yields += 1
                assert claim.substitute is not None
                assert claim.margin is not None
                assert all(claim.margin <= loss + 1e-6 for loss in kept)
    assert n_yields > 10


def test_the_order_of_the_rows_given_changes_nothing() -> None:
    cities = random_cities(4, 5, 40)
    options = AllocationOptions(top=8)
    first = allocate(cities, options)
    again = allocate([frame.sample(fraction=1.0, shuffle=True, seed=7) for frame in cities[::-1]],
                     options)  # fmt: skip
    assert first.equals(again)


def test_overlap_falls_and_fit_hardly() -> None:
    pairs = allocate(random_cities(6, 8, 200), AllocationOptions(top=30, per_segment=0))
    group = {code: code for code in set(pairs["city_code"])}
    before, after = (overlap(pairs, column, group) for column in ("wanted", "allocated"))
    assert after.jaccard <= before.jaccard / 2
    assert after.most == 2
    assert pairs.filter("wanted")["fit"].mean() == pytest.approx(1.0, abs=1e-6)


def test_nonsense_options_are_refused() -> None:
    with pytest.raises(InputError):
        AllocationOptions(top=0)
