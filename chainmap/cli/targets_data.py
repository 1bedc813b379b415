"""Reads what the target ranker is trained and tested on, and says where it came from."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from chainmap import __version__, resources
from chainmap.chains.library import load_library
from chainmap.errors import InputError
from chainmap.linkage.names import keys
from chainmap.linkage.place import place_roster
from chainmap.ranking.kept_out import TRADES, kept_out_reason, load_kept_out, with_trades
from chainmap.ranking.known import Known
from chainmap.ranking.labels import (
    LABELS,
    Labels,
    landing_labels,
    presence_labels,
    site_labels,
    together,
)
from chainmap.ranking.universe import Universe, universe_of_roster, universe_of_table
from chainmap.sources.cards import load_card
from chainmap.sources.companies import load_companies, read_roster
from chainmap.sources.firm_columns import read_firm_table, recognised_fields
from chainmap.sources.places import load_cities

UNIVERSE_FIELDS = frozenset({"firm_id", "name", "city", "founded", "staff"})
PRESENCE_FIELDS = frozenset({"firm_id", "name", "other_city"})
LEDGER_FIELDS = frozenset({"name", "other_city", "date"})
REGISTER_FIELDS = frozenset({"name", "city", "founded", "business"})


@dataclass(frozen=True)
class TargetData:
    """A universe with its labels, and what the manifest says of them.

    Attributes:
        universe: The same firms, to be seen as of other years.
        dated: Sites whose date is known, under the ids of the universe; not among the labels'
            dates, which are never read in the cross-section.
        registrations: The files of a register in the same folder, for the dated back-test.
    """

    known: Known
    universe: Universe
    dated: Labels
    origin: dict[str, Any]
    registrations: tuple[Path, ...] = ()


def read_target_data(folder: Path | None) -> TargetData:
    """Return the firms and labels of a folder, or of the bundled roster without one.

    Files are known by their columns: a table of firms with staff and founding, a table of firms
    with another city, a register in Parquet.

    Raises:
        InputError: The folder lacks a table of firms or of their other cities.
    """
    return _bundled() if folder is None else _from_folder(folder)


def _from_folder(folder: Path) -> TargetData:
    files = sorted([*folder.glob("*.csv"), *folder.glob("*.parquet"), *folder.glob("*/*.parquet")])
    fields = {file: recognised_fields(file) for file in files}
    ledgers = [file for file, found in fields.items() if found >= LEDGER_FIELDS]
    plain = {file: found for file, found in fields.items() if file not in ledgers}
    presence = _first(plain, PRESENCE_FIELDS) or _first(fields, PRESENCE_FIELDS)
    universe = _first(
        {f: found for f, found in fields.items() if "other_city" not in found}, UNIVERSE_FIELDS
    )
    if presence is None or universe is None:
        lacking = "企业总体（含人数和成立日期）" if universe is None else "企业异地布局"
        raise InputError(
            f"{folder} 中没有{lacking}的表。",
            todo="需要两个 CSV：企业总体（代码、名称、城市、成立日期、员工数）、"
            "企业异地布局（代码、名称、异地城市）。",
        )
    table = read_firm_table(universe, ("firm_id", "name", "city"))
    firms = universe_of_table(table, load_cities())
    rows = with_trades(read_firm_table(presence, ("firm_id", "name", "other_city")), table)
    read = presence_labels(rows, load_cities(), load_kept_out(), presence.name)
    stated, by_rule = read.labels, read.refused["reason"].str.starts_with("按规则").sum()
    sites = _by_trade(_sites_of(firms), table)
    labels = together_labels(stated, sites)
    known = Known(firms, load_card("companies").date.year, labels, undated=True)
    origin = {
        "data": {"universe": _sha256(universe), "presence": _sha256(presence),
                 "companies": resources.content_hash("data", "companies"),
                 "taxonomy": resources.taxonomy_hash()},
        "data_zh": [
            f"候选总体：上市公司 {firms.firms.height} 家，其中 "
            f"{firms.segments['firm_id'].n_unique()} 家由主营业务归到产业链环节。"
            "公开资料汇编，不随本软件分发。",
            f"标签：上市公司自述的异地布局 {stated.height} 条（出自公司资料的归纳，未见许可声明，"
            f"不随本软件分发）；随附名录中集团的异地工厂 {sites.height} 条（Apache-2.0，事实）。"
            f"合计 {labels.height} 条，均按无日期使用。",
            "零售餐饮、金融、电信运营、成品油与燃气销售、邮政快递和门面服务企业的布局 "
            f"{by_rule} 条按规则不取：看企业的行业和名称（data/landings/kept-out.yml）。",
            "模型只含系数、校准点和省际布局次数，不含任何一行原始资料。",
            "没有使用 CC BY-NC-SA 4.0 的企业登记数据；它只用于另行的按年回测。",
        ],
        "command": "chainmap train targets --data 数据文件夹",
        "package": __version__,
    }  # fmt: skip
    parquet = (file for file in fields if file.suffix == ".parquet")
    registers = tuple(file for file in parquet if fields[file] >= REGISTER_FIELDS)
    dated = _dated(firms, sites, [_by_trade(_ledger(file, firms), table) for file in ledgers])
    return TargetData(known, firms, dated, origin, registers)


def _by_trade(labels: Labels, table: pl.DataFrame) -> Labels:
    """Return labels without those of firms whose trade, as the table states it, is kept out."""
    rows = with_trades(labels, table)
    trades = [pl.col(name) for name in TRADES if name in rows.columns]
    reason = kept_out_reason(pl.lit(""), load_kept_out(), trades)
    return LABELS.check(rows.filter(reason.is_null()).select(labels.columns))


def _ledger(file: Path, universe: Universe) -> Labels:
    """Return a ledger's landings by firms of the universe, known by code, else by name."""
    rows = read_firm_table(file, ("name", "other_city", "date"))
    if "firm_id" not in rows.columns:
        rows = rows.with_columns(firm_id=pl.lit(None, pl.String))
    ids = set(universe.firms["firm_id"])
    codes = {one: one for one in ids} | {code: one for one, code in universe.codes.items()}
    by_key = dict(zip(keys(universe.firms["name"]), universe.firms["firm_id"], strict=True))
    named = keys(rows["name"].fill_null("")).replace_strict(
        by_key, default=None, return_dtype=pl.String
    )
    found = rows["firm_id"].replace_strict(codes, default=None, return_dtype=pl.String)
    rows = rows.with_columns(firm_id=pl.coalesce(found, named))
    known = rows.filter(pl.col("firm_id").is_not_null())
    homes = universe.firms.select("firm_id", "home")
    labels = landing_labels(known, load_cities(), load_kept_out(), file.name).labels
    away = labels.join(homes, on="firm_id", maintain_order="left")
    return LABELS.check(
        away.filter(pl.col("home").is_null() | (pl.col("home") != pl.col("city_code")))
    )


def _dated(universe: Universe, sites: Labels, ledgers: list[Labels]) -> Labels:
    """Return all sites that have a date, a ledger's before the roster's, each pair once."""
    frame = pl.concat([pl.DataFrame(one) for one in (*ledgers, sites)])
    frame = frame.filter(pl.col("date").is_not_null())
    return LABELS.check(
        frame.join(universe.firms.select("firm_id"), on="firm_id", how="semi")
        .unique(["firm_id", "city_code"], keep="first", maintain_order=True)
        .sort("firm_id", "city_code")
    )


def together_labels(*labels: Labels) -> Labels:
    """Return several labels as one table, undated, each pair once."""
    frame = pl.concat([pl.DataFrame(one) for one in labels])
    frame = frame.with_columns(date=pl.lit(None, pl.Date))
    return LABELS.check(
        frame.unique(["firm_id", "city_code"], keep="first", maintain_order=True).sort(
            "firm_id", "city_code"
        )
    )


def _bundled() -> TargetData:
    library, companies = load_library(), load_companies()
    placements = place_roster(read_roster(), library)
    firms = universe_of_roster(companies, placements, library, load_cities())
    sites = together([site_labels(companies, load_kept_out(), "data/companies")])
    labels = together_labels(sites)
    known = Known(firms, load_card("companies").date.year, labels, undated=True)
    origin = {
        "data": {"companies": resources.content_hash("data", "companies"),
                 "taxonomy": resources.taxonomy_hash()},
        "data_zh": [
            f"随附名录：{firms.firms.height} 家集团或独立企业，{labels.height} 处异地工厂"
            "（Apache-2.0，事实）。没有人数和注册资本。",
        ],
        "command": "chainmap train targets",
        "package": __version__,
    }  # fmt: skip
    return TargetData(known, firms, _dated(firms, sites, []), origin)


def _sites_of(universe: Universe) -> Labels:
    """Return the roster's sites of groups whose head is listed, under its stock code."""
    companies = load_companies()
    found = site_labels(companies, load_kept_out(), "data/companies").labels
    codes = companies.select(firm_id="company_id", code="stock_code").drop_nulls()
    homes = universe.firms.select(code="firm_id", home="home")
    rows = found.join(codes, on="firm_id").join(homes, on="code")
    rows = rows.filter(pl.col("home").is_null() | (pl.col("home") != pl.col("city_code")))
    return LABELS.check(rows.with_columns(firm_id="code").sort("firm_id", "city_code"))


def _first(fields: dict[Path, frozenset[str]], wanted: frozenset[str]) -> Path | None:
    return next((file for file, found in fields.items() if wanted <= found), None)


def _sha256(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()
