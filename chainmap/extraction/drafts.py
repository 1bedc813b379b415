"""Proposals for the taxonomy out of what policy documents say; nothing enters by itself."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from chainmap.chains.library import ChainLibrary
from chainmap.chains.names import NameIndex
from chainmap.concepts.policy import PolicyExtraction
from chainmap.concepts.proposal import KIND_ZH, DraftFile, Proposal, SegmentProposal
from chainmap.concepts.register import PositionFact
from chainmap.extraction.citing import Reading, alias_proposals, citation_proposals
from chainmap.extraction.mentions import mentions_of
from chainmap.extraction.novelties import (
    domain_proposals,
    position_proposals,
    segment_proposals,
    verb_proposals,
)
from chainmap.extraction.registration import register

_SHOWN_EVIDENCE = 5


@dataclass(frozen=True)
class Known:
    """What a draft is held against.

    Attributes:
        library: The compiled taxonomy.
        taxonomy_sha256: Its hash, printed in the draft.
        decided: Ids of proposals accepted or rejected before; they are not made again.
        positions: Positions of places that are registered already.
    """

    library: ChainLibrary
    taxonomy_sha256: str
    decided: Collection[str] = ()
    positions: Sequence[PositionFact] = ()


def draft_of(extractions: Sequence[PolicyExtraction], known: Known) -> DraftFile:
    """Return the proposals that documents give rise to, by kind and then the surest first.

    Kinds stand in the order in which they build on each other.
    What is known by name becomes one citation per document and thing, at its weightiest
    passage. The same new thing in several documents is one proposal with all its evidence.
    """
    index = NameIndex(known.library)
    found: dict[str, Proposal] = {}
    notes = []
    ids, taken = set(known.library.citations), set(known.library.documents)
    for extraction in extractions:
        registered = register(extraction, known.library, taken)
        if registered.note:
            notes.append(registered.note)
        if registered.document_id is None:
            continue
        taken.add(registered.document_id)
        mentions = mentions_of(extraction, index)
        reading = Reading(extraction, registered.document_id, mentions, known.library, index)
        own: list[Proposal] = [registered.proposal] if registered.proposal is not None else []
        own += alias_proposals(reading, ids)
        own += citation_proposals(reading, ids)
        own += segment_proposals(reading, ids)
        own += domain_proposals(reading)
        own += verb_proposals(reading)
        own += position_proposals(reading, known.positions)
        for proposal in own:
            if proposal.id not in known.decided:
                same = found.get(proposal.id)
                found[proposal.id] = proposal if same is None else _merged(same, proposal)
    order = list(KIND_ZH)
    ranked = sorted(found.values(), key=lambda p: (order.index(p.kind), -p.confidence))
    return DraftFile(
        taxonomy_sha256=known.taxonomy_sha256, notes=tuple(notes), proposals=tuple(ranked)
    )


def _merged(one: Proposal, other: Proposal) -> Proposal:
    """Return one proposal with the evidence, and every document's passage, of both."""
    shown = tuple(dict.fromkeys((*one.evidence, *other.evidence)))
    update: dict[str, object] = {"evidence": shown[:_SHOWN_EVIDENCE]}
    documents = {e.document for e in one.evidence}
    if any(e.document not in documents for e in other.evidence):
        update["confidence"] = round(min(0.95, one.confidence + 0.1), 2)
        update["entry"] = _entry_of_both(one, other)
    return one.model_copy(update=update)


def _entry_of_both(one: Proposal, other: Proposal) -> object:
    if isinstance(one, SegmentProposal) and isinstance(other, SegmentProposal):
        both = (*one.entry.citations, *other.entry.citations)
        return one.entry.model_copy(update={"citations": both})
    documents = getattr(one.entry, "documents", None)
    if documents is not None:
        both = tuple(dict.fromkeys((*documents, *getattr(other.entry, "documents", ()))))
        return one.entry.model_copy(update={"documents": both})
    return one.entry
