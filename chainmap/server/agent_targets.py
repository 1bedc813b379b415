"""Tools for agents about companies: ranked targets, why and why not, search."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from chainmap.pipeline import load_world
from chainmap.ranking.target_options import TargetOptions
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
    plain,
    told,
    without_citations,
)
from chainmap.server.questions import asked
from chainmap.server.weighing import targets_of
from chainmap.server.why import why_not_of, why_of
from chainmap.sources.places import find_city


def rank_targets(
    city: City,
    chain: Chain = None,
    segment: Annotated[str | None, Field(description="只看一个环节", max_length=60)] = None,
    top: Top = 10,
) -> AgentAnswer:
    """Return a city's ranked targets with parts, reasons and citations."""
    found = targets_of(asked(city, chain, segment), TargetOptions(top=top))
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
    """Return companies of the roster by Chinese, pinyin, initials or code."""
    found = company_index(load_world()).find(query)
    return answered({"n_found": len(found), "companies": plain(found[:top])}, [])
