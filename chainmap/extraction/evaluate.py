"""How well the reader reads: an extraction against a hand annotation, matched one to one."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Protocol, TypeVar

from chainmap.concepts.policy import Goal, PolicyExtraction, Position
from chainmap.extraction.golden import GoldenDocument, GoldenGoal, GoldenPosition

LEAST_OVERLAP = 0.5
"""Share of the union two spans must have in common to be the same thing."""

KINDS = (
    "boxes", "main_boxes", "items", "leaf_terms", "terms", "goals", "goals_exact", "goals_named",
    "goals_placed", "positions",
)  # fmt: skip
"""What is scored: `main_boxes` leave lead sentences out; `terms` whatever their role; `goals` by
place, `goals_exact` with value and unit right too, of these `goals_named` with the annotated name
and `goals_placed` with the annotated region."""

KINDS_ZH = {
    "boxes": "专栏与段落",
    "main_boxes": "专栏（不含引导段）",
    "items": "细分领域",
    "leaf_terms": "末级术语",
    "terms": "术语（不论角色）",
    "goals": "目标（位置）",
    "goals_exact": "目标（值与单位全对）",
    "goals_named": "目标（值、单位与指标名称全对）",
    "goals_placed": "目标（值、单位与地区全对）",
    "positions": "布局",
}


class Spanned(Protocol):
    """Anything that stands somewhere in a text."""

    @property
    def start(self) -> int: ...  # noqa: D102
    @property
    def end(self) -> int: ...  # noqa: D102


Span = tuple[int, int]

Found = TypeVar("Found", bound=Spanned)
Wanted = TypeVar("Wanted", bound=Spanned)


@dataclass(frozen=True)
class Score:
    """Counts of one kind; shares are null where there is nothing to divide by."""

    matched: int
    found: int
    wanted: int

    @property
    def precision(self) -> float | None:
        """Share of what was found that is right."""
        return self.matched / self.found if self.found else None

    @property
    def recall(self) -> float | None:
        """Share of what was wanted that was found."""
        return self.matched / self.wanted if self.wanted else None

    @property
    def f1(self) -> float | None:
        """Harmonic mean of precision and recall."""
        total = self.found + self.wanted
        return 2 * self.matched / total if total else None

    def __add__(self, other: Score) -> Score:
        return Score(
            self.matched + other.matched, self.found + other.found, self.wanted + other.wanted
        )


@dataclass(frozen=True)
class Offsets:
    """How many spans slice to what they say they are."""

    exact: int
    total: int

    def __add__(self, other: Offsets) -> Offsets:
        return Offsets(self.exact + other.exact, self.total + other.total)


@dataclass(frozen=True)
class Evaluation:
    """Scores of one document, or of several added up, by kind in the order of `KINDS`.

    `missed` and `extra` are the spans behind one document's counts: annotated and not found, found
    and not annotated.
    """

    document: str
    scores: dict[str, Score]
    offsets: Offsets
    missed: dict[str, list[Span]] = field(default_factory=dict)
    extra: dict[str, list[Span]] = field(default_factory=dict)


def evaluate_document(golden: GoldenDocument, found: PolicyExtraction, raw: str) -> Evaluation:
    """Return the scores of one document.

    Boxes, items and terms match where their spans overlap by `LEAST_OVERLAP` of the union. A goal
    matches where the spans touch, and exactly where value, upper value and unit agree as well; its
    name is right where it has the annotated letters and digits, its region where the code is the
    annotated one or both have none. A position matches where the spans touch and the place is the
    same, by code or by name. Each annotated thing takes one found thing at most, chosen so that as
    many as possible match.

    Args:
        golden: The annotation.
        found: The extraction of the same file.
        raw: The file's raw text.
    """
    pairs = {kind: _paired(*measure) for kind, measure in _measures(golden, found).items()}
    return Evaluation(
        golden.document,
        {kind: pair.score for kind, pair in pairs.items()},
        exact_offsets(found, raw),
        {kind: pair.missed for kind, pair in pairs.items()},
        {kind: pair.extra for kind, pair in pairs.items()},
    )


def total(evaluations: Sequence[Evaluation]) -> Evaluation:
    """Return all documents' counts added up."""
    scores = {
        kind: sum((e.scores[kind] for e in evaluations), start=Score(0, 0, 0)) for kind in KINDS
    }
    offsets = sum((e.offsets for e in evaluations), start=Offsets(0, 0))
    return Evaluation("合计", scores, offsets)


def exact_offsets(found: PolicyExtraction, raw: str) -> Offsets:
    """Return how many spans are true: terms slice to their surface, the rest lie in the text."""
    checks = [raw[term.start : term.end] == term.surface for term in found.terms]
    others = (*found.boxes, *found.items, *found.goals, *found.positions, *found.mechanisms)
    checks += [0 <= one.start < one.end <= len(raw) for one in others]
    return Offsets(sum(checks), len(checks))


def union_share(one: Spanned, other: Spanned) -> float:
    """Return the share of two spans' union that they have in common, 0..1."""
    common = min(one.end, other.end) - max(one.start, other.start)
    if common <= 0:
        return 0.0
    return common / (max(one.end, other.end) - min(one.start, other.start))


def matches(
    wanted: Sequence[Wanted],
    found: Sequence[Found],
    likeness: Callable[[Wanted, Found], float],
    least: float = LEAST_OVERLAP,
) -> dict[int, int]:
    """Return wanted place → found place of a largest one-to-one matching.

    Pairs count where likeness is at least `least` and above 0; likelier partners are tried first.
    Augmenting paths (Kuhn), so no match is lost to an earlier greedy choice.
    """
    partners = [
        sorted(
            (at for at, one in enumerate(found) if _counts(likeness(want, one), least)),
            key=lambda at: (-likeness(want, found[at]), at),
        )
        for want in wanted
    ]
    taken: dict[int, int] = {}

    def place(want: int, tried: set[int]) -> bool:
        for at in partners[want]:
            if at in tried:
                continue
            tried.add(at)
            if at not in taken or place(taken[at], tried):
                taken[at] = want
                return True
        return False

    for want in range(len(wanted)):
        place(want, set())
    return {want: at for at, want in sorted(taken.items(), key=lambda pair: pair[1])}


def _counts(likeness: float, least: float) -> bool:
    return likeness > 0.0 and likeness >= least


class _Pairs(NamedTuple):
    score: Score
    missed: list[Span]
    extra: list[Span]


_Measure = tuple[Sequence[Any], Sequence[Any], Callable[[Any, Any], float], float]


def _measures(golden: GoldenDocument, found: PolicyExtraction) -> dict[str, _Measure]:
    """Return kind → what is wanted, what is found, likeness and its least value."""

    def leaves(terms: Sequence[Any]) -> list[Any]:
        return [term for term in terms if term.role == "leaf"]

    def main(boxes: Sequence[Any]) -> list[Any]:
        return [box for box in boxes if box.kind != "lead"]

    half = LEAST_OVERLAP
    return {
        "boxes": (golden.boxes, found.boxes, union_share, half),
        "main_boxes": (main(golden.boxes), main(found.boxes), union_share, half),
        "items": (golden.items, found.items, union_share, half),
        "leaf_terms": (leaves(golden.terms), leaves(found.terms), union_share, half),
        "terms": (golden.terms, found.terms, union_share, half),
        "goals": (golden.goals, found.goals, _same_goal, 0.0),
        "goals_exact": (golden.goals, found.goals, _exact_goal, 0.0),
        "goals_named": (golden.goals, found.goals, _named_goal, 0.0),
        "goals_placed": (golden.goals, found.goals, _placed_goal, 0.0),
        "positions": (golden.positions, found.positions, _same_position, 0.0),
    }


def _paired(
    wanted: Sequence[Any],
    found: Sequence[Any],
    likeness: Callable[[Any, Any], float],
    least: float,
) -> _Pairs:
    pairs = matches(wanted, found, likeness, least)
    used = set(pairs.values())
    return _Pairs(
        Score(len(pairs), len(found), len(wanted)),
        [(one.start, one.end) for at, one in enumerate(wanted) if at not in pairs],
        [(one.start, one.end) for at, one in enumerate(found) if at not in used],
    )


def _same_goal(wanted: GoldenGoal, found: Goal) -> float:
    """Return likeness by place; a goal with the right value is likelier than any other."""
    share = union_share(wanted, found)
    return share + (1.0 if share and _agree(wanted, found) else 0.0)


def _exact_goal(wanted: GoldenGoal, found: Goal) -> float:
    share = union_share(wanted, found)
    return share if _agree(wanted, found) else 0.0


def _named_goal(wanted: GoldenGoal, found: Goal) -> float:
    same = _letters(wanted.indicator) == _letters(found.indicator)
    return _exact_goal(wanted, found) if same else 0.0


def _placed_goal(wanted: GoldenGoal, found: Goal) -> float:
    return _exact_goal(wanted, found) if wanted.region == found.region_code else 0.0


def _letters(name: str) -> str:
    """Return a name's letters and digits, full-width ones as plain."""
    return "".join(c for c in unicodedata.normalize("NFKC", name) if c.isalnum())


def _agree(wanted: GoldenGoal, found: Goal) -> bool:
    """Return whether value and unit are the annotated ones; a yearly growth may stand as value."""
    want = (wanted.value, wanted.value_max, wanted.unit or None)
    growth = (found.growth, None, found.growth_unit)
    stated = (found.value, found.value_max, found.unit or None)
    return want == stated or (found.value is None and want == growth)


def _same_position(wanted: GoldenPosition, found: Position) -> float:
    same = wanted.code == found.code if wanted.code and found.code else wanted.place == found.place
    return union_share(wanted, found) if same else 0.0
