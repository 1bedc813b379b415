"""Compared lists for agents: each sees the snapshots its key may see, nothing is written."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from chainmap.concepts.access import Scope
from chainmap.concepts.records import CitationRecord
from chainmap.errors import InputError
from chainmap.ledger.engine import Ledger, ledger_url
from chainmap.ledger.schema import require_current
from chainmap.reports.snapshot_making import list_of
from chainmap.reports.snapshot_names import snapshot_called
from chainmap.server.agent_answers import name_citations
from chainmap.server.diffs import TODAY, both_lists, difference_between
from chainmap.server.lists import client_filter
from chainmap.server.service import LOOPBACK, Principal, Service
from chainmap.settings import load_settings

Asking = tuple[Service, Principal]
_asking: ContextVar[Asking | None] = ContextVar("asking", default=None)

_TODAY = (TODAY, "今天")


@contextmanager
def asking(service: Service, who: Principal) -> Iterator[None]:
    """Let what is done inside know which service is asked, and by whom."""
    token = _asking.set((service, who))
    try:
        yield
    finally:
        _asking.reset(token)


def compared(earlier: str, later: str) -> tuple[dict[str, Any], list[CitationRecord]]:
    """Return two saved lists compared, as plain data, and the passages behind both.

    Each firm names its passages in `citations`, those of the later list where that holds it.

    Args:
        earlier: Name, id or the start of one.
        later: The same, or `today`.

    Raises:
        InputError: The key may not compute, a name means several, or the cities differ.
        UnknownNameError: No snapshot of theirs answers to a name.
    """
    require_compute("比较快照")
    with _service() as (service, who):
        if earlier in _TODAY:
            raise InputError(
                "今天的名单没有保存，不能作较早的一份。",
                todo="earlier 用保存的快照，later 用 today。",
            )
        ids = [_id(service, who, name) for name in (earlier, later)]
        before, after = both_lists(service, who, *ids)
        data = difference_between(before, after).model_dump(mode="json")
    cited = {
        target.company_id: target.citations
        for snapshot, _ in (before, after)
        for target in list_of(snapshot).targets
    }
    for firm in data["firms"]:
        name_citations(firm, cited[firm["company_id"]])
    return data, [one for passages in cited.values() for one in passages]


def require_compute(what: str) -> None:
    """Refuse a tool to whoever may only read.

    Args:
        what: What cannot be done, in Chinese.

    Raises:
        InputError: The key lacks the scope `compute`.
    """
    found = _asking.get()
    if found is not None and Scope.COMPUTE not in found[1].scopes:
        raise InputError(f"此密钥没有计算权限，不能{what}。", todo="请换用有 compute 权限的密钥。")


def _id(service: Service, who: Principal, name: str) -> str:
    if name in _TODAY:
        return TODAY
    with service.ledger.read() as tx:
        return snapshot_called(tx, name, client_filter(who)).id


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
