"""What a reason says of a gap, a plan and a company's products, in Chinese."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from chainmap.chains.library import ChainLibrary
from chainmap.concepts.chain import Segment
from chainmap.concepts.kinds import GapKind
from chainmap.concepts.provenance import Citation
from chainmap.gaps import kinds
from chainmap.sources.places import City

Row = Mapping[str, Any]
"""One ranked candidate joined with its company and its gap."""

_GENERIC_PAIRS = """
材料 设备 装备 系统 产品 技术 制造 加工 制品 器件 部件 组件 零件 零部 工业 智能 专用 高性 性能 精密
新型 特种 高端 先进 功能 生产 服务 平台 软件 检测 控制 自动 动化 电子 芯片 机器 器人 医用 医疗 航空
航天 量子 复合 合成 成套 仪器 及其 与其 用品 解决 方案 整机 模块 模组 研发
"""
_GENERIC = frozenset(_GENERIC_PAIRS.split())
"""Pairs of characters that say nothing about which segment is meant."""


def products_of(products: list[str], segment: Segment, others: Iterable[Segment] = ()) -> list[str]:
    """Return the products that speak of a segment, in the order given.

    A product does when it shares two characters in a row, none of them generic, with one of the
    segment's names or terms, and with none of another segment's in which the company stands: an
    antibody does not say that it is a drug conjugate.
    """
    marks = _marks(segment).difference(*(_marks(one) for one in others))
    return [
        product
        for product in products
        if any(product[at : at + 2].casefold() in marks for at in range(len(product) - 1))
    ]


def _marks(segment: Segment) -> set[str]:
    return {
        name[at : at + 2].casefold()
        for name in segment.names
        for at in range(len(name) - 1)
        if name[at : at + 2] not in _GENERIC
    }


def need_text(row: Row, library: ChainLibrary, city: City) -> str:
    """Return what is missing in the city and what stands around it."""
    segment = library.segments[row["segment_id"]].name
    kind = GapKind(row["kind"])
    have = f"{city.short_name}“{segment}”环节"
    if kind is GapKind.FILL:
        users = quoted_names(row["local_users"], library)
        state = "尚无名录企业" if row["n_companies"] == 0 else f"仅有{row['n_companies']}家名录企业"
        return f"{have}{state}，而其下游{users}环节本地已有，可就地配套"
    if kind is GapKind.EXTEND:
        suppliers = quoted_names(row["local_suppliers"], library)
        if not suppliers:
            return f"{have}尚无名录企业，而常与它同在一城的环节本地已有，可以延伸"
        return f"{have}尚无名录企业，本地已有上游{suppliers}环节，可向下延伸"
    if kind is GapKind.BUILD:
        expected = row["expected"]
        due = f"，按全市产业规模应有约{expected:.1f}家" if expected >= 0.5 else ""
        return f"{have}尚无名录企业{due}"
    if kinds.below_weight(kinds.Row(row)):
        quotient = row["n_companies"] / row["expected"]
        return f"{have}有{row['n_companies']}家名录企业，区位商{quotient:.2f}，低于全国平均"
    return f"{have}有{row['n_companies']}家名录企业，其中未见上市公司、链主等龙头"


def policy_text(row: Row, library: ChainLibrary) -> str:
    """Return the strongest passage of a plan behind the gap."""
    strongest = row["policy_parts"][0]
    if strongest["passage"] not in library.citations:
        title = library.documents[strongest["document"]].title
        segment = library.segments[row["segment_id"]].name
        return f"《{title}》把“{segment}”所在领域布局在{strongest['place']}"
    citation: Citation = library.citations[strongest["passage"]]
    title = library.documents[citation.document].title
    return f"《{title}》{citation.box}提出发展“{citation.names[0]}”"


def quoted_names(segment_ids: list[str], library: ChainLibrary) -> str:
    """Return quoted segment names, at most two, and how many there are."""
    shown = "、".join(f"“{library.segments[s].name}”" for s in segment_ids[:2])
    return shown + (f"等{len(segment_ids)}个" if len(segment_ids) > 2 else "")
