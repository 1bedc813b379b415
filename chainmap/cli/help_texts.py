"""Help texts on the screen: in Chinese throughout, folded where they do not fit.

Chinese has no spaces to break at, so that long texts would be cut.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.text import Text

_FRAME = {
    "ARGUMENTS_PANEL_TITLE": "参数",
    "OPTIONS_PANEL_TITLE": "选项",
    "COMMANDS_PANEL_TITLE": "命令",
    "DEFAULT_STRING": "[缺省：{}]",
    "ENVVAR_STRING": "[环境变量：{}]",
    "REQUIRED_LONG_STRING": "[必填]",
}
"""What the library writes around our texts, by its own names."""

_SENTENCES = {
    "Usage: ": "用法：",
    "[OPTIONS]": "[选项]",
    "COMMAND [ARGS]...": "命令 [参数]…",
    "Show this message and exit.": "显示本说明",
}


def dress_help() -> None:
    """Make the help of every command Chinese, and whole in a narrow terminal."""
    from rich.highlighter import Highlighter
    from typer import rich_utils

    plain: Highlighter = rich_utils.highlighter

    class Folding(Highlighter):
        """The highlighter of help texts, whose texts fold where they do not fit."""

        def highlight(self, text: Text) -> None:
            for english, chinese in _SENTENCES.items():
                if english in text.plain:
                    text.plain = text.plain.replace(english, chinese)
            plain.highlight(text)
            text.overflow = "fold"

    rich_utils.highlighter = Folding()  # type: ignore[assignment]
    for name, chinese in _FRAME.items():
        setattr(rich_utils, name, chinese)
