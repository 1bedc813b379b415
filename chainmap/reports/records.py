"""Turn tables into records: ids become names, citations become passages."""

from __future__ import annotations

import datetime as dt
from functools import cache

import polars as pl

from chainmap import __version__, resources
from chainmap.catalogue.in_use import catalogue_for
from chainmap.concepts.chain import Chain
from chainmap.concepts.kinds import CiteScope, GapKind
from chainmap.concepts.provenance import PolicySource
from chainmap.concepts.records import (
    Basis,
    ChainRecord,
    ChainSummary,
    CitationRecord,
    CityRecord,
    PolicyPart,
    SegmentRecord,
    TargetList,
    TargetRecord,
)
from chainmap.gaps.policy import Clock, applies_to
from chainmap.gaps.presence import counted_placements
from chainmap.gaps.score import GapOptions, enough_data
from chainmap.gaps.world import World
from chainmap.ranking.families import FAMILIES
from chainmap.ranking.target_model import VERSION
from chainmap.ranking.target_options import TargetOptions
from chainmap.settings import load_settings
from chainmap.sources.places import City
from chainmap.tables import Recommendations

COVERAGE = (
    "企业名录为编制者所知的代表性企业，对龙头和上市公司看得较全，"
    "对中小企业看得不全；数量均指名录内数量。"
)
"""Said with every list: counts of the roster are no census."""


def citation_record(
    world: World, citation_id: str, as_of: dt.date, scope: CiteScope | None = None
) -> CitationRecord:
    """Return a citation with its document's title, hash, scope and whether it is in force."""
    citation = world.library.citations[citation_id]
    document = world.library.documents[citation.document]
    return CitationRecord(
        id=citation.id,
        document_id=document.id,
        title=document.title,
        box=citation.box,
        start=citation.start,
        end=citation.end,
        sha256=document.sha256,
        names=list(citation.names),
        in_force=document.in_force(as_of),
        scope=scope.value if scope else None,
    )


def chain_summary(world: World, chain: Chain) -> ChainSummary:
    """Return a chain in short; companies count once."""
    counted = counted_placements(world.placements, world.library)
    members = counted.filter(pl.col("segment_id").is_in([s.id for s in chain.segments]))
    return ChainSummary(
        id=chain.id,
        name=chain.name,
        name_en=chain.name_en,
        summary=chain.summary,
        n_groups=len(chain.groups),
        n_segments=len(chain.segments),
        n_companies=members["company_id"].n_unique(),
    )


def chain_record(world: World, chain: Chain) -> ChainRecord:
    """Return a chain with its segments: groups in drawing order, segments as curated."""
    counts = _segment_counts(world)
    order = {group.id: index for index, group in enumerate(chain.groups)}
    segments = sorted(chain.segments, key=lambda s: order[s.group])
    return ChainRecord(
        **chain_summary(world, chain).model_dump(),
        segments=[_segment_record(world, s.id, counts.get(s.id, 0)) for s in segments],
    )


def city_records(world: World) -> list[CityRecord]:
    """Return every city with its number of roster companies, by code."""
    counts = world.companies.group_by("city_code").agg(n_companies=pl.len())
    rows = world.cities.join(counts, on="city_code", how="left", maintain_order="left")
    return [
        CityRecord(
            code=row["city_code"],
            name=row["city"],
            short_name=row["short_name"],
            name_en=row["name_en"],
            province=row["province"],
            lon=row["lon"],
            lat=row["lat"],
            n_companies=row["n_companies"] or 0,
        )
        for row in rows.iter_rows(named=True)
    ]


def target_list(
    world: World,
    city: City,
    targets: Recommendations,
    options: tuple[GapOptions, TargetOptions],
    chain: Chain | None,
) -> TargetList:
    """Return a ranked target list as records, rank 1 first."""
    gap_options, target_options = options
    home = world.cities.select("city_code", "city", "province")
    rows = targets.join(
        world.companies.join(home, on="city_code"), on="company_id", how="left",
        maintain_order="left",
    )  # fmt: skip
    return TargetList(
        basis=basis_record(world, city, gap_options, chain),
        weights=dict(target_options.weights),
        custom=target_options.custom,
        model=VERSION,
        per_segment=target_options.per_segment,
        targets=[
            _target_record(world, row, gap_options.as_of) for row in rows.iter_rows(named=True)
        ],
    )


def _segment_record(world: World, segment_id: str, n_companies: int) -> SegmentRecord:
    library = world.library
    segment = library.segments[segment_id]
    return SegmentRecord(
        **segment.model_dump(include={"id", "name", "name_en", "definition"}),
        chain_id=library.chain_of(segment_id).id,
        group_id=segment.group,
        group=library.groups[segment.group].name,
        stage=library.stage_of(segment_id).value,
        kind=segment.kind.value,
        aliases=list(segment.aliases),
        terms=list(segment.terms),
        excludes=list(segment.excludes),
        industry_codes=list(segment.industry_codes),
        emerging_codes=list(segment.emerging_codes),
        suppliers=library.graph.suppliers(segment_id),
        users=library.graph.users(segment_id),
        n_companies=n_companies,
        citations=[
            citation_record(world, citation.id, world.edition, scope)
            for scope, citation in library.cited(segment_id)
        ],
    )


def _segment_counts(world: World) -> dict[str, int]:
    counted = counted_placements(world.placements, world.library)
    return dict(counted.group_by("segment_id").len().iter_rows())


def _target_record(world: World, row: dict[str, object], as_of: dt.date) -> TargetRecord:
    segments = world.library.segments
    parts, evidence = row["parts"], row["evidence"]
    assert isinstance(parts, list) and isinstance(evidence, list)
    kept = {name: row[name] for name in TargetRecord.model_fields if name in row}
    return TargetRecord.model_validate(
        kept
        | {
            "company": row["full_name"],
            "home_city_code": row["city_code"],
            "home_city": row["city"],
            "home_province": row["province"],
            "segment": segments[str(row["segment_id"])].name,
            "made_segment": segments[str(row["made_segment_id"])].name,
            "gap_kind_zh": GapKind(str(row["gap_kind"])).zh,
            "parts": dict(zip(FAMILIES, parts, strict=True)),
            "evidence": dict(zip(FAMILIES, evidence, strict=True)),
            "citations": citation_records(world, row, as_of),
        }
    )


def location_quotient(row: dict[str, object]) -> float | None:
    """Return the plain location quotient n/E; null where nothing is expected."""
    count, expected = row["n_companies"], row["expected"]
    assert isinstance(count, int) and isinstance(expected, float)
    return count / expected if expected > 0 else None


def citation_records(world: World, row: dict[str, object], as_of: dt.date) -> list[CitationRecord]:
    """Return a row's citations as records, in the order given."""
    ids = row["citations"]
    assert isinstance(ids, list)
    scopes = {c.id: scope for scope, c in world.library.cited(str(row["segment_id"]))}
    return [citation_record(world, cited, as_of, scopes.get(cited)) for cited in ids]


def policy_parts(world: World, row: dict[str, object]) -> list[PolicyPart]:
    """Return the passages behind a row's policy weight, strongest first."""
    parts = row["policy_parts"]
    assert isinstance(parts, list)
    return [_policy_part(world.library.documents[part["document"]], part) for part in parts]


def _policy_part(document: PolicySource, part: dict[str, object]) -> PolicyPart:
    dating = document.dating()
    dated = dating.zh if dating else "年份不详，按下限计"
    return PolicyPart.model_validate({**part, "title": document.title, "dated": dated})


def basis_record(world: World, city: City, options: GapOptions, chain: Chain | None) -> Basis:
    """Return what an answer rests on: plans, days, versions, coverage."""
    clock = Clock(options.as_of, options.include_expired)
    plans = [
        document.title
        for document in world.library.documents.values()
        if applies_to(document, city) and clock.counts(document)
    ]
    catalogue = catalogue_for(city, load_settings().workspace)
    row = world.cities.row(by_predicate=pl.col("city_code") == city.code, named=True)
    return Basis(
        city_code=city.code,
        city=city.name,
        chain_id=chain.id if chain else None,
        chain=chain.name if chain else None,
        as_of=options.as_of,
        edition=world.edition,
        include_expired=options.include_expired,
        plans_in_force=plans,
        code_version=__version__,
        taxonomy_sha256=_hash("taxonomy"),
        data_sha256=_hash("data"),
        catalogue_version=catalogue.version_name if catalogue else None,
        enough_data=enough_data(world, city, options),
        coverage=COVERAGE,
        may_act=False,
        city_en=row["name_en"],
        chain_en=chain.name_en if chain else None,
    )


@cache
def _hash(folder: str) -> str:
    return resources.content_hash(folder)
