"""What `chainmap evaluate relatedness` answers: the external benchmark of relatedness."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from chainmap.cli.output import Format, emit, say
from chainmap.errors import InputError
from chainmap.gaps.relatedness.baselines import METHODS, Known, Setting, choose
from chainmap.gaps.relatedness.benchmark import ExportData, Scores, export_data, judge
from chainmap.reports.plain_workbook import write_rows
from chainmap.significance import Interval
from chainmap.sources.catalogue_folder import read_text

FILES = ("train", "validation", "test")
GOAL_ORDER, GOAL_CHANCE = 0.240, 0.121
"""NDCG@20 and AUC-PR the best combination is to reach."""
NOTES = (
    "协议：参数只按验证集的 NDCG@20 选定，测试集只跑一次；候选为训练集以外的全部配对；"
    "前 20 名指标按国家平均，同分时编号大的产品在前（与原作者代码一致），其余指标对全部候选计算。",
    "最佳 F1 的阈值取自测试集本身，是上限。方括号为按国家成对自助抽样 1 万次的 95% 区间。",
    "没有隐式 BPR 一行：它须逐样本随机下降，本工程不为一行基线引入新依赖。",
)
LEARNED_NOTES = (
    "学习行没有逐年数据：把训练集每国连线分为 7 份轮流隐去，33 个特征在剩余矩阵上重算，"
    "得分取各剩余矩阵的平均；最后一份只用于校准，因而概率以隐去一份时的发生率为准。",
    "产品按 HS 编码顺序编号，前后相邻的多属同一品目（邻近度相邻两号平均 0.29，相隔 500 号 0.14）："
    "其中 10 个特征是一国在该产品编号前后已有多少。",
    "排序与概率是两个输出：名次平均只用于地区内排序，跨地区比较须用概率。",
)


@dataclass(frozen=True)
class _Row:
    id: str
    name_zh: str
    setting: Setting
    scores: Scores


def show_relatedness(data: Path, quick: bool, fmt: Format, out: Path | None) -> None:
    """Answer `chainmap evaluate relatedness`.

    Raises:
        InputError: A file of the benchmark is missing or malformed.
    """
    benchmark = _read(data)
    rows = _baselines(benchmark)
    if not quick:
        rows += _learned(benchmark, rows)
    by_id = {row.id: row for row in rows}
    density, sscf = by_id["density"].scores, by_id["sscf"].scores
    split = benchmark.test
    n_places, n_items = split.known.shape
    title = (
        f"关联度外部基准：{n_places} 国 × {n_items:,} 种产品，候选 {len(split.happened):,} 对，"
        f"其中 {split.happened.mean():.2%} 后来出现"
    )
    notes = [*NOTES, *(() if quick else (*LEARNED_NOTES, _distance(rows)))]
    table = [_shown(row, density, sscf) for row in rows]
    emit(
        fmt,
        out,
        record={"notes": notes, "methods": [_record(row, density, sscf) for row in rows]},
        rows=table,
        title=title,
        workbook=lambda file: write_rows(file, title, notes, table),
    )
    if fmt is Format.TABLE:
        for note in notes:
            say(note)


def _read(folder: Path) -> ExportData:
    texts = []
    for name in FILES:
        file = folder / f"{name}.txt"
        try:
            texts.append(read_text(file))
        except InputError as error:
            raise InputError(
                error.message,
                todo="--data 应指向含 train.txt、validation.txt、test.txt 的文件夹。",
            ) from error
    return export_data(*texts)


def _baselines(benchmark: ExportData) -> list[_Row]:
    hidden, known = Known(benchmark.validation.known), Known(benchmark.test.known)
    rows = []
    for method in METHODS:
        setting = choose(method, benchmark.validation, hidden)
        scores = judge(benchmark.test, method.score(known, setting))
        rows.append(_Row(method.id, method.name_zh, setting, scores))
    return rows


def _learned(benchmark: ExportData, rows: list[_Row]) -> list[_Row]:
    from chainmap.gaps.entry.export_benchmark import learned_scores, rank_average

    split = benchmark.test
    gamma = next(row.setting["gamma"] for row in rows if row.id == "sscf")
    sscf = Known(split.known).sscf(gamma)
    learned = learned_scores(split.known)
    found = (
        ("lambdarank", "LightGBM LambdaRank", learned.order),
        ("binary", "LightGBM 二分类，校准为概率", learned.chance),
        ("rank_average", "SSCF 与二分类的名次平均",
         rank_average(split.known, sscf, learned.binary)),
        ("rank_average_three", "SSCF、二分类、LambdaRank 的名次平均",
         rank_average(split.known, sscf, learned.binary, learned.order)),
    )  # fmt: skip
    return [_Row(id_, name, {}, judge(split, score)) for id_, name, score in found]


def _distance(rows: list[_Row]) -> str:
    """Return how far the best order and the best probability are from the goals."""
    order = max(rows, key=lambda row: row.scores.ndcg.mean())
    chance = max(rows, key=lambda row: row.scores.auc_pr)
    return (
        f"最好的排序是“{order.name_zh}”，NDCG@20 {order.scores.ndcg.mean():.4f}，"
        f"{_reached(float(order.scores.ndcg.mean()), GOAL_ORDER)}；"
        f"最好的概率是“{chance.name_zh}”，AUC-PR {chance.scores.auc_pr:.4f}，"
        f"{_reached(chance.scores.auc_pr, GOAL_CHANCE)}。"
    )


def _reached(value: float, goal: float) -> str:
    return f"已达目标 {goal:.3f}" if value >= goal else f"距目标 {goal:.3f} 差 {goal - value:.4f}"


def _shown(row: _Row, density: Scores, sscf: Scores) -> dict[str, Any]:
    scores = row.scores
    return {
        "方法": row.name_zh,
        "参数": "，".join(f"{_PARAMETERS[name]} {value:g}" for name, value in row.setting.items()),
        "P@20": f"{scores.precision.mean():.4f}",
        "R@20": f"{scores.recall.mean():.4f}",
        "NDCG@20": f"{scores.ndcg.mean():.4f}",
        "mAP@10": f"{scores.average_precision.mean():.4f}",
        "最佳F1": f"{scores.best_f1:.4f}",
        "AUC-PR": f"{scores.auc_pr:.4f}",
        "P@1000": f"{scores.precision_1000:.3f}",
        "NDCG@20 较关联密度": _gain(scores, density),
        "NDCG@20 较SSCF": _gain(scores, sscf),
    }


_PARAMETERS = {"k": "k", "beta": "β", "rank": "秩", "ridge": "λ", "gamma": "γ"}


def _gain(scores: Scores, other: Scores) -> str:
    if scores is other:
        return "—"
    gain = scores.against(other)
    text = f"{gain.mean:.4f} [{gain.low:.4f}, {gain.high:.4f}]"
    return text.replace("-", "−")  # a true minus: a spreadsheet would take "-0.1 […" for a formula


def _record(row: _Row, density: Scores, sscf: Scores) -> dict[str, Any]:
    scores = row.scores
    return {
        "id": row.id,
        "name": row.name_zh,
        "setting": dict(row.setting),
        "precision_at_20": float(scores.precision.mean()),
        "recall_at_20": float(scores.recall.mean()),
        "ndcg_at_20": float(scores.ndcg.mean()),
        "map_at_10": float(scores.average_precision.mean()),
        "best_f1": scores.best_f1,
        "auc_pr": scores.auc_pr,
        "precision_at_1000": scores.precision_1000,
        "gain_over_density": _interval(scores.against(density)),
        "gain_over_sscf": _interval(scores.against(sscf)),
    }


def _interval(gain: Interval) -> dict[str, float]:
    return gain._asdict()
