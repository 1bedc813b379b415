"""The words a scope is searched for: what each names, and what covers what."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from typing import NamedTuple

import polars as pl

from chainmap.chains.library import ChainLibrary, load_library
from chainmap.chains.scope import ScopeLanguage, read_scope_language
from chainmap.concepts.chain import Segment
from chainmap.concepts.identifiers import chain_of
from chainmap.concepts.kinds import Role, SegmentKind
from chainmap.concepts.scope import WEIGHTS, ScopeGrammar, Weight

ROLES = (Role.MAKE, Role.RD, Role.SERVE, Role.TRADE)
"""Strongest first; a role's code is its place here."""
VOID, AFTERCARE, NO_ROLE = 4, 5, 9
"""Codes of a verb that gives no role in a chain, of service after a sale, and of no verb."""
_WIDE = str.maketrans(
    {chr(c): chr(c + 0xFEE0) for c in range(0x21, 0x7F)}  # ASCII → full-width forms
)


class Target(NamedTuple):
    """What a word names."""

    chain: str
    segment: str | None
    weight: Weight
    default: Role | None
    roles: tuple[Role, ...]
    unless: tuple[str, ...]
    rule: str


@dataclass(frozen=True)
class Lexicon:
    """Every pattern of the automaton and what it means.

    `patterns` are unique; `heads` are those that name a chain and hold no shorter one that does:
    a text holds a word if and only if it holds a head. `words[i]` is the word a pattern writes.
    `own_roles[w]` is the role that a verb at the end of word w gives (集成电路设计), `NO_ROLE`
    where it ends in none.
    `targets` has one row per word and thing named: `word, chain_id, segment_id, weight, default,
    roles, unless, rule`; `unless` is a place in `vetoes`, lists of words that take the target away
    wherever they stand in the scope. A word without a target only covers (形似词).
    """

    patterns: pl.Series
    heads: pl.Series
    words: pl.Series
    is_trap: pl.Series
    own_roles: pl.Series
    targets: pl.DataFrame
    vetoes: tuple[tuple[str, ...], ...]
    grammar: ScopeGrammar

    @cached_property
    def written(self) -> tuple[str, ...]:
        """The patterns as plain strings, in their order."""
        return tuple(self.patterns)


def build_lexicon(library: ChainLibrary, language: ScopeLanguage) -> Lexicon:
    """Return the lexicon of a library: segment names, chain-level phrases and look-alikes."""
    found: dict[str, list[Target]] = {}
    for word, target in (*_segment_words(library, language), *_phrases(language)):
        found.setdefault(word, []).append(target)
    traps = [w for group in language.phrases.lookalikes for w in group.words]
    traps += list(_excluded(library, found))
    for word in traps:
        found[word] = []  # a look-alike takes the word away from a segment that names it
    patterns = {written: word for word in found for written in _spellings(word)}
    numbers = {word: number for number, word in enumerate(found)}
    vetoes = tuple(dict.fromkeys(t.unless for targets in found.values() for t in targets))
    return Lexicon(
        patterns=pl.Series("pattern", list(patterns), pl.String),
        heads=pl.Series("head", _heads([p for p, w in patterns.items() if found[w]]), pl.String),
        words=pl.Series("word", [numbers[w] for w in patterns.values()], pl.UInt32),
        is_trap=pl.Series("is_trap", [not found[w] for w in patterns.values()], pl.Boolean),
        own_roles=pl.Series("own_role", [own_role(w, language.grammar) for w in found], pl.UInt8),
        targets=_target_table(found, numbers, vetoes),
        vetoes=vetoes,
        grammar=language.grammar,
    )


@cache
def load_lexicon() -> Lexicon:
    """Return the lexicon of the taxonomy in use, compiled once per process.

    Raises:
        CurationError: A curated file is broken; names file, line and field.
        ResourceError: A bundled file is missing or was changed.
    """
    library = load_library()
    return build_lexicon(library, read_scope_language(library))


def own_role(word: str, grammar: ScopeGrammar) -> int:
    """Return the role code of the longest verb of making or research at a word's end.

    `NO_ROLE` where there is none: 治疗 and 检测 at a word's end are as often half a thing's name.
    """
    if word.endswith(grammar.nouns.words):
        return NO_ROLE
    ends = [
        (len(verb), number)
        for number, role in enumerate(ROLES)
        if role in (Role.MAKE, Role.RD) and word.endswith(grammar.verbs.of(role))
        for verb in grammar.verbs.of(role)
        if word.endswith(verb) and word != verb
    ]
    return max(ends)[1] if ends else NO_ROLE


def _heads(patterns: list[str]) -> list[str]:
    """Return the patterns that hold no other of them."""
    known = set(patterns)
    return [
        p
        for p in patterns
        if not any(
            p[start:end] in known
            for start in range(len(p))
            for end in range(start + 1, len(p) + 1)
            if end - start < len(p)
        )
    ]


def _segment_words(library: ChainLibrary, language: ScopeLanguage) -> Iterator[tuple[str, Target]]:
    known = library.segments | library.retired
    silent: set[str] = set()
    for rule in language.phrases.silent:
        of_segments = {n for s in rule.segments for n in known[s].names}
        silent |= (of_segments - set(rule.keep)) | set(rule.words)
    soft: dict[str, Weight] = {w: s.weight for s in language.phrases.soften for w in s.words}
    for word, (chain, segment) in library.vocabulary().items():
        if word not in silent:
            weight, default = soft.get(word, "strong"), _default_role(library.segments[segment])
            yield word, Target(chain, segment, weight, default, (), (), f"term:{segment}")


def _default_role(segment: Segment) -> Role | None:
    """Return the role a list without verbs suggests: whole product lists are a pharmacy's."""
    if segment.kind is SegmentKind.SERVICE:
        return Role.SERVE
    return Role.TRADE if chain_of(segment.id) == "biomedicine" else None


def _phrases(language: ScopeLanguage) -> Iterator[tuple[str, Target]]:
    soft: dict[str, Weight] = {w: s.weight for s in language.phrases.soften for w in s.words}
    for group in language.phrases.phrases:
        for word in group.words:
            weight = soft.get(word, group.weight)
            yield word, Target(
                group.chain, None, weight, group.role, group.roles, group.unless,
                f"phrase:{group.id}",
            )  # fmt: skip


def _excluded(library: ChainLibrary, found: dict[str, list[Target]]) -> Iterator[str]:
    """Yield the exclusion words that hold a name of their segment and name nothing themselves."""
    for segment in library.segments.values():
        for word in segment.excludes:
            if word not in found and any(name in word for name in segment.names):
                yield word


def _spellings(word: str) -> Iterator[str]:
    yield word
    if not word.isascii() and not any(c.isascii() and c.isalpha() for c in word):
        return
    for written in (word.upper(), word.lower()):
        yield written
        yield written.translate(_WIDE)


def _target_table(
    found: dict[str, list[Target]],
    numbers: dict[str, int],
    vetoes: tuple[tuple[str, ...], ...],
) -> pl.DataFrame:
    rows = []
    for word, targets in found.items():
        # A segment's term says more exactly what a phrase of the same chain says; it takes on
        # the phrase's conditions.
        exact = {t.chain for t in targets if t.segment is not None}
        phrases = {t.chain: t for t in targets if t.segment is None}
        for target in targets:
            if target.segment is None and target.chain in exact:
                continue
            ruled = phrases.get(target.chain, target)
            code = ROLES.index(ruled.default) if ruled.default is not None else NO_ROLE
            allowed = sum(1 << ROLES.index(role) for role in ruled.roles or ROLES)
            rows.append(
                (numbers[word], target.chain, target.segment, WEIGHTS[ruled.weight], code,
                 allowed, vetoes.index(ruled.unless), target.rule)
            )  # fmt: skip
    return pl.DataFrame(
        rows,
        schema={
            "word": pl.UInt32, "chain_id": pl.String, "segment_id": pl.String,
            "weight": pl.Float64, "default": pl.UInt8, "roles": pl.UInt8, "unless": pl.UInt8,
            "rule": pl.String,
        },
        orient="row",
    )  # fmt: skip
