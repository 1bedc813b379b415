"""The files of a released target ranker: coefficients, manifest, card; the same on every rerun."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from chainmap.gaps.entry.training import rounded
from chainmap.ranking.pair_registry import FAMILIES, pair_features
from chainmap.ranking.target_model import STAGES, TargetModel
from chainmap.ranking.target_scorecard import Scorecard
from chainmap.ranking.target_summary import beaten, calibration_rows, part_rows, summary_rows
from chainmap.ranking.target_training import TargetOptions

STAGES_ZH = {
    "company": "谁会来（已知有企业来本市，是哪一家）：清单按它排序",
    "city": "会去哪（已知企业外迁，去哪个城市）",
    "expansion": "会不会外迁（企业在总部以外城市有或会有布局）",
}
LIMITS = (
    "标签多来自上市公司自述的布局，没有日期，含部分办事处；回测因此是截面检验，不是预测未来。",
    "没有被写进资料的布局当作没有发生，所以召回率偏低、可能性偏保守。",
    "标签只见于写了资料的企业，排序偏向规模大、资料多的企业；小企业和新企业容易被漏掉。上市与否不进模型。",
    "员工数、注册资本、行业和主营业务按今天的资料，早年时点算提前知道；分别报出不读主营业务的成绩。",
    "可能性按训练资料的发生率报出，只宜比较高低。",
)


def target_model_files(
    model: TargetModel, card: Scorecard, options: TargetOptions, origin: Mapping[str, Any]
) -> dict[str, bytes]:
    """Return the model's files by name.

    Args:
        model: The trained ranker.
        card: Its scorecard.
        options: What it was trained with.
        origin: Where the data came from: hashes, counts, package version; goes in the manifest.
    """
    content = _text(plain_model(model))
    rows, parts, chances = summary_rows(card), part_rows(card), calibration_rows(card)
    manifest = {
        "model": "target-ranker",
        "version": model.version,
        "method": "two conditional logits and a logistic regression, ridge, isotonic calibration",
        "features": model.features(),
        "files": {"coefficients.json": hashlib.sha256(content).hexdigest()},
        "options": asdict(options),
        "edition": model.edition,
        "metrics": rows,
        "parts": parts,
        "calibration": chances,
        **origin,
    }
    return {
        "coefficients.json": content,
        "manifest.json": _text(manifest),
        "CARD.md": _card(model, card, origin).encode("utf-8"),
    }


def plain_model(model: TargetModel) -> dict[str, Any]:
    """Return the model as plain numbers and texts, as it is stored."""
    return {
        "version": model.version,
        **{stage: [asdict(term) for term in getattr(model, stage)] for stage in STAGES},
        "intercept": model.intercept,
        "expansion_knots": model.expansion_knots._asdict(),
        "pair_knots": model.pair_knots._asdict(),
        "flows": {
            "provinces": list(model.flows.provinces),
            "moves": [[rounded(v) for v in row] for row in model.flows.moves.tolist()],
        },
        "edition": model.edition,
    }


def _text(plain: Any) -> bytes:
    return (json.dumps(plain, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def _card(model: TargetModel, card: Scorecard, origin: Mapping[str, Any]) -> str:
    won, lost = beaten(card)
    lines = [
        f"# 目标排序模型 {model.version}",
        "",
        "给一个城市排出外地企业的先后，并给出每家来本市的可能性。分三段，各自可查：",
        "",
        *(f"- {zh}" for zh in STAGES_ZH.values()),
        "",
        "## 数据与许可",
        "",
        *(f"- {line}" for line in origin["data_zh"]),
        "",
        "## 局限",
        "",
        *(f"- {line}" for line in LIMITS),
        "",
        "## 成绩",
        "",
        "企业分 5 份轮流留出，全部候选参加排序，不抽样；区间为 95%，按城市重抽样。",
        f"AUC 显著胜过：{'、'.join(won) or '无'}。未能显著胜过：{'、'.join(lost) or '无'}。",
        "",
        *_table(card),
        "",
        *_calibration_lines(card),
        "",
        "## 特征",
        "",
    ]
    for stage in STAGES:
        lines += [f"### {STAGES_ZH[stage]}", "", *_terms(model, stage), ""]
    return "\n".join([*lines, f"重做：`{origin['command']}`。", ""])


def _table(card: Scorecard) -> list[str]:
    lines = []
    for task in dict.fromkeys(row["task"] for row in summary_rows(card)):
        rows = [row for row in summary_rows(card) if row["task"] == task]
        lines += [
            f"{task}（{rows[0]['lists']} 张清单，{rows[0]['events']} 次布局）：",
            "",
            "| 排法 | AUC | NDCG@20 | MRR | 前20命中 | 前100召回 | 本模型领先 |",
            "|---|---|---|---|---|---|---|",
            *(
                f"| {row['order']} | {row['auc']:.3f} | {row['ndcg_20']:.4f} | {row['mrr']:.3f} "
                f"| {row['hit_20']:.3f} | {row['recall_100']:.3f} | {row.get('lead', '—')} |"
                for row in rows
            ),
            "",
        ]
    zhejiang = [row for row in part_rows(card) if row["part"] == "浙江各市"]
    return [
        *lines,
        f"其中浙江 {zhejiang[0]['lists'] if zhejiang else 0} 个城市的平均 AUC："
        + "；".join(f"{row['order']} {row['auc']:.3f}" for row in zhejiang)
        + "。",
    ]


def _calibration_lines(card: Scorecard) -> list[str]:
    return [
        f"- {row['chance']}：最高三个十分位的实际÷预测为 "
        f"{'、'.join(f'{v:.2f}' for v in row['seen_over_predicted'])}；"
        f"Brier {row['brier']:.4g}，只报发生率为 {row['brier_of_base_rate']:.4g}。"
        for row in calibration_rows(card)
    ]


def _terms(model: TargetModel, stage: str) -> list[str]:
    every = pair_features()
    return [
        "| 特征 | 族 | 含义 | 单位 | 系数（标准化后） |",
        "|---|---|---|---|---|",
        *(
            f"| {term.feature} | {FAMILIES[every[term.feature].family]} "
            f"| {every[term.feature].explanation} | {every[term.feature].unit} "
            f"| {term.weight:+.3f} |"
            for term in getattr(model, stage)
        ),
    ]
