"""Words and number formats of the pages, in both languages."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import polars as pl

from chainmap.concepts.days import BEIJING
from chainmap.concepts.kinds import GapKind, Role, Stage
from chainmap.concepts.panorama_records import STATE_EN, STATE_ZH, StateName
from chainmap.gaps.world import World
from chainmap.ranking.families import Mark

KIND_EN = {"build": "build", "fill": "fill", "strengthen": "strengthen", "extend": "extend"}
FAMILIES_EN = {
    "segment_fit": "fit with segment",
    "need": "need",
    "expansion": "expansion",
    "affinity": "place and ties",
    "relations": "chain relations",
    "policy": "plans",
    "terms": "catalogue terms",
}
_ROLE_EN = {"make": "maker", "rd": "developer", "serve": "service", "trade": "trader"}
_PARTS_EN = {
    "浙江各市": "Zhejiang's cities",
    "小城市": "small cities",
    "中等城市": "middle-sized cities",
    "大城市": "large cities",
    "环节": "segment",
    "城市×环节→企业": "city × segment → firm",
    "城市×环节→企业（未见过的城市）": "city × segment → firm, cities never seen",
    "企业→城市": "firm → city",
    "城市→企业": "city → firm",
    "城市→企业（未见过的城市）": "city → firm, cities never seen",
    "企业到该城市的可能性": "chance that a firm comes to a city",
    "企业会到外地的可能性": "chance that a firm goes elsewhere at all",
    "角色正确率（链对上的）": "role right, chain being right",
    "高把握制造企业": "makers, high confidence",
    "主要专栏": "main boxes",
    "全部专栏": "all boxes",
    "产业和产品名词": "industry and product terms",
    "量化目标（数值和单位）": "goals (value and unit)",
    "量化目标（指标名称逐字相同）": "goals (indicator named word for word)",
    "量化目标（地区）": "goals (region)",
    "空间布局": "places",
    "原文位置": "offsets",
}
_SCOPE = {
    "segment": ("点名环节", "names the segment"),
    "group": ("点名所属板块", "names its group"),
    "chain": ("点名所属产业", "names its chain"),
}

_VERSION = re.compile(r"(?:\d{6}-)?(\d{4})-(?:draft-(\w+)|v(\d+))")


class Names:
    """Names of things in the reader's language, by their ids."""

    def __init__(self, world: World, lang: str) -> None:
        self._world, self._en = world, lang == "en"

    def segment(self, segment_id: str) -> str:
        """Return a segment's name."""
        segment = self._world.library.segments[segment_id]
        return segment.name_en if self._en else segment.name

    def group_of(self, segment_id: str) -> str:
        """Return the name of a segment's group."""
        library = self._world.library
        group = library.groups[library.segments[segment_id].group]
        return group.name_en if self._en else group.name

    def chain(self, chain_id: str) -> str:
        """Return a chain's name."""
        chain = self._world.library.chains[chain_id]
        return chain.name_en if self._en else chain.name

    def chain_of(self, segment_id: str) -> str:
        """Return the id of a segment's chain."""
        return self._world.library.chain_of(segment_id).id

    def city(self, code: str, *, short: bool = False) -> str:
        """Return a city's name."""
        rows = self._world.cities.filter(pl.col("city_code") == code)
        column = "name_en" if self._en else ("short_name" if short else "city")
        return str(rows[column][0]) if rows.height else code

    def kind(self, kind: str) -> str:
        """Return a gap kind's word."""
        return KIND_EN[kind] if self._en else GapKind(kind).zh

    def mark(self, kind: str) -> str:
        """Return a gap kind's one-letter mark: 建 补 强 延, or its initial."""
        return KIND_EN[kind][0].upper() if self._en else GapKind(kind).zh[0]

    def stage(self, stage: str) -> str:
        """Return a stage's word."""
        return stage.capitalize() if self._en else Stage(stage).zh

    def state(self, state: StateName) -> str:
        """Return a state's word."""
        return STATE_EN[state] if self._en else STATE_ZH[state]

    def mark_of(self, mark: str) -> str:
        """Return how a family is known, in a word."""
        return mark.replace("_", " ") if self._en else Mark(mark).zh

    def part(self, part: str) -> str:
        """Return what was measured, a chain or a group of cities, in words."""
        chains = self._world.library.chains.values()
        part = next((chain.id for chain in chains if chain.name == part), part)
        head, mark, chain = part.rpartition("·")
        if chain in self._world.library.chains:
            return f"{_PARTS_EN.get(head, head) if self._en else head}{mark}{self.chain(chain)}"
        if mark and self._en:
            return f"{_PARTS_EN.get(head, head)}{mark}{_PARTS_EN.get(chain, chain)}"
        return _PARTS_EN.get(part, part) if self._en else part

    def way(self, way: str) -> str:
        """Return how companies were hidden, in words."""
        return {"随机": "at random", "按来源": "by source"}.get(way, way) if self._en else way

    def role(self, role: str) -> str:
        """Return a role's word."""
        return _ROLE_EN[role] if self._en else Role(role).zh

    def scope(self, scope: str | None) -> str:
        """Return what a passage names, in words."""
        if scope is None:
            return ""
        return _SCOPE[scope][self._en]

    def version(self, name: str) -> str:
        """Return a catalogue version's name in words, with or without its city before it."""
        parts = _VERSION.fullmatch(name)
        if parts is None or self._en:
            return name
        year, draft, number = parts.groups()
        return f"{year}年草案 {draft}" if draft else f"{year}年第{number}版"


def fixed(value: float | None, places: int = 1) -> str:
    """Return a number with fixed decimals; a dash where there is none."""
    return "–" if value is None else f"{value:.{places}f}"


def percent(value: float | None) -> str:
    """Return a share as a whole percentage; a dash where there is none."""
    return "–" if value is None else f"{value:.0%}"


def thousands(value: int | None) -> str:
    """Return a count with separators; a dash where there is none."""
    return "–" if value is None else f"{value:,}"


def beijing(moment: dt.datetime) -> str:
    """Return a moment of the record, kept in UTC, by the clock on the reader's wall (UTC+8)."""
    known = moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)
    return known.astimezone(BEIJING).strftime("%Y-%m-%d %H:%M")


def in_other(segment_id: str, others: dict[str, Any]) -> int:
    """Return 1 where the second city of a comparison has the segment, else 0."""
    return int(segment_id in others and others[segment_id].n_companies > 0)


def pick(key: str, among: dict[str, Any]) -> Any:
    """Return what `key` stands for."""
    return among[key]


FILTERS: dict[str, Callable[..., Any]] = {
    "fixed": fixed,
    "percent": percent,
    "thousands": thousands,
    "beijing": beijing,
    "in_other": in_other,
    "pick": pick,
    "zip": zip,
}
