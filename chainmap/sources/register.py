"""The registers of `data/policies/`: goals and positions that plans state, as facts."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from functools import cache
from typing import TypeVar

from pydantic import ValidationError

from chainmap import resources
from chainmap.concepts.register import Fact, GoalFact, PositionFact
from chainmap.errors import CurationError

SomeFact = TypeVar("SomeFact", bound=Fact)
_JOINED = {"responsible": ";", "terms": ";"}


@cache
def load_goals() -> tuple[GoalFact, ...]:
    """Return the bundled goal register, by document and place in it.

    Raises:
        CurationError: A row is malformed; names file and line.
        ResourceError: The file is missing or was changed.
    """
    return read_facts(resources.read_text("data", "policies", "goals.csv"), GoalFact, "goals.csv")


@cache
def load_positions() -> tuple[PositionFact, ...]:
    """Return the bundled register of positions, by document and place in it.

    Raises:
        CurationError: A row is malformed; names file and line.
        ResourceError: The file is missing or was changed.
    """
    text = resources.read_text("data", "policies", "positions.csv")
    return read_facts(text, PositionFact, "positions.csv")


def read_facts(text: str, kind: type[SomeFact], name: str) -> tuple[SomeFact, ...]:
    """Return the facts of a register as written by `facts_csv`, in file order.

    Raises:
        CurationError: A cell does not fit its column; names file, line and column.
    """
    facts = []
    for line, row in enumerate(csv.DictReader(io.StringIO(text)), start=2):
        cells: dict[str, object] = {key: cell for key, cell in row.items() if cell}
        for column in _JOINED.keys() & cells.keys():
            cells[column] = str(cells[column]).split(_JOINED[column])
        try:
            facts.append(kind.model_validate(cells))
        except ValidationError as error:
            first = error.errors()[0]
            raise CurationError(
                f"“{first['input']}”不合格：{first['msg']}",
                file=f"data/policies/{name}",
                line=line,
                field=".".join(map(str, first["loc"])),
                todo="改正该格，或用 chainmap policy register 重新生成。",
            ) from error
    return tuple(facts)


def facts_csv(facts: Iterable[Fact], kind: type[Fact]) -> str:
    """Return facts as CSV text: columns in declared order, several values joined with `;`."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    columns = list(kind.model_fields)
    writer.writerow(columns)
    for fact in facts:
        writer.writerow([_cell(getattr(fact, column)) for column in columns])
    return text.getvalue()


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple):
        return ";".join(value)
    if isinstance(value, float):
        return f"{value:.10g}"
    return str(value)
