"""Reading files that people curate: strict YAML in, checked objects out, lines in every error."""

from __future__ import annotations

from typing import TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from chainmap import resources
from chainmap.errors import CurationError

Model = TypeVar("Model", bound=BaseModel)
Loc = tuple[str | int, ...]

_ADVICE = {
    "string_type": "给代码和文字加上引号。",
    "extra_forbidden": "删除这个字段，或检查拼写。",
    "missing": "补上这个字段。",
    "string_pattern_mismatch": "检查写法（编号用小写字母和连字符，代码加引号）。",
    "enum": "改用允许的取值之一。",
}


class CuratedFile:
    """One YAML file as written: its values, and the line of every one of them.

    Args:
        text: The file's content.
        file: The name an error message should give.
    """

    def __init__(self, text: str, file: str) -> None:
        self.file = file
        self._lines: dict[Loc, int] = {}
        try:
            node = yaml.compose(text, Loader=yaml.CSafeLoader)
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            raise CurationError(
                f"不是合法的 YAML：{error.problem or error.context}",
                file=file,
                line=mark.line + 1 if mark else 0,
                todo="检查缩进、冒号后的空格和引号是否成对。",
            ) from error
        if not isinstance(node, yaml.MappingNode):
            raise CurationError("内容为空或顶层不是“字段: 值”", file=file, line=1)
        self.value = self._build(node, ())

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
                todo=_ADVICE.get(first["type"], "按 taxonomy/README.md 的格式改正。"),
                more=error.error_count() - 1,
            ) from error

    def error(self, loc: Loc, message: str, *, todo: str = "", more: int = 0) -> CurationError:
        """Return an error that points at the field `loc` of this file."""
        tail = f"（另有 {more} 处）" if more else ""
        field = ".".join(str(part) for part in loc)
        return CurationError(
            message + tail, file=self.file, line=self.line(loc), field=field, todo=todo
        )

    def _build(self, node: yaml.Node, loc: Loc) -> object:
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
        return yaml.CSafeLoader("").construct_object(node) if _is_typed(node) else node.value


def _is_typed(node: yaml.Node) -> bool:
    """Return whether a scalar is a number, a boolean, a date or null rather than text."""
    return node.tag != "tag:yaml.org,2002:str"


def explained(kind: str, message: str, found: object) -> str:
    """Return a validation problem in Chinese, with what was found."""
    shown = repr(found) if not isinstance(found, dict | list) else "一组值"
    match kind:
        case "missing":
            return "缺少必填字段"
        case "extra_forbidden":
            return "不认识的字段"
        case "string_type":
            return f"应为文字，实为 {shown}（{type(found).__name__}）"
        case "string_pattern_mismatch":
            return f"{shown} 不符合格式（{message}）"
        case _:
            return f"{shown} 不可用（{message}）"
