"""The catalogue that counts for a city, read once per process and version."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from chainmap.catalogue.store import approved_versions, load_bundled, load_version
from chainmap.concepts.catalogue import Catalogue
from chainmap.sources.catalogue_folder import CatalogueFolder, bundled_cities
from chainmap.sources.places import City


def catalogue_for(city: City, workspace: Path) -> Catalogue | None:
    """Return the newest approved catalogue of a city, else its bundled draft, else None.

    Raises:
        InputError: The file was changed by hand.
    """
    approved = approved_versions(CatalogueFolder(workspace), city.code)
    if not approved and city.code not in bundled_cities():
        return None
    return _read(city, workspace.absolute(), approved[-1] if approved else None)


@lru_cache(maxsize=64)
def _read(city: City, workspace: Path, version: str | None) -> Catalogue:
    """Return a version; a stored one never changes."""
    if version is None:
        return load_bundled(city)
    return load_version(CatalogueFolder(workspace), city.code, version)
