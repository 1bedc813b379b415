"""Identifiers: what a code or id looks like, wherever it appears."""

from __future__ import annotations

from typing import Annotated

from pydantic import StringConstraints

CHAIN_ID_PATTERN = r"^[a-z]+(-[a-z]+)*$"
SEGMENT_ID_PATTERN = r"^(ic|rb|nm|bm|as|qt)(-[a-z0-9]+)+$"
CITY_CODE_PATTERN = r"^[1-8]\d{5}$"
COMPANY_ID_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*$"
CITATION_ID_PATTERN = r"^[a-z]+[0-9]{4}[a-z]?(-[a-z0-9]+)+$"
STOCK_CODE_PATTERN = r"^(\d{6}\.(SH|SZ|BJ)|\d{5}\.HK)$"
INDUSTRY_CODE_PATTERN = r"^\d{4}$"
EMERGING_CODE_PATTERN = r"^\d(\.\d{1,2}){2,3}$"

ChainId = Annotated[str, StringConstraints(pattern=CHAIN_ID_PATTERN)]
SegmentId = Annotated[str, StringConstraints(pattern=SEGMENT_ID_PATTERN)]
GroupId = Annotated[str, StringConstraints(pattern=SEGMENT_ID_PATTERN)]
CitationId = Annotated[str, StringConstraints(pattern=CITATION_ID_PATTERN)]
IndustryCode = Annotated[str, StringConstraints(pattern=INDUSTRY_CODE_PATTERN)]
EmergingCode = Annotated[str, StringConstraints(pattern=EMERGING_CODE_PATTERN)]
"""战略性新兴产业分类(2018): three or four levels joined with dots."""

CHAIN_PREFIXES = {
    "ic": "integrated-circuits",
    "rb": "robotics",
    "nm": "new-materials",
    "bm": "biomedicine",
    "as": "aerospace",
    "qt": "quantum",
}
"""Segment-id prefix → chain id."""


def chain_of(segment_id: str) -> str:
    """Return the id of the chain a segment belongs to, read off its prefix.

    Raises:
        KeyError: The prefix is of no chain; ids are checked where they enter.
    """
    return CHAIN_PREFIXES[segment_id.split("-", 1)[0]]
