"""What `chainmap labels build` answers, and the template of its ledger."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import polars as pl

from chainmap.cli.output import Format, emit, form_asked, say, write_file, write_template_file
from chainmap.concepts.inert_text import inert_column
from chainmap.errors import InputError
from chainmap.ranking.firm_finder import firm_finder
from chainmap.ranking.kept_out import TRADES, load_kept_out, with_trades
from chainmap.ranking.labels import (
    LabelSet,
    branch_labels,
    counted,
    landing_labels,
    presence_labels,
    site_labels,
    together,
)
from chainmap.reports.landing_template import write_landing_template
from chainmap.sources.companies import load_companies
from chainmap.sources.firm_columns import firm_columns, read_firm_table
from chainmap.sources.places import load_cities

KIND_ZH = {
    "branch": "分支机构",
    "subsidiary": "子公司",
    "presence": "异地布局",
    "landing": "落地项目",
}
NAMED = (("firm_id", "name"), "other_city")
"""What a table of sites must state: the firm, by code or name, and the city."""


@dataclass(frozen=True)
class Asked:
    """Where labels are to be looked for, and the table that says the firms' trade."""

    registrations: Path | None = None
    presence: Path | None = None
    ledger: Path | None = None
    firms: Path | None = None
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
        ).with_columns(inert_column(pl.col(pl.String)))
        write_file(refused, lambda file: frame.write_csv(file, include_bom=True))
    record = labels.with_columns(pl.col("date").cast(pl.String)).to_dicts()
    emit(fmt, out, record=record, rows=rows, title=f"落地标签（{len(rows)} 条）")


def label_sets(asked: Asked) -> dict[str, LabelSet]:
    """Return the label set of every source asked for, by the source's name.

    Raises:
        InputError: No source was named, a file cannot be read, or the table of firms says no trade.
    """
    cities, rules = load_cities(), load_kept_out()
    trades = _trades(asked.firms) if asked.firms is not None else None
    sets: dict[str, LabelSet] = {}
    if asked.registrations is not None:
        rows = read_firm_table(asked.registrations, ("name", "city"))
        sets["企业登记"] = branch_labels(rows, cities, rules, asked.registrations.name)
    if asked.presence is not None:
        rows = _told(read_firm_table(asked.presence, NAMED), trades)
        sets["异地布局"] = presence_labels(rows, cities, rules, asked.presence.name)
    if asked.ledger is not None:
        rows = _told(read_firm_table(asked.ledger, NAMED), trades)
        sets["落地台账"] = landing_labels(rows, cities, rules, asked.ledger.name)
    if asked.roster:
        sets["随附名录"] = site_labels(load_companies(), rules, "data/companies")
    if not sets:
        raise InputError(
            "没有指定任何来源。", todo="用 --registrations、--presence 或 --ledger 指定文件。"
        )
    return sets


def summary(name: str, found: LabelSet) -> str:
    """Return one line: rows read, labels kept, rows refused by reason, without what it rests on."""
    reasons = "；".join(f"{why} {n}" for why, n in counted(found.refused["reason"]).items())
    kept = f"{name}：读入 {found.n_rows} 行，取 {found.labels.height} 条"
    return kept + (f"，不取 {found.refused.height} 行（{reasons}）。" if reasons else "。")


def _trades(file: Path) -> pl.DataFrame:
    """Return a table of firms with their trades, by code, else by name.

    Raises:
        InputError: It cannot be read, or has no column of trades.
    """
    table = read_firm_table(file, ("name",))
    if not set(TRADES) & set(table.columns):
        names = "、".join(name for field in TRADES for name in firm_columns()[field][:2])
        raise InputError(
            f"{file.name} 没有一列是企业的行业。",
            todo=f"需要{names}等列之一；现有的列里没有认出。",
        )
    codes = ["firm_id"] if "firm_id" in table.columns else []
    return table.with_columns(firm_id=pl.coalesce(*codes, "name"))


def _told(rows: pl.DataFrame, firms: pl.DataFrame | None) -> pl.DataFrame:
    """Return rows with code, name and trade of their firm as a table of firms has them."""
    if firms is None:
        return rows
    found = firm_finder(firms).found(rows)
    own = ["firm_id"] if "firm_id" in rows.columns else []
    firm_id = pl.coalesce("firm_id", *(rows[name] for name in own))
    return with_trades(found, firms).with_columns(firm_id=firm_id).drop("unfound")


def write_template(out: Path) -> None:
    """Answer `chainmap template landings`."""
    write_template_file(out, write_landing_template)
