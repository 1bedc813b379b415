from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define

if TYPE_CHECKING:
    from ..models.basis import Basis
    from ..models.change_record import ChangeRecord
    from ..models.citation_record import CitationRecord
    from ..models.rule_fact import RuleFact
    from ..models.segment_state import SegmentState
    from ..models.why_record import WhyRecord


T = TypeVar("T", bound="WhyNotRecord")


@_attrs_define
class WhyNotRecord:
    """Why a company is not on a list, and what would bring it in (为什么不).

    Attributes:
        answer (str): The answer in short, in Chinese
        basis (Basis): What a list rests on, so that it can be made again.
        changes (list[ChangeRecord]): The smallest change of each kind; every one verified by ranking again
        citations (list[CitationRecord]):
        company (None | str):
        company_id (None | str): Null where the roster does not hold it
        given (str):
        n_ranked (int):
        nearest (list[str]): Names that come close, where it is not in the roster
        rank_overall (int | None):
        rules (list[RuleFact]):
        segments (list[SegmentState]):
        stage (str): not_in_roster, home, group_site, not_yet, no_gap, vetoed, segment_limit, below_cut or listed: the
            one stage at which it fell out
        stage_zh (str):
        why (None | WhyRecord): Where the list holds it after all
    """

    answer: str
    basis: Basis
    changes: list[ChangeRecord]
    citations: list[CitationRecord]
    company: None | str
    company_id: None | str
    given: str
    n_ranked: int
    nearest: list[str]
    rank_overall: int | None
    rules: list[RuleFact]
    segments: list[SegmentState]
    stage: str
    stage_zh: str
    why: None | WhyRecord

    def to_dict(self) -> dict[str, Any]:
        from ..models.why_record import WhyRecord  # noqa: PLC0415

        answer = self.answer

        basis = self.basis.to_dict()

        changes = []
        for changes_item_data in self.changes:
            changes_item = changes_item_data.to_dict()
            changes.append(changes_item)

        citations = []
        for citations_item_data in self.citations:
            citations_item = citations_item_data.to_dict()
            citations.append(citations_item)

        company: None | str
        company = self.company

        company_id: None | str
        company_id = self.company_id

        given = self.given

        n_ranked = self.n_ranked

        nearest = self.nearest

        rank_overall: int | None
        rank_overall = self.rank_overall

        rules = []
        for rules_item_data in self.rules:
            rules_item = rules_item_data.to_dict()
            rules.append(rules_item)

        segments = []
        for segments_item_data in self.segments:
            segments_item = segments_item_data.to_dict()
            segments.append(segments_item)

        stage = self.stage

        stage_zh = self.stage_zh

        why: dict[str, Any] | None
        if isinstance(self.why, WhyRecord):
            why = self.why.to_dict()
        else:
            why = self.why

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "answer": answer,
                "basis": basis,
                "changes": changes,
                "citations": citations,
                "company": company,
                "company_id": company_id,
                "given": given,
                "n_ranked": n_ranked,
                "nearest": nearest,
                "rank_overall": rank_overall,
                "rules": rules,
                "segments": segments,
                "stage": stage,
                "stage_zh": stage_zh,
                "why": why,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.basis import Basis  # noqa: PLC0415
        from ..models.change_record import ChangeRecord  # noqa: PLC0415
        from ..models.citation_record import CitationRecord  # noqa: PLC0415
        from ..models.rule_fact import RuleFact  # noqa: PLC0415
        from ..models.segment_state import SegmentState  # noqa: PLC0415
        from ..models.why_record import WhyRecord  # noqa: PLC0415

        d = dict(src_dict)
        answer = d.pop("answer")

        basis = Basis.from_dict(d.pop("basis"))

        changes = []
        _changes = d.pop("changes")
        for changes_item_data in _changes:
            changes_item = ChangeRecord.from_dict(changes_item_data)

            changes.append(changes_item)

        citations = []
        _citations = d.pop("citations")
        for citations_item_data in _citations:
            citations_item = CitationRecord.from_dict(citations_item_data)

            citations.append(citations_item)

        def _parse_company(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        company = _parse_company(d.pop("company"))

        def _parse_company_id(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        company_id = _parse_company_id(d.pop("company_id"))

        given = d.pop("given")

        n_ranked = d.pop("n_ranked")

        nearest = cast(list[str], d.pop("nearest"))

        def _parse_rank_overall(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        rank_overall = _parse_rank_overall(d.pop("rank_overall"))

        rules = []
        _rules = d.pop("rules")
        for rules_item_data in _rules:
            rules_item = RuleFact.from_dict(rules_item_data)

            rules.append(rules_item)

        segments = []
        _segments = d.pop("segments")
        for segments_item_data in _segments:
            segments_item = SegmentState.from_dict(segments_item_data)

            segments.append(segments_item)

        stage = d.pop("stage")

        stage_zh = d.pop("stage_zh")

        def _parse_why(data: object) -> None | WhyRecord:
            if data is None:
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                why_type_0 = WhyRecord.from_dict(data)

                return why_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | WhyRecord, data)

        why = _parse_why(d.pop("why"))

        why_not_record = cls(
            answer=answer,
            basis=basis,
            changes=changes,
            citations=citations,
            company=company,
            company_id=company_id,
            given=given,
            n_ranked=n_ranked,
            nearest=nearest,
            rank_overall=rank_overall,
            rules=rules,
            segments=segments,
            stage=stage,
            stage_zh=stage_zh,
            why=why,
        )

        return why_not_record
