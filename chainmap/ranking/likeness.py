"""How alike what firms say of their business is: character pairs, TF-IDF, cosine."""

from __future__ import annotations

from typing import Any

import numpy as np

from chainmap.ranking.known import Floats, Known
from chainmap.ranking.pair_registry import Block

LEAST_FIRMS = 3
"""Firms a pair of characters must occur in; rarer ones tie nothing together."""
COMMON = 0.3
"""Share of the firms above which a pair of characters (公司, 产品) says nothing."""
N_PEERS = 5
MOST_PEERS = 3000
"""Firms of a city that are compared one by one, the largest by capital: bounds time and memory."""


def text_matrix(known: Known) -> Any:
    """Return firm × character pair, rows of length 1 or 0; scipy sparse, worked out once.

    Source:
        Methods 5: character 2-gram TF-IDF, sublinear, without word segmentation.
    """
    made = known.kept("texts")
    if made is not None:
        return made
    from scipy.sparse import csr_matrix
    from sklearn.feature_extraction.text import TfidfVectorizer

    texts = known.firms["business"].fill_null("").to_list()
    if sum(len(text) > 1 for text in texts) < 2 * LEAST_FIRMS:
        return known.keep("texts", csr_matrix((known.n_firms, 1)))
    pairs = TfidfVectorizer(
        analyzer="char", ngram_range=(2, 2), min_df=LEAST_FIRMS, max_df=COMMON, sublinear_tf=True
    )
    try:
        return known.keep("texts", pairs.fit_transform(texts))
    except ValueError:  # every pair is too rare or too common: texts of a few words
        return known.keep("texts", csr_matrix((known.n_firms, 1)))


def mean_likeness(block: Block) -> Floats:
    """Return each firm's mean cosine to the firms at home in each city, 0..1; 0 where none are."""
    known = block.known
    centre = known.kept("centres")
    if centre is None:
        size = np.maximum(known.city_size, 1.0)
        centre = known.keep("centres", (known.homes / size[:, None]).tocsr() @ text_matrix(known))
    texts = text_matrix(known)[block.rows]
    return np.asarray((texts @ centre[block.places].T).toarray(), np.float64)


def closest_peers(block: Block) -> Floats:
    """Return the sum of each firm's five highest cosines to firms at home in each city."""
    known, texts = block.known, text_matrix(block.known)
    found = np.zeros(block.shape)
    mine = texts[block.rows]
    capital = known.firms["capital_10k"].fill_null(0.0).to_numpy()
    for column, city in enumerate(block.places):
        there = np.flatnonzero(known.home == city)
        if len(there) > MOST_PEERS:
            there = np.sort(there[np.argsort(-capital[there], kind="stable")[:MOST_PEERS]])
        if len(there):
            found[:, column] = _top((mine @ texts[there].T).toarray())
    return found


def _top(cosines: Floats) -> Floats:
    if cosines.shape[1] > N_PEERS:
        cosines = np.partition(cosines, -N_PEERS, axis=1)[:, -N_PEERS:]
    return np.asarray(cosines.sum(axis=1))
