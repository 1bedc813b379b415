"""What is wrong with a parameter or a field of a body."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from chainmap.wrong_values import what_is_wrong

_PATTERNS: dict[str, str] = {
    r"^\d{4}-\d{2}-\d{2}$": "应为日期，写作 YYYY-MM-DD",
    "^[0-9a-f]{32}$": "应为 32 位编号（数字和 a–f）",
    "^[0-9a-f]{32}$|^today$": "应为 32 位编号（数字和 a–f），或 today",
    r"^[\w-]{1,40}$": "应为版本名：字母、数字、下划线和连字符，至多 40 个",
    r"^[\x21-\x7e]{1,200}$": "应为 1–200 个可见的 ASCII 字符",
}
"""Patterns of the contract that readers should not have to read."""
_LITERALS = {None: "null", True: "true", False: "false"}
"""As JSON writes them."""
_PLACES = {
    "query": "参数",
    "path": "网址中的",
    "header": "请求头",
    "body": "请求内容",
    "cookie": "",
    "argument": "参数",
}


def fault(error: Mapping[str, Any]) -> str:
    """Return one error of a validation as a sentence: where, what is wrong, what was sent."""
    place, *rest = [str(part) for part in error["loc"]]
    where = _PLACES.get(place, "") + (f" {'.'.join(rest)}" if rest else "")
    sent = error.get("input")
    given = _LITERALS[sent] if sent is None or isinstance(sent, bool) else repr(sent)
    shown = given if len(given) <= 120 else f"{given[:120]}…"
    if error["type"] == "json_invalid":
        return f"请求内容不是可以解析的 JSON，错在第 {rest[0] if rest else 0} 个字符附近。"
    received = "" if error["type"] == "missing" else f"（收到 {shown}）"
    return f"{where.strip()}：{what_is_wrong(error, _PATTERNS)}{received}。"


def fault_en(error: Mapping[str, Any]) -> str:
    """Return one error of a validation as an English sentence: where, and what was expected."""
    _, *rest = [str(part) for part in error["loc"]]
    said = str(error["msg"])
    wrong = said if said.isascii() else "It cannot be used"  # our own checks speak Chinese
    return f"{'.'.join(rest)}: {wrong}." if rest else f"{wrong}."


def argument_faults(errors: Iterable[Mapping[str, Any]]) -> str:
    """Return what is wrong with the arguments of an agent's tool, as one text."""
    return "".join(fault({**one, "loc": ("argument", *one["loc"])}) for one in errors)
