"""What every tool for agents answers: what it rests on, and each passage once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Annotated, Any

from pydantic import BaseModel, Field

from chainmap.concepts.gap_records import GapList, GapRecord
from chainmap.concepts.json_kinds import WHOLE
from chainmap.concepts.records import CitationRecord, Record, TargetList, TargetRecord
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
    citations: list[CitationRecord] = Field(
        description="Policy passages behind the answer, each (id, scope) once: the same passage "
        "may name a segment itself and, for another segment, only its chain"
    )
    answer: dict[str, Any] = Field(
        description="What was asked for. Items name their passages by id in `citations` and, in "
        "the same order, say in `citation_scopes` what each names: segment, group, chain, or null "
        "where that was not asked; id and scope together lead to one of the passages beside it"
    )


def answered(answer: dict[str, Any], citations: list[CitationRecord]) -> AgentAnswer:
    """Return an answer with what it rests on; a passage stands there once for each scope."""
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
    return [citation for item in _items(found) for citation in item.citations]


def without_citations(found: GapList | TargetList) -> dict[str, Any]:
    """Return a list as plain data; each item names its citations, which stand beside it once."""
    data = found.model_dump(mode="json")
    items = data["gaps" if isinstance(found, GapList) else "targets"]
    for item, record in zip(items, _items(found), strict=True):
        name_citations(item, record.citations)
    return data


def name_citations(item: dict[str, Any], citations: Sequence[CitationRecord]) -> None:
    """Let an item of an answer name its citations, which stand beside the answer.

    An id alone would not do: a passage that names a segment may, for another, name its chain.
    """
    item["citations"] = [citation.id for citation in citations]
    item["citation_scopes"] = [citation.scope for citation in citations]


def told(found: WhyRecord | WhyNotRecord) -> dict[str, Any]:
    """Return an answer as plain data without its citations, which stand beside it once."""
    data = found.model_dump(mode="json", exclude={"citations": True, "why": {"citations"}})
    why, inner = (found, data) if isinstance(found, WhyRecord) else (found.why, data["why"])
    if why is not None:
        name_citations(inner["target"], why.target.citations)
    return data


def _items(found: GapList | TargetList) -> Sequence[GapRecord | TargetRecord]:
    return found.gaps if isinstance(found, GapList) else found.targets


def plain(items: list[Any]) -> list[dict[str, Any]]:
    """Return records as plain data."""
    return [item.model_dump(mode="json") for item in items if isinstance(item, BaseModel)]
