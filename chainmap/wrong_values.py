"""What pydantic says of a value that cannot be used, in Chinese."""

from __future__ import annotations

import re
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
    "datetime_object_invalid": "应为时刻，写作 2026-11-21T08:00:00Z",
    "datetime_from_date_parsing": "应为时刻，写作 2026-11-21T08:00:00Z",
    "date_past": "应为过去的日期",
    "date_future": "应为将来的日期",
    "datetime_past": "应为过去的时刻",
    "datetime_future": "应为将来的时刻",
    "time_type": "应为时间，写作 08:00:00",
    "time_parsing": "应为时间，写作 08:00:00",
    "time_delta_type": "应为时长",
    "time_delta_parsing": "应为时长",
    "timezone_naive": "不应带时区",
    "timezone_aware": "应带时区",
    "timezone_offset": "时区应为 {tz_expected}",
    "json_type": "应为 JSON",
    "json_invalid": "不是可以解析的 JSON",
    "none_required": "应为 null",
    "multiple_of": "应为 {multiple_of} 的倍数",
    "string_unicode": "应为 UTF-8 文本",
    "string_not_ascii": "应只含 ASCII 字符",
    "bytes_type": "应为文件或字节",
    "bytes_too_short": "至少 {min_length} 字节",
    "bytes_too_long": "至多 {max_length} 字节",
    "bytes_invalid_encoding": "编码不对",
    "tuple_type": "应为列表",
    "set_type": "应为列表",
    "frozen_set_type": "应为列表",
    "set_item_not_hashable": "列表中有不可用的值",
    "iterable_type": "应为列表",
    "mapping_type": "应为对象",
    "dataclass_type": "应为对象",
    "invalid_key": "名称应为文本",
    "recursion_loop": "内容自相嵌套",
    "recursion_depth_exceeded": "嵌套过深",
    "frozen_field": "这一项不可改动",
    "union_tag_invalid": "“{discriminator}”只能是 {expected_tags}",
    "union_tag_not_found": "缺少“{discriminator}”",
    "arguments_type": "应为对象",
    "missing_argument": "缺少这一项",
    "missing_keyword_only_argument": "缺少这一项",
    "missing_positional_only_argument": "缺少这一项",
    "unexpected_keyword_argument": "没有这一项",
    "unexpected_positional_argument": "没有这一项",
    "multiple_argument_values": "给出了不止一个值",
    "url_type": "应为网址",
    "url_parsing": "应为网址",
    "url_syntax_violation": "应为网址",
    "url_too_long": "网址至多 {max_length} 个字符",
    "url_scheme": "网址应以 {expected_schemes} 开头",
    "uuid_type": "应为 UUID",
    "uuid_parsing": "应为 UUID",
    "uuid_version": "应为第 {expected_version} 版 UUID",
    "decimal_type": "应为数字",
    "decimal_parsing": "应为数字",
    "decimal_max_digits": "至多 {max_digits} 位数字",
    "decimal_max_places": "至多 {decimal_places} 位小数",
    "decimal_whole_digits": "小数点前至多 {whole_digits} 位",
    "fraction_type": "应为数字",
    "fraction_parsing": "应为数字",
    "complex_type": "应为数字",
    "complex_str_parsing": "应为数字",
    "value_error": "{error}",
    "assertion_error": "{error}",
}
_ONE_OF = re.compile(r"\^\(([\w|]+)\)\$")
_OTHERWISE = "不是可用的值"
"""Of kinds that nothing we are sent can raise, and of what a library says in English."""
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_NONE: Mapping[str, str] = {}


def what_is_wrong(error: Mapping[str, Any], patterns: Mapping[str, str] = _NONE) -> str:
    """Return what is wrong with a value, without its place.

    Args:
        error: One of a validation's errors.
        patterns: Pattern → how to say it, where readers should not have to read it.
    """
    pattern = str((error.get("ctx") or {}).get("pattern", ""))
    one_of = _ONE_OF.fullmatch(pattern)
    if one_of is not None:
        return f"只能是 {one_of[1].replace('|', '、')}"
    if pattern in patterns:
        return patterns[pattern]
    context = {name: _zh(value) for name, value in (error.get("ctx") or {}).items()}
    told = _TOLD.get(error["type"], _OTHERWISE)
    if "{error}" in told and not _CHINESE.search(str(context.get("error", ""))):
        return _OTHERWISE
    try:
        return told.format(**context)
    except KeyError:
        return _OTHERWISE


def _zh(value: object) -> object:
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, str):
        return value.replace(" or ", "、").replace(", ", "、").replace("'", "")
    return value
