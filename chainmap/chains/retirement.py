"""Retired segments: their successors answer for them, and they are drawn no more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from chainmap.chains.reader import Taxonomy
from chainmap.concepts.chain import Chain, Segment


def successors(taxonomy: Taxonomy) -> dict[str, str]:
    """Return each retired segment's id → the id of the living segment that answers to it.

    Raises:
        CurationError: A successor does not exist, or the successors run in a circle.
    """
    named = {s.id: s.replaced_by for chain, _ in taxonomy.chains for s in chain.segments}
    found: dict[str, str] = {}
    for chain, file in taxonomy.chains:
        for index, segment in enumerate(chain.segments):
            at, seen = segment.replaced_by, {segment.id}
            loc = ("segments", index, "replaced_by")
            while at is not None:
                if at not in named:
                    raise file.error(loc, f"没有环节 {at}", todo="改为现有环节的编号。")
                if at in seen:
                    raise file.error(loc, f"{segment.id} 的接替关系成环", todo="指向仍在用的环节。")
                seen.add(at)
                found[segment.id], at = at, named[at]
    return found


def living(chains: Sequence[Chain], successor: Mapping[str, str]) -> list[Chain]:
    """Return the chains as drawn: without retired segments, whose links and passages pass on.

    A link to a retired segment leads to its successor; its own links and citations become the
    successor's, so that no source is lost.
    """
    if not successor:
        return list(chains)
    heirs: dict[str, list[Segment]] = {}
    for segment in (s for chain in chains for s in chain.segments if s.id in successor):
        heirs.setdefault(successor[segment.id], []).append(segment)
    return [
        chain.model_copy(
            update={
                "segments": tuple(
                    _with_inheritance(segment, heirs.get(segment.id, ()), successor)
                    for segment in chain.segments
                    if segment.id not in successor
                )
            }
        )
        for chain in chains
    ]


def _with_inheritance(
    segment: Segment, retired: Sequence[Segment], successor: Mapping[str, str]
) -> Segment:
    bundle = (segment, *retired)
    users = (successor.get(user, user) for s in bundle for user in s.supplies)
    supplies = tuple(dict.fromkeys(user for user in users if user != segment.id))
    cites = tuple(dict.fromkeys(cited for s in bundle for cited in s.cites))
    return segment.model_copy(update={"supplies": supplies, "cites": cites})
