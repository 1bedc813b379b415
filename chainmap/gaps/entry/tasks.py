"""What counts as entering: candidates by what is known at the origin, labels by what came."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from chainmap.errors import ModelError
from chainmap.gaps.entry.columns import read
from chainmap.gaps.entry.panel import Flags, Known, Matrix, Panel


@dataclass(frozen=True)
class Task:
    """One question asked of the future.

    Attributes:
        candidates: Cells that are asked about, from facts as of the origin only.
        came_true: Cells where it happened, from facts as of the origin and of the window's end.
    """

    id: str
    zh: str
    candidates: Callable[[Known], Flags]
    came_true: Callable[[Known, Known], Flags]


def _added(then: Known, later: Known) -> Matrix:
    return np.asarray(read(later, "stock") - read(then, "stock"))


def _never_near(then: Known) -> Flags:
    """Return cells that are surely not above average now and were not so five years before."""
    sure = read(then, "shrunk")[2] < 0.2
    return np.asarray(sure & (read(then, "shrunk_5")[2] < 0.8))


ENTRY = Task(
    "entry",
    "进入（0 家 → 2 家以上）",
    lambda then: np.asarray(read(then, "stock") == 0),
    lambda then, later: np.asarray(read(later, "stock") >= 2),
)
FIRST = Task(
    "first",
    "首家（0 家 → 1 家以上）",
    lambda then: np.asarray(read(then, "stock") == 0),
    lambda then, later: np.asarray(read(later, "stock") >= 1),
)
SPECIALISATION = Task(
    "specialisation",
    "形成优势（区位商 <0.5 → ≥1 且增 3 家以上）",
    lambda then: np.asarray(read(then, "quotient") < 0.5),
    lambda then, later: np.asarray((read(later, "quotient") >= 1.0) & (_added(then, later) >= 3)),
)
SURE_SPECIALISATION = Task(
    "sure",
    "确有优势（后验概率 <0.2 → ≥0.8 且增 3 家以上）",
    _never_near,
    lambda then, later: np.asarray((read(later, "shrunk")[2] >= 0.8) & (_added(then, later) >= 3)),
)
TASKS = (ENTRY, SPECIALISATION, SURE_SPECIALISATION)


@dataclass(frozen=True)
class Calendar:
    """The rolling origins of one test: train, tune, and look once.

    Attributes:
        training: Origins learned from, ascending; the last is also the tuning origin.
        test: The origin opened once.
        horizon: Years of a window.
        least_companies: Companies a city must have at the origin to be asked about: below, no
            share of it means anything.
    """

    training: tuple[int, ...]
    test: int
    horizon: int = 5
    least_companies: int = 50

    def __post_init__(self) -> None:
        late = [s for s in self.training if s + self.horizon > self.test]
        if late or not self.training:
            raise ModelError(
                f"训练起点 {late or '（无）'} 的窗口到测试起点 {self.test} 还没有结束。",
                todo=f"训练起点最晚为 {self.test - self.horizon} 年。",
            )

    @property
    def tuning(self) -> int:
        """The last allowed origin."""
        return self.training[-1]


def calendar_of(panel: Panel, back: int = 0, origins: int = 2, horizon: int = 5) -> Calendar:
    """Return the calendar of the pilot, moved to the panel's last year: 1993, 1994 → 1999.

    Args:
        panel: Ends with its last complete year.
        back: Years to go back with the whole calendar.
        origins: Yearly training origins, the last one ending its window at the test origin.
        horizon: Years of a window.
    """
    test = panel.until - horizon - back
    last = test - horizon
    return Calendar(tuple(range(last - origins + 1, last + 1)), test, horizon)


def one_window_earlier(calendar: Calendar) -> Calendar:
    """Return the calendar whose test origin is the tuning origin of another."""
    back = calendar.test - calendar.tuning
    return replace(
        calendar, training=tuple(s - back for s in calendar.training), test=calendar.tuning
    )


def candidate_cells(task: Task, known: Known, least_companies: int) -> Flags:
    """Return which cells a task asks about at the origin; places × nodes."""
    big = read(known, "companies") >= least_companies
    return np.asarray(task.candidates(known) & big)


def check_window(panel: Panel, origin: int, horizon: int) -> int:
    """Return the last year of an origin's window.

    Raises:
        ModelError: The window is not over in the data.
    """
    if origin + horizon > panel.until:
        raise ModelError(
            f"起点 {origin} 的窗口到 {origin + horizon} 年，数据只到 {panel.until} 年。"
        )
    return origin + horizon
