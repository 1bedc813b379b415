"""Reading files that people curate: strict YAML in, checked objects out, lines in every error."""

from __future__ import annotations

import re
from typing import TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from chainmap import resources
from chainmap.concepts.problems import advice, explained, yaml_problem
from chainmap.errors import CurationError

__all__ = ["CuratedFile", "Loc", "explained"]

Model = TypeVar("Model", bound=BaseModel)
Loc = tuple[str | int, ...]

_CONTROL = re.compile(r"[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

MOST_VALUES = 200_000
"""Values of a file with its references unfolded; the largest that is bundled has some 5,000."""
DEEPEST = 100
"""Levels of brackets, or of list marks in a line; what people write has five or six."""
_BRACKETS = re.compile(r"[\[\]{}]")
_STEEP = re.compile(rf"(?:[-?:][ \t]+){{{DEEPEST}}}|^[ ]{{{4 * DEEPEST}}}", re.M)


class CuratedFile:
    """One YAML file as written: its values, and the line of every one of them.

    Args:
        text: The file's content.
        file: The name an error message should give.
    """

    def __init__(self, text: str, file: str) -> None:
        self.file = file
        self._lines: dict[Loc, int] = {}
        self._quoted: set[Loc] = set()
        self._n_values = 0
        try:
            self._refuse_depth(text)
            node = yaml.compose(text, Loader=yaml.CSafeLoader)
            if not isinstance(node, yaml.MappingNode):
                raise CurationError("内容为空或顶层不是“字段: 值”", file=file, line=1)
            self.value = self._build(node, ())
        except yaml.YAMLError as error:
            raise self._no_yaml(text, error) from error

    @classmethod
    def bundled(cls, *parts: str) -> CuratedFile:
        """Return a bundled file, read.

        Raises:
            ResourceError: The file is missing or changed.
            CurationError: It is not YAML.
        """
        return cls(resources.read_text(*parts), resources.shown(*parts))

    def line(self, loc: Loc) -> int:
        """Return the 1-based line of a field, or of the nearest parent that has one."""
        for end in range(len(loc), -1, -1):
            if loc[:end] in self._lines:
                return self._lines[loc[:end]]
        return 1

    def quoted(self, loc: Loc) -> bool:
        """Return whether the text at `loc` is written in quotes."""
        return loc in self._quoted

    def check(self, model: type[Model]) -> Model:
        """Return the file's content as `model`.

        Raises:
            CurationError: A field is missing, unknown or malformed; names the first one.
        """
        try:
            return model.model_validate(self.value)
        except ValidationError as error:
            first = error.errors()[0]
            raise self.error(
                first["loc"],
                explained(first["type"], first["msg"], first["input"]),
                todo=advice(first["type"]),
                more=error.error_count() - 1,
            ) from error

    def error(self, loc: Loc, message: str, *, todo: str = "", more: int = 0) -> CurationError:
        """Return an error that points at the field `loc` of this file."""
        tail = f"（另有 {more} 处）" if more else ""
        return CurationError(
            message + tail, file=self.file, line=self.line(loc), field=self.field(loc), todo=todo
        )

    def field(self, loc: Loc) -> str:
        """Return the dotted path of a field; a list item that has an id shows it.

        `segments.14(ic-ald).terms.2`; positions count from 0.
        """
        shown, value = [], self.value
        for part in loc:
            value = _inside(value, part)
            key = value.get("id") if isinstance(part, int) and isinstance(value, dict) else None
            shown.append(f"{part}({key})" if isinstance(key, str) else str(part))
        return ".".join(shown)

    def _no_yaml(self, text: str, error: yaml.YAMLError) -> CurationError:
        """Return the error that says in Chinese why the text is no YAML, and where."""
        control = _CONTROL.search(text)
        if not isinstance(error, yaml.MarkedYAMLError):
            line = text.count("\n", 0, control.start()) + 1 if control else 0
            found = f"（U+{ord(control.group()):04X}）" if control else ""
            return CurationError(
                f"含有看不见的控制字符{found}", file=self.file, line=line, todo="删除这个字符。"
            )
        mark = error.problem_mark or error.context_mark
        return CurationError(
            f"不是合法的 YAML：{yaml_problem(error.problem or error.context or '')}",
            file=self.file,
            line=mark.line + 1 if mark else 0,
            todo="检查缩进、冒号后的空格和引号是否成对。",
        )

    def _refuse_depth(self, text: str) -> None:
        """Refuse what is nested so deep that the parser, which is C, would run out of stack."""
        depth = deepest = 0
        for bracket in _BRACKETS.findall(text):
            depth = depth + 1 if bracket in "[{" else max(depth - 1, 0)
            deepest = max(deepest, depth)
        if deepest > DEEPEST or _STEEP.search(text):
            raise CurationError("层次太深", file=self.file, line=1, todo="检查括号和缩进。")

    def _build(self, node: yaml.Node, loc: Loc) -> object:
        self._n_values += 1
        if self._n_values > MOST_VALUES:  # a few lines of references unfold to billions
            raise CurationError(
                f"展开后多于 {MOST_VALUES:,} 个值",
                file=self.file,
                line=1,
                todo="少用引用（*名称）。",
            )
        self._lines[loc] = node.start_mark.line + 1
        if isinstance(node, yaml.MappingNode):
            built: dict[str, object] = {}
            for key_node, value_node in node.value:
                key = str(key_node.value)
                if key in built:
                    raise CurationError(
                        f"字段 {key} 写了两次",
                        file=self.file,
                        line=key_node.start_mark.line + 1,
                        todo="合并或删除其中一个。",
                    )
                built[key] = self._build(value_node, (*loc, key))
            return built
        if isinstance(node, yaml.SequenceNode):
            return [self._build(item, (*loc, index)) for index, item in enumerate(node.value)]
        if isinstance(node, yaml.ScalarNode) and node.style in ("'", '"'):
            self._quoted.add(loc)
        return self._scalar(node) if _is_typed(node) else node.value

    def _scalar(self, node: yaml.Node) -> object:
        try:
            return yaml.CSafeLoader("").construct_object(node)
        except (ValueError, KeyError, AttributeError, yaml.YAMLError) as error:
            kind = _KINDS.get(node.tag.rsplit(":", 1)[-1], "值")
            raise CurationError(
                f"{node.value} 不是有效的{kind}",
                file=self.file,
                line=node.start_mark.line + 1,
                todo="改正这个值；本意是文字时加引号。",
            ) from error


_KINDS = {"timestamp": "日期", "int": "整数", "float": "数", "bool": "真假值"}


def _inside(value: object, part: str | int) -> object:
    if isinstance(value, dict):
        return value.get(part)
    if isinstance(value, list) and isinstance(part, int) and part < len(value):
        return value[part]
    return None


def _is_typed(node: yaml.Node) -> bool:
    """Return whether a scalar is a number, a boolean, a date or null rather than text."""
    return bool(node.tag != "tag:yaml.org,2002:str")
