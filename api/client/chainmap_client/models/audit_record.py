from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

T = TypeVar("T", bound="AuditRecord")


@_attrs_define
class AuditRecord:
    """One entry of the audit log; its digest is over its fields and the digest before.

    Attributes:
        action (str):
        actor (str):
        at (str):
        detail (str):
        digest (str):
        object_ (str):
        outcome (str):
        previous (str):
        request_id (str):
        seq (int):
    """

    action: str
    actor: str
    at: str
    detail: str
    digest: str
    object_: str
    outcome: str
    previous: str
    request_id: str
    seq: int

    def to_dict(self) -> dict[str, Any]:
        action = self.action

        actor = self.actor

        at = self.at

        detail = self.detail

        digest = self.digest

        object_ = self.object_

        outcome = self.outcome

        previous = self.previous

        request_id = self.request_id

        seq = self.seq

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "action": action,
                "actor": actor,
                "at": at,
                "detail": detail,
                "digest": digest,
                "object": object_,
                "outcome": outcome,
                "previous": previous,
                "request_id": request_id,
                "seq": seq,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        action = d.pop("action")

        actor = d.pop("actor")

        at = d.pop("at")

        detail = d.pop("detail")

        digest = d.pop("digest")

        object_ = d.pop("object")

        outcome = d.pop("outcome")

        previous = d.pop("previous")

        request_id = d.pop("request_id")

        seq = d.pop("seq")

        audit_record = cls(
            action=action,
            actor=actor,
            at=at,
            detail=detail,
            digest=digest,
            object_=object_,
            outcome=outcome,
            previous=previous,
            request_id=request_id,
            seq=seq,
        )

        return audit_record
