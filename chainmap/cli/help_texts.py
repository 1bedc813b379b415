"""Help texts on the screen: Chinese has no spaces to break at, so long ones fold, not cut."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.text import Text


def fold_help() -> None:
    """Make the help of every command keep its whole text in a narrow terminal."""
    from rich.highlighter import Highlighter
    from typer import rich_utils

    plain: Highlighter = rich_utils.highlighter

    class Folding(Highlighter):
        """The highlighter of help texts, whose texts fold where they do not fit."""

        def highlight(self, text: Text) -> None:
            plain.highlight(text)
            text.overflow = "fold"

    rich_utils.highlighter = Folding()  # type: ignore[assignment]
