"""Operations that are to go: marked in the contract, and announced in every answer of theirs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from email.utils import format_datetime
from functools import cache
from typing import Any

from fastapi import FastAPI
from pydantic import BaseModel, ConfigDict, model_validator

from chainmap.curated import CuratedFile
from chainmap.server.contract_headers import add_deprecation

NOTICE_DAYS = 365
"""Twelve months between the first announcement and the end: what docs/api.md promises."""


class Deprecated(BaseModel):
    """An operation that is to go.

    Attributes:
        operation: Its `operationId`.
        since: From this day on its answers say so.
        sunset: It does not go before this day.
        instead: The operation to use instead; None where there is none.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    operation: str
    since: dt.date
    sunset: dt.date
    instead: str | None = None

    @model_validator(mode="after")
    def _long_enough(self) -> Deprecated:
        if (self.sunset - self.since).days < NOTICE_DAYS:
            raise ValueError(f"sunset 距 since 不足 {NOTICE_DAYS} 天")
        return self

    def headers(self) -> dict[str, str]:
        """Return what its answers carry.

        Source:
            RFC 9745 (Deprecation), RFC 8594 (Sunset).
        """
        begun, ends = _midnight(self.since), _midnight(self.sunset)
        return {
            "Deprecation": f"@{int(begun.timestamp())}",
            "Sunset": format_datetime(ends, usegmt=True),
            "Link": '</docs>; rel="deprecation"',
        }


class DeprecatedFile(BaseModel):
    """`api/deprecated.yml`."""

    model_config = ConfigDict(extra="forbid")

    operations: list[Deprecated]


@cache
def deprecated_operations() -> Mapping[str, Deprecated]:
    """Return the operations that are to go, by `operationId`.

    Raises:
        CurationError: `api/deprecated.yml` is broken.
    """
    read = CuratedFile.bundled("api", "deprecated.yml").check(DeprecatedFile)
    return {one.operation: one for one in read.operations}


def mark_deprecated(app: FastAPI, table: Mapping[str, Deprecated] | None = None) -> None:
    """Mark in an application's contract what is to go, and let its answers say so.

    Args:
        app: With all its routes.
        table: By `operationId`; None is `api/deprecated.yml`.
    """
    found = deprecated_operations() if table is None else table
    app.state.deprecated = found
    plain = app.openapi

    def marked() -> dict[str, Any]:
        document = plain()
        for path in document["paths"].values():
            for operation in path.values():
                if operation.get("operationId") in found:
                    operation["deprecated"] = True
                    add_deprecation(operation)
        return document

    app.openapi = marked  # type: ignore[method-assign]


def _midnight(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), dt.UTC)
