"""What `chainmap why`, `chainmap why-not` and `chainmap targets --mode` answer."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from chainmap.cli.answers import Question, say_undated
from chainmap.cli.output import Format, emit, say
from chainmap.cli.policy_answers import day_of
from chainmap.concepts.modes import ModeAsked
from chainmap.concepts.records import TargetList
from chainmap.concepts.why_records import WhyNotRecord, WhyRecord
from chainmap.gaps.score import GapOptions
from chainmap.pipeline import find_gaps, rank_by_mode, standing_of, world_on
from chainmap.ranking.target_model import load_target_model
from chainmap.ranking.target_options import TargetOptions, year_known
from chainmap.ranking.why_standing import Standing
from chainmap.reports import records, workbook
from chainmap.reports.rows import Rows, plans_text, screen_rows, target_rows
from chainmap.reports.snapshot_making import by_mode
from chainmap.reports.why_answers import Asked, why_record
from chainmap.reports.why_company import company_called
from chainmap.reports.why_modes import selection_of
from chainmap.reports.why_not_answers import why_not_record
from chainmap.reports.why_rows import change_rows, family_rows, partner_text, passage_text
from chainmap.sources.places import find_city


def show_why(
    question: Question, company: str, options: TargetOptions, fmt: Format, out: Path | None
) -> None:
    """Answer `chainmap why`."""
    standing, asked = _standing(question, options)
    record = why_record(standing, company_called(standing.world, company), asked)
    _emit_why(record, fmt, out)


def show_why_not(
    question: Question, company: str, options: TargetOptions, fmt: Format, out: Path | None
) -> None:
    """Answer `chainmap why-not`."""
    standing, asked = _standing(question, options)
    record = why_not_record(
        standing, company, asked,
        lambda *selected: _standing(
            question._replace(chain=selected[0], segment=selected[1]), options
        )[0],
    )  # fmt: skip
    if record.why is not None and fmt is not Format.JSON:
        say(record.answer)
        _emit_why(record.why, fmt, out)
        return
    title = f"{record.basis.city} × {record.company or record.given}：{record.stage_zh}"
    if fmt is Format.TABLE and out is None:
        say(title)
        _say_not(record)
        if record.changes:
            emit(fmt, out, record=record, rows=change_rows(record), title="怎样能进入清单")
        return
    emit(fmt, out, record=record, rows=change_rows(record), title=title)
    if fmt is not Format.JSON:
        _say_not(record)


def show_targets_by_mode(
    question: Question, options: TargetOptions, asked: ModeAsked, fmt: Format, out: Path | None
) -> None:
    """Answer `chainmap targets --mode`."""
    gap_options = _gap_options(question)
    world = world_on(gap_options.as_of)
    city = find_city(world.cities, question.city)
    chain = world.library.find_chain(question.chain) if question.chain is not None else None
    options = replace(options, year=year_known(gap_options.as_of, world.edition))
    gaps = find_gaps(world, city, gap_options, chain)
    selection = selection_of(world, city, gaps, asked, chain)
    ranked = rank_by_mode(world, city, gaps, options, selection)
    record = records.target_list(world, city, ranked, (gap_options, options), chain)
    show_list_by_mode(by_mode(record, selection), fmt, out)


def show_list_by_mode(record: TargetList, fmt: Format, out: Path | None) -> None:
    """Print or write a list made by a mode, and what the mode selected."""
    rows = screen_rows(record) if fmt is Format.TABLE else target_rows(record)
    title = f"{record.basis.city} × {record.mode_zh}：招商目标企业（名录 {record.basis.edition}）"
    write = lambda file: workbook.write_targets(record, file)  # noqa: E731
    emit(fmt, out, record=record, rows=rows, title=title, workbook=write)
    if fmt is not Format.JSON:
        say(f"{record.mode_zh}：{record.selected}。")
        say(plans_text(record.basis))
        say_undated(record)


def _standing(question: Question, options: TargetOptions) -> tuple[Standing, Asked]:
    """Return the list a question means, as `chainmap targets` would make it."""
    gap_options = _gap_options(question)
    world = world_on(gap_options.as_of)
    city = find_city(world.cities, question.city)
    chain = world.library.find_chain(question.chain) if question.chain is not None else None
    segment = None
    if question.segment is not None:
        segment = world.library.find_segment(question.segment, chain)
        chain = chain or world.library.chain_of(segment.id)
    options = replace(options, year=year_known(gap_options.as_of, world.edition))
    gaps = find_gaps(world, city, gap_options, chain)
    standing = standing_of(world, city, gaps, options, segment)
    return standing, Asked(gap_options, chain, load_target_model(), segment)


def _gap_options(question: Question) -> GapOptions:
    return GapOptions(as_of=day_of(question.as_of), include_expired=question.include_expired)


def _emit_why(record: WhyRecord, fmt: Format, out: Path | None) -> None:
    title = f"{record.basis.city} × {record.target.company}：为什么"
    rows: Rows = family_rows(record)
    emit(fmt, out, record=record, rows=rows, title=title)
    if fmt is Format.JSON:
        return
    say(record.answer)
    if record.strongest is not None:
        say(record.strongest.text)
    if record.target.counter_evidence:
        say(f"不利与待核实：{'；'.join(record.target.counter_evidence)}。")
    say(partner_text(record))
    say(passage_text(record))
    say(f"企业信息可在此核对：{record.checked_at}。")
    say(plans_text(record.basis))


def _say_not(record: WhyNotRecord) -> None:
    say(record.answer)
    for one in record.rules:
        say(f"规则：{one.rule}（{one.rule_source}）；事实：{one.fact}（{one.fact_source}）。")
    for text in dict.fromkeys(segment.text for segment in record.segments):
        if text not in record.answer:
            say(f"{text}。")
