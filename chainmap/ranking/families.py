"""The families of a target's score (得分类别), and how surely each is known."""

from __future__ import annotations

from enum import StrEnum

from chainmap.errors import ModelError


class Family(StrEnum):
    """A group of summands that say one thing together; the order is that of every list shown."""

    SEGMENT_FIT = "segment_fit"
    NEED = "need"
    EXPANSION = "expansion"
    AFFINITY = "affinity"
    RELATIONS = "relations"
    POLICY = "policy"
    TERMS = "terms"

    @property
    def zh(self) -> str:
        """The Chinese word."""
        return _ZH[self]


_ZH = {
    "segment_fit": "产业环节契合",
    "need": "缺口迫切",
    "expansion": "扩张能力",
    "affinity": "区位往来",
    "relations": "链上关系",
    "policy": "规划支持",
    "terms": "目录条件",
}

FAMILIES = tuple(family.value for family in Family)
"""Names of the families in their order: the keys of weights and parts."""

_OF_FEATURES = {
    "fit": Family.SEGMENT_FIT,
    "relations": Family.RELATIONS,
    "place": Family.AFFINITY,
    "city": Family.AFFINITY,
    "size": Family.EXPANSION,
    "standing": Family.EXPANSION,
}
"""What the families of model features (`ranking.pair_registry`) say to a reader."""


class Mark(StrEnum):
    """How a family is known (证据标记)."""

    RECORDED = "recorded"
    COMPUTED = "computed"
    INFERRED = "inferred"
    SEARCHED_NONE = "searched_none"
    NOT_SEARCHED = "not_searched"
    TO_ASK = "to_ask"

    @property
    def zh(self) -> str:
        """The Chinese word."""
        return _MARKS_ZH[self]


_MARKS_ZH = {
    "recorded": "记录",
    "computed": "计算",
    "inferred": "推断",
    "searched_none": "已查无",
    "not_searched": "未查",
    "to_ask": "待核实",
}


def family_of(feature_family: str) -> Family:
    """Return the family that a family of model features belongs to.

    Raises:
        ModelError: Nobody has said where it belongs.
    """
    if feature_family not in _OF_FEATURES:
        raise ModelError(
            f"特征类别 {feature_family} 没有归入得分类别。", todo="在 ranking/families.py 中写明。"
        )
    return _OF_FEATURES[feature_family]
