"""Find anything by Chinese of one character on, by pinyin or its initials, or by code."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from chainmap.concepts.hanzi import folded_name, readings, typed_sound
from chainmap.pipeline import load_world

KINDS = ("chain", "segment", "city", "company", "policy", "field")
SHOWN = 12
"""Hits of one kind on the page."""


class Entry(NamedTuple):
    """One thing that can be found: `path` may hold `{city}` for the city in mind."""

    kind: str
    name: str
    name_en: str
    note: str
    path: str
    words: tuple[str, ...]


class Hit(NamedTuple):
    """An entry that answers, how well (0 is best), and the word that matched."""

    entry: Entry
    grade: int
    word: str


def find(query: str) -> dict[str, list[Hit]]:
    """Return hits by kind, best first: whole word, beginning, inside; shorter words first.

    Chinese and codes are looked for as written; Latin letters in English names, and in the
    pinyin of Chinese names, spelled out or as initials. Traditional characters count as the
    simplified ones where nothing answers to them.
    """
    found: dict[str, list[Hit]] = {kind: [] for kind in KINDS}
    for wanted in readings(query):
        found = _find(wanted)
        if any(found.values()):
            break
    return found


def _find(wanted: str) -> dict[str, list[Hit]]:
    found: dict[str, list[Hit]] = {kind: [] for kind in KINDS}
    if not wanted:
        return found
    sound = typed_sound(wanted)
    sounds = _sounds() if any(char.isalpha() for char in sound) else None
    for at, entry in enumerate(_entries()):
        hit = _best(wanted, entry.words)
        if hit is None and sounds is not None:
            hit = _sounding(sound, sounds[at], entry.name)
        if hit is not None:
            found[entry.kind].append(Hit(entry, *hit))
    for hits in found.values():
        hits.sort(key=lambda hit: (hit.grade, len(hit.word), hit.entry.name))
    return found


def _best(wanted: str, words: tuple[str, ...]) -> tuple[int, str] | None:
    best: tuple[int, str] | None = None
    for word in words:
        folded = folded_name(word)
        at = folded.find(wanted)
        if at >= 0:
            grade = 0 if folded == wanted else 1 if at == 0 else 2
            if best is None or (grade, len(word)) < (best[0], len(best[1])):
                best = (grade, word)
    return best


def _sounding(wanted: str, sounds: tuple[str, str], name: str) -> tuple[int, str] | None:
    full, initials = sounds
    if wanted in (full, initials):
        return 0, name
    if full.startswith(wanted) or initials.startswith(wanted):
        return 3, name
    # Two letters inside a name answer to almost everything; three are a word.
    if len(wanted) > 2 and (wanted in full or wanted in initials):
        return 4, name
    return None


@lru_cache(maxsize=1)
def _entries() -> tuple[Entry, ...]:
    return (*_chains(), *_segments(), *_cities(), *_companies(), *_policies())


@lru_cache(maxsize=1)
def _sounds() -> list[tuple[str, str]]:
    """Return each entry's pinyin, spelled out and as initials, without tones."""
    from pypinyin import Style, lazy_pinyin

    sounds = []
    for entry in _entries():
        syllables = lazy_pinyin(entry.name, style=Style.NORMAL)
        # 重庆, 厦门 and the like stand in the list of cities with their own reading.
        read = "".join(syllables).casefold()
        if entry.kind == "city":
            read = entry.words[2].casefold()
        sounds.append((read, "".join(s[0] for s in syllables if s).casefold()))
    return sounds


def _chains() -> Iterator[Entry]:
    for chain in load_world().library.chains.values():
        yield Entry(
            "chain",
            chain.name,
            chain.name_en,
            f"{len(chain.segments)}",
            f"/cities/{{city}}/chains/{chain.id}",
            (chain.name, chain.id, chain.name_en, *chain.aliases, *chain.known_as),
        )


def _segments() -> Iterator[Entry]:
    library = load_world().library
    for segment in library.segments.values():
        codes = (*segment.industry_codes, *segment.emerging_codes)
        yield Entry(
            "segment",
            segment.name,
            segment.name_en,
            library.chain_of(segment.id).name,
            f"/cities/{{city}}/segments/{segment.id}",
            (*segment.names, segment.id, segment.name_en, *codes),
        )


def _cities() -> Iterator[Entry]:
    for row in load_world().cities.iter_rows(named=True):
        yield Entry(
            "city",
            row["city"],
            row["name_en"],
            row["province"],
            f"/cities/{row['city_code']}",
            (row["city"], row["short_name"], row["pinyin"], row["name_en"], row["city_code"]),
        )


def _companies() -> Iterator[Entry]:
    world = load_world()
    cities = dict(world.cities.select("city_code", "city").iter_rows())
    for row in world.companies.iter_rows(named=True):
        code = (row["stock_code"], row["stock_code"].split(".")[0]) if row["stock_code"] else ()
        yield Entry(
            "company",
            row["full_name"],
            row["full_name"],
            cities[row["city_code"]],
            f"/companies/{row['company_id']}",
            (row["full_name"], row["short_name"], row["company_id"], *code, *row["products"]),
        )


def _policies() -> Iterator[Entry]:
    library = load_world().library
    for document in library.documents.values():
        yield Entry(
            "policy", document.title, document.title, "", f"/policies/{document.id}",
            (document.title, document.id),
        )  # fmt: skip
    for domain in library.domains:
        path = f"/cities/{{city}}/chains/{domain.chain}" if domain.chain else "/policies#fields"
        yield Entry(
            "field", domain.name, domain.name_en, "", path,
            (domain.name, domain.name_en, *domain.aliases),
        )  # fmt: skip
