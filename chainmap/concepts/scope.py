"""The language of business scopes (经营范围): phrases that name a chain, verbs that give a role."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from chainmap.concepts.identifiers import ChainId, SegmentId
from chainmap.concepts.kinds import Role
from chainmap.concepts.provenance import Frozen

Word = Annotated[str, StringConstraints(min_length=1, strip_whitespace=False)]
Phrase = Annotated[str, StringConstraints(min_length=2, strip_whitespace=False)]
Words = Field(default=(), strict=False)
Weight = Literal["strong", "fair", "generic"]

WEIGHTS: dict[Weight, float] = {"strong": 0.9, "fair": 0.72, "generic": 0.45}
"""Confidence of a word that a known verb governs, before the grammar takes its share."""


class PhraseGroup(Frozen):
    """Words that name a chain, none of its segments."""

    id: str = Field(pattern=r"^[a-z]+(-[a-z]+)*$")
    chain: ChainId
    weight: Weight
    role: Role | None = Field(default=None, strict=False)
    """The role where no verb governs the word."""
    roles: tuple[Annotated[Role, Field(strict=False)], ...] = Words
    """The only roles in which the word counts; empty for all."""
    unless: tuple[Phrase, ...] = Words
    """Words elsewhere in the scope that say another trade is meant (弱电、变电站)."""
    words: tuple[Phrase, ...] = Field(strict=False, min_length=1)


class Softened(Frozen):
    """Words of the chain files that count, with less confidence."""

    weight: Weight
    why: str
    words: tuple[Phrase, ...] = Field(strict=False, min_length=1)


class Silenced(Frozen):
    """Words and segments of the chain files that a scope uses in another sense."""

    why: str
    segments: tuple[SegmentId, ...] = Words
    keep: tuple[Phrase, ...] = Words
    words: tuple[Phrase, ...] = Words


class Lookalikes(Frozen):
    """Words that look like a chain's and are not; they cover what they overlap."""

    why: str
    words: tuple[Phrase, ...] = Field(strict=False, min_length=1)


class ScopePhrases(Frozen):
    """`scope-phrases.yml`."""

    id: str
    title: str
    note: str
    phrases: tuple[PhraseGroup, ...] = Field(strict=False, min_length=1)
    soften: tuple[Softened, ...] = Words
    silent: tuple[Silenced, ...] = Words
    lookalikes: tuple[Lookalikes, ...] = Words


class RoleWords(Frozen):
    """Words for each role."""

    make: tuple[Word, ...] = Field(strict=False, min_length=1)
    rd: tuple[Word, ...] = Field(strict=False, min_length=1)
    serve: tuple[Word, ...] = Field(strict=False, min_length=1)
    trade: tuple[Word, ...] = Field(strict=False, min_length=1)

    def of(self, role: Role) -> tuple[str, ...]:
        """Return the words of one role."""
        return {
            Role.MAKE: self.make,
            Role.RD: self.rd,
            Role.SERVE: self.serve,
            Role.TRADE: self.trade,
        }[role]


class Nouns(Frozen):
    """Nouns that hold a verb's characters."""

    why: str
    words: tuple[Phrase, ...] = Field(strict=False, min_length=1)


class Exclusions(Frozen):
    """What takes items out: words before or after them, at a bracket's head or before it."""

    leading: tuple[Phrase, ...] = Field(strict=False, min_length=1)
    trailing: tuple[Phrase, ...] = Field(strict=False, min_length=1)
    opening: tuple[Word, ...] = Field(strict=False, min_length=1)
    goods: tuple[Phrase, ...] = Words
    """Goods whose bracket lists kinds of them (保健食品（片剂、胶囊）), no items of a chain."""


class ScopeGrammar(Frozen):
    """`scope-grammar.yml`."""

    id: str
    title: str
    note: str
    verbs: RoleWords
    fillers: tuple[Word, ...] = Words
    aftercare: tuple[Word, ...] = Words
    """Services that come with every sale: they give a role only where no other verb stands."""
    void: tuple[Word, ...] = Words
    """Verbs whose object is none of the company's business in a chain (投资、保险)."""
    nouns: Nouns
    dealers: tuple[Phrase, ...] = Words
    """Goods of every dealer: among several of them, a list without a verb is a dealer's."""
    exclusions: Exclusions
    names: RoleWords
