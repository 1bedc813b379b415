"""Projects and propositions as records: what the API, the command's JSON and the files hold."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from chainmap import __version__, resources
from chainmap.catalogue.project_size import known_investments
from chainmap.catalogue.projects import load_projects, projects_sha256
from chainmap.catalogue.projects_match import match_projects
from chainmap.catalogue.projects_rank import (
    ProjectOptions,
    Standing,
    formula,
    rank_projects,
)
from chainmap.catalogue.projects_screen import Screening
from chainmap.catalogue.propositions import (
    Proposition,
    PropositionOptions,
    RankSponsors,
    propose,
)
from chainmap.catalogue.store import catalogue_in_use
from chainmap.concepts.catalogue import Catalogue
from chainmap.concepts.catalogue_layout import period_text
from chainmap.concepts.project_records import (
    STATE_ZH,
    ProjectBasis,
    ProjectRanking,
    ProjectRecord,
    PropositionList,
    PropositionRecord,
    RankedProject,
    SponsorRecord,
)
from chainmap.gaps.world import World
from chainmap.reports.catalogue_records import item_citations
from chainmap.reports.records import COVERAGE
from chainmap.sources.admission_rules import load_admission_rules
from chainmap.sources.places import City
from chainmap.tables import Recommendations

PROJECT_COVERAGE = (
    "项目事实来自所导入的清单，由填报方自报，未经核实；准入只对照已收录的规则和目录所列条件，"
    "各地块、各行业的控制指标以当地公布为准。"
)
"""Said with every list of projects."""


class Ground(NamedTuple):
    """Where an answer about projects stands: world, city, its catalogue, the rules' day."""

    world: World
    city: City
    catalogue: Catalogue
    workspace: Path
    day: dt.date


def ground_of(world: World, city: City, workspace: Path, day: dt.date | None = None) -> Ground:
    """Return the ground of an answer: the catalogue in use, and the edition's day for the rules.

    Raises:
        UnknownNameError: The city has no catalogue.
        InputError: A catalogue was changed by hand.
    """
    catalogue = catalogue_in_use(city, workspace)
    return Ground(world, city, catalogue, workspace, day or world.edition)


def project_ranking(
    ground: Ground,
    options: ProjectOptions = ProjectOptions(),  # noqa: B008 - frozen
    projects: Sequence[ProjectRecord] | None = None,
) -> ProjectRanking:
    """Return a city's projects ranked against its catalogue, every one with its state.

    Args:
        ground: World, city, catalogue, day.
        options: Land offered, weights.
        projects: Projects to rank; None is those of the workspace.
    """
    found = load_projects(ground.workspace) if projects is None else list(projects)
    library = ground.world.library
    frame = Screening(ground.city, ground.catalogue, load_admission_rules(), ground.day, library)
    standings = rank_projects(found, match_projects(found, library), frame, options)
    records = [_ranked(ground, standing, at) for at, standing in enumerate(standings, start=1)]
    counts = Counter(record.state for record in records)
    return ProjectRanking(
        basis=_basis(ground),
        n_projects=len(found),
        counts={state: counts[state] for state in STATE_ZH},
        weights={f"priority_{k}": v for k, v in options.priority.items()}
        | {f"relation_{k}": v for k, v in options.relation.items()},
        projects=records,
    )


def proposition_list(
    ground: Ground,
    rank: RankSponsors,
    options: PropositionOptions = PropositionOptions(),  # noqa: B008 - frozen
) -> PropositionList:
    """Return a city's propositions, the most urgent first, each with its ranked sponsors."""
    library = ground.world.library
    projects = load_projects(ground.workspace)
    known = known_investments(projects, match_projects(projects, library))
    found = propose(ground.catalogue, library, known, rank, options)
    chain = library.chains[options.chain_id] if options.chain_id else None
    return PropositionList(
        basis=_basis(ground).model_copy(update={"coverage": COVERAGE}),
        chain_id=chain.id if chain else None,
        chain=chain.name if chain else None,
        sponsors_each=options.sponsors,
        propositions=[_proposition(ground, one, at) for at, one in enumerate(found, start=1)],
    )


def _ranked(ground: Ground, standing: Standing, place: int) -> RankedProject:
    project, best = standing.project, standing.best
    match = best.match if best else next(iter(standing.matches), None)
    ranked = standing.state == "ranked"
    screened = standing.screened
    return RankedProject(
        rank=place if ranked else None,
        state=standing.state,
        state_zh=STATE_ZH[standing.state],
        project_id=project.id,
        name=project.name,
        sponsor=project.sponsor,
        stage=project.stage,
        segment_id=match.segment_id if match else None,
        segment=match.segment if match else None,
        confidence=match.confidence if match else None,
        to_confirm=match is not None and match.confidence < 0.9,
        match_why=match.why if match else "",
        item_id=best.item.id if best else None,
        item=best.item.name if best else None,
        priority=best.item.priority.value if best and best.item.priority else None,
        score=best.score if best and ranked else None,
        parts=best.parts if best else {},
        formula=formula(best) if best and ranked else "",
        reason=standing.reason,
        screen={k: str(v) for k, v in screened.results.items()} if screened else {},
        failed=screened.failed if screened else [],
        to_supply=screened.to_supply if screened else [],
        other_items=[pairing.item.id for pairing in standing.others],
        project=project,
        matches=list(standing.matches),
        answers=screened.answers if screened else [],
        citations=item_citations(ground.world, best.item, ground.day) if best else [],
    )


def _proposition(ground: Ground, found: Proposition, place: int) -> PropositionRecord:
    item, catalogue = found.item, ground.catalogue
    segment = ground.world.library.segments.get(item.segment)
    sponsors = _sponsors(ground.world, found.sponsors)
    note = "" if sponsors else _no_sponsors(found, known=segment is not None)
    return PropositionRecord(
        rank=place,
        item_id=item.id,
        title=found.title,
        chain_id=item.chain,
        chain=catalogue.chains[item.chain],
        segment_id=item.segment,
        segment=segment.name if segment else item.name,
        kind=item.kind.value if item.kind else None,
        kind_zh=item.kind.zh if item.kind else "未定",
        priority=item.priority.value if item.priority else None,
        priority_zh=item.priority.zh if item.priority else "未定",
        direction=item.direction,
        wanted=[wanted.zh for wanted in item.wanted],
        sites=[site.place for site in item.sites],
        period=period_text(item.period),
        size=found.size,
        terms=found.terms,
        to_ask=found.to_ask,
        reasons=[reason.text for reason in item.reasons],
        sponsors=sponsors,
        sponsor_note=note,
        citations=item_citations(ground.world, item, ground.day),
    )


def _no_sponsors(found: Proposition, *, known: bool) -> str:
    if not known:
        return "该环节已从产业链分类中撤下，没有测算"
    if found.sponsors is None:
        return "按现有数据该环节不是本市缺口，没有测算"
    return "名录中没有外地企业能补这个环节，请在名录外寻找"


def _sponsors(world: World, ranked: Recommendations | None) -> list[SponsorRecord]:
    if ranked is None or ranked.is_empty():
        return []
    # The list's own columns about companies may grow; what is asked of it stays these.
    asked = ranked.select("company_id", "score", "chance", "usual_chance", "reasons")
    rows = asked.join(world.companies, on="company_id", how="left", maintain_order="left").join(
        world.cities.select("city_code", "city"),
        on="city_code", how="left", maintain_order="left",
    )  # fmt: skip
    return [
        SponsorRecord(
            rank=at,
            company_id=row["company_id"],
            company=row["full_name"],
            short_name=row["short_name"],
            stock_code=row["stock_code"],
            home_city_code=row["city_code"],
            home_city=row["city"],
            score=float(row["score"]),
            chance=float(row["chance"]),
            usual_chance=float(row["usual_chance"]),
            reasons=list(row["reasons"]),
            products=list(row["products"]),
            source=row["source"],
        )
        for at, row in enumerate(rows.iter_rows(named=True), start=1)
    ]


def _basis(ground: Ground) -> ProjectBasis:
    catalogue = ground.catalogue
    return ProjectBasis(
        city_code=ground.city.code,
        city=ground.city.name,
        catalogue=catalogue.version_name,
        catalogue_label=catalogue.label,
        catalogue_approved=catalogue.status == "approved",
        as_of=ground.day,
        edition=ground.world.edition,
        projects_sha256=projects_sha256(ground.workspace),
        code_version=__version__,
        taxonomy_sha256=_hash("taxonomy"),
        data_sha256=_hash("data"),
        coverage=PROJECT_COVERAGE,
        may_act=False,
    )


@cache
def _hash(folder: str) -> str:
    return resources.content_hash(folder)
