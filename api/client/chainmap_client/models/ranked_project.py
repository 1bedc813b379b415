from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define

if TYPE_CHECKING:
    from ..models.citation_record import CitationRecord
    from ..models.project_record import ProjectRecord
    from ..models.ranked_project_parts import RankedProjectParts
    from ..models.ranked_project_screen import RankedProjectScreen
    from ..models.rule_answer import RuleAnswer
    from ..models.segment_match import SegmentMatch


T = TypeVar("T", bound="RankedProject")


@_attrs_define
class RankedProject:
    """A project against a city's catalogue: matched, screened, scored.

    Attributes:
        answers (list[RuleAnswer]): Every rule's answer, binding ones first
        citations (list[CitationRecord]): Policy passages behind the item
        confidence (float | None):
        failed (list[RuleAnswer]): Binding rules not met, each with its fact
        formula (str): The score with its inputs, in words and numbers
        item (None | str):
        item_id (None | str): Catalogue item it was matched to
        match_why (str):
        matches (list[SegmentMatch]):
        name (str):
        other_items (list[str]): Further catalogue items it would answer to
        parts (RankedProjectParts): priority, relation, confidence, size; each 0..1
        priority (None | str):
        project (ProjectRecord): A project as the newest lists state it; null is not stated. Money in 万元.
        project_id (str):
        rank (int | None): Null where it is not ranked; see `state`
        reason (str): Why it stands where it stands, in words
        score (float | None): 0..100, product of the parts; no probability
        screen (RankedProjectScreen): pass, fail or unknown by metric of the terms
        segment (None | str): Segment it was matched to
        segment_id (None | str):
        sponsor (None | str):
        stage (None | str):
        state (str): ranked, filtered, unmatched, elsewhere or completed
        state_zh (str):
        to_confirm (bool): The match is not sure; an official confirms it
        to_supply (list[str]): 待补资料: what is unknown, and whom to ask
    """

    answers: list[RuleAnswer]
    citations: list[CitationRecord]
    confidence: float | None
    failed: list[RuleAnswer]
    formula: str
    item: None | str
    item_id: None | str
    match_why: str
    matches: list[SegmentMatch]
    name: str
    other_items: list[str]
    parts: RankedProjectParts
    priority: None | str
    project: ProjectRecord
    project_id: str
    rank: int | None
    reason: str
    score: float | None
    screen: RankedProjectScreen
    segment: None | str
    segment_id: None | str
    sponsor: None | str
    stage: None | str
    state: str
    state_zh: str
    to_confirm: bool
    to_supply: list[str]

    def to_dict(self) -> dict[str, Any]:
        answers = []
        for answers_item_data in self.answers:
            answers_item = answers_item_data.to_dict()
            answers.append(answers_item)

        citations = []
        for citations_item_data in self.citations:
            citations_item = citations_item_data.to_dict()
            citations.append(citations_item)

        confidence: float | None
        confidence = self.confidence

        failed = []
        for failed_item_data in self.failed:
            failed_item = failed_item_data.to_dict()
            failed.append(failed_item)

        formula = self.formula

        item: None | str
        item = self.item

        item_id: None | str
        item_id = self.item_id

        match_why = self.match_why

        matches = []
        for matches_item_data in self.matches:
            matches_item = matches_item_data.to_dict()
            matches.append(matches_item)

        name = self.name

        other_items = self.other_items

        parts = self.parts.to_dict()

        priority: None | str
        priority = self.priority

        project = self.project.to_dict()

        project_id = self.project_id

        rank: int | None
        rank = self.rank

        reason = self.reason

        score: float | None
        score = self.score

        screen = self.screen.to_dict()

        segment: None | str
        segment = self.segment

        segment_id: None | str
        segment_id = self.segment_id

        sponsor: None | str
        sponsor = self.sponsor

        stage: None | str
        stage = self.stage

        state = self.state

        state_zh = self.state_zh

        to_confirm = self.to_confirm

        to_supply = self.to_supply

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "answers": answers,
                "citations": citations,
                "confidence": confidence,
                "failed": failed,
                "formula": formula,
                "item": item,
                "item_id": item_id,
                "match_why": match_why,
                "matches": matches,
                "name": name,
                "other_items": other_items,
                "parts": parts,
                "priority": priority,
                "project": project,
                "project_id": project_id,
                "rank": rank,
                "reason": reason,
                "score": score,
                "screen": screen,
                "segment": segment,
                "segment_id": segment_id,
                "sponsor": sponsor,
                "stage": stage,
                "state": state,
                "state_zh": state_zh,
                "to_confirm": to_confirm,
                "to_supply": to_supply,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.citation_record import CitationRecord  # noqa: PLC0415
        from ..models.project_record import ProjectRecord  # noqa: PLC0415
        from ..models.ranked_project_parts import RankedProjectParts  # noqa: PLC0415
        from ..models.ranked_project_screen import RankedProjectScreen  # noqa: PLC0415
        from ..models.rule_answer import RuleAnswer  # noqa: PLC0415
        from ..models.segment_match import SegmentMatch  # noqa: PLC0415

        d = dict(src_dict)
        answers = []
        _answers = d.pop("answers")
        for answers_item_data in _answers:
            answers_item = RuleAnswer.from_dict(answers_item_data)

            answers.append(answers_item)

        citations = []
        _citations = d.pop("citations")
        for citations_item_data in _citations:
            citations_item = CitationRecord.from_dict(citations_item_data)

            citations.append(citations_item)

        def _parse_confidence(data: object) -> float | None:
            if data is None:
                return data
            return cast(float | None, data)

        confidence = _parse_confidence(d.pop("confidence"))

        failed = []
        _failed = d.pop("failed")
        for failed_item_data in _failed:
            failed_item = RuleAnswer.from_dict(failed_item_data)

            failed.append(failed_item)

        formula = d.pop("formula")

        def _parse_item(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        item = _parse_item(d.pop("item"))

        def _parse_item_id(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        item_id = _parse_item_id(d.pop("item_id"))

        match_why = d.pop("match_why")

        matches = []
        _matches = d.pop("matches")
        for matches_item_data in _matches:
            matches_item = SegmentMatch.from_dict(matches_item_data)

            matches.append(matches_item)

        name = d.pop("name")

        other_items = cast(list[str], d.pop("other_items"))

        parts = RankedProjectParts.from_dict(d.pop("parts"))

        def _parse_priority(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        priority = _parse_priority(d.pop("priority"))

        project = ProjectRecord.from_dict(d.pop("project"))

        project_id = d.pop("project_id")

        def _parse_rank(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        rank = _parse_rank(d.pop("rank"))

        reason = d.pop("reason")

        def _parse_score(data: object) -> float | None:
            if data is None:
                return data
            return cast(float | None, data)

        score = _parse_score(d.pop("score"))

        screen = RankedProjectScreen.from_dict(d.pop("screen"))

        def _parse_segment(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        segment = _parse_segment(d.pop("segment"))

        def _parse_segment_id(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        segment_id = _parse_segment_id(d.pop("segment_id"))

        def _parse_sponsor(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        sponsor = _parse_sponsor(d.pop("sponsor"))

        def _parse_stage(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        stage = _parse_stage(d.pop("stage"))

        state = d.pop("state")

        state_zh = d.pop("state_zh")

        to_confirm = d.pop("to_confirm")

        to_supply = cast(list[str], d.pop("to_supply"))

        ranked_project = cls(
            answers=answers,
            citations=citations,
            confidence=confidence,
            failed=failed,
            formula=formula,
            item=item,
            item_id=item_id,
            match_why=match_why,
            matches=matches,
            name=name,
            other_items=other_items,
            parts=parts,
            priority=priority,
            project=project,
            project_id=project_id,
            rank=rank,
            reason=reason,
            score=score,
            screen=screen,
            segment=segment,
            segment_id=segment_id,
            sponsor=sponsor,
            stage=stage,
            state=state,
            state_zh=state_zh,
            to_confirm=to_confirm,
            to_supply=to_supply,
        )

        return ranked_project
