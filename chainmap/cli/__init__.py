"""The command `chainmap`."""

from __future__ import annotations

import sys
from io import TextIOWrapper

_GROUP = 2
"""Words of a command line that may be a group alone, which answers with its help."""


def main() -> None:
    """Run the command; chainmap's own errors end in one line and their exit code."""
    from chainmap.cli.app import app
    from chainmap.cli.exits import exit_code
    from chainmap.cli.help_texts import fold_help
    from chainmap.cli.output import say
    from chainmap.errors import ChainmapError

    for stream in (sys.stdout, sys.stderr):
        # A terminal or pipe that cannot show Chinese gets escapes, never a crash.
        if isinstance(stream, TextIOWrapper) and "utf" not in stream.encoding.lower():
            stream.reconfigure(errors="backslashreplace")
    if "--help" in sys.argv or len(sys.argv) <= _GROUP:
        fold_help()
    try:
        app()
    except ChainmapError as error:
        say(f"错误：{error}")
        sys.exit(exit_code(error))
    except BrokenPipeError:
        # The reader (head, less) has left; nothing more can be said to it.
        sys.stderr.close()
        sys.exit(0)
