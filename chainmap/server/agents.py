"""The agent interface (MCP): the same questions as the API, for programs that talk and read.

Every tool only reads. Every answer carries the snapshot, what the data can and cannot see, whether
it may be acted on, and the policy passages behind it.
"""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import cache, wraps
from inspect import signature
from io import TextIOWrapper
from typing import Any, ParamSpec

from mcp.server.mcpserver import Context, MCPServer
from mcp.server.mcpserver.exceptions import ToolError, UnexpectedToolError
from mcp.server.mcpserver.tools import Tool
from mcp.server.stdio import stdio_server
from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
from mcp.server.transport_security import TransportSecuritySettings
from mcp.shared.message import SessionMessage
from mcp.types import CallToolResult, InputRequiredResult, JSONRPCError, ToolAnnotations
from pydantic import ValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from chainmap import __version__
from chainmap.errors import ChainmapError, UnknownNameError
from chainmap.nearest import instead_of, nearest_names
from chainmap.server.agent_answers import AgentAnswer
from chainmap.server.agent_catalogues import compare_snapshots, list_catalogue, match_project
from chainmap.server.agent_gaps import (
    explain_gap,
    list_chains,
    list_gaps,
    policy_goals,
    policy_trace,
)
from chainmap.server.agent_messages import MessageLines, in_chinese, taken
from chainmap.server.agent_snapshots import asking
from chainmap.server.agent_targets import (
    explain_target,
    rank_targets,
    search_companies,
    why,
    why_not,
)
from chainmap.server.faults import argument_faults
from chainmap.server.problems import unforeseen

P = ParamSpec("P")

INSTRUCTIONS = (
    "产业链缺口与招商目标。先用 list_chains 和 list_gaps 了解城市，再用 rank_targets 取名单，"
    "用 explain_gap、why、why_not 说明理由，用 policy_trace 查政策原文位置。"
    "每个结论都要连同 citations 和 coverage 一起转述；may_act 为 false 时须提示用户先核实再行动。"
    "条目的 citations 是出处编号，citation_scopes 依同一顺序说明各自点名的是环节（segment）、"
    "板块（group）还是产业（chain）；两者合起来对应答案旁的一条出处。"
)
_READ_ONLY = ToolAnnotations(
    read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
)

TOOLS: dict[Callable[..., AgentAnswer], str] = {
    list_chains: "列出产业链及其环节数、名录企业数。",
    list_gaps: "列出一个城市的产业链缺口（建链、补链、强链、延链），最紧迫的在前。",
    explain_gap: (
        "解释一个环节在一个城市为什么是（或不是）缺口：得分构成、本地上下游、政策依据。"
        "名次只在该环节所在的产业链内计，与给出 chain 的 list_gaps 相同。"
    ),
    rank_targets: (
        "给出一个城市的招商目标企业排名，每家附得分构成、理由和出处；可按招商方式、企业所在地、"
        "时点和自定权重来问。得分不是落地概率。"
    ),
    explain_target: "解释一家企业为什么在（或不在）一个城市的招商目标中。",
    why: "说明一家企业为什么在（或接近）一个城市的清单：各类依据与证据标记、不利、合作方、出处。",
    why_not: "说明一家企业为什么不在一个城市的清单：差在哪一步，最小改变什么就能进入。",
    search_companies: "按汉字（一个字起）、拼音、首字母或代码查找名录企业。",
    policy_trace: (
        "列出点名一个环节、其板块或其产业的每一处政策原文位置（文件、专栏、字符偏移、散列值）。"
    ),
    match_project: (
        "看一个项目对得上一个城市招商目录的哪一条：匹配环节、逐条准入结果（符合、不符合、未知）、"
        "待补资料和得分构成。未知不等于符合。"
    ),
    compare_snapshots: (
        "比较两份保存的名单：谁进谁出、名次升降，逐家分成数据、政策、模型、参数、其他企业，相加等于升降。"
    ),
    list_catalogue: (
        "列出一个城市招商目录的条目：引进方向、优先级、准入条件、理由和出处；草案未经审定，不得作为承诺。"
    ),
    policy_goals: "列出规划为一个城市（及其区县、所在省）写明的量化目标，附原文位置。",
}
"""Every tool and what an agent is told of it; none of them writes."""


class AgentServer(MCPServer[Any]):
    """The MCP server; what goes wrong is said in Chinese, as to any other reader."""

    async def call_tool(
        self, name: str, arguments: dict[str, Any], context: Context[Any, Any] | None = None
    ) -> CallToolResult | InputRequiredResult:
        """Call a tool.

        Raises:
            ToolError: Its arguments cannot be used, there is no such tool, or it refuses.
        """
        _refuse_unknown(name, arguments)
        try:
            return await super().call_tool(name, arguments, context)
        except UnexpectedToolError as error:
            raise UnexpectedToolError(unforeseen().detail) from error.__cause__
        except ToolError as error:
            raise ToolError(_said(name, error)) from error.__cause__

    async def run_stdio_async(self) -> None:
        """Speak on stdin and stdout until the other side hangs up."""
        lines = MessageLines(TextIOWrapper(sys.stdin.buffer, encoding="utf-8", errors="replace"))
        async with stdio_server(lines) as (read, write):

            async def refuse(wrong: JSONRPCError) -> None:
                await write.send(SessionMessage(wrong))

            lines.refuse = refuse
            server = self._lowlevel_server
            await server.run(read, write, server.create_initialization_options())


def _refuse_unknown(name: str, arguments: dict[str, Any]) -> None:
    """Refuse an argument that a tool does not have; passed over, it would widen the answer.

    Raises:
        ToolError: There is one.
    """
    known = _arguments_of().get(name)
    if known is None:
        return
    for given in arguments:
        if given not in known:
            todo = instead_of(given, known) if known else "这个工具不用任何参数。"
            raise ToolError(f"没有参数“{given[:60]}”。{todo}")


@cache
def _arguments_of() -> dict[str, tuple[str, ...]]:
    """Return the names of every tool's arguments, by the tool's name."""
    return {tool.__name__: tuple(signature(tool).parameters) for tool in TOOLS}


def _said(name: str, error: ToolError) -> str:
    cause = error.__cause__
    if isinstance(cause, ValidationError):
        return argument_faults(cause.errors()[:5])
    if isinstance(cause, ToolError):
        return str(cause)
    near = nearest_names(name, [tool.__name__ for tool in TOOLS])
    return str(UnknownNameError("工具", name[:60], near))


def agent_server() -> MCPServer[Any]:
    """Return the MCP server, for stdio or to be mounted."""
    return AgentServer(
        "chainmap", title="产业链图谱", instructions=INSTRUCTIONS, version=__version__,
        tools=list(_tools()), middleware=[in_chinese],
    )  # fmt: skip


@cache
def _tools() -> tuple[Tool, ...]:
    """Return the tools as agents are told of them; their schemas are made once."""
    return tuple(
        Tool.from_function(
            _readable(tool), description=told, annotations=_READ_ONLY, structured_output=True
        )
        for tool, told in TOOLS.items()
    )


class AgentEndpoint:
    """The MCP server over HTTP: stateless, so that any server process answers any request."""

    def __init__(self) -> None:
        self._manager: StreamableHTTPSessionManager | None = None

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Yield while requests are answered; may be run again, each time with a new server."""
        server = agent_server()
        # Hosts and origins are `Door`'s business, with the keys that go with them.
        unguarded = TransportSecuritySettings(enable_dns_rebinding_protection=False)
        server.streamable_http_app(
            stateless_http=True, json_response=True, transport_security=unguarded
        )
        async with server.session_manager.run():
            self._manager = server.session_manager
            try:
                yield
            finally:
                self._manager = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request of an agent.

        Nothing is ever told without being asked, so there is no stream to listen to: each would
        hold one of the process's connections for as long as somebody likes.
        """
        if scope["method"] != "POST":
            raise HTTPException(405, headers={"Allow": "POST"})
        if self._manager is None:
            raise HTTPException(503)  # in words: `problems`
        body = await taken(scope, receive)
        if isinstance(body, Response):
            await body(scope, receive, send)
            return
        state = scope["app"].state
        with asking(state.service, scope["state"]["principal"]):
            await self._manager.handle_request(scope, body, send)


def _readable(tool: Callable[P, AgentAnswer]) -> Callable[P, AgentAnswer]:
    """Return a tool whose errors say to the agent what a reader would be told."""

    @wraps(tool)
    def told(*args: P.args, **kwargs: P.kwargs) -> AgentAnswer:
        try:
            return tool(*args, **kwargs)
        except ChainmapError as error:
            raise ToolError(str(error)) from error
        except ValidationError as error:
            raise ToolError(argument_faults(error.errors()[:5])) from error

    return told
