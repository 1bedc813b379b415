"""One small change to one file of `taxonomy/`, made as text, with its inverse."""

from __future__ import annotations

from typing import Literal

import yaml
from pydantic import JsonValue

from chainmap.chains import yaml_text as yt
from chainmap.concepts.provenance import Frozen
from chainmap.errors import CurationError


class Amendment(Frozen):
    """One change: an entry added to or removed from a list, a field set or unset.

    Attributes:
        file: Path inside `taxonomy/`.
        at: Field names and ids of list entries that lead to the list or the field.
        value: What is added or set; for `remove` and `unset`, what must stand there.
        after: For `add`, the id of the entry to follow; null is the end of the list.
    """

    file: str
    at: tuple[str, ...]
    op: Literal["add", "remove", "set", "unset"]
    value: JsonValue
    after: str | None = None


def amended(text: str, amendment: Amendment) -> tuple[str, Amendment]:
    """Return the file's text with one change made, and the change that undoes it.

    Comments, order and layout of everything else stay byte for byte, and undoing gives the
    text back byte for byte. An `add` to a list that is not there yet sets the field.

    Raises:
        CurationError: The place is not there, the value is there already (or, to be removed,
            is no longer what it was), or the layout cannot take the change.
    """
    node = yt.compose(text)
    found = yt.find(node, amendment.at)
    if amendment.op == "add" and found is None:
        amendment = amendment.model_copy(update={"op": "set", "value": [amendment.value]})
    match amendment.op:
        case "add":
            new, op = _add(text, found, amendment), "remove"
        case "remove":
            new, op = _remove(text, found, amendment), "add"
        case "set":
            new, op = _set(text, node, amendment), "unset"
        case "unset":
            new, op = _unset(text, node, amendment), "set"
    if yt.value_of(yt.compose(new)) != _expected(yt.value_of(node), amendment):
        raise _error(
            amendment, "这里的排版无法自动修改", "请手工改这一处，再运行 chainmap review。"
        )
    return new, amendment.model_copy(update={"op": op, "after": None})


def _add(text: str, found: yaml.Node | None, amendment: Amendment) -> str:
    listed = _list(found, amendment)
    if amendment.value in [yt.value_of(item) for item in listed.value]:
        raise _error(amendment, f"已有 {yt.flow(amendment.value)}", "无需再加。")
    quoted = bool(listed.value) and _one_line(listed.value[-1])
    if listed.flow_style and not (isinstance(amendment.value, dict) and not listed.value):
        new = yt.flow(amendment.value, quoted)
        if not listed.value:
            return _spliced(text, listed.start_mark.index, listed.end_mark.index, f"[{new}]")
        end = yt.content_end(listed.value[-1])
        return _spliced(text, end, end, f", {new}")
    assert isinstance(amendment.value, dict)
    if not listed.value:  # `field: []` becomes a list in block form
        indent = _indent(text, listed) + 2
        entry = "\n" + yt.block(amendment.value, indent)
        start = listed.start_mark.index
        start -= text[start - 1] == " "
        return _spliced(text, start, listed.end_mark.index, entry)
    last = yt.entry(listed, amendment.after) if amendment.after else None
    indent = listed.start_mark.column
    entry = (
        " " * indent + "- " + yt.flow(amendment.value, True)
        if quoted
        else yt.block(amendment.value, indent)
    )
    return _line_after(text, last or listed.value[-1], entry)


def _remove(text: str, found: yaml.Node | None, amendment: Amendment) -> str:
    listed = _list(found, amendment)
    values = [yt.value_of(item) for item in listed.value]
    if amendment.value not in values:
        raise _error(amendment, "该条目已被改动或删除", "先核对文件的当前内容。")
    index = values.index(amendment.value)
    item = listed.value[index]
    if not listed.flow_style:
        start = yt.line_start(text, item.start_mark.index)
        if len(values) == 1:
            return _spliced(text, start - len(yt.newline(text)), yt.content_end(item), " []")
        return _spliced(text, start, yt.line_end(text, yt.content_end(item)), "")
    start, end = item.start_mark.index, yt.content_end(item)
    if index > 0:
        start = yt.content_end(listed.value[index - 1])
    elif len(values) > 1:
        end = listed.value[1].start_mark.index
    return _spliced(text, start, end, "")


def _set(text: str, node: yaml.Node, amendment: Amendment) -> str:
    owner, field = _owner(node, amendment)
    if yt.child(owner, field) is not None:
        raise _error(amendment, f"字段 {field} 已有值", "先核对文件的当前内容。")
    last = owner.value[-1][1]
    line = f"{field}: {yt.flow(amendment.value, bool(owner.flow_style))}"
    if owner.flow_style:
        end = yt.content_end(last)
        return _spliced(text, end, end, f", {line}")
    return _line_after(text, last, " " * owner.start_mark.column + line)


def _unset(text: str, node: yaml.Node, amendment: Amendment) -> str:
    owner, field = _owner(node, amendment)
    names = [key.value for key, _ in owner.value]
    if field not in names or yt.value_of(owner.value[names.index(field)][1]) != amendment.value:
        raise _error(amendment, f"字段 {field} 已被改动或删除", "先核对文件的当前内容。")
    index = names.index(field)
    key, value = owner.value[index]
    if owner.flow_style:
        start = yt.content_end(owner.value[index - 1][1])
        return _spliced(text, start, yt.content_end(value), "")
    start = yt.line_start(text, key.start_mark.index)
    return _spliced(text, start, yt.line_end(text, yt.content_end(value)), "")


def _list(found: yaml.Node | None, amendment: Amendment) -> yaml.SequenceNode:
    if not isinstance(found, yaml.SequenceNode):
        raise _error(amendment, "这里没有列表", "检查编号是否正确。")
    return found


def _owner(node: yaml.Node, amendment: Amendment) -> tuple[yaml.MappingNode, str]:
    owner = yt.find(node, amendment.at[:-1])
    if not isinstance(owner, yaml.MappingNode) or not owner.value:
        raise _error(amendment, "这里没有可写的条目", "检查编号是否正确。")
    return owner, amendment.at[-1]


def _one_line(item: yaml.Node) -> bool:
    return isinstance(item, yaml.MappingNode) and bool(item.flow_style)


def _indent(text: str, node: yaml.Node) -> int:
    line = text[yt.line_start(text, node.start_mark.index) :]
    return len(line) - len(line.lstrip(" "))


def _line_after(text: str, node: yaml.Node, line: str) -> str:
    at = yt.line_end(text, yt.content_end(node))
    missing = "" if text[at - 1 : at] == "\n" else "\n"
    return _spliced(text, at, at, missing + line + ("" if missing else "\n"))


def _spliced(text: str, start: int, end: int, new: str) -> str:
    return text[:start] + new.replace("\n", yt.newline(text)) + text[end:]


def _expected(value: yt.Value, amendment: Amendment) -> yt.Value:
    """Return what the file must hold after the change: the change made on plain data."""
    target: yt.Value = value
    steps = amendment.at if amendment.op in ("add", "remove") else amendment.at[:-1]
    for step in steps:
        if isinstance(target, list):
            target = next(e for e in target if isinstance(e, dict) and e.get("id") == step)
        else:
            assert isinstance(target, dict)
            target = target[step]
    if isinstance(target, dict) and amendment.op == "set":
        target[amendment.at[-1]] = amendment.value
    elif isinstance(target, dict):
        del target[amendment.at[-1]]
    elif isinstance(target, list) and amendment.op == "remove":
        target.remove(amendment.value)
    elif isinstance(target, list):
        ids = [e.get("id") if isinstance(e, dict) else None for e in target]
        at = ids.index(amendment.after) + 1 if amendment.after in ids[:-1] else len(target)
        target.insert(at if amendment.after else len(target), amendment.value)
    return value


def _error(amendment: Amendment, message: str, todo: str) -> CurationError:
    return CurationError(
        message, file=f"taxonomy/{amendment.file}", field=".".join(amendment.at), todo=todo
    )
