"""Standing: what a document makes of its own region, and which zones it names as carriers."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from chainmap.concepts.policy import AdminLevel, Position
from chainmap.extraction.layout import Line
from chainmap.extraction.phrases import Span, clauses, sentences
from chainmap.extraction.places import Mention, PlaceTable, mentions
from chainmap.extraction.refusals import refuses
from chainmap.extraction.repair import Clean
from chainmap.extraction.zonefields import fields_named

ROLE = re.compile(
    r"(?:努力|全力)?(?:打造|建设成为|建成|成为|创建|争创|建设|共建|构建|构筑)(?:成为|成)?[^,。;]*?"
    r"(?:高地|基地|示范区|先行区|试验区|中心|引领区|集聚区|新区|硅谷”?|节点|载体|城市|平台|园区|样板|标杆|策源[地区]|承载地|新城区"
    r"|孵化区|源头区|发源地|集聚地|聚集区|新高地|实验室|高新区|走廊|产业带|示范市|大院名校集聚区|特色小镇|全覆盖)(?=$|[,。;、和])[^,。;]*"
)
"""打造…高地, 建设成为…基地: the role a clause gives."""
_RANK = (
    r"(?:全国|全球|全省|国际|世界|国内|长三角|湾区|省级|省内|国家|区域|高水平|全面接轨|重要"
    r"|[两三四五六七八九]大)"
)
_SEAT = (
    r"(?:高地|先行区|示范区|基地|中心|策源地|引领地|试验地|集聚地|强省|强市|城市|行列|桥头堡”?|之城”?|乐园|试验区"
    r"|试验\(示范\)区|创新区|大省|典范|样板)"
)
_OWN_ROLE = re.compile(
    r"(?:打造|建设成为|建成|成为|创建|争创|建设|进入|形成|构建|建立|实现)(?:成为|成)?"
    rf"(?P<what>[^,。;:]*?{_RANK}[^,。;:]*?{_SEAT}(?:地位)?)(?=$|[,。;、和与”])"
    rf"|(?:推进|加快|深化)(?P<built>(?:国家|省)[^,。;、]{{2,16}}{_SEAT})建设"
    rf"|(?P<formed>[^,。;、]*{_RANK}[^,。;、]*?{_SEAT})(?:的地位)?(?:基本形成|基本建成|进一步凸显)"
)
"""打造全国…高地: a standing among others, which a region gives itself."""
_NEXT_SEAT = re.compile(rf"[和与、](?P<what>[^,。;、和与]{{2,20}}?{_SEAT})(?=$|[,。;、和与”])")
"""The seats that follow the first one in its list."""
_CARRIES = re.compile(
    r"以(?P<who>[^,。;以为]{3,30}?)等?为(?P<role>[^,。;、]{0,6}?(?:地|主战场|主平台))(?![一-鿿]{0,2}产业)"
)
_CARRIER = re.compile(r"(?:区|城|走廊|园区|湾区|小镇|平台)$")


@dataclass(frozen=True)
class Whereabouts:
    """Where a document speaks from: its own region and the table of places."""

    name: str | None
    code: str | None
    level: AdminLevel | None
    table: PlaceTable


def located(place: Mention, here: Whereabouts) -> Mention:
    """Return a zone with the code of its city: the one it names, or the one that speaks."""
    if place.level not in ("zone", "platform", "town"):
        return place
    code = place.code
    if code and not code.endswith("0000"):
        code = code[:4] + "00"
    elif code is None and here.level in ("city", "county"):
        code = (here.code or "")[:4] + "00" if here.code else None
    return replace(place, code=code)


def of_region(clean: Clean, line: Line, here: Whereabouts) -> list[Position]:
    """Return what a line gives the document's own region, and the zones it names as carriers."""
    found: list[Position] = []
    for sentence in sentences(clean.text, line.start, line.end):
        body = clean.text[sentence.start : sentence.end]
        for match in _CARRIES.finditer(body):
            for word in re.split(r"[、和]", match["who"]):
                if _CARRIER.search(word) and not mentions(word, 0, len(word), here.table):
                    at = sentence.start + match.start() + match[0].index(word)
                    role = "为" + match["role"]
                    found.append(_position(clean, at, at + len(word), (word, None, "zone"), role))
        if here.name is None:
            continue
        own = (here.name, here.code, here.level)
        told = False
        for clause in clauses(clean.text, sentence):
            text = clean.text[clause.start : clause.end]
            role_of = _OWN_ROLE.search(text)
            told = told or _tells_of(text, here)
            if (
                told
                or role_of is None
                or refuses(text)
                or _OTHERS.search(role_of[0])
                or _elsewhere(text, here)
            ):
                continue
            stop = clause.start + role_of.end()
            found.append(_position(clean, clause.start + role_of.start(), stop, own, role_of[0]))
            while other := _NEXT_SEAT.match(clean.text, stop, clause.end):
                stop = other.end()
                found.append(_position(clean, other.start("what"), stop, own, other["what"]))
    return found


_OTHERS = re.compile(r"一批|若干|企业(?!创)|海外|\d|园区|机构|我省|我市")


_BEFORE_SUBJECT = re.compile(r"^(?:支持|推动|推进|加快|深化|做大|做强|建设|打造)*“?$")


def _tells_of(text: str, here: Whereabouts) -> bool:
    """Tell whether a clause opens with a place of its own, which the next ones go on about."""
    named = mentions(text, 0, len(text), here.table)
    first = next((m for m in named if not (m.code or "").endswith("0000")), None)
    own = first is not None and first.name in (here.name or "")
    return first is not None and not own and bool(_BEFORE_SUBJECT.match(text[: first.start]))


def _elsewhere(text: str, here: Whereabouts) -> bool:
    """Tell whether a clause names a place below the document's own region or beside it."""
    inside = [
        m for m in mentions(text, 0, len(text), here.table)
        if m.level != here.level and not (m.code or "").endswith("0000")
    ]  # fmt: skip
    return any((m.name not in (here.name or "")) and m.level != "platform" for m in inside)


def _position(
    clean: Clean, at: int, stop: int, place: tuple[str, str | None, AdminLevel | None], role: str
) -> Position:
    start, end = clean.span(at, stop)
    return Position(
        place=place[0], code=place[1], admin_level=place[2], role=role, start=start, end=end
    )


@dataclass(frozen=True)
class Assigned:
    """What an item gives: its clean span, its name, its leaf terms."""

    start: int
    end: int
    name: str
    terms: tuple[str, ...]


def of_own_item(clean: Clean, item: Assigned, here: Whereabouts) -> list[Position]:
    """Return what an item of a city's own plan makes of the city, with the fields said there."""
    found = []
    for sentence in sentences(clean.text, item.start, item.end):
        role = ROLE.search(clean.text, sentence.start, sentence.end)
        if role is None or not _STANDS.search(role[0]) or not here.name:
            continue
        said = clean.text[sentence.start : sentence.end]
        terms = tuple(t for t in item.terms if t in said) or item.terms
        start, end = clean.span(role.start(), role.end())
        found.append(
            Position(
                place=here.name,
                code=here.code,
                admin_level=here.level,
                terms=terms,
                role=role[0],
                start=start,
                end=end,
            )
        )
    return found


_STANDS = re.compile(r"基地|高地|中心|集聚区|示范区|先行区|策源地|引领区|试验区")
_OWN_TASK = re.compile(
    r"(?:实施|建设|布局|创建|打造|开展|探索|参与|发展|数字|产业|通用|制造|经济)|(?:作为|成为|要)"
)


def of_own_name(clean: Clean, sentence: Span, here: Whereabouts) -> list[Position]:
    """Return what a sentence gives the region by its own name (支持甲省布局…, 提升甲市…产业)."""
    if not here.name:
        return []
    short = here.name.rstrip("省市县区")
    pattern = re.compile(
        rf"(?:支持在?|提升|发挥|[,先]在|^在){short}[省市县区]?(?={_OWN_TASK.pattern})"
    )
    match = pattern.search(clean.text[sentence.start : sentence.end])
    if match is None:
        return []
    at = sentence.start + match.end()
    stop = clean.text.find(",", at, sentence.end)
    start, end = clean.span(at - len(short), stop if stop > 0 else sentence.end)
    return [
        Position(
            place=here.name,
            code=here.code,
            admin_level=here.level,
            terms=fields_named(clean.text[at : stop if stop > 0 else sentence.end]),
            role=clean.text[at : stop if stop > 0 else sentence.end],
            start=start,
            end=end,
        )
    ]
