"""The files of the released calibration of “does it make this”, and its card."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from chainmap.ranking.makes import NAMED, TEXT_KINDS, MakesModel
from chainmap.ranking.makes_training import (
    FIXED,
    OF_CHAIN,
    OF_SEGMENT,
    MakesLabels,
    MakesScores,
    makes_rows,
    plain_makes,
)
from chainmap.released import release_files

KINDS_ZH = {"business": "上市公司主营业务", "scope": "登记的经营范围"}
PARTS_ZH = {
    "third:1": "可能性最高的三分之一", "third:2": "中间三分之一", "third:3": "最低三分之一",
    "kind:business": "上市公司主营业务", "kind:scope": "登记的经营范围",
    "role:make": "制造", "role:rd": "研发", "role:serve": "服务",
    "confidence:high": "把握 0.75 以上", "confidence:low": "把握 0.75 以下",
}  # fmt: skip
LOW, HIGH = 0.8, 1.25
"""Seen over predicted inside these is called calibrated."""


def makes_model_files(
    model: MakesModel, labels: MakesLabels, scores: MakesScores, origin: Mapping[str, Any]
) -> dict[str, bytes]:
    """Return the calibration's files by name.

    Args:
        model: Fitted on all labels.
        labels: What it was fitted on.
        scores: Of a fit on the first half, on the second.
        origin: Where the labels came from: hashes, package version; goes in the manifest.
    """
    manifest = {
        "model": NAMED.folder,
        "version": model.version,
        "method": "logistic regression with summands of kind, role, confidence, and of chain and "
        "segment drawn to 0",
        "files": {},
        "options": {"fixed": FIXED, "chain": OF_CHAIN, "segment": OF_SEGMENT},
        "labels": _counts(labels),
        "held_out": makes_rows(scores),
        **origin,
    }
    return release_files(plain_makes(model), manifest, _card(model, labels, scores))


def makes_lines(rows: list[dict[str, Any]]) -> list[str]:
    """Return the measures of the held-out half as sentences, from `makes_rows`."""
    thirds = [row for row in rows if row["part"].startswith("third:")]
    brier = rows[-1]
    ratios = [row["seen_over_predicted"] for row in thirds]
    inside = all(LOW <= ratio <= HIGH for ratio in ratios)
    worst = [
        f"{PARTS_ZH[row['part']]} {row['seen_over_predicted']:.2f}"
        for row in rows[:-1]
        if not LOW <= row["seen_over_predicted"] <= HIGH
    ]
    low, high = brier["lead"][1:]
    return [
        f"是否真做该环节（留出的一半 {brier['labels']} 条）：从高到低三分，实际÷预测 "
        f"{'、'.join(f'{ratio:.2f}' for ratio in ratios)}"
        f"（{'都在' if inside else '不都在'} {LOW}–{HIGH} 之内）；"
        f"Brier {brier['fitted']:.4f}，只报发生率 {brier['base_rate']:.4f}"
        f"（差 {brier['lead'][0]:+.4f}，{low:+.4f} 至 {high:+.4f}），"
        f"以前借用的数 {brier['borrowed']:.4f}。",
        f"偏出 {LOW}–{HIGH} 的部分：{'、'.join(worst) or '无'}。",
    ]


def _counts(labels: MakesLabels) -> dict[str, Any]:
    found = dict(labels.placed.group_by("kind").len().sort("kind").iter_rows())
    return {
        "told": found,
        "unclear": labels.unclear,
        "neighbours": labels.neighbours.height,
        "neighbours_unclear": labels.neighbours_unclear,
    }


def _card(model: MakesModel, labels: MakesLabels, scores: MakesScores) -> str:
    counts, roster = _counts(labels), model.roster
    texts = sum(counts["told"][kind] for kind in TEXT_KINDS)
    unclear = sum(counts["unclear"].get(kind, 0) for kind in TEXT_KINDS)
    own = labels.placed.filter(labels.placed["kind"] == "roster")["right"]
    silent = counts["unclear"].get("roster", 0)
    hits = int(labels.neighbours["right"].sum())
    return "\n".join(
        [
            f"# 归位校准 {model.version}：归到某环节的企业，有多大可能真做它",
            "",
            "对数几率是几项之和：读的是什么文字、角色、归位的把握，以及产业链和环节各自的一项"
            "（向 0 收缩；没有标注的环节只用产业链的一项）。",
            "",
            "## 标注",
            "",
            f"- 按文字种类、产业链、把握、角色分层随机抽取（种子 20261121）{texts + unclear} 条"
            f"企业—环节：上市公司主营业务和 1978–2004 年登记的经营范围。先读文字、后看把握；"
            f"{unclear} 条文字说不清，不用。",
            "- 算“做”：文字写明生产、研制该环节所指的产品（服务环节：提供该服务）。"
            "只是用途、下游制品、所用的设备、同类词的别的行业、贸易企业长清单中的套话，算“不做”。",
            f"- 随附名录：抽 {own.len() + silent} 条与上市公司主营业务和主要产品对照，"
            f"{int(own.sum())} 条证实，{own.len() - int(own.sum())} 条不符，"
            f"{silent} 条说不清（主营业务写得粗）。",
            f"- 相邻环节：抽 {counts['neighbours'] + counts['neighbours_unclear']} 对"
            f"（名录说做相邻环节、没有说做本环节），{hits} 对证实也做，"
            f"{counts['neighbours_unclear']} 对说不清。",
            "- 一人判读；标注在 tests/golden/makes.csv、makes-neighbours.csv，只有代码，没有原文。",
            "",
            "## 留出的一半",
            "",
            "| 部分 | 标注 | 预测 | 实际 | 实际÷预测 |",
            "|---|---|---|---|---|",
            *(
                f"| {PARTS_ZH[row['part']]} | {row['labels']} | {row['predicted']:.3f} "
                f"| {row['seen']:.3f} | {row['seen_over_predicted']:.2f} |"
                for row in makes_rows(scores)[:-1]
            ),
            "",
            *(f"- {line}" for line in makes_lines(makes_rows(scores))),
            "",
            "## 系数（全部标注）",
            "",
            f"- 常数 {model.intercept:+.3f}；经营范围 {model.scope:+.3f}；"
            + "；".join(f"{PARTS_ZH[f'role:{r}']} {v:+.3f}" for r, v in model.roles.items())
            + f"；把握每 1 为 {model.confidence:+.3f}。",
            f"- 最低的环节：{_lowest(model)}。",
            f"- 名录本环节：{roster.right:.1f}/{roster.asked:.0f}（含上市公司高把握制造企业的"
            f"先验）；相邻环节：同做份额乘 {roster.neighbour_kept:.2f}。",
            "",
            "## 局限",
            "",
            "- 多数环节没有标注，只到产业链；服务角色标注少，留出时偏高。",
            "- 文字写明不等于真在生产，文字没写不等于不做；只校准文字所说。",
            "- 归位规则改后须重新抽样判读。",
            "",
            f"重做：`{NAMED.command}`；成绩：`chainmap evaluate makes`。",
            "",
        ]
    )


def _lowest(model: MakesModel) -> str:
    lowest = sorted(model.segments.items(), key=lambda one: (one[1], one[0]))[:6]
    return "、".join(f"{segment} {value:+.2f}" for segment, value in lowest)
