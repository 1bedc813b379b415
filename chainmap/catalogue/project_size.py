"""How large a project a catalogue item looks for: from its terms and from known projects."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from statistics import quantiles

from chainmap.catalogue.match import SURE
from chainmap.concepts.admission import Metric
from chainmap.concepts.catalogue import Catalogue, CatalogueItem
from chainmap.concepts.project_records import ProjectRecord, SegmentMatch, SizeRecord
from chainmap.sources.intake.vocabulary import load_vocabulary

LEAST_PROJECTS = 3
"""Known projects from which a range is stated: quartiles of fewer are the projects themselves."""

FLOOR = 0.3
"""Least the size factor falls to: a small project is worth less, never nothing."""

Matches = Mapping[str, Sequence[SegmentMatch]]
Known = Mapping[str, Mapping[str, float]]
"""Investments of known projects, 万元, by segment and project id."""


def investment_of(project: ProjectRecord) -> float | None:
    """Return what a project invests in all, 万元 CNY; null where not stated or in other money."""
    if project.investment_10k is not None and project.investment_currency == "CNY":
        return project.investment_10k
    return project.fixed_investment_10k


def per_mu_text(project: ProjectRecord) -> str:
    """Return what a project invests per 亩 of its land, in words; empty where either is unknown.

    The fixed investment counts where it is stated; else the total, which is never less.
    """
    value = project.fixed_investment_10k or investment_of(project)
    if not value or not project.land_mu:
        return ""
    what = "固定资产投资" if project.fixed_investment_10k else "总投资"
    return f"亩均{what}{value / project.land_mu:.4g}万元"


def size_wanted(
    item: CatalogueItem,
    catalogue: Catalogue,
    known: Iterable[float],
    land_mu: float | None = None,
) -> SizeRecord:
    """Return the size range an item looks for, 万元; what nothing states stays unknown.

    The lower end is what the binding investment intensity asks of the land offered; where projects
    of the segment are known, both ends are their quartiles, and the lower one no less than that.

    Args:
        item: Of `catalogue`, whose terms it names.
        catalogue: Holds the terms.
        known: Investments of known projects of the segment, 万元.
        land_mu: Land offered, 亩; None is not known.
    """
    values = sorted(known)
    asked = _asked(item, catalogue)
    texts = []
    low: float | None = None
    high: float | None = None
    if asked is not None and land_mu is not None:
        low = round(asked * land_mu, 2)
        texts.append(f"投资强度要求{asked:g}万元/亩 × 可供地{land_mu:g}亩 ＝ {low:g}万元")
    elif asked is not None:
        texts.append(f"投资强度要求{asked:g}万元/亩，可供地面积未知")
    else:
        texts.append("投资强度要求未知")
    if len(values) >= LEAST_PROJECTS:
        lower, _, upper = quantiles(values, n=4, method="inclusive")
        low, high = round(max(lower, low or 0.0), 2), round(max(upper, low or 0.0), 2)
        texts.append(f"同环节已知项目{len(values)}个，投资的中间一半在{lower:g}—{upper:g}万元")
    elif values:
        shown = "、".join(f"{value:g}" for value in values)
        texts.append(f"同环节已知项目仅{len(values)}个（{shown}万元），不足以定区间")
    else:
        texts.append("没有同环节的已知项目")
    return SizeRecord(
        low_10k_cny=low,
        high_10k_cny=high,
        n_projects=len(values),
        text=f"{_range(low, high)}（{'；'.join(texts)}）",
    )


def known_investments(projects: Iterable[ProjectRecord], matches: Matches) -> Known:
    """Return the investments of projects surely matched, 万元, by segment and project.

    Args:
        projects: Projects of a workspace, of any city.
        matches: From `match_projects`.
    """
    found: dict[str, dict[str, float]] = {}
    for project in projects:
        value = investment_of(project)
        sure = [m.segment_id for m in matches[project.id][:1] if m.confidence >= SURE]
        if value and sure:
            found.setdefault(sure[0], {})[project.id] = value
    return found


def size_factor(project: ProjectRecord, wanted: SizeRecord) -> tuple[float, str]:
    """Return how a project's size counts, `FLOOR`..1, and why; what is unknown counts as 1.

    Other money is not converted, and so does not count either.
    """
    value = investment_of(project)
    if value is None and project.investment_10k is not None and project.investment_currency:
        money = load_vocabulary().currency_zh(project.investment_currency)
        return 1.0, f"投资以{money}计（{project.investment_10k:g}万{money}），未折算，不增不减"
    if value is None or wanted.low_10k_cny is None:
        what = "项目投资额" if value is None else "想要的规模"
        return 1.0, f"{what}未知，不增不减"
    if value >= wanted.low_10k_cny:
        return 1.0, f"投资{value:g}万元，达到{wanted.low_10k_cny:g}万元"
    share = round(max(FLOOR, value / wanted.low_10k_cny), 4)
    return share, f"投资{value:g}万元，不到{wanted.low_10k_cny:g}万元"


def _asked(item: CatalogueItem, catalogue: Catalogue) -> float | None:
    """Return the highest binding investment intensity an item's terms ask, 万元/亩."""
    values = [
        term.value
        for term in catalogue.terms
        if term.id in item.admission
        and term.metric is Metric.INVESTMENT_PER_MU
        and term.binding
        and term.unit == "万元/亩"
        and term.value is not None
    ]
    return max(values, default=None)


def _range(low: float | None, high: float | None) -> str:
    if low is None:
        return "未知"
    return f"{low:g}万元以上" if high is None else f"{low:g}—{high:g}万元"
