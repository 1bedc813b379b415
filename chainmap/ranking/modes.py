"""The four modes (招商方式) of the policy text: what each selects, and the ground it names first.

They are views of one model: the scorer and the limits are the same, only the segments, the
candidates and the leading reason differ.
"""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from chainmap.chains.library import ChainLibrary
from chainmap.concepts.chain import Chain
from chainmap.concepts.hanzi import first_found, folded_name, simplified
from chainmap.concepts.kinds import GapKind
from chainmap.concepts.modes import Mode
from chainmap.errors import InputError, UnknownNameError
from chainmap.gaps.presence import counted_placements
from chainmap.gaps.world import World
from chainmap.nearest import nearest_names
from chainmap.ranking.picked import Picked
from chainmap.ranking.why_partners import strong_segments
from chainmap.sources.places import City
from chainmap.tables import (
    CANDIDATES,
    GAPS,
    RECOMMENDATIONS,
    Candidates,
    Gaps,
    Recommendations,
)

SHOWN = 6
"""Names spelled out where a selection is described."""


@dataclass(frozen=True)
class Selection:
    """What a mode selected.

    Attributes:
        mode: Which.
        said: What was selected, one Chinese sentence.
        grounds: Segment → why it was selected, in Chinese.
        direct_only: Only companies of the segments themselves, no neighbours.
        excluded: Companies that are not proposed.
    """

    mode: Mode
    said: str
    grounds: dict[str, str]
    direct_only: bool = False
    excluded: frozenset[str] = frozenset()

    @property
    def picked(self) -> Picked:
        """Return which candidates it leaves in, as plain values."""
        return Picked(tuple(sorted(self.grounds)), self.direct_only, tuple(sorted(self.excluded)))


def by_chain(world: World, city: City, gaps: Gaps, chain: Chain | None) -> Selection:
    """Return all gaps of a chain, or of all chains the city engages in (产业链招商)."""
    chains = world.library.chains
    grounds = {
        row["segment_id"]: f"{city.short_name}“{chains[row['chain_id']].name}”链的"
        f"{GapKind(row['kind']).zh}环节，缺口第{row['rank']}位"
        for row in gaps.iter_rows(named=True)
    }
    named = (
        [chain.name]
        if chain
        else [chains[one].name for one in gaps["chain_id"].unique(maintain_order=True)]
    )
    said = f"按{_quoted(named)}产业链，选其全部缺口环节{len(grounds)}个"
    return Selection(Mode.CHAIN, said, grounds)


def by_industry(world: World, city: City, gaps: Gaps, asked: tuple[str, ...]) -> Selection:
    """Return the gaps of chosen groups and chains, or of those a plan names (目标产业招商).

    Where none is chosen, the target industries are the groups with a segment that a plan in force
    names: the city's own plans and what others assign to it, else what plans name as such, else
    what they name as part of a whole industry.

    Raises:
        UnknownNameError: No group or chain answers to a name.
    """
    library = world.library
    group_of = {one: library.segments[one].group for one in gaps["segment_id"]}
    if asked:
        groups = {group for name in asked for group in _groups(library, name)}
        why = "所选目标产业"
    else:
        named, why = _named_by_plans(gaps, city)
        groups = {group_of[one] for one in named}
    grounds = {
        segment: f"属{why}“{library.groups[group].name}”板块"
        for segment, group in group_of.items()
        if group in groups
    }
    shown = [library.groups[one].name for one in dict.fromkeys(group_of[s] for s in grounds)]
    said = f"按{why}{_quoted(shown)}，选其缺口环节{len(grounds)}个"
    return Selection(Mode.INDUSTRY, said, grounds)


def by_leader(world: World, city: City, gaps: Gaps, leader_id: str) -> Selection:
    """Return the gaps among suppliers and customers of a leading firm's group (龙头引商).

    Raises:
        InputError: No segment is known of the group, or the firm was founded after the world's day.
    """
    companies, graph = world.companies, world.library.graph
    leader = world.register.row(by_predicate=pl.col("company_id") == leader_id, named=True)
    if leader_id in world.later["company_id"]:
        raise InputError(
            f"{leader['short_name']}当时尚未成立（{leader['founded_year']}年成立），不能作龙头。",
            todo="换一家龙头企业，或换较晚的时点。",
        )
    group = companies.filter(pl.col("group_id") == leader["group_id"])["company_id"].to_list()
    placed = counted_placements(world.placements, world.library)
    own = sorted(set(placed.filter(pl.col("company_id").is_in(group))["segment_id"]))
    if not own:
        raise InputError(
            f"名录中没有{leader['short_name']}所在的环节，找不出它的上下游。",
            todo="换一家龙头企业。",
        )
    name, names = leader["short_name"], world.library.segments
    grounds: dict[str, str] = {}
    for segment in gaps["segment_id"]:
        sold = [one for one in own if segment in graph.suppliers(one)]
        bought = [one for one in own if segment in graph.users(one)]
        if sold:
            grounds[segment] = (
                f"“{names[segment].name}”是龙头{name}所在环节“{names[sold[0]].name}”的直接上游"
            )
        elif bought:
            grounds[segment] = (
                f"“{names[segment].name}”是龙头{name}所在环节“{names[bought[0]].name}”的直接下游"
            )
    around = {n for one in own for n in graph.neighbours(one)} - set(own)
    where = "本市龙头" if leader["city_code"] == city.code else "拟引进的龙头"
    said = (
        f"按{where}{name}（{_quoted([names[one].name for one in own])}）的"
        f"直接上下游{len(around)}个环节，选其中{city.short_name}的缺口{len(grounds)}个；只列在这些环节的企业"
    )
    return Selection(Mode.LEADER, said, grounds, True, frozenset(group))


def by_advantage(world: World, city: City, gaps: Gaps) -> Selection:
    """Return the gaps beside the strong segments of a city (优势资源引商)."""
    strong, names = strong_segments(world, city), world.library.segments
    graph = world.library.graph
    grounds: dict[str, str] = {}
    for segment in gaps["segment_id"]:
        sellers = [one for one in graph.suppliers(segment) if one in strong]
        buyers = [one for one in graph.users(segment) if one in strong]
        best = max(sellers + buyers, key=lambda one: (strong[one], one), default=None)
        if best is None:
            continue
        side = "下游" if best in sellers else "上游"
        grounds[segment] = (
            f"{city.short_name}“{names[best].name}”是优势环节（名录企业{strong[best]}家），"
            f"“{names[segment].name}”是其直接{side}"
        )
    shown = sorted(strong, key=lambda one: (-strong[one], one))
    around = f"优势环节{_quoted([names[one].name for one in shown])}，选其"
    if not strong:
        around = "优势环节（名录中没有足以判断为优势的环节），选其"
    said = f"按{city.short_name}{around}直接上下游中的缺口{len(grounds)}个"
    return Selection(Mode.ADVANTAGE, said, grounds)


def selected_gaps(gaps: Gaps, selection: Selection) -> Gaps:
    """Return the gaps selected, in their order, with ranks 1..n and intervals that hold no more."""
    chosen = gaps.filter(pl.col("segment_id").is_in(list(selection.grounds)))
    rank = pl.int_range(1, pl.len() + 1, dtype=pl.Int64)
    return GAPS.check(chosen.with_columns(rank=rank, rank_low=rank, rank_high=rank))


def selected_candidates(candidates: Candidates, selection: Selection) -> Candidates:
    """Return the candidates a mode is about."""
    return CANDIDATES.check(candidates.filter(selection.picked.admits()))


def with_grounds(ranked: Recommendations, selection: Selection) -> Recommendations:
    """Return a list whose reasons first name the mode's ground."""
    reasons = [
        [selection.grounds[segment], *told]
        for segment, told in ranked.select("segment_id", "reasons").iter_rows()
    ]
    families = [["mode", *told] for told in ranked["reason_families"].to_list()]
    return RECOMMENDATIONS.check(
        ranked.with_columns(
            reasons=pl.Series(reasons, dtype=pl.List(pl.String)),
            reason_families=pl.Series(families, dtype=pl.List(pl.String)),
        )
    )


def _named_by_plans(gaps: Gaps, city: City) -> tuple[list[str], str]:
    """Return the gaps that plans name most directly, and in what words to call them."""
    part = pl.element().struct
    for told, why in (
        ((part.field("level") == "city") | part.field("place").is_not_null(),
         f"规划为{city.short_name}点名的目标产业"),
        (part.field("scope") != "chain", "在期规划点名的细分领域"),
        (part.field("scope") == "chain", "在期规划点名产业所属的"),
    ):  # fmt: skip
        named = gaps.filter(pl.col("policy_parts").list.eval(told).list.any())
        if named.height:
            return named["segment_id"].to_list(), why
    return [], "在期规划点名的目标产业（没有）"


def _groups(library: ChainLibrary, given: str) -> set[str]:
    """Return the groups called so, by id or name, or all those of a chain."""
    found = first_found(given, lambda wanted: {
        one.id
        for one in library.groups.values()
        if wanted in map(folded_name, (one.id, one.name, one.name_en))
    })  # fmt: skip
    if found:
        return found
    try:
        return {group.id for group in library.find_chain(given).groups}
    except UnknownNameError as error:
        shown = [name for group in library.groups.values() for name in (group.name, group.id)]
        shown += [chain.name for chain in library.chains.values()]
        near = nearest_names(simplified(given), shown)
        raise UnknownNameError("产业或板块", given, near) from error


def _quoted(names: list[str]) -> str:
    shown = "、".join(f"“{name}”" for name in names[:SHOWN])
    return shown + (f"等{len(names)}个" if len(names) > SHOWN else "")
