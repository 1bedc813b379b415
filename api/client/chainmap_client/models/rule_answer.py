from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

from ..models.rule_answer_result import RuleAnswerResult

T = TypeVar("T", bound="RuleAnswer")


@_attrs_define
class RuleAnswer:
    """What one rule says of a project.

    Attributes:
        ask (str): Who knows, where the answer is unknown; else empty
        binding (bool): False: a reference figure, missing it is no refusal
        computed (float | None): Value computed from the project's figures
        fact (str): The project's fact the answer rests on
        metric (str):
        metric_zh (str):
        requirement (str):
        result (RuleAnswerResult):
        result_zh (str):
        rule (str):
        source (str): Title, number, article, issuer and date
        threshold (float | None):
        unit (None | str):
    """

    ask: str
    binding: bool
    computed: float | None
    fact: str
    metric: str
    metric_zh: str
    requirement: str
    result: RuleAnswerResult
    result_zh: str
    rule: str
    source: str
    threshold: float | None
    unit: None | str

    def to_dict(self) -> dict[str, Any]:
        ask = self.ask

        binding = self.binding

        computed: float | None
        computed = self.computed

        fact = self.fact

        metric = self.metric

        metric_zh = self.metric_zh

        requirement = self.requirement

        result = self.result.value

        result_zh = self.result_zh

        rule = self.rule

        source = self.source

        threshold: float | None
        threshold = self.threshold

        unit: None | str
        unit = self.unit

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "ask": ask,
                "binding": binding,
                "computed": computed,
                "fact": fact,
                "metric": metric,
                "metric_zh": metric_zh,
                "requirement": requirement,
                "result": result,
                "result_zh": result_zh,
                "rule": rule,
                "source": source,
                "threshold": threshold,
                "unit": unit,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        ask = d.pop("ask")

        binding = d.pop("binding")

        def _parse_computed(data: object) -> float | None:
            if data is None:
                return data
            return cast(float | None, data)

        computed = _parse_computed(d.pop("computed"))

        fact = d.pop("fact")

        metric = d.pop("metric")

        metric_zh = d.pop("metric_zh")

        requirement = d.pop("requirement")

        result = RuleAnswerResult(d.pop("result"))

        result_zh = d.pop("result_zh")

        rule = d.pop("rule")

        source = d.pop("source")

        def _parse_threshold(data: object) -> float | None:
            if data is None:
                return data
            return cast(float | None, data)

        threshold = _parse_threshold(d.pop("threshold"))

        def _parse_unit(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        unit = _parse_unit(d.pop("unit"))

        rule_answer = cls(
            ask=ask,
            binding=binding,
            computed=computed,
            fact=fact,
            metric=metric,
            metric_zh=metric_zh,
            requirement=requirement,
            result=result,
            result_zh=result_zh,
            rule=rule,
            source=source,
            threshold=threshold,
            unit=unit,
        )

        return rule_answer
