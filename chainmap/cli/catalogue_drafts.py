"""What `chainmap catalogue build` and `bundle` answer: drafts worked out from the world."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from chainmap import resources
from chainmap.catalogue.yaml_file import catalogue_yaml
from chainmap.cli.catalogue_answers import say_made
from chainmap.cli.catalogue_deeds import save_recorded
from chainmap.cli.output import say, write_file, write_folder
from chainmap.gaps.score import GapOptions, enough_data
from chainmap.gaps.world import World
from chainmap.pipeline import draft_catalogue, load_world
from chainmap.sources.places import City, find_city

PROVINCE = "330000"
"""Drafts are bundled for the cities of Zhejiang."""


class BuildRequest(NamedTuple):
    """What `catalogue build` was asked."""

    year: int | None
    per_chain: int | None
    out: Path | None


def show_build(city: str, asked: BuildRequest, workspace: Path | None) -> None:
    """Answer `chainmap catalogue build`: a draft in the workspace, or in a file."""
    world = load_world()
    where = find_city(world.cities, city)
    catalogue = draft_catalogue(world, where, asked.year, asked.per_chain)
    if not enough_data(world, where, GapOptions(as_of=world.edition)):
        say(f"名录中{where.name}的企业太少，不足以判断缺口。")
    if asked.out is not None:
        text = catalogue_yaml(catalogue)
        write_file(asked.out, lambda path: path.write_bytes(text.encode("utf-8")))
        file = asked.out
    else:
        file = save_recorded(catalogue, workspace, "catalogue.build")
    say_made("拟出草案", catalogue, file)
    if not catalogue.items:
        say(f"{where.name}没有可列入目录的缺口。")


def bundle_drafts(out: Path | None) -> None:
    """Answer `chainmap catalogue bundle`: the drafts of all cities of the province, rebuilt.

    Raises:
        ResourceError: No folder is given and the taxonomy in use is read-only.
    """
    folder = out or resources.writable_taxonomy() / "catalogue"
    world = load_world()
    texts = {
        f"{city.code}.yml": catalogue_yaml(draft_catalogue(world, city))
        for city in bundled_for(world)
    }
    write_folder(folder, {name: text.encode("utf-8") for name, text in texts.items()})


def bundled_for(world: World) -> list[City]:
    """Return the cities whose drafts are bundled, by code."""
    codes = world.cities.filter(world.cities["province_code"] == PROVINCE)["city_code"]
    return [find_city(world.cities, code) for code in codes]
