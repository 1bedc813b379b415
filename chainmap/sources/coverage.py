"""What was measured of a bundled data set's coverage (`data/<id>/coverage.yml`)."""

from __future__ import annotations

import datetime as dt

from pydantic import Field

from chainmap.concepts.provenance import Frozen
from chainmap.curated import CuratedFile


class SeenOf(Frozen):
    """Companies of a list that could be enumerated, and how many of them the data set has."""

    chain: str
    seen: int = Field(ge=0)
    total: int = Field(ge=1)


class CoverageFile(Frozen):
    """A measured coverage: counts only, so that anybody can count again."""

    id: str
    title: str
    population_zh: str
    population: str
    date: dt.date = Field(strict=False)
    how: str
    command: str
    limits: tuple[str, ...] = Field(strict=False)
    spread_between_cities: float = Field(ge=0.0, le=1.0)
    chains: tuple[SeenOf, ...] = Field(strict=False, min_length=1)


def load_coverage(dataset: str) -> CoverageFile:
    """Return what was measured of `data/<dataset>/`.

    Raises:
        ResourceError: Nothing was measured of it.
        CurationError: The file is malformed; names line and field.
    """
    return CuratedFile.bundled("data", dataset, "coverage.yml").check(CoverageFile)
