"""Places a text names: divisions from the caller's table, zones and platforms by their words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from chainmap.concepts.policy import AdminLevel

PlaceTable = Mapping[str, tuple[str, AdminLevel]]
"""Place name, full or short (绍兴市, 绍兴), to its code and administrative level."""

_ZONE = (
    "国家高新技术产业开发区|高新技术产业开发区|国家高新区|高新区|高新技术产业园区|高新园区|国家自主创新示范区|自主创新示范区"
    "|经济技术开发区|经济开发区|开发区|产业集聚区|科技城|科学城|新材料科技城|新区|新城|自贸区|保税区|综合示范区|创新示范区|试验区"
    "|示范区|产业园区|产业园|工业园区|工业园|产业基地|制造基地|基地|实验区|分区|科技园|创业园|集聚区|先导区|度假区|科创大走廊|科创走廊|大走廊|大湾区|都市区|城市群|产业带"
    "|合作示范区|改革试验区"
)
_PLATFORM = (
    "国家实验室|实验室|研究院|研究所|大学|学院|研究中心|金融中心|金融科技中心|金融广场|创新中心|科学中心|大科学装置"
    "|大脑|交易中心|秘书处|大市场"
)
_TOWN = "金融小镇|基金小镇|特色小镇|小镇"
_GROUP = re.compile(
    r"(?:山区|加快发展|沿海|海岛|革命老区)?\d{1,2}(?:个)?县(?:区|市)?|四大都市区|设区市"
)
_LEVELS: tuple[tuple[str, AdminLevel], ...] = (
    (_TOWN, "town"),
    (_PLATFORM, "platform"),
    (_ZONE, "zone"),
)
_LONGEST_NAME = 14  # what stands between the place and the zone word in a name


@dataclass(frozen=True)
class Mention:
    """A place named in clean text."""

    start: int
    end: int
    name: str
    code: str | None
    level: AdminLevel | None


@lru_cache(maxsize=8)
def _names_pattern(names: frozenset[str]) -> re.Pattern[str] | None:
    usable = sorted((n for n in names if len(n) >= 2), key=lambda n: (-len(n), n))
    return re.compile("|".join(map(re.escape, usable))) if usable else None


def divisions(text: str, start: int, end: int, table: PlaceTable) -> list[Mention]:
    """Return the administrative divisions named in a stretch, longest name first at each place."""
    pattern = _names_pattern(frozenset(table))
    if pattern is None:
        return []
    return [
        Mention(m.start(), m.end(), m[0], *table[m[0]]) for m in pattern.finditer(text, start, end)
    ]


def mentions(text: str, start: int, end: int, table: PlaceTable) -> list[Mention]:
    """Return the zones, platforms, groups and divisions named in a stretch, in text order.

    A zone whose name opens with a known place carries that place's code and its own level.
    """
    found: list[Mention] = []
    for match in _GROUP.finditer(text, start, end):
        found.append(Mention(match.start(), match.end(), match[0], None, "group"))
    at = start
    named = divisions(text, start, end, table)
    for one, after in zip(named, [*named[1:], None], strict=False):
        if one.start < at:
            continue
        if after and after.start == one.end and (after.code or "")[:4] == (one.code or "")[:4]:
            one = Mention(one.start, after.end, one.name + after.name, after.code, after.level)
        whole = _zone_from(text, one, end)
        found.append(whole)
        at = whole.end
    for lone in _lone_zones(text, start, end):
        if not any(f.start < lone.end and lone.start < f.end for f in found):
            found.append(lone)
    return sorted(found, key=lambda m: (m.start, m.end))


def _zone_from(text: str, one: Mention, end: int) -> Mention:
    """Return the zone or platform whose name the place opens, or the place itself."""
    limit = min(end, one.end + _LONGEST_NAME)
    tail = re.match(r"[^,。;、:“”()的和与及等将把为在]*", text[one.end : limit])
    words = tail[0] if tail else ""
    best: tuple[int, AdminLevel] | None = None
    for pattern, level in _LEVELS:
        for match in re.finditer(pattern, words):
            head = words[: match.start()]
            if any(
                w in head for w in ("推进", "建设", "支持", "打造", "创建", "开展", "共建", "等")
            ):
                continue
            if best is None or match.end() > best[0]:
                best = match.end(), level
    if best is None:
        member = re.match(r"[一-鿿]{2,3}(?=等|、|和)", text[one.end : limit])
        if member and not re.search(r"[省市县区国政府企业等和]", member[0]):
            stop = one.end + len(member[0])  # 湖州莫干山 in a list of zones that share their kind
            return Mention(one.start, stop, text[one.start : stop], one.code, one.level)
        return one
    stop = one.end + best[0]
    return Mention(one.start, stop, text[one.start : stop], one.code, best[1])


def _lone_zones(text: str, start: int, end: int) -> list[Mention]:
    """Return zones and platforms named without a known place (某湖科技城, 某江实验室)."""
    found = []
    words = (
        "科技城|科学城|科创大走廊|实验室|国家高新区|高新技术产业园区|产业集聚区|集聚区"
        "|大学|基金小镇|金融小镇|金融广场"
    )
    for match in re.finditer(rf"(?P<own>[一-鿿]{{2,12}}?)(?P<kind>{words})", text[start:end]):
        own = re.sub(
            r"^.*(?:推进|建设|支持|打造|加快|创建|参与|做强|做大|以|在|和|与|及|的|实施|高水平|深化|依托|全力|等|使|将)",
            "",
            match["own"],
        )
        if not 2 <= len(own) <= 8 or re.search(
            r"名校|产业|国家|省级|重点|科技|创新|综合|资源|人才|一流|知名|联合|未来|共建|大型|新型|^[省市县]|高端|成果|研究|集合",
            own,
        ):
            continue
        stop = start + match.end()
        at = stop - len(own) - len(match["kind"])
        town = match["kind"].endswith("小镇")
        platform = re.search(r"实验室|大学|广场", match["kind"])
        level: AdminLevel = "town" if town else "platform" if platform else "zone"
        found.append(Mention(at, stop, text[at:stop], None, level))
    return found


def place_of_name(name: str, table: PlaceTable) -> Mention | None:
    """Return the place an item's name stands for, or None where it is no place.

    `中国(舟山)海洋科学城` counts: brackets do not part a name from its place.
    """
    kind = next((level for words, level in _LEVELS if re.search(rf"(?:{words})$", name)), None)
    if re.search(r"型.{2,}区$", name):
        return None  # a type of zone, no zone
    inside = divisions(name, 0, len(name), table)
    if kind is None:
        whole = inside[0] if inside and inside[0].name == name else None
        return whole
    code = inside[0].code if inside else None
    return Mention(0, len(name), name, code, kind)
