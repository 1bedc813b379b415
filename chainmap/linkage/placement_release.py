"""The files of a released placement model: weights, manifest and card, the same on every rerun."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from chainmap.linkage.placement_model import NAMED, VERSION
from chainmap.linkage.placement_scores import Share
from chainmap.linkage.placement_training import PlacementOptions, Trained
from chainmap.released import release_files


def placement_model_files(
    trained: Trained,
    options: PlacementOptions,
    chains: Mapping[str, str],
    origin: Mapping[str, Any],
) -> dict[str, bytes]:
    """Return the model's files by name.

    Args:
        trained: The model and its scores on held-out words.
        options: What it was trained with.
        chains: Chinese name of each chain.
        origin: Where the texts came from: hashes, counts, package version; goes in the manifest.
    """
    manifest = {
        "model": NAMED.folder,
        "version": VERSION,
        "method": "character 1-3-gram TF-IDF; logistic regression a chain, linear SVC a segment",
        "features": len(trained.plain["fragments"]),
        "texts": trained.texts,
        "options": asdict(options),
        "held_out": trained.measured,
        **origin,
    }
    return release_files(trained.plain, manifest, _card(trained, options, chains, origin))


def _card(
    trained: Trained,
    options: PlacementOptions,
    chains: Mapping[str, str],
    origin: Mapping[str, Any],
) -> str:
    return "\n".join(
        [
            f"# 归位模型 {VERSION}",
            "",
            "企业归位由规则决定；这个模型只看把握不大的归位，"
            "按词语前后的字符片段（一至三个字）做两件事：",
            "",
            "- 调整把握：用语像不像这条产业链。调整后仍是低把握，"
            "不会变成高把握，也不会删去一条归位；",
            "- 提议环节：只点明产业链的用语，若前后文字像某个环节，另加一条建议，"
            "规则写作 model:segment。",
            "",
            "每条都写明起作用的片段。高把握的归位不经模型；建议的环节不计入环节分布。",
            "",
            "## 数据",
            "",
            *(f"- {line}" for line in origin["data_zh"]),
            "",
            "## 局限",
            "",
            "- 训练文字是词语和产品名，不是经营范围全文；"
            "角色（制造、研发、服务、贸易）仍由规则判定。",
            "- 没有词命中的企业，模型不作判断：试过，对的少、错的多（docs/decisions/0010）。",
            "- 调整后的把握只宜比较高低，不是概率。",
            "",
            *_held_out(trained, options, chains),
            f"重做：`{origin['command']}`。经营范围上的成绩：`chainmap evaluate placement`。",
            "",
        ]
    )


def _held_out(trained: Trained, options: PlacementOptions, chains: Mapping[str, str]) -> list[str]:
    return [
        "## 留出检验",
        "",
        f"环节名称、别名、用语和产业链用语分 {options.folds} 份轮流留出，"
        f"问没见过的词属于哪个环节（或只属于整条链）。第一名领先第二名 "
        f"{trained.plain['least_lead']:g} 以上才提议：这是留出的词上至少 "
        f"{options.wanted:.0%} 的建议正确的最低门槛。",
        "",
        "| 产业链 | 词 | 第一名正确 | 提议 | 提议正确 | 95% 区间 |",
        "|---|---|---|---|---|---|",
        *(_row(row, chains) for row in trained.measured),
        "",
    ]


def _row(row: Mapping[str, Any], chains: Mapping[str, str]) -> str:
    right = Share(row["right"], row["words"])
    proposed = Share(row["proposed_right"], row["proposed"])
    low, high = proposed.interval or (0.0, 0.0)
    return (
        f"| {chains.get(row['chain'], '合计')} | {row['words']} | {right.value or 0:.3f} "
        f"| {row['proposed']} | {proposed.value or 0:.3f} | {low:.3f}–{high:.3f} |"
    )
