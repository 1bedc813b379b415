from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.saved_snapshot import SavedSnapshot


T = TypeVar("T", bound="SnapshotRecord")


@_attrs_define
class SnapshotRecord:
    """What every answer rests on: the code, the taxonomy and the data, by their hashes.

    Attributes:
        code_version (str):
        coverage (str): What the data can and cannot see
        data_sha256 (str):
        edition (datetime.date): Day of the company roster
        id (str): Stands in `Chainmap-Snapshot` of every answer made from it
        may_act (bool): Whether answers may be acted on without a further check
        models_sha256 (str):
        taxonomy_sha256 (str):
        saved (None | SavedSnapshot | Unset): The list that was saved; null for what the service answers from
    """

    code_version: str
    coverage: str
    data_sha256: str
    edition: datetime.date
    id: str
    may_act: bool
    models_sha256: str
    taxonomy_sha256: str
    saved: None | SavedSnapshot | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        from ..models.saved_snapshot import SavedSnapshot  # noqa: PLC0415

        code_version = self.code_version

        coverage = self.coverage

        data_sha256 = self.data_sha256

        edition = self.edition.isoformat()

        id = self.id

        may_act = self.may_act

        models_sha256 = self.models_sha256

        taxonomy_sha256 = self.taxonomy_sha256

        saved: dict[str, Any] | None | Unset
        if isinstance(self.saved, Unset):
            saved = UNSET
        elif isinstance(self.saved, SavedSnapshot):
            saved = self.saved.to_dict()
        else:
            saved = self.saved

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "code_version": code_version,
                "coverage": coverage,
                "data_sha256": data_sha256,
                "edition": edition,
                "id": id,
                "may_act": may_act,
                "models_sha256": models_sha256,
                "taxonomy_sha256": taxonomy_sha256,
            }
        )
        if saved is not UNSET:
            field_dict["saved"] = saved

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.saved_snapshot import SavedSnapshot  # noqa: PLC0415

        d = dict(src_dict)
        code_version = d.pop("code_version")

        coverage = d.pop("coverage")

        data_sha256 = d.pop("data_sha256")

        edition = datetime.date.fromisoformat(d.pop("edition"))

        id = d.pop("id")

        may_act = d.pop("may_act")

        models_sha256 = d.pop("models_sha256")

        taxonomy_sha256 = d.pop("taxonomy_sha256")

        def _parse_saved(data: object) -> None | SavedSnapshot | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                saved_type_0 = SavedSnapshot.from_dict(data)

                return saved_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | SavedSnapshot | Unset, data)

        saved = _parse_saved(d.pop("saved", UNSET))

        snapshot_record = cls(
            code_version=code_version,
            coverage=coverage,
            data_sha256=data_sha256,
            edition=edition,
            id=id,
            may_act=may_act,
            models_sha256=models_sha256,
            taxonomy_sha256=taxonomy_sha256,
            saved=saved,
        )

        return snapshot_record
