from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

from ..types import UNSET, Unset

T = TypeVar("T", bound="ProjectRecord")


@_attrs_define
class ProjectRecord:
    """A project as the newest lists state it; null is not stated. Money in 万元.

    Attributes:
        id (str): Stable; made from the project's code, or its name and sponsor
        name (str):
        as_of (datetime.date | None | Unset): Day of the newest list with it
        chain (None | str | Unset): 产业链, as stated
        city_code (None | str | Unset): GB/T 2260 of that place
        code (None | str | Unset):
        completed (datetime.date | None | Unset):
        content (None | str | Unset): 建设内容
        county (None | str | Unset):
        discharge_permit (None | str | Unset):
        eia_approval (None | str | Unset):
        emissions (None | str | Unset):
        energy_review (None | str | Unset):
        energy_tce (float | None | Unset): 年综合能耗, 吨标准煤
        first_as_of (datetime.date | None | Unset): Day of the first list with it
        fixed_investment_10k (float | None | Unset): 固定资产投资, CNY
        foreign (None | str | Unset):
        foreign_access (None | str | Unset):
        guidance_class (None | str | Unset):
        industry_code (None | str | Unset):
        investment_10k (float | None | Unset): Total, 万 of the currency
        investment_currency (None | str | Unset): ISO 4217
        land_mu (float | None | Unset):
        market_access (None | str | Unset):
        n_statements (int | Unset): Lists that speak of it Default: 1.
        output_10k (float | None | Unset): 达产年产值, CNY
        place (None | str | Unset): Place wished for, as stated
        process (None | str | Unset): Processes and product key words
        product (None | str | Unset):
        segment (None | str | Unset): 环节, as stated
        signed (datetime.date | None | Unset):
        source (None | str | Unset): Where the list has it from
        sponsor (None | str | Unset): 投资方; never a natural person
        stage (None | str | Unset): 策划, 签约, 开工 or 投产
        standards_met (None | str | Unset):
        started (datetime.date | None | Unset):
        tax_10k (float | None | Unset): 达产年税收, CNY
        zoning_fit (None | str | Unset):
    """

    id: str
    name: str
    as_of: datetime.date | None | Unset = UNSET
    chain: None | str | Unset = UNSET
    city_code: None | str | Unset = UNSET
    code: None | str | Unset = UNSET
    completed: datetime.date | None | Unset = UNSET
    content: None | str | Unset = UNSET
    county: None | str | Unset = UNSET
    discharge_permit: None | str | Unset = UNSET
    eia_approval: None | str | Unset = UNSET
    emissions: None | str | Unset = UNSET
    energy_review: None | str | Unset = UNSET
    energy_tce: float | None | Unset = UNSET
    first_as_of: datetime.date | None | Unset = UNSET
    fixed_investment_10k: float | None | Unset = UNSET
    foreign: None | str | Unset = UNSET
    foreign_access: None | str | Unset = UNSET
    guidance_class: None | str | Unset = UNSET
    industry_code: None | str | Unset = UNSET
    investment_10k: float | None | Unset = UNSET
    investment_currency: None | str | Unset = UNSET
    land_mu: float | None | Unset = UNSET
    market_access: None | str | Unset = UNSET
    n_statements: int | Unset = 1
    output_10k: float | None | Unset = UNSET
    place: None | str | Unset = UNSET
    process: None | str | Unset = UNSET
    product: None | str | Unset = UNSET
    segment: None | str | Unset = UNSET
    signed: datetime.date | None | Unset = UNSET
    source: None | str | Unset = UNSET
    sponsor: None | str | Unset = UNSET
    stage: None | str | Unset = UNSET
    standards_met: None | str | Unset = UNSET
    started: datetime.date | None | Unset = UNSET
    tax_10k: float | None | Unset = UNSET
    zoning_fit: None | str | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        id = self.id

        name = self.name

        as_of: None | str | Unset
        if isinstance(self.as_of, Unset):
            as_of = UNSET
        elif isinstance(self.as_of, datetime.date):
            as_of = self.as_of.isoformat()
        else:
            as_of = self.as_of

        chain: None | str | Unset
        if isinstance(self.chain, Unset):
            chain = UNSET
        else:
            chain = self.chain

        city_code: None | str | Unset
        if isinstance(self.city_code, Unset):
            city_code = UNSET
        else:
            city_code = self.city_code

        code: None | str | Unset
        if isinstance(self.code, Unset):
            code = UNSET
        else:
            code = self.code

        completed: None | str | Unset
        if isinstance(self.completed, Unset):
            completed = UNSET
        elif isinstance(self.completed, datetime.date):
            completed = self.completed.isoformat()
        else:
            completed = self.completed

        content: None | str | Unset
        if isinstance(self.content, Unset):
            content = UNSET
        else:
            content = self.content

        county: None | str | Unset
        if isinstance(self.county, Unset):
            county = UNSET
        else:
            county = self.county

        discharge_permit: None | str | Unset
        if isinstance(self.discharge_permit, Unset):
            discharge_permit = UNSET
        else:
            discharge_permit = self.discharge_permit

        eia_approval: None | str | Unset
        if isinstance(self.eia_approval, Unset):
            eia_approval = UNSET
        else:
            eia_approval = self.eia_approval

        emissions: None | str | Unset
        if isinstance(self.emissions, Unset):
            emissions = UNSET
        else:
            emissions = self.emissions

        energy_review: None | str | Unset
        if isinstance(self.energy_review, Unset):
            energy_review = UNSET
        else:
            energy_review = self.energy_review

        energy_tce: float | None | Unset
        if isinstance(self.energy_tce, Unset):
            energy_tce = UNSET
        else:
            energy_tce = self.energy_tce

        first_as_of: None | str | Unset
        if isinstance(self.first_as_of, Unset):
            first_as_of = UNSET
        elif isinstance(self.first_as_of, datetime.date):
            first_as_of = self.first_as_of.isoformat()
        else:
            first_as_of = self.first_as_of

        fixed_investment_10k: float | None | Unset
        if isinstance(self.fixed_investment_10k, Unset):
            fixed_investment_10k = UNSET
        else:
            fixed_investment_10k = self.fixed_investment_10k

        foreign: None | str | Unset
        if isinstance(self.foreign, Unset):
            foreign = UNSET
        else:
            foreign = self.foreign

        foreign_access: None | str | Unset
        if isinstance(self.foreign_access, Unset):
            foreign_access = UNSET
        else:
            foreign_access = self.foreign_access

        guidance_class: None | str | Unset
        if isinstance(self.guidance_class, Unset):
            guidance_class = UNSET
        else:
            guidance_class = self.guidance_class

        industry_code: None | str | Unset
        if isinstance(self.industry_code, Unset):
            industry_code = UNSET
        else:
            industry_code = self.industry_code

        investment_10k: float | None | Unset
        if isinstance(self.investment_10k, Unset):
            investment_10k = UNSET
        else:
            investment_10k = self.investment_10k

        investment_currency: None | str | Unset
        if isinstance(self.investment_currency, Unset):
            investment_currency = UNSET
        else:
            investment_currency = self.investment_currency

        land_mu: float | None | Unset
        if isinstance(self.land_mu, Unset):
            land_mu = UNSET
        else:
            land_mu = self.land_mu

        market_access: None | str | Unset
        if isinstance(self.market_access, Unset):
            market_access = UNSET
        else:
            market_access = self.market_access

        n_statements = self.n_statements

        output_10k: float | None | Unset
        if isinstance(self.output_10k, Unset):
            output_10k = UNSET
        else:
            output_10k = self.output_10k

        place: None | str | Unset
        if isinstance(self.place, Unset):
            place = UNSET
        else:
            place = self.place

        process: None | str | Unset
        if isinstance(self.process, Unset):
            process = UNSET
        else:
            process = self.process

        product: None | str | Unset
        if isinstance(self.product, Unset):
            product = UNSET
        else:
            product = self.product

        segment: None | str | Unset
        if isinstance(self.segment, Unset):
            segment = UNSET
        else:
            segment = self.segment

        signed: None | str | Unset
        if isinstance(self.signed, Unset):
            signed = UNSET
        elif isinstance(self.signed, datetime.date):
            signed = self.signed.isoformat()
        else:
            signed = self.signed

        source: None | str | Unset
        if isinstance(self.source, Unset):
            source = UNSET
        else:
            source = self.source

        sponsor: None | str | Unset
        if isinstance(self.sponsor, Unset):
            sponsor = UNSET
        else:
            sponsor = self.sponsor

        stage: None | str | Unset
        if isinstance(self.stage, Unset):
            stage = UNSET
        else:
            stage = self.stage

        standards_met: None | str | Unset
        if isinstance(self.standards_met, Unset):
            standards_met = UNSET
        else:
            standards_met = self.standards_met

        started: None | str | Unset
        if isinstance(self.started, Unset):
            started = UNSET
        elif isinstance(self.started, datetime.date):
            started = self.started.isoformat()
        else:
            started = self.started

        tax_10k: float | None | Unset
        if isinstance(self.tax_10k, Unset):
            tax_10k = UNSET
        else:
            tax_10k = self.tax_10k

        zoning_fit: None | str | Unset
        if isinstance(self.zoning_fit, Unset):
            zoning_fit = UNSET
        else:
            zoning_fit = self.zoning_fit

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "id": id,
                "name": name,
            }
        )
        if as_of is not UNSET:
            field_dict["as_of"] = as_of
        if chain is not UNSET:
            field_dict["chain"] = chain
        if city_code is not UNSET:
            field_dict["city_code"] = city_code
        if code is not UNSET:
            field_dict["code"] = code
        if completed is not UNSET:
            field_dict["completed"] = completed
        if content is not UNSET:
            field_dict["content"] = content
        if county is not UNSET:
            field_dict["county"] = county
        if discharge_permit is not UNSET:
            field_dict["discharge_permit"] = discharge_permit
        if eia_approval is not UNSET:
            field_dict["eia_approval"] = eia_approval
        if emissions is not UNSET:
            field_dict["emissions"] = emissions
        if energy_review is not UNSET:
            field_dict["energy_review"] = energy_review
        if energy_tce is not UNSET:
            field_dict["energy_tce"] = energy_tce
        if first_as_of is not UNSET:
            field_dict["first_as_of"] = first_as_of
        if fixed_investment_10k is not UNSET:
            field_dict["fixed_investment_10k"] = fixed_investment_10k
        if foreign is not UNSET:
            field_dict["foreign"] = foreign
        if foreign_access is not UNSET:
            field_dict["foreign_access"] = foreign_access
        if guidance_class is not UNSET:
            field_dict["guidance_class"] = guidance_class
        if industry_code is not UNSET:
            field_dict["industry_code"] = industry_code
        if investment_10k is not UNSET:
            field_dict["investment_10k"] = investment_10k
        if investment_currency is not UNSET:
            field_dict["investment_currency"] = investment_currency
        if land_mu is not UNSET:
            field_dict["land_mu"] = land_mu
        if market_access is not UNSET:
            field_dict["market_access"] = market_access
        if n_statements is not UNSET:
            field_dict["n_statements"] = n_statements
        if output_10k is not UNSET:
            field_dict["output_10k"] = output_10k
        if place is not UNSET:
            field_dict["place"] = place
        if process is not UNSET:
            field_dict["process"] = process
        if product is not UNSET:
            field_dict["product"] = product
        if segment is not UNSET:
            field_dict["segment"] = segment
        if signed is not UNSET:
            field_dict["signed"] = signed
        if source is not UNSET:
            field_dict["source"] = source
        if sponsor is not UNSET:
            field_dict["sponsor"] = sponsor
        if stage is not UNSET:
            field_dict["stage"] = stage
        if standards_met is not UNSET:
            field_dict["standards_met"] = standards_met
        if started is not UNSET:
            field_dict["started"] = started
        if tax_10k is not UNSET:
            field_dict["tax_10k"] = tax_10k
        if zoning_fit is not UNSET:
            field_dict["zoning_fit"] = zoning_fit

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        id = d.pop("id")

        name = d.pop("name")

        def _parse_as_of(data: object) -> datetime.date | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                as_of_type_0 = datetime.date.fromisoformat(data)

                return as_of_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.date | None | Unset, data)

        as_of = _parse_as_of(d.pop("as_of", UNSET))

        def _parse_chain(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        chain = _parse_chain(d.pop("chain", UNSET))

        def _parse_city_code(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        city_code = _parse_city_code(d.pop("city_code", UNSET))

        def _parse_code(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        code = _parse_code(d.pop("code", UNSET))

        def _parse_completed(data: object) -> datetime.date | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                completed_type_0 = datetime.date.fromisoformat(data)

                return completed_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.date | None | Unset, data)

        completed = _parse_completed(d.pop("completed", UNSET))

        def _parse_content(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        content = _parse_content(d.pop("content", UNSET))

        def _parse_county(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        county = _parse_county(d.pop("county", UNSET))

        def _parse_discharge_permit(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        discharge_permit = _parse_discharge_permit(d.pop("discharge_permit", UNSET))

        def _parse_eia_approval(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        eia_approval = _parse_eia_approval(d.pop("eia_approval", UNSET))

        def _parse_emissions(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        emissions = _parse_emissions(d.pop("emissions", UNSET))

        def _parse_energy_review(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        energy_review = _parse_energy_review(d.pop("energy_review", UNSET))

        def _parse_energy_tce(data: object) -> float | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(float | None | Unset, data)

        energy_tce = _parse_energy_tce(d.pop("energy_tce", UNSET))

        def _parse_first_as_of(data: object) -> datetime.date | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                first_as_of_type_0 = datetime.date.fromisoformat(data)

                return first_as_of_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.date | None | Unset, data)

        first_as_of = _parse_first_as_of(d.pop("first_as_of", UNSET))

        def _parse_fixed_investment_10k(data: object) -> float | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(float | None | Unset, data)

        fixed_investment_10k = _parse_fixed_investment_10k(d.pop("fixed_investment_10k", UNSET))

        def _parse_foreign(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        foreign = _parse_foreign(d.pop("foreign", UNSET))

        def _parse_foreign_access(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        foreign_access = _parse_foreign_access(d.pop("foreign_access", UNSET))

        def _parse_guidance_class(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        guidance_class = _parse_guidance_class(d.pop("guidance_class", UNSET))

        def _parse_industry_code(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        industry_code = _parse_industry_code(d.pop("industry_code", UNSET))

        def _parse_investment_10k(data: object) -> float | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(float | None | Unset, data)

        investment_10k = _parse_investment_10k(d.pop("investment_10k", UNSET))

        def _parse_investment_currency(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        investment_currency = _parse_investment_currency(d.pop("investment_currency", UNSET))

        def _parse_land_mu(data: object) -> float | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(float | None | Unset, data)

        land_mu = _parse_land_mu(d.pop("land_mu", UNSET))

        def _parse_market_access(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        market_access = _parse_market_access(d.pop("market_access", UNSET))

        n_statements = d.pop("n_statements", UNSET)

        def _parse_output_10k(data: object) -> float | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(float | None | Unset, data)

        output_10k = _parse_output_10k(d.pop("output_10k", UNSET))

        def _parse_place(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        place = _parse_place(d.pop("place", UNSET))

        def _parse_process(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        process = _parse_process(d.pop("process", UNSET))

        def _parse_product(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        product = _parse_product(d.pop("product", UNSET))

        def _parse_segment(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        segment = _parse_segment(d.pop("segment", UNSET))

        def _parse_signed(data: object) -> datetime.date | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                signed_type_0 = datetime.date.fromisoformat(data)

                return signed_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.date | None | Unset, data)

        signed = _parse_signed(d.pop("signed", UNSET))

        def _parse_source(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        source = _parse_source(d.pop("source", UNSET))

        def _parse_sponsor(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        sponsor = _parse_sponsor(d.pop("sponsor", UNSET))

        def _parse_stage(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        stage = _parse_stage(d.pop("stage", UNSET))

        def _parse_standards_met(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        standards_met = _parse_standards_met(d.pop("standards_met", UNSET))

        def _parse_started(data: object) -> datetime.date | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                started_type_0 = datetime.date.fromisoformat(data)

                return started_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.date | None | Unset, data)

        started = _parse_started(d.pop("started", UNSET))

        def _parse_tax_10k(data: object) -> float | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(float | None | Unset, data)

        tax_10k = _parse_tax_10k(d.pop("tax_10k", UNSET))

        def _parse_zoning_fit(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        zoning_fit = _parse_zoning_fit(d.pop("zoning_fit", UNSET))

        project_record = cls(
            id=id,
            name=name,
            as_of=as_of,
            chain=chain,
            city_code=city_code,
            code=code,
            completed=completed,
            content=content,
            county=county,
            discharge_permit=discharge_permit,
            eia_approval=eia_approval,
            emissions=emissions,
            energy_review=energy_review,
            energy_tce=energy_tce,
            first_as_of=first_as_of,
            fixed_investment_10k=fixed_investment_10k,
            foreign=foreign,
            foreign_access=foreign_access,
            guidance_class=guidance_class,
            industry_code=industry_code,
            investment_10k=investment_10k,
            investment_currency=investment_currency,
            land_mu=land_mu,
            market_access=market_access,
            n_statements=n_statements,
            output_10k=output_10k,
            place=place,
            process=process,
            product=product,
            segment=segment,
            signed=signed,
            source=source,
            sponsor=sponsor,
            stage=stage,
            standards_met=standards_met,
            started=started,
            tax_10k=tax_10k,
            zoning_fit=zoning_fit,
        )

        return project_record
