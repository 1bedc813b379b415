"""Parameters and fields an operation does not know: said, not passed over.

A misspelt filter that is ignored answers another question than the one that was asked.
"""

from __future__ import annotations

from collections import Counter

from fastapi import Request
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute

from chainmap.errors import InputError
from chainmap.nearest import nearest_names

_KEPT = "chainmap_known_parameters"


def refuse_unknown(request: Request) -> None:
    """Refuse a query that holds a parameter the operation does not have.

    Raises:
        InputError: It does; those that come close, or all there are, are named.
    """
    route = request.scope.get("route")
    if not request.scope["query_string"] or not isinstance(route, APIRoute):
        return
    known = _known(route)
    for name in request.query_params:
        if name not in known:
            close = nearest_names(name, list(known)) or known
            todo = f"可用：{'、'.join(close)}。" if known else "这里不用任何参数。"
            raise InputError(f"没有参数“{name[:60]}”。", todo=todo)


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
            close = nearest_names(name, known) or known
            raise InputError(f"表单中没有“{name[:60]}”这一项。", todo=f"可用：{'、'.join(close)}。")
        if times > 1:
            raise InputError(
                f"“{name}”给出了 {times} 次。", todo="每项一次；几个文件请打包成 zip，或分次发送。"
            )


def _known(route: APIRoute) -> tuple[str, ...]:
    """Return the names a route knows, worked out once and kept with it."""
    kept: tuple[str, ...] | None = vars(route).get(_KEPT)
    if kept is None:
        kept = tuple(sorted(_names(route.dependant)))
        setattr(route, _KEPT, kept)
    return kept


def _names(dependant: Dependant) -> set[str]:
    """Return the query parameters of something and of what it depends on."""
    own = {field.alias for field in dependant.query_params}
    return own.union(*(_names(inner) for inner in dependant.dependencies))
