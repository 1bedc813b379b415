"""What the `chainmap projects` commands answer."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from chainmap.catalogue.projects import needed_projects, project_history
from chainmap.catalogue.projects_rank import ProjectOptions
from chainmap.catalogue.propositions import PropositionOptions
from chainmap.cli.output import Format, emit, say
from chainmap.pipeline import world_on
from chainmap.reports.project_records import (
    Ground,
    ground_of,
    project_ranking,
    proposition_list,
)
from chainmap.reports.project_rows import (
    left_out_rows,
    proposed_rows,
    ranked_rows,
    screen_rows,
    sponsor_rows,
)
from chainmap.reports.project_workbook import (
    ranking_notes,
    write_propositions,
    write_ranking,
)
from chainmap.reports.rows import Rows
from chainmap.server.sponsors import sponsor_ranker
from chainmap.settings import load_settings
from chainmap.sources.asked_days import typed_asked_day
from chainmap.sources.places import find_city
from chainmap.sources.project_columns import project_columns

_STORED = {
    "investment_10k": "总投资", "fixed_investment_10k": "固定资产投资", "output_10k": "年产值",
    "tax_10k": "年税收", "land_mu": "用地", "energy_tce": "年综合能耗", "city_code": "意向城市代码",
    "place": "意向地", "investment_currency": "总投资币种",
}  # fmt: skip


class Asked(NamedTuple):
    """The command line, as typed."""

    city: str
    workspace: Path | None
    land: float | None
    as_of: str | None


def show_ranking(asked: Asked, fmt: Format, out: Path | None) -> None:
    """Answer `chainmap projects rank`.

    Raises:
        InputError: The workspace holds no projects.
    """
    ground = _ground(asked)
    projects = needed_projects(ground.workspace)
    record = project_ranking(ground, ProjectOptions(land_mu=asked.land), projects)
    rows = screen_rows(record) if fmt is Format.TABLE else ranked_rows(record)
    emit(
        fmt,
        out,
        record=record,
        rows=rows,
        title=f"{ground.city.name}项目对接（{record.basis.catalogue_label}）",
        workbook=lambda file: write_ranking(record, file),
    )
    if fmt is not Format.JSON:
        for note in ranking_notes(record):
            say(note)
    if fmt is Format.CSV:
        for row in left_out_rows(record):
            say(f"未列入：{row['项目名称']}（{row['结果']}）：{row['原因']}")


def show_propositions(
    asked: Asked, wanted: tuple[str | None, int, int], fmt: Format, out: Path | None
) -> None:
    """Answer `chainmap projects propose`; `wanted` is chain, how many, sponsors of each."""
    ground = _ground(asked)
    given, top, sponsors = wanted
    chain = ground.world.library.find_chain(given) if given is not None else None
    options = PropositionOptions(chain.id if chain else None, top, sponsors, asked.land)
    ranker = sponsor_ranker(ground.world, ground.city, ground.day, sponsors)
    record = proposition_list(ground, ranker, options)
    rows = proposed_rows(record) if fmt is Format.TABLE else sponsor_rows(record)
    emit(
        fmt,
        out,
        record=record,
        rows=rows,
        title=f"{ground.city.name}项目建议（{record.basis.catalogue_label}）",
        workbook=lambda file: write_propositions(record, file),
    )
    if fmt is not Format.JSON:
        say(record.basis.coverage)
        asking = sum(bool(one.to_ask) for one in record.propositions)
        say(f"{len(record.propositions)} 项建议，其中 {asking} 项有数值未知的准入条件，须先核实。")


def show_history(
    project: str | None, workspace: Path | None, fmt: Format, out: Path | None
) -> None:
    """Answer `chainmap projects history`."""
    changes = project_history(workspace or load_settings().workspace, project)
    words = {f: names[0] for f, names in project_columns().columns.items()} | _STORED
    rows: Rows = [
        {
            "日期": row["as_of"].isoformat(),
            "项目": row["name"],
            "字段": words.get(row["field"], row["field"]),
            "之前": row["before"],
            "之后": row["after"],
            "清单序号": row["sequence"],
            "项目编号": row["project_id"],
        }
        for row in changes.iter_rows(named=True)
    ]
    emit(fmt, out, record=rows, rows=rows, title="项目的历次变化")


def _ground(asked: Asked) -> Ground:
    day = typed_asked_day(asked.as_of)
    world = world_on(day)
    city = find_city(world.cities, asked.city)
    return ground_of(world, city, asked.workspace or load_settings().workspace, day)
