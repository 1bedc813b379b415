"""Projects ranked against a city's catalogue: matched, screened by hard filters, then scored.

score = 100 × priority × relation × confidence × size, each 0..1 and each shown. Standard, land,
energy and discharge are filters, never parts of the score (methods 8.5).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from chainmap.catalogue.match import SURE
from chainmap.catalogue.project_size import (
    Known,
    Matches,
    known_investments,
    per_mu_text,
    size_factor,
    size_wanted,
)
from chainmap.catalogue.projects_screen import Screened, Screening, screen
from chainmap.concepts.catalogue import CatalogueItem, Priority
from chainmap.concepts.project_records import ProjectRecord, ProjectState, SegmentMatch

PRIORITY = {"high": 1.0, "middle": 0.7, "low": 0.4, "open": 0.5}
"""An item without a stated priority (imported catalogues) stands between low and middle."""

RELATION = {"same": 1.0, "group": 0.5}
"""A project of another segment of the item's group serves it by half: it is near, not it."""

RELATION_ZH = {"same": "同一环节", "group": "同一板块的另一环节"}
_COMPLETED = "投产"


@dataclass(frozen=True)
class ProjectOptions:
    """How projects are scored.

    Attributes:
        land_mu: Land the city offers for one project, 亩; None is not known.
        priority: Weight by item priority.
        relation: Weight by how project and item are related.
    """

    land_mu: float | None = None
    priority: Mapping[str, float] = field(default_factory=lambda: dict(PRIORITY))
    relation: Mapping[str, float] = field(default_factory=lambda: dict(RELATION))


class Pairing(NamedTuple):
    """A project beside one catalogue item: how it matches, what the rules say, what it scores."""

    item: CatalogueItem
    match: SegmentMatch
    relation: str
    screened: Screened
    parts: dict[str, float]
    size_why: str

    @property
    def score(self) -> float:
        """Points, 0..100."""
        product = 1.0
        for part in self.parts.values():
            product *= part
        return round(100 * product, 2)


class Standing(NamedTuple):
    """What becomes of a project: its state, its best pairing where there is one, and the others."""

    project: ProjectRecord
    state: ProjectState
    matches: Sequence[SegmentMatch]
    best: Pairing | None
    others: Sequence[Pairing]
    screened: Screened | None
    reason: str


def rank_projects(
    projects: Sequence[ProjectRecord],
    matches: Matches,
    frame: Screening,
    options: ProjectOptions = ProjectOptions(),
) -> list[Standing]:
    """Return every project's standing: the ranked ones best first, then the rest by state and id.

    A project that fails a binding rule for every item it answers to is filtered; an unknown answer
    never filters. Projects that wish for another city, or produce already, are set apart.

    Args:
        projects: Projects of a workspace.
        matches: From `match_projects`, for all of them.
        frame: City, catalogue in use, rules and their day.
        options: Land offered, weights.
    """
    known = known_investments(projects, matches)
    found = [
        _standing(project, matches[project.id], known, (frame, options)) for project in projects
    ]
    order: list[ProjectState] = ["ranked", "filtered", "unmatched", "elsewhere", "completed"]
    return sorted(
        found,
        key=lambda s: (order.index(s.state), -(s.best.score if s.best else 0.0), s.project.id),
    )


def _standing(
    project: ProjectRecord,
    own: Sequence[SegmentMatch],
    known: Known,
    asked: tuple[Screening, ProjectOptions],
) -> Standing:
    frame, _ = asked
    if project.stage == _COMPLETED:
        return Standing(project, "completed", own, None, (), None, "项目已投产，不再对接")
    if project.city_code is not None and project.city_code != frame.city.code:
        reason = f"项目意向地为“{project.place}”，不是{frame.city.name}"
        return Standing(project, "elsewhere", own, None, (), None, reason)
    pairings = _pairings(project, own, known, asked)
    sound = [pairing for pairing in pairings if not pairing.screened.failed]
    if sound:
        best, *others = sound
        return Standing(
            project, "ranked", own, best, others, best.screened, _ranked_why(project, best)
        )
    if pairings:
        best, *others = pairings
        failed = best.screened.failed
        facts = "；".join(f"{a.requirement}——{a.fact}（{a.source}）" for a in failed)
        reason = f"不符合{len(failed)}条约束规则：{facts}"
        return Standing(project, "filtered", own, best, others, best.screened, reason)
    first = own[0].segment_id if own else None
    reason = (
        f"对上环节“{own[0].segment}”，但{frame.city.name}的目录没有这个环节或同板块的条目"
        if own
        else "环节、产品和建设内容中没有认得的环节"
    )
    return Standing(
        project, "unmatched", own, None, (), screen(project, first, None, frame), reason
    )


def _pairings(
    project: ProjectRecord,
    matches: Sequence[SegmentMatch],
    known: Known,
    asked: tuple[Screening, ProjectOptions],
) -> list[Pairing]:
    """Return the catalogue items a project answers to, the highest score first."""
    frame, options = asked
    found: dict[str, Pairing] = {}
    for match in matches:
        for item, relation in _answered(match.segment_id, frame):
            others = known.get(item.segment, {}).items()
            values = [value for project_id, value in others if project_id != project.id]
            wanted = size_wanted(item, frame.catalogue, values, options.land_mu)
            size, why = size_factor(project, wanted)
            parts = {
                "priority": options.priority[item.priority.value if item.priority else "open"],
                "relation": options.relation[relation],
                "confidence": match.confidence,
                "size": size,
            }
            screened = screen(project, match.segment_id, item, frame)
            pairing = Pairing(item, match, relation, screened, parts, why)
            before = found.get(item.id)
            if before is None or before.score < pairing.score:
                found[item.id] = pairing
    return sorted(found.values(), key=lambda p: (-p.score, p.item.id))


def _answered(segment_id: str, frame: Screening) -> Iterator[tuple[CatalogueItem, str]]:
    """Yield the items a segment answers to, and how it is related to each."""
    for item in frame.catalogue.items:
        relation = _relation(segment_id, item, frame)
        if relation is not None:
            yield item, relation


def _relation(segment_id: str, item: CatalogueItem, frame: Screening) -> str | None:
    if segment_id == item.segment:
        return "same"
    segments = frame.library.segments
    other = segments.get(item.segment)
    # An item of a segment retired since belongs to no group any more.
    return "group" if other is not None and other.group == segments[segment_id].group else None


def _ranked_why(project: ProjectRecord, best: Pairing) -> str:
    item, match = best.item, best.match
    sure = "" if match.confidence >= SURE else "，待人工确认"
    unknown = len(best.screened.to_supply)
    supply = f"；准入有{unknown}项未知，待补资料" if unknown else "；准入没有不符合的"
    if best.screened.results.get("land") == "unknown" and (per_mu := per_mu_text(project)):
        supply += f"；用地待核：{per_mu}，是否达到当地控制指标须核实"
    return f"{match.why}，对应目录条目“{item.name}”（{RELATION_ZH[best.relation]}{sure}）{supply}"


def formula(pairing: Pairing) -> str:
    """Return a pairing's score with its inputs, in words and numbers."""
    item, parts = pairing.item, pairing.parts
    priority = Priority(item.priority).zh if item.priority else "未定"
    return (
        f"100 × 优先级{parts['priority']:g}（{priority}） × 关系{parts['relation']:g}"
        f"（{RELATION_ZH[pairing.relation]}） × 匹配把握{parts['confidence']:g}"
        f" × 规模{parts['size']:g}（{pairing.size_why}） ＝ {pairing.score:g}"
    )
