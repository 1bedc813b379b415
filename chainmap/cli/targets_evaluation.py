"""What `chainmap evaluate targets` answers: the scorecard, and the back-test by the calendar."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import polars as pl

from chainmap.cli.output import Format, emit, say, write_folder
from chainmap.cli.targets_data import read_target_data
from chainmap.errors import InputError
from chainmap.ranking.kept_out import load_kept_out
from chainmap.ranking.labels import LABELS, branch_labels
from chainmap.ranking.makes import released_makes_rows
from chainmap.ranking.makes_release import makes_lines
from chainmap.ranking.target_backtest import LOGIT, Calendar, Dated, dated_backtest
from chainmap.ranking.target_model import earlier_target_model
from chainmap.ranking.target_scorecard import Scorecard, measure_targets
from chainmap.ranking.target_summary import (
    beaten,
    bias_rows,
    calibration_rows,
    head_words,
    part_rows,
    summary_rows,
    suspicious,
)
from chainmap.ranking.target_training import TargetOptions
from chainmap.ranking.universe import universe_of_table
from chainmap.sources.firm_columns import read_firm_table
from chainmap.sources.places import load_cities

SAMPLE = 20
"""One register row in so many stands for the city's stock in the dated back-test."""
HEADINGS = {
    "task": "问题", "order": "排法", "lists": "清单", "events": "布局", "auc": "AUC",
    "ndcg_20": "NDCG@20", "mrr": "MRR", "hit_1": "前1", "hit_5": "前5", "hit_10": "前10",
    "hit_20": "前20", "hit_100": "前100", "recall_100": "召回@100", "lift_100": "提升@100",
    "lead": "领先（95%区间）", "lead_by_province": "按省", "lead_by_firm": "按企业",
    "lead_by_city": "按城市", "lead_mrr": "MRR领先", "lead_auc": "AUC领先",
    "events_20": "前20内布局", "events_100": "前100内布局", "events_100_uncommon": "少见企业",
    "lead_hit_20": "前20命中领先", "lead_hit_100": "前100命中领先",
    "lead_events_20": "前20内布局领先", "lead_events_100": "前100内布局领先",
}  # fmt: skip
SHOWN = ("task", "order", "auc", "ndcg_20", "mrr", "hit_20", "hit_100", "recall_100", "lead")


class Shown(NamedTuple):
    """How the scorecard is shown: form, file (None is stdout), folder of pictures."""

    fmt: Format
    out: Path | None
    pictures: Path | None = None


def show_target_scores(data: Path | None, dated: bool, shown: Shown) -> None:
    """Answer `chainmap evaluate targets`.

    Args:
        data: A folder with tables of firms and of their other cities; None takes the roster.
        dated: Whether a register in the folder is back-tested by the calendar too.
        shown: Form of the result, and where it goes.

    Raises:
        InputError: The data lacks a table.
        ModelError: There is nothing to learn from.
    """
    read = read_target_data(data)
    for line in read.lines():
        say(line)
    if read.ledgers():
        say("文件夹里的落地台账按年检验：请加 --province 或 --cities，这里只问随附的台账。")
    card = measure_targets(read.known, TargetOptions(), earlier_target_model(), read.landed)
    rows = summary_rows(card)
    if dated and read.registrations:
        rows += dated_rows(registered_backtest(read.registrations))
    won, lost = beaten(card)
    say(f"AUC 显著胜过：{'、'.join(won) or '无'}。未能显著胜过：{'、'.join(lost) or '无'}。")
    if suspicious(card):
        say("平均 AUC 不低于 0.9：这批数据上几乎必是泄漏，请查特征。")
    for row in calibration_rows(card):
        ratios = "、".join(f"{value:.2f}" for value in row["seen_over_predicted"])
        say(f"{row['chance']}：最高三个十分位实际÷预测 {ratios}；Brier {row['brier']:.4g}"
            f"（只报发生率 {row['brier_of_base_rate']:.4g}）。{head_words(row)}")  # fmt: skip
    makes = released_makes_rows()
    for line in makes_lines(makes):
        say(line)
    record = {"scores": rows, "parts": part_rows(card), "calibration": calibration_rows(card),
              "makes": makes, "bias": bias_rows(card), "beaten": won,
              "not_beaten": lost, "files": read.records()}  # fmt: skip
    if shown.pictures is not None:
        draw_reliability(card, shown.pictures)
    keys = SHOWN if shown.fmt is Format.TABLE else tuple(HEADINGS)
    table = [{HEADINGS[key]: row.get(key, "") for key in keys} for row in rows]
    emit(shown.fmt, shown.out, record=record, rows=table, title="目标排序评测")


def draw_reliability(card: Scorecard, folder: Path) -> None:
    """Write `reliability.svg` and `.png`: chances of left-out firms against what was seen.

    Raises:
        InputError: The folder cannot be written.
    """
    from chainmap.reports.panorama_files import picture_png
    from chainmap.reports.reliability import ReliabilityPanel, reliability_svg

    panels = [
        ReliabilityPanel(
            row["chance"],
            row["curve"],
            f"十个十分位；Brier {row['brier']:.4g}（只报发生率 {row['brier_of_base_rate']:.4g}）",
        )
        for row in calibration_rows(card)
    ]
    svg = reliability_svg(panels)
    picture = {"reliability.svg": svg.encode("utf-8"), "reliability.png": picture_png(svg)}
    write_folder(folder, picture)


def registered_backtest(register: Sequence[Path]) -> Dated:
    """Return the back-test on branches of a register, its last two complete years tested.

    Args:
        register: Its files; several are one register in parts.

    Raises:
        InputError: The register gives too few labels.
    """
    cities = load_cities()
    parts = [read_firm_table(file, ("name", "city", "founded")) for file in register]
    rows = pl.concat(parts, how="diagonal")
    rows = rows.with_columns(row=pl.int_range(2, rows.height + 2, dtype=pl.Int64))
    source = "、".join(file.name for file in register)
    labels = branch_labels(rows, cities, load_kept_out(), source).labels
    labels = LABELS.check(labels.filter(pl.col("date").is_not_null()))
    if labels.is_empty():
        raise InputError("登记表中没有认出一家异地分公司。")
    last = int(labels["date"].dt.year().max() or 0)  # type: ignore[arg-type]
    wanted = labels["firm_id"].unique().to_list()
    sample = rows.filter(pl.col("firm_id").is_in(wanted) | (pl.col("row") % SAMPLE == 0))
    universe = universe_of_table(sample.drop("business", strict=False), cities, place=False)
    training = tuple(range(last - 6, last - 2))
    return dated_backtest(universe, labels, Calendar(training, last - 2, (last - 1, last)))


def dated_rows(dated: Dated) -> list[dict[str, Any]]:
    """Return one row an order: later years, trained on earlier ones only."""
    rows = []
    for name, scores in dated.scores.items():
        row: dict[str, Any] = {"task": "企业→城市（按年，分公司）", "order": name}
        row |= {"lists": len(scores.number), "events": len(scores.event_auc)}
        measures = ("auc", "ndcg_20", "mrr", "hit_1", "hit_5", "hit_10", "hit_20", "recall_100")
        row |= {measure: round(scores.mean(measure), 4) for measure in measures}
        if name != LOGIT:
            gap = dated.lead(name)
            row["lead"] = f"{gap.mean:+.4f} [{gap.low:+.4f}, {gap.high:+.4f}]"
        rows.append(row)
    return rows
