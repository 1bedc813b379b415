"""What is wrong with a parameter or a field of a body, in Chinese."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_TOLD: dict[str, str] = {
    "missing": "缺少这一项",
    "extra_forbidden": "没有这一项",
    "string_type": "应为文本",
    "string_too_short": "至少 {min_length} 个字符",
    "string_too_long": "至多 {max_length} 个字符",
    "string_pattern_mismatch": "写法应符合 {pattern}",
    "int_type": "应为整数",
    "int_parsing": "应为整数",
    "int_from_float": "应为整数",
    "int_parsing_size": "数字过大",
    "float_type": "应为数字",
    "float_parsing": "应为数字",
    "finite_number": "应为有限的数",
    "bool_type": "应为 true 或 false",
    "bool_parsing": "应为 true 或 false",
    "greater_than": "应大于 {gt}",
    "greater_than_equal": "应不小于 {ge}",
    "less_than": "应小于 {lt}",
    "less_than_equal": "应不大于 {le}",
    "list_type": "应为列表",
    "dict_type": "应为对象",
    "model_type": "应为对象",
    "model_attributes_type": "应为对象",
    "too_short": "至少 {min_length} 项",
    "too_long": "至多 {max_length} 项",
    "literal_error": "只能是 {expected}",
    "enum": "只能是 {expected}",
    "date_type": "应为日期，写作 YYYY-MM-DD",
    "date_parsing": "应为日期，写作 YYYY-MM-DD",
    "date_from_datetime_parsing": "应为日期，写作 YYYY-MM-DD",
    "date_from_datetime_inexact": "应为日期，写作 YYYY-MM-DD，不带时刻",
    "datetime_type": "应为时刻，写作 2026-11-21T08:00:00Z",
    "datetime_parsing": "应为时刻，写作 2026-11-21T08:00:00Z",
    "json_type": "应为 JSON",
    "value_error": "不可用：{error}",
}
_PLACES = {
    "query": "参数",
    "path": "网址中的",
    "header": "请求头",
    "body": "请求内容",
    "cookie": "",
}


def fault(error: Mapping[str, Any]) -> str:
    """Return one error of a validation as a sentence: where, what is wrong, what was sent."""
    place, *rest = [str(part) for part in error["loc"]]
    where = _PLACES.get(place, "") + (f" {'.'.join(rest)}" if rest else "")
    given = repr(error.get("input"))
    shown = given if len(given) <= 120 else f"{given[:120]}…"
    if error["type"] == "json_invalid":
        return f"请求内容不是可以解析的 JSON，错在第 {rest[0] if rest else 0} 个字符附近。"
    sent = "" if error["type"] == "missing" else f"（收到 {shown}）"
    return f"{where.strip()}：{_what(error)}{sent}。"


def _what(error: Mapping[str, Any]) -> str:
    told = _TOLD.get(error["type"])
    if told is None:
        return str(error["msg"])
    context = {name: _zh(value) for name, value in (error.get("ctx") or {}).items()}
    try:
        return told.format(**context)
    except KeyError:
        return str(error["msg"])


def _zh(value: object) -> object:
    return (
        value.replace(" or ", "、").replace(", ", "、").replace("'", "")
        if isinstance(value, str)
        else value
    )
