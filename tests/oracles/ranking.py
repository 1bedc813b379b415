"""Ranking the slow and obvious way: pandas frames, one firm, one city and one feature at a time."""

from __future__ import annotations

import math
from collections import Counter, defaultdict

import numpy as np
import pandas as pd  # noqa: TID253 the oracle is pandas

from chainmap.chains.library import load_library
from chainmap.concepts.identifiers import chain_of
from chainmap.ranking.families import FAMILIES
from chainmap.ranking.known import FLOW_PRIOR
from chainmap.ranking.likeness import MOST_PEERS, N_PEERS, text_matrix

STAFF, CAPITAL = (1.5, 4.5), (3.0, 5.5)


def ranked_by_pandas(known, model, city_codes, top, only=None):
    """Return the best firms of every city and chain, as `rank_partitions` does.

    `only` scores the first so many firms: a rate needs no more.
    """
    facts = Facts(known, model)
    rows = []
    for city in city_codes:
        for number, firm in facts.firms.head(only or len(facts.firms)).iterrows():
            if firm["home"] == city:
                continue
            score = sum(
                (getattr(facts, term.feature)(number, firm, city) - term.mean)
                / term.spread * term.weight
                for term in model.company
            )  # fmt: skip
            for chain in sorted({chain_of(s) for s in facts.segments[firm["firm_id"]]}):
                rows.append((city, chain, firm["firm_id"], round(score, 6)))
    table = pd.DataFrame(rows, columns=["city_code", "chain_id", "firm_id", "score"])
    table = table.sort_values(
        ["city_code", "chain_id", "score", "firm_id"], ascending=[True, True, False, True]
    )
    return table.groupby(["city_code", "chain_id"], sort=False).head(top).reset_index(drop=True)


class Facts:
    """A universe in pandas; one method a feature: row number, firm, city code → value."""

    def __init__(self, known, model):
        self.model, self.year = model, known.year
        self.firms = pd.DataFrame(known.firms.drop("business").to_dicts())
        for name in ("staff", "capital_10k", "founded_year", "listed_year"):
            self.firms[name] = pd.to_numeric(self.firms[name])
        for name in ("home", "industry", "sector"):
            self.firms[name] = self.firms[name].fillna("")
        self.cities = pd.DataFrame(known.cities.to_dicts()).set_index("city_code")
        self.size = self.firms["home"].value_counts().reindex(self.cities.index).fillna(0)
        self.segments = defaultdict(list)
        for firm, segment in known._segments.iter_rows():
            self.segments[firm].append(segment)
        matrix = text_matrix(known).tocsr()
        self.texts = [
            dict(zip(matrix[i].indices.tolist(), matrix[i].data.tolist(), strict=True))
            for i in range(matrix.shape[0])
        ]
        self.kept = {}

    def staff_size(self, number, firm, city):
        return self._log10("staff", firm, STAFF)

    def capital_size(self, number, firm, city):
        return self._log10("capital_10k", firm, CAPITAL)

    def listed(self, number, firm, city):
        there = firm["listed_year"] <= self.year
        return float(there and not firm["firm_id"].endswith(".BJ"))

    def age(self, number, firm, city):
        years = self.year - self.firms["founded_year"]
        value = years[number] if years.notna()[number] else years.median()
        return min(max(value if value == value else 0.0, 0.0), 30.0)

    def home_firms(self, number, firm, city):
        return math.log1p(self.size[firm["home"]]) if firm["home"] else 0.0

    def nearness(self, number, firm, city):
        if not firm["home"]:
            away = [self._km(a, b) for a in self.cities.index for b in self.cities.index]
            return -math.log(self._once("middle", lambda: float(np.median(away))) + 30)
        return -math.log(self._km(firm["home"], city) + 30)

    def same_province(self, number, firm, city):
        if not firm["home"]:
            return 0.0
        return float(self.cities.province_code[firm["home"]] == self.cities.province_code[city])

    def same_province_small(self, number, firm, city):
        return self.same_province(number, firm, city) * self._small(city)

    def intervening_firms(self, number, firm, city):
        between = self._once(("between", city), lambda: self._between(city))
        middle = float(np.median(list(between.values())))
        return (between[firm["home"]] if firm["home"] else middle) * self._small(city)

    def province_flow(self, number, firm, city):
        if not firm["home"]:
            return 0.0
        of = {code: i for i, code in enumerate(self.model.flows.provinces)}
        moves = self.model.flows.moves
        a, b = (of[self.cities.province_code[c]] for c in (firm["home"], city))
        expected = moves[a].sum() * moves[:, b].sum() / max(moves.sum(), 1.0)
        return math.log((moves[a, b] + FLOW_PRIOR) / (expected + FLOW_PRIOR))

    def sector_quotient(self, number, firm, city):
        return self._quotient("sector", firm, city)

    def industry_quotient(self, number, firm, city):
        return self._quotient("industry", firm, city)

    def industry_firms(self, number, firm, city):
        if not firm["industry"]:
            return 0.0
        alike = (self.firms["home"] == city) & (self.firms["industry"] == firm["industry"])
        return math.log1p(alike.sum())

    def business_likeness(self, number, firm, city):
        cosines = self._cosines(number, self._at_home(city))
        return min(sum(cosines) / len(cosines), 0.3) if cosines else 0.0

    def closest_peers(self, number, firm, city):
        there = self._at_home(city)
        if len(there) > MOST_PEERS:
            capital = self.firms["capital_10k"].fillna(0.0)
            there = sorted(sorted(there, key=lambda i: (-capital[i], i))[:MOST_PEERS])
        return min(sum(sorted(self._cosines(number, there), reverse=True)[:N_PEERS]), 5.0)

    def chain_partners(self, number, firm, city):
        graph, known = load_library().graph, set(load_library().segments)
        around = {
            near for s in self.segments[firm["firm_id"]] for near in graph.neighbours(s)
        } & known  # fmt: skip
        ids = self.firms["firm_id"]
        held = self._once(
            ("held", city), lambda: {s for i in self._at_home(city) for s in self.segments[ids[i]]}
        )
        return len(around & held) / len(around) if around else 0.0

    def _once(self, name, work):
        if name not in self.kept:
            self.kept[name] = work()
        return self.kept[name]

    def _log10(self, name, firm, span):
        stated = self.firms[name][self.firms[name] > 0]
        middle = self._once(
            ("middle", name),
            lambda: float(np.log10(stated).median()) if len(stated) else sum(span) / 2,
        )
        value = math.log10(firm[name]) if firm[name] > 0 else middle
        return min(max(value, span[0]), span[1])

    def _km(self, a, b):
        one, two = self.cities.loc[a], self.cities.loc[b]
        lat, lon = (math.radians(two[k] - one[k]) for k in ("lat", "lon"))
        inner = (
            math.sin(lat / 2) ** 2
            + math.cos(math.radians(one.lat)) * math.cos(math.radians(two.lat))
            * math.sin(lon / 2) ** 2
        )  # fmt: skip
        from chainmap.sources.places import EARTH_RADIUS_KM

        return 2 * EARTH_RADIUS_KM * math.asin(math.sqrt(inner))

    def _small(self, city):
        return 1 - math.log1p(self.size[city]) / max(math.log1p(self.size.max()), 1e-9)

    def _between(self, city):
        found, nearer = {}, 0.0
        for home in sorted(self.cities.index, key=lambda code: (self._km(code, city), code)):
            found[home] = math.log((len(self.firms) + 1) / (nearer + 1))
            nearer += self.size[home]
        return found

    def _quotient(self, column, firm, city):
        value = firm[column]
        if not value:
            return 0.0
        at_home = self.firms[self.firms["home"] != ""]
        here = at_home[at_home["home"] == city]
        count = (here[column] == value).sum()
        expected = len(here) * (at_home[column] == value).sum() / max(len(at_home), 1)
        return min(max(math.log((count + 0.5) / (expected + 0.5)), -2.0), 2.0)

    def _at_home(self, city):
        return self._once(
            ("home", city), lambda: self.firms.index[self.firms["home"] == city].to_list()
        )

    def _cosines(self, number, others):
        mine = self.texts[number]
        return [
            sum(value * theirs[pair] for pair, value in mine.items() if pair in theirs)
            for theirs in (self.texts[other] for other in others)
        ]


def listed_by_pandas(candidates, options, scorer):
    """Return company, segment and score of the roster's list, as `rank_candidates` orders it."""
    table, weighted = _weighted(candidates, options, scorer)
    table["utility"] = weighted.sum(axis=1).round(9)
    table["score"] = (weighted - weighted.median()).round(9).sum(axis=1).round(9)
    ordered = table.sort_values(
        ["utility", "company_id", "segment_id"], ascending=[False, True, True]
    ).drop_duplicates("company_id")
    if options.per_segment:
        ordered = ordered.groupby("segment_id", sort=False).head(options.per_segment)
    chosen = ordered.head(options.top) if options.top else ordered
    return chosen[["company_id", "segment_id", "score"]].reset_index(drop=True)


def parts_by_pandas(candidates, options, scorer, pairs):
    """Return family → part for each (company, segment)."""
    table, weighted = _weighted(candidates, options, scorer)
    found = []
    for company, segment in pairs:
        row = (table["company_id"] == company) & (table["segment_id"] == segment)
        found.append((weighted[row].iloc[0] - weighted.median()).round(9).to_dict())
    return found


def _weighted(candidates, options, scorer):
    table = pd.DataFrame([row for row in candidates.to_dicts() if row["veto"] is None])
    bare = table["gap_score"] / (1 + options.gamma * table["policy_weight"])
    best = max(bare.max(), 1e-6)
    terms = pd.DataFrame(
        [_terms(row, bare[i] / best, options, scorer) for i, row in table.iterrows()]
    )
    return table, terms.mul(pd.Series(options.weights)).round(9)[list(FAMILIES)]


def _terms(row, need, options, scorer):
    values = {one["name"]: one["value"] for one in row["features"]}
    found = Counter(dict.fromkeys(FAMILIES, 0.0))
    for one in scorer.summands:
        found[one.family] += one.weight * (values[one.feature] - one.mean) / one.spread
    rates = scorer.rates
    makes = rates.right / rates.asked if row["confidence"] >= rates.sure_from else row["confidence"]
    makes *= 1.0 if row["role"] == "make" else rates.role_right
    if row["basis"] != "direct":
        both = row["n_both"] + rates.neighbour_firms * rates.neighbour
        makes *= rates.neighbour_kept * both / (row["n_makers"] + rates.neighbour_firms)
    found["segment_fit"] += math.log(max(makes, 1e-6))
    found["need"] += math.log(max(need, 1e-6))
    found["policy"] += math.log1p(options.gamma * row["policy_weight"])
    found["terms"] += math.log(options.wanted_lift) if row["wanted_met"] else 0.0
    return dict(found)
