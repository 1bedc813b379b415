"""Which sites say nothing about where industry goes: the rules of `data/landings/kept-out.yml`."""

from __future__ import annotations

import re
from functools import cache

import polars as pl
from pydantic import Field

from chainmap.concepts.provenance import Frozen
from chainmap.curated import CuratedFile


class KeptOutGroup(Frozen):
    """One kind of business that is kept out, and the words of its names."""

    id: str
    zh: str
    words: tuple[str, ...] = Field(strict=False, min_length=1)


class KeptOutRules(Frozen):
    """All kinds of business that are kept out."""

    groups: tuple[KeptOutGroup, ...] = Field(strict=False)


@cache
def load_kept_out() -> KeptOutRules:
    """Return the bundled rules.

    Raises:
        CurationError: The file is malformed.
    """
    return CuratedFile.bundled("data", "landings", "kept-out.yml").check(KeptOutRules)


def kept_out_reason(names: pl.Expr, rules: KeptOutRules) -> pl.Expr:
    """Return the Chinese reason why a name is kept out, null where none applies.

    Args:
        names: The firm's and the site's names, as one text a row.
        rules: From `load_kept_out`.
    """
    return pl.coalesce(
        *(
            pl.when(names.str.contains("|".join(re.escape(w) for w in group.words))).then(
                pl.lit(f"按规则不取：{group.zh}")
            )
            for group in rules.groups
        ),
        pl.lit(None, pl.String),
    )
