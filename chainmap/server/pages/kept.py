"""`/lists`: target lists kept under a name, exactly as they were shown."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Form, Path, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from pydantic import ValidationError

from chainmap.concepts.access import Scope
from chainmap.concepts.records import TargetList
from chainmap.concepts.service_records import TargetQuestion
from chainmap.errors import InputError
from chainmap.ledger import lists
from chainmap.ledger.lists import SavedList
from chainmap.pipeline import load_world
from chainmap.ranking.families import FAMILIES
from chainmap.ranking.snapshots import ListQuestion
from chainmap.ranking.target_options import TargetOptions
from chainmap.reports import snapshot_store
from chainmap.reports.rows import FAMILY_LABELS
from chainmap.server.kept_lists import by_mode, keep_snapshot, question_of
from chainmap.server.lists import client_filter, own_list
from chainmap.server.made_lists import made_list
from chainmap.server.pages import facts, files
from chainmap.server.pages.forms import admit
from chainmap.server.pages.selection import Asked, Selection
from chainmap.server.pages.shell import PageRoute, language, render
from chainmap.server.pages.words import FAMILIES_EN
from chainmap.server.security import demand
from chainmap.server.service import service_of
from chainmap.server.snapshot import current_snapshot
from chainmap.server.writes import deed
from chainmap.sources.places import City

router = APIRouter(route_class=PageRoute, include_in_schema=False)
PAGE = 50
LONGEST_NAME = 120

ListId = Annotated[str, Path(pattern="^[0-9a-f]{32}$")]
Token = Annotated[str, Form(alias="token", max_length=400)]
Name = Annotated[str, Form(alias="name", max_length=1000)]


@router.post("/cities/{code}/targets/save")
def save(request: Request, code: str, asked: Asked, token: Token, name: Name) -> Response:
    """Keep the list as it is on the page, and go on to it.

    It is kept with all it was ranked from and by what the page has narrowed it, so that it can be
    ranked again and compared.
    """
    who = admit(request, token, Scope.WRITE)
    city, wanted, service = facts.city(code), _name(name), service_of(request)
    made = made_list(*_asked_again(city, asked))
    with service.record() as write:
        saved = keep_snapshot(service, write, who, wanted, made)
        write(deed(request, "list.save", saved.id, {"sha256": saved.sha256}))
    return RedirectResponse(f"/lists/{saved.id}?done=save", 303)


@router.get("/lists")
def show_lists(
    request: Request,
    after: Annotated[str, Query(pattern="^([0-9a-f]{32})?$")] = "",
    done: str = "",
) -> HTMLResponse:
    """Return the reader's kept lists, newest first."""
    who = demand(request, Scope.READ)
    with service_of(request).ledger.read() as tx:
        before = own_list(tx, after, who) if after else None
        found = lists.newest(tx, PAGE, before, client_filter(who))
    return render(
        request,
        "lists.html",
        page="lists",
        lists=found,
        more=found[-1].id if len(found) == PAGE else "",
        done=done,
        today=current_snapshot().id,
        library=load_world().library,
    )


@router.get("/lists/{list_id}.{suffix}")
def list_file(request: Request, list_id: ListId, suffix: str) -> Response:
    """Return a kept list as Excel or CSV."""
    if suffix not in ("xlsx", "csv"):
        raise InputError(f"没有“{suffix}”格式。", todo="可用：xlsx、csv。")
    saved = _own(request, list_id)
    content = _content(saved)
    if content is None:
        raise InputError("这份名单由另一版本的程序保存，不能转成表格。", todo="请下载原始 JSON。")
    made = files.targets_xlsx(content) if suffix == "xlsx" else files.targets_csv(content)
    return files.hand_over(request, f"{saved.name}.{suffix}", made, files.MEDIA[suffix])


@router.get("/lists/{list_id}")
def show_list(request: Request, list_id: ListId, done: str = "") -> HTMLResponse:
    """Return a kept list."""
    saved = _own(request, list_id)
    content = _content(saved)
    return render(
        request,
        "list.html",
        page="lists",
        city=facts.city(content.basis.city_code) if content else None,
        saved=saved,
        list=content,
        done=done,
        today=current_snapshot().id,
        families=list(FAMILIES),
        labels=FAMILIES_EN if language(request) == "en" else FAMILY_LABELS,
        library=load_world().library,
        longest=LONGEST_NAME,
    )


@router.post("/lists/{list_id}/rename")
def rename(request: Request, list_id: ListId, token: Token, name: Name) -> Response:
    """Keep the same list under another name; its content and hash stay."""
    who = admit(request, token, Scope.WRITE)
    wanted = _name(name)
    with service_of(request).record() as write:
        old = own_list(write.tx, list_id, who)
        kept = lists.rename(write.tx, old.id, wanted)
        if kept.name != old.name:
            write(deed(request, "list.rename", kept.id, {"sha256": kept.sha256}))
    return RedirectResponse(f"/lists/{kept.id}?done=rename", 303)


@router.post("/lists/{list_id}/delete")
def delete(request: Request, list_id: ListId, token: Token) -> Response:
    """Take a kept list away; the audit log keeps its hash."""
    who = admit(request, token, Scope.WRITE)
    with service_of(request).record() as write:
        own_list(write.tx, list_id, who)
        gone = lists.delete(write.tx, list_id)
        write(deed(request, "list.delete", gone.id, {"sha256": gone.sha256}))
    service = service_of(request)
    with service.ledger.write() as tx:  # the file goes only when the row is gone for good
        snapshot_store.let_go(tx, service.settings.workspace, gone)
    return RedirectResponse("/lists?done=delete", 303)


def _own(request: Request, list_id: str) -> SavedList:
    who = demand(request, Scope.READ)
    with service_of(request).ledger.read() as tx:
        return own_list(tx, list_id, who)


def _content(saved: SavedList) -> TargetList | None:
    """Return what a list holds; None where another version of the program wrote it."""
    try:
        return TargetList.model_validate_json(saved.content)
    except ValidationError:
        return None


def _name(given: str) -> str:
    name = " ".join(given.split())
    if not name or len(name) > LONGEST_NAME:
        raise InputError(f"名单名称应为 1 到 {LONGEST_NAME} 字。", todo="请返回后改写名称。")
    return name


def _asked_again(city: City, asked: Selection) -> tuple[ListQuestion, TargetOptions]:
    """Return what the page asks as a snapshot holds it; its segment is a filter like the others."""
    question = TargetQuestion(
        city=city.code,
        chain=asked.chain or None,
        top=asked.top,
        per_segment=asked.per_segment,
        weights=dict(asked.weights),
    )
    found, options = question_of(question)
    narrowed = {
        "home": asked.home or None,
        "listed": {"yes": True, "no": False}.get(asked.listed),
        "title": asked.title or None,
        "kind": asked.kind or None,
        "ranked_for": asked.segment or None,
    }
    found = replace(found, **narrowed)  # type: ignore[arg-type]
    mode = asked.by_mode
    return (found if mode is None else by_mode(found, mode)), options
