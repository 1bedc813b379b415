"""What `chainmap evaluate coverage` answers: what the data sees, and whether intervals hold."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

import polars as pl

from chainmap import resources
from chainmap.chains.library import load_library
from chainmap.cli.coverage_register import Registered, plain_names, read_makers
from chainmap.cli.output import Format, emit, say
from chainmap.concepts.identifiers import chain_of
from chainmap.concepts.kinds import Role
from chainmap.errors import InputError
from chainmap.gaps.coverage import Recapture, count_seen, share_interval, spread_between_cities
from chainmap.gaps.hidden import HiddenTest, Hiding, by_source, hide_and_measure
from chainmap.gaps.presence import counted_placements
from chainmap.linkage.evidence import place_companies
from chainmap.linkage.place import place_roster
from chainmap.linkage.scopes import HIGH_CONFIDENCE
from chainmap.reports.plain_workbook import write_rows
from chainmap.sources.companies import load_companies, read_roster
from chainmap.sources.coverage import load_coverage
from chainmap.sources.places import load_cities
from chainmap.sources.plain_table import read_columns
from chainmap.sources.registers import register_files
from chainmap.tables import Companies

HIDDEN_SHARES = (0.2, 0.4, 0.6)
GROUPS_ZH = {
    "all": "全部单元（大多可断定没有企业，命中必高于 90%）",
    "enough": "数据足够的单元（已见加预计未见至少 1 家），应在 85%–95%",
    "open": "预计未见至少 1 家的单元",
    "<0.1": "期望不足 0.1 家",
    "0.1-1": "期望 0.1–1 家",
    "1-5": "期望 1–5 家",
    "5+": "期望 5 家以上",
}
MAKERS = (Role.MAKE.value, Role.RD.value)
_COLUMNS = ("数据", "项目", "看得见", "90%区间", "单元或企业数", "命中率", "随机化命中率")
_BLANK = dict.fromkeys(_COLUMNS, "")


def show_coverage(data: Path | None, repeats: int, fmt: Format, out: Path | None) -> None:
    """Answer `chainmap evaluate coverage`.

    Raises:
        InputError: The folder or file holds neither listed companies nor registrations.
    """
    listed, registrations = _found(data)
    rows, record = _shipped()
    if listed is not None:
        rows += _listed(listed, record)
    tests = [("名录", roster_firms())]
    if registrations is not None:
        register = read_makers(registrations)
        rows += [_recaptured(register, load_companies(), record), *_marked(register, record)]
        tests.append(("登记", register.firms))
    for name, firms in tests:
        say(f"{name}：{firms['company_id'].n_unique():,} 家制造和研发企业，隐去后重估 …")
        rows += _hidden_rows(name, firms, repeats, record)
    shown = [_BLANK | row for row in rows]
    title = "覆盖率与隐企检验"
    notes = [
        "隐去一部分企业，只凭其余企业和一次抽查估出的覆盖率，看 90% 区间是否包含全部数据的家数。",
        "家数是整数：几乎可以断定没有企业的单元，区间只能是 0，命中必高于 90%，"
        "所以看数据足够的单元，命中率应在 85%–95%；“随机化命中率”消去整数的影响，应为 90%。",
    ]
    emit(fmt, out, record=record, rows=shown, title=title,
         workbook=lambda file: write_rows(file, title, notes, shown))  # fmt: skip


def roster_firms() -> pl.DataFrame:
    """Return what counts as presence in the roster, by company; listed or not is its source."""
    library, companies = load_library(), load_companies()
    unlisted = pl.col("stock_code").is_null()
    source = pl.when(unlisted).then(pl.lit("未上市")).otherwise(pl.lit("上市"))
    home = companies.select("company_id", "city_code", source=source)
    return (
        counted_placements(place_roster(read_roster(), library), library)
        .join(home, on="company_id", maintain_order="left")
        .with_columns(chain_id=pl.col("segment_id").map_elements(chain_of, pl.String))
        .select("company_id", "city_code", "segment_id", "chain_id", "source")
    )


def _found(data: Path | None) -> tuple[Path | None, Path | None]:
    """Return the table of listed companies, and where registrations are, where there are any."""
    if data is None:
        return None, None
    if data.is_file():
        return (data, None) if data.suffix == ".csv" else (None, data)
    listed = next(iter(sorted(data.glob("listed_firms.csv"))), None)
    registers = register_files(data)
    if listed is None and not registers:
        raise InputError(
            f"{data} 中既没有上市公司表也没有登记表。",
            todo="文件夹中应有 listed_firms.csv 或登记数据的 Parquet 文件，也可直接给出文件。",
        )
    return listed, data if registers else None


def _shipped() -> tuple[list[dict[str, Any]], dict[str, Any]]:
    shipped = {dataset: load_coverage(dataset) for dataset in ("companies", "intake")}
    rows = [
        _share_row(name, f"随附的覆盖率 · {_chain(c.chain)}", c.seen, c.total)
        for dataset, name in (("companies", "名录"), ("intake", "登记"))
        for c in shipped[dataset].chains
    ]
    record = {name: card.model_dump(mode="json") for name, card in shipped.items()}
    measured = dict.fromkeys(("companies", "intake", "registered"))
    return rows, {"shipped": record, "measured": measured, "hidden": []}


def _listed(file: Path, record: dict[str, Any]) -> list[dict[str, Any]]:
    """Return a row per chain: listed makers of the chain the roster has, as the file is now."""
    firms = read_columns(file, ("ts_code", "公司名称", "主营业务", "城市"))
    texts = firms.select(company="ts_code", name="公司名称", scope=pl.lit(""), business="主营业务")
    makers = (
        place_companies(texts)
        .filter(pl.col("role").is_in(MAKERS) & (pl.col("confidence") >= HIGH_CONFIDENCE))
        .unique(["company", "chain_id"])
        .join(firms.select(company="ts_code", city="城市"), on="company")
    )
    known = load_companies()["stock_code"].drop_nulls().to_list()
    counted, spread = count_seen(makers, known), spread_between_cities(makers, known)
    record["measured"]["companies"] = {
        "chains": [c.model_dump() for c in counted],
        "spread_between_cities": round(spread, 3),
    }
    rows = [
        _share_row("名录", f"上市公司中重数 · {_chain(c.chain)}", c.seen, c.total) for c in counted
    ]
    spread_row = {"数据": "名录", "项目": "覆盖率的城市间差异（相对标准差）"}
    return [*rows, {**spread_row, "看得见": f"{spread:.3f}"}]


def _recaptured(
    register: Registered, companies: Companies, record: dict[str, Any]
) -> dict[str, Any]:
    """Return the row of all makers: registered ones the roster has too, by full name."""
    cities = load_cities().select("city_code", "province")
    roster = companies.join(cities, on="city_code").filter(
        pl.col("province").is_in(register.provinces)
        & (pl.col("founded_year") <= register.last_year)
    )
    both = roster.filter(
        plain_names(pl.col("full_name")).is_in(register.names["name"].to_list())
    ).height
    lists = Recapture(roster.height, register.names.height, both)
    record["measured"]["registered"] = {
        **{"first": lists.first, "second": lists.second, "both": lists.both},
        **{"size": round(lists.size), "size_sd": round(lists.size_sd)},
    }
    return _share_row("名录", "登记的制造和研发企业中，名录所有", both, lists.second)


def _marked(register: Registered, record: dict[str, Any]) -> list[dict[str, Any]]:
    """Return a row per chain: makers marked by hand that the rules put on a segment of it."""
    file = resources.root() / "tests" / "golden" / "placement.csv"
    if not file.is_file():
        say("未重数登记数据的覆盖率：人工标注随源码发布、不随安装包安装。")
        return []
    labels = pl.read_csv(file, infer_schema=False)
    marked = labels.filter((pl.col("split") == "test") & pl.col("role").is_in(MAKERS)).select(
        company=pl.concat_str("uscc", "chain", separator="/"), chain_id="chain"
    )
    found = register.firms.select(pl.concat_str("company_id", "chain_id", separator="/"))
    counted = count_seen(marked.unique(), found.to_series().to_list())
    record["measured"]["intake"] = {"chains": [c.model_dump() for c in counted]}
    return [
        _share_row("登记", f"人工标注中重数 · {_chain(c.chain)}", c.seen, c.total) for c in counted
    ]


def _hidden_rows(
    name: str, firms: pl.DataFrame, repeats: int, record: dict[str, Any]
) -> list[dict[str, Any]]:
    library, cities = load_library(), load_cities()
    rows: list[dict[str, Any]] = []
    for share in HIDDEN_SHARES:
        for way, hidden in (("随机", {"": share}), ("按来源", by_source(firms, share))):
            tests = [
                hide_and_measure(firms, cities, library, Hiding(hidden, seed=seed))
                for seed in range(1, repeats + 1)
            ]
            record["hidden"] += [
                {"data": name, "way": way, "asked": share, "seed": seed, **asdict(test)}
                for seed, test in enumerate(tests, start=1)
            ]
            rows += _test_rows(name, f"{way}隐去 {share:.0%}", tests)
    return rows


def _test_rows(name: str, way: str, tests: list[HiddenTest]) -> list[dict[str, Any]]:
    """Return a row per group of cells, all repeats together, and what the words are worth."""
    seen = f"{_mean([(t.share, 1) for t in tests]):.3f}"
    rows: list[dict[str, Any]] = []
    for group, words in GROUPS_ZH.items():
        held = [test.groups[group] for test in tests]
        rows.append(
            {
                "数据": name, "项目": f"{way} · {words}", "看得见": seen,
                "单元或企业数": sum(h.n_cells for h in held),
                "命中率": f"{_mean([(h.held, h.n_cells) for h in held]):.3f}",
                "随机化命中率": f"{_mean([(h.randomised, h.n_cells) for h in held]):.3f}",
            }
        )  # fmt: skip
    verdicts = {
        "称“强”而确在全国平均以上": [(t.rightly_strong, t.n_strong) for t in tests],
        "称“无”而确实没有": [(1.0 - t.wrongly_absent, t.n_absent) for t in tests],
    }
    return rows + [
        {
            "数据": name, "项目": f"{way} · {words}", "看得见": seen,
            "单元或企业数": sum(n for _, n in cells), "命中率": f"{_mean(cells):.3f}",
        }
        for words, cells in verdicts.items()
    ]  # fmt: skip


def _mean(weighted: list[tuple[float, int]]) -> float:
    known = [(value, n) for value, n in weighted if n]
    total = sum(n for _, n in known)
    return sum(value * n for value, n in known) / total if total else float("nan")


def _share_row(data: str, what: str, seen: int, total: int) -> dict[str, Any]:
    low, high = share_interval(seen, total)
    return {"数据": data, "项目": what, "看得见": f"{seen / total:.3f}（{seen}/{total}）",
            "90%区间": f"{low:.3f}–{high:.3f}", "单元或企业数": total}  # fmt: skip


def _chain(chain_id: str) -> str:
    return load_library().chains[chain_id].name
