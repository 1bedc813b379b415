from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define

if TYPE_CHECKING:
    from ..models.catalogue_item_record import CatalogueItemRecord
    from ..models.catalogue_version import CatalogueVersion
    from ..models.term_record import TermRecord


T = TypeVar("T", bound="CatalogueList")


@_attrs_define
class CatalogueList:
    """A version of a city's catalogue with its items, in catalogue order.

    Attributes:
        catalogue (CatalogueVersion): One version of a city's catalogue, without its items.
        coverage (str): What the data can and cannot see
        items (list[CatalogueItemRecord]):
        may_act (bool): Whether it may be acted on without a further check
        plans (list[str]): Titles of the plans in force it rests on
        terms (list[TermRecord]):
    """

    catalogue: CatalogueVersion
    coverage: str
    items: list[CatalogueItemRecord]
    may_act: bool
    plans: list[str]
    terms: list[TermRecord]

    def to_dict(self) -> dict[str, Any]:
        catalogue = self.catalogue.to_dict()

        coverage = self.coverage

        items = []
        for items_item_data in self.items:
            items_item = items_item_data.to_dict()
            items.append(items_item)

        may_act = self.may_act

        plans = self.plans

        terms = []
        for terms_item_data in self.terms:
            terms_item = terms_item_data.to_dict()
            terms.append(terms_item)

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "catalogue": catalogue,
                "coverage": coverage,
                "items": items,
                "may_act": may_act,
                "plans": plans,
                "terms": terms,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.catalogue_item_record import CatalogueItemRecord  # noqa: PLC0415
        from ..models.catalogue_version import CatalogueVersion  # noqa: PLC0415
        from ..models.term_record import TermRecord  # noqa: PLC0415

        d = dict(src_dict)
        catalogue = CatalogueVersion.from_dict(d.pop("catalogue"))

        coverage = d.pop("coverage")

        items = []
        _items = d.pop("items")
        for items_item_data in _items:
            items_item = CatalogueItemRecord.from_dict(items_item_data)

            items.append(items_item)

        may_act = d.pop("may_act")

        plans = cast(list[str], d.pop("plans"))

        terms = []
        _terms = d.pop("terms")
        for terms_item_data in _terms:
            terms_item = TermRecord.from_dict(terms_item_data)

            terms.append(terms_item)

        catalogue_list = cls(
            catalogue=catalogue,
            coverage=coverage,
            items=items,
            may_act=may_act,
            plans=plans,
            terms=terms,
        )

        return catalogue_list
