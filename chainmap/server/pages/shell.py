"""What every page shares: templates, language, the city in mind, headers, and error pages."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse
from fastapi.routing import APIRoute
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from chainmap import __version__
from chainmap.errors import ChainmapError, InputError, UnknownNameError
from chainmap.pipeline import load_world
from chainmap.server.pages import forms, words
from chainmap.server.problems import KINDS, STATUSES, Refusal, mark_problem
from chainmap.settings import Settings, load_settings
from chainmap.sources.places import City, find_city

FOLDER = Path(__file__).resolve().parent
STATIC = FOLDER / "static"
DEFAULT_CITY = "330600"
"""The city a first-time reader sees; afterwards the last one looked at."""
_LANG, _CITY = "chainmap_lang", "chainmap_city"
_YEAR = 365 * 24 * 3600
SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'self'"
)
"""Our own files only: no inline script or style, nothing from elsewhere."""


def language(request: Request) -> str:
    """Return `zh` or `en`: as asked for now, else as last asked for, else Chinese."""
    asked = request.query_params.get("lang", request.cookies.get(_LANG, "zh"))
    return "en" if asked == "en" else "zh"


def city_in_mind(request: Request) -> City:
    """Return the city the reader looked at last; the default one where there is none."""
    cities = load_world().cities
    try:
        return find_city(cities, request.cookies.get(_CITY, DEFAULT_CITY))
    except UnknownNameError:
        return find_city(cities, DEFAULT_CITY)


def settings_of(request: Request) -> Settings:
    """Return the service's settings; those of the environment where the pages run alone."""
    service = getattr(request.app.state, "service", None)
    found: Settings = service.settings if service is not None else load_settings()
    return found


def render(
    request: Request, template: str, *, city: City | None = None, status: int = 200, **context: Any
) -> HTMLResponse:
    """Return a page: `template` with the context and what every page shares.

    Args:
        request: Whose language and cookies count.
        template: File under `templates/`.
        city: The city the page is about; remembered for the next pages.
        status: HTTP status.
        context: What the template names.
    """
    lang = language(request)
    here = city or city_in_mind(request)
    text = (
        environment()
        .get_template(template)
        .render(
            request=request,
            lang=lang,
            tr=lambda zh, en: en if lang == "en" else zh,
            say=words.Names(load_world(), lang),
            here=here,
            path=request.url.path,
            other_language=_other_language(request, lang),
            may=lambda scope: forms.may(request, scope),
            form_token=lambda: forms.form_token(request),
            **context,
        )
    )
    response = HTMLResponse(text, status_code=status)
    response.headers["Content-Security-Policy"] = SECURITY_POLICY
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "same-origin"
    if "lang" in request.query_params:
        response.set_cookie(_LANG, lang, max_age=_YEAR, samesite="lax", httponly=True)
    if city is not None and request.cookies.get(_CITY) != city.code:
        response.set_cookie(_CITY, city.code, max_age=_YEAR, samesite="lax", httponly=True)
    return response


class PageRoute(APIRoute):
    """A route whose errors are pages a reader understands, not JSON problems."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Return the handler, errors of ours turned into pages."""
        handler = super().get_route_handler()

        async def handled(request: Request) -> Response:
            try:
                return await handler(request)
            except ChainmapError as error:
                return error_page(request, error)
            except Refusal as refusal:
                if "text/html" not in request.headers.get("accept", ""):
                    raise
                return refusal_page(request, refusal)
            except RequestValidationError as error:
                return error_page(request, _unusable(*error.errors()[0]["loc"]))

        return handled


def _unusable(where: str, *field: str | int) -> InputError:
    """Return the error of a value that no page or form of ours would send."""
    name = ".".join(str(part) for part in field)
    if where == "body":
        return InputError(
            f"表单中的“{name}”缺少或不可用，没有改动任何内容。", todo="请返回页面，刷新后重新提交。"
        )
    return InputError(f"参数 {name} 不可用。", todo="请从页面上的选项中选择。")


def error_page(request: Request, error: ChainmapError) -> HTMLResponse:
    """Return the page of one of our errors, with the names that come close as links."""
    kind = next(kind for kind in type(error).__mro__ if kind in STATUSES)
    status, slug, title = STATUSES[kind]
    mark_problem(request.scope, slug)
    nearest = list(error.nearest) if isinstance(error, UnknownNameError) else []
    return render(
        request,
        "error.html",
        status=status,
        title=title,
        detail=error.message,
        todo=error.todo,
        nearest=nearest,
    )


def refusal_page(request: Request, refusal: Refusal) -> HTMLResponse:
    """Return the page of a request that is not served."""
    mark_problem(request.scope, refusal.slug)
    return render(
        request,
        "error.html",
        status=refusal.status_code,
        title=KINDS[refusal.slug].title,
        detail=refusal.detail,
        todo=refusal.todo,
        nearest=[],
    )


def missing_page(request: Request, status: int) -> HTMLResponse:
    """Return the page of an address that leads nowhere."""
    return render(
        request,
        "error.html",
        status=status,
        title="没有这个页面" if status == 404 else "请求没有完成",
        detail=request.url.path,
        todo="请从上方导航或搜索进入。",
        nearest=[],
    )


@cache
def environment() -> Environment:
    """Return the template environment, compiled once per process."""
    made = Environment(
        loader=FileSystemLoader(FOLDER / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(version=__version__, query=_query)
    made.filters.update(words.FILTERS)
    made.globals["m"] = made.get_template("macros.html").module
    return made


def _other_language(request: Request, lang: str) -> str:
    """Return the address of this page in the other language."""
    params = [(key, value) for key, value in request.query_params.multi_items() if key != "lang"]
    return "?" + urlencode([*params, ("lang", "zh" if lang == "en" else "en")])


def _query(request: Request, **changes: Any) -> str:
    """Return this page's query with some values changed; None takes one out."""
    params = [
        (key, value)
        for key, value in request.query_params.multi_items()
        if key not in changes and key != "lang"
    ]
    params += [(key, str(value)) for key, value in changes.items() if value is not None]
    return "?" + urlencode(params)
