"""A small world written for the tests: seven segments, six cities, a dozen firms."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from functools import cache

import polars as pl

from chainmap.chains.library import ChainLibrary
from chainmap.chains.reader import (
    CitationFile,
    CrosswalkFile,
    DomainFile,
    GlossaryFile,
    Taxonomy,
)
from chainmap.concepts.chain import Chain
from chainmap.curated import CuratedFile
from chainmap.gaps.measuring import Facts, measure_world
from chainmap.gaps.presence import PresenceOptions, count_presence
from chainmap.gaps.world import World
from chainmap.sources.places import City
from chainmap.tables import CITIES, COMPANIES, PLACEMENTS

DAY = dt.date(2026, 11, 21)

IC = """\
id: integrated-circuits
name: 集成电路
name_en: Integrated circuits
aliases: [芯片]
summary: 从材料到封测。
cites: [cc2024-ic]
groups:
  - {id: ic-materials, name: 材料, name_en: Materials, stage: upstream, cites: [pp2020-mat]}
  - {id: ic-making, name: 制造, name_en: Making, stage: midstream}
segments:
  - id: ic-wafer
    name: 硅片
    name_en: Silicon wafer
    group: ic-materials
    definition: 抛光的硅圆片。
    aliases: [硅晶圆片]
    terms: [抛光硅片]
    industry_codes: ["3985"]
    supplies: [ic-fab]
  - id: ic-resist
    name: 光刻胶
    name_en: Photoresist
    group: ic-materials
    definition: 感光的高分子。
    supplies: [ic-fab]
    cites: [cc2024-resist]
  - id: ic-fab
    name: 晶圆制造
    name_en: Wafer fab
    group: ic-making
    definition: 在硅片上做出电路。
    supplies: [ic-pack, rb-servo]
  - id: ic-pack
    name: 封装
    name_en: Packaging
    group: ic-making
    definition: 给芯片装上外壳。
  - id: ic-testing
    name: 芯片检测
    name_en: Chip testing service
    group: ic-making
    kind: service
    definition: 替别人测芯片。
    supplies: [ic-pack]
"""

RB = """\
id: robotics
name: 机器人
name_en: Robotics
summary: 部件到整机。
cites: [pp2020-robot]
groups:
  - {id: rb-parts, name: 部件, name_en: Parts, stage: upstream}
segments:
  - id: rb-servo
    name: 伺服电机
    name_en: Servo motor
    group: rb-parts
    definition: 按指令转动的电机。
    supplies: [rb-arm]
  - id: rb-arm
    name: 机械臂
    name_en: Robot arm
    group: rb-parts
    definition: 会动的臂。
"""

CITATIONS = """\
documents:
  - id: cc2024
    title: 甲市行动方案
    issuer: 甲市政府
    region_code: "330100"
    level: city
    published: "2024-01-01"
    period: {start: 2024, end: 2027}
    file: a.txt
    sha256: "0000000000000000000000000000000000000000000000000000000000000000"
  - id: pp2020
    title: 老规划
    issuer: null
    region_code: "330000"
    level: province
    published: null
    period: {start: 2018, end: 2020}
    file: b.txt
    sha256: "1111111111111111111111111111111111111111111111111111111111111111"
citations:
  - {id: cc2024-ic, document: cc2024, box: 专栏1, start: 10, end: 20, names: [集成电路]}
  - {id: cc2024-resist, document: cc2024, box: 专栏1, start: 21, end: 24, names: [光刻胶]}
  - {id: pp2020-mat, document: pp2020, box: 专栏2, start: 5, end: 9, names: [电子材料]}
  - {id: pp2020-robot, document: pp2020, box: 专栏3, start: 30, end: 33, names: [机器人]}
"""

DOMAINS = """\
domains:
  - {id: ic, name: 集成电路, name_en: IC, chain: integrated-circuits, status: drawn}
  - {id: rb, name: 机器人, name_en: Robots, chain: robotics, status: drawn}
"""

GLOSSARY = "terms:\n  - {id: segment, zh: 环节, en: segment, meaning: 产业链上的一处。}\n"

CITY_ROWS = [
    ("330100", "甲市", "甲", "Jia", "jia", "330000", "浙江", 120.0, 30.0, ["甲城"]),
    ("330200", "乙市", "乙", "Yi", "yi", "330000", "浙江", 121.0, 30.0, []),
    ("320100", "丙市", "丙", "Bing", "bing", "320000", "江苏", 119.0, 32.0, []),
    ("320200", "丁市", "丁", "Ding", "ding", "320000", "江苏", 120.0, 31.5, []),
    ("440100", "戊市", "戊", "Wu", "wu", "440000", "广东", 113.0, 23.0, []),
    ("440200", "己市", "己", "Ji", "ji", "440000", "广东", 114.0, 24.0, []),
]

# id, city, stock code, kinds, segments (main first)
FIRMS = [
    ("fab-a", "330100", None, [], ["ic-fab:make"]),
    ("pack-a", "330100", "600001.SH", [], ["ic-pack:make"]),
    ("resist-dealer-a", "330100", None, [], ["ic-resist:trade"]),
    ("wafer-b", "330200", None, ["小巨人"], ["ic-wafer:make"]),
    ("resist-c", "320100", "688001.SH", [], ["ic-resist:make"]),
    ("resist-d", "320200", None, [], ["ic-resist:rd", "ic-wafer:make"]),
    ("fab-c", "320100", "688002.SH", ["链主"], ["ic-fab:make"]),
    ("test-e", "440100", None, [], ["ic-testing:serve"]),
    ("servo-e", "440100", "002001.SZ", [], ["rb-servo:make"]),
    ("arm-e", "440100", None, [], ["rb-arm:make", "rb-servo:make"]),
    ("resist-f", "440200", None, [], ["ic-resist:make"]),
    ("wafer-f", "440200", None, [], ["ic-wafer:make"]),
]

HOME = City("330100", "甲市", "甲", "330000", "浙江")


def taxonomy(ic: str = IC, citations: str = CITATIONS, rb: str = RB) -> Taxonomy:
    """Return the small taxonomy; pass a changed file to plant a fault."""
    files = {"ic": CuratedFile(ic, "ic.yml"), "rb": CuratedFile(rb, "rb.yml")}
    cited = CuratedFile(citations, "citations.yml")
    domains, glossary = CuratedFile(DOMAINS, "domains.yml"), CuratedFile(GLOSSARY, "glossary.yml")
    codes = {"gbt4754-2017": {"3985": "电子专用材料制造"}, "strategic-emerging-2018": {}}
    return Taxonomy(
        chains=tuple((file.check(Chain), file) for file in files.values()),
        domains=(domains.check(DomainFile), domains),
        glossary=(glossary.check(GlossaryFile), glossary),
        citations=(cited.check(CitationFile), cited),
        crosswalks={
            name: CrosswalkFile(id=name, title="", edition="", source="", codes=known)
            for name, known in codes.items()
        },
    )


@cache
def small_world() -> World:
    """Return the small world, measured; one for all tests, since nothing changes a world."""
    return world_of(FIRMS)


def world_of(firms: list[tuple[str, str, str | None, list[str], list[str]]]) -> World:
    """Return the small world with these firms in place of its own: to plant a case, or apart."""
    library = ChainLibrary(taxonomy())
    names = ("city_code", "city", "short_name", "name_en", "pinyin", "province_code", "province")
    cities = CITIES.check(
        pl.DataFrame(
            [dict(zip((*names, "lon", "lat", "aliases"), row, strict=True)) for row in CITY_ROWS],
            schema_overrides={"aliases": pl.List(pl.String)},
        )
        .with_columns(level=pl.lit("prefecture"))
        .sort("city_code")
    )
    companies = COMPANIES.check(
        pl.DataFrame(
            [
                {
                    "company_id": key,
                    "full_name": f"{key}有限公司",
                    "short_name": key,
                    "stock_code": stock,
                    "city_code": city,
                    "founded_year": 2000,
                    "listed_year": None,
                    "products": ["产品一", "产品二", "产品三"],
                    "kinds": kinds,
                    "source": "exchange" if stock else "gsxt",
                    "parent_id": None,
                    "group_id": key,
                    "note": "",
                }
                for key, city, stock, kinds, _ in firms
            ],
            schema_overrides={
                "stock_code": pl.String,
                "listed_year": pl.Int64,
                "parent_id": pl.String,
                "kinds": pl.List(pl.String),
            },
        ).sort("company_id")
    )
    placements = PLACEMENTS.check(
        pl.DataFrame(
            [
                (key, *place.split(":"), rank, 1.0, "产品一")
                for key, _, _, _, places in firms
                for rank, place in enumerate(places)
            ],
            schema=["company_id", "segment_id", "role", "rank", "confidence", "evidence"],
            orient="row",
        ).sort("company_id", "rank")
    )
    counts = count_presence(placements, companies, library)
    facts = Facts(library, cities, companies, placements, DAY)
    # Its cities have a handful of firms each, and all there are: states are told all the same.
    world = measure_world(facts, counts, PresenceOptions(least_companies=1))
    return replace(world, chances=_chances(world))


def _chances(world: World) -> pl.DataFrame:
    """Return made-up chances: a tenth, twice that where the city has a neighbour on the graph."""
    have = set(
        world.presence.filter(pl.col("n_companies") > 0).select("city_code", "segment_id").rows()
    )
    near = world.library.graph.neighbours
    rows = [
        (city, segment, 0.2 if any((city, other) in have for other in near(segment)) else 0.1)
        for city in world.cities["city_code"]
        for segment in sorted(world.library.segments)
    ]
    frame = pl.DataFrame(rows, schema=["city_code", "segment_id", "chance"], orient="row")
    return frame.with_columns(
        chance_low=pl.col("chance") * 0.8, chance_high=pl.col("chance") * 1.2, base_rate=0.1
    )
