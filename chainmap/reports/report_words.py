"""Sentences that several reports share, with the sources they rest on."""

from __future__ import annotations

from collections.abc import Sequence

from chainmap.concepts.city_records import ChainStanding
from chainmap.concepts.records import Basis, TargetList
from chainmap.reports.document import Line, Paragraph, Picture, Said
from chainmap.reports.document_sources import Cited
from chainmap.reports.gap_explanation import gap_method
from chainmap.reports.report_pictures import Bar, BarRow, bars_svg
from chainmap.reports.rows import FAMILY_LABELS


def basis_line(basis: Basis) -> str:
    """Return what a report rests on, in one line under its title."""
    return f"企业名录 {basis.edition} 版　政策截至 {basis.as_of}　程序版本 {basis.code_version}"


def share_text(share: float) -> str:
    """Return a share in percent; one that would round to nothing is told from nothing."""
    return "<1%" if 0 < share < 0.005 else f"{share:.0%}"


def span_text(low: float, high: float) -> str:
    """Return an interval of shares in percent."""
    return f"{low:.0%}–{share_text(high)}"


def expected_text(expected: float) -> str:
    """Return how many companies a city's size lets expect; never a bare nought."""
    return f"{expected:.1f}" if expected >= 0.05 else "<0.1"


def place_text(place: int | None, n_cities: int | None) -> str:
    """Return a city's place in its province as a clause; nothing where it is the only city."""
    return f"，在全省{n_cities}市中居第{place}位" if place and (n_cities or 0) > 1 else ""


def method_refs(cited: Cited, basis: Basis, weights: dict[str, float]) -> dict[str, int]:
    """Return the numbers of the usual methods: `gap`, `completeness` and `expected`."""
    return {
        "gap": cited.formula("缺口得分", gap_method(weights)),
        "completeness": cited.formula(
            "产业链完整度",
            "各环节按关键度加权，已有企业的计 1，名录未见企业的计其实有企业的概率；区间为90%区间。",
        ),
        "expected": cited.formula(
            "应有企业数",
            "本市名录企业数×该环节占全国名录企业数的份额；区位商为实有数与应有数之比。",
        ),
        "engagement": cited.formula("产业链参与度", "已有企业的环节按关键度加权所占的份额。"),
        "roster": cited.roster(basis),
    }


def target_method(cited: Cited, found: TargetList) -> int:
    """Return the number of the target score's method."""
    changed = "、".join(
        f"{label}×{found.weights[name]:g}"
        for name, label in FAMILY_LABELS.items()
        if found.weights[name] != 1.0
    )
    weights = f"权重已调整：{changed}。" if found.custom else "各类权重均为 1。"
    return cited.formula(
        "招商目标得分",
        f"{len(FAMILY_LABELS)}类证据之和，以本市居中候选为 0，取自然对数：每高 0.7 约翻一倍"
        f"（目标排序模型 {found.model}）；{weights}名次区间为90%区间。",
    )


def chance_method(cited: Cited) -> int:
    """Return the number of the chance's method."""
    return cited.formula(
        "可能性",
        "企业来本市做该环节的校准概率；“通常”为同一产业链全部候选的平均。用于比较，不是承诺。",
    )


def completeness_picture(standings: list[ChainStanding], city: str, cited_title: str) -> Picture:
    """Return the completeness of chains as bars with intervals."""
    rows = [
        BarRow(
            one.chain,
            (
                Bar(
                    one.completeness,
                    f"{share_text(one.completeness)}"
                    f"（{span_text(one.completeness_low, one.completeness_high)}），"
                    f"{one.n_held}/{one.n_segments} 个环节",
                    one.completeness_low,
                    one.completeness_high,
                ),
            ),
        )
        for one in standings
    ]
    most = max(one.completeness_high for one in standings)
    said = "；".join(f"{row.name}{row.bars[0].shown}" for row in rows)
    alt = f"{city}产业链完整度：{said}。"
    return Picture(cited_title, bars_svg(rows, alt, most), alt)


def limits(basis: Basis, roster: int) -> list[Paragraph]:
    """Return what a reader must not read into the numbers."""
    expired = (
        "已到期的规划按要求计入得分。"
        if basis.include_expired
        else "已到期的规划只作背景，不计入得分。"
    )
    texts = (
        (Said(basis.coverage, (roster,)),),
        (Said("名次区间（90%）反映企业分布和进入机会的不确定；区间相交的缺口宜看作一组，不宜逐位比较。"),),
        (Said(expired + "结果供研判参考，对外使用前须核实企业现状、意愿和准入条件。"),),
    )  # fmt: skip
    return [Paragraph(line) for line in texts]


def plans_line(basis: Basis) -> Line:
    """Return which plans drive the score."""
    plans = "、".join(f"《{title}》" for title in basis.plans_in_force)
    what = "计入得分的规划（含已到期）" if basis.include_expired else "计入得分的在期规划"
    return (Said(f"{what}：{plans or '无，各项缺口的政策权重为 0'}。"),)


def signed(value: float) -> str:
    """Return a summand with its sign, two digits, no negative nought."""
    return f"{round(value, 2) + 0.0:+.2f}"


def said_of_all(rows: Sequence[Sequence[str]]) -> list[str]:
    """Return what every row says, in the first row's order; nothing where there is one row."""
    if len(rows) < 2:
        return []
    return [one for one in rows[0] if all(one in row for row in rows[1:])]
