"""Zone fields: the fields a statement about a place names, or the place's own name carries."""

from __future__ import annotations

import re

from chainmap.extraction.places import Mention

_ZONE_WORD = re.compile(
    r"(?:级|机构|园|模式|孵化|园区|区|城|走廊|小镇|广场|大学|学院|业态|企业|动能|中心|基地)$"
)
_NAMED_FIELD = re.compile(
    r"(?P<field>[一-鿿]{2,8}?)(?:产业|制造)?(?:基地|综合示范区|集聚区|创新发展试验区|高新技术产业园区|产业园)$"
)


def own_field(place: Mention) -> list[str]:
    """Return the field a zone carries in its own name (某地通航产业综合示范区 → 通航)."""
    match = _NAMED_FIELD.search(place.name)
    if match is None or place.level not in ("zone", "platform"):
        return []
    field = re.sub(r"^.{2}(?=.{2})", "", match["field"]) if len(match["field"]) > 3 else ""
    return [field] if field and not re.search(r"国家|省级|高新|产业$", field) else []


_FIELDS = re.compile(
    r"(?:(?:巩固|提升|培育|重点)?发展以?|主攻|聚焦|围绕|(?<![家个名项%年])以|培育)(?P<list>[^,。;“”]*?)(?:等(?:新兴|优势|重点|主导)?(?:产业|领域|方向)?"
    r"|[两三四]大发展方向|为(?:基础|主导|重点|核心)|的(?:高新技术)?产业)"
    r"|(?:重点|主要|大力|加快)?(?:发展|主攻|聚焦|培育)(?P<plain>[^,。;“”]+)(?=[,。;]|$)"
)


_NO_FIELD = re.compile(r"创新|人才|机制|(?:服务|公共|主|大|共享)平台$|建设|" + _ZONE_WORD.pattern)


def fields_named(body: str) -> tuple[str, ...]:
    """Return the fields a stretch of text gives, in order."""
    found: list[str] = []
    for match in _FIELDS.finditer(body):
        words = re.split(r"[、和]", match["list"] or match["plain"])
        found.extend(w for w in words if 2 <= len(w) <= 14 and not _NO_FIELD.search(w))
    built = re.search(r"(?:建设|创建|设立|打造)(?P<field>[^,、。]{2,10}?)创新发展试验区", body)
    found.extend([built["field"]] if built else [])
    return tuple(dict.fromkeys(found))
