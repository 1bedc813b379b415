"""`/docs/problems`: every kind of problem the API answers with, and what to do about it."""

from __future__ import annotations

from html import escape

from fastapi import APIRouter
from starlette.responses import HTMLResponse

from chainmap.server.problem_kinds import KINDS

router = APIRouter(include_in_schema=False)

_PAGE = """<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>接口问题类型 · chainmap</title><link rel="icon" href="data:,">
<link rel="stylesheet" href="/static/site.css"></head>
<body><main><h1>接口问题类型 <span lang="en">Problem types</span></h1>
<p class="muted">出错时，接口按 RFC 9457 回答 <code>application/problem+json</code>。
<code>type</code> 是稳定的标识：含义不变，也不会取消；以后可能增加新的类型。
<span lang="en">A <code>type</code> never changes its meaning and is never taken away;
new ones may come.</span></p>
<div class="card"><table><thead><tr><th scope="col">type</th><th scope="col">HTTP</th>
<th scope="col">含义</th><th scope="col">怎么办</th></tr></thead><tbody>
{rows}
</tbody></table></div>
<p><a href="/docs">接口说明 <span lang="en">API</span></a></p></main></body></html>
"""


@router.get("/docs/problems")
def problem_types() -> HTMLResponse:
    """Return the page of all problem types; each has its own anchor."""
    return HTMLResponse(_PAGE.format(rows="\n".join(_row(slug) for slug in KINDS)))


def _row(slug: str) -> str:
    kind = KINDS[slug]
    told = f'{escape(kind.title)}<br><span class="muted" lang="en">{escape(kind.title_en)}</span>'
    advice = f'{escape(kind.todo)}<br><span class="muted" lang="en">{escape(kind.todo_en)}</span>'
    return (
        f'<tr id="{slug}"><th scope="row"><code>urn:chainmap:problem:{slug}</code></th>'
        f"<td>{kind.status}</td><td>{told}</td><td>{advice}</td></tr>"
    )
