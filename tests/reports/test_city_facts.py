import polars as pl

from chainmap.pipeline import load_world
from chainmap.reports.city_facts import chain_standings, city_facts, province_cities
from chainmap.sources.places import find_city

WORLD = load_world()


def test_headline_numbers_count_the_roster():
    city = find_city(WORLD.cities, "绍兴")
    facts = city_facts(WORLD, city)
    own = WORLD.presence.filter(pl.col("city_code") == city.code)
    assert facts.n_held == (own["n_companies"] > 0).sum()
    assert facts.n_segments == own.height == len(WORLD.library.segments)
    assert facts.n_companies == (WORLD.companies["city_code"] == city.code).sum()
    for chain in facts.chains:
        assert chain.completeness_low <= chain.completeness <= chain.completeness_high
        assert 0 <= chain.engagement <= chain.completeness_high


def test_places_follow_engagement():
    codes = [city.code for city in province_cities(WORLD, "330000")]
    assert len(codes) == 11
    standings = chain_standings(WORLD, codes)
    for chain in WORLD.library.chains:
        rows = [s for code in codes for s in standings[code] if s.chain_id == chain]
        placed = sorted((s for s in rows if s.place), key=lambda s: s.place)
        shares = [s.engagement for s in placed]
        assert shares == sorted(shares, reverse=True) and placed[0].place == 1
        assert all(s.place is None for s in rows if not s.n_held)
