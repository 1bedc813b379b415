"""Relatedness the slow and obvious way: definitions written as loops."""

from __future__ import annotations

import numpy as np


def rca_by_loops(x):
    out = np.zeros(x.shape)
    for c, p in np.ndindex(*x.shape):
        here, everywhere = x[c].sum(), x[:, p].sum()
        if here > 0 and everywhere > 0:
            out[c, p] = (x[c, p] / here) / (everywhere / x.sum())
    return out


def proximity_by_loops(m, symmetric=True):
    n = m.shape[1]
    out = np.zeros((n, n))
    for p, q in np.ndindex(n, n):
        both = sum(1 for row in m if row[p] and row[q])
        if both:
            of_p, of_q = both / m[:, p].sum(), both / m[:, q].sum()
            out[p, q] = min(of_p, of_q) if symmetric else of_p
    return out


def share_of_neighbours_by_loops(m, weight, k=None):
    """Density and item collaborative filtering: one formula, other weights, k or all."""
    out = np.zeros(m.shape)
    for c, p in np.ndindex(*m.shape):
        others = range(m.shape[1])
        if k is not None:
            others = sorted((q for q in others if q != p), key=lambda q: (-weight[p, q], q))[:k]
        around = sum(weight[p, q] for q in others)
        if around > 0:
            out[c, p] = sum(weight[p, q] for q in others if m[c, q]) / around
    return out


def similarity_by_loops(m, kind):
    n = m.shape[1]
    out = np.zeros((n, n))
    for p, q in np.ndindex(n, n):
        a, b = {c for c in range(len(m)) if m[c, p]}, {c for c in range(len(m)) if m[c, q]}
        if a and b:
            size = len(a | b) if kind == "jaccard" else (len(a) * len(b)) ** 0.5
            out[p, q] = len(a & b) / size
    return out


def sapling_by_gini(m):
    """The source's definition: the fall in Gini impurity of p once places are split by q."""
    n_places, n = m.shape
    out = np.zeros((n, n))
    for p, q in np.ndindex(n, n):
        whole = _impurity(m[:, p])
        split = m[:, q] > 0
        if whole == 0 or split.all() or not split.any():
            continue
        left = sum(len(part) * _impurity(part) for part in (m[split, p], m[~split, p]))
        fall = 1 - left / n_places / whole
        more = m[split, p].mean() - m[:, p].mean()
        out[p, q] = fall * np.sign(round(more, 12))
    return out


def ease_by_columns(x, ridge):
    """Ridge regression of each column on all the others."""
    out = np.zeros(x.shape)
    for j in range(x.shape[1]):
        others = np.delete(x, j, axis=1)
        gram = others.T @ others + ridge * np.eye(others.shape[1])
        out[:, j] = others @ np.linalg.solve(gram, others.T @ x[:, j])
    return out


def complexity_by_reflections(m):
    """ECI and PCI from the full, unsymmetric matrix, as the literature writes it."""
    diversity, ubiquity = m.sum(axis=1), m.sum(axis=0)
    step = (m / ubiquity).T @ (m / diversity[:, None])
    values, vectors = np.linalg.eig(step)
    items = np.real(vectors[:, np.argsort(np.real(values))[-2]])
    places = m @ items / diversity
    if np.corrcoef(diversity, places)[0, 1] < 0:
        items, places = -items, -places
    return (places - places.mean()) / places.std(), (items - places.mean()) / places.std()


def outlook_by_loops(m, phi, pci):
    near = share_of_neighbours_by_loops(m, phi)
    coi, cog = np.zeros(len(m)), np.zeros(m.shape)
    for c, p in np.ndindex(*m.shape):
        if m[c, p]:
            continue
        coi[c] += near[c, p] * pci[p]
        for q in range(m.shape[1]):
            if not m[c, q] and phi[q].sum() > 0:
                cog[c, p] += phi[q, p] * pci[q] / phi[q].sum()
    return coi, cog


def _impurity(values):
    share = (np.asarray(values) > 0).mean()
    return share * (1 - share)
