"""What `chainmap targets CITY --universe …` answers: any universe ranked, as of a day."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from chainmap.cli.output import Format, emit, say, write_file
from chainmap.errors import InputError
from chainmap.ranking.known import Known
from chainmap.ranking.makes import load_makes_model, universe_makes
from chainmap.ranking.pair_registry import pair_features
from chainmap.ranking.target_model import TargetModel, load_target_model, score_city
from chainmap.ranking.universe import Universe, universe_of_table, universe_of_workspace
from chainmap.sources.firm_columns import read_firm_table
from chainmap.sources.places import find_city, load_cities
from chainmap.sources.workspace import Workspace

MOST_WITH_CHANCES = 50_000
"""Firms up to which the chance is worked out as well: it asks about every other city."""
SHOWN_PARTS = 3


@dataclass(frozen=True)
class Asked:
    """What is to be ranked, and how it is to be shown.

    Attributes:
        universe: A table of firms; exactly one of this and `workspace`.
        workspace: Imported companies.
        as_of: Nothing dated later is read; None takes the model's edition.
        top: Length of the printed list; 0 prints all.
        scores: Where every candidate's score and parts go, CSV or Parquet.
        segments: Only firms that placement finds on one of these; none asks for all.
    """

    city: str
    universe: Path | None = None
    workspace: Path | None = None
    as_of: dt.date | None = None
    top: int = 20
    scores: Path | None = None
    segments: tuple[str, ...] = ()


def show_ranked_universe(asked: Asked, fmt: Format, out: Path | None) -> None:
    """Answer `chainmap targets CITY` for an imported universe.

    Raises:
        InputError: Not exactly one source was named, or it cannot be read.
        UnknownNameError: Nothing answers to the city's name.
        ModelError: The released model is not as its manifest says.
    """
    cities = load_cities()
    city, model = find_city(cities, asked.city), load_target_model()
    universe = read_universe(asked)
    year = origin_year(asked.as_of, model)
    known = Known(universe, year)
    many = known.n_firms > MOST_WITH_CHANCES
    across = not asked.segments
    away = score_city(model, known, city.code, chances=not many, across=across)
    ranked = _on_segments(away, universe, asked.segments)
    ranked = _with_codes(ranked, universe)
    if asked.segments:
        makes = universe_makes(load_makes_model(), universe, asked.segments)
        ranked = ranked.join(makes, on="firm_id", how="left", maintain_order="left")
        say("是否真做该环节一列由人工标注校准（models/makes），不改名次：chainmap evaluate makes。")
    say(_counts(universe, known, (away, ranked), year))
    if many:
        say(f"企业超过 {MOST_WITH_CHANCES} 家，只算名次，不算可能性。")
    if asked.scores is not None:
        parquet = asked.scores.suffix.lower() == ".parquet"
        write_file(asked.scores, ranked.write_parquet if parquet else ranked.write_csv)
        say(f"已写入 {asked.scores}（{ranked.height} 家的得分和各项）")
    shown = ranked.head(asked.top) if asked.top else ranked
    homes = dict(cities.select("city_code", "short_name").iter_rows())
    features = [term.feature for term in model.of_list(across)]
    rows = [_row(row, homes, features) for row in shown.iter_rows(named=True)]
    emit(
        fmt,
        out,
        record=shown.to_dicts(),
        rows=rows,
        title=f"{city.short_name}招商目标（{year} 年底）",
    )


def read_universe(asked: Asked) -> Universe:
    """Return the universe a table or a workspace holds.

    Raises:
        InputError: Not exactly one was named, or it cannot be read.
    """
    if (asked.universe is None) == (asked.workspace is None):
        raise InputError("候选企业要么来自 --universe，要么来自 --workspace，二选一。")
    if asked.universe is not None:
        return universe_of_table(read_firm_table(asked.universe, ("name",)), load_cities())
    assert asked.workspace is not None
    return universe_of_workspace(Workspace(asked.workspace), load_cities())


def origin_year(as_of: dt.date | None, model: TargetModel) -> int:
    """Return the last year that is over on a day: facts are dated by year only."""
    if as_of is None:
        return model.edition
    return as_of.year if (as_of.month, as_of.day) == (12, 31) else as_of.year - 1


def _on_segments(
    ranked: pl.DataFrame, universe: Universe, segments: tuple[str, ...]
) -> pl.DataFrame:
    """Return the list of the firms on some segments, ranks from 1; the whole list for none."""
    if not segments:
        return ranked
    there = universe.segments.filter(pl.col("segment_id").is_in(list(segments)))
    kept = ranked.join(there.select("firm_id").unique(), on="firm_id", how="semi",
                       maintain_order="left")  # fmt: skip
    return kept.with_columns(rank=pl.int_range(1, kept.height + 1, dtype=pl.Int64))


def _with_codes(ranked: pl.DataFrame, universe: Universe) -> pl.DataFrame:
    """Return the list with `code` beside the firm's id: what other tables know the firm by."""
    ids = ranked["firm_id"].to_list()
    codes = pl.Series("code", [universe.codes.get(one, one) for one in ids], dtype=pl.String)
    return ranked.insert_column(ranked.columns.index("firm_id") + 1, codes)


def _counts(
    universe: Universe, known: Known, lists: tuple[pl.DataFrame, pl.DataFrame], year: int
) -> str:
    """Return what became of every row; `lists` are firms elsewhere, and those of them ranked."""
    away, ranked = (one.height for one in lists)
    later, home = universe.firms.height - known.n_firms, known.n_firms - away
    undated = known.firms.filter(pl.col("founded_year").is_null())
    unknown = undated.join(lists[1], on="firm_id", how="semi").height
    taken = f"（其中成立年份未知 {unknown} 家，按已成立排入）" if unknown else ""
    beside = f"、不在所选环节 {away - ranked} 家" if ranked < away else ""
    return (
        f"读入 {universe.firms.height + universe.refused.height} 行，"
        f"不取 {universe.refused.height} 行；"
        f"{year} 年后成立 {later} 家、本市 {home} 家{beside}不排；"
        f"排序 {ranked} 家{taken}。员工数、注册资本、行业和主营业务按表中所写，没有日期。"
    )


def _row(row: dict[str, Any], homes: dict[str, str], features: list[str]) -> dict[str, Any]:
    every = pair_features()
    strongest = sorted(features, key=lambda name: (-row[name], name))[:SHOWN_PARTS]
    return {
        "名次": row["rank"],
        "企业": row["name"],
        "代码": row["code"],
        "总部": homes.get(row["home"], "不详"),
        "得分": round(row["score"], 3),
        "可能性": "" if row["chance"] is None else f"{row['chance']:.3%}",
        "会外迁": f"{row['expands']:.1%}",
        **({"真做该环节": f"{row['makes']:.0%}"} if "makes" in row else {}),
        "主要加分": "；".join(
            f"{every[name].explanation.split('（')[0]} {row[name]:+.2f}"
            for name in strongest
            if row[name] > 0
        ),
    }
