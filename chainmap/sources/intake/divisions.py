"""Where a company is: province, city and county by a dated division table (行政区划).

Present names come from `data/cities/`; names and codes of every year since 1980 for counties
outside Zhejiang from the GB/T 2260 table of python-stdnum; what became of units that were renamed,
merged or split from `data/cities/renamed.csv`.
"""

from __future__ import annotations

import re
from functools import cache
from importlib import resources as package_files
from typing import NamedTuple

import polars as pl

from chainmap import resources
from chainmap.sources.intake.vocabulary import load_vocabulary
from chainmap.sources.places import load_cities, load_counties

MUNICIPALITIES = ("11", "12", "31", "50")
COUNTY_ENDS = ("区", "县", "市", "旗")
"""What a county-level place may be called besides its name."""


class Change(NamedTuple):
    """One row of `renamed.csv`."""

    city_code: str
    new_name: str
    new_code: str
    change: str
    towns: tuple[str, ...]


class Divisions:
    """Names of places, old and present, and what they lead to."""

    def __init__(self) -> None:
        cities = load_cities()
        self.provinces = _province_names()
        self.city_full: dict[str, str] = dict(zip(cities["city"], cities["city_code"], strict=True))
        self.city_short: dict[str, str] = dict(
            zip(cities["short_name"], cities["city_code"], strict=True)
        )
        self.city_short |= {
            name.removesuffix("自治州"): code for name, code in self.city_full.items()
        }
        self.city_codes = set(cities["city_code"])
        for short, code in zip(cities["short_name"], cities["city_code"], strict=True):
            if code[:2] not in MUNICIPALITIES:
                self.city_full.setdefault(f"{short}地区", code)
        self.city_full |= load_vocabulary().zone_cities
        self.counties: dict[tuple[str, str], str] = {}
        self.in_force: set[tuple[str, str]] = set()
        self.county_of_code: dict[str, str] = {}
        self.changes: dict[tuple[str, str], list[Change]] = {}
        self._read_counties()
        self._read_changes()
        for row in cities.iter_rows(named=True):
            for alias in row["aliases"]:
                known = alias in self.city_full or len(alias) < 2 or not _is_hanzi(alias)
                if not known and alias.endswith(("市", "地区", "州", "盟")):
                    self.city_full.setdefault(alias, row["city_code"])
        self.by_name: dict[str, list[tuple[str, str]]] = {}
        for (city, name), code in self.counties.items():
            self.by_name.setdefault(name, []).append((city, code))

    def _read_counties(self) -> None:
        for code, name, open_ended in _gb2260():
            city = self.city_of(code)
            if city is None or code.endswith("00") or name in ("市辖区", "县", "市区", "城区"):
                continue
            if open_ended or code not in self.county_of_code:
                self.county_of_code[code] = name
            if open_ended or (city, name) not in self.counties:
                self.counties[city, name] = code
            if open_ended:
                self.in_force.add((city, name))
        for row in load_counties().iter_rows(named=True):
            self.counties[row["city_code"], row["name"]] = row["code"]
            self.county_of_code[row["code"]] = row["name"]
            self.in_force.add((row["city_code"], row["name"]))

    def _read_changes(self) -> None:
        data = resources.read_bytes("data", "cities", "renamed.csv")
        for row in pl.read_csv(data, infer_schema=False).iter_rows(named=True):
            towns = tuple((row["towns"] or "").split(";")) if row["towns"] else ()
            change = Change(
                row["city_code"], row["new_name"], row["new_code"], row["change"], towns
            )
            if row["level"] == "city":
                self.city_full.setdefault(row["old_name"], row["city_code"])
            elif row["city_was"] is None or not row["city_was"].startswith("县级"):
                self.changes.setdefault((row["city_code"], row["old_name"]), []).append(change)
                self.counties.setdefault((row["city_code"], row["old_name"]), row["new_code"])
        for old, heir in self._same_name_other_rank():
            self.changes.setdefault(old, [heir])

    def _same_name_other_rank(self) -> list[tuple[tuple[str, str], Change]]:
        """Return units that are gone and the one of their city that has their name now.

        梁平县 → 梁平区, 江津市 → 江津区: the same name with another rank in the same city.
        """
        now: dict[tuple[str, str], list[str]] = {}
        for city, name in self.in_force:
            now.setdefault((city, _stem(name)), []).append(name)
        found = []
        for city, name in sorted(self.counties.keys() - self.in_force):
            heirs = now.get((city, _stem(name)), [])
            if len(heirs) == 1 and len(_stem(name)) >= 2:
                code = self.counties[city, heirs[0]]
                found.append(((city, name), Change(city, heirs[0], code, "renamed", ())))
        return found

    def is_city(self, word: str | None) -> bool:
        """Return whether a prefecture-level place is called so."""
        return word in self.city_full or word in self.city_short

    def knows(self, word: str) -> bool:
        """Return whether any place is called so."""
        names = (word, *(word + suffix for suffix in COUNTY_ENDS))
        return self.is_city(word) or word in self.provinces or any(n in self.by_name for n in names)

    def city_of(self, code: str) -> str | None:
        """Return the city that a division code of any year lies in."""
        if code[:2] in MUNICIPALITIES:
            return code[:2] + "0000"
        own = code if code in self.city_codes else code[:4] + "00"
        if own in self.city_codes:
            return own
        return _FORMER_PREFECTURES.get(code[:4])


@cache
def load_divisions() -> Divisions:
    """Return the division table, built once a process (about 30 ms)."""
    return Divisions()


def _province_names() -> dict[str, str]:
    frame = pl.read_csv(resources.read_bytes("data", "cities", "provinces.csv"), infer_schema=False)
    names: dict[str, str] = {}
    for row in frame.iter_rows(named=True):
        names |= {row["name"]: row["code"][:2], row["short_name"]: row["code"][:2]}
    return names


def _gb2260() -> list[tuple[str, str, bool]]:
    """Return code, name and whether it is still in force, for every year of the table."""
    text = package_files.files("stdnum.cn").joinpath("loc.dat").read_text("utf-8")
    found, province = [], ""
    for line in text.splitlines():
        head = re.match(r"(\d\d) province=", line)
        province = head[1] if head else province
        line = line.translate(_SIMPLE)
        entry = re.match(r'  (\d{4}) county="(.*)"', line)
        for name in entry[2].split(",") if entry else ():
            dated = re.match(r"\[(\d*)-(\d*)\](.*)", name)
            if entry and dated:
                found.append((province + entry[1], dated[3], not dated[2]))
            elif entry:
                found.append((province + entry[1], name, True))
    return found


def _stem(name: str) -> str:
    return re.sub(r"(?<=.)[县市区旗]$", "", name)


def _is_hanzi(text: str) -> bool:
    return bool(re.fullmatch(r"[\u4e00-\u9fff]+", text))


_SIMPLE = str.maketrans("達區嶺", "达区岭")
"""Traditional characters in the table: 加格達奇區."""

_FORMER_PREFECTURES = {
    "3712": "370100", "3414": "340100", "3326": "331000", "3325": "331100", "3306": "330600",
    "3426": "340100", "5102": "500000", "5120": "500000", "5123": "500000", "5135": "500000",
}  # fmt: skip
"""Prefectures that are gone → the city that took them in: 莱芜, 巢湖, 台州地区, 丽水地区, 重庆."""
