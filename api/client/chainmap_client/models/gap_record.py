from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define

if TYPE_CHECKING:
    from ..models.affected_firm import AffectedFirm
    from ..models.citation_record import CitationRecord
    from ..models.holding_city import HoldingCity
    from ..models.policy_part import PolicyPart


T = TypeVar("T", bound="GapRecord")


@_attrs_define
class GapRecord:
    """One gap (产业链缺口) of a city. Shares run 0..1.

    Attributes:
        affected (list[AffectedFirm]): The first of them, leaders first
        backward_linkage (float):
        base_rate (float): Usual chance over all places and segments
        betweenness (float):
        capital_10k_cny (float | None): Registered capital behind it, 万元
        chain (str):
        chain_id (str):
        chance_high (float):
        chance_low (float): Lower end of the chance's 90% interval
        changes (list[str]): What would change the kind, in words
        choke_index (float):
        citations (list[CitationRecord]):
        criticality (float):
        density (float): Relatedness density (关联密度)
        density_percentile (float): Its percentile within the city
        dependence (float): Outside dependence at the widest level
        dependence_city (float):
        dependence_nearby (float):
        dependence_province (float):
        dominated_downstream (float):
        engagement (float): The city's engagement in the chain
        expected (float): Companies to be expected from the city's size
        expected_leaders (float): Leaders to be expected among as many makers
        expected_shortfall (float):
        feasibility (float): Calibrated chance of a new maker within five years; of one that leads where only a leader
            is missing
        formula (str): The score with its inputs, in words and numbers
        forward_linkage (float):
        gap_score (float):
        kind (str): build, fill, strengthen or extend
        kind_zh (str):
        local_demand (float):
        local_suppliers (list[str]): Supplier segments present in the city
        local_users (list[str]): User segments present in the city
        location_quotient (float | None): n/expected (区位商); null where nothing is expected
        n_affected (int): Local firms in segments that use it or supply it
        n_companies (int): Companies of the roster in the city
        n_leaders (int): Leaders among them: listed, 央企, 链主 and the like
        n_peers_with (int): Peers that have the segment
        n_suppliers (int):
        n_users (int):
        nearest (list[HoldingCity]): Nearest cities that have the segment
        need (float):
        p_above_one (float): Probability that the location quotient is above 1
        p_unseen (float): Probability of a local maker that the data does not show
        policy_parts (list[PolicyPart]): Counted passages, strongest first
        policy_scope (None | str):
        policy_weight (float):
        rank (int):
        rank_high (int): Upper end of the rank's 90% interval
        rank_low (int): Lower end of the rank's 90% interval
        reason (str): Why it is a gap, in a sentence or two
        segment (str):
        segment_id (str):
        shortfall (float): E[(1−θ)⁺]; at least a floor where a leader is lacking
        stage (str):
        state (str): strong, present, weak or absent: what the data shows
        state_zh (str):
        theta (float): Posterior mean of the location quotient
        theta_high (float):
        theta_low (float): Lower end of its 90% interval
    """

    affected: list[AffectedFirm]
    backward_linkage: float
    base_rate: float
    betweenness: float
    capital_10k_cny: float | None
    chain: str
    chain_id: str
    chance_high: float
    chance_low: float
    changes: list[str]
    choke_index: float
    citations: list[CitationRecord]
    criticality: float
    density: float
    density_percentile: float
    dependence: float
    dependence_city: float
    dependence_nearby: float
    dependence_province: float
    dominated_downstream: float
    engagement: float
    expected: float
    expected_leaders: float
    expected_shortfall: float
    feasibility: float
    formula: str
    forward_linkage: float
    gap_score: float
    kind: str
    kind_zh: str
    local_demand: float
    local_suppliers: list[str]
    local_users: list[str]
    location_quotient: float | None
    n_affected: int
    n_companies: int
    n_leaders: int
    n_peers_with: int
    n_suppliers: int
    n_users: int
    nearest: list[HoldingCity]
    need: float
    p_above_one: float
    p_unseen: float
    policy_parts: list[PolicyPart]
    policy_scope: None | str
    policy_weight: float
    rank: int
    rank_high: int
    rank_low: int
    reason: str
    segment: str
    segment_id: str
    shortfall: float
    stage: str
    state: str
    state_zh: str
    theta: float
    theta_high: float
    theta_low: float

    def to_dict(self) -> dict[str, Any]:
        affected = []
        for affected_item_data in self.affected:
            affected_item = affected_item_data.to_dict()
            affected.append(affected_item)

        backward_linkage = self.backward_linkage

        base_rate = self.base_rate

        betweenness = self.betweenness

        capital_10k_cny: float | None
        capital_10k_cny = self.capital_10k_cny

        chain = self.chain

        chain_id = self.chain_id

        chance_high = self.chance_high

        chance_low = self.chance_low

        changes = self.changes

        choke_index = self.choke_index

        citations = []
        for citations_item_data in self.citations:
            citations_item = citations_item_data.to_dict()
            citations.append(citations_item)

        criticality = self.criticality

        density = self.density

        density_percentile = self.density_percentile

        dependence = self.dependence

        dependence_city = self.dependence_city

        dependence_nearby = self.dependence_nearby

        dependence_province = self.dependence_province

        dominated_downstream = self.dominated_downstream

        engagement = self.engagement

        expected = self.expected

        expected_leaders = self.expected_leaders

        expected_shortfall = self.expected_shortfall

        feasibility = self.feasibility

        formula = self.formula

        forward_linkage = self.forward_linkage

        gap_score = self.gap_score

        kind = self.kind

        kind_zh = self.kind_zh

        local_demand = self.local_demand

        local_suppliers = self.local_suppliers

        local_users = self.local_users

        location_quotient: float | None
        location_quotient = self.location_quotient

        n_affected = self.n_affected

        n_companies = self.n_companies

        n_leaders = self.n_leaders

        n_peers_with = self.n_peers_with

        n_suppliers = self.n_suppliers

        n_users = self.n_users

        nearest = []
        for nearest_item_data in self.nearest:
            nearest_item = nearest_item_data.to_dict()
            nearest.append(nearest_item)

        need = self.need

        p_above_one = self.p_above_one

        p_unseen = self.p_unseen

        policy_parts = []
        for policy_parts_item_data in self.policy_parts:
            policy_parts_item = policy_parts_item_data.to_dict()
            policy_parts.append(policy_parts_item)

        policy_scope: None | str
        policy_scope = self.policy_scope

        policy_weight = self.policy_weight

        rank = self.rank

        rank_high = self.rank_high

        rank_low = self.rank_low

        reason = self.reason

        segment = self.segment

        segment_id = self.segment_id

        shortfall = self.shortfall

        stage = self.stage

        state = self.state

        state_zh = self.state_zh

        theta = self.theta

        theta_high = self.theta_high

        theta_low = self.theta_low

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "affected": affected,
                "backward_linkage": backward_linkage,
                "base_rate": base_rate,
                "betweenness": betweenness,
                "capital_10k_cny": capital_10k_cny,
                "chain": chain,
                "chain_id": chain_id,
                "chance_high": chance_high,
                "chance_low": chance_low,
                "changes": changes,
                "choke_index": choke_index,
                "citations": citations,
                "criticality": criticality,
                "density": density,
                "density_percentile": density_percentile,
                "dependence": dependence,
                "dependence_city": dependence_city,
                "dependence_nearby": dependence_nearby,
                "dependence_province": dependence_province,
                "dominated_downstream": dominated_downstream,
                "engagement": engagement,
                "expected": expected,
                "expected_leaders": expected_leaders,
                "expected_shortfall": expected_shortfall,
                "feasibility": feasibility,
                "formula": formula,
                "forward_linkage": forward_linkage,
                "gap_score": gap_score,
                "kind": kind,
                "kind_zh": kind_zh,
                "local_demand": local_demand,
                "local_suppliers": local_suppliers,
                "local_users": local_users,
                "location_quotient": location_quotient,
                "n_affected": n_affected,
                "n_companies": n_companies,
                "n_leaders": n_leaders,
                "n_peers_with": n_peers_with,
                "n_suppliers": n_suppliers,
                "n_users": n_users,
                "nearest": nearest,
                "need": need,
                "p_above_one": p_above_one,
                "p_unseen": p_unseen,
                "policy_parts": policy_parts,
                "policy_scope": policy_scope,
                "policy_weight": policy_weight,
                "rank": rank,
                "rank_high": rank_high,
                "rank_low": rank_low,
                "reason": reason,
                "segment": segment,
                "segment_id": segment_id,
                "shortfall": shortfall,
                "stage": stage,
                "state": state,
                "state_zh": state_zh,
                "theta": theta,
                "theta_high": theta_high,
                "theta_low": theta_low,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.affected_firm import AffectedFirm  # noqa: PLC0415
        from ..models.citation_record import CitationRecord  # noqa: PLC0415
        from ..models.holding_city import HoldingCity  # noqa: PLC0415
        from ..models.policy_part import PolicyPart  # noqa: PLC0415

        d = dict(src_dict)
        affected = []
        _affected = d.pop("affected")
        for affected_item_data in _affected:
            affected_item = AffectedFirm.from_dict(affected_item_data)

            affected.append(affected_item)

        backward_linkage = d.pop("backward_linkage")

        base_rate = d.pop("base_rate")

        betweenness = d.pop("betweenness")

        def _parse_capital_10k_cny(data: object) -> float | None:
            if data is None:
                return data
            return cast(float | None, data)

        capital_10k_cny = _parse_capital_10k_cny(d.pop("capital_10k_cny"))

        chain = d.pop("chain")

        chain_id = d.pop("chain_id")

        chance_high = d.pop("chance_high")

        chance_low = d.pop("chance_low")

        changes = cast(list[str], d.pop("changes"))

        choke_index = d.pop("choke_index")

        citations = []
        _citations = d.pop("citations")
        for citations_item_data in _citations:
            citations_item = CitationRecord.from_dict(citations_item_data)

            citations.append(citations_item)

        criticality = d.pop("criticality")

        density = d.pop("density")

        density_percentile = d.pop("density_percentile")

        dependence = d.pop("dependence")

        dependence_city = d.pop("dependence_city")

        dependence_nearby = d.pop("dependence_nearby")

        dependence_province = d.pop("dependence_province")

        dominated_downstream = d.pop("dominated_downstream")

        engagement = d.pop("engagement")

        expected = d.pop("expected")

        expected_leaders = d.pop("expected_leaders")

        expected_shortfall = d.pop("expected_shortfall")

        feasibility = d.pop("feasibility")

        formula = d.pop("formula")

        forward_linkage = d.pop("forward_linkage")

        gap_score = d.pop("gap_score")

        kind = d.pop("kind")

        kind_zh = d.pop("kind_zh")

        local_demand = d.pop("local_demand")

        local_suppliers = cast(list[str], d.pop("local_suppliers"))

        local_users = cast(list[str], d.pop("local_users"))

        def _parse_location_quotient(data: object) -> float | None:
            if data is None:
                return data
            return cast(float | None, data)

        location_quotient = _parse_location_quotient(d.pop("location_quotient"))

        n_affected = d.pop("n_affected")

        n_companies = d.pop("n_companies")

        n_leaders = d.pop("n_leaders")

        n_peers_with = d.pop("n_peers_with")

        n_suppliers = d.pop("n_suppliers")

        n_users = d.pop("n_users")

        nearest = []
        _nearest = d.pop("nearest")
        for nearest_item_data in _nearest:
            nearest_item = HoldingCity.from_dict(nearest_item_data)

            nearest.append(nearest_item)

        need = d.pop("need")

        p_above_one = d.pop("p_above_one")

        p_unseen = d.pop("p_unseen")

        policy_parts = []
        _policy_parts = d.pop("policy_parts")
        for policy_parts_item_data in _policy_parts:
            policy_parts_item = PolicyPart.from_dict(policy_parts_item_data)

            policy_parts.append(policy_parts_item)

        def _parse_policy_scope(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        policy_scope = _parse_policy_scope(d.pop("policy_scope"))

        policy_weight = d.pop("policy_weight")

        rank = d.pop("rank")

        rank_high = d.pop("rank_high")

        rank_low = d.pop("rank_low")

        reason = d.pop("reason")

        segment = d.pop("segment")

        segment_id = d.pop("segment_id")

        shortfall = d.pop("shortfall")

        stage = d.pop("stage")

        state = d.pop("state")

        state_zh = d.pop("state_zh")

        theta = d.pop("theta")

        theta_high = d.pop("theta_high")

        theta_low = d.pop("theta_low")

        gap_record = cls(
            affected=affected,
            backward_linkage=backward_linkage,
            base_rate=base_rate,
            betweenness=betweenness,
            capital_10k_cny=capital_10k_cny,
            chain=chain,
            chain_id=chain_id,
            chance_high=chance_high,
            chance_low=chance_low,
            changes=changes,
            choke_index=choke_index,
            citations=citations,
            criticality=criticality,
            density=density,
            density_percentile=density_percentile,
            dependence=dependence,
            dependence_city=dependence_city,
            dependence_nearby=dependence_nearby,
            dependence_province=dependence_province,
            dominated_downstream=dominated_downstream,
            engagement=engagement,
            expected=expected,
            expected_leaders=expected_leaders,
            expected_shortfall=expected_shortfall,
            feasibility=feasibility,
            formula=formula,
            forward_linkage=forward_linkage,
            gap_score=gap_score,
            kind=kind,
            kind_zh=kind_zh,
            local_demand=local_demand,
            local_suppliers=local_suppliers,
            local_users=local_users,
            location_quotient=location_quotient,
            n_affected=n_affected,
            n_companies=n_companies,
            n_leaders=n_leaders,
            n_peers_with=n_peers_with,
            n_suppliers=n_suppliers,
            n_users=n_users,
            nearest=nearest,
            need=need,
            p_above_one=p_above_one,
            p_unseen=p_unseen,
            policy_parts=policy_parts,
            policy_scope=policy_scope,
            policy_weight=policy_weight,
            rank=rank,
            rank_high=rank_high,
            rank_low=rank_low,
            reason=reason,
            segment=segment,
            segment_id=segment_id,
            shortfall=shortfall,
            stage=stage,
            state=state,
            state_zh=state_zh,
            theta=theta,
            theta_high=theta_high,
            theta_low=theta_low,
        )

        return gap_record
