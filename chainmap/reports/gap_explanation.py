"""A gap explained (缺口说明): its parts, formula and inputs, line by line."""

from __future__ import annotations

from chainmap.concepts.records import GapRecord
from chainmap.reports.rows import Rows, citation_text, part_text


def gap_method(weights: dict[str, float]) -> str:
    """Return how gaps are scored, in two sentences for the sheet of sources."""
    share = weights["criticality_share"]
    return (
        f"得分＝需求^{weights['alpha']:g}×可行^{weights['beta']:g}×(1＋{weights['gamma']:g}×政策权重)；"
        f"需求＝缺额×({share:g}×关键度＋{1 - share:g}×外部依赖)；缺额＝E[(1−θ)⁺|本地企业数]，"
        "θ为区位商的后验（伽马—泊松，先验取同省其他城市）；可行＝五年内出现新企业的校准机会；"
        "外部依赖按FLQ在本省和200公里内计；名次区间为90%区间。"
    )


def reason_text(gap: GapRecord, city: str) -> str:
    """Return why a gap is one, in a sentence or two for a meeting; every number is the row's."""
    parts = [_standing(gap, city)]
    if gap.local_users and gap.kind != "extend":
        firms = "、".join(f.short_name for f in gap.affected if f.gains == "supplier")
        named = f"（{firms}等）" if firms else ""
        parts.append(f"本地已有{len(gap.local_users)}个下游环节{named}，{_supply(gap)}")
    elif gap.local_suppliers:
        firms = "、".join(f.short_name for f in gap.affected if f.gains == "customer")
        named = f"（{firms}等）" if firms else ""
        parts.append(f"本地已有{len(gap.local_suppliers)}个上游环节{named}，可向下延伸")
    if gap.density_percentile >= 0.75:
        parts.append("与本地产业基础关联密切")
    if gap.nearest:
        near = gap.nearest[0]
        parts.append(f"最近的{near.city}有{near.n_companies}家（{near.distance_km:.0f}公里）")
    return "；".join(parts) + "。"


def _standing(gap: GapRecord, city: str) -> str:
    if gap.n_companies == 0:
        doubt = f"（有未入名录企业的概率{gap.p_unseen:.0%}）" if gap.p_unseen >= 0.1 else ""
        return f"{city}名录中尚无“{gap.segment}”制造或研发企业{doubt}"
    if gap.p_above_one < 0.5:
        return f"{city}“{gap.segment}”有{gap.n_companies}家，低于与产业规模相称的水平"
    return f"{city}“{gap.segment}”有{gap.n_companies}家，未见上市公司、链主等龙头"


def _supply(gap: GapRecord) -> str:
    if gap.dependence >= 0.95:
        return "省内和200公里内名录中未见供应"
    if gap.dependence >= 0.5:
        return f"省内和周边供应不足（外部依赖{gap.dependence:.2f}）"
    return "省内或周边已有供应，可就近配套"


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
         f"制造和研发企业（贸易不计），按规模应有约{gap.expected:.2f}家"),
        ("相对水平 θ", f"{gap.theta:.2f}（{gap.theta_low:.2f}–{gap.theta_high:.2f}）",
         f"1为全国平均；高于1的概率{gap.p_above_one:.0%}；"
         f"本地有未入数据的企业的概率{gap.p_unseen:.0%}"),
        ("缺额", f"{gap.shortfall:.3f}", "期望缺额 E[(1−θ)⁺]；在位而无龙头时不低于0.25"),
        ("关键度", f"{gap.criticality:.3f}",
         "链内百分位均值：介数、前向关联、后向关联、供给集中、受制下游"),
        ("外部依赖", f"{gap.dependence:.3f}",
         f"本市{gap.dependence_city:.2f}、本省{gap.dependence_province:.2f}、"
         f"周边城市{gap.dependence_nearby:.2f}（FLQ）"),
        ("可行（进入机会）", f"{gap.feasibility:.2%}（{gap.chance_low:.2%}–{gap.chance_high:.2%}）",
         f"五年内出现新企业的机会，同类平均{gap.base_rate:.2%}；"
         f"关联密度{gap.density:.3f}，居本市第{gap.density_percentile:.0%}分位"),
        ("政策权重", f"{gap.policy_weight:.2f}",
         "；".join(part_text(part) for part in gap.policy_parts) or "在期规划未点名"),
        ("受影响的本地企业", str(gap.n_affected), _firms(gap)),
        ("最近的已有城市", str(len(gap.nearest)), _holders(gap)),
        ("什么会改变类型", str(len(gap.changes)), "；".join(gap.changes)),
        ("政策出处", str(len(gap.citations)), citation_text(gap.citations)),
    ]  # fmt: skip
    return [{"项目": name, "数值": value, "说明": text} for name, value, text in rows]


def _around(gap: GapRecord) -> str:
    return (
        f"下游环节{gap.n_users}个，本地有{len(gap.local_users)}个；"
        f"上游环节{gap.n_suppliers}个，本地有{len(gap.local_suppliers)}个"
    )


def _firms(gap: GapRecord) -> str:
    gains = {"supplier": "就近得到供应", "customer": "就近得到客户"}
    shown = "、".join(f"{f.short_name}（{f.in_segment}，{gains[f.gains]}）" for f in gap.affected)
    return shown or "名录中没有相邻环节的本地企业"


def _holders(gap: GapRecord) -> str:
    return "、".join(f"{c.city}（{c.n_companies}家，{c.distance_km:.0f}公里）" for c in gap.nearest)
