"""Train the model for doubtful placements on what the repository holds, and test it there.

Texts are short: a segment's names, terms and definition, a chain's own phrases, what a company of
the roster makes. Against them stand the words that only look like a chain's (形似词) and the
exclusions of the segments. No scope of a register is among them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import polars as pl

from chainmap.chains.library import ChainLibrary
from chainmap.chains.scope import ScopeLanguage
from chainmap.concepts.identifiers import chain_of
from chainmap.errors import ModelError
from chainmap.linkage.fragments import Floats, Ints, Known, known_fragments, rows, vocabulary
from chainmap.linkage.placement_model import VERSION, WHOLE, best_two
from chainmap.released import rounded

DIGITS = 3
"""Significant digits of a stored weight: a fourth changes no answer."""


@dataclass(frozen=True)
class PlacementOptions:
    """How the model is trained.

    Attributes:
        least_texts: Texts a fragment must stand in.
        chain_c: Inverse penalty of the chain model (logistic regression).
        segment_c: Inverse penalty of the segment models (linear support vectors).
        kept: Weights kept of each segment, the largest; more told nothing on words held out.
        chain_kept: Weights kept of each chain.
        folds: Parts the words are held out in.
        wanted: Share of proposals on held-out words that must be right.
        seed: Of folds and solvers.
    """

    least_texts: int = 3
    chain_c: float = 5.0
    segment_c: float = 1.0
    kept: int = 80
    chain_kept: int = 2500
    folds: int = 5
    wanted: float = 0.85
    seed: int = 20261121


class Text(NamedTuple):
    """A text to learn from.

    Attributes:
        chain_id: What it speaks of; empty for a text against every chain.
        segment_id: A segment, or `WHOLE`.
        is_word: Whether it is a name, so that holding it out asks a real question.
    """

    text: str
    chain_id: str
    segment_id: str
    is_word: bool


class Trained(NamedTuple):
    """A model as plain values, and how it did on words held out: one row a chain."""

    plain: dict[str, Any]
    measured: list[dict[str, Any]]
    texts: int


def training_texts(
    library: ChainLibrary, language: ScopeLanguage, roster: pl.DataFrame
) -> list[Text]:
    """Return what the repository says of every segment and chain, and what speaks against them.

    Args:
        library: The taxonomy.
        language: Phrases and look-alikes of scopes.
        roster: `products, segments` (`id:role;id:role`) of the bundled companies.
    """
    return [*_of_segments(library), *_of_phrases(language), *_of_roster(library, roster)]


def _of_segments(library: ChainLibrary) -> Iterator[Text]:
    for segment in library.segments.values():
        chain_id = chain_of(segment.id)
        for name in segment.names:
            yield Text(name, chain_id, segment.id, True)
        yield Text(segment.definition, chain_id, segment.id, False)
        for word in segment.excludes:
            yield Text(word, "", WHOLE, False)


def _of_phrases(language: ScopeLanguage) -> Iterator[Text]:
    for group in language.phrases.phrases:
        for word in group.words:
            yield Text(word, group.chain, WHOLE, True)
    for alike in language.phrases.lookalikes:
        for word in alike.words:
            yield Text(word, "", WHOLE, False)


def _of_roster(library: ChainLibrary, roster: pl.DataFrame) -> Iterator[Text]:
    for products, stated in roster.select("products", "segments").iter_rows():
        for one in str(stated or "").split(";"):
            segment_id = library.successors.get(one.split(":")[0], one.split(":")[0])
            if segment_id in library.segments:
                yield Text(str(products), chain_of(segment_id), segment_id, False)


def train_placement(texts: Sequence[Text], options: PlacementOptions) -> Trained:
    """Return the model and its scores on words held out of training.

    The lead from which a segment is proposed is the least at which `wanted` of the proposals on
    held-out words are right; the same texts give the same model.

    Raises:
        ModelError: A chain has nothing to learn from, or no lead is right often enough.
    """
    rarity = vocabulary([t.text for t in texts], options.least_texts)
    space = _Space(
        names=list(rarity),
        known=known_fragments(list(rarity)),
        rarity=np.array(list(rarity.values())),
    )
    chains = sorted({t.chain_id for t in texts if t.chain_id})
    if not chains:
        raise ModelError("没有可以学习的产业链文字。", todo="检查 taxonomy/chains。")
    held = {chain: _held_out(_own(texts, chain), space, options) for chain in chains}
    every = np.concatenate(list(held.values()))
    least, leads, right = _lead(every, options)
    by_chain, neutral = _chain_models(texts, chains, space, options)
    plain = {
        "version": VERSION,
        "least_lead": least,
        "leads": leads,
        "rightness": right,
        "neutral": neutral,
        "chains": by_chain,
        "segments": {chain: _segment_model(_own(texts, chain), space, options)
                     for chain in chains},
        "fragments": rarity,
    }  # fmt: skip
    measured = [{"chain": chain, **_measured(held[chain], least)} for chain in chains]
    return Trained(plain, [*measured, {"chain": "", **_measured(every, least)}], len(texts))


class _Space(NamedTuple):
    names: list[str]
    known: Known
    rarity: Floats

    def rows(self, texts: Sequence[Text]) -> Any:
        return rows([t.text for t in texts], self.known, self.rarity)


def _own(texts: Sequence[Text], chain_id: str) -> list[Text]:
    return [t for t in texts if t.chain_id == chain_id]


def _chain_models(
    texts: Sequence[Text], chains: Sequence[str], space: _Space, options: PlacementOptions
) -> tuple[dict[str, Any], float]:
    """Return each chain's weights, and the median log-odds of the chains' own words."""
    from sklearn.linear_model import LogisticRegression

    read = space.rows(texts)
    plain, usual = {}, []
    for chain in chains:
        mine = np.array([t.chain_id == chain for t in texts])
        words = mine & np.array([t.is_word for t in texts])
        fitted = LogisticRegression(
            C=options.chain_c, solver="liblinear", random_state=options.seed, max_iter=500
        ).fit(read, mine)
        weights, intercept = _kept(fitted.coef_[0], options.chain_kept), fitted.intercept_[0]
        plain[chain] = _written(weights, float(intercept), space)
        usual.append(np.asarray(read[words] @ weights + intercept))
    return plain, rounded(float(np.median(np.concatenate(usual))), DIGITS)


def _segment_weights(
    texts: Sequence[Text], space: _Space, options: PlacementOptions
) -> tuple[list[str], Floats, Floats]:
    """Return answers, weights (answers × fragments) and intercepts of one chain's segments."""
    from sklearn.svm import LinearSVC

    answers = [t.segment_id for t in texts]
    fitted = LinearSVC(C=options.segment_c, random_state=options.seed).fit(
        space.rows(texts), answers
    )
    weights = np.array([_kept(row, options.kept) for row in fitted.coef_])
    return [str(a) for a in fitted.classes_], weights, np.asarray(fitted.intercept_)


def _segment_model(
    texts: Sequence[Text], space: _Space, options: PlacementOptions
) -> dict[str, Any]:
    answers, weights, intercepts = _segment_weights(texts, space, options)
    return {
        answer: _written(row, float(intercept), space)
        for answer, row, intercept in zip(answers, weights, intercepts, strict=True)
    }


def _held_out(texts: Sequence[Text], space: _Space, options: PlacementOptions) -> Floats:
    """Return a row for every word of a chain, held out in turn: lead, whether a segment, right."""
    fold = np.random.default_rng(options.seed).integers(0, options.folds, len(texts))
    found = []
    for number in range(options.folds):
        asked = [t for t, f in zip(texts, fold, strict=True) if f == number and t.is_word]
        known = [t for t, f in zip(texts, fold, strict=True) if f != number or not t.is_word]
        answers, weights, intercepts = _segment_weights(known, space, options)
        first, lead, _ = best_two(np.asarray(space.rows(asked) @ weights.T) + intercepts)
        for text, at, ahead in zip(asked, first, lead, strict=True):
            found.append((ahead, answers[at] != WHOLE, answers[at] == text.segment_id))
    return np.array(found, dtype=np.float64)


def _lead(held: Floats, options: PlacementOptions) -> tuple[float, list[float], list[float]]:
    """Return the least lead to propose from, and how right proposals are by lead (isotonic)."""
    from sklearn.isotonic import IsotonicRegression

    named = held[held[:, 1] == 1]
    steps = [rounded(step, DIGITS) for step in np.arange(0.0, 2.0, 0.05)]
    good = [s for s in steps if _share(named[named[:, 0] >= s, 2]) >= options.wanted]
    if not good:
        raise ModelError(
            f"在留出的词上，没有一个门槛能让 {options.wanted:.0%} 的建议正确。",
            todo="检查产业链文件里的词是否足够，或降低要求。",
        )
    curve = IsotonicRegression(y_min=0, y_max=1).fit(named[:, 0], named[:, 2])
    leads = [s for s in steps if s >= good[0]]
    return good[0], leads, [rounded(v, DIGITS) for v in curve.predict(np.array(leads))]


def _measured(held: Floats, least: float) -> dict[str, Any]:
    """Return counts of a held-out trial: words, answered right at all, proposed, proposed right."""
    proposed = held[(held[:, 1] == 1) & (held[:, 0] >= least)]
    return {
        "words": len(held),
        "right": int(held[:, 2].sum()),
        "proposed": len(proposed),
        "proposed_right": int(proposed[:, 2].sum()),
    }


def _share(values: Floats) -> float:
    return float(values.mean()) if len(values) else 0.0


def _kept(weights: Floats, many: int) -> Floats:
    """Return the weights with all but the largest `many` set to nothing, as they are stored."""
    order: Ints = np.argsort(-np.abs(weights), kind="stable")[:many]
    kept = np.zeros_like(weights)
    kept[order] = [rounded(float(weights[at]), DIGITS) for at in order]
    return kept


def _written(weights: Floats, intercept: float, space: _Space) -> dict[str, Any]:
    """Return weights as `片段 重量|片段 重量`, the largest first, and the intercept."""
    order = [at for at in np.argsort(-np.abs(weights), kind="stable") if weights[at]]
    pairs = "|".join(f"{space.names[at]} {float(weights[at]):g}" for at in order)
    return {"intercept": rounded(intercept, DIGITS), "weights": pairs}
