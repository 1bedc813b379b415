"""Tools for agents about chains, gaps and the policies behind them."""

from __future__ import annotations

from chainmap.chains.library import ChainLibrary
from chainmap.concepts.gap_records import GapList
from chainmap.concepts.policy_records import GoalRecord
from chainmap.concepts.records import CitationRecord
from chainmap.pipeline import load_world
from chainmap.reports import records
from chainmap.reports.register import goal_register
from chainmap.reports.trace import Shelf, trace_segment
from chainmap.server.agent_answers import (
    AgentAnswer,
    Chain,
    City,
    Segment,
    Top,
    answered,
    cited,
    plain,
    without_citations,
)
from chainmap.server.questions import asked, gaps_of
from chainmap.sources.places import find_city
from chainmap.sources.register import load_goals, load_positions


def list_chains() -> AgentAnswer:
    """Return the industry chains with how many segments and companies each has."""
    world = load_world()
    found = [records.chain_summary(world, chain) for chain in world.library.chains.values()]
    cited = dict.fromkeys(c for chain in world.library.chains.values() for c in chain.cites)
    passages = [records.citation_record(world, one, world.edition) for one in cited]
    return answered({"chains": plain(found)}, passages)


def list_gaps(city: City, chain: Chain = None, top: Top = 20) -> AgentAnswer:
    """Return a city's gaps, most urgent first."""
    found = gaps_of(asked(city, chain), top)
    return answered(without_citations(found), cited(found))


def explain_gap(city: City, segment: Segment) -> AgentAnswer:
    """Return why a segment is a gap of a city, or why it is none."""
    world = load_world()
    wanted = world.library.find_segment(segment)
    question = asked(city, world.library.chain_of(wanted.id).id)
    everything = gaps_of(question, None)
    mine = [gap for gap in everything.gaps if gap.segment_id == wanted.id]
    found = everything.model_copy(update={"gaps": mine})
    answer = without_citations(found)
    answer["is_gap"] = bool(mine)
    if not mine:
        answer["why_not"] = _why_no_gap(everything, wanted.id, wanted.name)
    passages = [records.citation_record(world, c.id, world.edition, scope)
                for scope, c in world.library.cited(wanted.id)]  # fmt: skip
    return answered(answer, cited(found) or passages)


def policy_trace(segment: Segment) -> AgentAnswer:
    """Return every policy passage that names a segment, its group or its chain."""
    world = load_world()
    found = world.library.find_segment(segment)
    trace = trace_segment(world.library, found, load_positions(), Shelf(), world.edition)
    passages = [records.citation_record(world, c.id, world.edition, scope)
                for scope, c in world.library.cited(found.id)]  # fmt: skip
    return answered(trace.model_dump(mode="json"), passages)


def policy_goals(city: City, top: Top = 20) -> AgentAnswer:
    """Return the quantified goals of plans for a city and its province, its own first.

    Each goal names its passage in `citation`.
    """
    world = load_world()
    home = find_city(world.cities, city)
    register = goal_register(world.library, load_goals(), (), home, world.edition)
    shown = register.goals[:top]
    data = register.model_copy(update={"goals": shown}).model_dump(mode="json")
    data["n_goals"] = len(register.goals)
    for goal in data["goals"]:
        goal["citation"] = f"{goal['document']}@{goal['start']}"
    return answered(data, [_where(world.library, goal) for goal in shown])


def _where(library: ChainLibrary, goal: GoalRecord) -> CitationRecord:
    """Return where a goal stands in its plan."""
    return CitationRecord(
        id=f"{goal.document}@{goal.start}",
        document_id=goal.document,
        title=goal.title,
        box=goal.box or "",
        start=goal.start,
        end=goal.end,
        sha256=library.documents[goal.document].sha256,
        names=[goal.indicator],
        in_force=goal.in_force,
    )


def _why_no_gap(everything: GapList, segment_id: str, name: str) -> str:
    if any(one.segment_id == segment_id for one in everything.not_enough_data):
        return f"数据不足，不能判断“{name}”有无缺口。"
    if not everything.basis.enough_data:
        return "名录中该市的企业太少，不足以判断缺口。"
    return f"“{name}”不是缺口：该市已有企业且与产业规模相称，或与该市现有产业没有联系。"
