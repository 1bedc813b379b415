"""Every route of an application, those of included routers too, and their contract."""

from functools import cache

from starlette.routing import Mount

from chainmap.server.app import build_app


@cache
def contract():
    """The contract as the code makes it, made once for all tests: none may change it."""
    return build_app().openapi()


def routes_of(holder):
    """Yield every route below an application or router.

    FastAPI keeps an included router as one entry that only unfolds when it is matched.
    """
    for route in holder.routes:
        inner = getattr(route, "original_router", None)
        if inner is not None:
            yield from routes_of(inner)
        else:
            yield route


def scopes_of(route):
    """The scopes a route asks for, in the order they are checked."""
    dependencies = getattr(getattr(route, "dependant", None), "dependencies", [])
    return [d.call.scope for d in dependencies if hasattr(d.call, "scope")]


def closed_paths(app, is_open):
    """The paths of routes and mounts that are not open."""
    paths = [f"{r.path}/" if isinstance(r, Mount) else r.path for r in routes_of(app)]
    return [path for path in paths if not is_open(path)]
