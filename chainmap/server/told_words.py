"""What is said of a list's targets: the same words for the same row and families, made once."""

from __future__ import annotations

from typing import Any, NamedTuple

from chainmap.concepts.records import TargetRecord
from chainmap.ranking.gap_words import Row
from chainmap.ranking.retelling import Choice
from chainmap.server.list_material import ListMaterial
from chainmap.server.target_slips import RowSlip, words_of

MOST_WORDS = 2000
"""Targets whose words are kept as JSON, by what is told of each: some 1 KB each."""


class Known(NamedTuple):
    """A row as an `Explainer` reads it, and its record under the weights it was first met with."""

    told_of: Row
    record: TargetRecord
    slip: RowSlip


class ToldWords:
    """Reasons and counter-evidence of a question's rows.

    Args:
        material: What they are told from.
    """

    def __init__(self, material: ListMaterial) -> None:
        self._material = material
        self._kept: dict[tuple[int, bytes], bytes] = {}

    def written(self, row: int, known: Known, named: bytes) -> bytes:
        """Return as JSON what is said of a row.

        Args:
            row: Its number.
            known: The row.
            named: What is told of it, as `ranking.retelling.chosen` names it.
        """
        found = self._kept.get((row, named))
        if found is None:
            if len(self._kept) >= MOST_WORDS:
                self._kept.clear()
            found = self._kept[row, named] = words_of(self.said(known, named))
        return found

    def said(self, known: Known, named: bytes) -> dict[str, Any]:
        """Return what is said of a row, in the record's order; arguments as those of `written`."""
        told, choice = self._material.told, Choice.of(named)
        reasons = told.reasons_of(known.told_of, choice)
        ground = self._material.grounds(known.record.segment_id)
        return {
            "reasons": [*ground, *(text for _, text in reasons)],
            "reason_families": ["mode" for _ in ground] + [family.value for family, _ in reasons],
            "counter_evidence": told.counts_of(known.told_of, choice),
        }
