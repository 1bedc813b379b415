"""YAML as text: where a value stands in a curated file, and how a new one is written into it.

Files in `taxonomy/` are laid out by hand. Changing them through a parser and a dumper would
reflow lines that nobody touched, so values are found by the parser and changed as text.
"""

from __future__ import annotations

import json
import re
from typing import TypeAlias

import yaml

Value: TypeAlias = "str | int | float | bool | list[Value] | dict[str, Value] | None"

_UNSAFE = re.compile(r"[,\[\]{}:#&*!|>'\"%@`\n\t\\]|^[-?=\s]|\s$|^$")


def compose(text: str) -> yaml.MappingNode:
    """Return the parsed file with the place of every node; the file is known to be a mapping."""
    node = yaml.compose(text, Loader=yaml.CSafeLoader)
    assert isinstance(node, yaml.MappingNode)
    return node


def find(node: yaml.Node, at: tuple[str, ...]) -> yaml.Node | None:
    """Return the node at a path of field names and ids of list entries, or None."""
    for key in at:
        if isinstance(node, yaml.MappingNode):
            found = child(node, key)
        elif isinstance(node, yaml.SequenceNode):
            found = entry(node, key)
        else:
            return None
        if found is None:
            return None
        node = found
    return node


def child(node: yaml.MappingNode, field: str) -> yaml.Node | None:
    """Return the value of a mapping's field, or None."""
    return next((value for key, value in node.value if key.value == field), None)


def entry(node: yaml.SequenceNode, entry_id: str) -> yaml.Node | None:
    """Return the entry of a list whose `id` is `entry_id`, or None."""
    for item in node.value:
        if isinstance(item, yaml.MappingNode):
            named = child(item, "id")
            if named is not None and named.value == entry_id:
                return item
    return None


def value_of(node: yaml.Node) -> Value:
    """Return a node's value as plain data; dates stay text, as the checked readers take them."""
    if isinstance(node, yaml.MappingNode):
        return {str(key.value): value_of(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [value_of(item) for item in node.value]
    if node.tag in ("tag:yaml.org,2002:str", "tag:yaml.org,2002:timestamp"):
        return str(node.value)
    built: Value = yaml.CSafeLoader("").construct_object(node)
    return built


def content_end(node: yaml.Node) -> int:
    """Return the offset after the last character of a value, comments behind it left out.

    A block collection's own end mark stands at the next token, after comments and blank lines.
    """
    if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        return content_end(last[1] if isinstance(last, tuple) else last)
    return int(node.end_mark.index)


def line_start(text: str, offset: int) -> int:
    """Return the offset at which the line of `offset` begins."""
    return text.rfind("\n", 0, offset) + 1


def line_end(text: str, offset: int) -> int:
    """Return the offset after the line of `offset`, its line break included.

    A block scalar's content ends on its own line break; that break is the end meant.
    """
    if text[offset - 1 : offset] == "\n":
        return offset
    found = text.find("\n", offset)
    return len(text) if found < 0 else found + 1


def newline(text: str) -> str:
    """Return the file's line break."""
    return "\r\n" if "\r\n" in text else "\n"


def flow(value: Value, quoted: bool = False) -> str:
    """Return a value in one line: `[a, b]`, `{id: a}`, text quoted where YAML would misread it.

    Args:
        value: Plain data.
        quoted: Quote Chinese too, as one-line entries in `citations.yml` do.
    """
    if isinstance(value, dict):
        return "{" + ", ".join(f"{k}: {flow(v, quoted)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(flow(item, quoted) for item in value) + "]"
    if isinstance(value, str):
        return _scalar(value, quoted)
    return json.dumps(value)


def block(value: dict[str, Value], indent: int) -> str:
    """Return a list entry in block form: `- ` at `indent`, one field a line, no last break."""
    pad = " " * (indent + 2)
    lines = [f"{key}: {flow(item)}" for key, item in value.items()]
    return " " * indent + "- " + f"\n{pad}".join(lines)


def _scalar(text: str, quoted: bool) -> str:
    plain = re.fullmatch(r"[A-Za-z][A-Za-z0-9-]*", text) if quoted else not _UNSAFE.search(text)
    if plain and yaml.safe_load(text) == text:
        return text
    return json.dumps(text, ensure_ascii=False)
