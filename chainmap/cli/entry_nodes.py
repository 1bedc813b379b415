"""What company registrations may be counted by."""

from __future__ import annotations

from enum import StrEnum


class NodeKind(StrEnum):
    """Segments by placement, the product names of the pilot, or words of a classification."""

    SEGMENTS = "segments"
    PRODUCTS = "products"
    WORDS = "words"
