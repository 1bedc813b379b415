"""Chinese company names taken apart: place, brand, trade, legal form, branch."""

from __future__ import annotations

import re
from functools import cache, cached_property, lru_cache
from typing import NamedTuple

import polars as pl
from pydantic import Field

from chainmap.concepts.provenance import Frozen
from chainmap.curated import CuratedFile
from chainmap.sources.intake.divisions import load_divisions
from chainmap.sources.intake.naming import name_key, simplified
from chainmap.sources.places import load_cities

MOST_PARENTS = 3
"""A branch of a branch of a branch: deeper nesting was not seen."""


_CLOSED = re.compile(
    r"(.+(?:公司|合作社|联社|银行|集团))(?!.*(?:公司|集团)$).*[店站点部所处社厂行库间区厅场心局院校室馆厦楼城园亭队]$"
)
"""A complete company name and, behind it, the name of a place of business: shop, station, inn."""


class NameWords(Frozen):
    """The word lists of `data/intake/names.yml`."""

    forms: tuple[str, ...] = Field(strict=False)
    heads: tuple[str, ...] = Field(strict=False)
    branches: tuple[str, ...] = Field(strict=False)
    holding: tuple[str, ...] = Field(strict=False)
    trades: tuple[str, ...] = Field(strict=False)

    @cached_property
    def form(self) -> re.Pattern[str]:
        """A legal form at the end of a name key."""
        return re.compile(f"(?:{_any((*self.forms, '股份公司', '公司'))})+$")

    @cached_property
    def trade(self) -> re.Pattern[str]:
        """A word of trade anywhere."""
        return re.compile(_any(self.trades))

    @cached_property
    def head(self) -> re.Pattern[str]:
        """The end of a name that can have branches."""
        return re.compile(_any(self.heads))

    @cached_property
    def branch_end(self) -> re.Pattern[str]:
        """The end of a branch's name."""
        return re.compile(f"(?:{_any(self.branches)})$")


class NameParts(NamedTuple):
    """A name taken apart.

    `parents` are the names it may be a branch of, the longest first; `brand_is_cut` says that a
    word of trade ends the brand, not just the fourth character.
    """

    key: str
    loose: str
    places: tuple[str, ...]
    brand: str
    trade: str
    holding: bool
    parents: tuple[str, ...]
    brand_is_cut: bool


@cache
def name_words() -> NameWords:
    """Return the bundled word lists.

    Raises:
        CurationError: The file is malformed.
    """
    return CuratedFile.bundled("data", "intake", "names.yml").check(NameWords)


@lru_cache(maxsize=500_000)
def take_apart(name: str) -> NameParts:
    """Return the parts of one name, whatever its brackets, width, script or legal form.

    `key` is equal for names that differ in spelling only; `loose` also for those that write
    浙江省 for 浙江 or 绍兴市 for 绍兴, or put the place in brackets.
    """
    key = one_key(name)
    return parts_of_key(key)


@lru_cache(maxsize=500_000)
def parts_of_key(key: str) -> NameParts:
    """Return the parts of a name that is a key already."""
    words = name_words()
    rest, places = _without_places(key)
    parents = _parents(key, words)
    bare = words.form.sub("", rest) or rest
    bare = bare.replace("集团", "")
    bare, more = _without_inner_places(bare)
    found = words.trade.search(bare, 2)
    brand = bare[: found.start()] if found else bare[:4]
    brand, inner = _without_inner_places(brand)
    more = (*more, *inner)
    trade = "".join(words.trade.findall(bare))
    holding = any(word in key for word in words.holding)
    places = (*places, *more)
    loose = "|".join((*sorted(set(places)), rest if not more else rest.replace(more[0], "", 1)))
    return NameParts(key, loose, places, brand, trade, holding, parents, found is not None)


def parent_keys(key: str) -> tuple[str, ...]:
    """Return the keys of the companies a name key says it is a branch of, the longest first."""
    return _parents(key, name_words())


def one_key(name: str) -> str:
    """Return one name's key; see `sources.intake.naming.name_key`."""
    column = simplified(pl.Series([name]))
    return str(pl.select(name_key(pl.lit(column[0]))).item())


def is_brand(text: str) -> bool:
    """Return whether the middle of a name is a brand, not a place or a word of trade."""
    return len(text) >= 2 and text not in _places() and not name_words().trade.search(text)


def keys(names: pl.Series) -> pl.Series:
    """Return the keys of a column of names, same order."""
    return simplified(names).to_frame("name").select(name_key(pl.col("name"))).to_series()


def _parents(key: str, words: NameWords) -> tuple[str, ...]:
    """Return what stands before the last part of a branch's name, ending as a company does."""
    if not words.branch_end.search(key):
        closed = _CLOSED.match(key)
        return (closed[1],) if closed and len(closed[1]) >= 6 else ()
    ends = [m.end() for m in words.head.finditer(key) if 4 <= m.end() < len(key)]
    branches = [m.end() for m in re.finditer(_any(words.branches), key) if 6 <= m.end() < len(key)]
    cuts = sorted({e for e in (*ends, *branches) if len(key) - e >= 2}, reverse=True)
    # 某某电器厂 is no branch of 某某电: what is cut off must be more than a bare legal form.
    whole = [key[:cut] for cut in cuts if not words.form.fullmatch(key[cut:])]
    return tuple(whole[:MOST_PARENTS])


def _without_places(key: str) -> tuple[str, tuple[str, ...]]:
    places: list[str] = []
    rest = key
    for _ in range(3):
        sizes = range(min(8, len(rest) - 3), 1, -1)
        inside = _districts().get(places[-1], frozenset()) if places else frozenset()
        size = next((n for n in sizes if rest[:n] in _places() or rest[:n] in inside), 0)
        if not size:
            break
        places.append(_bare(rest[:size]))
        rest = rest[size:]
    return rest, tuple(places)


def _without_inner_places(brand: str) -> tuple[str, tuple[str, ...]]:
    """Return a name without the place that stood in brackets at its end: 正泰(乐清) → 正泰."""
    for size in range(min(5, len(brand) - 2), 1, -1):
        if brand[-size:] in _places():
            return brand[:-size], (_bare(brand[-size:]),)
    return brand, ()


def _bare(place: str) -> str:
    return re.sub(r"(?<=..)(?:省|市|县|区)$", "", place)


@cache
def _places() -> frozenset[str]:
    table = load_divisions()
    names = {*table.provinces, *table.city_full, *table.city_short, *table.by_name}
    names |= set(load_cities()["short_name"])
    names |= {n[:-1] for n in table.by_name if n.endswith(("县", "市")) and len(n) > 2}
    return frozenset(name for name in names if len(name) > 1) | {"中国"}


@cache
def _districts() -> dict[str, frozenset[str]]:
    """Return a city's districts without 区: places only behind their city, else often brands."""
    table = load_divisions()
    short = {code: name for name, code in table.city_short.items()}
    found: dict[str, set[str]] = {}
    for city, name in table.counties:
        if name.endswith("区") and len(name) > 2 and city in short:
            found.setdefault(_bare(short[city]), set()).add(name[:-1])
    return {city: frozenset(names) for city, names in found.items()}


def _any(words: tuple[str, ...]) -> str:
    return "|".join(re.escape(w) for w in sorted(set(words), key=lambda w: (-len(w), w)))
