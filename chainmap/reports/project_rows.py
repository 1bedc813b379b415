"""Rows of ranked projects and propositions: the same for the screen, CSV and Excel."""

from __future__ import annotations

from chainmap.catalogue.project_size import per_mu_text
from chainmap.catalogue.projects_screen import FILTER_ZH
from chainmap.concepts.admission import RESULT_ZH, Result
from chainmap.concepts.project_records import (
    ProjectRanking,
    ProjectRecord,
    PropositionList,
    PropositionRecord,
    RankedProject,
    SponsorRecord,
)
from chainmap.concepts.records import CitationRecord, TargetRecord
from chainmap.reports.rows import Rows, company_source

UNSTATED = "未填"
_PART_ZH = {
    "priority": "优先级分",
    "relation": "关系分",
    "confidence": "匹配把握",
    "size": "规模分",
}


def ranked_rows(ranking: ProjectRanking) -> Rows:
    """Return one row a ranked project, rank 1 first, every part of the score beside it."""
    return [
        {
            "名次": found.rank or 0,
            "项目名称": found.name,
            "投资方": found.sponsor or UNSTATED,
            "阶段": found.stage or UNSTATED,
            "总投资（万元）": money_text(found.project),
            "匹配环节": found.segment or "",
            "匹配情况": "待确认" if found.to_confirm else "已匹配",
            "目录条目": found.item or "",
            "得分": found.score if found.score is not None else "",
            **{zh: found.parts.get(part, "") for part, zh in _PART_ZH.items()},
            **screen_cells(found),
            "算式": found.formula,
            "理由": found.reason,
            "待补资料": "\n".join(found.to_supply),
            "政策依据": cited_text(found.citations),
            "项目编号": found.project_id,
        }
        for found in ranking.projects
        if found.state == "ranked"
    ]


def supply_rows(ranking: ProjectRanking) -> Rows:
    """Return one row a ranked project and thing that is unknown of it."""
    return [
        {"项目名称": found.name, "投资方": found.sponsor or UNSTATED, "待补资料": wanted}
        for found in ranking.projects
        if found.state == "ranked"
        for wanted in found.to_supply
    ]


def left_out_rows(ranking: ProjectRanking) -> Rows:
    """Return one row a project that is not ranked, with its state and the reason."""
    return [
        {
            "结果": found.state_zh,
            "项目名称": found.name,
            "投资方": found.sponsor or UNSTATED,
            "阶段": found.stage or UNSTATED,
            "意向地": found.project.place or UNSTATED,
            "匹配环节": found.segment or "",
            "目录条目": found.item or "",
            "原因": found.reason,
            "项目编号": found.project_id,
        }
        for found in ranking.projects
        if found.state != "ranked"
    ]


def answer_rows(ranking: ProjectRanking) -> Rows:
    """Return one row a project and rule: requirement, result, fact, source."""
    return [
        {
            "项目名称": found.name,
            "指标": answer.metric_zh,
            "要求": answer.requirement,
            "性质": "约束" if answer.binding else "参考",
            "结果": answer.result_zh,
            "项目事实": answer.fact,
            "出处": answer.source,
            "向谁核实": answer.ask,
            "项目编号": found.project_id,
        }
        for found in ranking.projects
        for answer in found.answers
    ]


def screen_rows(ranking: ProjectRanking) -> Rows:
    """Return one row a project as a terminal has room for it, the ranked ones first."""
    return [
        {
            "名次": found.rank or found.state_zh,
            "项目": found.name,
            "投资方": found.sponsor or UNSTATED,
            "阶段": found.stage or UNSTATED,
            "环节": (found.segment or "") + ("（待确认）" if found.to_confirm else ""),
            "条目": found.item or "",
            "得分": found.score if found.score is not None else "",
            "准入": screen_text(found),
            "说明": found.formula or found.reason,
        }
        for found in ranking.projects
    ]


def overview_rows(propositions: PropositionList) -> Rows:
    """Return one row a proposition, in order."""
    return [
        {
            "序号": one.rank,
            "项目建议": one.title,
            "产业链": one.chain,
            "环节": one.segment,
            "缺口类型": one.kind_zh,
            "优先级": one.priority_zh,
            "引进方向": one.direction,
            "目标对象": "、".join(one.wanted),
            "规模区间": one.size.text,
            "招引对象": names_text(one.sponsors) or f"暂无：{one.sponsor_note}",
            "规划布局地点": "、".join(one.sites) or "规划未指明",
            "实施期限": one.period,
            "理由": "\n".join(one.reasons) or "无测算",
            "政策依据": cited_text(one.citations),
            "条目编号": one.item_id,
        }
        for one in propositions.propositions
    ]


def sponsor_rows(propositions: PropositionList) -> Rows:
    """Return one row a proposition and sponsor; a proposition without one has a row saying so."""
    rows: Rows = []
    for one in propositions.propositions:
        about = _about(one)
        if not one.sponsors:
            rows.append(about | _sponsor(None, one.sponsor_note))
        rows += [about | _sponsor(sponsor, "") for sponsor in one.sponsors]
    return rows


def term_rows(propositions: PropositionList) -> Rows:
    """Return one row a proposition and admission term."""
    return [
        {
            "序号": one.rank,
            "项目建议": one.title,
            "指标": term.metric_zh,
            "要求": term.requirement,
            "数值": f"{term.value:g}" if term.value is not None else "未知" if term.unit else "—",
            "单位": term.unit or "",
            "适用地": term.place,
            "性质": "约束" if term.binding else "参考",
            "出处": term.source,
            "向谁核实": term.ask,
        }
        for one in propositions.propositions
        for term in one.terms
    ]


def proposed_rows(propositions: PropositionList) -> Rows:
    """Return one row a proposition as a terminal has room for it."""
    return [
        {
            "序号": one.rank,
            "项目建议": one.title,
            "优先级": one.priority_zh,
            "引进方向": one.direction,
            "规模区间": one.size.text.partition("（")[0],
            "招引对象": names_text(one.sponsors) or one.sponsor_note,
        }
        for one in propositions.propositions
    ]


def names_text(sponsors: list[SponsorRecord]) -> str:
    """Return the sponsors in order as one text."""
    return "、".join(f"{s.short_name}（{s.home_city.removesuffix('市')}）" for s in sponsors)


def money_text(project: ProjectRecord) -> str | float:
    """Return a project's total investment; other money by its code."""
    if project.investment_10k is None:
        return UNSTATED
    if project.investment_currency == "CNY":
        return project.investment_10k
    return f"{project.investment_10k:g}万（{project.investment_currency}）"


def screen_cells(found: RankedProject) -> dict[str, str]:
    """Return the result of every filter, by its name; — where no rule speaks of it."""
    results: dict[str, str] = {str(name): zh for name, zh in RESULT_ZH.items()}
    cells = {
        zh: results[found.screen[name]] if name in found.screen else "—"
        for name, zh in FILTER_ZH.items()
    }
    to_check = _land_to_check(found)
    return cells | {FILTER_ZH["land"]: f"待核（{to_check}）"} if to_check else cells


def screen_text(found: RankedProject) -> str:
    """Return the filters in a few words: what fails, what is to be checked, what is unknown."""
    if not found.screen:
        return "未对照"
    results: dict[Result, str] = {"fail": "不符合", "unknown": "未知"}
    to_check = _land_to_check(found)
    parts = [f"{FILTER_ZH['land']}待核（{to_check}）"] if to_check else []
    for result, zh in results.items():
        named = [
            FILTER_ZH[name]
            for name, value in found.screen.items()
            if value == result and not (to_check and name == "land")
        ]
        if named:
            parts.append(f"{zh}：{'、'.join(named)}")
    return "；".join(parts) or "均符合"


def _land_to_check(found: RankedProject) -> str:
    """Return what a project invests per 亩 where no rule holds a number to compare it with."""
    return per_mu_text(found.project) if found.screen.get("land") == "unknown" else ""


def cited_text(citations: list[CitationRecord]) -> str:
    """Return passages as a reader would look them up; those no longer in force marked."""
    return "\n".join(
        f"《{c.title}》{c.box}" + ("" if c.in_force else "（已到期，仅供背景）") for c in citations
    )


def _about(one: PropositionRecord) -> dict[str, str | int | float]:
    return {
        "序号": one.rank,
        "项目建议": one.title,
        "环节": one.segment,
        "优先级": one.priority_zh,
        "规模区间": one.size.text,
        "待核实条件": "\n".join(one.to_ask),
    }


def _sponsor(sponsor: SponsorRecord | None, note: str) -> dict[str, str | int | float]:
    if sponsor is None:
        return {"次序": "", "招引对象": "暂无", "所在城市": "", "落地可能": "", "同链平均": "",
                "主要产品": "", "理由": note, "企业信息来源": ""}  # fmt: skip
    return {
        "次序": sponsor.rank,
        "招引对象": sponsor.company,
        "所在城市": sponsor.home_city,
        "落地可能": f"{sponsor.chance:.2%}",
        "同链平均": f"{sponsor.usual_chance:.2%}",
        "主要产品": "、".join(sponsor.products),
        "理由": "\n".join(sponsor.reasons),
        "企业信息来源": company_source(
            TargetRecord.model_construct(source=sponsor.source, stock_code=sponsor.stock_code)
        ),
    }
