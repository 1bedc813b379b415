"""Facts taken from plans: quantified goals, and the fields plans assign to places.

Only facts and where they stand, never a sentence; offsets as in `concepts.policy`.
"""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from chainmap.concepts.policy import AdminLevel, GoalStatement, Offset


class Fact(BaseModel):
    """One statement of one document: where it stands.

    `document` is the document's id in `taxonomy/citations.yml`, or the id given to a user's file.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    document: str = Field(min_length=1)
    box: str | None = None
    start: Offset
    end: Offset


class GoalFact(GoalStatement, Fact):
    """A quantified goal (目标) as a fact of a plan.

    `region` is the place as the plan names it, `region_code` the division it is or lies in. Both
    are null for a place below the plan's own that no table knows; `indicator` then names it.
    """

    region_code: str | None = None


class PositionFact(Fact):
    """What a plan assigns to a place (布局): fields by name, none where it gives a role only.

    The role itself is a sentence of the plan, so it stays in the document.
    """

    place: str
    code: str | None = None
    admin_level: AdminLevel | None = None
    terms: tuple[str, ...] = ()
