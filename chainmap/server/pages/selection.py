"""What a reader asks of the target list: filters, weights, length; and the list it gives."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated

import polars as pl
from fastapi import Depends, Query, Request

from chainmap.concepts.access import Scope
from chainmap.concepts.modes import ModeAsked
from chainmap.concepts.records import TargetList
from chainmap.errors import InputError, UnknownNameError
from chainmap.pipeline import load_world
from chainmap.ranking.families import FAMILIES
from chainmap.ranking.narrowing import cut_to
from chainmap.ranking.target_options import LARGEST_WEIGHT, TargetOptions
from chainmap.reports import records
from chainmap.reports.snapshot_making import by_mode
from chainmap.server.kept_lists import home_called
from chainmap.server.pages import facts, modes
from chainmap.server.security import demand
from chainmap.sources.places import City
from chainmap.tables import RECOMMENDATIONS, Recommendations

WEIGHT = "w_"
"""A weight's field in the query is its family's name behind this; whole percent, 100 unchanged."""
MOST_PERCENT = round(100 * LARGEST_WEIGHT)
LENGTHS = (20, 50, 100, 300)
MOST_COMPARED = 4


@dataclass(frozen=True)
class Selection:
    """A reader's choices; empty means not narrowed.

    Attributes:
        chain: Id of a chain.
        segment: Id of the gap's segment.
        kind: Gap kind.
        home: Province or city of the company, as the places' table names it.
        listed: `yes` or `no`.
        title: Public title the company must bear.
        top: Length of the list.
        per_segment: At most this many for one segment; 0 is no limit.
        weights: What each family is multiplied by; empty is 1 for all.
        mode: A mode (招商方式), which selects the gaps itself.
        leader: Id of the leading firm, with mode `leader`.
        industry: A group or chain by name, with mode `industry`; empty is those plans name.
    """

    chain: str = ""
    segment: str = ""
    kind: str = ""
    home: str = ""
    listed: str = ""
    title: str = ""
    top: int = LENGTHS[0]
    per_segment: int = 3
    weights: dict[str, float] = field(default_factory=dict)
    mode: str = ""
    leader: str = ""
    industry: str = ""

    @property
    def by_mode(self) -> ModeAsked | None:
        """The mode as the ranking asks for it; None for all gaps."""
        return modes.chosen_mode(self.mode, self.leader, self.industry)

    @property
    def custom(self) -> bool:
        """Whether the weights are the reader's own."""
        return bool(self.weights)

    def points(self) -> dict[str, int]:
        """Return every family's weight in whole percent, as the sliders show them."""
        return {n: round(100 * weight) for n, weight in self.used().items()}

    def used(self) -> dict[str, float]:
        """Return the weights that count."""
        return self.weights or dict.fromkeys(FAMILIES, 1.0)


def selection(
    request: Request,
    chain: str = "",
    segment: str = "",
    kind: str = "",
    home: str = "",
    listed: str = "",
    title: str = "",
    top: Annotated[int, Query(ge=1, le=500)] = LENGTHS[0],
    per_segment: Annotated[int, Query(ge=0, le=500)] = 3,
    mode: Annotated[str, Query(max_length=20)] = "",
    leader: Annotated[str, Query(max_length=60)] = "",
    industry: Annotated[str, Query(max_length=60)] = "",
) -> Selection:
    """Return what a request asks for; a mode chooses its segments itself.

    Raises:
        InputError: A weight is no number from 0 to 300, or all are 0; there is no such mode.
        Refusal: The reader may not weigh by weights of their own.
        UnknownNameError: Chain or segment is unknown.
    """
    weights = _weights(request)
    if weights:
        demand(request, Scope.COMPUTE)
    library = load_world().library
    wanted = library.find_segment(segment) if segment and not mode else None
    asked = library.find_chain(chain) if chain else None
    if wanted is not None:
        asked = library.chain_of(wanted.id)
    return Selection(
        chain=asked.id if asked else "",
        segment=wanted.id if wanted else "",
        kind=kind,
        home=_home(home.strip()),
        listed=listed,
        title=title,
        top=top,
        per_segment=per_segment,
        weights=weights,
        mode=mode,
        leader=_leader(request, mode, leader.strip(), asked.id if asked else ""),
        industry=industry.strip() if mode == "industry" else "",
    )


def _home(given: str) -> str:
    """Return a place as the table names it (浙江省 is 浙江); as given where there is none."""
    if not given:
        return ""
    try:
        return home_called(given)
    except UnknownNameError:
        return given


def _leader(request: Request, mode: str, given: str, chain_id: str) -> str:
    """Return the leading firm asked for, else the city's first of the chain, else of all.

    None without its mode, or where the city has no leading firm.
    """
    if mode != "leader":
        return ""
    code = facts.city(request.path_params["code"]).code
    found = modes.leaders(code, chain_id) or modes.leaders(code, "")
    return given or (found[0].company_id if found else "")


Asked = Annotated[Selection, Depends(selection)]


def chosen_targets(city: City, asked: Selection) -> TargetList:
    """Return the city's targets as asked: filters first, then the limit per segment and length."""
    world = load_world()
    chain = world.library.chains[asked.chain] if asked.chain else None
    options = TargetOptions(
        top=asked.top,
        per_segment=0 if asked.segment else asked.per_segment,
        weights=asked.used(),
    )
    found = records.target_list(
        world, city, _rows(city, asked, options), (facts.options(), options), chain
    )
    mode = asked.by_mode
    if mode is None:
        return found
    return by_mode(found, modes.by_mode(*_of_mode(city, asked, mode), options)[1])


def _of_mode(
    city: City, asked: Selection, mode: ModeAsked
) -> tuple[str, str | None, ModeAsked, facts.Weights]:
    return city.code, asked.chain or None, mode, tuple(sorted(asked.used().items()))


def standing(city: City, companies: list[str], asked: Selection) -> TargetList:
    """Return companies as they stand in the whole list of a city, or of its chain; no limits."""
    world = load_world()
    chain = world.library.chains[asked.chain] if asked.chain else None
    rows = facts.ranked(city.code, asked.chain or None, tuple(sorted(asked.used().items())))
    chosen = RECOMMENDATIONS.check(rows.filter(pl.col("company_id").is_in(companies)))
    options = TargetOptions(top=max(rows.height, 1), per_segment=0, weights=asked.used())
    return records.target_list(world, city, chosen, (facts.options(), options), chain)


def _rows(city: City, asked: Selection, options: TargetOptions) -> Recommendations:
    world, weights = load_world(), tuple(sorted(asked.used().items()))
    conditions, mode = _conditions(asked), asked.by_mode
    if mode is not None:
        whole = TargetOptions(top=world.companies.height, per_segment=0)
        wanted = whole if conditions else options
        rows, _ = modes.by_mode(*_of_mode(city, asked, mode), wanted)
        if not conditions:
            return rows
    elif not conditions:
        return facts.listed(
            city.code, asked.chain or None, weights, options.top, options.per_segment
        )
    else:
        rows = facts.ranked(city.code, asked.chain or None, weights)
    names = world.cities.select("city_code", "city", "short_name", "province")
    about = world.companies.select("company_id", "city_code", "stock_code", "kinds").join(
        names, on="city_code", how="left"
    )
    kept = rows.join(about, on="company_id", how="left", maintain_order="left").filter(*conditions)
    return RECOMMENDATIONS.check(cut_to(kept, options))


def homes(city: City, asked: Selection) -> list[str]:
    """Return the provinces the city's candidates come from, most first."""
    world = load_world()
    rows = facts.ranked(city.code, asked.chain or None, tuple(sorted(asked.used().items())))
    provinces = (
        rows.join(world.companies.select("company_id", "city_code"), on="company_id")
        .join(world.cities.select("city_code", "province"), on="city_code")
        .group_by("province")
        .len()
        .sort(["len", "province"], descending=[True, False])
    )
    return provinces["province"].to_list()


def _conditions(asked: Selection) -> list[pl.Expr]:
    found = []
    if asked.segment:
        found.append(pl.col("segment_id") == asked.segment)
    if asked.kind:
        found.append(pl.col("gap_kind") == asked.kind)
    if asked.home:
        found.append(pl.any_horizontal(pl.col("province", "city", "short_name") == asked.home))
    if asked.listed in ("yes", "no"):
        found.append(pl.col("stock_code").is_not_null() == (asked.listed == "yes"))
    if asked.title:
        found.append(pl.col("kinds").list.contains(asked.title))
    return found


def _weights(request: Request) -> dict[str, float]:
    """Return the reader's own weights; empty where all are 1."""
    points = dict.fromkeys(FAMILIES, 100)
    for name in FAMILIES:
        text = request.query_params.get(WEIGHT + name, "100")
        if not text.isdecimal() or int(text) > MOST_PERCENT:
            raise InputError(
                f"权重“{text}”应为 0 到 {MOST_PERCENT} 的整数。", todo="请用滑块调节。"
            )
        points[name] = int(text)
    if not any(points.values()):
        raise InputError("权重不能全为 0。", todo="请至少保留一项。")
    if set(points.values()) == {100}:
        return {}
    return {name: value / 100 for name, value in points.items()}
