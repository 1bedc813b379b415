"""What `chainmap evaluate placement` answers."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any, NamedTuple

import polars as pl

from chainmap import resources
from chainmap.chains.library import load_library
from chainmap.cli.output import Format, emit
from chainmap.concepts.kinds import Role
from chainmap.errors import InputError
from chainmap.linkage.doubt_scores import DoubtScores, doubt_scores
from chainmap.linkage.evidence import place_companies
from chainmap.linkage.placement_scores import (
    PlacementScores,
    Scores,
    Share,
    chain_claims,
    score_placements,
)
from chainmap.sources.plain_table import read_columns
from chainmap.sources.scope_table import open_scope_lists, read_scope_rows

BATCHES = {"fresh": "新标注", "third": "第三批"}
"""Batches of labels drawn after the first rules stood, by what the table calls them."""


class Asked(NamedTuple):
    """What `chainmap evaluate placement` was asked."""

    companies: Path
    golden: Path | None
    split: str
    listed: Path | None
    products: Path | None
    errors: bool


def show_scores(asked: Asked, fmt: Format, out: Path | None) -> None:
    """Answer `chainmap evaluate placement`.

    Raises:
        InputError: No labels, none of their companies in the table, or errors asked of the test.
    """
    if asked.errors and asked.split != "dev":
        raise InputError("只能列出 dev 的不一致之处。", todo="test 只用来检验，不可据以调参。")
    labels = _labels(asked)
    wanted = labels["uscc"].unique().to_list()
    with tempfile.TemporaryDirectory(prefix="chainmap-") as unpacked:
        lists = open_scope_lists([asked.companies], Path(unpacked)).lists
        found = pl.concat(
            part.companies.filter(pl.col("company").is_in(wanted))
            for part in read_scope_rows(lists)
        ).unique("company", keep="first", maintain_order=True)
    if found.is_empty():
        raise InputError(f"{asked.companies} 中没有标注的企业。", todo="核对信用代码的列。")
    labels = labels.filter(pl.col("uscc").is_in(found["company"].to_list()))
    placed = place_companies(found)
    claims = chain_claims(placed)
    scores = score_placements(claims, labels)
    rows = _rows(scores)
    if asked.errors:
        rows = _differences(claims, labels)
    else:
        for batch, name in BATCHES.items():
            rows += _batch_rows(claims, labels, batch, name)
        alone = place_companies(found, learned=False)
        rows += _doubt_rows(doubt_scores(alone, placed, labels, _read_proposals(asked)))
        rows = _level(rows)
    if asked.listed is not None:
        from chainmap.cli.placement_listed import listed_rows

        rows = [*rows, *listed_rows(asked.listed, asked.products)]
    title = f"归位评测：{asked.split}，{scores.companies} 家企业"
    emit(fmt, out, record=rows, rows=rows, title=title)


LABELS = ("uscc", "chain", "role", "segment", "split")


def _labels(asked: Asked) -> pl.DataFrame:
    file = asked.golden or resources.root() / "tests" / "golden" / "placement.csv"
    if not file.is_file():
        raise InputError(
            f"没有找到人工标注 {file}。",
            todo="标注随源码发布、不随安装包安装：请在源码目录运行，或用 --golden 指定文件。",
        )
    labels = read_columns(file, LABELS)
    chosen = labels.filter(pl.col("split") == asked.split)
    return chosen.with_columns(pl.col("chain", "role", "segment").replace("", None))


def _rows(scores: PlacementScores) -> list[dict[str, Any]]:
    chains = {chain.id: chain.name for chain in load_library().chains.values()}
    rows = [_row(chains[s.kind], s) for s in scores.chains]
    for role in scores.roles:
        chain, name = role.kind.split("/")
        rows.append(_row(f"{chains[chain]} · {Role(name).zh}", role))
    rows.append({"对象": "角色正确率（链对上的）", **_share("准确率", scores.role_accuracy)})
    rows.append({"对象": "高把握制造企业", **_share("准确率", scores.maker_precision)})
    return rows


def _level(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the rows with the columns of the first, blank where a row has none."""
    blank = dict.fromkeys(rows[0], "")
    return [blank | row for row in rows]


def _batch_rows(
    claims: pl.DataFrame, labels: pl.DataFrame, batch: str, name: str
) -> list[dict[str, Any]]:
    """Return chains and roles on one batch of labels, if this half has it."""
    if "batch" not in labels.columns:
        return []
    chosen = labels.filter(pl.col("batch") == batch)
    if chosen.is_empty():
        return []
    own = claims.filter(pl.col("company").is_in(chosen["uscc"].to_list()))
    scores = score_placements(own, chosen)
    chains = {chain.id: chain.name for chain in load_library().chains.values()}
    rows = [_row(f"{name} {scores.companies} 家 · {chains[s.kind]}", s) for s in scores.chains]
    role, maker = scores.role_accuracy, scores.maker_precision
    rows.append({"对象": f"{name} · 角色正确率", **_share("准确率", role)})
    rows.append({"对象": f"{name} · 高把握制造企业", **_share("准确率", maker)})
    return rows


def _doubt_rows(scores: DoubtScores) -> list[dict[str, Any]]:
    """Return what the learned model does to doubtful placements."""
    rows = [{"对象": "低把握的归位（链）", **_share("准确率", scores.right)}]
    if scores.rules is not None and scores.learned is not None and scores.lead is not None:
        low, high = scores.lead
        rows.append({"对象": "低把握 · 对错排序 AUC，只用规则", "准确率": f"{scores.rules:.3f}"})
        rows.append(
            {
                "对象": "低把握 · 对错排序 AUC，加学习模型",
                "准确率": f"{scores.learned:.3f}",
                "准确率区间": f"差 {scores.learned - scores.rules:+.3f}（{low:+.3f}–{high:+.3f}）",
            }
        )
    rows.append({"对象": "模型提议的环节（人工判读过的）", **_share("准确率", scores.proposed)})
    rows.append({"对象": "被模型改动的高把握归位", "准确率计数": f"{scores.moved}"})
    return rows


def _read_proposals(asked: Asked) -> pl.DataFrame:
    """Return the proposals that a reader judged; none with labels of one's own."""
    file = resources.root() / "tests" / "golden" / "placement-segments.csv"
    if asked.golden is not None or not file.is_file():
        return pl.DataFrame(schema={"uscc": pl.String, "segment": pl.String, "right": pl.String})
    return pl.read_csv(file, infer_schema=False)


def _row(name: str, scores: Scores) -> dict[str, Any]:
    f1 = "" if scores.f1 is None else f"{scores.f1:.3f}"
    return {
        "对象": name,
        **_share("准确率", scores.precision),
        **_share("召回率", scores.recall),
        "F1": f1,
    }


def _share(name: str, share: Share) -> dict[str, str]:
    if share.value is None or share.interval is None:
        return {name: "", f"{name}区间": "", f"{name}计数": f"{share.hits}/{share.total}"}
    low, high = share.interval
    return {
        name: f"{share.value:.3f}",
        f"{name}区间": f"{low:.3f}–{high:.3f}",
        f"{name}计数": f"{share.hits}/{share.total}",
    }


def _differences(claims: pl.DataFrame, labels: pl.DataFrame) -> list[dict[str, Any]]:
    wanted = labels.filter(pl.col("chain").is_not_null()).select(
        company="uscc", chain_id="chain", label="role"
    )
    both = claims.join(wanted, on=["company", "chain_id"], how="full", coalesce=True)
    wrong = both.filter(~pl.col("role").eq_missing(pl.col("label"))).sort("chain_id", "company")
    return [
        {"企业": row["company"], "产业链": row["chain_id"], "标注": row["label"] or "",
         "归位": row["role"] or "", "把握": "" if row["confidence"] is None else row["confidence"]}
        for row in wrong.iter_rows(named=True)
    ]  # fmt: skip
