"""Admission (准入): rules with their legal sources, a project's facts, and the answers."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from chainmap.concepts.identifiers import ChainId, SegmentId
from chainmap.concepts.provenance import Frozen
from chainmap.concepts.records import Record

RULE_ID_PATTERN = r"^[a-z]+(-[a-z0-9]+)+$"
PLACE_CODE_PATTERN = r"^\d{6}$"
NATION = "000000"
"""Place code of a rule that holds in the whole country."""

Many = Field(default=(), strict=False)
RuleId = Annotated[str, StringConstraints(pattern=RULE_ID_PATTERN)]
PlaceCode = Annotated[str, StringConstraints(pattern=PLACE_CODE_PATTERN)]
Text = Annotated[str, StringConstraints(min_length=1)]


class Metric(StrEnum):
    """What an admission term speaks of; the order is that of the catalogue's columns."""

    STANDARD = "standard"
    TECHNOLOGY = "technology"
    DISCHARGE = "discharge"
    OUTPUT_PER_MU = "output_per_mu"
    TAX_PER_MU = "tax_per_mu"
    INVESTMENT_PER_MU = "investment_per_mu"
    ENERGY = "energy"

    @property
    def zh(self) -> str:
        """The Chinese word."""
        return _METRICS[self]


_METRICS = {
    "standard": "标准",
    "technology": "技术",
    "discharge": "排污",
    "output_per_mu": "亩均产值",
    "tax_per_mu": "亩均税收",
    "investment_per_mu": "投资强度",
    "energy": "能耗",
}


class LegalSource(Frozen):
    """A law, regulation or policy paper; unknown parts are null, never guessed."""

    title: Text
    number: str | None = None
    article: str | None = None
    issuer: Text
    date: dt.date | None = Field(default=None, strict=False)

    @property
    def zh(self) -> str:
        """The source as a reader would look it up."""
        number = f"（{self.number}）" if self.number else ""
        day = f"，{self.date.isoformat()}" if self.date else ""
        return f"《{self.title}》{number}{self.article or ''}，{self.issuer}{day}"


Quantity = Literal[
    "investment_per_mu", "output_per_mu", "tax_per_mu", "energy_per_output", "energy_tce"
]
Declared = Literal[
    "guidance_class", "market_access", "foreign_access", "standards_met", "eia_approval",
    "discharge_permit", "zoning_fit", "energy_review",
]  # fmt: skip
Comparison = Literal[">=", "<=", ">", "<"]


class Threshold(Frozen):
    """A number to be met; a null value is not published or not known."""

    kind: Literal["threshold"]
    quantity: Quantity
    operator: Comparison
    value: float | None = Field(strict=False)
    unit: Text


class Choice(Frozen):
    """A declared fact whose values pass or fail; any other but `REFUSED` stays unknown."""

    kind: Literal["choice"]
    field: Declared
    passing: tuple[Text, ...] = Field(strict=False)
    failing: tuple[Text, ...] = Field(strict=False)


class Keywords(Frozen):
    """Products or processes that call for a closer look; a hit never fails by itself."""

    kind: Literal["keywords"]
    words: tuple[Text, ...] = Field(strict=False, min_length=1)


Check = Annotated[Threshold | Choice | Keywords, Field(discriminator="kind")]


class RuleScope(Frozen):
    """Whom a rule speaks to; empty means everyone.

    `places` are division codes: the nation `000000`, a province, a city or a county;
    `least_investment` (万元) leaves smaller projects out.
    """

    places: tuple[PlaceCode, ...] = Field(strict=False, min_length=1)
    chains: tuple[ChainId, ...] = Many
    segments: tuple[SegmentId, ...] = Many
    industry_codes: tuple[str, ...] = Many
    foreign_only: bool = False
    least_investment: float | None = Field(default=None, strict=False)


class AdmissionRule(Frozen):
    """One rule of `taxonomy/admission/`.

    `binding` is false for a figure that is only held up as a reference: missing it is no refusal.
    `ask` says who knows where the value is unknown or a fact must be confirmed. `since` is null
    where the rule is known to hold but the first day was not found.
    """

    id: RuleId
    metric: Metric = Field(strict=False)
    requirement: Text
    check: Check
    scope: RuleScope
    binding: bool = True
    since: dt.date | None = Field(strict=False)
    until: dt.date | None = Field(default=None, strict=False)
    source: LegalSource
    ask: Text

    def in_force(self, day: dt.date) -> bool:
        """Return whether the rule holds on `day`."""
        return (self.since is None or self.since <= day) and (
            self.until is None or day <= self.until
        )

    @property
    def value(self) -> float | None:
        """The number asked for; null where the rule asks for none or it is not known."""
        return self.check.value if isinstance(self.check, Threshold) else None


class FairCompetition(Frozen):
    """What is said where an incentive is entered: the mark and the regulations behind it."""

    mark: Text
    advice: Text
    sources: tuple[LegalSource, ...] = Field(strict=False, min_length=1)


YesNo = Literal["是", "否"]
REFUSED = "未通过"
"""What an authority decided against: no rule that asks for its approval is met."""
Approval = Literal["已取得", "未取得", "未通过", "不需要"]


class Project(Frozen):
    """What is known of a project; null is not known. Money in 万元, land in 亩, energy in 吨标准煤.

    `investment` counts in fixed assets, buildings and equipment with the price of the land.
    """

    name: Text
    city: str | None = None
    segment: str | None = None
    industry_code: str | None = Field(default=None, pattern=r"^\d{4}$")
    investment: float | None = Field(default=None, ge=0, strict=False)
    land: float | None = Field(default=None, gt=0, strict=False)
    output: float | None = Field(default=None, ge=0, strict=False)
    tax: float | None = Field(default=None, ge=0, strict=False)
    energy: float | None = Field(default=None, ge=0, strict=False)
    guidance_class: Literal["鼓励类", "允许类", "限制类", "淘汰类"] | None = None
    market_access: Literal["清单以外", "许可准入", "禁止准入"] | None = None
    foreign_access: Literal["清单以外", "限制类", "禁止类"] | None = None
    standards_met: YesNo | None = None
    eia_approval: Approval | None = None
    discharge_permit: Approval | None = None
    zoning_fit: YesNo | None = None
    energy_review: Approval | None = None
    foreign: YesNo | None = None
    keywords: tuple[Text, ...] = Many


Result = Literal["pass", "fail", "unknown"]
RESULT_ZH = {"pass": "符合", "fail": "不符合", "unknown": "未知"}


class RuleAnswer(Record):
    """What one rule says of a project."""

    rule: str
    metric: str
    metric_zh: str
    requirement: str
    binding: bool = Field(description="False: a reference figure, missing it is no refusal")
    result: Result
    result_zh: str
    fact: str = Field(description="The project's fact the answer rests on")
    computed: float | None = Field(description="Value computed from the project's figures")
    threshold: float | None
    unit: str | None
    source: str = Field(description="Title, number, article, issuer and date")
    ask: str = Field(description="Who knows, where the answer is unknown; else empty")


class AdmissionReport(Record):
    """What the rules in force say of a project, rule by rule; no verdict over all."""

    project: str
    city_code: str | None
    city: str | None
    segment_id: str | None
    segment: str | None
    industry_code: str | None
    as_of: dt.date
    counts: dict[str, int] = Field(description="pass, fail, unknown among binding rules")
    answers: list[RuleAnswer]
    note: str
