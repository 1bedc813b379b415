"""The agent interface (MCP): the same questions as the API, for programs that talk and read.

Every tool only reads. Every answer carries the snapshot, what the data can and cannot see, whether
it may be acted on, and the policy passages behind it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import wraps
from typing import Annotated, Any, ParamSpec

from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
from mcp.server.transport_security import TransportSecuritySettings
from mcp.types import ToolAnnotations
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException
from starlette.types import Receive, Scope, Send

from chainmap import __version__
from chainmap.concepts.records import CitationRecord, GapList, Record, TargetList
from chainmap.concepts.why_records import WhyNotRecord, WhyRecord
from chainmap.errors import ChainmapError, UnknownNameError
from chainmap.nearest import nearest_names
from chainmap.pipeline import load_world
from chainmap.ranking.target_options import TargetOptions
from chainmap.reports import records
from chainmap.reports.company_search import company_index
from chainmap.reports.register import goal_register
from chainmap.reports.trace import Shelf, trace_segment
from chainmap.server.agent_snapshots import asking, compared
from chainmap.server.projects import match_one
from chainmap.server.questions import asked, gaps_of, targets_of
from chainmap.server.snapshot import current_snapshot
from chainmap.server.why import why_not_of, why_of
from chainmap.sources.places import find_city
from chainmap.sources.register import load_goals, load_positions

P = ParamSpec("P")

INSTRUCTIONS = (
    "产业链缺口与招商目标。先用 list_chains 和 list_gaps 了解城市，再用 rank_targets 取名单，"
    "用 explain_gap、why、why_not 说明理由，用 policy_trace 查政策原文位置。"
    "每个结论都要连同 citations 和 coverage 一起转述；may_act 为 false 时须提示用户先核实再行动。"
)
_READ_ONLY = ToolAnnotations(
    read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
)
City = Annotated[str, Field(description="城市：绍兴、绍兴市、Shaoxing 或 330600", max_length=60)]
Chain = Annotated[
    str | None, Field(description="产业链编号或名称，如 集成电路；省略为全部", max_length=60)
]
Segment = Annotated[str, Field(description="环节编号或名称，如 光刻胶", max_length=60)]
Company = Annotated[str, Field(description="企业编号、简称或全称", max_length=60)]
Top = Annotated[int, Field(ge=1, le=100, description="最多列出多少项")]


class AgentAnswer(Record):
    """What every tool answers."""

    snapshot: str = Field(description="Which code, taxonomy and data the answer was made from")
    edition: dt.date
    coverage: str = Field(description="What the data can and cannot see; to be passed on")
    may_act: bool = Field(description="False: check before acting on the answer, and say so")
    citations: list[CitationRecord] = Field(description="Policy passages behind the answer")
    answer: dict[str, Any]


def list_chains() -> AgentAnswer:
    """Return the industry chains with how many segments and companies each has."""
    world = load_world()
    found = [records.chain_summary(world, chain) for chain in world.library.chains.values()]
    cited = dict.fromkeys(c for chain in world.library.chains.values() for c in chain.cites)
    passages = [records.citation_record(world, one, world.edition) for one in cited]
    return _answer({"chains": _plain(found)}, passages)


def list_gaps(city: City, chain: Chain = None, top: Top = 20) -> AgentAnswer:
    """Return a city's gaps, most urgent first."""
    found = gaps_of(asked(city, chain), top)
    return _answer(_without_citations(found), _cited(found))


def explain_gap(city: City, segment: Segment) -> AgentAnswer:
    """Return why a segment is a gap of a city, or why it is none."""
    world = load_world()
    wanted = world.library.find_segment(segment)
    question = asked(city, world.library.chain_of(wanted.id).id)
    everything = gaps_of(question, None)
    mine = [gap for gap in everything.gaps if gap.segment_id == wanted.id]
    found = everything.model_copy(update={"gaps": mine})
    answer = _without_citations(found)
    answer["is_gap"] = bool(mine)
    if not mine:
        answer["why_not"] = _why_no_gap(everything, wanted.id, wanted.name)
    passages = [records.citation_record(world, c.id, world.edition, scope)
                for scope, c in world.library.cited(wanted.id)]  # fmt: skip
    return _answer(answer, _cited(found) or passages)


def rank_targets(
    city: City,
    chain: Chain = None,
    segment: Annotated[str | None, Field(description="只看一个环节", max_length=60)] = None,
    top: Top = 10,
) -> AgentAnswer:
    """Return a city's ranked targets with parts, reasons and citations."""
    found = targets_of(asked(city, chain, segment), TargetOptions(top=top))
    return _answer(_without_citations(found), _cited(found))


def explain_target(
    city: City,
    company: Company,
    chain: Chain = None,
) -> AgentAnswer:
    """Return why a company is a target of a city, or why it is none."""
    world = load_world()
    index = company_index(world)
    hits = index.find(company)
    if not hits:
        raise UnknownNameError("企业", company, nearest_names(company, index.names()))
    wanted = hits[0]
    everything = TargetOptions(top=world.companies.height, per_segment=0)
    ranked = targets_of(asked(city, chain), everything)
    mine = [target for target in ranked.targets if target.company_id == wanted.id]
    found = ranked.model_copy(update={"targets": mine})
    answer = _without_citations(found)
    answer |= {"company": wanted.model_dump(mode="json"), "n_candidates": len(ranked.targets)}
    answer["is_target"] = bool(mine)
    if not mine:
        here = find_city(world.cities, city).code == wanted.city_code
        answer["why_not"] = (
            f"{wanted.short_name}就在本市，本市企业不列为招商目标。"
            if here
            else f"{wanted.short_name}的环节不能补上该市在所选范围内的任何缺口。"
        )
    return _answer(answer, _cited(found))


def why(city: City, company: Company, chain: Chain = None, top: Top = 20) -> AgentAnswer:
    """Return why a company stands where it does on a city's list."""
    found = why_of(asked(city, chain), company, TargetOptions(top=top))
    return _answer(_told(found), found.citations)


def why_not(city: City, company: Company, chain: Chain = None, top: Top = 20) -> AgentAnswer:
    """Return at which one stage a company fell out of a city's list, and what would bring it in."""
    found = why_not_of(asked(city, chain), company, TargetOptions(top=top))
    return _answer(_told(found), found.citations)


def search_companies(
    query: Annotated[str, Field(description="汉字、拼音、首字母或证券代码", max_length=60)],
    top: Top = 10,
) -> AgentAnswer:
    """Return companies of the roster by Chinese, pinyin, initials or code."""
    found = company_index(load_world()).find(query)
    return _answer({"n_found": len(found), "companies": _plain(found[:top])}, [])


def policy_trace(segment: Segment) -> AgentAnswer:
    """Return every policy passage that names a segment, its group or its chain."""
    world = load_world()
    found = world.library.find_segment(segment)
    trace = trace_segment(world.library, found, load_positions(), Shelf(), world.edition)
    passages = [records.citation_record(world, c.id, world.edition, scope)
                for scope, c in world.library.cited(found.id)]  # fmt: skip
    return _answer(trace.model_dump(mode="json"), passages)


def policy_goals(city: City) -> AgentAnswer:
    """Return the quantified goals of plans for a city, its counties and its province."""
    world = load_world()
    home = find_city(world.cities, city)
    register = goal_register(world.library, load_goals(), (), home, world.edition)
    return _answer(register.model_dump(mode="json"), [])


def match_project(
    city: City,
    product: Annotated[
        str, Field(description="产品或建设内容，用顿号分开，如 谐波减速器", max_length=300)
    ],
    investment_10k_cny: Annotated[
        float | None, Field(ge=0, description="固定资产投资，万元；不知道就省略")
    ] = None,
    land_mu: Annotated[float | None, Field(gt=0, description="用地，亩")] = None,
    output_10k_cny: Annotated[float | None, Field(ge=0, description="达产年产值，万元")] = None,
    energy_tce: Annotated[float | None, Field(ge=0, description="年综合能耗，吨标准煤")] = None,
) -> AgentAnswer:
    """Return which catalogue item a project answers to, what the rules say, and its score."""
    facts = {
        "name": product,
        "product": product,
        "fixed_investment_10k": investment_10k_cny,
        "land_mu": land_mu,
        "output_10k": output_10k_cny,
        "energy_tce": energy_tce,
    }
    found = match_one(city, facts)
    plain = found.model_dump(mode="json")
    for item in plain["projects"]:
        item["citations"] = [citation["id"] for citation in item["citations"]]
    answer = _answer(plain, [c for one in found.projects for c in one.citations])
    return answer.model_copy(update={"coverage": f"{found.basis.coverage}{answer.coverage}"})


def compare_snapshots(
    earlier: Annotated[str, Field(description="较早的快照：名称或编号", max_length=120)],
    later: Annotated[
        str, Field(description="较晚的快照；today 为同一问题今天的名单", max_length=120)
    ] = "today",
) -> AgentAnswer:
    """Return who entered, left and moved between two saved lists, and through what."""
    return _answer(compared(earlier, later), [])


TOOLS: dict[Callable[..., AgentAnswer], str] = {
    list_chains: "列出产业链及其环节数、名录企业数。",
    list_gaps: "列出一个城市的产业链缺口（建链、补链、强链、延链），最紧迫的在前。",
    explain_gap: "解释一个环节在一个城市为什么是（或不是）缺口：得分构成、本地上下游、政策依据。",
    rank_targets: "给出一个城市的招商目标企业排名，每家附得分构成、理由和出处。得分不是落地概率。",
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
    policy_goals: "列出规划为一个城市（及其区县、所在省）写明的量化目标，附原文位置。",
}
"""Every tool and what an agent is told of it; none of them writes."""


def agent_server() -> MCPServer[Any]:
    """Return the MCP server, for stdio or to be mounted."""
    server: MCPServer[Any] = MCPServer(
        "chainmap", title="产业链图谱", instructions=INSTRUCTIONS, version=__version__
    )
    for tool, told in TOOLS.items():
        add = server.tool(description=told, annotations=_READ_ONLY, structured_output=True)
        add(_readable(tool))
    return server


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
        """Answer one request of an agent."""
        if self._manager is None:
            raise HTTPException(503, "The service is starting or stopping")
        state = scope["app"].state
        with asking(state.service, scope["state"]["principal"]):
            await self._manager.handle_request(scope, receive, send)


def _readable(tool: Callable[P, AgentAnswer]) -> Callable[P, AgentAnswer]:
    """Return a tool whose errors say to the agent what a reader would be told."""

    @wraps(tool)
    def told(*args: P.args, **kwargs: P.kwargs) -> AgentAnswer:
        try:
            return tool(*args, **kwargs)
        except ChainmapError as error:
            raise ToolError(str(error)) from error

    return told


def _answer(answer: dict[str, Any], citations: list[CitationRecord]) -> AgentAnswer:
    snapshot = current_snapshot()
    return AgentAnswer(
        snapshot=snapshot.id,
        edition=snapshot.edition,
        coverage=snapshot.coverage,
        may_act=snapshot.may_act,
        citations=list({(c.id, c.scope): c for c in citations}.values()),
        answer=answer,
    )


def _cited(found: GapList | TargetList) -> list[CitationRecord]:
    items = found.gaps if isinstance(found, GapList) else found.targets
    return [citation for item in items for citation in item.citations]


def _without_citations(found: GapList | TargetList) -> dict[str, Any]:
    """Return a list as plain data; each item names its citations, which stand beside it once."""
    plain = found.model_dump(mode="json")
    for item in plain["gaps" if isinstance(found, GapList) else "targets"]:
        item["citations"] = [citation["id"] for citation in item["citations"]]
    return plain


def _told(found: WhyRecord | WhyNotRecord) -> dict[str, Any]:
    """Return an answer as plain data without its citations, which stand beside it once."""
    plain = found.model_dump(mode="json", exclude={"citations"})
    for inner in (plain, plain.get("why") or {}):
        inner.pop("citations", None)
        if "target" in inner:
            inner["target"]["citations"] = [one["id"] for one in inner["target"]["citations"]]
    return plain


def _plain(items: list[Any]) -> list[dict[str, Any]]:
    return [item.model_dump(mode="json") for item in items if isinstance(item, BaseModel)]


def _why_no_gap(everything: GapList, segment_id: str, name: str) -> str:
    if any(one.segment_id == segment_id for one in everything.not_enough_data):
        return f"数据不足，不能判断“{name}”有无缺口。"
    if not everything.basis.enough_data:
        return "名录中该市的企业太少，不足以判断缺口。"
    return f"“{name}”不是缺口：该市已有企业且与产业规模相称，或与该市现有产业没有联系。"
