"""Place companies by what their business scope (经营范围) says: one pure function of a partition.

Candidates by an exact automaton, longest word only, look-alikes and exclusions out; roles by
grammar; every row says which characters of the scope decided and by which rule.
"""

from __future__ import annotations

from typing import NewType

import dataframely as dy
import numpy as np
import polars as pl

from chainmap.concepts.identifiers import CHAIN_ID_PATTERN, SEGMENT_ID_PATTERN
from chainmap.concepts.kinds import Role
from chainmap.linkage.brackets import cue_words, excluded, find_brackets
from chainmap.linkage.candidates import candidate_rows, true_hits
from chainmap.linkage.grammar import find_verbs, outline, verb_words
from chainmap.linkage.lexicon import NO_ROLE, ROLES, Lexicon, load_lexicon
from chainmap.linkage.roles import HOWS, SURETY, govern
from chainmap.linkage.texts import (
    COMMA,
    LIST,
    STOP,
    Ints,
    Texts,
    boundaries,
    find_words,
    join_texts,
)
from chainmap.tables import PLACEMENTS, Checked, Placements

ScopePlacements = NewType("ScopePlacements", pl.DataFrame)
HIGH_CONFIDENCE = 0.75
"""From here on a placement is sure enough to be shown without a second look."""
PROPOSED = "model:segment"
"""Begins the rule of a row that the learned model proposes; presence counts none of them."""
LONG_LIST = 25
"""Items; in a longer list one word of a chain is an aside (集成电路设计 in a trader's list)."""
ITEM_REST = 12
"""Characters looked at behind a word for the 服务 that ends its item."""
STOPS = "；;。\n"
"""Marks that end a sentence for `DEALERS_GOODS`."""
DEALERS_GOODS = 3
"""Kinds of everyday goods (五金、钢材、百货) in a sentence that make it a dealer's list; two stand
in many a maker's."""
ASIDE = 0.6
"""Share of the confidence an aside keeps."""


class ScopePlacementSchema(dy.Schema):
    """Company × chain × segment × role from a scope; a null segment is the chain as a whole.

    `start` and `end` are characters of the scope; `rule` is the word's rule and how the role
    was found.
    """

    company = dy.String()
    chain_id = dy.String(regex=CHAIN_ID_PATTERN)
    segment_id = dy.String(nullable=True, regex=SEGMENT_ID_PATTERN)
    role = dy.String(regex=r"^(make|rd|serve|trade)$")
    confidence = dy.Float64(min=0.0, max=1.0)
    start = dy.Int64(min=0)
    end = dy.Int64(min=0)
    evidence = dy.String()
    rule = dy.String()


SCOPE_PLACEMENTS = Checked("经营范围归位", ScopePlacementSchema, ScopePlacements)


def place_partition(companies: pl.DataFrame, lexicon: Lexicon | None = None) -> ScopePlacements:
    """Return where the companies of one partition stand, by company in the order given.

    Args:
        companies: `company` (a key: credit code or row name), `name`, `scope`; one row each.
        lexicon: The words to look for; by default those of the taxonomy in use.

    Returns:
        One row per company, chain and segment with the strongest role its scope claims there;
        inside a company the surest first. A word that names a chain and no segment of it gives a
        row with a null segment, which `segment_placements` leaves out of presence.
    """
    return SCOPE_PLACEMENTS.check(placed_rows(companies, lexicon or load_lexicon()))


def placed_rows(companies: pl.DataFrame, lexicon: Lexicon) -> pl.DataFrame:
    """Return what `place_partition` does, to be checked by whoever passes it on."""
    companies = companies.with_columns(pl.col("name", "scope").cast(pl.String))
    chosen = companies[candidate_rows(companies["scope"], lexicon)]
    texts = join_texts(chosen["scope"])
    found = _read(texts, lexicon)
    named = _unvetoed(found.join(lexicon.targets, on="word"), texts.series, lexicon)
    named = _held_back(_with_defaults(_served(named, texts.series, lexicon), chosen, lexicon))
    allowed = (pl.col("roles").cast(pl.Int64) // 2 ** pl.col("role").cast(pl.Int64)) % 2 == 1
    best = _strongest(named.filter(allowed))
    return _shown(best, chosen)


def segment_placements(placed: pl.DataFrame) -> Placements:
    """Return the rows that name a segment as `Placements`.

    A row of a chain as a whole and a segment that the learned model proposes count in no city.
    """
    proposed = pl.col("rule").str.starts_with(PROPOSED)
    rows = placed.filter(pl.col("segment_id").is_not_null() & ~proposed)
    return PLACEMENTS.check(
        rows.select(
            pl.col("company").alias("company_id"),
            "segment_id",
            "role",
            rank=pl.int_range(pl.len()).over("company").cast(pl.Int64),
            confidence="confidence",
            evidence="evidence",
        )
    )


def _read(texts: Texts, lexicon: Lexicon) -> pl.DataFrame:
    """Return one row per word that no exclusion takes out, with the role that governs it."""
    grammar = lexicon.grammar
    words, verbs_found, cues = find_words(
        texts, lexicon.written, verb_words(grammar), cue_words(grammar)
    )
    hits = true_hits(texts, words, lexicon)
    brackets = find_brackets(texts)
    live = ~excluded(texts, brackets, cues, grammar, hits.start)
    start, end, text, word = (a[live] for a in (hits.start, hits.end, hits.text, hits.word))
    sketch = outline(texts, brackets)
    verbs = find_verbs(texts, sketch, verbs_found, (start, end), grammar)
    first, last = texts.offsets[text], texts.offsets[text + 1] - 1
    spans = (sketch.place(first), sketch.place(last))
    ruled = govern(sketch, verbs, sketch.place(start), sketch.place(end - 1) + 1, spans)
    own = lexicon.own_roles.to_numpy().astype(np.int64)[word]
    # A word that ends in a verb of its own needs none around a remark, nor of another sentence.
    far = sketch.is_aside(start) | (ruled.how >= HOWS.index("carried"))
    itself = far & (own != NO_ROLE)
    return pl.DataFrame(
        {
            "text": text,
            "start": start - first,
            "end": end - first,
            "word": word.astype(np.uint32),
            "role": np.where(itself, own, ruled.role),
            "how": np.where(itself, HOWS.index("trailing"), ruled.how),
            "items": _items(texts)[text],
        }
    )


def _items(texts: Texts) -> Ints:
    """Return how many items each text lists."""
    marks = texts.marks
    parts = np.flatnonzero((marks == LIST) | (marks == COMMA) | (marks == STOP))
    return np.diff(np.searchsorted(parts, texts.offsets))


def _unvetoed(named: pl.DataFrame, scopes: pl.Series, lexicon: Lexicon) -> pl.DataFrame:
    """Return the rows without those whose scope holds a word of their veto list."""
    for number, words in enumerate(lexicon.vetoes):
        if words:
            texts = named.filter(pl.col("unless") == number)["text"].unique()
            vetoed = texts.filter(scopes.gather(texts).str.contains_any(list(words)))
            hit = (pl.col("unless") == number) & pl.col("text").is_in(vetoed.to_list())
            named = named.filter(~hit)
    return named


def _served(found: pl.DataFrame, scopes: pl.Series, lexicon: Lexicon) -> pl.DataFrame:
    """Give words the role of a service that the words of their own item tell.

    That is a word no verb of its sentence governs whose item is a 服务 or ends in 工程; and a
    phrase that is a service by itself (航空摄影), whatever is sold further on in its list.
    """
    serve, trade = ROLES.index(Role.SERVE), ROLES.index(Role.TRADE)
    far = pl.col("how") >= HOWS.index("carried")
    ungoverned = (pl.col("role") == NO_ROLE) | far
    phrase = (pl.col("default") == serve) & pl.col("rule").str.starts_with("phrase:")
    sold = phrase & (pl.col("role") == trade) & (pl.col("how") == HOWS.index("trailing"))
    keys = ["text", "start", "end", "role", "how"]
    asked = found.filter(ungoverned | sold).select(keys).unique()
    rest = scopes.gather(asked["text"]).str.slice(asked["end"], ITEM_REST)
    item = rest.str.extract(f"^([^{boundaries()}]*)")
    told = asked.filter(
        pl.when((asked["role"] == NO_ROLE) | (asked["how"] >= HOWS.index("carried")))
        .then(item.str.contains("服务|工程$"))
        .otherwise(~item.str.contains_any(list(lexicon.grammar.verbs.of(Role.TRADE))))
    ).with_columns(service=pl.lit(serve, pl.Int64))
    joined = found.join(told, on=keys, how="left", maintain_order="left")
    by_item = pl.col("service").is_not_null() & (ungoverned | sold)
    return joined.with_columns(role=pl.when(by_item).then("service").otherwise("role")).drop(
        "service"
    )


def _with_defaults(found: pl.DataFrame, chosen: pl.DataFrame, lexicon: Lexicon) -> pl.DataFrame:
    """Give words that no verb governs a role: care is served; else the name's, the word's, make.

    Among the goods of a dealer a word without a role of its own is traded.
    """
    words = lexicon.grammar.names
    cues = chosen.select(
        pl.int_range(pl.len(), dtype=pl.Int64).alias("text"),
        *(
            pl.col("name").fill_null("").str.contains_any(list(words.of(r))).alias(r.value)
            for r in ROLES
        ),
    )
    codes = {role.value: number for number, role in enumerate(ROLES)}
    by_name = pl.coalesce(
        pl.when(pl.col(r)).then(codes[r]) for r in ("trade", "make", "rd", "serve")
    )
    own = pl.col("default").cast(pl.Int64).replace(NO_ROLE, None)
    care = (own == codes["serve"]) & (pl.col("how") >= HOWS.index("carried"))
    dealt = pl.when("dealt").then(codes["trade"])
    fallback = pl.when(care).then(own).otherwise(pl.coalesce(by_name, own, dealt, 0))
    return (
        found.join(cues, on="text", how="left", maintain_order="left")
        .join(_dealt(found, chosen["scope"], lexicon), on=["text", "start"], how="left",
              maintain_order="left")
        .with_columns(
            role=pl.when((pl.col("role") == NO_ROLE) | care).then(fallback).otherwise("role")
        )
    )  # fmt: skip


def _dealt(found: pl.DataFrame, scopes: pl.Series, lexicon: Lexicon) -> pl.DataFrame:
    """Return `text, start, dealt` of words no verb governs: do dealers' goods stand around it."""
    asked = found.filter(pl.col("role") == NO_ROLE).select("text", "start").unique()
    scope = scopes.gather(asked["text"])
    before = scope.str.slice(0, asked["start"]).str.extract(f"([^{STOPS}]*)$")
    after = scope.str.slice(asked["start"]).str.extract(f"^([^{STOPS}]*)")
    goods = (before + after).str.extract_many(list(lexicon.grammar.dealers), overlapping=True)
    return asked.with_columns(dealt=goods.list.n_unique() >= DEALERS_GOODS)


def _held_back(named: pl.DataFrame) -> pl.DataFrame:
    """Return the rows, none that no verb governs stronger than what verbs say of its chain.

    A phrase that is a service by itself (航空喷药) is no guess.
    """
    guessed = (pl.col("how") == HOWS.index("none")) & (pl.col("default") != ROLES.index(Role.SERVE))
    said = pl.col("role").filter(~guessed).min().over("text", "chain_id")
    held = pl.max_horizontal("role", said.fill_null(0))
    return named.with_columns(role=pl.when(guessed).then(held).otherwise("role"))


def _strongest(named: pl.DataFrame) -> pl.DataFrame:
    """Return one row per text, chain and segment: the strongest role, its surest word."""
    words = pl.col("word").n_unique().over("text", "chain_id")
    aside = (words == 1) & (pl.col("items") > LONG_LIST)
    surety = pl.Series(SURETY)
    plain = pl.col("weight") * pl.col("how").replace_strict(
        dict(enumerate(surety)), return_dtype=pl.Float64
    )
    several = pl.when(words > 1).then(1 - (1 - plain) * 0.8).otherwise(plain)
    rows = named.with_columns(
        confidence=(several * pl.when(aside).then(ASIDE).otherwise(1.0)).clip(0, 0.97).round(4)
    )
    order = ["text", "chain_id", "segment_id", "role", "confidence", "start"]
    return (
        rows.sort(order, descending=[False, False, False, False, True, False], nulls_last=True)
        .unique(["text", "chain_id", "segment_id"], keep="first", maintain_order=True)
        .sort(
            ["text", "confidence", "start", "chain_id", "segment_id"],
            descending=[False, True, False, False, False],
            nulls_last=True,
        )
    )


def _shown(best: pl.DataFrame, chosen: pl.DataFrame) -> pl.DataFrame:
    keys = chosen.select("company", "scope").with_row_index("text")
    names = dict(enumerate(role.value for role in ROLES))
    return best.join(
        keys.with_columns(pl.col("text").cast(pl.Int64)),
        on="text", how="left", maintain_order="left",
    ).select(
        "company",
        "chain_id",
        "segment_id",
        pl.col("role").replace_strict(names, return_dtype=pl.String),
        "confidence",
        "start",
        "end",
        evidence=pl.col("scope").str.slice(pl.col("start"), pl.col("end") - pl.col("start")),
        rule=pl.concat_str(
            "rule", pl.col("how").replace_strict(dict(enumerate(HOWS)), return_dtype=pl.String),
            separator="/",
        ),
    )  # fmt: skip
