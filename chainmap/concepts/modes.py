"""The four ways to look for targets (招商方式), as policy texts name them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from chainmap.errors import InputError


class Mode(StrEnum):
    """A way to look for targets."""

    CHAIN = "chain"
    INDUSTRY = "industry"
    LEADER = "leader"
    ADVANTAGE = "advantage"

    @property
    def zh(self) -> str:
        """The Chinese word."""
        return {
            "chain": "产业链招商", "industry": "目标产业招商", "leader": "龙头引商",
            "advantage": "优势资源引商",
        }[self]  # fmt: skip


@dataclass(frozen=True)
class ModeAsked:
    """A mode as it was asked for.

    Attributes:
        mode: Which.
        leader: The leading firm, as typed; only for `LEADER`.
        industries: Groups or chains, as typed; only for `INDUSTRY`. None is those plans name.
    """

    mode: Mode
    leader: str | None = None
    industries: tuple[str, ...] = ()


def mode_asked(
    mode: Mode | None, leader: str | None, industries: tuple[str, ...]
) -> ModeAsked | None:
    """Return a mode as asked for; None where none is.

    Raises:
        InputError: A leader or industries without their mode, or the mode without its leader.
    """
    if (leader is not None) != (mode is Mode.LEADER):
        raise InputError(
            "龙头引商须给出龙头企业，其他方式不能给。",
            todo="把 mode=leader 与 leader 一并给出，或都不给。",
        )
    if industries and mode is not Mode.INDUSTRY:
        raise InputError(
            "只有目标产业招商可以指定产业。", todo="去掉 industry，或用 mode=industry。"
        )
    return None if mode is None else ModeAsked(mode, leader, industries)
