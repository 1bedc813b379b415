"""What each command answers: find the names, run the steps, hand the result to `output`."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import polars as pl

from chainmap.chains.library import load_library
from chainmap.chains.reader import read_taxonomy
from chainmap.chains.review import review
from chainmap.cli.exits import FINDINGS
from chainmap.cli.output import Format, emit, form_asked, say
from chainmap.cli.policy_answers import day_of
from chainmap.concepts.chain import Segment
from chainmap.concepts.kinds import Stage
from chainmap.concepts.records import Basis, TargetList
from chainmap.gaps.score import GapOptions
from chainmap.gaps.world import World
from chainmap.pipeline import extract_files, find_gaps, load_world, rank_targets, world_on
from chainmap.ranking.target_options import TargetOptions, year_known
from chainmap.reports import records, workbook
from chainmap.reports.extraction_rows import not_shown, term_rows, write_extractions
from chainmap.reports.rows import plans_text, screen_rows, target_rows, undated_text
from chainmap.sources.places import City, find_city


class Question(NamedTuple):
    """What the user asked for, as typed."""

    city: str
    chain: str | None
    segment: str | None
    as_of: str | None
    include_expired: bool


def show_targets(asked: Question, options: TargetOptions, fmt: Format, out: Path | None) -> None:
    """Answer `chainmap targets`."""
    gap_options = _gap_options(asked)
    world = world_on(gap_options.as_of)
    city = find_city(world.cities, asked.city)
    chain = world.library.find_chain(asked.chain) if asked.chain is not None else None
    segment = (
        world.library.find_segment(asked.segment, chain) if asked.segment is not None else None
    )
    if segment is not None and chain is None:
        chain = world.library.chain_of(segment.id)
    options = replace(options, year=year_known(gap_options.as_of, world.edition))
    if segment is not None:
        options = replace(options, per_segment=0)
    gaps = find_gaps(world, city, gap_options, chain)
    ranked = rank_targets(world, city, gaps, options, segment)
    record = records.target_list(world, city, ranked, (gap_options, options), chain)
    rows = screen_rows(record) if fmt is Format.TABLE else target_rows(record)
    scope = chain.name if chain else "六条产业链"
    emit(
        fmt,
        out,
        record=record,
        rows=rows,
        title=f"{city.name} × {scope}：招商目标企业（名录 {world.edition}）",
        workbook=lambda file: workbook.write_targets(record, file),
    )
    if fmt is not Format.JSON:
        _say_basis(record.basis)
        say_undated(record)
    if segment is not None and segment.id not in set(gaps["segment_id"]):
        _say_no_gap(world, city, segment)


def segments_of(chain: str | None, segment: str | None) -> tuple[str, ...]:
    """Return the segments meant by a chain or a segment as typed; nothing where neither is."""
    if chain is None and segment is None:
        return ()
    library = load_library()
    found = library.find_chain(chain) if chain is not None else None
    if segment is not None:
        return (library.find_segment(segment, found).id,)
    return tuple(s.id for s in found.segments) if found is not None else ()


def show_chains(given: str | None, fmt: Format, out: Path | None) -> None:
    """Answer `chainmap chains`."""
    world = load_world()
    if given is None:
        summaries = [records.chain_summary(world, c) for c in world.library.chains.values()]
        rows = [
            {"编号": c.id, "产业链": c.name, "板块": c.n_groups, "环节": c.n_segments,
             "名录企业": c.n_companies, "范围": c.summary}
            for c in summaries
        ]  # fmt: skip
        plain = [c.model_dump() for c in summaries]
        emit(fmt, out, record=plain, rows=rows, title="产业链一览")
        return
    record = records.chain_record(world, world.library.find_chain(given))
    names = {s.id: s.name for s in world.library.segments.values()}
    rows = [
        {"位置": Stage(s.stage).zh, "板块": s.group, "环节": s.name, "编号": s.id,
         "名录企业": s.n_companies, "供给": "、".join(names[u] for u in s.users)}
        for s in record.segments
    ]  # fmt: skip
    emit(fmt, out, record=record, rows=rows, title=f"{record.name}：{record.n_segments} 个环节")


def show_extraction(files: list[Path], asked: Format | None, out: Path | None) -> None:
    """Answer `chainmap extract`: one JSON object for one document, a list for several."""
    fmt = form_asked(asked, out, Format.JSON)
    extractions = extract_files(files)
    plain = [e.model_dump(mode="json") for e in extractions]
    emit(
        fmt,
        out,
        record=plain[0] if len(plain) == 1 else plain,
        rows=term_rows(extractions),
        title="政策文件要点",
        workbook=lambda file: write_extractions(extractions, file),
    )
    if fmt in (Format.TABLE, Format.CSV) and (out is None or out.suffix.lower() != ".xlsx"):
        say(not_shown(extractions))


def show_review() -> int:
    """Answer `chainmap review`; returns the exit code."""
    from chainmap.cli.company_review import review_companies

    taxonomy = read_taxonomy()
    companies = review_companies(taxonomy)
    findings = [*review(taxonomy), *companies.findings]
    for finding in findings:
        say(str(finding))
    n_segments = sum(len(chain.segments) for chain, _ in taxonomy.chains)
    counted = f"{len(taxonomy.chains)} 条产业链、{n_segments} 个环节"
    say(f"已检查 {counted}、{companies.n_companies} 家企业：{len(findings)} 个问题。")
    return FINDINGS if findings else 0


def show_doctor() -> int:
    """Answer `chainmap doctor`; returns the exit code."""
    from chainmap.cli.doctor import checks

    results = checks()
    for result in results:
        say(f"{'正常' if result.ok else '异常'}  {result.name}：{result.found}")
        if not result.ok:
            say(f"      {result.todo}")
    return 0 if all(result.ok for result in results) else FINDINGS


def _say_basis(basis: Basis) -> None:
    """Say which plans drive the scores, and where there is too little data to score at all."""
    say(plans_text(basis))
    if not basis.enough_data:
        say(f"名录中{basis.city}的企业太少，不足以判断缺口。")


def say_undated(listed: TargetList) -> None:
    """Say how many of an earlier year's list may not have been there yet, if any."""
    if undated := undated_text(listed):
        say(undated)


def _gap_options(asked: Question) -> GapOptions:
    """Return the gap options asked for; the roster's day where no day is given.

    Raises:
        InputError: As `typed_asked_day`.
    """
    return GapOptions(as_of=day_of(asked.as_of), include_expired=asked.include_expired)


def _say_no_gap(world: World, city: City, segment: Segment) -> None:
    """Say why a segment that was asked for has no targets."""
    cell = world.presence.row(
        by_predicate=(pl.col("city_code") == city.code) & (pl.col("segment_id") == segment.id),
        named=True,
    )
    say(
        f"“{segment.name}”不是{city.name}的缺口：名录企业{cell['n_companies']}家"
        f"（其中上市公司、链主等龙头{cell['n_leaders']}家），按规模应有约{cell['expected']:.1f}家。"
    )
