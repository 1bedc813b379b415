"""What `chainmap labels build` answers, and the template of its ledger."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import polars as pl

from chainmap.cli.output import Format, emit, form_asked, say, write_file, write_template_file
from chainmap.errors import InputError
from chainmap.ranking.kept_out import load_kept_out
from chainmap.ranking.labels import (
    LabelSet,
    branch_labels,
    landing_labels,
    presence_labels,
    site_labels,
    together,
)
from chainmap.reports.landing_template import write_landing_template
from chainmap.sources.companies import load_companies
from chainmap.sources.firm_columns import read_firm_table
from chainmap.sources.places import load_cities

KIND_ZH = {
    "branch": "分支机构",
    "subsidiary": "子公司",
    "presence": "异地布局",
    "landing": "落地项目",
}


@dataclass(frozen=True)
class Asked:
    """Where labels are to be looked for."""

    registrations: Path | None = None
    presence: Path | None = None
    ledger: Path | None = None
    roster: bool = True


def build_labels(
    asked: Asked, refused: Path | None, given: Format | None, out: Path | None
) -> None:
    """Answer `chainmap labels build`; CSV where no form is given and no file's name says one.

    Raises:
        InputError: No source was named, or a file cannot be read.
    """
    fmt = form_asked(given, out, Format.CSV)
    sets = label_sets(asked)
    for name, one in sets.items():
        say(summary(name, one))
    labels = together(list(sets.values()))
    rows = [
        {
            "企业代码": row["firm_id"], "企业": row["firm"], "总部城市代码": row["from_city"] or "",
            "落地城市代码": row["city_code"],
            "日期": row["date"].isoformat() if row["date"] else "",
            "类别": KIND_ZH[row["kind"]], "出处": row["source"], "可信度": row["confidence"],
        }
        for row in labels.iter_rows(named=True)
    ]  # fmt: skip
    if refused is not None:
        frame = pl.concat(
            one.refused.with_columns(source=pl.lit(name)) for name, one in sets.items()
        )
        write_file(refused, lambda file: frame.write_csv(file, include_bom=True))
    record = labels.with_columns(pl.col("date").cast(pl.String)).to_dicts()
    emit(fmt, out, record=record, rows=rows, title=f"落地标签（{len(rows)} 条）")


def label_sets(asked: Asked) -> dict[str, LabelSet]:
    """Return the label set of every source asked for, by the source's name.

    Raises:
        InputError: No source was named, or a file cannot be read.
    """
    cities, rules = load_cities(), load_kept_out()
    sets: dict[str, LabelSet] = {}
    if asked.registrations is not None:
        rows = read_firm_table(asked.registrations, ("name", "city"))
        sets["企业登记"] = branch_labels(rows, cities, rules, asked.registrations.name)
    if asked.presence is not None:
        rows = read_firm_table(asked.presence, ("name", "other_city"))
        sets["异地布局"] = presence_labels(rows, cities, rules, asked.presence.name)
    if asked.ledger is not None:
        rows = read_firm_table(asked.ledger, ("name", "other_city"))
        sets["落地台账"] = landing_labels(rows, cities, rules, asked.ledger.name)
    if asked.roster:
        sets["随附名录"] = site_labels(load_companies(), rules, "data/companies")
    if not sets:
        raise InputError(
            "没有指定任何来源。", todo="用 --registrations、--presence 或 --ledger 指定文件。"
        )
    return sets


def summary(name: str, found: LabelSet) -> str:
    """Return one line: rows read, labels kept, rows refused by reason."""
    counts = (
        found.refused.group_by("reason").len().sort(["len", "reason"], descending=[True, False])
    )
    reasons = "；".join(f"{reason} {n}" for reason, n in counts.iter_rows())
    kept = f"{name}：读入 {found.n_rows} 行，取 {found.labels.height} 条"
    return kept + (f"，不取 {found.refused.height} 行（{reasons}）。" if reasons else "。")


def write_template(out: Path) -> None:
    """Answer `chainmap template landings`."""
    write_template_file(out, write_landing_template)
