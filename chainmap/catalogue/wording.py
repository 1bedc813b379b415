"""What a draft says of an item: direction, reasons, priority, targets; nothing invented."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from chainmap.catalogue.choice import Row
from chainmap.chains.library import ChainLibrary
from chainmap.concepts.catalogue import Priority, Reason, Wanted
from chainmap.concepts.catalogue_rules import CatalogueRules, PriorityRule
from chainmap.concepts.kinds import GapKind, SegmentKind

_BLANK = re.compile(r"\{(\w+)\}")


def direction_text(row: Row, library: ChainLibrary, rules: CatalogueRules) -> str:
    """Return the direction (引进方向) of a gap: its kind's clauses whose blanks have content."""
    segment = library.segments[str(row["segment_id"])]
    most = rules.shown_names
    blanks = {
        "segment": segment.name,
        "products": _listed(segment.terms, most),
        "users": _segments(row["local_users"], library, most),
        "suppliers": _segments(row["local_suppliers"], library, most),
        "group": library.groups[segment.group].name,
        "chain": library.chain_of(segment.id).name,
        "n": str(row["n_companies"]) if int(row["n_companies"]) else "",
    }
    clauses = rules.directions[segment.kind][GapKind(str(row["kind"]))]
    kept = [c for c in clauses if all(blanks[name] for name in _BLANK.findall(c))]
    return "，".join(clause.format(**blanks) for clause in kept) + "。"


def reasons_of(row: Row, n_gaps: int, library: ChainLibrary) -> tuple[Reason, ...]:
    """Return the reasons of an item, each with its number and a sentence in Chinese."""
    segment = library.segments[str(row["segment_id"])]
    what = "服务机构" if segment.kind is SegmentKind.SERVICE else "制造和研发企业"
    n_companies, expected = int(row["n_companies"]), float(row["expected"])
    score, weight = round(float(row["gap_score"]), 3), round(float(row["policy_weight"]), 2)
    users, suppliers = list(row["local_users"]), list(row["local_suppliers"])
    found: list[tuple[str, float, str]] = [
        ("gap_score", score, f"缺口得分{score:.3f}，列本市第{row['rank']}位（共{n_gaps}项）"),
        (
            "companies",
            n_companies,
            f"名录内本市{what}{n_companies}家，按城市规模应有{_about(expected)}家",
        ),
    ]
    if users:
        names = _segments(users, library, 3)
        found.append(("local_users", len(users), f"本市已有{len(users)}个用方环节：{names}"))
    if suppliers:
        names = _segments(suppliers, library, 3)
        text = f"本市已有{len(suppliers)}个供方环节：{names}"
        found.append(("local_suppliers", len(suppliers), text))
    named = "在期规划点名" if weight > 0 else "在期规划未点名"
    found.append(("policy_weight", weight, f"{named}，政策权重{weight:.2f}"))
    return tuple(Reason.model_validate({"fact": f, "value": v, "text": t}) for f, v, t in found)


def _about(expected: float) -> str:
    return f"约{expected:.1f}" if expected >= 0.05 else "不足0.1"


def priority_of(row: Row, n_gaps: int, rule: PriorityRule) -> Priority:
    """Return the priority a gap's facts earn, by the points of `taxonomy/catalogue-rules.yml`."""
    facts = {
        "rank_share": int(row["rank"]) / max(1, n_gaps),
        "policy_weight": float(row["policy_weight"]),
        "local_users": float(len(row["local_users"])),
        "theta": float(row["theta"]),
    }
    points = sum(point.counts(facts[point.fact]) for point in rule.points)
    if points >= rule.high:
        return Priority.HIGH
    return Priority.MIDDLE if points >= rule.middle else Priority.LOW


def wanted_of(row: Row, library: ChainLibrary, rules: CatalogueRules) -> tuple[Wanted, ...]:
    """Return the target kinds an item looks for: all that rules which hold ask, in fixed order."""
    segment_id = str(row["segment_id"])
    facts: Mapping[str, object] = {
        "gap_kinds": GapKind(str(row["kind"])),
        "segment_kinds": library.segments[segment_id].kind,
        "stages": library.stage_of(segment_id),
        "chains": library.chain_of(segment_id).id,
    }
    found = {
        wanted
        for rule in rules.wanted
        if all(
            not getattr(rule, name) or fact in getattr(rule, name) for name, fact in facts.items()
        )
        for wanted in rule.wants
    }
    return tuple(wanted for wanted in Wanted if wanted in found)


def _segments(ids: Sequence[str], library: ChainLibrary, most: int) -> str:
    return _listed([library.segments[segment_id].name for segment_id in ids], most)


def _listed(names: Sequence[str], most: int) -> str:
    shown = "、".join(names[:most])
    return f"{shown}等" if len(names) > most else shown
