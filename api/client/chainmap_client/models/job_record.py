from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define

from ..models.job_record_state import JobRecordState

if TYPE_CHECKING:
    from ..models.job_record_problem_type_0 import JobRecordProblemType0
    from ..models.job_record_result_type_0 import JobRecordResultType0


T = TypeVar("T", bound="JobRecord")


@_attrs_define
class JobRecord:
    """A job: work that goes on after the request.

    Attributes:
        attempts (int):
        created_at (datetime.datetime):
        finished_at (datetime.datetime | None):
        id (str):
        kind (str):
        problem (JobRecordProblemType0 | None):
        progress (float):
        result (JobRecordResultType0 | None):
        started_at (datetime.datetime | None):
        state (JobRecordState):
        step (str):
    """

    attempts: int
    created_at: datetime.datetime
    finished_at: datetime.datetime | None
    id: str
    kind: str
    problem: JobRecordProblemType0 | None
    progress: float
    result: JobRecordResultType0 | None
    started_at: datetime.datetime | None
    state: JobRecordState
    step: str

    def to_dict(self) -> dict[str, Any]:
        from ..models.job_record_problem_type_0 import JobRecordProblemType0  # noqa: PLC0415
        from ..models.job_record_result_type_0 import JobRecordResultType0  # noqa: PLC0415

        attempts = self.attempts

        created_at = self.created_at.isoformat()

        finished_at: None | str
        if isinstance(self.finished_at, datetime.datetime):
            finished_at = self.finished_at.isoformat()
        else:
            finished_at = self.finished_at

        id = self.id

        kind = self.kind

        problem: dict[str, Any] | None
        if isinstance(self.problem, JobRecordProblemType0):
            problem = self.problem.to_dict()
        else:
            problem = self.problem

        progress = self.progress

        result: dict[str, Any] | None
        if isinstance(self.result, JobRecordResultType0):
            result = self.result.to_dict()
        else:
            result = self.result

        started_at: None | str
        if isinstance(self.started_at, datetime.datetime):
            started_at = self.started_at.isoformat()
        else:
            started_at = self.started_at

        state = self.state.value

        step = self.step

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "attempts": attempts,
                "created_at": created_at,
                "finished_at": finished_at,
                "id": id,
                "kind": kind,
                "problem": problem,
                "progress": progress,
                "result": result,
                "started_at": started_at,
                "state": state,
                "step": step,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.job_record_problem_type_0 import JobRecordProblemType0  # noqa: PLC0415
        from ..models.job_record_result_type_0 import JobRecordResultType0  # noqa: PLC0415

        d = dict(src_dict)
        attempts = d.pop("attempts")

        created_at = datetime.datetime.fromisoformat(d.pop("created_at"))

        def _parse_finished_at(data: object) -> datetime.datetime | None:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                finished_at_type_0 = datetime.datetime.fromisoformat(data)

                return finished_at_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None, data)

        finished_at = _parse_finished_at(d.pop("finished_at"))

        id = d.pop("id")

        kind = d.pop("kind")

        def _parse_problem(data: object) -> JobRecordProblemType0 | None:
            if data is None:
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                problem_type_0 = JobRecordProblemType0.from_dict(data)

                return problem_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(JobRecordProblemType0 | None, data)

        problem = _parse_problem(d.pop("problem"))

        progress = d.pop("progress")

        def _parse_result(data: object) -> JobRecordResultType0 | None:
            if data is None:
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                result_type_0 = JobRecordResultType0.from_dict(data)

                return result_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(JobRecordResultType0 | None, data)

        result = _parse_result(d.pop("result"))

        def _parse_started_at(data: object) -> datetime.datetime | None:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                started_at_type_0 = datetime.datetime.fromisoformat(data)

                return started_at_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None, data)

        started_at = _parse_started_at(d.pop("started_at"))

        state = JobRecordState(d.pop("state"))

        step = d.pop("step")

        job_record = cls(
            attempts=attempts,
            created_at=created_at,
            finished_at=finished_at,
            id=id,
            kind=kind,
            problem=problem,
            progress=progress,
            result=result,
            started_at=started_at,
            state=state,
            step=step,
        )

        return job_record
