"""Names that come close to what a user wrote."""

from __future__ import annotations

from collections.abc import Collection, Iterable


def nearest_names(given: str, names: Iterable[str], limit: int = 3) -> tuple[str, ...]:
    """Return up to `limit` distinct names that resemble `given`, best first.

    Similarity is rapidfuzz's weighted ratio, case folded; below 45 of 100 nothing is offered,
    because a random two-character Chinese name scores about 40 against another.
    """
    from rapidfuzz import fuzz, process

    pool = list(dict.fromkeys(names))
    found = process.extract(
        given.strip(),
        pool,
        scorer=fuzz.WRatio,
        processor=str.casefold,
        limit=limit,
        score_cutoff=45,
    )
    return tuple(name for name, _, _ in found)


def instead_of(given: str, names: Collection[str]) -> str:
    """Return what to write instead of a name that is not known: those close to it, else all."""
    close = nearest_names(given, names)
    return f"是不是：{'、'.join(close)}？" if close else f"可用：{'、'.join(names)}。"
