"""Admission terms of a catalogue: the rules in force that speak to a city's segments."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from chainmap.chains.library import ChainLibrary
from chainmap.concepts.admission import NATION, AdmissionRule, Metric, Threshold
from chainmap.concepts.catalogue import Term
from chainmap.sources.places import City, load_place_names


def covers(places: Iterable[str], code: str) -> bool:
    """Return whether a rule's places take in a city or county: nation, province, itself."""
    return any(
        place in (NATION, code)
        or (place.endswith("0000") and place[:2] == code[:2])
        or (place.endswith("00") and place[:4] == code[:4])
        for place in places
    )


def speaks_to(rule: AdmissionRule, library: ChainLibrary, segment_id: str) -> bool:
    """Return whether a rule's scope takes in a segment: its chain, itself, or an industry code."""
    scope = rule.scope
    if not (scope.chains or scope.segments or scope.industry_codes):
        return True
    codes = library.segments[segment_id].industry_codes
    return (
        library.chain_of(segment_id).id in scope.chains
        or segment_id in scope.segments
        or any(code.startswith(tuple(scope.industry_codes)) for code in codes)
    )


def local_rules(
    rules: Iterable[AdmissionRule], city: City, day: dt.date
) -> tuple[AdmissionRule, ...]:
    """Return the rules in force on `day` in a city, by metric, then as curated."""
    order = list(Metric)
    found = [r for r in rules if r.in_force(day) and covers(r.scope.places, city.code)]
    return tuple(sorted(found, key=lambda rule: order.index(rule.metric)))


def term_of(rule: AdmissionRule, city: City) -> Term:
    """Return a rule as a catalogue's term; the place is the narrowest one that takes in the city.

    A number that is not known comes with whom to ask; so does a binding duty.
    """
    place = max((p for p in rule.scope.places if covers([p], city.code)), key=_narrowness)
    check = rule.check
    return Term(
        id=rule.id,
        metric=rule.metric,
        requirement=rule.requirement,
        value=rule.value,
        unit=check.unit if isinstance(check, Threshold) else None,
        place_code=place,
        place=_place_name(place),
        since=rule.since,
        binding=rule.binding,
        source=rule.source,
        ask=rule.ask,
        rule=rule.id,
    )


def _narrowness(code: str) -> int:
    return 0 if code == NATION else 1 if code.endswith("0000") else 2 if code.endswith("00") else 3


def _place_name(code: str) -> str:
    if code == NATION:
        return "全国"
    names = [name for name, (known, _) in load_place_names().items() if known == code]
    return max(names, key=len) if names else code
