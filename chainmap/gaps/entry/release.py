"""The files of a released entry model: coefficients, manifest and card, the same on every rerun."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from chainmap.gaps.entry.backtest import Tested, summary_rows
from chainmap.gaps.entry.chances import EntryModel
from chainmap.gaps.entry.columns import FAMILIES, features
from chainmap.gaps.entry.training import TrainingOptions
from chainmap.released import release_files

METHODS_ZH = {
    "random": "随机",
    "popularity": "全国企业数",
    "density": "关联密度",
    "province": "同省企业数",
    "gravity": "引力（规模 × 全国数 × 增长，逻辑回归）",
    "lightgbm": "LightGBM（同样特征，强正则）",
    "logistic without chain": "逻辑回归，去掉上下游特征",
    "logistic": "逻辑回归（发布的模型）",
}

LIMITS_ZH = (
    "- 企业自成立之年起，算在它现在的全部环节上；数据不说它何时开始做某种产品。",
    "- 只见留存至今的企业；越新的企业越少为人所知，所以最近几年不作检验，概率偏低。",
    "- 企业所在环节由今天的资料判定，这一点在任何起点上都算提前知道，无法消除，只能说明。",
    "- 概率说的是收录范围内的企业，只宜比较城市内各环节的高低，不是投资落地的预测。",
    "- 特征清单看过名录上的回测后取舍过一次（去掉一项符号不合理的），名录上的数字略偏乐观。",
    "- 排序比关联密度好多少，看区间：下限低于 0 时不能说一定更好。",
)


def model_files(
    model: EntryModel,
    tested: list[Tested],
    options: TrainingOptions,
    origin: Mapping[str, Any],
) -> dict[str, bytes]:
    """Return the model's files by name.

    Args:
        model: The trained model.
        tested: From `backtest`.
        options: What it was trained with.
        origin: Where the data came from: hashes, counts, package version; goes in the manifest.
    """
    plain = {
        "version": model.version,
        "terms": [asdict(term) for term in model.terms],
        "coefficients": model.coefficients.tolist(),
        "bags": model.bags.tolist(),
        "knots": model.knots._asdict(),
        "base_rate": model.base_rate,
        "horizon": model.horizon,
        "window": list(model.window),
    }
    rows = summary_rows(tested)
    manifest = {
        "model": "entry",
        "version": model.version,
        "method": "ridge logistic regression, isotonic calibration, 20 bags over cities",
        "features": [term.feature for term in model.terms],
        "files": {},
        "options": asdict(options),
        "window": list(model.window),
        "base_rate": model.base_rate,
        "metrics": rows,
        "tests": [_test_record(one) for one in tested],
        **origin,
    }
    return release_files(plain, manifest, _card(model, rows, tested, origin))


def _test_record(one: Tested) -> dict[str, Any]:
    return {
        "origin": one.origin,
        "events": one.n_events,
        "base_rate": float(f"{one.base_rate:.4g}"),
        "brier": float(f"{one.brier:.4g}"),
        "brier_of_base_rate": float(f"{one.brier_base:.4g}"),
        "calibration_error": float(f"{one.calibration_error:.3g}"),
    }


def _card(
    model: EntryModel, rows: list[dict[str, Any]], tested: list[Tested], origin: Mapping[str, Any]
) -> str:
    first, last = model.window
    lines = [
        f"# 进入模型 {model.version}",
        "",
        f"给出每个城市、每个环节在 {model.horizon} 年内至少新增一家制造或研发企业的概率；"
        "城市已有该环节时，是再增一家的概率。",
        "",
        f"概率按 {first} 年底至 {last} 年底这一窗口的发生率报出：全部格子中 "
        f"{model.base_rate:.3%} 有新增。训练用此前各起点，校准只用这一窗口。",
        "",
        "## 数据与局限",
        "",
        f"- 数据：{origin['data_zh']}",
        *LIMITS_ZH,
        "",
        *_tested_lines(rows, tested),
        "",
        *_feature_lines(model),
        "",
        f"重做：`{origin['command']}`。",
        "",
    ]
    return "\n".join(lines)


def _tested_lines(rows: list[dict[str, Any]], tested: list[Tested]) -> list[str]:
    return [
        "## 回测",
        "",
        f"起点 {'、'.join(str(one.origin) for one in tested)} 年，"
        f"每次只用此前已经结束的窗口训练，全部格子都参加排序；区间按城市重抽样。",
        "",
        "| 方法 | NDCG@20 | P@20 | AUC-PR | 减关联密度（NDCG@20） | 95% 区间 |",
        "|---|---|---|---|---|---|",
        *(
            f"| {METHODS_ZH[row['method']]} | {row['ndcg_20']:.4f} | {row['precision_20']:.4f} "
            f"| {row['auc_pr']:.4f} | {row['minus_density']:+.4f} "
            f"| {row['low']:+.4f} 至 {row['high']:+.4f} |"
            for row in rows
        ),
        "",
        "| 起点 | 新增格子 | 发生率 | Brier | 只报发生率的 Brier | 校准误差 |",
        "|---|---|---|---|---|---|",
        *(
            f"| {one.origin} | {one.n_events} | {one.base_rate:.3%} | {one.brier:.6f} "
            f"| {one.brier_base:.6f} | {one.calibration_error:.6f} |"
            for one in tested
        ),
    ]


def _feature_lines(model: EntryModel) -> list[str]:
    return [
        "## 特征",
        "",
        "| 特征 | 族 | 含义 | 系数（标准化后） |",
        "|---|---|---|---|",
        *(
            f"| {term.feature} | {FAMILIES[features()[term.feature].family]} "
            f"| {features()[term.feature].explanation} | {value:+.3f} |"
            for term, value in zip(model.terms, model.coefficients[1:], strict=True)
        ),
    ]
