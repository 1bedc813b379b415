"""What is wrong with a command line, in Chinese: found, expected, what to do."""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import Any

from pydantic import ValidationError
from typer import TyperException

from chainmap.errors import InputError
from chainmap.wrong_values import what_is_wrong

_ONE_OF = re.compile(r"is not one of (.+?)\.?$")
_NO_COMMAND = r"No such command '(.+)'\."
_SAID = {
    _NO_COMMAND: "没有命令“{0}”。",
    r"Got unexpected extra arguments?\(?s?\)? \((.+)\)": "多出了“{0}”。",
    r"Option '(.+)' requires an argument\.": "选项 {0} 后面缺少值。",
    r"Option '(.+)' requires (\d+) arguments\.": "选项 {0} 后面应有 {1} 个值。",
    r"Option '(.+)' does not take a value\.": "选项 {0} 后面不带值。",
}
"""What the library says of a whole line → how we say it."""


def usage_error(error: TyperException) -> InputError | None:
    """Return what is wrong with a command line; None where it is no more than a call for help.

    Args:
        error: What the library raised; its kinds are known by name, as it shows few of them.
    """
    kind = type(error).__name__
    if kind == "NoArgsIsHelpError":
        return None
    context: Any = getattr(error, "ctx", None)
    command = context.command_path if context is not None else "chainmap"
    todo = f"用法见 {command} --help。"
    near = getattr(error, "possibilities", None) or _commands_near(error, context)
    if near:
        todo = f"您是不是要用 {'、'.join(near)}？{todo}"
    return InputError(_told(kind, error), todo=todo)


def _commands_near(error: TyperException, context: Any) -> list[str]:
    """Return commands whose names come close to one that there is not."""
    found = re.match(_NO_COMMAND, error.message)
    commands = getattr(getattr(context, "command", None), "commands", {})
    return get_close_matches(found[1], commands) if found is not None else []


def _told(kind: str, error: TyperException) -> str:
    if kind == "NoSuchOption":
        return f"没有选项 {getattr(error, 'option_name', '')}。"
    parameter = _called(getattr(error, "param", None))
    if kind == "MissingParameter":
        return f"缺少{parameter}。"
    if kind == "BadParameter":
        return _wrong_value(error, parameter)
    for said, ours in _SAID.items():
        found = re.match(said, error.message)
        if found is not None:
            return ours.format(*found.groups())
    return f"命令行不能用（{error.message}）。"


def _wrong_value(error: TyperException, parameter: str) -> str:
    cause = error.__cause__
    if not isinstance(cause, ValidationError):
        return f"{parameter} 的值不可用（{error.message}）。"
    first = dict(cause.errors()[0])
    one_of = _ONE_OF.search(str(first["msg"]))
    wrong = what_is_wrong(first)
    if one_of is not None:
        wrong = f"只能是 {one_of[1].replace(chr(39), '').replace(', ', '、')}"
    return f"{parameter} 的值“{str(first['input'])[:80]}”不可用：{wrong}。"


def _called(parameter: Any) -> str:
    """Return an option as it is typed, an argument as the help shows it."""
    if parameter is None:
        return "参数"
    if parameter.param_type_name == "option":
        return f"选项 {' / '.join(parameter.opts)}"
    return f"参数 {parameter.metavar or parameter.name.upper()}"
