"""Whether a contract still serves those who were written against an older one.

Additions are fine: operations, optional parameters, response fields, problem types. What breaks a
client that was right yesterday is listed here, and a test refuses it until the major version moves.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

Json = Mapping[str, Any]
Seen = tuple[tuple[str, str], ...]
"""References compared on the way down, old and new."""

_METHODS = ("get", "post", "put", "patch", "delete")
_NARROWING = ("pattern", "format", "const", "multipleOf")
"""Words of a schema that shut something out where they come or change."""

_UPPER = ("maximum", "exclusiveMaximum", "maxLength", "maxItems")
_LOWER = ("minimum", "exclusiveMinimum", "minLength", "minItems")


def breaking_changes(old: Json, new: Json) -> list[str]:
    """Return what of `old` no longer holds in `new`, one line each, in the order of `old`.

    Args:
        old: An OpenAPI 3.1 document as released.
        new: Today's.
    """
    return list(_Comparison(old, new).operations())


class _Comparison:
    """Two contracts side by side."""

    def __init__(self, old: Json, new: Json) -> None:
        self.old = old
        self.new = new

    def operations(self) -> Iterator[str]:
        """Yield what broke, operation by operation."""
        for path, methods in self.old["paths"].items():
            for method in _METHODS:
                if method not in methods:
                    continue
                where = f"{method.upper()} {path}"
                after = self.new["paths"].get(path, {}).get(method)
                if after is None:
                    yield f"{where}: removed"
                    continue
                yield from self._operation(where, methods[method], after)

    def _operation(self, where: str, before: Json, after: Json) -> Iterator[str]:
        if before["operationId"] != after["operationId"]:
            yield f"{where}: operationId {before['operationId']} is now {after['operationId']}"
        if not before.get("security") and after.get("security"):
            yield f"{where}: now needs a key"
        yield from self._parameters(where, before, after)
        yield from self._body(where, before.get("requestBody"), after.get("requestBody"))
        yield from self._responses(where, before["responses"], after["responses"])

    def _parameters(self, where: str, before: Json, after: Json) -> Iterator[str]:
        old = {(p["in"], p["name"]): p for p in before.get("parameters", [])}
        new = {(p["in"], p["name"]): p for p in after.get("parameters", [])}
        for name, parameter in old.items():
            at = f"{where}: parameter {name[1]}"
            if name not in new:
                yield f"{at} removed"
                continue
            if new[name].get("required") and not parameter.get("required"):
                yield f"{at} is now required"
            yield from self._accepts(at, parameter["schema"], new[name]["schema"], ())
        for name, parameter in new.items():
            if name not in old and parameter.get("required"):
                yield f"{where}: new required parameter {name[1]}"

    def _body(self, where: str, before: Json | None, after: Json | None) -> Iterator[str]:
        if before is None:
            if after is not None and after.get("required"):
                yield f"{where}: now needs a body"
            return
        if after is None:
            yield f"{where}: takes no body any more"
            return
        if after.get("required") and not before.get("required"):
            yield f"{where}: now needs a body"
        for media, content in before["content"].items():
            if media not in after["content"]:
                yield f"{where}: takes no {media} any more"
            else:
                new = after["content"][media]["schema"]
                yield from self._accepts(f"{where}: body", content["schema"], new, ())

    def _responses(self, where: str, before: Json, after: Json) -> Iterator[str]:
        for status, response in before.items():
            if status not in after:
                if status.startswith("2"):
                    yield f"{where}: no answer {status} any more"
                continue
            at = f"{where}: answer {status}"
            yield from self._headers(at, response, after[status])
            for media, content in response.get("content", {}).items():
                if media not in after[status].get("content", {}):
                    yield f"{at} comes as {media} no more"
                elif "schema" in content:
                    new = after[status]["content"][media].get("schema", {})
                    yield from self._gives(at, content["schema"], new, ())

    def _headers(self, at: str, before: Json, after: Json) -> Iterator[str]:
        """Yield the headers that an answer came with and comes with no more."""
        new = {name.lower(): header for name, header in after.get("headers", {}).items()}
        for name, header in before.get("headers", {}).items():
            if name.lower() not in new:
                yield f"{at} comes without {name} now"
                continue
            old, now = _resolve(self.old, header), _resolve(self.new, new[name.lower()])
            if old.get("required") and not now.get("required"):
                yield f"{at} may now come without {name}"
            yield from self._gives(f"{at}: {name}", old["schema"], now["schema"], ())

    def _accepts(self, at: str, old: Json, new: Json, seen: Seen) -> Iterator[str]:
        """Yield what was accepted and is refused now."""
        if _pair(old, new) in seen:
            return
        before, after, inside = *self._resolved(old, new), _mark(old, new, seen)
        lost = _kinds(before) - _kinds(after)
        if lost and "any" not in _kinds(after):
            yield f"{at} takes {'/'.join(sorted(lost))} no more"
            return
        yield from _tightened(at, before, after)
        new_fields = after.get("properties", {})
        for name in before.get("properties", {}):
            if name not in new_fields and after.get("additionalProperties") is False:
                yield f"{at}.{name} is not accepted any more"
            elif name in new_fields:
                was = before["properties"][name]
                yield from self._accepts(f"{at}.{name}", was, new_fields[name], inside)
        for name in set(after.get("required", ())) - set(before.get("required", ())):
            yield f"{at}.{name} is now required"
        if "items" in before and "items" in after:
            yield from self._accepts(f"{at}[]", before["items"], after["items"], inside)

    def _gives(self, at: str, old: Json, new: Json, seen: Seen) -> Iterator[str]:
        """Yield what an answer held for certain and holds no more."""
        if _pair(old, new) in seen:
            return
        before, after, inside = *self._resolved(old, new), _mark(old, new, seen)
        gained = _kinds(after) - _kinds(before)
        if gained and "any" not in _kinds(before):
            yield f"{at} may now be {'/'.join(sorted(gained))}"
            return
        yield from _widened(at, before, after)
        new_fields = after.get("properties", {})
        for name, was in before.get("properties", {}).items():
            if name not in new_fields:
                yield f"{at}.{name} removed"
                continue
            if name in before.get("required", ()) and name not in after.get("required", ()):
                yield f"{at}.{name} may now be missing"
            yield from self._gives(f"{at}.{name}", was, new_fields[name], inside)
        if "items" in before:
            yield from self._gives(f"{at}[]", before["items"], after.get("items", {}), inside)

    def _resolved(self, old: Json, new: Json) -> tuple[Json, Json]:
        return _resolve(self.old, old), _resolve(self.new, new)


def _pair(old: Json, new: Json) -> tuple[str, str]:
    return old.get("$ref", ""), new.get("$ref", "")


def _mark(old: Json, new: Json, seen: Seen) -> Seen:
    """Return what has been compared; a schema that refers to itself is compared once."""
    return (*seen, _pair(old, new)) if "$ref" in old and "$ref" in new else seen


def _resolve(document: Json, schema: Json) -> Json:
    """Return a schema without references; one that may be null keeps that as a type."""
    while "$ref" in schema:
        found: Any = document
        for part in schema["$ref"].removeprefix("#/").split("/"):
            found = found[part]
        schema = found
    if "anyOf" in schema:
        parts = [_resolve(document, part) for part in schema["anyOf"]]
        real = [part for part in parts if part.get("type") != "null"]
        if len(real) == 1:
            types = sorted({*_kinds(real[0]), *(k for part in parts for k in _kinds(part))})
            return {**real[0], "type": types}
        return {"type": sorted({kind for part in parts for kind in _kinds(part)})}
    return schema


def _kinds(schema: Json) -> set[str]:
    """Return the JSON types a schema allows; an integer is a number too."""
    given = schema.get("type", "any")
    return {given} if isinstance(given, str) else set(given)


def _tightened(at: str, before: Json, after: Json) -> Iterator[str]:
    for name in _UPPER:
        if name in after and after[name] < before.get(name, float("inf")):
            yield f"{at}: {name} is now {after[name]}"
    for name in _LOWER:
        if name in after and after[name] > before.get(name, float("-inf")):
            yield f"{at}: {name} is now {after[name]}"
    for name in _NARROWING:
        if name == "format" and after.get(name) == "binary" and "contentMediaType" in before:
            continue  # bytes before and after, said in the words of OpenAPI 3.0 too
        if after.get(name) not in (None, before.get(name)):
            yield f"{at}: {name} is now {after[name]}"
    if after.get("default") != before.get("default"):
        yield f"{at}: default is now {after.get('default')}, was {before.get('default')}"
    if "enum" in after:
        lost = [value for value in before.get("enum", ["anything"]) if value not in after["enum"]]
        if lost:
            yield f"{at}: {', '.join(map(str, lost))} not accepted any more"


def _widened(at: str, before: Json, after: Json) -> Iterator[str]:
    """Yield what an answer may hold now and could not before, below its type."""
    if before.get("format") is not None and after.get("format") != before["format"]:
        yield f"{at}: format is now {after.get('format')}"
    if "enum" in before:
        gained = [one for one in after.get("enum", ["anything"]) if one not in before["enum"]]
        if gained:
            yield f"{at} may now be {', '.join(map(str, gained))}"
