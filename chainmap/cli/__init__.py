"""The command `chainmap`."""

from __future__ import annotations

import sys
from functools import cache
from io import TextIOWrapper
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typer import TyperException
    from typer.core import TyperGroup

_GROUP = 2
"""Words of a command line that may be a group alone, which answers with its help."""


def main() -> None:
    """Run the command; chainmap's own errors end in one line and their exit code."""
    from typer import Abort, TyperException

    from chainmap.cli.exits import exit_code
    from chainmap.cli.help_texts import dress_help
    from chainmap.cli.output import say
    from chainmap.errors import ChainmapError
    from chainmap.server.garbage import look_seldom

    look_seldom()
    for stream in (sys.stdout, sys.stderr):
        # A terminal or pipe that cannot show Chinese gets escapes, never a crash.
        if isinstance(stream, TextIOWrapper) and "utf" not in stream.encoding.lower():
            stream.reconfigure(errors="backslashreplace")
    if "--help" in sys.argv or len(sys.argv) <= _GROUP:
        dress_help()
    try:
        # A command returns nothing, or the exit code it was left with.
        sys.exit(_command()(prog_name="chainmap", standalone_mode=False) or 0)
    except TyperException as error:
        sys.exit(_refused(error))
    except Abort:
        sys.exit(1)
    except ChainmapError as error:
        say(f"错误：{error}")
        sys.exit(exit_code(error))
    except BrokenPipeError:
        # The reader (head, less) has left; nothing more can be said to it.
        sys.stderr.close()
        sys.exit(0)


@cache
def _command() -> TyperGroup:
    """Return all commands, built once: their options are read from a hundred functions."""
    from typer.core import TyperGroup
    from typer.main import get_command

    from chainmap.cli.app import app

    built = get_command(app)
    assert isinstance(built, TyperGroup)
    return built


def _refused(error: TyperException) -> int:
    """Say what is wrong with a command line; returns the exit code."""
    from chainmap.cli.exits import exit_code
    from chainmap.cli.output import say
    from chainmap.cli.usage import usage_error

    told = usage_error(error)
    if told is None:  # a group without a command: its help has been printed
        return 2
    say(f"错误：{told}")
    return exit_code(told)
