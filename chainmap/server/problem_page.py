"""`/docs/problems`: every kind of problem the API answers with, and what to do about it."""

from __future__ import annotations

from html import escape

from fastapi import APIRouter
from starlette.responses import HTMLResponse

from chainmap.server.problems import KINDS

router = APIRouter(include_in_schema=False)

ADVICE: dict[str, tuple[str, str]] = {
    "unknown-name": ("换用 nearest 中的名称", "Use one of the names in nearest"),
    "unreadable": ("用 UTF-8 编码的 JSON 或表单", "Send JSON or a form in UTF-8"),
    "bad-input": ("按 detail 改正参数", "Correct what detail names"),
    "conflict": ("换一个 Idempotency-Key，或重新读取", "Use another Idempotency-Key, or read anew"),
    "key-missing": ("在请求头中带上密钥", "Send a key in a header"),
    "key-wrong": ("核对密钥，或另行索取", "Check the key, or ask for another"),
    "key-expired": ("另行索取密钥；嵌入令牌重新签发", "Ask for another key or embed token"),
    "key-revoked": ("另行索取密钥", "Ask for another key"),
    "scope-missing": ("用有该权限的密钥", "Use a key that has the scope"),
    "origin-not-allowed": ("建密钥时用 --origin 列出该来源", "Name the origin when making the key"),
    "host-not-allowed": ("用 127.0.0.1 访问，或先建密钥", "Use 127.0.0.1, or make a key first"),
    "not-acceptable": ("改 Accept，见接口说明", "Change Accept; see the API page"),
    "unsupported-type": ("改 Content-Type，见接口说明", "Change Content-Type; see the API page"),
    "stale-cursor": ("从第一页重新开始", "Start again from the first page"),
    "body-too-large": ("拆分后再发送", "Send it in parts"),
    "too-many-requests": ("等 Retry-After 所说的秒数", "Wait as many seconds as Retry-After says"),
    "too-slow": ("缩小范围，或改用批量任务", "Ask for less, or start a batch"),
    "database-unavailable": ("稍后再试", "Try again later"),
    "broken-installation": ("附请求号告诉管理员", "Tell the administrator the request id"),
    "internal": ("附请求号告诉管理员", "Tell the administrator the request id"),
}
"""What to do about each of `KINDS`, in both languages."""

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
    kind, (todo, todo_en) = KINDS[slug], ADVICE[slug]
    told = f'{escape(kind.title)}<br><span class="muted" lang="en">{escape(kind.title_en)}</span>'
    advice = f'{escape(todo)}<br><span class="muted" lang="en">{escape(todo_en)}</span>'
    return (
        f'<tr id="{slug}"><th scope="row"><code>urn:chainmap:problem:{slug}</code></th>'
        f"<td>{kind.status}</td><td>{told}</td><td>{advice}</td></tr>"
    )
