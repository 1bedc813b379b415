"""What `chainmap evaluate targets --province …` answers: the scorecard of some destinations."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import polars as pl

from chainmap.cli.output import emit, say
from chainmap.cli.targets_data import read_target_data
from chainmap.cli.targets_evaluation import Shown
from chainmap.cli.targets_files import FileRead, reasons_text
from chainmap.errors import InputError, UnknownNameError
from chainmap.ranking.labels import counted
from chainmap.ranking.target_model import earlier_target_model
from chainmap.ranking.target_place_rows import (
    DATED_TASK,
    UNDATED_TASK,
    not_beaten,
    place_rows,
    strongest,
)
from chainmap.ranking.target_places import measure_places
from chainmap.ranking.target_training import TargetOptions
from chainmap.sources.places import find_city
from chainmap.tables import Cities

HEADINGS = {
    "task": "问题", "order": "排法", "lists": "清单", "events": "布局",
    "auc": "AUC·按清单", "hit_20": "前20命中", "hit_100": "前100命中", "mrr": "MRR",
    "auc_events": "AUC·按布局", "events_20": "前20内布局", "events_100": "前100内布局",
    "lead": "AUC领先·清单", "lead_hit_20": "前20命中领先", "lead_hit_100": "前100命中领先",
    "lead_by_firm": "AUC领先·布局", "lead_events_20": "前20内布局领先",
    "lead_events_100": "前100内布局领先",
}  # fmt: skip
KINDS_ZH = {UNDATED_TASK: "无日期", DATED_TASK: "有年份"}
SHOWN_ON_SCREEN = (
    "task", "order", "auc", "hit_20", "hit_100", "auc_events", "events_100",
    "lead", "lead_hit_100", "lead_by_firm",
)  # fmt: skip


def show_place_scores(
    data: Path | None, province: str | None, cities: str | None, shown: Shown
) -> None:
    """Answer `chainmap evaluate targets --province … --cities …`.

    Args:
        data: A folder with tables of firms and of their other cities; None takes the roster.
        province: Name, two digits or full code of a province.
        cities: Names of cities with commas between them.
        shown: Form of the result, and where it goes.

    Raises:
        InputError: The data lacks a table, or pictures are asked for.
        UnknownNameError: Nothing answers to a name.
        ModelError: There is nothing to learn from, or no site is in the cities.
    """
    if shown.pictures is not None:
        raise InputError("可靠性图只画全部城市的。", todo="去掉 --pictures，或不限城市。")
    read = read_target_data(data)
    codes = chosen_cities(read.universe.cities, province, cities)
    for line in read.lines():
        say(line)
    card = measure_places(
        read.known, read.universe, codes, read.dated, TargetOptions(), earlier_target_model()
    )
    rows = place_rows(card)
    for line in _told(rows, len(codes), card.unasked):
        say(line)
    landings = [_landings(file, codes, card.unasked) for file in read.ledgers()]
    for one in landings:
        say(
            f"{one['file']} 的 {one['rows']} 行：问了 {one['asked']} 处"
            f"{reasons_text(one['not_asked'], '没有问的')}。"
        )
    ours = card.events.filter(kind="dated").height - sum(one["asked"] for one in landings)
    say(f"有年份的落地里有 {ours} 处出自随附的落地台账和名录中集团的异地工厂。")
    record = {"cities": codes, "scores": rows, "not_beaten": not_beaten(rows),
              "dated_lists": [{"city_code": c, "year": y}
                              for c, y in zip(card.dated_cities, card.years, strict=True)],
              "events": card.events.to_dicts(), "not_asked": card.unasked.height,
              "not_asked_why": counted(card.unasked["reason"]),
              "files": read.records(), "ledgers": landings,
              "dated_bundled": ours}  # fmt: skip
    keys = SHOWN_ON_SCREEN if shown.fmt.value == "table" else tuple(HEADINGS)
    short = [row | {"task": KINDS_ZH[row["task"]]} for row in rows]
    table = [{HEADINGS[key]: row.get(key, "") for key in keys} for row in short]
    emit(shown.fmt, shown.out, record=record, rows=table, title="目标排序评测：所选城市")


def chosen_cities(cities: Cities, province: str | None, names: str | None) -> list[str]:
    """Return the codes of a province's cities and of cities named, ascending, each once.

    Raises:
        InputError: No city is named.
        UnknownNameError: Nothing answers to a name.
    """
    given = [name.strip() for name in re.split("[,，、]", names or "") if name.strip()]
    found = {find_city(cities, name).code for name in given}
    if province is not None:
        asked = province.strip().removesuffix("省").removesuffix("市")
        code = asked.ljust(6, "0") if asked.isdigit() else asked
        there = cities.filter((pl.col("province") == code) | (pl.col("province_code") == code))
        if not asked or there.is_empty():
            raise UnknownNameError("省份", province)
        found |= set(there["city_code"])
    if not found:
        raise InputError("没有指明城市。", todo="用 --cities 绍兴,宁波 或 --province 浙江。")
    return sorted(found)


def _told(rows: list[dict[str, str]], n_cities: int, unasked: pl.DataFrame) -> list[str]:
    """Return what a reader should know of the table, one line each."""
    lines = []
    for task in (UNDATED_TASK, DATED_TASK):
        mine = [row for row in rows if row["task"] == task]
        if not mine:
            lines.append(f"{task}：所选 {n_cities} 个城市没有。")
            continue
        best = {m: strongest(rows, task, m) for m in ("auc", "auc_events")}
        open_ = [row for row in not_beaten(rows) if row["task"] == task]
        by_auc = "、".join(r["order"] for r in open_ if r["measure"].startswith("AUC·按清单"))
        lines.append(
            f"{task}：{mine[0]['lists']} 张清单、{mine[0]['events']} 处；"
            f"最强的简单排法：按清单 {best['auc']['order']} {best['auc']['auc']:.3f}，"
            f"按布局 {best['auc_events']['order']} {best['auc_events']['auc_events']:.3f}；"
            f"AUC 按清单未能显著胜过：{by_auc or '无'}；各项领先的区间含 0 的共 {len(open_)} 项。"
        )
    if not unasked.is_empty():
        why = "、".join(f"{reason} {n}" for reason, n in counted(unasked["reason"]).items())
        lines.append(f"另有 {unasked.height} 处有年份的落地没有问：{why}。")
    return lines


def _landings(ledger: FileRead, codes: list[str], unasked: pl.DataFrame) -> dict[str, Any]:
    """Return what became of every row of a ledger: asked about, or why not."""
    why = unasked.rename({"reason": "why"})
    elsewhere = pl.when(~pl.col("city_code").is_in(codes)).then(pl.lit("不在所选城市"))
    rows = ledger.rows.join(why, on=["firm_id", "city_code"], how="left", maintain_order="left")
    rows = rows.with_columns(reason=pl.coalesce("reason", elsewhere, "why"))
    left = rows.filter(pl.col("reason").is_not_null())
    return {
        "file": ledger.file.name, "rows": ledger.n_rows, "asked": ledger.n_rows - left.height,
        "not_asked": counted(left["reason"]),
        "rows_not_asked": left.select("row", "name", "reason").to_dicts(),
    }  # fmt: skip
