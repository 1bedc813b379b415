"""Tools for agents about a city's catalogue, projects held against it, and kept lists."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints

from chainmap.concepts.json_kinds import Number
from chainmap.pipeline import load_world
from chainmap.reports.catalogue_records import catalogue_list
from chainmap.server.agent_answers import AgentAnswer, Chain, City, answered, name_citations
from chainmap.server.agent_snapshots import compared
from chainmap.server.catalogues import listed_version
from chainmap.server.projects import match_one
from chainmap.server.questions import city_called
from chainmap.settings import load_settings

Amount = Annotated[Number, Field(allow_inf_nan=False)]


def list_catalogue(
    city: City,
    chain: Chain = None,
    version: Annotated[
        str | None, Field(description="版本，如 2026-v1；省略为在用的版本", max_length=40)
    ] = None,
) -> AgentAnswer:
    """Return the items of a city's catalogue, the version in use unless another is named."""
    world, workspace = load_world(), load_settings().workspace
    listed = listed_version(city_called(city), version, workspace)
    wanted = world.library.find_chain(chain).id if chain is not None else None
    found = catalogue_list(world, listed, world.edition)
    items = [item for item in found.items if wanted in (None, item.chain_id)]
    data = found.model_copy(update={"items": items}).model_dump(mode="json")
    for item, record in zip(data["items"], items, strict=True):
        name_citations(item, record.citations)
    return answered(data, [c for item in items for c in item.citations])


def match_project(
    city: City,
    product: Annotated[
        str,
        StringConstraints(min_length=1, max_length=300, strip_whitespace=True),
        Field(description="产品或建设内容，用顿号分开，如 谐波减速器"),
    ],
    investment_10k_cny: Annotated[
        Amount | None, Field(ge=0, description="固定资产投资，万元；不知道就省略")
    ] = None,
    land_mu: Annotated[Amount | None, Field(gt=0, description="用地，亩")] = None,
    output_10k_cny: Annotated[Amount | None, Field(ge=0, description="达产年产值，万元")] = None,
    energy_tce: Annotated[Amount | None, Field(ge=0, description="年综合能耗，吨标准煤")] = None,
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
    data = found.model_dump(mode="json")
    for item, record in zip(data["projects"], found.projects, strict=True):
        name_citations(item, record.citations)
    answer = answered(data, [c for one in found.projects for c in one.citations])
    return answer.model_copy(update={"coverage": f"{found.basis.coverage}{answer.coverage}"})


def compare_snapshots(
    earlier: Annotated[
        str, Field(description="较早的快照：名称，或编号的开头（至少 6 位）", max_length=120)
    ],
    later: Annotated[
        str, Field(description="较晚的快照；today 为同一问题今天的名单", max_length=120)
    ] = "today",
) -> AgentAnswer:
    """Return who entered, left and moved between two saved lists, and through what."""
    return answered(*compared(earlier, later))
