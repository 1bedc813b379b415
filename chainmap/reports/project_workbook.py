"""Ranked projects and propositions as Excel files."""

from __future__ import annotations

from pathlib import Path

from chainmap.concepts.project_records import (
    STATE_ZH,
    ProjectBasis,
    ProjectRanking,
    PropositionList,
)
from chainmap.reports.project_rows import (
    answer_rows,
    left_out_rows,
    overview_rows,
    ranked_rows,
    sponsor_rows,
    supply_rows,
    term_rows,
)
from chainmap.reports.project_sheets import Page, write_pages

NO_PROMISE = "得分用于排序，不是落地概率；未列激励内容，任何优惠承诺须经公平竞争审查。"
_CHANCE = (
    "“落地可能”为模型估计的该企业在本市为该环节设点的可能，“同链平均”为同链候选的平均，仅供研判。"
)

_RANKED = {
    "名次": 6, "项目名称": 26, "投资方": 24, "阶段": 7, "总投资（万元）": 12, "匹配环节": 16,
    "匹配情况": 9, "目录条目": 16, "得分": 8, "标准": 8, "产业政策": 8, "用地": 8, "能耗": 8,
    "排污": 8, "理由": 44,
}  # fmt: skip
_PARTS = {
    "名次": 6, "项目名称": 28, "优先级分": 9, "关系分": 8, "匹配把握": 9, "规模分": 8, "得分": 8,
    "算式": 60, "政策依据": 44, "项目编号": 17,
}  # fmt: skip
_SUPPLY = {"项目名称": 30, "投资方": 28, "待补资料": 110}
_LEFT_OUT = {
    "结果": 12, "项目名称": 28, "投资方": 26, "阶段": 7, "意向地": 14, "匹配环节": 16,
    "目录条目": 16, "原因": 60, "项目编号": 17,
}  # fmt: skip
_ANSWERS = {
    "项目名称": 26, "指标": 10, "要求": 44, "性质": 7, "结果": 8, "项目事实": 44, "出处": 44,
    "向谁核实": 36,
}  # fmt: skip
_OVERVIEW = {
    "序号": 6, "项目建议": 28, "产业链": 16, "优先级": 8, "引进方向": 46, "规模区间": 34,
    "招引对象": 40, "实施期限": 12,
}  # fmt: skip
_SPONSORS = {
    "序号": 6, "项目建议": 26, "次序": 6, "招引对象": 28, "所在城市": 11, "落地可能": 9,
    "同链平均": 9, "主要产品": 30, "理由": 56, "企业信息来源": 24,
}  # fmt: skip
_TERMS = {
    "序号": 6, "项目建议": 26, "指标": 10, "要求": 40, "数值": 8, "单位": 14, "适用地": 9,
    "性质": 7, "出处": 46, "向谁核实": 40,
}  # fmt: skip
_GROUNDS = {
    "序号": 6, "项目建议": 28, "缺口类型": 9, "目标对象": 18, "理由": 60, "规划布局地点": 18,
    "政策依据": 46, "条目编号": 26,
}  # fmt: skip


def write_ranking(ranking: ProjectRanking, file: Path) -> None:
    """Write ranked projects, their scores, what is missing, the rest, and every rule's answer.

    The same ranking gives the same bytes.
    """
    notes, ranked, city = ranking_notes(ranking), ranked_rows(ranking), ranking.basis.city
    about = [ranking.basis.coverage]
    write_pages(
        file,
        [
            Page("可对接项目", f"{city}可对接项目", notes, ranked, _RANKED),
            Page("得分构成", f"{city}项目得分构成", notes[1:2], ranked, _PARTS),
            Page("待补资料", f"{city}项目待补资料", notes[2:3], supply_rows(ranking), _SUPPLY),
            Page("未列入项目", f"{city}未列入项目", notes[:1], left_out_rows(ranking), _LEFT_OUT),
            Page("准入逐条", f"{city}项目准入逐条对照", about, answer_rows(ranking), _ANSWERS),
        ],
    )


def write_propositions(propositions: PropositionList, file: Path) -> None:
    """Write propositions: 概览, 项目建议与招引对象, 准入条件, 依据; same list, same bytes."""
    basis = propositions.basis
    on = f"{basis.city}，招商目录 {basis.catalogue_label}，企业名录 {basis.edition}。"
    size = (
        "规模区间只由目录条件和已知项目得出，没有依据的写“未知”；招引对象为外地企业，按得分排列。"
    )
    overview, city = overview_rows(propositions), basis.city
    notes = [on, size, basis.coverage, NO_PROMISE]
    sponsors = sponsor_rows(propositions)
    write_pages(
        file,
        [
            Page("概览", f"{city}项目建议概览", notes, overview, _OVERVIEW),
            Page(
                "项目建议与招引对象",
                f"{city}项目建议与招引对象",
                [on, _CHANCE],
                sponsors,
                _SPONSORS,
            ),
            Page("准入条件", f"{city}项目建议的准入条件", [on], term_rows(propositions), _TERMS),
            Page("依据", f"{city}项目建议的依据", [on], overview, _GROUNDS),
        ],
    )


def ranking_notes(ranking: ProjectRanking) -> list[str]:
    """Return what a ranking rests on and how many projects became what, in lines."""
    counts = "、".join(f"{STATE_ZH[s]} {ranking.counts[s]}" for s in STATE_ZH)
    return [
        f"{_rests_on(ranking.basis)}共 {ranking.n_projects} 个项目：{counts}。",
        "得分＝100×优先级×关系×匹配把握×规模，每项 0—1。",
        "标准、产业政策、用地、能耗、排污是门槛，不计分：不符合任一约束规则的不列入，"
        "未知的保留并列入待补资料。",
        ranking.basis.coverage,
        NO_PROMISE,
    ]


def _rests_on(basis: ProjectBasis) -> str:
    return f"{basis.city}，招商目录 {basis.catalogue_label}，规则时点 {basis.as_of}。"
