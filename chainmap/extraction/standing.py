"""Standing: what a document makes of its own region, and which zones it names as carriers."""

from __future__ import annotations

import re
from dataclasses import dataclass

from chainmap.concepts.policy import AdminLevel, Position
from chainmap.extraction.layout import Line
from chainmap.extraction.phrases import sentences
from chainmap.extraction.places import PlaceTable, mentions
from chainmap.extraction.repair import Clean

ROLE = re.compile(
    r"(?:努力|全力)?(?:打造|建设成为|建成|成为|创建|争创|建设|共建|构建|构筑)(?:成为|成)?[^,。;]*?"
    r"(?:高地|基地|示范区|先行区|试验区|中心|引领区|集聚区|新区|硅谷”?|节点|载体|城市|平台|园区|样板|标杆|策源[地区]|承载地|新城区"
    r"|孵化区|源头区|发源地|集聚地|聚集区|新高地|实验室|高新区|走廊|产业带|示范市|大院名校集聚区|特色小镇|全覆盖)(?=$|[,。;、和])[^,。;]*"
)
"""打造…高地, 建设成为…基地: the role a clause gives."""
_STANDING = re.compile(
    r"(?:全国|全球|全省|国际|世界|国内|长三角|我省|我市|湾区|省级|国家级|高水平)[^,。]*?"
    r"(?:高地|先行区|示范区|基地|中心|策源地|引领地|试验地|集聚地|强省|强市|城市|行列|副中心|桥头堡)"
)
_CARRIES = re.compile(
    r"以(?P<who>[^,。;以为]{3,30}?)等?为(?P<role>[^,。;、]{0,6}?(?:地|主战场|主平台|载体|核心|引擎))(?![一-鿿]{0,2}产业)"
)
_CARRIER = re.compile(r"(?:区|城|走廊|园区|湾区|小镇|平台)$")


@dataclass(frozen=True)
class Whereabouts:
    """Where a document speaks from: its own region and the table of places."""

    name: str | None
    code: str | None
    level: AdminLevel | None
    table: PlaceTable


def of_region(clean: Clean, line: Line, here: Whereabouts) -> list[Position]:
    """Return what a line gives the document's own region, and the zones it names as carriers."""
    found: list[Position] = []
    whole = mentions(line.text, 0, len(line.text), here.table)
    for sentence in sentences(clean.text, line.start, line.end):
        body = clean.text[sentence.start : sentence.end]
        for match in _CARRIES.finditer(body):
            for word in re.split(r"[、和]", match["who"]):
                if _CARRIER.search(word) and not mentions(word, 0, len(word), here.table):
                    at = sentence.start + match.start() + match[0].index(word)
                    start, end = clean.span(at, sentence.start + match.end())
                    found.append(
                        Position(
                            place=word,
                            admin_level="zone",
                            role="为" + match["role"],
                            start=start,
                            end=end,
                        )
                    )
        role = ROLE.search(body)
        named = any(m.level != here.level for m in whole)
        if (
            here.name is None
            or role is None
            or named
            or re.search(r"一批|若干|企业|海外|\d", role[0])
        ):
            continue
        if _STANDING.search(role[0]):
            start, end = clean.span(sentence.start + role.start(), sentence.start + role.end())
            found.append(
                Position(
                    place=here.name,
                    code=here.code,
                    admin_level=here.level,
                    role=role[0],
                    start=start,
                    end=end,
                )
            )
    return found
