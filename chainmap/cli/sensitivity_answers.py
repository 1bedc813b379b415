"""What `chainmap evaluate sensitivity` answers: how far gap ranks follow the weights we chose."""

from __future__ import annotations

from pathlib import Path

from chainmap.cli.output import Format, emit, say
from chainmap.gaps.score import GapOptions
from chainmap.gaps.sensitivity import SWING, gap_sensitivity
from chainmap.pipeline import load_world
from chainmap.sources.places import find_city

NAMES = {
    "alpha": "需求的指数",
    "beta": "可行的指数",
    "gamma": "政策权重的系数",
    "criticality_share": "关键度在需求中的权重",
    "leader_shortfall": "缺应有龙头的环节的最低缺额",
}
GOAL = 0.9


def show_sensitivity(cities: list[str], fmt: Format, out: Path | None) -> None:
    """Print or write the rank correlation of gaps under changed weights."""
    world = load_world()
    chosen = [find_city(world.cities, name) for name in cities]
    found = gap_sensitivity(world, chosen, GapOptions(as_of=world.edition))
    rows = [
        {
            "参数": NAMES[row["parameter"]],
            "取值": round(row["value"], 3),
            "秩相关均值": round(row["spearman_mean"], 3),
            "最低": round(row["spearman_least"], 3),
            "最低的城市": row["least_city"],
            "前十保留": f"{row['top10_kept']:.0%}",
        }
        for row in found.iter_rows(named=True)
    ]
    title = f"缺口排序对权重±{SWING:.0%}的敏感性（{len(chosen)}个城市，名录 {world.edition}）"
    emit(fmt, out, record=found.to_dicts(), rows=rows, title=title)
    least = min(found["spearman_mean"].to_list())
    if fmt is not Format.JSON:
        said = "达到" if least >= GOAL else "未达到"
        say(f"目标：秩相关不低于{GOAL}；最低的均值为{least:.3f}，{said}。")
