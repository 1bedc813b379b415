"""The small closed vocabularies, each value with the Chinese word a reader sees.

`taxonomy/glossary.yml` explains the words; a test holds the two together.
"""

from __future__ import annotations

from enum import StrEnum


class Stage(StrEnum):
    """Where a group of segments stands on the panorama; the order is left to right."""

    UPSTREAM = "upstream"
    MIDSTREAM = "midstream"
    DOWNSTREAM = "downstream"
    SUPPORT = "support"

    @property
    def zh(self) -> str:
        """The Chinese word."""
        return {"upstream": "上游", "midstream": "中游", "downstream": "下游", "support": "支撑"}[
            self
        ]


class SegmentKind(StrEnum):
    """What a segment delivers; decides which roles count as presence."""

    PRODUCT = "product"
    SERVICE = "service"

    @property
    def zh(self) -> str:
        """The Chinese word."""
        return {"product": "产品", "service": "服务"}[self]


class Role(StrEnum):
    """What a company does in a segment, strongest first."""

    MAKE = "make"
    RD = "rd"
    SERVE = "serve"
    TRADE = "trade"

    @property
    def zh(self) -> str:
        """The Chinese word."""
        return _ROLES[self]


class GapKind(StrEnum):
    """What a city should do about a segment."""

    BUILD = "build"
    FILL = "fill"
    STRENGTHEN = "strengthen"
    EXTEND = "extend"

    @property
    def zh(self) -> str:
        """The Chinese word."""
        return {"build": "建链", "fill": "补链", "strengthen": "强链", "extend": "延链"}[self]


_ROLES = {"make": "制造企业", "rd": "研发企业", "serve": "服务企业", "trade": "贸易企业"}


class CiteScope(StrEnum):
    """How near a policy passage comes to a segment: names it, its group, or its whole chain."""

    SEGMENT = "segment"
    GROUP = "group"
    CHAIN = "chain"

    @property
    def zh(self) -> str:
        """The Chinese word."""
        return {"segment": "点名环节", "group": "点名所属板块", "chain": "点名所属产业"}[self]


COUNTED_ROLES: dict[SegmentKind, tuple[Role, ...]] = {
    SegmentKind.PRODUCT: (Role.MAKE, Role.RD),
    SegmentKind.SERVICE: (Role.MAKE, Role.RD, Role.SERVE),
}
"""Roles that count as presence (methods 8.1): trade never, service where the segment is one."""

COUNTED_ZH: dict[SegmentKind, str] = {
    SegmentKind.PRODUCT: "制造或研发企业",
    SegmentKind.SERVICE: "服务机构",
}
"""What a reader is told is counted in a segment."""
