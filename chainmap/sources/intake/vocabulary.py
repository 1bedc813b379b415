"""The closed words of company lists (`data/intake/vocabulary.yml`): currency, status, kind."""

from __future__ import annotations

import re
from functools import cache, cached_property

from pydantic import Field

from chainmap.concepts.provenance import Frozen
from chainmap.curated import CuratedFile


class Word(Frozen):
    """One value and the spellings that mean it."""

    id: str
    zh: str
    spellings: tuple[str, ...] = Field(strict=False)


class Vocabulary(Frozen):
    """The words; for kinds the first entry whose spelling occurs in the text wins."""

    currencies: tuple[Word, ...] = Field(strict=False)
    statuses: tuple[Word, ...] = Field(strict=False)
    kinds: tuple[Word, ...] = Field(strict=False)
    zones: tuple[Word, ...] = Field(strict=False)

    @cached_property
    def currency_codes(self) -> dict[str, str]:
        """Every spelling of a currency, in upper case, with its ISO code."""
        return {s.upper(): word.id for word in self.currencies for s in word.spellings}

    def currency_zh(self, code: str) -> str:
        """Return the Chinese word for an ISO code; the code where no word is known."""
        return next((word.zh for word in self.currencies if word.id == code), code)

    @cached_property
    def zone_cities(self) -> dict[str, str]:
        """Every spelling of a zone that addresses name in a city's place, with the city's code."""
        return {s: word.id for word in self.zones for s in word.spellings}

    @cached_property
    def currency_pattern(self) -> re.Pattern[str]:
        """Any spelling of a currency, the longest first."""
        longest = sorted(self.currency_codes, key=lambda s: (-len(s), s))
        return re.compile("|".join(map(re.escape, longest)), re.IGNORECASE)

    def status(self, text: str) -> str | None:
        """Return the id of a register status (登记状态), or None for unknown words."""
        return _first(self.statuses, text)

    def kind(self, text: str) -> str | None:
        """Return the id of a company kind (企业类型), or None for unknown words."""
        return _first(self.kinds, text)


@cache
def load_vocabulary() -> Vocabulary:
    """Return the bundled words.

    Raises:
        CurationError: The file is malformed; names field and line.
    """
    return CuratedFile.bundled("data", "intake", "vocabulary.yml").check(Vocabulary)


def _first(words: tuple[Word, ...], text: str) -> str | None:
    plain = re.sub(r"\s", "", text)
    return next((w.id for w in words if any(s in plain for s in w.spellings)), None)
