from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

T = TypeVar("T", bound="ReloadRecord")


@_attrs_define
class ReloadRecord:
    """A swap that was asked for.

    Attributes:
        snapshot (str): What is answered from until then; `GET /v1/snapshots/current` shows the new one once all server
            processes have read it. Where it cannot be read, nothing changes
    """

    snapshot: str

    def to_dict(self) -> dict[str, Any]:
        snapshot = self.snapshot

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "snapshot": snapshot,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        snapshot = d.pop("snapshot")

        reload_record = cls(
            snapshot=snapshot,
        )

        return reload_record
