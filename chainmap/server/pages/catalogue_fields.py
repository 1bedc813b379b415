"""The fields of the catalogue's forms, and the cell of the workbook that each one is."""

from __future__ import annotations

from typing import NamedTuple

from pydantic import BaseModel


class Input(NamedTuple):
    """One field: its name in the form, its cell, its English label, hints in both languages."""

    name: str
    column: str
    label_en: str
    hint: str = ""
    hint_en: str = ""


class Inputs(tuple[Input, ...]):
    """The fields of a form, in order."""

    def cells(self, sent: BaseModel) -> dict[str, str]:
        """Return what was sent as cells of the workbook, line ends and blanks tidied."""
        return {
            one.column: str(getattr(sent, one.name)).replace("\r\n", "\n").strip() for one in self
        }

    def get(self, name: str) -> Input:
        """Return the field of a name."""
        return next(one for one in self if one.name == name)


ITEM_INPUTS = Inputs(
    (
        Input("direction", "引进方向", "Direction", "写明要引进什么、配套谁", "what, and for whom"),
        Input("priority", "优先级", "Priority"),
        Input("period", "实施期限", "Period", "写作 2026–2030 或 2026–未定", "such as 2026–2030"),
        Input("incentive", "激励内容", "Incentives"),
        Input("note", "备注", "Note"),
    )
)

TERM_INPUTS = Inputs(
    (
        Input("metric", "指标", "Metric"),
        Input("requirement", "要求", "Requirement"),
        Input("value", "数值", "Value", "不知道写“未知”，不要求写“—”", "未知: unknown; —: none"),
        Input("unit", "单位", "Unit"),
        Input("place", "适用地", "Place"),
        Input("place_code", "地区代码", "Place code", "六位数字，全国写 000000", "six digits"),
        Input("since", "起始日期", "In force from", "写作 2026-01-31，不知道写“未知”", "a day"),
        Input("binding", "性质", "Standing"),
        Input("title", "文件", "Document", "填了数值的，须写出处文件", "needed with a value"),
        Input("number", "文号", "Number"),
        Input("article", "条款", "Article"),
        Input("issuer", "发布机关", "Issued by"),
        Input("date", "文件日期", "Document date", "写作 2026-01-31", "2026-01-31"),
        Input("ask", "询问对象", "Whom to ask"),
    )
)
