"""Text that remembers which raw characters each of its characters came from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Edit:
    """Put `new` in place of the characters `start` to `end` of the text edited."""

    start: int
    end: int
    new: str


@dataclass(frozen=True)
class MappedText:
    """A string with, for each character, the raw span it stands for.

    `starts` and `ends` have the length of `text`; both never fall.
    """

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    @classmethod
    def of(cls, raw: str) -> MappedText:
        """Return the raw text mapped onto itself."""
        return cls(raw, tuple(range(len(raw))), tuple(range(1, len(raw) + 1)))

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the raw span of the clean characters `start` to `end`, end exclusive."""
        if start >= end:
            at = self.starts[start] if start < len(self.starts) else self._last()
            return at, at
        return self.starts[start], self.ends[end - 1]

    def edited(self, edits: Iterable[Edit]) -> MappedText:
        """Return the text with the edits made, its map still exact.

        Edits of equal length map character by character; any other replacement maps
        each of its characters to the whole span it replaces. Edits must not overlap.
        """
        pieces: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        at = 0
        for edit in sorted(edits, key=lambda e: (e.start, e.end)):
            pieces.append(self.text[at : edit.start])
            starts.extend(self.starts[at : edit.start])
            ends.extend(self.ends[at : edit.start])
            pieces.append(edit.new)
            if len(edit.new) == edit.end - edit.start:
                starts.extend(self.starts[edit.start : edit.end])
                ends.extend(self.ends[edit.start : edit.end])
            else:
                raw_start, raw_end = self.span(edit.start, edit.end)
                starts.extend([raw_start] * len(edit.new))
                ends.extend([raw_end] * len(edit.new))
            at = edit.end
        pieces.append(self.text[at:])
        starts.extend(self.starts[at:])
        ends.extend(self.ends[at:])
        return MappedText("".join(pieces), tuple(starts), tuple(ends))

    def _last(self) -> int:
        return self.ends[-1] if self.ends else 0
