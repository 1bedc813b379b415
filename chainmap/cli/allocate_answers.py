"""What `chainmap allocate` answers."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

from pydantic import ValidationError

from chainmap.cli.output import Format, emit, say
from chainmap.concepts.allocation_records import AllocationQuestion, CityLink
from chainmap.errors import InputError
from chainmap.reports.allocation_rows import city_rows, conflict_rows, screen_rows, summary_lines
from chainmap.reports.allocation_workbook import write_allocation
from chainmap.server.allocating import allocation_of
from chainmap.sources.asked_days import typed_asked_day
from chainmap.sources.talk_locks import read_lock_file

_SHOWN_CONFLICTS = 10


class Asked(NamedTuple):
    """The command line, as typed; `limits` are places a city, cities a company, per segment."""

    cities: str | None
    province: str | None
    chain: str | None
    limits: tuple[int, int, int]
    links: tuple[str, ...]
    locks: Path | None
    as_of: str | None
    include_expired: bool


def show_allocation(asked: Asked, fmt: Format, out: Path | None) -> None:
    """Answer `chainmap allocate`.

    Raises:
        InputError: Fewer than two cities, a link not written A:B, or an unreadable lock file.
        UnknownNameError: Nothing answers to a name.
    """
    record = allocation_of(_question(asked))
    rows = screen_rows(record) if fmt is Format.TABLE else city_rows(record)
    emit(
        fmt,
        out,
        record=record,
        rows=rows,
        title=f"错位分配：{len(record.cities)} 市 × {record.chain or '六条产业链'}",
        workbook=lambda file: write_allocation(record, file),
    )
    if fmt is Format.JSON:
        return
    for line in summary_lines(record):
        say(line)
    conflicts = conflict_rows(record)
    for row in conflicts[:_SHOWN_CONFLICTS]:
        say(f"冲突：{row['企业']}，{row['让出']}让出。{row['为什么']}补入：{row['让出方补入']}。")
    if len(conflicts) > _SHOWN_CONFLICTS:
        say(f"另有 {len(conflicts) - _SHOWN_CONFLICTS} 条：用 --format xlsx 或 json 看全部。")


def _question(asked: Asked) -> AllocationQuestion:
    top, max_cities, per_segment = asked.limits
    names = [name.strip() for name in re.split("[,，、]", asked.cities or "") if name.strip()]
    if not names and asked.province is None:
        raise InputError("没有指明城市。", todo="用 --cities 绍兴,宁波 或 --province 浙江。")
    locks = read_lock_file(asked.locks) if asked.locks is not None else []
    day = typed_asked_day(asked.as_of)
    try:
        return AllocationQuestion(
            cities=names,
            province=asked.province,
            chain=asked.chain,
            top=top,
            max_cities=max_cities,
            per_segment=per_segment,
            links=[_link(given) for given in asked.links],
            locks=locks,
            as_of=day,
            include_expired=asked.include_expired,
        )
    except ValidationError as error:
        raise InputError(
            "一次分配问得太多，或有名称为空、过长。",
            todo="城市和飞地各至多 60 个，首报首谈至多 2000 条，名称至多 120 字。",
        ) from error


def _link(given: str) -> CityLink:
    city, _, partner = given.replace("：", ":").partition(":")
    if not city.strip() or not partner.strip():
        raise InputError(f"飞地“{given}”应写作 甲地:乙地。", todo="如 --link 绍兴:杭州。")
    return CityLink(city=city.strip(), partner=partner.strip())
