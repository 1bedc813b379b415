"""The tables that cross a step: checked once where they are made, trusted afterwards.

Each is a `NewType` over `polars.DataFrame`; only `X.check(frame)` makes one, so an
unchecked frame cannot reach the next step and mypy says so. Columns come back in the
declared order; rows in the given order.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, NewType, TypeVar

import dataframely as dy
import polars as pl

from chainmap.concepts.identifiers import (
    CITY_CODE_PATTERN,
    COMPANY_ID_PATTERN,
    SEGMENT_ID_PATTERN,
    STOCK_CODE_PATTERN,
)
from chainmap.errors import TableError

Cities = NewType("Cities", pl.DataFrame)
Companies = NewType("Companies", pl.DataFrame)
Placements = NewType("Placements", pl.DataFrame)
PresenceCounts = NewType("PresenceCounts", pl.DataFrame)
Presence = NewType("Presence", pl.DataFrame)
Gaps = NewType("Gaps", pl.DataFrame)
Candidates = NewType("Candidates", pl.DataFrame)
Recommendations = NewType("Recommendations", pl.DataFrame)

T = TypeVar("T")
_ROLES = r"^(make|rd|serve|trade)$"
_KINDS = r"^(build|fill|strengthen|extend)$"
_STATES = r"^(strong|present|weak|absent|unknown)$"
_GAP_STATES = r"^(strong|present|weak|absent)$"
_SCOPES = r"^(segment|group|chain)$"


class Checked(Generic[T]):
    """The door of one table: `check` lets a frame in or says why not."""

    def __init__(self, name: str, schema: type[dy.Schema], make: Callable[[pl.DataFrame], T]):
        self.name = name
        self.schema = schema
        self._make = make

    def check(self, frame: pl.DataFrame) -> T:
        """Return `frame` as this table: declared columns only, in declared order.

        Raises:
            TableError: Columns are missing, types differ, keys repeat, or values are out of range.
        """
        try:
            columns = list(self.schema.columns())
            return self._make(self.schema.validate(frame.select(columns)))
        except pl.exceptions.ColumnNotFoundError as error:
            missing = sorted(set(self.schema.columns()) - set(frame.columns))
            raise TableError(f"表 {self.name} 缺少列：{'、'.join(missing)}。") from error
        except (dy.exc.ValidationError, dy.exc.SchemaError) as error:
            raise TableError(f"表 {self.name} 不合格：{error}") from error


class CitySchema(dy.Schema):
    """Prefecture-level places (地级行政区), one row each."""

    city_code = dy.String(primary_key=True, regex=CITY_CODE_PATTERN)
    city = dy.String()
    short_name = dy.String()
    name_en = dy.String()
    pinyin = dy.String()
    province_code = dy.String(regex=r"^\d{6}$")
    province = dy.String()
    level = dy.String()
    lon = dy.Float64(min=73.0, max=136.0)
    lat = dy.Float64(min=3.0, max=54.0)
    aliases = dy.List(dy.String())


class CompanySchema(dy.Schema):
    """Companies of the roster, one row each; years are calendar years."""

    company_id = dy.String(primary_key=True, regex=COMPANY_ID_PATTERN)
    full_name = dy.String()
    short_name = dy.String()
    stock_code = dy.String(nullable=True, regex=STOCK_CODE_PATTERN)
    city_code = dy.String(regex=CITY_CODE_PATTERN)
    founded_year = dy.Int64(nullable=True, min=1800, max=2100)
    listed_year = dy.Int64(nullable=True, min=1984, max=2100)
    products = dy.List(dy.String())
    kinds = dy.List(dy.String())
    source = dy.String()
    parent_id = dy.String(nullable=True, regex=COMPANY_ID_PATTERN)
    group_id = dy.String(regex=COMPANY_ID_PATTERN)
    note = dy.String()


class PlacementSchema(dy.Schema):
    """Company × segment × role (环节归位); `rank` 0 is the company's main segment."""

    company_id = dy.String(primary_key=True)
    segment_id = dy.String(primary_key=True, regex=SEGMENT_ID_PATTERN)
    role = dy.String(regex=_ROLES)
    rank = dy.Int64(min=0)
    confidence = dy.Float64(min=0.0, max=1.0)
    evidence = dy.String()


class PresenceCountSchema(dy.Schema):
    """City × segment, only where there are any: what counts as presence, mergeable by adding.

    `capital_10k_cny` is the registered capital behind the counted companies (万元), null where
    none of them states any.
    """

    city_code = dy.String(primary_key=True, regex=CITY_CODE_PATTERN)
    segment_id = dy.String(primary_key=True, regex=SEGMENT_ID_PATTERN)
    n_companies = dy.Int64(min=0)
    n_leaders = dy.Int64(min=0)
    capital_10k_cny = dy.Float64(nullable=True, min=0.0)


class PresenceSchema(dy.Schema):
    """City × segment, every combination: what was counted, expected, and concluded, how surely.

    `theta` is the posterior mean of the location quotient (区位商), `theta_low` to `theta_high` 90%
    of the posterior; `theta_addhalf` the plain estimate (x+½)/(E+½). `theta_province` is the level
    of the rest of the province drawn to 1, the prior mean; `shape` says how alike cities are in the
    segment. `coverage` is the share of makers the data is taken to see, `p_unseen` the chance of
    at least one it does not show, and `makers_low` to `makers_high` the 90% interval of makers
    complete data would show. Those not shown are negative binomial with `hidden_mean` and
    `hidden_shape`; `odds_doubt` is the part of their relative variance that all segments of a
    chain in a city share, that of the odds of being hidden. Methods 8.1, docs/decisions/0012.
    """

    city_code = dy.String(primary_key=True)
    segment_id = dy.String(primary_key=True)
    n_companies = dy.Int64(min=0)
    n_leaders = dy.Int64(min=0)
    expected = dy.Float64(min=0.0)
    theta = dy.Float64(min=0.0)
    theta_province = dy.Float64(min=0.0)
    theta_sd = dy.Float64(min=0.0)
    theta_low = dy.Float64(min=0.0)
    theta_high = dy.Float64(min=0.0)
    theta_addhalf = dy.Float64(min=0.0)
    shape = dy.Float64(min=0.0)
    p_above_one = dy.Float64(min=0.0, max=1.0)
    expected_shortfall = dy.Float64(min=0.0, max=1.0)
    capital_10k_cny = dy.Float64(nullable=True, min=0.0)
    capital_quotient = dy.Float64(nullable=True, min=0.0)
    coverage = dy.Float64(min=0.0, max=1.0)
    p_unseen = dy.Float64(min=0.0, max=1.0)
    hidden_mean = dy.Float64(min=0.0)
    hidden_shape = dy.Float64(min=0.0)
    odds_doubt = dy.Float64(min=0.0)
    makers_low = dy.Int64(min=0)
    makers_high = dy.Int64(min=0)
    state = dy.String(regex=_STATES)


class GapSchema(dy.Schema):
    """One city's gaps (产业链缺口), best first; shares run 0..1."""

    city_code = dy.String()
    segment_id = dy.String(primary_key=True, regex=SEGMENT_ID_PATTERN)
    chain_id = dy.String()
    rank = dy.Int64(min=1)
    rank_low = dy.Int64(min=1)
    rank_high = dy.Int64(min=1)
    kind = dy.String(regex=_KINDS)
    state = dy.String(regex=_GAP_STATES)
    gap_score = dy.Float64(min=0.0)
    need = dy.Float64(min=0.0, max=1.0)
    feasibility = dy.Float64(min=0.0, max=1.0)
    chance = dy.Float64(min=0.0, max=1.0)
    chance_low = dy.Float64(min=0.0, max=1.0)
    chance_high = dy.Float64(min=0.0, max=1.0)
    base_rate = dy.Float64(min=0.0, max=1.0)
    shortfall = dy.Float64(min=0.0, max=1.0)
    expected_shortfall = dy.Float64(min=0.0, max=1.0)
    criticality = dy.Float64(min=0.0, max=1.0)
    betweenness = dy.Float64(min=0.0)
    forward_linkage = dy.Float64(min=0.0)
    backward_linkage = dy.Float64(min=0.0)
    choke_index = dy.Float64(min=0.0, max=1.0)
    dominated_downstream = dy.Float64(min=0.0, max=1.0)
    dependence = dy.Float64(min=0.0, max=1.0)
    dependence_city = dy.Float64(min=0.0, max=1.0)
    dependence_province = dy.Float64(min=0.0, max=1.0)
    dependence_nearby = dy.Float64(min=0.0, max=1.0)
    local_demand = dy.Float64(min=0.0)
    density = dy.Float64(min=0.0, max=1.0)
    density_percentile = dy.Float64(min=0.0, max=1.0)
    policy_weight = dy.Float64(min=0.0, max=1.0)
    policy_scope = dy.String(nullable=True, regex=_SCOPES)
    policy_parts = dy.List(
        dy.Struct(
            {
                "passage": dy.String(),
                "document": dy.String(),
                "place": dy.String(nullable=True),
                "scope": dy.String(regex=_SCOPES),
                "level": dy.String(),
                "verb": dy.String(nullable=True),
                "scope_strength": dy.Float64(min=0.0, max=1.0),
                "level_strength": dy.Float64(min=0.0, max=1.0),
                "wording": dy.Float64(min=0.0, max=1.0),
                "age_years": dy.Float64(nullable=True, min=0.0),
                "age_factor": dy.Float64(min=0.0, max=1.0),
                "contribution": dy.Float64(min=0.0, max=1.0),
            }
        )
    )
    engagement = dy.Float64(min=0.0, max=1.0)
    n_companies = dy.Int64(min=0)
    n_leaders = dy.Int64(min=0)
    expected = dy.Float64(min=0.0)
    expected_leaders = dy.Float64(min=0.0)
    capital_10k_cny = dy.Float64(nullable=True, min=0.0)
    theta = dy.Float64(min=0.0)
    theta_sd = dy.Float64(min=0.0)
    theta_low = dy.Float64(min=0.0)
    theta_high = dy.Float64(min=0.0)
    p_above_one = dy.Float64(min=0.0, max=1.0)
    p_unseen = dy.Float64(min=0.0, max=1.0)
    local_users = dy.List(dy.String())
    local_suppliers = dy.List(dy.String())
    n_users = dy.Int64(min=0)
    n_suppliers = dy.Int64(min=0)
    citations = dy.List(dy.String())


class CandidateSchema(dy.Schema):
    """Company × gap segment for one city: raw facts only, no coefficient has touched them.

    `made_segment_id` is the segment the company (or `maker_id`, a firm of its group) is in today:
    the gap's own (`basis` direct) or a direct neighbour of it in the chain (neighbour), where
    `n_makers` firms of the roster stand in it and `n_both` of them in the gap's segment as well.
    `features` are the raw pair features of the target model; `unstated` names facts the roster
    does not hold. `gap_spread` is the standard deviation of ln `gap_score`. `wanted_met` are kinds
    of target the catalogue's item asks for and the company is; the three counts are binding terms
    of that item. `veto` is null or the rule that keeps the company out.
    """

    company_id = dy.String(primary_key=True)
    segment_id = dy.String(primary_key=True)
    chain_id = dy.String()
    made_segment_id = dy.String()
    maker_id = dy.String()
    basis = dy.String(regex=r"^(direct|neighbour)$")
    role = dy.String(regex=_ROLES)
    rank_made = dy.Int64(min=0)
    confidence = dy.Float64(min=0.0, max=1.0)
    n_makers = dy.Int64(min=0)
    n_both = dy.Int64(min=0)
    features = dy.List(dy.Struct({"name": dy.String(), "value": dy.Float64()}))
    unstated = dy.List(dy.String())
    distance_km = dy.Float64(min=0.0)
    gap_kind = dy.String(regex=_KINDS)
    gap_score = dy.Float64(min=0.0)
    gap_spread = dy.Float64(min=0.0)
    policy_weight = dy.Float64(min=0.0, max=1.0)
    catalogue_item = dy.String(nullable=True)
    wanted_met = dy.List(dy.String())
    terms_met = dy.Int64(min=0)
    terms_failed = dy.Int64(min=0)
    terms_unknown = dy.Int64(min=0)
    veto = dy.String(nullable=True, regex=r"^(already_there|terms_failed|struck_off)$")


class RecommendationSchema(dy.Schema):
    """A ranked target list (招商目标清单): one row a company, rank 1 first.

    `parts` are the families of `ranking.families` in their order, each against the city's median
    candidate, in natural logarithms; they add up to `score`. `rank_low` to `rank_high` is the 90%
    interval of the rank. `chance` is that of a site of the firm in this city that makes the
    segment, `usual_chance` the mean over the candidate companies of its chain. `evidence` marks
    each family.
    """

    rank = dy.Int64(primary_key=True, min=1)
    rank_low = dy.Int64(min=1)
    rank_high = dy.Int64(min=1)
    company_id = dy.String()
    segment_id = dy.String()
    made_segment_id = dy.String()
    role = dy.String(regex=_ROLES)
    gap_kind = dy.String(regex=_KINDS)
    score = dy.Float64()
    parts = dy.List(dy.Float64())
    chance = dy.Float64(min=0.0, max=1.0)
    usual_chance = dy.Float64(min=0.0, max=1.0)
    makes = dy.Float64(min=0.0, max=1.0)
    expands = dy.Float64(min=0.0, max=1.0)
    goes_there = dy.Float64(min=0.0, max=1.0)
    distance_km = dy.Float64(min=0.0)
    catalogue_item = dy.String(nullable=True)
    wanted_met = dy.List(dy.String())
    terms_met = dy.Int64(min=0)
    terms_unknown = dy.Int64(min=0)
    reasons = dy.List(dy.String())
    reason_families = dy.List(dy.String())
    counter_evidence = dy.List(dy.String())
    evidence = dy.List(dy.String())
    citations = dy.List(dy.String())


CITIES = Checked("城市", CitySchema, Cities)
COMPANIES = Checked("企业", CompanySchema, Companies)
PLACEMENTS = Checked("归位", PlacementSchema, Placements)
PRESENCE_COUNTS = Checked("分布计数", PresenceCountSchema, PresenceCounts)
PRESENCE = Checked("分布", PresenceSchema, Presence)
GAPS = Checked("缺口", GapSchema, Gaps)
CANDIDATES = Checked("候选", CandidateSchema, Candidates)
RECOMMENDATIONS = Checked("推荐", RecommendationSchema, Recommendations)
