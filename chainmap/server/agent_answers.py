"""What every tool for agents answers: what it rests on, and each passage once."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any

from pydantic import BaseModel, Field

from chainmap.concepts.gap_records import GapList
from chainmap.concepts.json_kinds import WHOLE
from chainmap.concepts.records import CitationRecord, Record, TargetList
from chainmap.concepts.why_records import WhyNotRecord, WhyRecord
from chainmap.server.snapshot import current_snapshot

City = Annotated[str, Field(description="城市：绍兴、绍兴市、Shaoxing 或 330600", max_length=60)]
Chain = Annotated[
    str | None, Field(description="产业链编号或名称，如 集成电路；省略为全部", max_length=60)
]
Segment = Annotated[str, Field(description="环节编号或名称，如 硅外延片", max_length=60)]
Company = Annotated[str, Field(description="企业编号、简称或全称", max_length=60)]
Top = Annotated[int, Field(strict=True, ge=1, le=100, description="最多列出多少项"), WHOLE]


class AgentAnswer(Record):
    """What every tool answers."""

    snapshot: str = Field(description="Which code, taxonomy and data the answer was made from")
    edition: dt.date
    coverage: str = Field(description="What the data can and cannot see; to be passed on")
    may_act: bool = Field(description="False: check before acting on the answer, and say so")
    citations: list[CitationRecord] = Field(description="Policy passages behind the answer")
    answer: dict[str, Any]


def answered(answer: dict[str, Any], citations: list[CitationRecord]) -> AgentAnswer:
    """Return an answer with what it rests on; a passage named twice stands there once."""
    snapshot = current_snapshot()
    return AgentAnswer(
        snapshot=snapshot.id,
        edition=snapshot.edition,
        coverage=snapshot.coverage,
        may_act=snapshot.may_act,
        citations=list({(c.id, c.scope): c for c in citations}.values()),
        answer=answer,
    )


def cited(found: GapList | TargetList) -> list[CitationRecord]:
    """Return the passages behind a list's items, in their order."""
    items = found.gaps if isinstance(found, GapList) else found.targets
    return [citation for item in items for citation in item.citations]


def without_citations(found: GapList | TargetList) -> dict[str, Any]:
    """Return a list as plain data; each item names its citations, which stand beside it once."""
    data = found.model_dump(mode="json")
    for item in data["gaps" if isinstance(found, GapList) else "targets"]:
        item["citations"] = [citation["id"] for citation in item["citations"]]
    return data


def told(found: WhyRecord | WhyNotRecord) -> dict[str, Any]:
    """Return an answer as plain data without its citations, which stand beside it once."""
    data = found.model_dump(mode="json", exclude={"citations"})
    for inner in (data, data.get("why") or {}):
        inner.pop("citations", None)
        if "target" in inner:
            inner["target"]["citations"] = [one["id"] for one in inner["target"]["citations"]]
    return data


def plain(items: list[Any]) -> list[dict[str, Any]]:
    """Return records as plain data."""
    return [item.model_dump(mode="json") for item in items if isinstance(item, BaseModel)]
