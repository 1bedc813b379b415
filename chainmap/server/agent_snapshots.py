"""Compared lists for agents: each sees the snapshots its key may see, nothing is written."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from chainmap.concepts.access import Scope
from chainmap.errors import InputError, UnknownNameError
from chainmap.ledger import lists
from chainmap.ledger.engine import Ledger, ledger_url
from chainmap.ledger.schema import require_current
from chainmap.server.diffs import TODAY, difference_of
from chainmap.server.lists import client_filter
from chainmap.server.service import LOOPBACK, Principal, Service
from chainmap.settings import load_settings

Asking = tuple[Service, Principal]
_asking: ContextVar[Asking | None] = ContextVar("asking", default=None)

MOST_NAMED = 1000
_TODAY = (TODAY, "今天")


@contextmanager
def asking(service: Service, who: Principal) -> Iterator[None]:
    """Let what is done inside know which service is asked, and by whom."""
    token = _asking.set((service, who))
    try:
        yield
    finally:
        _asking.reset(token)


def compared(earlier: str, later: str) -> dict[str, Any]:
    """Return two saved lists compared, as plain data; names or ids, `later` also `today`.

    Raises:
        InputError: The key may not compute, or the lists are of different cities.
        UnknownNameError: No snapshot of theirs answers to a name.
    """
    with _service() as (service, who):
        if Scope.COMPUTE not in who.scopes:
            raise InputError(
                "此密钥没有计算权限，不能比较快照。", todo="请换用有 compute 权限的密钥。"
            )
        if earlier in _TODAY:
            raise InputError(
                "今天的名单没有保存，不能作较早的一份。",
                todo="earlier 用保存的快照，later 用 today。",
            )
        ids = [_id(service, who, name) for name in (earlier, later)]
        return difference_of(service, who, *ids).model_dump(mode="json")


def _id(service: Service, who: Principal, name: str) -> str:
    if name in _TODAY:
        return TODAY
    with service.ledger.read() as tx:
        mine = lists.newest(tx, MOST_NAMED, client=client_filter(who), filed=True)
    for saved in mine:
        if name in (saved.id, saved.content_id, saved.name):
            return saved.id
    raise UnknownNameError("快照", name[:60], tuple(saved.name for saved in mine[:5]))


@contextmanager
def _service() -> Iterator[Asking]:
    """Yield who asks what; on stdio it is whoever runs the command on this machine."""
    found = _asking.get()
    if found is not None:
        yield found
        return
    settings = load_settings()
    ledger = Ledger(ledger_url(settings.database, settings.workspace))
    try:
        require_current(ledger)
        yield Service(settings, ledger), LOOPBACK
    finally:
        ledger.close()
