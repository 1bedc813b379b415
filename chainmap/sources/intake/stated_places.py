"""Where a row of a list lies: what its columns, its address and its credit code agree on."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from chainmap.concepts.hanzi import simplified
from chainmap.sources.intake.divisions import (
    COUNTY_ENDS,
    MUNICIPALITIES,
    Divisions,
    load_divisions,
)

_SUFFIX = r"(?:自治县|特区|林区|新区|矿区|市|区|县|旗)$"


class Place(NamedTuple):
    """A place as far as it is known; codes are GB/T 2260, `note` says what was concluded how.

    `unknown` is the city a list states where no words of the row lead to one.
    """

    province_code: str | None = None
    city_code: str | None = None
    county_code: str | None = None
    county: str | None = None
    note: str | None = None
    unknown: str | None = None


class Clues(NamedTuple):
    """What a row says about its place, each part as written."""

    province: str | None
    city: str | None
    county: str | None
    address_province: str | None
    address_city: str | None
    address_county: str | None
    towns: str | None
    code: str | None


@lru_cache(maxsize=200_000)
def find_place(clues: Clues) -> Place:
    """Return the place that a row's own columns, its address and its credit code agree on.

    A column of the list wins over the address, the address over the credit code, whose digits
    say where a company was registered, not where it is now. Traditional characters count as the
    simplified ones where nothing is called so.
    """
    table = load_divisions()
    clues = _readable(table, clues)
    province = _first_province(table, clues)
    city = _city(table, clues, province)
    county_words = [w for w in (clues.county, clues.address_county) if w]
    prefecture = table.is_city(clues.city)
    if clues.city and (not prefecture or province in MUNICIPALITIES):
        county_words.append(clues.city)
    county = None
    for word in county_words:
        if county is None:
            county = _county(table, word, city, province)
    if county is not None and city is None:
        city = county[0]
    note, unknown = None, clues.city if city is None else None
    if city is None and clues.code:
        city = table.city_of(clues.code[2:8])
        if city and province and city[:2] != province:
            city = None
        note = "城市由统一社会信用代码中的区划推定" if city else None
    if city and county is None and clues.code:
        own = table.county_of_code.get(clues.code[2:8])
        if own and table.city_of(clues.code[2:8]) == city and not county_words:
            county = (city, clues.code[2:8], own)
            note = note or "区县由统一社会信用代码中的区划推定"
    province = city[:2] if city else province
    if county is None or city is None:
        return Place(province and province + "0000", city, None, None, note, unknown)
    name, code, was = _present(table, county, clues.towns or "")
    note = f"{was}今属{name}" if was else note
    return Place(province and province + "0000", city, code, name, note, unknown)


def _readable(table: Divisions, clues: Clues) -> Clues:
    """Return clues in simplified characters, a province in the column for cities put right."""
    province, city, county = (
        word if word is None or table.knows(word) else simplified(word) for word in clues[:3]
    )
    if city in table.provinces and not table.is_city(city):
        province, city = province or city, None
    return clues._replace(province=province, city=city, county=county)


def _first_province(table: Divisions, clues: Clues) -> str | None:
    for word in (clues.province, clues.address_province):
        if word and word in table.provinces:
            return table.provinces[word]
    return None


def _city(table: Divisions, clues: Clues, province: str | None) -> str | None:
    if province in MUNICIPALITIES:
        return f"{province}0000"
    for word in (clues.city, clues.address_city):
        code = (table.city_full.get(word) or table.city_short.get(word)) if word else None
        if code and (province is None or code[:2] == province):
            return code
    if clues.city:
        # A county-level city or a county stands in the column for cities.
        found = _county(table, clues.city, None, province)
        return found[0] if found else None
    return None


def _county(
    table: Divisions, word: str, city: str | None, province: str | None
) -> tuple[str, str, str] | None:
    """Return city, code and name of a county called `word`, if only one answers to it."""
    names = [word] if re.search(_SUFFIX, word) else [word + s for s in COUNTY_ENDS]
    found = []
    for name in names:
        for home, code in table.by_name.get(name, []):
            if (city is None or home == city) and (province is None or home[:2] == province):
                found.append((home, code, name))
    if len({home for home, _, _ in found}) > 1:
        # 康平县 was of 铁岭 once: the home it has now counts.
        found = [f for f in found if (f[0], f[2]) in table.in_force]
    if len({home for home, _, _ in found}) != 1:
        return None
    # 绍兴 as a word for a county would be 绍兴县 and 绍兴区; the present one counts.
    return max(found, key=lambda f: ((f[0], f[2]) in table.in_force, f[1]))


def _present(
    table: Divisions, county: tuple[str, str, str], rest: str
) -> tuple[str, str, str | None]:
    """Return present name and code of a county, and its former name where that differs."""
    city, code, name = county
    changes = table.changes.get((city, name), [])
    for change in changes:
        if any(rest.startswith(town) for town in change.towns):
            return change.new_name, change.new_code, name
    whole = [c for c in changes if c.change != "split" or not c.towns]
    if whole:
        return whole[0].new_name, whole[0].new_code, name
    return name, code, None
