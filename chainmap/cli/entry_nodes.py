"""What company registrations may be counted by."""

from __future__ import annotations

from enum import StrEnum


class NodeKind(StrEnum):
    """Segments of the taxonomy by placement, or the product words of the pilot."""

    SEGMENTS = "segments"
    PRODUCTS = "products"
