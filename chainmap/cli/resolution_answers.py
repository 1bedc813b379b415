"""What `chainmap evaluate resolution` answers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polars as pl

from chainmap import resources
from chainmap.cli.output import Format, emit, say
from chainmap.cli.workspace_deeds import recorded_workspace
from chainmap.errors import InputError
from chainmap.linkage.evaluate import (
    BandScore,
    Evaluation,
    Share,
    evaluate_bands,
    evaluate_pairs,
    read_pairs,
)
from chainmap.linkage.resolve import Named, Relation, resolve
from chainmap.reports.plain_workbook import write_rows
from chainmap.settings import load_settings
from chainmap.sources.catalogue_folder import read_text
from chainmap.sources.workspace import Workspace

SHOWN = 40
"""Links a terminal is shown; all of them go to a file."""

RELATION_ZH = {
    Relation.SAME: "同一企业", Relation.BRANCH: "分支机构", Relation.SUBSIDIARY: "可能的子公司",
    Relation.NONE: "无关",
}  # fmt: skip


def show_resolution_scores(
    golden: Path | None, workspace: Path | None, fmt: Format, out: Path | None
) -> None:
    """Answer `chainmap evaluate resolution`."""
    file = golden or resources.root() / "tests" / "golden" / "resolution.csv"
    if not file.is_file():
        raise InputError(
            f"没有找到标注 {file}。",
            todo="标注随源码发布、不随安装包安装：请在源码目录运行，或用 --golden 指定文件。",
        )
    known = _companies(workspace or load_settings().workspace)
    pairs, left_out = read_pairs(read_text(file), known)
    evaluation = evaluate_pairs(pairs)
    groups = file.with_name("resolution-groups.csv")
    bands = evaluate_bands(read_text(groups), known) if groups.is_file() else []
    rows = [*_rows(evaluation), *_band_rows(bands)]
    title = f"企业识别评测（{len(pairs)} 对）"
    notes = ["括号内为 95% 置信区间（Wilson）；可能的子公司只作提示，从不自动合并，"
             "其把握就是各档中同属一家的比例（一人按名称判读）。"]  # fmt: skip
    emit(
        fmt, out, record=_record(evaluation, len(pairs), left_out), rows=rows, title=title,
        workbook=lambda path: write_rows(path, title, notes, rows),
    )  # fmt: skip
    say(notes[0])
    if left_out:
        say(f"另有 {left_out} 对以信用代码标注，工作区里没有这些企业，未计入；先导入名单即可。")
    for pair, link in evaluation.wrong[:20] if fmt is Format.TABLE else []:
        say(f"  不一致：{pair.left.name} → {pair.right.name}：标注 {RELATION_ZH[pair.relation]}，"
            f"得出 {RELATION_ZH[link.relation]}（{link.confidence:.2f}，{link.why}）")  # fmt: skip


def show_links(folder: Path | None, fmt: Format, out: Path | None) -> None:
    """Answer `chainmap resolve`: store the links in the workspace and show them.

    Raises:
        InputError: The workspace holds no companies.
    """
    workspace = Workspace(folder or load_settings().workspace)
    scan, before = workspace.scan("companies"), workspace.manifest()
    if scan is None:
        raise InputError(
            f"工作区 {workspace.folder} 里没有企业。", todo="先运行 chainmap import companies。"
        )
    columns = ["company_id", "name", "uscc", "city_code", "former_names", "name_key"]
    companies = scan.select(columns).collect()
    workspace = recorded_workspace(workspace.folder, "resolve")
    links = resolve(companies)
    workspace.staging()
    try:
        tables = before.tables | {"links": [workspace.store(links, "links")]}
        workspace.commit(before.model_copy(update={"tables": tables}), before)
    finally:
        workspace.clear_staging()
    rows = _link_rows(links, companies)
    title = f"企业识别：{links.height} 条关系（{companies.height} 家企业）"
    shown = rows[:SHOWN] if fmt is Format.TABLE and out is None else rows
    emit(
        fmt, out, record=rows, rows=shown, title=title,
        workbook=lambda path: write_rows(path, title, ["只作提示，从不自动合并。"], rows),
    )  # fmt: skip
    counts = dict(links["relation"].value_counts().sort("relation").iter_rows())
    said = "、".join(f"{RELATION_ZH[Relation(r)]} {n}" for r, n in counts.items())
    say(f"{said or '没有找到关系'}。已记入工作区 {workspace.folder}，没有合并任何企业。")


def _link_rows(links: pl.DataFrame, companies: pl.DataFrame) -> list[dict[str, Any]]:
    names = companies.select("company_id", "name")
    both = links.join(names, on="company_id", how="left", maintain_order="left").join(
        names.rename({"company_id": "other_id", "name": "other"}),
        on="other_id", how="left", maintain_order="left",
    )  # fmt: skip
    return [
        {"企业": row["name"], "关系": RELATION_ZH[Relation(row["relation"])], "对方": row["other"],
         "把握": row["confidence"], "依据": row["why"], "企业编号": row["company_id"].upper(),
         "对方编号": row["other_id"].upper()}
        for row in both.sort(
            ["confidence", "company_id", "other_id"], descending=[True, False, False]
        ).iter_rows(named=True)
    ]  # fmt: skip


def _companies(folder: Path) -> dict[str, Named]:
    scan = Workspace(folder).scan("companies")
    if scan is None:
        return {}
    rows = scan.select("name", "city_code", "uscc").filter(pl.col("uscc").is_not_null()).collect()
    return {row[2]: Named(*row) for row in rows.iter_rows()}


def _rows(evaluation: Evaluation) -> list[dict[str, Any]]:
    return [
        {"关系": RELATION_ZH[score.relation], "准确率": _shown(score.precision),
         "召回率": _shown(score.recall), "对上": score.precision.hits,
         "得出": score.precision.total, "标注": score.recall.total}
        for score in evaluation.scores
    ]  # fmt: skip


def _band_rows(bands: list[BandScore]) -> list[dict[str, Any]]:
    return [
        {"关系": f"可能的子公司 · 把握{of.band.zh}（{of.band.confidence:.2f}）",
         "准确率": _shown(of.precision), "召回率": "", "对上": of.precision.hits,
         "得出": of.precision.total, "标注": ""}
        for of in bands if of.precision.total
    ]  # fmt: skip


def _record(evaluation: Evaluation, n_pairs: int, left_out: int) -> dict[str, Any]:
    def share(of: Share) -> dict[str, Any]:
        return {"value": of.value, "interval_95": of.interval, "hits": of.hits, "total": of.total}

    return {
        "pairs": n_pairs,
        "left_out": left_out,
        "scores": {
            score.relation.value: {
                "precision": share(score.precision),
                "recall": share(score.recall),
            }
            for score in evaluation.scores
        },
    }


def _shown(share: Share) -> str:
    if share.value is None or share.interval is None:
        return ""
    return f"{share.value:.3f} ({share.interval[0]:.3f}–{share.interval[1]:.3f})"
