"""Turn a city's gaps into records: names, formula, affected firms, holders, peers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import polars as pl

from chainmap.chains.library import ChainLibrary
from chainmap.concepts.chain import Chain
from chainmap.concepts.gap_records import (
    AffectedFirm,
    ChainCompleteness,
    GapList,
    GapRecord,
    HoldingCity,
    PeerRecord,
    UnjudgedSegment,
)
from chainmap.concepts.kinds import COUNTED_ZH, GapKind
from chainmap.gaps.affected import (
    SHOWN_FIRMS,
    alike_suppliers,
    changes_of,
    local_firms,
    nearest_holders,
)
from chainmap.gaps.completeness import city_completeness
from chainmap.gaps.kinds import State
from chainmap.gaps.peers import PeerGroup, PeerScheme, similar_cities
from chainmap.gaps.score import GapOptions, unjudged
from chainmap.gaps.situation import city_situation
from chainmap.gaps.world import World
from chainmap.reports.gap_explanation import formula_text, reason_text
from chainmap.reports.records import basis_record, citation_records, location_quotient, policy_parts
from chainmap.sources.places import City
from chainmap.tables import Gaps

SIMILAR_NAMED = 5
WEIGHTS = ("alpha", "beta", "gamma", "criticality_share", "leader_shortfall", "related_from")


class GapView(NamedTuple):
    """What of a city's gaps is shown: of which chain, beside which peers, how many.

    Attributes:
        top: Rows shown; None shows all.
    """

    chain: Chain | None = None
    peers: PeerGroup | None = None
    top: int | None = None


def gap_list(
    world: World, city: City, gaps: Gaps, options: GapOptions, view: GapView | None = None
) -> GapList:
    """Return a city's gaps as records, in the order given.

    Args:
        world: The measured data.
        city: Whose gaps.
        gaps: From `pipeline.find_gaps`.
        options: As they were scored with.
        view: The chain asked for, the peer group, and how many rows to show.
    """
    chain, peers, top = view or GapView()
    shown = gaps if top is None else gaps.head(top)
    weights = {name: float(getattr(options, name)) for name in WEIGHTS}
    around = _Around(world, city, shown, peers)
    return GapList(
        basis=basis_record(world, city, options, chain),
        weights=weights,
        n_gaps=gaps.height,
        peers=_peers(world, peers),
        similar=_named(world, similar_cities(city, world.presence, SIMILAR_NAMED)["city_code"]),
        completeness=_completeness(world, city, peers, chain),
        not_enough_data=_unjudged(world, city, options, chain),
        gaps=[
            _gap_record(world, row, options, weights, around) for row in shown.iter_rows(named=True)
        ],
    )


class _Around:
    """What lies around the shown gaps, looked up once for all of them."""

    def __init__(
        self, world: World, city: City, gaps: pl.DataFrame, peers: PeerGroup | None
    ) -> None:
        ids = gaps["segment_id"].to_list()
        self.city = city.short_name
        self.names = {segment.id: segment.name for segment in world.library.segments.values()}
        self.firms = local_firms(world, city, gaps).partition_by("segment_id", as_dict=True)
        self.holders = nearest_holders(world, city, ids).partition_by("segment_id", as_dict=True)
        codes = list(peers.city_codes) if peers else []
        having = world.presence.filter(
            pl.col("city_code").is_in(codes)
            & pl.col("segment_id").is_in(ids)
            & (pl.col("n_companies") > 0)
        )
        self.n_peers_with = dict(having.group_by("segment_id").len().iter_rows())

    def fields(self, segment_id: str, library: ChainLibrary) -> dict[str, Any]:
        """Return the record's fields about one gap's surroundings."""
        firms = self.firms.get((segment_id,))
        holders = self.holders.get((segment_id,))
        shown = [] if firms is None else firms.head(SHOWN_FIRMS).iter_rows(named=True)
        return {
            "n_affected": 0 if firms is None else firms.height,
            "affected": [
                AffectedFirm(
                    company_id=firm["company_id"],
                    short_name=firm["short_name"],
                    in_segment_id=firm["in_segment_id"],
                    in_segment=library.segments[firm["in_segment_id"]].name,
                    gains=firm["gains"],
                )
                for firm in shown
            ],
            "nearest": [
                HoldingCity(
                    city_code=row["city_code"],
                    city=row["short_name"],
                    n_companies=row["n_companies"],
                    state=row["state"],
                    distance_km=row["distance_km"],
                )
                for row in ([] if holders is None else holders.iter_rows(named=True))
            ],
            "n_peers_with": self.n_peers_with.get(segment_id, 0),
        }


def _gap_record(
    world: World,
    row: dict[str, Any],
    options: GapOptions,
    weights: dict[str, float],
    around: _Around,
) -> GapRecord:
    library, segment_id = world.library, str(row["segment_id"])
    kept = {name: row[name] for name in GapRecord.model_fields if name in row}
    record = GapRecord.model_validate(
        kept
        | around.fields(segment_id, library)
        | {
            "segment": library.segments[segment_id].name,
            "chain": library.chain_of(segment_id).name,
            "stage": library.stage_of(segment_id).value,
            "kind_zh": GapKind(row["kind"]).zh,
            "state_zh": State(row["state"]).zh,
            "formula": "",
            "reason": "",
            "location_quotient": location_quotient(row),
            "changes": changes_of(row, library, options.related_from),
            "citations": citation_records(world, row, options.as_of),
            "policy_parts": policy_parts(world, row),
        }
    )
    alike = alike_suppliers(segment_id, record.local_users, library)
    makers = COUNTED_ZH[library.segments[segment_id].kind]
    written = {
        "formula": formula_text(record, weights),
        "reason": reason_text(record, around.city, around.names, alike, makers),
    }
    return record.model_copy(update=written)


def _peers(world: World, peers: PeerGroup | None) -> PeerRecord | None:
    if peers is None:
        return None
    return PeerRecord(
        scheme=peers.scheme.value,
        scheme_zh=PeerScheme(peers.scheme).zh,
        cities=_named(world, peers.city_codes),
        city_codes=list(peers.city_codes),
    )


def _named(world: World, codes: Sequence[str] | pl.Series) -> list[str]:
    names = dict(world.cities.select("city_code", "short_name").iter_rows())
    return [names[code] for code in codes]


def _completeness(
    world: World, city: City, peers: PeerGroup | None, chain: Chain | None
) -> list[ChainCompleteness]:
    group = peers or PeerGroup(PeerScheme.CODES, ())
    engagement = world.engagement.filter(pl.col("city_code") == city.code).drop("city_code")
    rows = city_completeness(world.completeness, city, group).join(engagement, on="chain_id")
    order = list(world.library.chains)
    return [
        ChainCompleteness(
            chain=world.library.chains[row["chain_id"]].name,
            **{name: row[name] for name in ChainCompleteness.model_fields if name in row},
        )
        for row in sorted(rows.iter_rows(named=True), key=lambda r: order.index(r["chain_id"]))
        if chain is None or row["chain_id"] == chain.id
    ]


def _unjudged(
    world: World, city: City, options: GapOptions, chain: Chain | None
) -> list[UnjudgedSegment]:
    situation = city_situation(world, city, options.as_of, options.include_expired)
    if chain is not None:
        own = situation.filter(pl.col("chain_id") == chain.id)
        ids = own.filter(pl.col("state") == State.UNKNOWN)["segment_id"].to_list()
    else:
        ids = unjudged(situation, options)
    rows = situation.filter(pl.col("segment_id").is_in(ids))
    return [
        UnjudgedSegment(
            segment=world.library.segments[row["segment_id"]].name,
            **{name: row[name] for name in UnjudgedSegment.model_fields if name in row},
        )
        for row in rows.iter_rows(named=True)
    ]
