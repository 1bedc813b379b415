"""Which version of a city's catalogue answers rest on, asked with every request."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from functools import lru_cache, partial
from pathlib import Path
from typing import NamedTuple

from chainmap.catalogue.store import approved_versions
from chainmap.settings import load_settings
from chainmap.sources.catalogue_folder import CatalogueFolder
from chainmap.sources.places import City

SETTLED_NS = 2_000_000_000
"""A folder changed this long before it was read shows any later change by its time: file systems
count time in steps, and two changes within a step would look like one."""


class _Read(NamedTuple):
    """What a folder held, and when it had been changed last."""

    changed_ns: int
    settled: bool
    version: str


_read: dict[Path, _Read] = {}


def catalogue_state(city: City) -> Callable[[], str]:
    """Return the state of answers that rest on the catalogue in use: its version.

    A version once approved never changes, so its name stands for its content. The folder is read
    again once it has changed.
    """
    return partial(catalogue_in_use, city.code)


def catalogue_in_use(code: str) -> str:
    """Return the version of a city's catalogue that counts now; an approval changes lists at once.

    Empty where only the bundled draft, or nothing, is there.
    """
    here = workspace()
    place = _place(here, code)
    try:
        changed = place.stat().st_mtime_ns
    except FileNotFoundError:
        return ""
    known = _read.get(place)
    if known is None or not known.settled or known.changed_ns != changed:
        settled = time.time_ns() - changed > SETTLED_NS
        known = _read[place] = _Read(changed, settled, _newest(CatalogueFolder(here), code))
    return known.version


def workspace() -> Path:
    """Return the workspace's folder; the settings are read once, not with every request."""
    return _workspace(os.environ.get("CHAINMAP_WORKSPACE"))


@lru_cache(maxsize=8)
def _workspace(_said: str | None) -> Path:
    return load_settings().workspace


@lru_cache(maxsize=1000)
def _place(workspace: Path, code: str) -> Path:
    return CatalogueFolder(workspace).folder / code


def _newest(folder: CatalogueFolder, city_code: str) -> str:
    return ",".join(approved_versions(folder, city_code)[-1:])
