"""The model card of the target ranker: what a stranger needs to judge it, in Chinese."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from chainmap.ranking.pair_registry import FAMILIES, pair_features
from chainmap.ranking.target_bias import TRAITS
from chainmap.ranking.target_held import EARLIER, LOGIT
from chainmap.ranking.target_model import STAGES, TargetModel
from chainmap.ranking.target_scorecard import Scorecard
from chainmap.ranking.target_summary import (
    APART_TASK,
    CITY_TASK,
    COLD_SEGMENT_TASK,
    COLD_TASK,
    FIRM_APART_TASK,
    FIRM_TASK,
    HELD_TASK,
    LANDING_TASK,
    SEGMENT_TASK,
    beaten,
    bias_rows,
    calibration_rows,
    head_words,
    part_rows,
    summary_rows,
)

STAGES_ZH = {
    "company": "谁会来（已知有企业来本市，是哪一家）：清单按它排序",
    "city": "会去哪（已知企业外迁，去哪个城市）",
    "expansion": "会不会外迁（企业在总部以外城市有或会有布局）",
}
LIMITS = (
    "标签多来自上市公司自述的布局，没有日期，含部分办事处，对它们的回测是截面检验，不是预测未来；"
    "落地台账有日期，按上一年年底的企业和产业来问，但台账是检索所得，写得多的企业见得多，"
    "公告不等于建成，学习时也用了较晚年份的落地。",
    "没有被写进资料的布局当作没有发生，所以召回率偏低、可能性偏保守。",
    "标签只见于写了资料的企业，排序偏向规模大、资料多的企业；小企业和新企业容易被漏掉。上市与否不进模型。",
    "员工数、注册资本、行业和主营业务按今天的资料，早年时点算提前知道；分别报出不读主营业务的成绩。",
    "行业外迁多少按申万一级行业学得，用于“会不会外迁”，并以其一半的权重用于不分链的清单；"
    "同一条链、同一环节的清单里它会帮倒忙，不用；其他分类的总体（如随附名录）读不到，按平均计。",
    "可能性按训练资料的发生率报出，只宜比较高低。",
)
HEADINGS = "AUC | NDCG@20 | MRR | 前1命中 | 前5命中 | 前10命中 | 前20命中 | 召回@100 | 提升@100"
Row = Mapping[str, Any]


def target_card(model: TargetModel, card: Scorecard, origin: Mapping[str, Any]) -> str:
    """Return the card of a model and its scorecard as Markdown.

    Args:
        model: The trained ranker.
        card: What was measured.
        origin: Where the data came from: `data_zh` and `command`.
    """
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
        *_table(card),
        *_part_lines(card),
        *_calibration_lines(card),
        "",
        "## 偏向谁、漏掉谁",
        "",
        *_bias_lines(card),
        "",
        "## 特征",
        "",
    ]
    for stage in STAGES:
        lines += [f"### {STAGES_ZH[stage]}", "", *_terms(model, stage), ""]
        if stage == "company" and model.across:
            lines += ["不分链的清单另加：", "", *_terms(model, "across"), ""]
    return "\n".join([*lines, f"重做：`{origin['command']}`。", ""])


def _table(card: Scorecard) -> list[str]:
    won, lost = beaten(card)
    lines = [
        "企业分 5 份轮流留出，全部候选参加排序，不抽样；"
        "学来的排法各份由不同的模型打分，按份内名次合并"
        "（从次数学来的量在没见过该份的模型里偏低，得分不可直接相比）；区间为 95%，按清单重抽样。"
        f"“{EARLIER}”见过自述布局，那些表里它的行偏高。"
        "特征是在前三份企业上提出的；后两份打开后又去掉、再以一半权重放回了“行业外迁多少”一项，"
        "所以后两份也不是全新的检验。按链、按环节的清单一律不看这一项。"
        "“前20内布局”是全部布局中排进各自清单前 20 名的份额，“少见”按企业布局数的平方根倒数加权。"
        "除两张落地台账的表外，问的都是自述布局和随附名录的异地工厂，与各版相同；"
        "落地台账另问，各企业由没见过它任何布局的模型打分。得分相同的不分先后：各项取所有先后次序的平均。"
        "“提升@100”是前 100 名召回的布局与随便排所得之比。",
        "",
        f"AUC 显著胜过：{'、'.join(won) or '无'}。未能显著胜过：{'、'.join(lost) or '无'}。",
        "",
    ]
    rows = summary_rows(card)
    for task in (
        CITY_TASK, LANDING_TASK, HELD_TASK, APART_TASK, COLD_TASK, SEGMENT_TASK, COLD_SEGMENT_TASK
    ):  # fmt: skip
        lines += _city_table(task, [row for row in rows if row["task"] == task])
    for task in (FIRM_TASK, FIRM_APART_TASK):
        lines += _firm_table(task, [row for row in rows if row["task"] == task])
    return lines


def _city_table(task: str, rows: list[dict[str, Any]]) -> list[str]:
    if not rows:
        return []
    return [
        f"{task}（{rows[0]['lists']} 张清单，{rows[0]['events']} 次布局）：",
        "",
        f"| 排法 | {HEADINGS} | 前100命中 | 前20内布局 | 前100内布局 | 少见 "
        "| AUC 领先 | 前20命中领先 | 前100命中领先 | 前100内布局领先 |",
        "|---|" + "---|" * 17,
        *(
            f"| {row['order']} | {_measures(row)} | {row['hit_100']:.3f} "
            f"| {row['events_20']:.3f} | {row['events_100']:.3f} "
            f"| {row['events_100_uncommon']:.3f} | {row.get('lead', '—')} "
            f"| {row.get('lead_hit_20', '—')} | {row.get('lead_hit_100', '—')} "
            f"| {row.get('lead_events_100', '—')} |"
            for row in rows
        ),
        "",
    ]


def _measures(row: Row) -> str:
    """Return the cells of `HEADINGS`."""
    hits = " | ".join(f"{row[f'hit_{k}']:.3f}" for k in (1, 5, 10, 20))
    return (
        f"{row['auc']:.3f} | {row['ndcg_20']:.4f} | {row['mrr']:.3f} | {hits} "
        f"| {row['recall_100']:.3f} | {row['lift_100']:.2f}"
    )


def _firm_table(task: str, rows: list[dict[str, Any]]) -> list[str]:
    if not rows:
        return []
    return [
        f"{task}（{rows[0]['lists']} 张清单，{rows[0]['events']} 次布局）：",
        "",
        f"| 排法 | {HEADINGS} | MRR 领先 | AUC 领先 |",
        "|---|" + "---|" * 11,
        *(
            f"| {row['order']} | {_measures(row)} | {row.get('lead', '—')} "
            f"| {row.get('lead_auc', '—')} |"
            for row in rows
        ),
        "",
    ]


def _part_lines(card: Scorecard) -> list[str]:
    """Return the mean AUC and hits by part, of the model and of the best simple order there."""
    by_part: dict[str, list[Row]] = {}
    for row in part_rows(card):
        if row["lists"]:
            by_part.setdefault(str(row["part"]), []).append(row)
    lines = [
        "分项（“最好的简单排法”取该分项中 AUC 最高的一种，事后挑选，对它有利）：",
        "",
        "| 分项 | 清单 | AUC | 前20命中 | 最好的简单排法 | AUC | 前20命中 |",
        "|---|---|---|---|---|---|---|",
    ]
    for part, rows in by_part.items():
        own = next(row for row in rows if row["order"] == LOGIT)
        best = max((row for row in rows if _is_simple(row)), key=lambda row: row["auc"])
        lines.append(
            f"| {part} | {own['lists']} | {own['auc']:.3f} | {own['hit_20']:.3f} "
            f"| {best['order']} | {best['auc']:.3f} | {best['hit_20']:.3f} |"
        )
    return [*lines, ""]


def _is_simple(row: Row) -> bool:
    from chainmap.ranking.target_baselines import FOR_A_CITY

    return row["order"] in FOR_A_CITY


def _calibration_lines(card: Scorecard) -> list[str]:
    return [
        f"- {row['chance']}：最高三个十分位的实际÷预测为 "
        f"{'、'.join(f'{v:.2f}' for v in row['seen_over_predicted'])}；"
        f"Brier {row['brier']:.4g}，只报发生率为 {row['brier_of_base_rate']:.4g}。{head_words(row)}"
        for row in calibration_rows(card)
    ]


def _bias_lines(card: Scorecard) -> list[str]:
    rows = bias_rows(card)
    words = list(TRAITS.values())
    return [
        "名次与企业特点的秩相关（各城市平均；越大越偏向大、老、有名的企业），"
        "以及全部城市前 100 名中最常见的 50 家占了多少席位、共出现多少家：",
        "",
        f"| 排法 | {' | '.join(words)} | 50 家占席位 | 前 100 名出现过的企业 |",
        "|---|" + "---|" * (len(words) + 2),
        *(
            f"| {row['order']} | "
            + " | ".join("—" if row[trait] is None else f"{row[trait]:+.2f}" for trait in TRAITS)
            + f" | {row['same_50_firms']:.1%} | {row['distinct_in_top_100']} / {row['firms']} |"
            for row in rows
        ),
        "",
        "得益的是员工多、离得近或同省、同行在本市多、与本市产业相近的企业；"
        "漏掉的是员工少、行业少见、总部远又没有同行在本市的企业，以及没有写过资料的企业。",
    ]


def _terms(model: TargetModel, stage: str) -> list[str]:
    every = pair_features()
    spread = {}
    if stage == "company" and model.company_covariance is not None:
        errors = model.company_covariance.diagonal() ** 0.5
        spread = dict(zip((t.feature for t in model.company), errors.tolist(), strict=True))
    return [
        "| 特征 | 族 | 含义 | 单位 | 系数（标准化后） |",
        "|---|---|---|---|---|",
        *(
            f"| {term.feature} | {FAMILIES[every[term.feature].family]} "
            f"| {every[term.feature].explanation} | {every[term.feature].unit} "
            f"| {term.weight:+.3f}"
            + (f"（标准误 {spread[term.feature]:.3f}）" if term.feature in spread else "")
            + " |"
            for term in getattr(model, stage)
        ),
    ]
