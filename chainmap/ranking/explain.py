"""Reasons and counter-evidence in Chinese: why this company, for this gap, in this city, or not."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

import numpy as np
import polars as pl

from chainmap.concepts.catalogue import Wanted
from chainmap.concepts.kinds import Role
from chainmap.gaps.policy import applies_to
from chainmap.gaps.world import World
from chainmap.ranking.families import Family, Mark
from chainmap.ranking.gap_words import Row, need_text, policy_text, products_of, quoted_names
from chainmap.ranking.own_sites import own_words
from chainmap.ranking.pair_registry import pair_features
from chainmap.ranking.scorer import Scorer
from chainmap.ranking.scoring import feature_values
from chainmap.sources.places import City

LEAST_EDGE = 0.005
"""Natural logarithms; a family nearer to the median candidate says nothing either way."""
MOST_REASONS = 3
MOST_COUNTS = 2
FILLING = (Family.SEGMENT_FIT, Family.NEED, Family.AFFINITY)
"""Of these there is always something to say."""
AT_HAND, NEARBY = "，可就地配套", "，便于就近配套"
CLAIMS = (AT_HAND, NEARBY, "，具备延伸条件", "，可以延伸", "，可向下延伸")
"""What a reason ends in where its fact speaks for the company."""
NEAR_KM = 150.0
"""As for near cities in an allocation (judged): two hours by lorry."""
FACTS_ZH = {"staff": "员工人数", "capital_10k": "注册资本", "founded_year": "成立年份"}
READS = {"staff_size": "staff", "capital_size": "capital_10k", "age": "founded_year"}
"""Which fact a feature rests on, where the roster may not hold it."""
UNDATED = "成立年份名录未收录，当时是否已成立须核实"
"""Said of a company on the list of an earlier year, which takes it as founded."""


class Explainer:
    """Puts a ranked candidate into words, against the median candidate of its city.

    Args:
        world: The measured data.
        city: The receiving city.
        scorer: What the candidates were scored with.
        candidates: All scored candidates, to know the median one.
    """

    def __init__(self, world: World, city: City, scorer: Scorer, candidates: pl.DataFrame) -> None:
        self._world, self._city, self._scorer = world, city, scorer
        names = [summand.feature for summand in scorer.summands]
        values = feature_values(candidates, names)
        middle = np.median(values, axis=0) if len(values) else np.zeros(len(names))
        self._middle = dict(zip(names, middle.tolist(), strict=True))
        self._for: dict[Family, Callable[[Row], str]] = {
            Family.SEGMENT_FIT: self._fit,
            Family.NEED: self._need,
            Family.EXPANSION: lambda row: self._strongest(row, Family.EXPANSION),
            Family.AFFINITY: self._affinity,
            Family.RELATIONS: self._relations,
            Family.POLICY: lambda row: policy_text(row, world.library),
            Family.TERMS: _terms,
        }

    def reasons(self, row: Row) -> list[str]:
        """Return the sentences of `reasons_by_family`."""
        return [text for _, text in self.reasons_by_family(row)]

    def reasons_by_family(self, row: Row) -> list[tuple[Family, str]]:
        """Return what speaks for the company, strongest family first, two or three sentences.

        Families that gain over the median candidate come first. Where fewer than two do, those of
        `FILLING` fill up: as facts, without what would be claimed of them. A company that
        is not in the segment says so first where that gains; else its counter-evidence does.
        """
        edge = dict(zip(Family, row["parts"], strict=True))
        order = sorted(Family, key=lambda family: -edge[family])
        gaining = [family for family in order if edge[family] > LEAST_EDGE]
        slight = [family for family in order if 0 < edge[family] <= LEAST_EDGE]
        if row["basis"] == "neighbour" and edge[Family.SEGMENT_FIT] > 0:
            gaining = [Family.SEGMENT_FIT, *(f for f in gaining if f is not Family.SEGMENT_FIT)]
        wanted = max(2, min(MOST_REASONS, len(gaining)))
        speaking = [*gaining, *(family for family in slight if family not in gaining)]
        filling = [family for family in FILLING if edge[family] <= 0]
        found = [(family, text) for family in speaking if (text := self._for[family](row))]
        found += [(family, as_fact(self._for[family](row))) for family in filling]
        return found[:wanted]

    def counter_evidence(self, row: Row) -> list[str]:
        """Return what speaks against the company or is not known, gravest first."""
        edge = dict(zip(Family, row["parts"], strict=True))
        losing = sorted((f for f in Family if edge[f] < -LEAST_EDGE), key=lambda f: edge[f])
        found = self._counts_first(row)
        found += [text for family in losing[:MOST_COUNTS] if (text := self._against(row, family))]
        lacking = [FACTS_ZH[fact] for fact in self._not_known(row)]
        if lacking:
            found.append(f"{'、'.join(lacking)}名录未收录，按居中水平计，须核实")
        if self._world.is_earlier and "founded_year" in row["unstated"]:
            found.append(UNDATED)
        if row["terms_unknown"]:
            found.append(f"目录准入条件有{row['terms_unknown']}项未知，须逐项核实")
        return found

    def _counts_first(self, row: Row) -> list[str]:
        """Return what is said before all families: own sites, and what a neighbour rests on."""
        own = self._own.get(row["company_id"])
        found = [own] if own else []
        return [*found, self._inference(row)] if row["basis"] == "neighbour" else found

    def by_family(self, row: Row) -> dict[Family, str]:
        """Return a sentence a family: for the company where it gains, against it where it loses."""
        edge = dict(zip(Family, row["parts"], strict=True))
        return {family: self._told(row, family, edge[family]) for family in Family}

    def _told(self, row: Row, family: Family, edge: float) -> str:
        lacking = [FACTS_ZH[fact] for fact in self._not_known(row)]
        if family is Family.EXPANSION and lacking:
            return f"{'、'.join(lacking)}名录未收录，按居中水平计"
        if edge < -LEAST_EDGE:
            neighbour = family is Family.SEGMENT_FIT and row["basis"] == "neighbour"
            return self._inference(row) if neighbour else self._against(row, family)
        if family is Family.POLICY and not row["policy_weight"]:
            return "在期规划没有点名该环节" if self._has_plans else "没有收录适用于本市的规划"
        if family is Family.RELATIONS and not self._relations(row):
            return "其各环节的直接上下游在本市未见名录企业"
        if family is Family.TERMS and not row["wanted_met"]:
            if row["catalogue_item"] is None:
                return "招商目录没有对应条目" if row["has_catalogue"] else "本市尚无招商目录"
            if row["terms_unknown"]:
                return f"目录条目的准入条件有{row['terms_unknown']}项未知，须逐项核实"
            return "不属目录条目所列的招引对象"
        return self._for[family](row) or "与居中候选相当"

    def evidence(self, row: Row) -> list[str]:
        """Return how each family is known, in the order of `FAMILIES`."""
        direct = row["basis"] == "direct"
        marks = {
            Family.SEGMENT_FIT: Mark.RECORDED if direct else Mark.INFERRED,
            Family.NEED: Mark.COMPUTED,
            Family.EXPANSION: Mark.TO_ASK if self._not_known(row) else Mark.RECORDED,
            Family.AFFINITY: Mark.COMPUTED,
            Family.RELATIONS: Mark.COMPUTED if self._around(row) else Mark.SEARCHED_NONE,
            Family.POLICY: self._policy_mark(row),
            Family.TERMS: self._terms_mark(row),
        }
        return [marks[family].value for family in Family]

    @cached_property
    def _own(self) -> dict[str, str]:
        return own_words(self._world, self._city)

    @cached_property
    def _has_plans(self) -> bool:
        return any(applies_to(d, self._city) for d in self._world.library.documents.values())

    def _policy_mark(self, row: Row) -> Mark:
        if not self._has_plans:
            return Mark.NOT_SEARCHED
        return Mark.RECORDED if row["policy_weight"] > 0 else Mark.SEARCHED_NONE

    def _terms_mark(self, row: Row) -> Mark:
        if not row["has_catalogue"]:
            return Mark.NOT_SEARCHED
        if row["catalogue_item"] is None:
            return Mark.SEARCHED_NONE
        if row["terms_unknown"]:
            return Mark.TO_ASK
        return Mark.RECORDED if row["wanted_met"] else Mark.SEARCHED_NONE

    def _fit(self, row: Row) -> str:
        products = "、".join(row["products"][:2])
        segment = self._segment(row["segment_id"])
        if row["basis"] == "direct" and row["maker_id"] != row["company_id"]:
            return (
                f"集团所属{self._short[row['maker_id']]}是“{segment}”环节的{Role(row['role']).zh}"
            )
        if row["basis"] == "direct":
            role = Role(row["role"]).zh
            segments = self._world.library.segments
            others = (
                segments[one]
                for one in self._segments.get(row["company_id"], [])
                if one != row["segment_id"]
            )
            spoken = products_of(row["products"], segments[row["segment_id"]], others)
            if spoken:
                return f"产品有{'、'.join(spoken[:2])}，是“{segment}”环节的{role}"
            return f"业务涉及“{segment}”环节，为{role}（主要产品：{products}）"
        made = self._segment(row["made_segment_id"])
        suppliers = self._world.library.graph.suppliers(row["segment_id"])
        side = "上游" if row["made_segment_id"] in suppliers else "下游"
        return f"主营{products}，位于“{segment}”的直接{side}“{made}”，具备延伸条件"

    def _need(self, row: Row) -> str:
        text = need_text(row, self._world.library, self._city)
        return text if self._has_partners(row) else text.removesuffix(AT_HAND)

    def _affinity(self, row: Row) -> str:
        city = self._city
        distance = f"距{city.short_name}约{row['distance_km']:.0f}公里"
        if row["province"] == city.province:
            near = NEARBY if row["distance_km"] <= NEAR_KM and self._has_partners(row) else ""
            return f"总部在同省的{row['short_city']}，{distance}{near}"
        edges = self._edge_features(row, Family.AFFINITY)
        if edges.get("nearness", 1.0) >= 0 or not edges:
            return f"总部在{row['short_city']}，{distance}"
        return self._strongest(row, Family.AFFINITY) or f"总部在{row['short_city']}，{distance}"

    def _has_partners(self, row: Row) -> bool:
        """Return whether the city has no less beside the company's segments than the median."""
        return sum(self._edge_features(row, Family.RELATIONS).values()) >= 0

    def _around(self, row: Row) -> str:
        """Return the segments beside the company's own that the city has, quoted."""
        graph = self._world.library.graph
        segments = self._segments.get(row["company_id"], [])
        around = sorted({n for s in segments for n in graph.neighbours(s)} & self._held)
        return quoted_names(around, self._world.library) if around else ""

    def _relations(self, row: Row) -> str:
        around = self._around(row)
        have = f"其各环节的直接上下游中，{self._city.short_name}已有{around}{AT_HAND}"
        return have if around else ""

    def _against(self, row: Row, family: Family) -> str:
        city, segment = self._city.short_name, self._segment(row["segment_id"])
        around = self._around(row) if family is Family.RELATIONS else ""
        have = f"只有{around}有名录企业，比例低于居中候选" if around else "未见名录企业"
        named = "点名较弱" if row["policy_weight"] > 0 else "没有点名"
        far = f"距{city}约{row['distance_km']:.0f}公里"
        if family is Family.SEGMENT_FIT and row["basis"] == "neighbour":
            return ""  # said already, and more exactly, by `_inference`
        return {
            Family.SEGMENT_FIT: "主营业务与本市现有产业的相近程度低于居中候选",
            Family.NEED: f"{city}“{segment}”缺口的迫切程度低于居中候选所对的缺口",
            Family.EXPANSION: "规模等扩张条件弱于居中候选",
            Family.AFFINITY: f"总部在{row['short_city']}，{far}，区位往来弱于居中候选",
            Family.RELATIONS: f"企业所在各环节的直接上下游，在{city}{have}",
            Family.POLICY: f"在期规划对“{segment}”{named}",
            Family.TERMS: "不属目录条目所列的招引对象",
        }[family]

    def _inference(self, row: Row) -> str:
        segment, made = self._segment(row["segment_id"]), self._segment(row["made_segment_id"])
        return (
            f"目前不在“{segment}”环节，延伸只是推断：名录“{made}”环节的{row['n_makers']}家企业中，"
            f"同时在“{segment}”环节的有{row['n_both']}家"
        )

    def _not_known(self, row: Row) -> list[str]:
        """Return the facts the scorer reads that are not held of the company."""
        read = [READS[s.feature] for s in self._scorer.summands if s.feature in READS]
        return [fact for fact in read if fact in row["unstated"]]

    def _edge_features(self, row: Row, family: Family) -> dict[str, float]:
        """Return the features of a family with what they add over the median candidate's."""
        values = {one["name"]: one["value"] for one in row["features"]}
        return {
            s.feature: (values[s.feature] - self._middle[s.feature]) / s.spread * s.weight
            for s in self._scorer.summands
            if s.family == family
        }

    def _strongest(self, row: Row, family: Family) -> str:
        edges = self._edge_features(row, family)
        best = max(edges, key=lambda name: edges[name], default=None)
        if best is None or edges[best] <= 0:
            return ""
        return f"{pair_features()[best].explanation.split('（')[0]}，高于本市居中候选"

    def _segment(self, segment_id: str) -> str:
        return self._world.library.segments[segment_id].name

    @cached_property
    def _short(self) -> dict[str, str]:
        return dict(self._world.companies.select("company_id", "short_name").iter_rows())

    @cached_property
    def _held(self) -> set[str]:
        """Segments the city has."""
        own = self._world.presence.filter(
            (pl.col("city_code") == self._city.code) & (pl.col("n_companies") > 0)
        )
        return set(own["segment_id"])

    @cached_property
    def _segments(self) -> dict[str, list[str]]:
        """Segments of every company."""
        placed = self._world.placements.group_by("company_id").agg("segment_id")
        return dict(zip(placed["company_id"], placed["segment_id"].to_list(), strict=True))


def as_fact(text: str) -> str:
    """Return a reason that speaks neither for nor against: its fact, and that it is no edge."""
    for claim in CLAIMS:
        text = text.removesuffix(claim)
    return f"{text}（此项不强于居中候选）"


def _terms(row: Row) -> str:
    wanted = "、".join(Wanted(kind).zh for kind in row["wanted_met"])
    return f"属目录条目所列的招引对象：{wanted}" if wanted else ""
