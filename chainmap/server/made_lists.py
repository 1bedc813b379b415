"""Lists made as snapshots from what this installation holds today: for the service and commands."""

from __future__ import annotations

from dataclasses import replace

from chainmap.gaps.score import GapOptions
from chainmap.pipeline import find_gaps, load_world, target_ground, world_on
from chainmap.ranking.snapshots import ListQuestion, ListSnapshot
from chainmap.ranking.target_options import TargetOptions, year_known
from chainmap.reports.snapshot_making import make_snapshot
from chainmap.sources.places import find_city


def made_list(question: ListQuestion, options: TargetOptions) -> ListSnapshot:
    """Return the list of a question as a snapshot, from today's data, model and policy.

    The limit per segment does not apply where one segment is asked for.

    Raises:
        UnknownNameError: The city is not in the table of places.
    """
    world = world_on(question.as_of)
    options = replace(options, year=year_known(question.as_of, world.edition))
    if question.segment_id is not None or question.ranked_for is not None:
        options = replace(options, per_segment=0)
    city = find_city(world.cities, question.city_code)
    chain = world.library.chains[question.chain_id] if question.chain_id else None
    gap_options = GapOptions(as_of=question.as_of, include_expired=question.include_expired)
    gaps = find_gaps(world, city, gap_options, chain)
    ground = target_ground(world, city, options.year)
    return make_snapshot(world, question, options, gaps, ground)


def made_today(snapshot: ListSnapshot) -> ListSnapshot:
    """Return the list that answers a snapshot's question today.

    A question that was asked as of the roster's day is asked as of today's roster.
    """
    question = snapshot.question
    if question.as_of.isoformat() == snapshot.versions["roster"]:
        question = replace(question, as_of=load_world().edition)
    return made_list(question, snapshot.options)
