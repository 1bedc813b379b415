"""The bundled drafts are what the program draws up today; rebuild: chainmap catalogue bundle.

Two cities are drawn up again, one large, one small; what all of them rest on is held by hash.
"""

import pytest

from chainmap.catalogue.build import bundled_hashes
from chainmap.catalogue.store import load_bundled
from chainmap.catalogue.yaml_file import catalogue_yaml
from chainmap.chains.library import load_library
from chainmap.cli.catalogue_drafts import bundled_for
from chainmap.pipeline import draft_catalogue, load_world
from chainmap.sources.catalogue_folder import bundled_cities, read_bundled
from chainmap.sources.places import find_city, load_cities
from chainmap.sources.register import load_positions

STALE = "the bundled drafts are stale: run `chainmap catalogue bundle`"
CODES = bundled_cities()


def test_every_city_of_the_province_has_a_draft():
    world = load_world()
    assert [city.code for city in bundled_for(world)] == CODES and len(CODES) == 11


@pytest.mark.parametrize("code", ["330600", "330900"])
def test_a_rebuild_gives_the_same_bytes(code):
    world = load_world()
    made = catalogue_yaml(draft_catalogue(world, find_city(world.cities, code)))
    assert made == read_bundled(code), STALE


@pytest.mark.parametrize("code", CODES)
def test_the_draft_rests_on_what_is_bundled(code):
    ground = load_bundled(find_city(load_cities(), code)).groundwork.model_dump()
    assert {name: ground[name] for name in bundled_hashes()} == bundled_hashes(), STALE


@pytest.mark.parametrize("code", CODES)
def test_a_draft_is_marked_balanced_and_traceable(code):
    draft, library = load_bundled(find_city(load_cities(), code)), load_library()
    positions = {f"{p.document}@{p.start}" for p in (*load_positions(), *library.positions)}
    assert draft.status == "draft" and draft.sanction is None and "草案" in draft.label
    assert draft.items and all(item.incentive == "" for item in draft.items)
    for item in draft.items:
        assert item.id == f"{code}-{item.segment}" and item.segment in library.segments
        assert all(p in library.citations or p in positions for p in item.policy)
        assert all(any(c.isdigit() for c in reason.text) for reason in item.reasons)
        assert item.wanted and item.direction.endswith("。")
    for chain in draft.chains:
        assert sum(item.chain == chain for item in draft.items) <= draft.groundwork.per_chain
