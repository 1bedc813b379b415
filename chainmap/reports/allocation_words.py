"""Why a city yields a company, in one sentence with numbers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from chainmap.ranking.allocation_conflicts import Claim, Conflict


@dataclass(frozen=True)
class Names:
    """What codes are called, as a reader knows them.

    Attributes:
        cities: City code → short name.
        companies: Company id → short name.
        until: Company id → last day of its lock.
    """

    cities: Mapping[str, str]
    companies: Mapping[str, str]
    until: Mapping[str, dt.date]


def yield_reason(conflict: Conflict, claim: Claim, names: Names) -> str:
    """Return why a city yields; empty for a city that got the company."""
    if claim.got:
        return ""
    city = names.cities[claim.city_code]
    if conflict.locked_by is not None:
        holder = names.cities.get(conflict.locked_by, conflict.locked_by)
        until = names.until[conflict.company_id]
        return f"{holder}首报首谈，至{until.isoformat()}止；期内不推给{city}。"
    told = "、".join(names.cities[code] for code in conflict.holders)
    if not told:
        return f"{city}的名额先给了首报首谈的企业。"
    weakest = _weakest_holder(conflict)
    if weakest is None or claim.margin is None or claim.other is None:
        return f"名额已满，归{told}；{city}契合度 {claim.fit:.2f}。"
    holder = names.cities[weakest.city_code]
    gain = f"{city}得它，只比末位“{names.companies[claim.other]}”高 {claim.margin:.3f}"
    if weakest.other is None or weakest.margin is None:
        return f"名额归{told}：{gain}；{holder}若让出则别无可推。"
    loss = f"{holder}若让出，改推“{names.companies[weakest.other]}”要低 {weakest.margin:.3f}"
    return f"名额归{told}：{gain}；{loss}{_favour(weakest, claim, holder)}。"


def _weakest_holder(conflict: Conflict) -> Claim | None:
    """Return the holder that would lose least by yielding: the one the city is held against."""
    held = [claim for claim in conflict.claims if claim.got and claim.margin is not None]
    return min(held, key=lambda claim: (claim.margin or 0.0, claim.city_code), default=None)


def _favour(holder: Claim, claim: Claim, name: str) -> str:
    extra = holder.bonus - claim.bonus
    return f"（{name}的规划与链上优势多加 {extra:.3f}）" if extra >= 0.0005 else ""
