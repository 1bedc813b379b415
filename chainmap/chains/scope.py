"""Read the language of business scopes from `taxonomy/` and hold it to the chain library."""

from __future__ import annotations

from dataclasses import dataclass

from chainmap.chains.library import ChainLibrary
from chainmap.concepts.scope import ScopeGrammar, ScopePhrases
from chainmap.curated import CuratedFile, Loc


@dataclass(frozen=True)
class ScopeLanguage:
    """The phrases and the grammar, checked against one library."""

    phrases: ScopePhrases
    grammar: ScopeGrammar


def read_scope_language(library: ChainLibrary) -> ScopeLanguage:
    """Return `scope-phrases.yml` and `scope-grammar.yml`.

    Raises:
        CurationError: A file is malformed, a chain or segment does not exist, a word softened or
            silenced is in no chain, or a word both names a chain and looks like one.
        ResourceError: A file is missing or was changed after the release.
    """
    file = CuratedFile.bundled("taxonomy", "scope-phrases.yml")
    phrases = file.check(ScopePhrases)
    _check(phrases, file, library)
    grammar = CuratedFile.bundled("taxonomy", "scope-grammar.yml").check(ScopeGrammar)
    return ScopeLanguage(phrases, grammar)


def _check(phrases: ScopePhrases, file: CuratedFile, library: ChainLibrary) -> None:
    named = {word for group in phrases.phrases for word in group.words}
    vocabulary = library.vocabulary()
    seen: set[str] = set()
    for index, group in enumerate(phrases.phrases):
        if group.chain not in library.chains:
            raise file.error(("phrases", index, "chain"), f"没有产业链 {group.chain}")
        for at, word in enumerate(group.words):
            if word in seen:
                raise file.error(("phrases", index, "words", at), f"“{word}”写了两次")
            seen.add(word)
    for index, soft in enumerate(phrases.soften):
        for at, word in enumerate(soft.words):
            if word not in vocabulary and word not in named:
                raise _unknown(file, ("soften", index, "words", at), word)
    for index, silent in enumerate(phrases.silent):
        for at, segment in enumerate(silent.segments):
            if segment not in library.segments and segment not in library.retired:
                raise file.error(("silent", index, "segments", at), f"没有环节 {segment}")
        for field in ("keep", "words"):
            for at, word in enumerate(getattr(silent, field)):
                if word not in vocabulary:
                    raise _unknown(file, ("silent", index, field, at), word)
    for index, traps in enumerate(phrases.lookalikes):
        for at, word in enumerate(traps.words):
            if word in named:
                loc = ("lookalikes", index, "words", at)
                raise file.error(loc, f"“{word}”既列为用语又列为形似词")


def _unknown(file: CuratedFile, loc: Loc, word: str) -> Exception:
    return file.error(loc, f"产业链文件中没有“{word}”", todo="核对写法，或删去这个词。")
