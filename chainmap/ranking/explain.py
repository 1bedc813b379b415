"""Reasons in Chinese: why this company, for this gap, in this city."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from chainmap.chains.library import ChainLibrary
from chainmap.concepts.chain import Segment
from chainmap.concepts.kinds import GapKind, Role
from chainmap.concepts.provenance import Citation
from chainmap.ranking.features import FEATURES
from chainmap.sources.places import City

Row = Mapping[str, Any]
"""One ranked candidate joined with its company and its gap."""

FAMILIES = {
    "fit": ("segment_fit",),
    "need": ("gap_priority",),
    "standing": ("standing",),
    "place": ("nearness", "same_province"),
    "policy": ("policy_naming",),
}
"""Reason families (理由类别): features that say one thing together."""

_GENERIC_PAIRS = """
材料 设备 装备 系统 产品 技术 制造 加工 制品 器件 部件 组件 零件 零部 工业 智能 专用 高性 性能 精密
新型 特种 高端 先进 功能 生产 服务 平台 软件 检测 控制 自动 动化 电子 芯片 机器 器人 医用 医疗 航空
航天 量子 复合 合成 成套 仪器 及其 与其 用品 解决 方案 整机 模块 模组 研发
"""
_GENERIC = frozenset(_GENERIC_PAIRS.split())
"""Pairs of characters that say nothing about which segment is meant."""

_BOARDS = {"SH": "上交所", "SZ": "深交所", "BJ": "北交所", "HK": "港交所"}


def strongest_reasons(row: Row, library: ChainLibrary, city: City, limit: int = 2) -> list[str]:
    """Return the row's strongest reasons, strongest first.

    Families are ordered by what the row gains over the list's median candidate (`edges`); a family
    whose own share of the score is 0 is never a reason.
    """
    edge = dict(zip(FEATURES, row["edges"], strict=True))
    part = dict(zip(FEATURES, row["parts"], strict=True))
    gains = {
        family: sum(edge[name] for name in names)
        for family, names in FAMILIES.items()
        if sum(part[name] for name in names) > 0
    }
    order = sorted(gains, key=lambda family: (-gains[family], list(FAMILIES).index(family)))
    writers = {
        "fit": lambda: _fit(row, library),
        "need": lambda: _need(row, library, city),
        "standing": lambda: _standing(row),
        "place": lambda: _place(row, city),
        "policy": lambda: _policy(row, library),
    }
    if row["made_segment_id"] != row["segment_id"]:
        # Not (yet) in the segment: that is said first, whatever else speaks for it.
        order = ["fit", *(family for family in order if family != "fit")]
    return [text for text in (writers[family]() for family in order) if text][:limit]


def _fit(row: Row, library: ChainLibrary) -> str:
    products = "、".join(row["products"][:2])
    segment = library.segments[row["segment_id"]].name
    if row["made_segment_id"] == row["segment_id"]:
        role = Role(row["role"]).zh
        named = products_of(row["products"], library.segments[row["segment_id"]])
        if named:
            return f"产品有{'、'.join(named[:2])}，是“{segment}”环节的{role}"
        return f"业务涉及“{segment}”环节，为{role}（主要产品：{products}）"
    made = library.segments[row["made_segment_id"]].name
    side = (
        "上游" if row["made_segment_id"] in library.graph.suppliers(row["segment_id"]) else "下游"
    )
    return f"主营{products}，位于“{segment}”的直接{side}“{made}”，具备延伸条件"


def products_of(products: list[str], segment: Segment) -> list[str]:
    """Return the products that speak of a segment, in the order given.

    A product does when it shares two characters in a row, none of them generic, with one of the
    segment's names or terms.
    """
    marks = {
        name[at : at + 2].casefold()
        for name in segment.names
        for at in range(len(name) - 1)
        if name[at : at + 2] not in _GENERIC
    }
    return [
        product
        for product in products
        if any(product[at : at + 2].casefold() in marks for at in range(len(product) - 1))
    ]


def _need(row: Row, library: ChainLibrary, city: City) -> str:
    segment = library.segments[row["segment_id"]].name
    kind = GapKind(row["kind"])
    have = f"{city.short_name}“{segment}”环节"
    if kind is GapKind.FILL:
        users = _names(row["local_users"], library)
        state = "尚无名录企业" if row["n_companies"] == 0 else f"仅有{row['n_companies']}家名录企业"
        return f"{have}{state}，而其下游{users}环节本地已有，可就地配套"
    if kind is GapKind.EXTEND:
        suppliers = _names(row["local_suppliers"], library)
        if not suppliers:
            return f"{have}尚无名录企业，与本地产业基础关联密切，可以延伸"
        return f"{have}尚无名录企业，本地已有上游{suppliers}环节，可向下延伸"
    if kind is GapKind.BUILD:
        expected = row["expected"]
        due = f"，按全市产业规模应有约{expected:.1f}家" if expected >= 0.5 else ""
        return f"{have}尚无名录企业{due}"
    if row["n_companies"] < row["expected"]:
        quotient = row["n_companies"] / row["expected"]
        return f"{have}有{row['n_companies']}家名录企业，区位商{quotient:.2f}，低于全国平均"
    return f"{have}有{row['n_companies']}家名录企业，其中未见上市公司、链主等龙头"


def _standing(row: Row) -> str:
    marks = []
    if row["stock_code"]:
        board = _BOARDS[row["stock_code"].rsplit(".", 1)[1]]
        marks.append(f"{board}上市公司（{row['stock_code']}）")
    titles = {"小巨人": "国家级专精特新“小巨人”", "单项冠军": "制造业单项冠军"}
    marks += [titles.get(kind, kind) for kind in row["kinds"]]
    return "、".join(marks)


def _place(row: Row, city: City) -> str:
    distance = f"距{city.short_name}约{row['distance_km']:.0f}公里"
    if row["province"] == city.province:
        return f"总部在同省的{row['short_city']}，{distance}，便于就近配套"
    return f"总部在{row['short_city']}，{distance}"


def _policy(row: Row, library: ChainLibrary) -> str:
    strongest = row["policy_parts"][0]
    if strongest["passage"] not in library.citations:
        title = library.documents[strongest["document"]].title
        segment = library.segments[row["segment_id"]].name
        return f"《{title}》把“{segment}”所在领域布局在{strongest['place']}"
    citation: Citation = library.citations[strongest["passage"]]
    title = library.documents[citation.document].title
    return f"《{title}》{citation.box}提出发展“{citation.names[0]}”"


def _names(segment_ids: list[str], library: ChainLibrary) -> str:
    """Return quoted segment names, at most two, and how many there are."""
    shown = "、".join(f"“{library.segments[s].name}”" for s in segment_ids[:2])
    return shown + (f"等{len(segment_ids)}个" if len(segment_ids) > 2 else "")
