"""What a validator or a YAML parser says in English, said in Chinese to the one who edits."""

from __future__ import annotations

import re

from chainmap.concepts.identifiers import (
    CHAIN_ID_PATTERN,
    CITATION_ID_PATTERN,
    EMERGING_CODE_PATTERN,
    INDUSTRY_CODE_PATTERN,
    SEGMENT_ID_PATTERN,
)

_ADVICE = {
    "string_type": "给代码和文字加上引号。",
    "extra_forbidden": "删除这个字段，或检查拼写。",
    "missing": "补上这个字段。",
    "string_pattern_mismatch": "检查写法（编号用小写字母和连字符，代码加引号）。",
    "enum": "改用允许的取值之一。",
    "literal_error": "改用允许的取值之一。",
    "tuple_type": "写成列表：[甲, 乙]，或每项一行、以“- ”开头。",
    "list_type": "写成列表：[甲, 乙]，或每项一行、以“- ”开头。",
}

_PATTERNS = {
    CHAIN_ID_PATTERN: "小写字母，用连字符相连",
    SEGMENT_ID_PATTERN: "产业链前缀 ic、rb、nm、bm、as、qt 加小写字母、数字，用连字符相连",
    CITATION_ID_PATTERN: "文件编号加小写字母、数字，用连字符相连，如 zj2018-b1-ic",
    INDUSTRY_CODE_PATTERN: "四位数字，加引号",
    EMERGING_CODE_PATTERN: "三或四级，用点相连，加引号，如 1.2.2",
}

_TYPES = {
    "tuple_type": "列表",
    "list_type": "列表",
    "dict_type": "“字段: 值”",
    "model_type": "“字段: 值”",
    "model_attributes_type": "“字段: 值”",
    "int_type": "整数",
    "int_parsing": "整数",
    "int_from_float": "整数",
    "float_type": "数",
    "float_parsing": "数",
    "bool_type": "true 或 false",
    "bool_parsing": "true 或 false",
    "date_type": "日期（YYYY-MM-DD）",
    "date_parsing": "日期（YYYY-MM-DD）",
    "date_from_datetime_parsing": "日期（YYYY-MM-DD）",
    "date_from_datetime_inexact": "日期（YYYY-MM-DD）",
}

_BOUNDS = {
    "greater_than": "大于",
    "greater_than_equal": "不小于",
    "less_than": "小于",
    "less_than_equal": "不大于",
}

_YAML = {
    "mapping values are not allowed": "此处不应有冒号（文字里有半角冒号时加引号）",
    "did not find expected key": "字段名或缩进不对，或引号没有成对",
    "did not find expected ',' or ']'": "方括号没有收尾，或缺逗号",
    "did not find expected ',' or '}'": "花括号没有收尾，或缺逗号",
    "did not find expected '-' indicator": "列表各项的缩进不一致",
    "block sequence entries are not allowed": "此处不应有“- ”开头的列表项",
    "could not find expected ':'": "字段名后缺冒号",
    "found unexpected end of stream": "引号没有收尾",
    "found character that cannot start any token": "制表符、@、` 等字符不能放在开头",
    "found a tab character": "缩进不能用制表符",
    "found undefined alias": "以 * 开头的文字要加引号",
    "did not find expected alphabetic or numeric character": "以 * 或 & 开头的文字要加引号",
    "found unknown escape character": "双引号里的反斜杠写法不对",
    "did not find expected node content": "此处缺少内容，或多了一个逗号",
    "control characters are not allowed": "含有看不见的控制字符",
    "did not find expected <document start>": "此处不应再有内容",
    "found duplicate anchor": "同一个 & 记号写了两次",
    "expected a single document": "一个文件只写一份内容，不用 --- 分隔",
}


def advice(kind: str) -> str:
    """Return what to do about a validation problem of a pydantic `kind`."""
    return _ADVICE.get(kind, "按 taxonomy/README.md 的格式改正。")


def explained(kind: str, message: str, found: object) -> str:
    """Return a validation problem in Chinese, with what was found.

    Args:
        kind: Pydantic's name of the problem.
        message: Pydantic's English text; limits and allowed values are read off it.
        found: The value that was refused.
    """
    shown = repr(found) if not isinstance(found, dict | list | tuple) else "一组值"
    number = re.search(r"-?\d+(?:\.\d+)?", message)
    limit = number.group() if number else ""
    if kind in _TYPES:
        return f"应为{_TYPES[kind]}，实为 {shown}"
    if kind in _BOUNDS:
        return f"{shown} 应{_BOUNDS[kind]} {limit}"
    match kind:
        case "missing":
            return "缺少必填字段"
        case "extra_forbidden":
            return "不认识的字段"
        case "string_type":
            return f"应为文字，实为 {shown}（{type(found).__name__}）"
        case "string_pattern_mismatch":
            pattern = message.partition("'")[2].removesuffix("'")
            return f"{shown} 不符合格式（应为{_PATTERNS.get(pattern, pattern)}）"
        case "enum" | "literal_error":
            allowed = "、".join(re.findall(r"'([^']*)'", message)) or message
            return f"{shown} 不在允许的取值中（{allowed}）"
        case "string_too_short":
            return f"{shown} 太短，至少 {limit} 个字"
        case "too_short":
            return f"至少要有 {limit} 项"
        case "too_long":
            return f"至多 {limit} 项"
        case "value_error":
            return f"{shown} 不可用（{message.removeprefix('Value error, ')}）"
        case _:
            return f"{shown} 不可用（{message}）"


def yaml_problem(problem: str) -> str:
    """Return a YAML parser's complaint in Chinese; an unknown one as it came."""
    return next((zh for en, zh in _YAML.items() if problem.startswith(en)), problem)
