"""`/v1/chains`: the industry chains and their segments."""

from __future__ import annotations

from fastapi import APIRouter

from chainmap.concepts.records import ChainRecord, ChainSummary
from chainmap.pipeline import load_world
from chainmap.reports import records

router = APIRouter(prefix="/v1/chains", tags=["chains"])


@router.get("", operation_id="listChains")
def list_chains() -> list[ChainSummary]:
    """Return every industry chain (产业链), in short."""
    world = load_world()
    return [records.chain_summary(world, chain) for chain in world.library.chains.values()]


@router.get("/{chain}", operation_id="getChain")
def get_chain(chain: str) -> ChainRecord:
    """Return one chain with its segments (环节), by id, name or alias."""
    world = load_world()
    return records.chain_record(world, world.library.find_chain(chain))
