"""Companies of the roster as records, and finding them: by Chinese, by pinyin, by code."""

from __future__ import annotations

import unicodedata
import weakref
from collections.abc import Iterable
from typing import Any, NamedTuple

import polars as pl

from chainmap.concepts.hanzi import first_found, typed_sound
from chainmap.concepts.service_records import CompanyPlacement, CompanyRecord, CompanySummary
from chainmap.gaps.world import World

_SHORTEST_INSIDE = 3
"""Two letters inside a name answer to almost everything; three are a word."""


class _Sound(NamedTuple):
    """A name in pinyin without tones: spelled out, and the initials."""

    full: str
    initials: str


class _Compared(NamedTuple):
    """What a company is found by, as `folded` writes it."""

    names: tuple[str, ...]
    codes: tuple[str, ...]
    products: tuple[str, ...]


_PRODUCT = 4
"""Grade of a company that a query finds by a product."""


class CompanyIndex:
    """Every company of a world, found by what a reader would type.

    Args:
        world: The measured data.
    """

    def __init__(self, world: World) -> None:
        # Not the world itself: it could not be given up while its index is kept.
        self._library, self._placements = world.library, world.placements
        homes = world.cities.select("city_code", "city", "province")
        rows = world.companies.join(homes, on="city_code", how="left", maintain_order="left")
        self._rows = {str(row["company_id"]): row for row in rows.iter_rows(named=True)}
        placed = world.placements.sort("company_id", "rank", "segment_id")
        self._placed: dict[str, list[dict[str, Any]]] = {}
        for row in placed.iter_rows(named=True):
            self._placed.setdefault(str(row["company_id"]), []).append(row)
        self._compared = {company_id: _compared(row) for company_id, row in self._rows.items()}
        self._sounds: dict[str, _Sound] | None = None

    def __contains__(self, company_id: str) -> bool:
        return company_id in self._rows

    def names(self) -> list[str]:
        """Return every registered and short name, and every id."""
        return [
            str(text)
            for company_id, row in self._rows.items()
            for text in (company_id, row["full_name"], row["short_name"])
        ]

    def find(self, query: str) -> list[CompanySummary]:
        """Return the companies that answer to a query, best first; all of them by id for none.

        All is looked for as `folded` writes it, from one character on; Latin letters also in the
        pinyin of the names, spelled out or as initials, as `typed_sound` reads them. Whole names
        first, then beginnings, then what stands inside a name, then products; ties by length of
        name and id. Traditional characters count as the simplified ones where nothing answers to
        them.
        """
        wanted = folded(query)
        if not wanted:
            return [self.summary(company_id) for company_id in self._rows]
        graded = first_found(wanted, self._graded)
        return [self.summary(company_id) for _, _, company_id in graded]

    def _graded(self, wanted: str) -> list[tuple[int, int, str]]:
        """Return how near each company comes, the length of its name and its id, best first."""
        graded, sound = [], typed_sound(wanted)
        for company_id, row in self._rows.items():
            grade = self._grade(wanted, sound, company_id)
            if grade is not None:
                graded.append((grade, len(row["full_name"]), company_id))
        return sorted(graded)

    def summary(self, company_id: str) -> CompanySummary:
        """Return a company in short."""
        return CompanySummary.model_validate(self._facts(company_id, CompanySummary))

    def record(self, company_id: str) -> CompanyRecord:
        """Return a company with its placements, main segment first."""
        library = self._library
        placements = [
            CompanyPlacement(
                segment_id=row["segment_id"],
                segment=library.segments[row["segment_id"]].name,
                chain_id=library.chain_of(row["segment_id"]).id,
                role=row["role"],
                confidence=row["confidence"],
                evidence=row["evidence"],
            )
            for row in self._placed.get(company_id, [])
        ]
        facts = self._facts(company_id, CompanyRecord) | {"placements": placements}
        return CompanyRecord.model_validate(facts)

    def in_segments(self, segment_ids: Iterable[str], role: str | None = None) -> set[str]:
        """Return the companies placed on one of the segments, in a role where one is given."""
        wanted = self._placements.filter(pl.col("segment_id").is_in(list(segment_ids)))
        if role is not None:
            wanted = wanted.filter(pl.col("role") == role)
        return set(wanted["company_id"])

    def _facts(self, company_id: str, kind: type[CompanySummary]) -> dict[str, Any]:
        row = self._rows[company_id]
        kept = {name: row[name] for name in kind.model_fields if name in row}
        segments = [placed["segment_id"] for placed in self._placed.get(company_id, [])]
        return kept | {"id": company_id, "name": row["full_name"], "segments": segments}

    def _grade(self, wanted: str, sound: str, company_id: str) -> int | None:
        names, codes, products = self._compared[company_id]
        if wanted in (*names, *codes):
            return 0
        if any(name.startswith(wanted) for name in names):
            return 1
        if any(wanted in name for name in names):
            return 2
        if any(wanted in product for product in products):
            return _PRODUCT
        return self._sounding(sound, company_id) if sound else None

    def _sounding(self, wanted: str, company_id: str) -> int | None:
        for sound in (self._all_sounds()[company_id], self._all_sounds()[f"{company_id}/"]):
            if wanted in (sound.full, sound.initials):
                return 0
            if sound.full.startswith(wanted) or sound.initials.startswith(wanted):
                return 1
            inside = wanted in sound.full or wanted in sound.initials
            if inside and len(wanted) >= _SHORTEST_INSIDE:
                return 3
        return None

    def _all_sounds(self) -> dict[str, _Sound]:
        """Return the pinyin of every short name (by id) and registered name (by id and slash)."""
        if self._sounds is None:
            sounds = {}
            for company_id, row in self._rows.items():
                sounds[company_id] = _sound(row["short_name"])
                sounds[f"{company_id}/"] = _sound(row["full_name"])
            self._sounds = sounds  # at once: another thread may be asking
        return self._sounds


def folded(text: str) -> str:
    """Return a text as names are compared: no spaces, small letters, full-width forms narrow.

    What an input method writes as （苏州） or ６００ is what others write as (苏州) or 600.
    """
    return "".join(unicodedata.normalize("NFKC", text).split()).casefold()


def _compared(row: dict[str, Any]) -> _Compared:
    names = (row["short_name"], row["full_name"], row["company_id"])
    code = folded(row["stock_code"] or "")
    return _Compared(
        tuple(folded(str(name)) for name in names),
        (code, code.partition(".")[0]) if code else (),
        tuple(folded(product) for product in row["products"]),
    )


def _sound(name: str) -> _Sound:
    from pypinyin import lazy_pinyin

    syllables = [syllable.casefold() for syllable in lazy_pinyin(name)]
    return _Sound("".join(syllables), "".join(s[0] for s in syllables if s))


_made: dict[int, CompanyIndex] = {}


def company_index(world: World) -> CompanyIndex:
    """Return the index of a world's companies, made once for each world and given up with it."""
    found = _made.get(id(world))
    if found is None:
        found = _made[id(world)] = CompanyIndex(world)
        weakref.finalize(world, _made.pop, id(world), None)
    return found
