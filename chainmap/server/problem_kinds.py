"""The kinds of problems the API answers with: status, what each is, and what to do about it."""

from __future__ import annotations

from typing import NamedTuple


class Kind(NamedTuple):
    """One kind of problem: its status, what it is and what to do about it, in both languages."""

    status: int
    title: str
    title_en: str
    todo: str
    todo_en: str


KINDS: dict[str, Kind] = {
    "unknown-name": Kind(
        404,
        "没有这个名称",
        "Nothing answers to this name",
        "换用 nearest 中的名称",
        "Check how it is written, or use one of the names in nearest",
    ),
    "unreadable": Kind(
        400,
        "请求内容无法解析",
        "The content of the request cannot be read",
        "用 UTF-8 编码的 JSON 或表单",
        "Send JSON or a form in UTF-8",
    ),
    "bad-input": Kind(
        422,
        "参数不可用",
        "A parameter cannot be used",
        "按 detail 改正参数",
        "Correct what detail names",
    ),
    "conflict": Kind(
        409,
        "与现有内容冲突",
        "It contradicts what is already there",
        "换一个 Idempotency-Key，或重新读取",
        "Use another Idempotency-Key, or read anew",
    ),
    "key-missing": Kind(
        401,
        "需要密钥",
        "An API key is needed",
        "在请求头中带上密钥",
        "Send a key in a header",
    ),
    "key-wrong": Kind(
        401,
        "密钥无效",
        "The API key is not valid",
        "核对密钥，或另行索取",
        "Check the key, or ask for another",
    ),
    "key-expired": Kind(
        401,
        "密钥已到期",
        "The API key has expired",
        "另行索取密钥；嵌入令牌重新签发",
        "Ask for another key or embed token",
    ),
    "key-revoked": Kind(
        401,
        "密钥已停用",
        "The API key was revoked",
        "另行索取密钥",
        "Ask for another key",
    ),
    "scope-missing": Kind(
        403,
        "密钥没有这项权限",
        "The API key lacks the scope",
        "用有该权限的密钥",
        "Use a key that has the scope",
    ),
    "origin-not-allowed": Kind(
        403,
        "不接受来自此网页的请求",
        "Requests from this page are refused",
        "建密钥时用 --origin 列出该来源",
        "Name the origin when making the key",
    ),
    "host-not-allowed": Kind(
        421,
        "不接受此主机名",
        "This host name is not served",
        "用 127.0.0.1 访问，或先建密钥",
        "Use 127.0.0.1, or make a key first",
    ),
    "not-acceptable": Kind(
        406,
        "没有所要的格式",
        "No such format",
        "改 Accept，见接口说明",
        "Change Accept; see the API page",
    ),
    "unsupported-type": Kind(
        415,
        "不接受此类内容",
        "This type of content is not accepted",
        "改 Content-Type，见接口说明",
        "Change Content-Type; see the API page",
    ),
    "stale-cursor": Kind(
        410,
        "翻页标记已失效",
        "The cursor is no longer valid",
        "从第一页重新开始",
        "Start again from the first page",
    ),
    "body-too-slow": Kind(
        408,
        "内容接收超时",
        "The content arrived too slowly",
        "检查网络，重新发送",
        "Check the network and send it again",
    ),
    "body-too-large": Kind(
        413,
        "内容过大",
        "The content is too large",
        "拆分后再发送",
        "Send it in parts",
    ),
    "too-many-requests": Kind(
        429,
        "请求过于频繁",
        "Too many requests",
        "等 Retry-After 所说的秒数",
        "Wait as many seconds as Retry-After says",
    ),
    "too-slow": Kind(
        504,
        "处理超时",
        "The answer took too long",
        "缩小范围，或改用批量任务",
        "Ask for less, or start a batch",
    ),
    "database-unavailable": Kind(
        503,
        "业务数据库暂不可用",
        "The database is unavailable",
        "稍后再试",
        "Try again later",
    ),
    "broken-installation": Kind(
        500,
        "服务端数据或安装有误",
        "The installation is broken",
        "附请求号告诉管理员",
        "Tell the administrator the request id",
    ),
    "internal": Kind(
        500,
        "服务内部错误",
        "Internal error",
        "附请求号告诉管理员",
        "Tell the administrator the request id",
    ),
}
"""Stable end of `type` → kind. An end is never given another meaning, and never taken away."""
