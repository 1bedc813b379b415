"""What `chainmap evaluate explanations` answers: whether reasons carry the ranks they explain."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from chainmap.cli.output import Format, emit, say
from chainmap.gaps.score import GapOptions
from chainmap.pipeline import find_gaps, load_world, standing_of
from chainmap.ranking.target_options import TargetOptions
from chainmap.ranking.why_faithfulness import (
    HEAD,
    Faithfulness,
    fell,
    measure_faithfulness,
    middle_fall,
)
from chainmap.sources.places import find_city

GOAL = 0.9


def show_explanation_scores(
    cities: list[str], each: int, seed: int, fmt: Format, out: Path | None
) -> None:
    """Print or write how often removing the strongest evidence lowers a rank, by city.

    Raises:
        UnknownNameError: A city is not in the table of places.
    """
    world = load_world()
    found: dict[str, Faithfulness] = {}
    for name in cities:
        city = find_city(world.cities, name)
        gaps = find_gaps(world, city, GapOptions(as_of=world.edition))
        standing = standing_of(world, city, gaps, TargetOptions())
        found[city.short_name] = measure_faithfulness(standing, each, seed)
    rows = [_row(name, [one]) for name, one in found.items()]
    total = _row("合计", list(found.values()))
    title = f"理由是否属实（抽去最有力的依据重新排序；名录 {world.edition}，种子 {seed}）"
    emit(fmt, out, record=[*rows, total], rows=[*rows, total], title=title)
    if fmt is not Format.JSON:
        said = "达到" if total["占比"] >= GOAL else "未达到"
        say(f"目标：名次随依据下降的不低于 {GOAL:.0%}；合计 {total['占比']:.1%}，{said}。")


def _row(name: str, found: list[Faithfulness]) -> dict[str, Any]:
    head = tuple(one for part in found for one in part.head)
    every = head + tuple(one for part in found for one in part.rest)
    rises = [(rise, place, part.n_ranked) for part in found for rise, place in part.rises]
    return {
        "城市": name,
        "抽查": len(every) + sum(part.without for part in found),
        "无突出依据": sum(part.without for part in found),
        "名次下降": fell(every),
        "占比": round(fell(every) / max(len(every), 1), 4),
        f"前{HEAD}位占比": round(fell(head) / max(len(head), 1), 4),
        f"前{HEAD}位下降中位数": middle_fall(head),
        "资本十倍最多升": max((rise for rise, _, _ in rises), default=0),
        "占清单": round(max((rise / n for rise, _, n in rises), default=0.0), 4),
        f"前{HEAD}位最多升": max((rise for rise, at, _ in rises if at <= HEAD), default=0),
    }
