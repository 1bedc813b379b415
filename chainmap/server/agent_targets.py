"""Tools for agents about companies: ranked targets, why and why not, search."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from chainmap.concepts.json_kinds import Number
from chainmap.concepts.record_days import Day
from chainmap.concepts.records import CitationRecord
from chainmap.concepts.service_records import TargetQuestion
from chainmap.pipeline import load_world
from chainmap.ranking.families import FAMILIES
from chainmap.ranking.target_options import TargetOptions
from chainmap.reports import records
from chainmap.reports.company_search import company_index
from chainmap.reports.why_company import company_called
from chainmap.server.agent_answers import (
    AgentAnswer,
    Chain,
    City,
    Company,
    Top,
    answered,
    cited,
    name_citations,
    plain,
    told,
    without_citations,
)
from chainmap.server.agent_snapshots import require_compute
from chainmap.server.kept_lists import as_listed, question_of
from chainmap.server.questions import asked, of_question
from chainmap.server.weighing import targets_of
from chainmap.server.why import why_not_of, why_of
from chainmap.sources.places import find_city

AskedMode = Annotated[
    Literal["chain", "industry", "leader", "advantage"] | None,
    Field(description="招商方式：chain 产业链、industry 目标产业、leader 龙头、advantage 优势资源"),
]
Weights = Annotated[
    dict[str, Annotated[Number, Field(ge=0, le=3, allow_inf_nan=False)]],
    Field(
        description=(
            f"各类得分乘以多少，0–3，未给的为 1；需要 compute 权限。类别：{'、'.join(FAMILIES)}"
        ),
        max_length=32,
    ),
]


def rank_targets(
    city: City,
    chain: Chain = None,
    segment: Annotated[str | None, Field(description="只看一个环节", max_length=60)] = None,
    top: Top = 10,
    mode: AskedMode = None,
    leader: Annotated[
        str | None, Field(description="龙头企业，仅与 mode=leader 同用", max_length=60)
    ] = None,
    industries: Annotated[
        list[str], Field(description="板块或产业链，仅与 mode=industry 同用", max_length=20)
    ] = [],  # noqa: B006 - only read; agents are shown it as the default
    home: Annotated[
        str | None, Field(description="只列此省或市的企业，如 上海", max_length=60)
    ] = None,
    weights: Weights = {},  # noqa: B006 - the same
    as_of: Annotated[Day | None, Field(description="时点，YYYY-MM-DD；省略为名录日期")] = None,
) -> AgentAnswer:
    """Return a city's ranked targets with parts, reasons and citations."""
    if weights:
        require_compute("自定权重")
    question = TargetQuestion(
        city=city,
        chain=chain,
        segment=segment,
        top=top,
        mode=mode,
        leader=leader,
        industries=industries,
        home=home,
        weights=weights,
        as_of=as_of,
    )
    plain_question, options = of_question(question)
    listed, _ = question_of(question)
    found = targets_of(as_listed(plain_question, listed), options)
    return answered(without_citations(found), cited(found))


def explain_target(
    city: City,
    company: Company,
    chain: Chain = None,
) -> AgentAnswer:
    """Return why a company is a target of a city, or why it is none."""
    world = load_world()
    wanted = company_index(world).summary(company_called(world, company))
    everything = TargetOptions(top=world.companies.height, per_segment=0)
    ranked = targets_of(asked(city, chain), everything)
    mine = [target for target in ranked.targets if target.company_id == wanted.id]
    found = ranked.model_copy(update={"targets": mine})
    answer = without_citations(found)
    answer |= {"company": wanted.model_dump(mode="json"), "n_candidates": len(ranked.targets)}
    answer["is_target"] = bool(mine)
    if not mine:
        here = find_city(world.cities, city).code == wanted.city_code
        answer["why_not"] = (
            f"{wanted.short_name}就在本市，本市企业不列为招商目标。"
            if here
            else f"{wanted.short_name}的环节不能补上该市在所选范围内的任何缺口。"
        )
    return answered(answer, cited(found))


def why(city: City, company: Company, chain: Chain = None, top: Top = 20) -> AgentAnswer:
    """Return why a company stands where it does on a city's list."""
    found = why_of(asked(city, chain), company, TargetOptions(top=top))
    return answered(told(found), found.citations)


def why_not(city: City, company: Company, chain: Chain = None, top: Top = 20) -> AgentAnswer:
    """Return at which one stage a company fell out of a city's list, and what would bring it in."""
    found = why_not_of(asked(city, chain), company, TargetOptions(top=top))
    return answered(told(found), found.citations)


def search_companies(
    query: Annotated[str, Field(description="汉字、拼音、首字母或证券代码", max_length=60)],
    top: Top = 10,
) -> AgentAnswer:
    """Return companies of the roster by Chinese, pinyin, initials or code.

    Each names in `citations` the passages behind its main segment.
    """
    world = load_world()
    found = company_index(world).find(query)
    passages: list[CitationRecord] = []
    shown = plain(found[:top])
    for company in shown:
        behind = [
            records.citation_record(world, citation.id, world.edition, scope)
            for segment in company["segments"][:1]
            for scope, citation in world.library.cited(segment)
        ]
        name_citations(company, behind)
        passages += behind
    return answered({"n_found": len(found), "companies": shown}, passages)
