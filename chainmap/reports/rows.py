"""Flat rows with Chinese headings: the same for the screen, CSV and Excel."""

from __future__ import annotations

from chainmap.concepts.gap_records import GapList, GapRecord
from chainmap.concepts.kinds import CiteScope, Stage
from chainmap.concepts.records import Basis, CitationRecord, PolicyPart, TargetList, TargetRecord
from chainmap.ranking.explain import UNDATED
from chainmap.ranking.families import Family, Mark

Rows = list[dict[str, str | int | float]]

FAMILY_LABELS = {family.value: family.zh for family in Family}
"""How a reader sees the families of a target's score."""

LEVEL_ZH = {"city": "市级", "province": "省级", "nation": "国家级"}
"""How a reader sees the level of a plan or of the place it speaks of."""

SHOWN_PARTS = 2
"""Passages spelled out with a gap's policy weight; JSON holds them all."""

_SCOPE_ORDER = [scope.value for scope in CiteScope]

_SOURCES = {
    "exchange": "交易所信息披露",
    "gsxt": "国家企业信用信息公示系统（按企业全称查询）",
}


def target_rows(targets: TargetList) -> Rows:
    """Return one row a target, in rank order, with the two strongest reasons and the sources."""
    return [
        {
            "序号": target.rank,
            "企业": target.company,
            "所在城市": target.home_city,
            "目标环节": _aim(target),
            "缺口类型": target.gap_kind_zh,
            "得分": round(target.score, 2),
            "名次区间": f"{target.rank_low}–{target.rank_high}",
            "可能性": chance_text(target),
            "理由一": target.reasons[0] if target.reasons else "",
            "理由二": target.reasons[1] if len(target.reasons) > 1 else "",
            "不利与待核实": "；".join(target.counter_evidence),
            "主要产品": "、".join(target.products),
            "股票代码": target.stock_code or "",
            "距离（公里）": round(target.distance_km),
            "目录条目": target.catalogue_item or "",
            "政策出处": citation_text(target.citations, targets.basis.include_expired),
            "企业信息来源": company_source(target),
        }
        for target in targets.targets
    ]


def forwarded_rows(targets: TargetList) -> Rows:
    """Return one row a target as it fits a page: both reasons in one cell."""
    rows: Rows = []
    for row in target_rows(targets):
        marked = zip("①②", (row["理由一"], row["理由二"]), strict=True)
        reasons = "\n".join(f"{mark}{reason}" for mark, reason in marked if reason)
        kept = (
            "序号", "企业", "所在城市", "目标环节", "缺口类型", "得分", "名次区间", "可能性"
        )  # fmt: skip
        rows.append(
            {name: row[name] for name in kept}
            | {
                "最强理由": reasons,
                "不利与待核实": row["不利与待核实"],
                "出处": row["政策出处"],
            }
        )
    return rows


def screen_rows(targets: TargetList) -> Rows:
    """Return one row a target as it fits a terminal; CSV, Excel and JSON hold the rest."""
    return [
        {name: value for name, value in row.items() if name != "不利与待核实"}
        for row in forwarded_rows(targets)
    ]


def part_rows(targets: TargetList) -> Rows:
    """Return one row a target: what each family adds over the median candidate, with its mark."""
    rows: Rows = []
    for target in targets.targets:
        row: dict[str, str | int | float] = {"序号": target.rank, "企业": target.company}
        for key, label in FAMILY_LABELS.items():
            row[label] = round(target.parts[key], 2)
        row["得分"] = round(target.score, 2)
        row["证据"] = "；".join(
            f"{label}：{Mark(target.evidence[key]).zh}" for key, label in FAMILY_LABELS.items()
        )
        rows.append(row)
    return rows


def chance_rows(targets: TargetList) -> Rows:
    """Return one row a target: its chance and the three it is made of."""
    return [
        {
            "序号": target.rank,
            "企业": target.company,
            "可能性": f"{target.chance:.2%}",
            "通常": f"{target.usual_chance:.2%}",
            "属该环节": f"{target.makes:.0%}",
            "会到外地布局": f"{target.expands:.1%}",
            "其中来本市": f"{target.goes_there:.2%}",
        }
        for target in targets.targets
    ]


def chance_text(target: TargetRecord) -> str:
    """Return a target's chance beside the usual one, in words."""
    return f"{target.chance:.2%}（通常{target.usual_chance:.2%}）"


def company_rows(targets: TargetList) -> Rows:
    """Return one row a target: who it is and where that can be checked."""
    kept = ("序号", "企业", "股票代码", "所在城市", "距离（公里）", "主要产品", "企业信息来源")
    return [{name: row[name] for name in kept} for row in target_rows(targets)]


def gap_rows(gaps: GapList) -> Rows:
    """Return one row a gap, in rank order."""
    return [
        {
            "序号": gap.rank,
            "名次区间": f"{gap.rank_low}–{gap.rank_high}",
            "产业链": gap.chain,
            "环节": gap.segment,
            "位置": Stage(gap.stage).zh,
            "缺口类型": gap.kind_zh,
            "得分": round(gap.gap_score, 3),
            "需求": round(gap.need, 3),
            "可行": round(gap.feasibility, 3),
            "本地企业": gap.n_companies,
            "应有企业": round(gap.expected, 1),
            "区位商": "" if gap.location_quotient is None else round(gap.location_quotient, 2),
            "相对水平": f"{gap.theta:.2f}（{gap.theta_low:.2f}–{gap.theta_high:.2f}）",
            "未见概率": round(gap.p_unseen, 2),
            "关键度": round(gap.criticality, 2),
            "外部依赖": round(gap.dependence, 2),
            "关联密度": round(gap.density, 3),
            "产业链参与度": round(gap.engagement, 2),
            "政策权重": round(gap.policy_weight, 2),
            "受影响企业": _affected(gap),
            "最近已有城市": _nearest(gap),
            "政策出处": citation_text(gap.citations, gaps.basis.include_expired),
            "权重构成": "；".join(part_text(part) for part in gap.policy_parts[:SHOWN_PARTS]),
            "算式": gap.formula,
        }
        for gap in gaps.gaps
    ]


def narrow_gap_rows(gaps: GapList) -> Rows:
    """Return one row a gap as it fits a terminal; CSV, Excel and JSON hold the rest."""
    kept = (
        "序号", "名次区间", "产业链", "环节", "缺口类型", "得分", "需求", "可行", "本地企业",
        "应有企业", "未见概率", "受影响企业", "最近已有城市", "政策出处",
    )  # fmt: skip
    return [{name: row[name] for name in kept} for row in gap_rows(gaps)]


def forwarded_gap_rows(gaps: GapList) -> Rows:
    """Return one row a gap as an office forwards it: what, why, what would change it, source."""
    return [
        {
            "名次": f"{gap.rank}（{gap.rank_low}–{gap.rank_high}）",
            "产业链": gap.chain,
            "环节": gap.segment,
            "缺口类型": gap.kind_zh,
            "得分": round(gap.gap_score, 3),
            "为什么": gap.reason,
            "怎样会改变": "；".join(gap.changes),
            "政策出处": citation_text(gap.citations, gaps.basis.include_expired),
        }
        for gap in gaps.gaps
    ]


def unjudged_rows(gaps: GapList) -> Rows:
    """Return one row a segment of which the data says too little."""
    return [
        {
            "环节": segment.segment,
            "应有企业": round(segment.expected, 1),
            "未见概率": round(segment.p_unseen, 2),
            "说明": "名录中未见企业，但按规模和名录覆盖程度，本地很可能已有；请先核实再判断。",
        }
        for segment in gaps.not_enough_data
    ]


def completeness_rows(gaps: GapList) -> Rows:
    """Return one row a chain: how complete it is, with its interval and standing among peers."""
    return [
        {
            "产业链": chain.chain,
            "环节": chain.n_segments,
            "已有环节": chain.n_present,
            "完整度": f"{chain.completeness:.0%}（{chain.completeness_low:.0%}"
            f"–{chain.completeness_high:.0%}）",
            "对标位次": "" if chain.percentile is None else f"高于{chain.percentile:.0%}的对标城市",
            "参与度": round(chain.engagement, 2),
        }
        for chain in gaps.completeness
    ]


def _affected(gap: GapRecord) -> str:
    shown = "、".join(firm.short_name for firm in gap.affected[:3])
    return f"{shown}等{gap.n_affected}家" if gap.n_affected > 3 else shown


def _nearest(gap: GapRecord) -> str:
    return "、".join(f"{city.city}{city.distance_km:.0f}公里" for city in gap.nearest[:2])


def part_text(part: PolicyPart) -> str:
    """Return one passage of a policy weight as a product of its four factors, in words."""
    years = "年份不详" if part.age_years is None else f"{part.age_years:.1f}年"
    place = f"（布局{part.place}）" if part.place else ""
    return (
        f"《{part.title}》{place}{CiteScope(part.scope).zh}{part.scope_strength:g}"
        f"×{LEVEL_ZH[part.level]}{part.level_strength:g}"
        f"×{part.verb or '未写动词'}{part.wording:g}×{years}{part.age_factor:.2f}"
        f"＝{part.contribution:.2f}"
    )


def plans_text(basis: Basis) -> str:
    """Return which plans drive the scores, as a reader sees it."""
    plans = "、".join(f"《{title}》" for title in basis.plans_in_force) or "无"
    what = "计入得分的规划（含已到期）" if basis.include_expired else "驱动得分的在期规划"
    return f"{what}：{plans}（时点 {basis.as_of}）。"


def undated_text(listed: TargetList) -> str:
    """Return how many of an earlier year's list are there without a founding year, or nothing."""
    n_undated = sum(UNDATED in target.counter_evidence for target in listed.targets)
    return f"成立年份未知 {n_undated} 家，按已成立排入，须核实。" if n_undated else ""


def citation_text(citations: list[CitationRecord], include_expired: bool = False) -> str:
    """Return the sources as a reader sees them: what is named, and whether the plan is over.

    The first passage, and behind it the nearest one where that says more about the segment.
    """
    if not citations:
        return "没有适用的规划点名"
    nearest = min(citations, key=lambda citation: _SCOPE_ORDER.index(citation.scope or "chain"))
    shown = [citations[0]] if nearest.scope == citations[0].scope else [citations[0], nearest]
    return "；另见".join(_one_citation(citation, include_expired) for citation in shown)


def _one_citation(citation: CitationRecord, include_expired: bool) -> str:
    mark = "，已到期、按要求计入" if include_expired else "，已到期、仅供背景"
    over = "" if citation.in_force else mark
    scope = CiteScope(citation.scope).zh if citation.scope else "点名"
    return f"《{citation.title}》{citation.box}（{scope}“{'、'.join(citation.names[:2])}”{over}）"


def _aim(target: TargetRecord) -> str:
    """Return the gap a target would fill, and from where where it is not in it today."""
    if target.made_segment_id == target.segment_id:
        return target.segment
    return f"{target.segment}（由{target.made_segment}延伸）"


def company_source(target: TargetRecord) -> str:
    """Return where a company's facts can be checked, in words."""
    return company_source_text(target.source, target.stock_code)


def company_source_text(source_codes: str, stock_code: str | None) -> str:
    """Return where the facts of a company can be checked, from its codes for sources."""
    shown = []
    for source in source_codes.split(";"):
        if source == "exchange" and stock_code:
            shown.append(f"{_SOURCES[source]} {stock_code}")
        elif source.startswith("web:"):
            shown.append(f"网站 {source.removeprefix('web:')}")
        elif source.startswith("gov:"):
            shown.append(source.removeprefix("gov:"))
        else:
            shown.append(_SOURCES.get(source, source))
    return "；".join(shown)
