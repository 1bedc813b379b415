"""How far a report's numbers can be trusted: what the released models were measured at."""

from __future__ import annotations

from chainmap.reports.document import Paragraph, Said
from chainmap.reports.document_sources import Cited
from chainmap.reports.scorecard import load_scorecard, newest_manifest

_TASK = "城市→企业"
_OURS, _NEAREST = "条件逻辑（发布的模型）", "先近后远"


def quality(cited: Cited) -> Paragraph:
    """Return what hiding the answers showed, in two sentences read from the released scores.

    Raises:
        ResourceError: The scores of the released models are missing.
    """
    card, ranker = load_scorecard(), newest_manifest("target-ranker")
    hidden = next(run for run in card.hidden if (run.way, run.asked) == ("随机", 0.2))
    rows = {row["order"]: row for row in ranker["metrics"] if row["task"] == _TASK}
    ours, nearest = rows[_OURS], rows[_NEAREST]
    again = "随软件发布的评测成绩，可用命令重做："
    gaps = cited.formula("缺口区间的检验", f"{again}{card.commands['hidden']}。")
    targets = cited.formula(
        "招商目标排序的检验",
        f"{again}chainmap evaluate targets（模型第{ranker['version']}版）；标签没有日期，"
        "是“现在在哪”的核对，不是预测。",
    )
    return Paragraph(
        (
            Said(
                f"检验：随机遮住名录两成企业，数据够用的环节中有{hidden.held:.0%}真实家数仍在90%区间内，"
                f"判为没有的环节中真有企业的占{hidden.wrongly_absent:.1%}；",
                (gaps,),
            ),
            Said(
                f"遮住上市公司已有的{ours['events']}处异地布局，给{ours['lists']}个城市各排名单，"
                f"前100家中至少有一家确在本市布局的城市占{ours['hit_100']:.0%}"
                f"（只按远近排为{nearest['hit_100']:.0%}），可见名单宜作线索，不能代替调研。",
                (targets,),
            ),
        )
    )
