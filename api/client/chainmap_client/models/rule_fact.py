from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

T = TypeVar("T", bound="RuleFact")


@_attrs_define
class RuleFact:
    """A rule that kept a company out, and the fact it rests on.

    Attributes:
        fact (str):
        fact_source (str):
        rule (str):
        rule_source (str):
    """

    fact: str
    fact_source: str
    rule: str
    rule_source: str

    def to_dict(self) -> dict[str, Any]:
        fact = self.fact

        fact_source = self.fact_source

        rule = self.rule

        rule_source = self.rule_source

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "fact": fact,
                "fact_source": fact_source,
                "rule": rule,
                "rule_source": rule_source,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        fact = d.pop("fact")

        fact_source = d.pop("fact_source")

        rule = d.pop("rule")

        rule_source = d.pop("rule_source")

        rule_fact = cls(
            fact=fact,
            fact_source=fact_source,
            rule=rule,
            rule_source=rule_source,
        )

        return rule_fact
