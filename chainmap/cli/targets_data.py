"""Reads what the target ranker is trained and tested on, and says where it came from."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from chainmap import __version__, resources
from chainmap.chains.library import load_library
from chainmap.cli.targets_files import FileRead, file_lines, file_records, site_rows
from chainmap.cli.targets_folder import Role, TargetFolder, target_folder
from chainmap.cli.targets_sites import SiteTables
from chainmap.linkage.place import place_roster
from chainmap.ranking.kept_out import TRADES, kept_out_reason, load_kept_out, with_trades
from chainmap.ranking.known import Known
from chainmap.ranking.labels import LABELS, Labels, site_labels, together
from chainmap.ranking.noted_landings import roster_landings, teaching
from chainmap.ranking.target_landings import Landed
from chainmap.ranking.universe import Universe, universe_of_roster, universe_of_table
from chainmap.sources.cards import load_card
from chainmap.sources.companies import load_companies, read_roster
from chainmap.sources.firm_columns import read_firm_table
from chainmap.sources.places import load_cities


@dataclass(frozen=True)
class TargetData:
    """A universe with its labels, and what the manifest says of them.

    Attributes:
        known: The firms as they are today, with the labels.
        universe: The same firms, to be seen as of other years.
        dated: Sites whose date is known, under the ids of the universe; not among the labels'
            dates, which are never read in the cross-section.
        noted: Those of the bundled ledger, whatever else the folder holds.
        origin: Where the data comes from, for the manifest.
        registrations: The files of a register in the same folder, for the dated back-test.
        folder: What the tables of the folder are; None for the roster.
        files: What became of the rows of those that were read.
    """

    known: Known
    universe: Universe
    dated: Labels
    noted: Labels
    origin: dict[str, Any]
    registrations: tuple[Path, ...] = ()
    folder: TargetFolder | None = None
    files: tuple[FileRead, ...] = ()

    @property
    def landed(self) -> Landed:
        """Return what the scorecard asks about as of the year before."""
        return Landed(self.universe, self.noted)

    def lines(self) -> list[str]:
        """Return what every table of the folder was read as, one line a table."""
        return file_lines(self.folder, self.files)

    def ledgers(self) -> list[FileRead]:
        """Return the ledgers of dated landings that were read."""
        return [one for one in self.files if one.file.role is Role.LEDGER]

    def records(self) -> list[dict[str, Any]]:
        """Return the same as plain values, one entry a table."""
        return file_records(self.folder, self.files)


def read_target_data(folder: Path | None) -> TargetData:
    """Return the firms and labels of a folder, or of the bundled roster without one.

    Tables are known by their columns, see `target_folder`; all tables of sites count.

    Raises:
        InputError: As `target_folder`, or a table cannot be read.
    """
    return _bundled() if folder is None else _from_folder(folder)


def _from_folder(folder: Path) -> TargetData:
    tables = target_folder(folder)
    (universe,) = tables.of(Role.UNIVERSE)
    table = read_firm_table(universe.path, ("firm_id", "name", "city"))
    firms = universe_of_table(table, load_cities())
    refused = firms.refused.with_columns(file=pl.lit(universe.name))
    sites = SiteTables(firms, table)
    ledgers = tables.of(Role.LEDGER)
    presence = tables.of(Role.PRESENCE) or ledgers
    stated, presences = sites.presences(presence)
    found = _by_trade(_sites_of(firms), table)
    noted = sites.noted()
    taught = teaching(noted)
    labels = together_labels(stated, found, taught)
    dated, landings = sites.landings(ledgers, also_presence=presence is ledgers)
    dated = pl.concat([dated, pl.DataFrame(noted)])
    known = Known(firms, load_card("companies").date.year, labels, undated=True)
    told = (FileRead(universe, table.height, site_rows(refused)),
            *(() if presence is ledgers else presences), *landings)  # fmt: skip
    by_rule = sum(one.rows["reason"].str.starts_with("按规则").sum() for one in presences)
    origin = {
        "data": {"universe": _sha256(universe.path),
                 "presence": " ".join(_sha256(file.path) for file in presence),
                 "companies": resources.content_hash("data", "companies"),
                 "landings": resources.content_hash("data", "landings"),
                 "taxonomy": resources.taxonomy_hash()},
        "data_zh": [
            f"候选总体：上市公司 {firms.firms.height} 家，其中 "
            f"{firms.segments['firm_id'].n_unique()} 家由主营业务归到产业链环节。"
            "公开资料汇编，不随本软件分发。",
            f"标签：上市公司自述的异地布局 {stated.height} 条（出自公司资料的归纳，未见许可声明，"
            f"不随本软件分发）；随附名录中集团的异地工厂 {found.height} 条；随附落地台账中总体认得"
            f"的 {noted.height} 条里，浙江以外的 {taught.height} 条（Apache-2.0，事实）。"
            f"去掉重复的企业与城市，合计 {labels.height} 条，均按无日期使用。",
            f"台账里落在浙江的 {noted.height - taught.height} 条不参加训练，只作检验；"
            "其中也是自述布局的，已由自述布局学过，不拿来检验。",
            "零售餐饮、金融、电信运营、成品油与燃气销售、邮政快递和门面服务企业的布局 "
            f"{by_rule} 条按规则不取：看企业的行业和名称（data/landings/kept-out.yml）。",
            "模型只含系数、校准点和省际布局次数，不含任何一行原始资料。",
            "没有使用 CC BY-NC-SA 4.0 的企业登记数据；它只用于另行的按年回测。",
        ],
        "command": "chainmap train targets --data 数据文件夹",
        "package": __version__,
    }  # fmt: skip
    registers = tuple(file.path for file in tables.of(Role.REGISTER))
    dated = _dated(firms, found, dated)
    return TargetData(known, firms, dated, noted, origin, registers, tables, told)


def _by_trade(labels: Labels, table: pl.DataFrame) -> Labels:
    """Return labels without those of firms whose trade, as the table states it, is kept out."""
    rows = with_trades(labels, table)
    trades = [pl.col(name) for name in TRADES if name in rows.columns]
    reason = kept_out_reason(pl.lit(""), load_kept_out(), trades)
    return LABELS.check(rows.filter(reason.is_null()).select(labels.columns))


def _dated(universe: Universe, sites: Labels, ledgers: pl.DataFrame) -> Labels:
    """Return all sites that have a date, ledgers' before the roster's, each pair once."""
    frame = pl.concat([ledgers, pl.DataFrame(sites)])
    frame = frame.filter(pl.col("date").is_not_null())
    return LABELS.check(
        frame.join(universe.firms.select("firm_id"), on="firm_id", how="semi")
        .unique(["firm_id", "city_code"], keep="first", maintain_order=True)
        .sort("firm_id", "city_code")
    )


def together_labels(*labels: pl.DataFrame) -> Labels:
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
    noted = roster_landings(companies).labels
    labels = together_labels(sites, teaching(noted))
    known = Known(firms, load_card("companies").date.year, labels, undated=True)
    origin = {
        "data": {"companies": resources.content_hash("data", "companies"),
                 "landings": resources.content_hash("data", "landings"),
                 "taxonomy": resources.taxonomy_hash()},
        "data_zh": [
            f"随附名录：{firms.firms.height} 家集团或独立企业，异地工厂和浙江以外的落地 "
            f"{labels.height} 处（Apache-2.0，事实）。没有人数和注册资本。",
        ],
        "command": "chainmap train targets",
        "package": __version__,
    }  # fmt: skip
    return TargetData(known, firms, _dated(firms, sites, pl.DataFrame(noted)), noted, origin)


def _sites_of(universe: Universe) -> Labels:
    """Return the roster's sites of groups whose head is listed, under its stock code."""
    companies = load_companies()
    found = site_labels(companies, load_kept_out(), "data/companies").labels
    codes = companies.select(firm_id="company_id", code="stock_code").drop_nulls()
    homes = universe.firms.select(code="firm_id", home="home")
    rows = found.join(codes, on="firm_id").join(homes, on="code")
    rows = rows.filter(pl.col("home").is_null() | (pl.col("home") != pl.col("city_code")))
    return LABELS.check(rows.with_columns(firm_id="code").sort("firm_id", "city_code"))


def _sha256(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()
