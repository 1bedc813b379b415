"""`make verify-data`: hold the bundled facts to the real lists in `../shared`, and print the count.

Nothing of those lists is copied; each check prints what it compared and what does not agree, and
the command ends with 1 where anything is left unexplained.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
from collections.abc import Iterator
from math import asin, cos, radians, sin, sqrt

import polars as pl

from chainmap.chains.library import load_library
from chainmap.chains.review import EMERGING_CROSSWALK, INDUSTRY_CROSSWALK
from chainmap.sources.companies import read_roster
from chainmap.sources.landings import load_landings
from chainmap.sources.places import load_cities, load_counties
from tests.shared_data import SHARED_DATA, SHARED_POLICIES

CENTRE_TOLERANCE_KM = 35.0
"""Centres are rounded and mean the seat or the old town; farther off is a wrong place."""

Check = tuple[str, int, list[str]]
"""What was compared, how many, and what does not agree."""


def checks() -> Iterator[Check]:
    """Yield every check."""
    yield listed_companies()
    yield landed_firms()
    yield industry_codes()
    yield emerging_codes()
    yield passages()
    yield places()


def listed_companies() -> Check:
    """Listed firms: years equal, name and city equal or explained in `note`.

    A note explains another city; another name only where it speaks of a renaming or gives the
    listed name; another year never.
    """
    listed = pl.read_csv(SHARED_DATA / "listed_firms.csv", infer_schema=False)
    by_code = {row["ts_code"]: row for row in listed.iter_rows(named=True)}
    cities = dict(load_cities().select("city_code", "city").iter_rows())
    wrong, compared = [], 0
    for row in read_roster().iter_rows(named=True):
        found = by_code.get(row["stock_code"] or "")
        if found is None:
            if row["stock_code"] and not row["stock_code"].endswith(".HK"):
                wrong.append(f"{_place(row)} {row['stock_code']} is not in the list")
            continue
        compared += 1
        note, place = row["note"] or "", f"{_place(row)} {row['short_name']}"
        if not _same_name(row["full_name"], found["公司名称"], note):
            wrong.append(f"{place}: {row['full_name']} is listed as {found['公司名称']}")
        if found["城市"] != cities[row["city_code"]] and not note:
            wrong.append(f"{place}: {cities[row['city_code']]}, registered in {found['城市']}, "
                         "no note")  # fmt: skip
        for ours, theirs in (("founded_year", "setup_date"), ("listed_year", "list_date")):
            if row[ours] and found[theirs] and row[ours] != found[theirs][:4]:
                wrong.append(f"{place}: {ours} {row[ours]}, list says {found[theirs][:4]}")
    return "listed companies against the exchanges' list", compared, wrong


def landed_firms() -> Check:
    """Landings: the firm is listed, was founded before, and is registered in another city."""
    listed = pl.read_csv(SHARED_DATA / "listed_firms.csv", infer_schema=False)
    by_code = {row["ts_code"]: row for row in listed.iter_rows(named=True)}
    cities = dict(load_cities().select("city_code", "city").iter_rows())
    ledger, wrong = load_landings(), []
    for row in ledger.iter_rows(named=True):
        place, found = f"line {row['line']} {row['firm']}", by_code.get(row["stock_code"])
        if found is None:
            wrong.append(f"{place}: {row['stock_code']} is not in the list")
            continue
        if found["name"] and found["name"] != row["firm"]:
            wrong.append(f"{place}: listed as {found['name']}")
        if found["城市"] == cities[row["city_code"]]:
            wrong.append(f"{place}: at home in {found['城市']}")
        if (found["setup_date"] or "0")[:4] > row["date"][:4]:
            wrong.append(f"{place}: {row['date']}, founded {found['setup_date']}")
    return "landings against the exchanges' list", ledger.height, wrong


def industry_codes() -> Check:
    """GB/T 4754-2017: every code exists and carries its official name."""
    standard = pl.read_csv(SHARED_DATA / "gbt4754_2017.csv", infer_schema=False)
    names = dict(standard.select("code", "name").iter_rows())
    ours = load_library().crosswalks[INDUSTRY_CROSSWALK].codes
    wrong = [f"{c} {n}: the standard says {names.get(c)}" for c, n in ours.items()
             if _plain(names.get(c) or "") != _plain(n)]  # fmt: skip
    return "GB/T 4754-2017 codes and names", len(ours), wrong


def emerging_codes() -> Check:
    """战略性新兴产业分类(2018): every name is a node of the classification."""
    tree = pl.read_csv(SHARED_DATA / "strategic_emerging_2018_map.csv", infer_schema=False)
    nodes = {_plain(part) for path in tree["path"] for part in path.split(" > ")}
    codes = load_library().crosswalks[EMERGING_CROSSWALK].codes
    # The list skips the third level of 3 新材料产业, so those names cannot be compared with it.
    ours = {code: name for code, name in codes.items() if not code.startswith("3.")}
    wrong = [f"{c} {n}: no such node" for c, n in ours.items() if _plain(n) not in nodes]
    return f"strategic-emerging-industry names (of {len(codes)} codes)", len(ours), wrong


def passages() -> Check:
    """Citations: the file's hash is the cited one and each span holds what it names.

    A name holds where its characters stand in the span in order: the text writes shared heads and
    tails once (工业机器人、服务机器人 as 工业、服务机器人).
    """
    from opencc import OpenCC

    simplify = OpenCC("t2s").convert
    library, wrong = load_library(), []
    for document in library.documents.values():
        content = (SHARED_POLICIES / document.file).read_bytes()
        if hashlib.sha256(content).hexdigest() != document.sha256:
            wrong.append(f"{document.id}: the file is not the one that was cited")
            continue
        raw = content.decode("utf-8")
        for citation in library.citations.values():
            if citation.document != document.id:
                continue
            span = raw[citation.start : citation.end]
            readings = (_plain(span), _plain(simplify(_PINYIN.sub("", span))))
            wrong += [
                f"{citation.id}: {name} is not in the span"
                for name in citation.names
                if not any(_in_order(_plain(name), reading) for reading in readings)
            ]
    return "policy passages against the documents", len(library.citations), wrong


def places() -> Check:
    """Cities and counties: code and name as in the boundary data, centre within 35 km."""
    content = json.loads((SHARED_DATA / "geo" / "location.json").read_text(encoding="utf-8"))
    known: dict[str, tuple[str, list[float]]] = {}
    for parent in content.values():
        for child in parent["children"]:
            known[str(child["adcode"])] = (child["name"], child["center"])
    rows = [*load_cities().select("city_code", "city", "lon", "lat").iter_rows(),
            *load_counties().select("code", "name", "lon", "lat").iter_rows()]  # fmt: skip
    wrong, compared = [], 0
    for code, name, lon, lat in rows:
        if code not in known:
            continue
        compared += 1
        theirs, centre = known[code]
        off = _distance_km((float(lon), float(lat)), (centre[0], centre[1]))
        if theirs != name:
            wrong.append(f"{code} {name}: boundary data says {theirs}")
        if off > CENTRE_TOLERANCE_KM and name not in _EXPLAINED:
            wrong.append(f"{code} {name}: centre is {off:.0f} km away")
    return "cities and counties against boundary data", compared, wrong


_EXPLAINED = "大兴安岭地区 南平市 可克达拉市"
"""Seats that moved or differ from the boundary data's centre; data/cities/dataset.yml says why."""


_PINYIN = re.compile(r"\([a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü]+\)")
"""A reading some sites insert behind a traditional character."""


def _in_order(name: str, text: str) -> bool:
    remaining = iter(text)
    return all(char in remaining for char in name)


def _distance_km(a: tuple[float, float], b: tuple[float, float]) -> float:
    (lon1, lat1), (lon2, lat2) = (tuple(map(radians, point)) for point in (a, b))
    inner = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return 2 * 6371.0 * asin(sqrt(inner))


def _same_name(ours: str, listed: str, note: str) -> bool:
    if _brackets(ours) == _brackets(listed):
        return True
    renamed = any(word in note for word in ("更名", "曾用名", "原名"))
    return renamed or _brackets(listed) in _brackets(note)


def _brackets(name: str) -> str:
    return name.replace("(", "（").replace(")", "）").strip()


def _plain(text: str) -> str:
    return re.sub(r"\s", "", text).replace("(", "（").replace(")", "）").casefold()


def _place(row: dict[str, str]) -> str:
    return f"{row['file']}:{row['line']}"


def main() -> int:
    """Print every check; return 1 where something does not agree."""
    if not SHARED_DATA.is_dir():
        sys.stderr.write("verify-data: ../shared is not here, nothing was compared\n")
        return 0
    failed = 0
    for what, compared, wrong in checks():
        sys.stdout.write(f"{what}: {compared} compared, {len(wrong)} unexplained\n")
        sys.stdout.writelines(f"  {line}\n" for line in wrong)
        failed += len(wrong)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
