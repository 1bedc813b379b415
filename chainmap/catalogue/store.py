"""Versions of a catalogue: bundled drafts, stored drafts, approved ones; and the one in use."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from chainmap import resources
from chainmap.catalogue.yaml_file import catalogue_yaml, read_catalogue
from chainmap.chains.journal import refuse_person
from chainmap.concepts.catalogue import (
    VERSION_NAME_PATTERN,
    VERSION_PATTERN,
    Catalogue,
    Sanction,
)
from chainmap.concepts.days import day_in_china, typed_day
from chainmap.errors import InputError, UnknownNameError
from chainmap.sources.catalogue_folder import (
    CatalogueFolder,
    bundled_cities,
    read_bundled,
)
from chainmap.sources.places import City

_APPROVED = re.compile(r"(\d{4})-v(\d+)")


_MOST_SHOWN = 5
"""Drafts that a message names."""


class Listed(NamedTuple):
    """One version that exists, and whether it came with the program."""

    catalogue: Catalogue
    bundled: bool
    in_use: bool


def catalogue_in_use(city: City, workspace: Path) -> Catalogue:
    """Return the catalogue that counts for a city: the newest approved, else the bundled draft.

    Drafts in the workspace do not count until they are approved. What is derived from a catalogue
    states its `version_name`.

    Raises:
        UnknownNameError: The city has neither.
        InputError: The file was changed by hand.
    """
    found = catalogue_if_any(city, workspace)
    if found is None:
        error = UnknownNameError("在用的招商目录", city.name)
        drafts = CatalogueFolder(workspace).versions(city.code)
        error.todo = _next_step(city, drafts)
        raise error
    return found


def _next_step(city: City, drafts: Sequence[str]) -> str:
    """Return what to do where no catalogue is in use, by the drafts the workspace holds."""
    if not drafts:
        return "该市还没有审定过目录，也没有内置草案；先拟定草案，再审定。"
    named = "、".join(drafts[:_MOST_SHOWN]) + ("等" if len(drafts) > _MOST_SHOWN else "")
    last = drafts[-1]
    return (
        f"工作区里有 {len(drafts)} 份草案尚未审定：{named}。要用草案，写明版本"
        f"（命令加 --version {last}，接口加 version={last}）；要让它在用，先审定："
        f"chainmap catalogue approve {city.short_name} {last} --by 岗位或处室 --date 审定日期。"
    )


def catalogue_if_any(city: City, workspace: Path) -> Catalogue | None:
    """Return the catalogue that counts for a city; None before the first is approved.

    Raises:
        InputError: The file was changed by hand.
    """
    folder = CatalogueFolder(workspace)
    approved = approved_versions(folder, city.code)
    if approved:
        return load_version(folder, city.code, approved[-1])
    return _bundled_if_any(city)


def _bundled_if_any(city: City) -> Catalogue | None:
    return load_bundled(city) if city.code in bundled_cities() else None


def load_bundled(city: City) -> Catalogue:
    """Return the bundled draft of a city.

    Raises:
        UnknownNameError: There is none; drafts are bundled for the cities of Zhejiang.
        InputError: The file was changed by hand.
    """
    if city.code not in bundled_cities():
        raise UnknownNameError("已有招商目录的城市", city.name)
    name = resources.shown("taxonomy", "catalogue", f"{city.code}.yml")
    return _unchanged(read_catalogue(read_bundled(city.code), name), name)


def load_version(folder: CatalogueFolder, city_code: str, version: str) -> Catalogue:
    """Return a stored version.

    Raises:
        InputError: There is none of that name.
        InputError: The file was changed by hand, or is another version's under this name.
    """
    name = str(folder.path(city_code, version))
    found = _unchanged(read_catalogue(folder.read(city_code, version), name), name)
    if (found.city_code, found.version) != (city_code, version):
        raise InputError(
            f"{name} 里是 {found.version_name}，与文件名不符：文件被复制或改名。",
            todo="移走这个文件；要审定草案，运行 chainmap catalogue approve。",
        )
    return found


def find_version(city: City, given: str | None, workspace: Path) -> Catalogue:
    """Return the version called `given`: full or short version name; None is the one in use.

    A stored draft named as the bundled one says the same, and the bundled one is returned.

    Raises:
        UnknownNameError: Nothing answers to it; what there is is named.
    """
    if given is None:
        return catalogue_in_use(city, workspace)
    wanted = given.removeprefix(f"{city.code}-")
    folder, bundled = CatalogueFolder(workspace), _bundled_if_any(city)
    if bundled is not None and wanted == bundled.version:
        return bundled
    if wanted in folder.versions(city.code):
        return load_version(folder, city.code, wanted)
    known = tuple(listed.catalogue.version for listed in list_versions(city, workspace))
    raise UnknownNameError(f"{city.name}招商目录的版本", given, known)


def list_versions(city: City, workspace: Path) -> list[Listed]:
    """Return a city's versions: the bundled draft, stored drafts by name, approved ones by number.

    Each name stands there once: a stored draft named as the bundled one says the same.

    Raises:
        InputError: A file was changed by hand.
    """
    folder, bundled = CatalogueFolder(workspace), _bundled_if_any(city)
    approved = approved_versions(folder, city.code)
    found = [] if bundled is None else [Listed(bundled, True, not approved)]
    names = {*approved, *(listed.catalogue.version for listed in found)}
    drafts = [v for v in folder.versions(city.code) if v not in names]
    for version in [*drafts, *approved]:
        catalogue = load_version(folder, city.code, version)
        found.append(Listed(catalogue, False, bool(approved) and version == approved[-1]))
    return found


def approved_versions(folder: CatalogueFolder, city_code: str) -> list[str]:
    """Return the names of a city's approved versions, oldest first: by year, then number."""
    found = [(m, v) for v in folder.versions(city_code) if (m := _APPROVED.fullmatch(v))]
    return [v for _, v in sorted(((int(m[1]), int(m[2])), v) for m, v in found)]


def save(catalogue: Catalogue, folder: CatalogueFolder) -> Path:
    """Store a version; returns its file. Stored versions never change.

    Raises:
        InputError: Another text stands under that name, or the folder cannot be written.
    """
    return folder.write(catalogue.city_code, catalogue.version, catalogue_yaml(catalogue))


def approve(draft: Catalogue, sanction: Sanction, folder: CatalogueFolder) -> Catalogue:
    """Return the draft as the next approved version of its year, stored.

    Raises:
        InputError: As `as_approved` and `save`.
    """
    made = as_approved(draft, sanction, folder)
    save(made, folder)
    return made


def as_approved(draft: Catalogue, sanction: Sanction, folder: CatalogueFolder) -> Catalogue:
    """Return the draft as the next approved version of its year; nothing is stored.

    Raises:
        InputError: It is approved already, the office reads as a person's name, or the same
            content is the newest approved version.
    """
    refuse_person(sanction.by)
    if draft.status == "approved":
        raise InputError(
            f"{draft.version_name} 已经审定。", todo="先用 chainmap catalogue edit 生成新的草案。"
        )
    approved = [
        version
        for version in approved_versions(folder, draft.city_code)
        if version.startswith(f"{draft.year}-")
    ]
    if approved:
        last = load_version(folder, draft.city_code, approved[-1])
        if last.content_sha256 == draft.content_sha256:
            raise InputError(f"内容与已审定的 {last.version_name} 相同，无须再次审定。")
    last_number = int(approved[-1].rpartition("v")[2]) if approved else 0
    version = f"{draft.year}-v{last_number + 1}"
    said = {
        "status": "approved",
        "version": version,
        "based_on": draft.version_name,
        "sanction": sanction,
    }
    return draft.model_copy(update=said)


def sanction_of(by: str, day: str, why: str, now: dt.datetime) -> Sanction:
    """Return an approval as it was typed, at a moment that knows its time zone.

    Raises:
        InputError: As `typed_day`, the office reads as a person's name, or the day is still to
            come in China: what has not been decided yet cannot be in use.
    """
    refuse_person(by)
    date, today = typed_day(day), day_in_china(now)
    if date > today:
        raise InputError(
            f"审定日期 {date} 还没有到（今天是 {today}），应为已经作出审定的那一天。",
            todo="请改正日期；尚未审定的，到那一天再记。",
        )
    return Sanction(by=by.strip(), date=date, why=why.strip())


def is_version(given: str) -> bool:
    """Return whether a text is written like a version's name, full or short."""
    return bool(re.fullmatch(VERSION_NAME_PATTERN, given) or re.fullmatch(VERSION_PATTERN, given))


def _unchanged(catalogue: Catalogue, file: str) -> Catalogue:
    """Return the catalogue if its content is what its hash says.

    Raises:
        InputError: It was changed by hand.
    """
    if catalogue.content_hash() == catalogue.content_sha256:
        return catalogue
    raise InputError(
        f"{file} 的内容与所记的 SHA-256 不符：文件被手工改过。",
        todo=f"要采用改动，运行 chainmap catalogue edit {catalogue.city} {file}；否则恢复原文件。",
    )
