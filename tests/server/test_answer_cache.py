"""Answers already made take no more memory than they may."""

import asyncio

from chainmap.server.answer_cache import AnswerCache, Kept
from chainmap.server.questions import _city_called, city_called


def test_names_count_too():
    cache = AnswerCache(40_000)

    async def ask():
        for at in range(50):
            await cache.get(f"{at}{' ' * 2000}", lambda: Kept(b"[]", "application/json", None))
        return [at for at in range(50) if cache.body(f"{at}{' ' * 2000}") is not None]

    kept = asyncio.run(ask())
    assert kept == list(range(41, 50))


def test_what_is_too_long_is_not_kept_at_all():
    cache = AnswerCache(4_000)

    async def ask():
        return await cache.get("x" * 5_000, lambda: Kept(b"[]", "application/json", None))

    answer, source = asyncio.run(ask())
    assert (answer.body, source) == (b"[]", "made") and cache.body("x" * 5_000) is None


def test_spaces_around_a_city_are_no_cities_of_their_own():
    city_called("绍兴")
    before = _city_called.cache_info().currsize
    for at in range(20):
        assert city_called(f"{' ' * at}绍兴{' ' * 2000}").code == "330600"
    assert _city_called.cache_info().currsize == before
