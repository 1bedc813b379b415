"""What the contract says of the headers of answers: each explained once, named where it comes."""

from __future__ import annotations

from typing import Any, NamedTuple

Json = dict[str, Any]


class _Header(NamedTuple):
    """A header as the contract shows it; `always`: where it is named, it comes."""

    description: str
    schema: Json
    always: bool = True


def _text(pattern: str | None = None) -> Json:
    return {"type": "string"} if pattern is None else {"type": "string", "pattern": pattern}


HEADERS: dict[str, _Header] = {
    "Chainmap-Snapshot": _Header(
        "Id of the code, taxonomy, data and models the answer rests on", _text("^[0-9a-f]+$")
    ),
    "Chainmap-May-Act": _Header("`false`: check before acting", {"type": "boolean"}),
    "Chainmap-Coverage": _Header(
        "What the data can and cannot see, in Chinese, as percent-encoded UTF-8", _text()
    ),
    "Chainmap-Notice": _Header(
        "While no key was ever made: how to make one", _text(), always=False
    ),
    "ETag": _Header("Send it back as `If-None-Match`", _text('^"[0-9a-f]{32}"$')),
    "Link": _Header(
        "Links by `rel`: `describedby` leads to what the answer rests on, `next` to the next page, "
        "`related` to answers that belong to it. A 304 has none: those of the answer kept hold on",
        _text(),
    ),
    "Location": _Header("The address of what was made, or of the job", _text("^/v1/")),
    "Idempotent-Replayed": _Header(
        "`true`: answered as before, not done again", {"type": "boolean"}, always=False
    ),
    "Content-Disposition": _Header("Of a file: its name", _text("^attachment"), always=False),
    "Retry-After": _Header("Seconds to wait", {"type": "integer", "minimum": 1}),
    "WWW-Authenticate": _Header("How to show a key", _text(), always=False),
    "Deprecation": _Header("The day from which the operation is to go (RFC 9745)", _text("^@")),
    "Sunset": _Header("The operation does not go before this day (RFC 8594)", _text()),
    "X-Request-ID": _Header("Yours if you send one, also in the service's log", _text()),
}
"""By name, in the order of the contract."""

_OWN: dict[str, tuple[str, _Header]] = {
    "LinkNext": ("Link", _Header("`next` leads to the next page", _text(), always=False)),
    "LinkHelp": ("Link", _Header("`help` leads to the page of all problems", _text())),
    "LinkDeprecation": ("Link", _Header("`deprecation` leads to what is to go", _text())),
}
"""Where a header says less than elsewhere: its name there, and what it says."""

_BASIS = ("Chainmap-Snapshot", "Chainmap-May-Act", "Chainmap-Coverage")
_EVERYWHERE = ("X-Request-ID", "Chainmap-Notice")


def header_components() -> Json:
    """Return every header for `components`, by the name under which answers refer to it."""
    plain = {name.replace("-", ""): header for name, header in HEADERS.items()}
    own = {key: header for key, (_, header) in _OWN.items()}
    return {
        key: {"description": one.description, "schema": one.schema, "required": one.always}
        for key, one in (plain | own).items()
    }


def headers_named(*names: str) -> Json:
    """Return what an answer says of the headers it comes with: names in `HEADERS` or own ones."""
    said = {}
    for name in names:
        key = name.replace("-", "")
        said[_OWN[key][0] if key in _OWN else name] = {"$ref": f"#/components/headers/{key}"}
    return {"headers": said}


GROUNDED: dict[int | str, Json] = {200: headers_named(*_BASIS, "Link")}
"""Of an operation whose answers rest on the snapshot but have no `ETag`."""


def add_headers(operation: Json) -> None:
    """Say of every answer of an operation with which headers it comes."""
    for status, answer in operation["responses"].items():
        named = headers_named(*_EVERYWHERE, *_of_answer(operation, status, answer))["headers"]
        answer["headers"] = named | answer.get("headers", {})


def add_deprecation(operation: Json) -> None:
    """Say of every answer of an operation that it announces the operation's end."""
    for status, answer in operation["responses"].items():
        said = answer.setdefault("headers", {})
        said |= headers_named("Deprecation", "Sunset")["headers"]
        if status != "304":
            answer["headers"] = headers_named("LinkDeprecation")["headers"] | said


def _of_answer(operation: Json, status: str, answer: Json) -> list[str]:
    """Return the names of an answer's headers besides those of all."""
    if status >= "400":
        problem = "application/problem+json" in answer.get("content", {})
        beside = {"401": ["WWW-Authenticate"], "429": ["Retry-After"]}.get(status, [])
        return [*beside, *(["LinkHelp"] if problem else [])]
    asked = {(one["in"], one["name"]) for one in operation.get("parameters", [])}
    names: list[str] = []
    if ("header", "idempotency-key") in asked:
        names += ["Location", "Idempotent-Replayed"]
    if "304" in operation["responses"]:
        names += [*_BASIS, "ETag", *(["Link"] if status == "200" else [])]
    elif ("query", "cursor") in asked:
        names.append("LinkNext")
    if any(not kind.endswith("json") for kind in answer.get("content", {})):
        names.append("Content-Disposition")
    return names
