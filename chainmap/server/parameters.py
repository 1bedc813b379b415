"""Parameters and fields an operation does not know, or is given twice: said, not passed over.

A misspelt filter that is ignored answers another question than the one that was asked; so does the
last of two values where only one is read.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from typing import Any, NamedTuple, get_args, get_origin

from fastapi import Request
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute

from chainmap.errors import InputError
from chainmap.nearest import instead_of
from chainmap.server.problems import Refusal

_KEPT = "chainmap_known_parameters"


_ONCE = "每项只给一次。"
_UTF_8 = "utf-8"
"""As `json.detect_encoding` calls it, with a byte order mark or without."""


class _Known(NamedTuple):
    """The query parameters of a route, by name; which may be repeated, and which are numbers."""

    names: tuple[str, ...]
    lists: frozenset[str]
    numbers: frozenset[str]


def refuse_unknown(request: Request) -> None:
    """Refuse a query with a parameter the operation does not have, or with one value too many.

    Raises:
        InputError: There is one; of unknown ones those that come close, or all there are, are
            named. Or a number is written as only Python does.
    """
    route = request.scope.get("route")
    if not request.scope["query_string"] or not isinstance(route, APIRoute):
        return
    asked, known = request.query_params, _known(route)
    for name in asked:
        if name not in known.names:
            raise InputError(f"没有参数“{name[:60]}”。", todo=_instead(name, known.names))
        if name in known.numbers and "_" in asked[name]:
            said = asked[name][:60]
            raise InputError(f"参数“{name}”的值“{said}”不是数。", todo="数字之间不用下划线。")
    several = asked.multi_items()
    if len(several) > len(asked):
        for name, times in Counter(name for name, _ in several).items():
            if times > 1 and name not in known.lists:
                raise InputError(f"参数“{name}”给出了 {times} 次。", todo=_ONCE)


async def refuse_repeated(request: Request) -> None:
    """Refuse a JSON body in which one name stands twice; a broken one is left to the route.

    Raises:
        InputError: One does: only the last of its values would be read.
        Refusal: It is in another encoding than UTF-8.
    """
    main, _, kind = request.headers.get("content-type", "").partition(";")[0].partition("/")
    kind = kind.strip().lower()
    if main.strip().lower() == "application" and (kind == "json" or kind.endswith("+json")):
        body = await request.body()
        if not json.detect_encoding(body).startswith(_UTF_8):
            raise Refusal(
                "unreadable", "请求内容的 JSON 不是 UTF-8 编码。", "请按 UTF-8 编码后再发送。"
            )
        each_once(body)


def each_once(body: bytes) -> Any:
    """Return what a JSON body in UTF-8 says; None where it is empty or cannot be taken apart.

    Raises:
        InputError: A name stands in one object twice.
    """
    encoding = json.detect_encoding(body)
    if not encoding.startswith(_UTF_8):
        return None
    try:
        return _ONCE_EACH.decode(body.decode(encoding, "surrogatepass"))
    except (ValueError, RecursionError):
        return None


def _object(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        name, times = Counter(name for name, _ in pairs).most_common(1)[0]
        raise InputError(f"请求内容中的“{name[:60]}”给出了 {times} 次。", todo=_ONCE)
    return found


_ONCE_EACH = json.JSONDecoder(object_pairs_hook=_object)


async def refuse_unknown_fields(request: Request) -> None:
    """Refuse a form that holds a field the operation does not have, or one of them twice.

    Raises:
        InputError: It does: of two files under one name only one would be read.
    """
    route = request.scope.get("route")
    if not isinstance(route, APIRoute):
        return
    known = sorted(field.alias for field in route.dependant.body_params)
    sent = Counter(name for name, _ in (await request.form()).multi_items())
    for name, times in sent.items():
        if name not in known:
            raise InputError(f"表单中没有“{name[:60]}”这一项。", todo=_instead(name, known))
        if times > 1:
            raise InputError(
                f"“{name}”给出了 {times} 次。", todo="每项一次；几个文件请打包成 zip，或分次发送。"
            )


def _instead(name: str, known: Sequence[str]) -> str:
    """Return what to give instead of a name that is not known."""
    return instead_of(name, known) if known else "这里不用任何参数。"


def _known(route: APIRoute) -> _Known:
    """Return the parameters a route knows, worked out once and kept with it."""
    kept: _Known | None = vars(route).get(_KEPT)
    if kept is None:
        found = _parameters(route.dependant)
        lists = frozenset(name for name, annotation in found.items() if _is_list(annotation))
        numbers = frozenset(name for name, annotation in found.items() if _is_number(annotation))
        kept = _Known(tuple(sorted(found)), lists, numbers)
        setattr(route, _KEPT, kept)
    return kept


def _parameters(dependant: Dependant) -> dict[str, Any]:
    """Return the query parameters of something and of what it depends on, with their types."""
    found = {field.alias: field.field_info.annotation for field in dependant.query_params}
    for inner in dependant.dependencies:
        found |= _parameters(inner)
    return found


def _is_number(annotation: Any) -> bool:
    return not {int, float}.isdisjoint((annotation, *get_args(annotation)))


def _is_list(annotation: Any) -> bool:
    return any(get_origin(one) is list for one in (annotation, *get_args(annotation)))
