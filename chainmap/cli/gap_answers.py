"""What `chainmap gaps` answers: a city's gaps, their standing among peers, one explained."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from chainmap.cli.output import Format, emit, say
from chainmap.cli.workspace_deeds import around_changes
from chainmap.concepts.gap_records import GapList
from chainmap.gaps.peers import PeerGroup, peer_group, province_peers
from chainmap.gaps.score import GapOptions
from chainmap.gaps.world import World
from chainmap.pipeline import find_gaps, load_workspace_world, world_on
from chainmap.reports import workbook
from chainmap.reports.gap_explanation import explanation_rows
from chainmap.reports.gap_records import GapView, gap_list
from chainmap.reports.rows import completeness_rows, gap_rows, narrow_gap_rows, plans_text
from chainmap.sources.asked_days import typed_asked_day
from chainmap.sources.places import City, find_city
from chainmap.sources.workspace import Workspace


class GapQuestion(NamedTuple):
    """What the user asked of a city's gaps, as typed."""

    city: str
    chain: str | None = None
    as_of: str | None = None
    include_expired: bool = False
    top: int = 30
    peers: str | None = None
    explain: str | None = None
    workspace: Path | None = None


def show_gaps(asked: GapQuestion, fmt: Format, out: Path | None) -> None:
    """Answer `chainmap gaps`."""
    world = _world(asked)
    city = find_city(world.cities, asked.city)
    chain = world.library.find_chain(asked.chain) if asked.chain is not None else None
    options = GapOptions(
        as_of=typed_asked_day(asked.as_of) or world.edition,
        include_expired=asked.include_expired,
    )
    if asked.explain is not None:
        _show_one(world, city, options, asked, (fmt, out))
        return
    record = _gap_list(world, city, options, GapView(chain, _peers(world, city, asked), asked.top))
    rows = narrow_gap_rows(record) if fmt is Format.TABLE else gap_rows(record)
    emit(
        fmt,
        out,
        record=record,
        rows=rows,
        title=f"{city.name}产业链缺口（数据 {world.edition}）",
        workbook=lambda file: workbook.write_gaps(record, file),
    )
    if fmt is Format.TABLE and out is None:
        emit(fmt, None, record=record, rows=completeness_rows(record), title=_standing(record))
    if fmt is not Format.JSON:
        _say_basis(record)


def _show_one(
    world: World,
    city: City,
    options: GapOptions,
    asked: GapQuestion,
    sink: tuple[Format, Path | None],
) -> None:
    """Answer `chainmap gaps --explain`: one gap, with its rank among those of its chain."""
    chain = world.library.find_chain(asked.chain) if asked.chain is not None else None
    segment = world.library.find_segment(str(asked.explain), chain)
    chain = chain or world.library.chain_of(segment.id)
    record = _gap_list(world, city, options, GapView(chain, _peers(world, city, asked)))
    gap = next((gap for gap in record.gaps if gap.segment_id == segment.id), None)
    if gap is None:
        unknown = any(one.segment_id == segment.id for one in record.not_enough_data)
        why = "数据不足，不能判断有无缺口" if unknown else "不是缺口：已有企业且与产业规模相称"
        say(f"{city.name}“{segment.name}”{why}。")
        return
    title = f"{city.name}“{segment.name}”：{chain.name}第{gap.rank}位缺口（共{record.n_gaps}项）"
    fmt, out = sink
    emit(fmt, out, record=gap, rows=explanation_rows(gap), title=title)
    if fmt is not Format.JSON:
        say(gap.reason)
        _say_basis(record)


def _world(asked: GapQuestion) -> World:
    """Return the bundled world or that of a register, as of the day asked for."""
    day = typed_asked_day(asked.as_of)
    if asked.workspace is not None:
        recorded = around_changes(asked.workspace, "build-presence")
        return load_workspace_world(Workspace(asked.workspace, around=recorded), day)
    return world_on(day)


def _gap_list(world: World, city: City, options: GapOptions, view: GapView) -> GapList:
    return gap_list(world, city, find_gaps(world, city, options, view.chain), options, view)


def _peers(world: World, city: City, asked: GapQuestion) -> PeerGroup | None:
    if asked.peers is None:
        return province_peers(city, world.presence, world.cities)
    return peer_group(city, asked.peers, world.presence, world.cities)


def _standing(record: GapList) -> str:
    if record.peers is None:
        return "产业链完整度（没有对标城市）"
    named = "、".join(record.peers.cities[:12])
    return f"产业链完整度（对标{record.peers.scheme_zh}：{named}）"


def _say_basis(record: GapList) -> None:
    say(plans_text(record.basis))
    if record.similar:
        say(f"产业结构最相似的城市：{'、'.join(record.similar)}。")
    if record.not_enough_data:
        names = "、".join(segment.segment for segment in record.not_enough_data[:8])
        say(f"数据不足、未作判断的环节 {len(record.not_enough_data)} 个：{names}等。")
    if not record.basis.enough_data:
        say(f"数据中{record.basis.city}的企业太少，不足以判断缺口。")
