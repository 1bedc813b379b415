"""What the contract says of every operation: its own name, its problems, its answers' headers."""

from __future__ import annotations

import re
from typing import Any

from fastapi import FastAPI

from chainmap.server.contract_headers import add_headers, header_components
from chainmap.server.problems import MEDIA_TYPE

_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
_PROBLEM = {"schema": {"$ref": "#/components/schemas/Problem"}}


def describe_operations(app: FastAPI) -> None:
    """Let an application's contract name operations by `operationId`; show problems, headers."""
    plain = app.openapi

    def described() -> dict[str, Any]:
        document = plain()
        document["components"]["headers"] = header_components()
        for path in document["paths"].values():
            for operation in path.values():
                operation["summary"] = summary_of(operation["operationId"])
                for status, answer in operation["responses"].items():
                    if status >= "400":
                        _show_problem(answer)
                add_headers(operation)
        return document

    app.openapi = described  # type: ignore[method-assign]


def summary_of(operation_id: str) -> str:
    """Return an operation's name as a line of text: `listSavedLists` is “List saved lists”."""
    return " ".join(_HUMP.split(operation_id)).capitalize()


def _show_problem(answer: dict[str, Any]) -> None:
    """Give an answer that is a problem the record it is; one that has a record of its own keeps it.

    The framework shows it as `application/json` alone, which no problem is sent as.
    """
    content = answer.get("content", {})
    if not content or MEDIA_TYPE in content:
        answer["content"] = content | {MEDIA_TYPE: _PROBLEM}
