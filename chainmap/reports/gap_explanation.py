"""A gap explained (缺口说明): its parts, formula and inputs, line by line."""

from __future__ import annotations

from collections.abc import Mapping

from chainmap.concepts.gap_records import GapRecord, HoldingCity
from chainmap.concepts.kinds import COUNTED_ZH, SegmentKind
from chainmap.concepts.records import PolicyPart
from chainmap.gaps.kinds import (
    RELATED_FROM,
    Row,
    below_weight,
    leader_missing,
    leader_share,
    only_leader_missing,
)
from chainmap.reports.rows import Rows, citation_text, part_text


def gap_method(weights: dict[str, float]) -> str:
    """Return how gaps are scored, in a sentence for the sheet of sources."""
    share = weights["criticality_share"]
    return (
        f"得分＝需求^{weights['alpha']:g}×可行^{weights['beta']:g}×(1＋{weights['gamma']:g}×政策权重)；"
        f"需求＝缺额×({share:g}×关键度＋{1 - share:g}×外部依赖)；缺额＝E[max(1−θ,0)|本地企业数]，"
        f"有企业而缺应有的龙头时不低于{weights['leader_shortfall']:g}×按产业规模应有的龙头数（至多算1家）；"
        "θ为区位商的后验（伽马—泊松，先验取同省其他城市）；可行＝五年内出现新企业的校准机会，"
        "只缺龙头时再乘全国该环节企业中龙头的占比；"
        "外部依赖按FLQ在本省和200公里内计；名次区间为90%区间。"
    )


MAKERS = COUNTED_ZH[SegmentKind.PRODUCT]
MANY_ALIKE = 5
"""Suppliers of one group from which a user's firms are said not to need each of them."""


def reason_text(
    gap: GapRecord, city: str, names: Mapping[str, str], alike: int = 1, makers: str = MAKERS
) -> str:
    """Return why a gap is one, in a sentence or two for a meeting; every number is the row's.

    Args:
        gap: The row.
        city: How the city is called.
        names: Names of segments, by id.
        alike: Suppliers of the gap's group that a local user has, from `alike_suppliers`.
        makers: What is counted in the segment, in words.
    """
    near = f"最近的{_holder(gap.nearest[0])}" if gap.nearest else ""
    parts = [_standing(gap, city, makers)]
    if gap.local_users and gap.kind != "extend":
        parts.append(
            f"它是本地{_named(gap, 'supplier', '所在环节')}{_called(gap.local_users, names)}的上游"
            f"{_choice(alike)}，{_supply(gap)}{'，' if near else ''}{near}"
        )
    else:
        if gap.local_suppliers:
            firms = _named(gap, "customer", "所在的")
            upstream = _called(gap.local_suppliers, names)
            if gap.kind == "strengthen":
                parts.append(f"本地{firms}上游环节{upstream}可就近供应")
            else:
                parts.append(f"可从本地{firms}上游环节{upstream}向下延伸")
        elif gap.kind == "build" and gap.engagement > 0 and gap.n_users + gap.n_suppliers > 0:
            parts.append(f"本地“{gap.chain}”产业链已有其他环节，此环节的直接上下游尚未落地")
        parts.append(near)
    if gap.density_percentile >= RELATED_FROM:
        parts.append("与本地产业基础关联密切")
    parts.append(_plan(gap))
    return "；".join(part for part in parts if part) + "。"


def _standing(gap: GapRecord, city: str, makers: str) -> str:
    if gap.n_companies == 0:
        doubt = f"（另有{gap.p_unseen:.0%}的可能已有企业而未入名录）" if gap.p_unseen >= 0.1 else ""
        return f"{city}名录中尚无“{gap.segment}”{makers}{doubt}"
    cell = Row(vars(gap))
    if below_weight(cell):
        return (
            f"{city}“{gap.segment}”只有{gap.n_companies}家，"
            f"少于按产业规模应有的约{gap.expected:.1f}家"
        )
    if leader_missing(cell):
        return (
            f"{city}“{gap.segment}”已有{gap.n_companies}家，尚无上市公司、链主等龙头，"
            f"而全国该环节企业中龙头占{leader_share(cell):.0%}"
        )
    return f"{city}“{gap.segment}”只有{gap.n_companies}家，还不能说达到全国平均水平"


def _supply(gap: GapRecord) -> str:
    if gap.dependence >= 0.95:
        return "省内和200公里内名录中未见供应"
    if gap.dependence >= 0.5:
        return "省内和周边供应不足"
    return "目前由省内或周边供应"


def _choice(alike: int) -> str:
    if alike < MANY_ALIKE:
        return ""
    return f"（同类上游共{alike}个环节，各企业未必都用到）"


def _called(segments: list[str], names: Mapping[str, str]) -> str:
    shown = "、".join(f"“{names[segment]}”" for segment in segments[:2])
    return shown if len(segments) <= 2 else f"{shown}等{len(segments)}个环节"


def _named(gap: GapRecord, gains: str, then: str) -> str:
    """Return up to three local firms with what follows them; 等 only where there are more."""
    firms = [firm.short_name for firm in gap.affected if firm.gains == gains]
    more = "等" if len(firms) > 3 or gap.n_affected > len(gap.affected) else ""
    return f"{'、'.join(firms[:3])}{more}{then}" if firms else ""


def _plan(gap: GapRecord) -> str:
    """Return the plan in force that names the segment or its group, the strongest first."""
    said = {"segment": "点名该环节", "group": "点名所属领域"}
    for scope, words in said.items():
        for part in gap.policy_parts:
            if part.scope == scope:
                return f"《{part.title.strip('《》')}》{words}"
    return ""


def _holder(city: HoldingCity) -> str:
    return f"{city.city}有{city.n_companies}家（{city.distance_km:.0f}公里）"


def formula_text(gap: GapRecord, weights: dict[str, float]) -> str:
    """Return the score's formula with the row's numbers in it; the numbers give the score."""
    share = weights["criticality_share"]
    return (
        f"需求 {gap.need:.3f} ＝ 缺额 {gap.shortfall:.3f} ×"
        f"（{share:g} × 关键度 {gap.criticality:.3f}"
        f" ＋ {1 - share:g} × 外部依赖 {gap.dependence:.3f}）；"
        f"得分 {gap.gap_score:.4f} ＝ 需求^{weights['alpha']:g} × 可行 {gap.feasibility:.4f}"
        f"^{weights['beta']:g} ×（1 ＋ {weights['gamma']:g} × 政策权重 {gap.policy_weight:.3f}）"
    )


def explanation_rows(gap: GapRecord) -> Rows:
    """Return the explanation of one gap as rows `项目, 数值, 说明`."""
    rows = [
        ("名次", f"{gap.rank}（{gap.rank_low}–{gap.rank_high}）",
         "括号内为90%区间：确为缺口时，名次随企业分布和进入机会的不确定而变动的范围；"
         f"确为缺口的概率约{1 - gap.p_above_one:.0%}"),
        ("缺口类型", gap.kind_zh, f"现状：{gap.state_zh}；{_around(gap)}"),
        ("得分", f"{gap.gap_score:.4f}", gap.formula),
        ("本地企业", str(gap.n_companies),
         f"从事该环节的企业（贸易不计），按规模应有约{gap.expected:.2f}家"),
        ("相对水平 θ", f"{gap.theta:.2f}（{gap.theta_low:.2f}–{gap.theta_high:.2f}）",
         f"1为全国平均；高于1的概率{gap.p_above_one:.0%}；"
         f"本地有未入数据的企业的概率{gap.p_unseen:.0%}"),
        ("缺额", f"{gap.shortfall:.3f}",
         "max(1−θ,0)的期望；有企业而缺应有的龙头时，按产业规模应有的龙头数设下限"),
        ("关键度", f"{gap.criticality:.3f}",
         "链内百分位均值：介数、前向关联、后向关联、卡点、受制下游；"
         f"卡点指数{gap.choke_index:.2f}（供给集中或不足，1为最紧）"),
        ("外部依赖", f"{gap.dependence:.3f}",
         f"本市{gap.dependence_city:.2f}、本省{gap.dependence_province:.2f}、"
         f"周边城市{gap.dependence_nearby:.2f}（FLQ）"),
        ("可行（进入机会）", f"{gap.feasibility:.2%}（{gap.chance_low:.2%}–{gap.chance_high:.2%}）",
         f"{_chance_of(gap)}，全国各城市各环节新企业平均{gap.base_rate:.2%}；"
         f"关联密度{gap.density:.3f}，高于本市{gap.density_percentile:.0%}的环节"),
        ("政策权重", f"{gap.policy_weight:.2f}",
         _parts(gap) or "在期规划未点名"),
        ("受影响的本地企业", str(gap.n_affected), _firms(gap)),
        ("最近的已有城市", str(len(gap.nearest)), _holders(gap)),
        ("什么会改变类型", str(len(gap.changes)), "；".join(gap.changes)),
        ("政策出处", str(len(gap.citations)), citation_text(gap.citations)),
    ]  # fmt: skip
    return [{"项目": name, "数值": value, "说明": text} for name, value, text in rows]


def _chance_of(gap: GapRecord) -> str:
    """Return what the chance is of; as `gaps.kinds.leader_part` has it."""
    cell = Row(vars(gap))
    if only_leader_missing(cell):
        share = leader_share(cell)
        return f"五年内出现新企业且为龙头的机会（新企业的机会×全国该环节龙头占比{share:.0%}）"
    return "五年内出现新企业的机会"


def _around(gap: GapRecord) -> str:
    return (
        f"下游环节{gap.n_users}个，本地有{len(gap.local_users)}个；"
        f"上游环节{gap.n_suppliers}个，本地有{len(gap.local_suppliers)}个"
    )


def _parts(gap: GapRecord) -> str:
    """Return the strongest passage of each document, and how many more it has."""
    by_title: dict[str, list[PolicyPart]] = {}
    for part in gap.policy_parts:
        by_title.setdefault(part.title, []).append(part)
    said = []
    for parts in by_title.values():
        more = f"（同一文件另有{len(parts) - 1}处）" if len(parts) > 1 else ""
        said.append(part_text(parts[0]) + more)
    return "；".join(said)


def _firms(gap: GapRecord) -> str:
    gains = {"supplier": "此缺口在其上游", "customer": "此缺口在其下游"}
    shown = "、".join(f"{f.short_name}（{f.in_segment}，{gains[f.gains]}）" for f in gap.affected)
    more = f"等{gap.n_affected}家" if gap.n_affected > len(gap.affected) else ""
    return f"{shown}{more}" if shown else "名录中没有相邻环节的本地企业"


def _holders(gap: GapRecord) -> str:
    return "、".join(f"{c.city}（{c.n_companies}家，{c.distance_km:.0f}公里）" for c in gap.nearest)
