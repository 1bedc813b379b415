from __future__ import annotations

from dataclasses import replace

import polars as pl

from chainmap.chains.library import ChainLibrary
from chainmap.concepts.chain import Chain
from chainmap.curated import CuratedFile
from chainmap.linkage.place import place_roster
from tests.world import IC, taxonomy

RETIRED = IC.replace("cites: [cc2024-resist]", "cites: [cc2024-resist]\n    replaced_by: ic-wafer")


def library() -> ChainLibrary:
    file = CuratedFile(RETIRED, "ic.yml")
    plain = taxonomy()
    return ChainLibrary(replace(plain, chains=((file.check(Chain), file), plain.chains[1])))


def placed(segments: str) -> list[tuple[str, str]]:
    roster = pl.DataFrame(
        {"id": ["a"], "segments": [segments], "products": ["甲"], "file": ["a.csv"], "line": [2]}
    )
    return place_roster(roster, library()).select("segment_id", "role").rows()


def test_a_company_of_a_retired_segment_stands_on_its_successor() -> None:
    assert placed("ic-resist:make") == [("ic-wafer", "make")]


def test_a_company_of_both_stands_once_as_stated_for_the_living_one() -> None:
    assert placed("ic-resist:trade;ic-wafer:make") == [("ic-wafer", "make")]
    assert placed("ic-wafer:make;ic-resist:trade;ic-fab:make") == [
        ("ic-wafer", "make"),
        ("ic-fab", "make"),
    ]
