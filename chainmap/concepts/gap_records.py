"""Gaps as they leave the house: one city's list of them, and what each rests on.

As in `concepts.records`, field names are a contract and descriptions are what a consumer reads.
"""

from __future__ import annotations

from pydantic import Field

from chainmap.concepts.records import Basis, CitationRecord, PolicyPart, Record


class AffectedFirm(Record):
    """A local firm in a segment that uses the gap's segment, or supplies it."""

    company_id: str
    short_name: str
    in_segment_id: str
    in_segment: str
    gains: str = Field(description="supplier or customer: which a closed gap would be to it")


class HoldingCity(Record):
    """A city that has the segment."""

    city_code: str
    city: str
    n_companies: int
    state: str
    distance_km: float


class GapRecord(Record):
    """One gap (产业链缺口) of a city. Shares run 0..1."""

    rank: int
    rank_low: int = Field(description="Lower end of the rank's 90% interval")
    rank_high: int = Field(description="Upper end of the rank's 90% interval")
    segment_id: str
    segment: str
    chain_id: str
    chain: str
    stage: str
    kind: str = Field(description="build, fill, strengthen or extend")
    kind_zh: str
    state: str = Field(description="strong, present, weak or absent: what the data shows")
    state_zh: str
    gap_score: float
    formula: str = Field(description="The score with its inputs, in words and numbers")
    reason: str = Field(description="Why it is a gap, in a sentence or two")
    need: float
    feasibility: float = Field(
        description="Calibrated chance of a new maker within five years; of one that leads where "
        "only a leader is missing"
    )
    chance_low: float = Field(description="Lower end of the chance's 90% interval")
    chance_high: float
    base_rate: float = Field(description="Usual chance over all places and segments")
    shortfall: float = Field(description="E[(1−θ)⁺]; at least a floor where a leader is lacking")
    expected_shortfall: float
    criticality: float
    betweenness: float
    forward_linkage: float
    backward_linkage: float
    choke_index: float
    dominated_downstream: float
    dependence: float = Field(description="Outside dependence at the widest level")
    dependence_city: float
    dependence_province: float
    dependence_nearby: float
    local_demand: float
    density: float = Field(description="Relatedness density (关联密度)")
    density_percentile: float = Field(description="Its percentile within the city")
    policy_weight: float
    policy_scope: str | None
    policy_parts: list[PolicyPart] = Field(description="Counted passages, strongest first")
    engagement: float = Field(description="The city's engagement in the chain")
    n_companies: int = Field(description="Companies of the roster in the city")
    n_leaders: int = Field(description="Leaders among them: listed, 央企, 链主 and the like")
    expected: float = Field(description="Companies to be expected from the city's size")
    expected_leaders: float = Field(description="Leaders to be expected among as many makers")
    location_quotient: float | None = Field(
        description="n/expected (区位商); null where nothing is expected"
    )
    theta: float = Field(description="Posterior mean of the location quotient")
    theta_low: float = Field(description="Lower end of its 90% interval")
    theta_high: float
    p_above_one: float = Field(description="Probability that the location quotient is above 1")
    p_unseen: float = Field(description="Probability of a local maker that the data does not show")
    capital_10k_cny: float | None = Field(description="Registered capital behind it, 万元")
    local_users: list[str] = Field(description="User segments present in the city")
    local_suppliers: list[str] = Field(description="Supplier segments present in the city")
    n_users: int
    n_suppliers: int
    n_affected: int = Field(description="Local firms in segments that use it or supply it")
    affected: list[AffectedFirm] = Field(description="The first of them, leaders first")
    nearest: list[HoldingCity] = Field(description="Nearest cities that have the segment")
    n_peers_with: int = Field(description="Peers that have the segment")
    changes: list[str] = Field(description="What would change the kind, in words")
    citations: list[CitationRecord]


class ChainCompleteness(Record):
    """How much of a chain the city has (产业链完整度), weighted by criticality."""

    chain_id: str
    chain: str
    n_segments: int
    n_present: int
    seen: float = Field(description="Share that the data shows")
    completeness: float = Field(description="With makers the data may not show")
    completeness_low: float
    completeness_high: float
    percentile: float | None = Field(description="Share of peers below the city")
    engagement: float


class UnjudgedSegment(Record):
    """A segment of which the data says too little (数据不足)."""

    segment_id: str
    segment: str
    chain_id: str
    p_unseen: float
    expected: float


class PeerRecord(Record):
    """The cities the city is compared with."""

    scheme: str = Field(description="province, size, similar or codes")
    scheme_zh: str
    cities: list[str]
    city_codes: list[str]


class GapList(Record):
    """A city's gaps, best first."""

    basis: Basis
    weights: dict[str, float] = Field(description="Exponents and weights of the score")
    n_gaps: int = Field(description="Gaps in all; the list may be shorter")
    peers: PeerRecord | None = Field(description="Null where the city has no peers of the kind")
    similar: list[str] = Field(description="Cities whose industry is most alike, nearest first")
    completeness: list[ChainCompleteness]
    not_enough_data: list[UnjudgedSegment]
    gaps: list[GapRecord]
