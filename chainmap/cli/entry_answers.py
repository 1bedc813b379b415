"""What `chainmap train gaps` and `chainmap evaluate gaps` answer."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from chainmap import __version__, resources
from chainmap.chains.library import load_library
from chainmap.cli.entry_files import read_panel
from chainmap.cli.entry_nodes import NodeKind
from chainmap.cli.entry_words import TABLES_ZH, in_words
from chainmap.cli.output import Format, check_folder, emit, say, write_folder
from chainmap.gaps.entry.backtest import backtest, chain_row, summary_rows
from chainmap.gaps.entry.chances import VERSION
from chainmap.gaps.entry.panel import Panel
from chainmap.gaps.entry.release import model_files
from chainmap.gaps.entry.roster import RosterFacts, roster_panel, undated_share
from chainmap.gaps.entry.training import TrainingOptions, train_model
from chainmap.linkage.place import place_roster
from chainmap.sources.cards import load_card
from chainmap.sources.companies import load_companies, read_roster
from chainmap.sources.places import load_cities


class Shown(NamedTuple):
    """How an evaluation is shown, and where work is kept for the next run."""

    fmt: Format
    out: Path | None
    work: Path | None


def train_entry(out: Path | None, data: Path | None, work: Path | None) -> None:
    """Answer `chainmap train gaps`: write the model's files, whole or not at all.

    Raises:
        InputError: The folder cannot be written.
        ModelError: The data has too few origins.
    """
    folder = out or resources.root() / "models" / "entry" / VERSION
    check_folder(folder)
    panel, options, origin = _training_data(data, work)
    model = train_model(panel, options, folder.name)
    files = model_files(model, backtest(panel, options), options, origin)
    write_folder(folder, files)


def _training_data(
    data: Path | None, work: Path | None
) -> tuple[Panel, TrainingOptions, dict[str, Any]]:
    """Return the panel, how to train on it, and what the manifest says of it."""
    if data is not None:
        panel, counts = read_panel(data, NodeKind.SEGMENTS, work)
        options = TrainingOptions(first=panel.until - 20, lag=0)
        said = f"企业登记 {counts['companies']} 家，环节由经营范围归位。"
        command = "chainmap train gaps --data 登记数据文件夹"
        hashes: dict[str, Any] = {"registrations": counts["sha256"]}
    else:
        world = _roster()
        panel, options = roster_panel(world), TrainingOptions()
        said = (
            f"随附企业名录 {world.companies.height} 家，其中 {undated_share(world):.0%} "
            "没有成立年份，不进训练；使用时它们算作已有企业。"
        )
        command = "chainmap train gaps"
        hashes = {"companies": resources.content_hash("data", "companies")}
    return panel, options, {
        "data": {**hashes, "taxonomy": resources.taxonomy_hash()},
        "data_zh": said,
        "command": command,
        "package": __version__,
    }  # fmt: skip


def _roster() -> RosterFacts:
    """Return the bundled facts; a world cannot be had before the model."""
    library = load_library()
    return RosterFacts(
        library=library,
        cities=load_cities(),
        companies=load_companies(),
        placements=place_roster(read_roster(), library),
        edition=load_card("companies").date,
    )


UNSHOWN = ("slices",)
"""Tables too long for a screen: every method by every slice. JSON and CSV hold them."""
THIN_ORIGINS = 6
"""Training origins where events are few (segments: some 200 an origin); the pilot had two."""


def show_entry_scores(data: Path | None, nodes: NodeKind, quick: bool, shown: Shown) -> None:
    """Answer `chainmap evaluate gaps`.

    Args:
        data: Folder of registrations; None is the bundled roster.
        nodes: What registrations are counted by.
        quick: Fewer folds and trees, no ablations.
        shown: How and where.

    Raises:
        InputError: The data cannot be used.
        ModelError: There is nothing to learn from or to judge by.
    """
    if data is None:
        tables, title = _roster_tables(), "进入模型评测：随附名录"
    else:
        tables, title = _registration_tables(data, nodes, quick, shown.work)
    if shown.fmt is Format.TABLE and shown.out is None:
        for name in (name for name in tables if name in TABLES_ZH):
            said = [in_words(row, name) for row in tables[name]]
            emit(shown.fmt, None, record=None, rows=said, title=f"{title} · {TABLES_ZH[name]}")
        return
    columns = dict.fromkeys(key for rows in tables.values() for row in rows for key in row)
    long = [
        {"table": name, **dict.fromkeys(columns, ""), **row}
        for name, rows in tables.items()
        for row in rows
    ]
    emit(shown.fmt, shown.out, record=tables, rows=long, title=title)


def _roster_tables() -> dict[str, list[dict[str, Any]]]:
    from chainmap.gaps.entry.backtest_details import backtest_details

    panel, options = roster_panel(_roster()), TrainingOptions()
    tested = backtest(panel, options)
    further = backtest_details(panel, tested, options)
    windows = [
        {"origin": one.origin, "events": one.n_events, "base_rate": round(one.base_rate, 5),
         "brier": round(one.brier, 6), "brier_of_base_rate": round(one.brier_base, 6),
         "calibration_error": round(one.calibration_error, 6)}
        for one in tested
    ]  # fmt: skip
    return {
        "backtest": summary_rows(tested),
        "details": further["details"],
        "significance": further["significance"],
        "seeds": further["seeds"],
        "cold": further["cold"],
        "windows": windows,
        "experiment": [chain_row(tested)],
        "slices": further["slices"],
    }


def _registration_tables(
    data: Path, nodes: NodeKind, quick: bool, work: Path | None
) -> tuple[dict[str, list[dict[str, Any]]], str]:
    from chainmap.gaps.entry.comparisons import SEEDS
    from chainmap.gaps.entry.evaluation import EvaluationOptions, evaluate_panel
    from chainmap.gaps.entry.experiment import family_experiment
    from chainmap.gaps.entry.learners import THIN, LearnerOptions
    from chainmap.gaps.entry.tasks import ENTRY, FIRST, SPECIALISATION, TASKS, calendar_of

    panel, counts = read_panel(data, nodes, work)
    thin = nodes is NodeKind.SEGMENTS
    calendar = calendar_of(panel, origins=THIN_ORIGINS if thin else 2)
    say(
        f"登记 {counts['companies']:,} 家，归不到城市的 {counts['outside']:,} 家；"
        f"{counts['units']} 个城市 × {counts['nodes']:,} 个环节，{counts['edges']:,} 条。"
        "环节全由抓取时的经营范围判定，早年的企业也带着后来的业务："
        "这一泄漏在本数据上无从去除，没有“不用文本的环节”可作对照。"
    )
    learner = THIN if thin else LearnerOptions()
    learner = replace(learner, trees=20) if quick else learner
    options = EvaluationOptions(
        folds=2 if quick else 5, ablations=not quick, seeds=2 if quick else SEEDS, learner=learner
    )
    tasks = (ENTRY, SPECIALISATION) if thin or quick else TASKS
    tables = vars(evaluate_panel(panel, calendar, tasks, options))
    if panel.chains and not quick:
        calendars = [calendar_of(panel, back, THIN_ORIGINS) for back in (2, 1, 0)]
        tables["experiment"] = family_experiment(
            panel, calendars, (ENTRY, FIRST, SPECIALISATION), learner
        )
    order = [name for name in (*TABLES_ZH, *UNSHOWN) if tables.get(name)]
    years = f"{'、'.join(map(str, calendar.training))} → {calendar.test}"
    title = f"进入模型评测：{counts['units']} 个城市 × {counts['nodes']:,} 个环节，{years}"
    return {name: tables[name] for name in order}, title
