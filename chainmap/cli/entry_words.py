"""The words the tables of `chainmap evaluate gaps` are shown in; JSON and CSV keep the English."""

from __future__ import annotations

from typing import Any

TABLES_ZH = {
    "universe": "候选与事件",
    "methods": "方法比较（全部候选，按城市平均）",
    "details": "其余指标（前 k 名按城市平均，其余对全部候选）",
    "significance": "显著性：终排序（名录上为发布的模型）减各方法，NDCG@20，Holm 按比较个数校正",
    "seeds": "随机种子的影响（基线：登记数据上为引力加同省，名录上为引力）",
    "ablations": "去掉一族特征",
    "experiment": "上下游特征有没有用",
    "cold_cities": "冷城市：两种办法",
    "cold": "按环节常见程度和城市规模三等分",
    "calibration": "校准",
    "tenths": "按概率十等分",
    "leaks": "防泄漏检验",
    "backtest": "随附名录上的回测",
    "windows": "各检验窗口",
}
HIDDEN = {
    "methods": ("final_minus", "low", "high", "province_low", "province_high"),
    "details": ("auc_pr", "precision_1000", "roc_auc"),
    "ablations": ("without",),
}
"""Columns another table shows already, or an appendix; JSON and CSV hold them."""
HEADINGS = {
    "task": "任务", "origin": "起点", "use": "用途", "cities": "城市", "candidates": "候选",
    "events": "事件", "base_rate": "发生率", "method": "方法", "ndcg_20": "NDCG@20",
    "ndcg_low": "低", "ndcg_high": "高", "precision_20": "P@20", "auc_pr": "AUC-PR",
    "auc_low": "AUC低", "auc_high": "AUC高", "precision_1000": "P@1000",
    "final_minus": "终排序减它", "low": "城市低", "high": "城市高", "province_low": "省低",
    "province_high": "省高", "without": "去掉", "family_zh": "族", "change": "变化",
    "slice": "部分", "measure": "指标", "popularity": "全国数", "density": "密度",
    "gravity": "引力", "mean of the two ranks": "终排序", "chances": "概率", "mean": "平均",
    "seen": "实际", "calibration_error": "ECE", "brier": "Brier",
    "brier_of_base_rate": "只报发生率", "tenth": "十分位", "predicted": "预测",
    "predicted_at_test_rate": "按检验窗口", "test": "检验", "random": "随机",
    "difference": "差", "passed": "通过", "tests": "检验起点", "with_chain": "有上下游",
    "without_chain": "无上下游", "auc_with": "AUC有", "auc_without": "AUC无", "answer": "结论",
    "minus_density": "减密度", "precision_10": "P@10", "recall_20": "R@20", "map_10": "mAP@10",
    "best_f1": "最佳F1（阈值在检验集上选）", "complexity_recall_20": "R@20，按复杂度加权",
    "rare_recall_20": "R@20，按少见加权", "coverage_20": "前20名覆盖的环节",
    "comparison": "与之比较", "p_city": "p（城市）", "p_province": "p（省）",
    "holm_city": "Holm（城市）", "holm_province": "Holm（省）", "differs": "有差别",
    "model": "模型", "seeds": "种子数", "ndcg_mean": "NDCG@20均值", "ndcg_sd": "标准差",
    "ndcg_least": "最低", "ndcg_most": "最高", "area_mean": "AUC-PR均值",
    "area_sd": "AUC-PR标准差", "least_gain": "最低者减基线", "way": "办法",
    "whole": "不留出", "test_origin": "检验起点", "logistic": "发布的模型",
}  # fmt: skip
VALUES = {
    "entry": "进入", "specialisation": "形成优势", "sure": "确有优势", "first": "首家",
    "further maker": "新增", "train": "训练", "test": "检验", "random": "随机",
    "popularity": "全国企业数", "own quotient": "本地区位商", "same province": "同省份额",
    "province": "同省企业数", "density": "关联密度", "density, 50 neighbours": "密度，50 近邻",
    "item-CF": "环节协同过滤", "user-CF": "城市协同过滤", "EASE by cities": "EASE，城市侧",
    "gravity": "引力", "gravity + province": "引力加同省",
    "LightGBM, density only": "LightGBM，只用密度", "LightGBM binary, all": "LightGBM 二分类",
    "LightGBM LambdaRank, all": "LightGBM 排序", "binary, cities left out": "二分类，留出城市",
    "LambdaRank, portfolio-blind": "排序，不看本市产业", "mean of the two ranks": "终排序（平均）",
    "rare nodes": "少见环节", "middling nodes": "中等环节", "common nodes": "常见环节",
    "small cities": "小城市", "middling cities": "中等城市", "large cities": "大城市",
    "lightgbm": "LightGBM", "logistic without chain": "逻辑回归，无上下游",
    "logistic": "逻辑回归（发布的模型）",
}  # fmt: skip


def in_words(row: dict[str, Any], table: str) -> dict[str, Any]:
    """Return a row as a reader sees it: Chinese headings and names, without what is hidden."""
    hidden = HIDDEN.get(table, ())
    return {HEADINGS.get(k, k): _word(v) for k, v in row.items() if k not in hidden}


def _word(value: Any) -> Any:
    if isinstance(value, bool):
        return "是" if value else "否"
    return VALUES.get(value, value) if isinstance(value, str) else value
