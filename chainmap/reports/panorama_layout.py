"""Where everything of a panorama stands: stages as columns, groups as boxes, segments as chips.

The unit is one chip's width. A stage of k units is split into sub-columns; its groups fill them
top to bottom, left to right, in their drawing order, so that the tallest sub-column is as short
as it can be. How many units each stage gets, and how many there are in all, is tried out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

from chainmap.concepts.panorama_records import (
    Panorama,
    PanoramaGroup,
    PanoramaSegment,
    PanoramaStage,
)
from chainmap.reports.text_width import wrapped

UNIT, GAP, PAD = 186.0, 6.0, 8.0
"""A unit's width, the space between chips and between boxes, and the space inside, in px."""
SIZE, LEADING = 13.0, 16.0
"""Text size and line height of a chip, in px."""
HEAD, TITLE = 34.0, 19.0
"""Height of a stage's heading; line height of a group's heading."""
BETWEEN = 16.0
"""Space between stages."""
BESIDE = 60.0
"""What a chip holds beside its name: icon, count and gap mark."""


@dataclass(frozen=True)
class PlacedChip:
    """A chip and where it stands; x and y are its upper left corner."""

    segment: PanoramaSegment
    x: float
    y: float
    width: float
    height: float
    lines: tuple[str, ...]


@dataclass(frozen=True)
class PlacedGroup:
    """A box and its chips."""

    group: PanoramaGroup
    x: float
    y: float
    width: float
    height: float
    lines: tuple[str, ...]
    chips: tuple[PlacedChip, ...]


@dataclass(frozen=True)
class PlacedStage:
    """A column, or the band below, and its boxes."""

    stage: PanoramaStage
    x: float
    y: float
    width: float
    height: float
    groups: tuple[PlacedGroup, ...]


@dataclass(frozen=True)
class Layout:
    """A panorama laid out from (0, 0)."""

    width: float
    height: float
    stages: tuple[PlacedStage, ...]

    @property
    def chips(self) -> dict[str, PlacedChip]:
        """Every placed chip by segment id."""
        return {
            chip.segment.id: chip
            for stage in self.stages
            for group in stage.groups
            for chip in group.chips
        }


def lay_out(panorama: Panorama, lang: str = "zh", aspect: float = 1.35) -> Layout:
    """Return the layout whose width over height comes nearest to `aspect` (A4 landscape: 1.4).

    Args:
        panorama: What to lay out.
        lang: `zh` or `en`, for the names.
        aspect: Wanted width over height.
    """
    tried = [_laid_out(panorama, lang, units) for units in range(4, 15)]
    return min(tried, key=lambda found: (abs(found.width / found.height - aspect), found.width))


def _laid_out(panorama: Panorama, lang: str, units: int) -> Layout:
    columns = [stage for stage in panorama.stages if stage.stage != "support"]
    band = [stage for stage in panorama.stages if stage.stage == "support"]
    best: tuple[float, tuple[int, ...]] | None = None
    for shares in _shares(units, len(columns)):
        tallest = max(
            (_stage_height(s, k, lang) for s, k in zip(columns, shares, strict=True)), default=0.0
        )
        if best is None or tallest < best[0]:
            best = (tallest, shares)
    assert best is not None
    height, shares = best
    placed, x = [], 0.0
    for stage, k in zip(columns, shares, strict=True):
        width = _stage_width(k)
        placed.append(PlacedStage(stage, x, 0.0, width, height, _boxes(stage, k, lang, (x, 0.0))))
        x += width + BETWEEN
    whole = max(x - BETWEEN, _stage_width(1))
    below = height + BETWEEN if columns else 0.0
    for stage in band:
        k = _units_within(whole)
        tall = _stage_height(stage, k, lang)
        boxes = _boxes(stage, k, lang, (0.0, below), whole)
        placed.append(PlacedStage(stage, 0.0, below, whole, tall, boxes))
        below += tall + BETWEEN
    return Layout(whole, (below if band else height + BETWEEN) - BETWEEN, tuple(placed))


def _shares(units: int, columns: int) -> Iterator[tuple[int, ...]]:
    """Yield every way to give `units` to `columns`, each at least one."""
    if columns == 0:
        yield ()
        return
    for firsts in product(range(1, units), repeat=columns - 1):
        last = units - sum(firsts)
        if last >= 1:
            yield (*firsts, last)


def _stage_width(units: int) -> float:
    return units * UNIT - GAP + 2 * PAD


def _units_within(width: float) -> int:
    units = 1
    while _stage_width(units + 1) <= width + 0.01:
        units += 1
    return units


def _stage_height(stage: PanoramaStage, units: int, lang: str) -> float:
    return _best_split(_sizes(stage, lang), units)[0] + HEAD + PAD


def _boxes(
    stage: PanoramaStage,
    units: int,
    lang: str,
    corner: tuple[float, float],
    width: float | None = None,
) -> tuple[PlacedGroup, ...]:
    """Return a stage's boxes, its upper left corner at `corner`."""
    _, widths, cuts = _best_split(_sizes(stage, lang), units)
    unit = UNIT if width is None else (width - 2 * PAD + GAP) / units
    x, at, boxes = corner[0] + PAD, 0, []
    for k, upto in zip(widths, cuts, strict=True):
        y = corner[1] + HEAD
        for group in stage.groups[at:upto]:
            box = _box(group, k, lang, (x, y, k * unit - GAP))
            boxes.append(box)
            y += box.height + PAD
        x += k * unit
        at = upto
    return tuple(boxes)


def _box(
    group: PanoramaGroup, units: int, lang: str, place: tuple[float, float, float]
) -> PlacedGroup:
    x, y, width = place
    title = _title(group.called(lang), units)
    chip, room = (width - 2 * PAD - (units - 1) * GAP) / units, _room(units)
    chips, top = [], y + PAD + len(title) * TITLE
    for at in range(0, len(group.segments), units):
        row = group.segments[at : at + units]
        tall = max(_chip_height(segment.called(lang), units) for segment in row)
        for i, segment in enumerate(row):
            lines = wrapped(segment.called(lang), room)
            chips.append(PlacedChip(segment, x + PAD + i * (chip + GAP), top, chip, tall, lines))
        top += tall + GAP
    return PlacedGroup(group, x, y, width, top - GAP + PAD - y, title, tuple(chips))


def _title(name: str, units: int) -> tuple[str, ...]:
    return wrapped(name, (units * UNIT - GAP - 2 * PAD - 44) / (SIZE + 1))


def _room(units: int) -> float:
    """Return the em a chip's name has in a box of `units`."""
    chip = (units * UNIT - GAP - 2 * PAD - (units - 1) * GAP) / units
    return (chip - BESIDE) / SIZE


def _chip_height(name: str, units: int) -> float:
    return len(wrapped(name, _room(units))) * LEADING + 12


Sizes = tuple[tuple[str, tuple[str, ...]], ...]
"""Each group's name and its segments' names: all that its height depends on."""


def _sizes(stage: PanoramaStage, lang: str) -> Sizes:
    return tuple(
        (group.called(lang), tuple(s.called(lang) for s in group.segments))
        for group in stage.groups
    )


@lru_cache(maxsize=4096)
def _box_height(name: str, chips: tuple[str, ...], units: int) -> float:
    rows = [chips[at : at + units] for at in range(0, len(chips), units)]
    body = sum(max(_chip_height(chip, units) for chip in row) + GAP for row in rows) - GAP
    return 2 * PAD + len(_title(name, units)) * TITLE + body


@lru_cache(maxsize=1024)
def _best_split(groups: Sizes, units: int) -> tuple[float, tuple[int, ...], tuple[int, ...]]:
    """Return height, the sub-columns' widths in units, and where each ends in the groups."""
    best: tuple[float, tuple[int, ...], tuple[int, ...]] | None = None
    for widths in _compositions(units):
        if len(widths) > len(groups):
            continue
        height, cuts = _packed(groups, widths)
        if best is None or height < best[0] - 0.5:
            best = (height, widths, cuts)
    assert best is not None
    return best


@lru_cache(maxsize=64)
def _compositions(units: int) -> tuple[tuple[int, ...], ...]:
    """Return the splits of `units` into sub-columns that are tried, of two units each first.

    Every split into one to three units where that is few; of more units those into two and three,
    and the even ones.
    """
    parts = (1, 2, 3) if units <= 6 else (2, 3)
    found = {_even(units, n) for n in range(1, units + 1)} | set(_splits(units, parts))
    return tuple(sorted(found, key=lambda widths: (abs(units / len(widths) - 2), widths)))


def _splits(units: int, parts: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
    if units == 0:
        yield ()
    for part in parts:
        if part <= units:
            yield from ((part, *rest) for rest in _splits(units - part, parts))


def _even(units: int, n: int) -> tuple[int, ...]:
    return tuple(units // n + (i < units % n) for i in range(n))


def _packed(groups: Sizes, widths: Sequence[int]) -> tuple[float, tuple[int, ...]]:
    """Return the least height of the tallest sub-column, and the cuts, groups kept in order."""
    n = len(groups)
    infinite = float("inf")
    best = [[infinite] * (n + 1) for _ in range(len(widths) + 1)]
    cut = [[0] * (n + 1) for _ in range(len(widths) + 1)]
    best[0][0] = 0.0
    for c, units in enumerate(widths, start=1):
        for end in range(n + 1):
            tall = 0.0
            for start in range(end - 1, -1, -1):
                tall += _box_height(*groups[start], units) + PAD
                height = max(best[c - 1][start], tall)
                if height < best[c][end]:
                    best[c][end], cut[c][end] = height, start
    cuts, end = [], n
    for c in range(len(widths), 0, -1):
        cuts.append(end)
        end = cut[c][end]
    return best[len(widths)][n], tuple(reversed(cuts))
