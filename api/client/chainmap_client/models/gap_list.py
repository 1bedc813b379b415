from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define

if TYPE_CHECKING:
    from ..models.basis import Basis
    from ..models.chain_completeness import ChainCompleteness
    from ..models.gap_list_weights import GapListWeights
    from ..models.gap_record import GapRecord
    from ..models.peer_record import PeerRecord
    from ..models.unjudged_segment import UnjudgedSegment


T = TypeVar("T", bound="GapList")


@_attrs_define
class GapList:
    """A city's gaps, best first.

    Attributes:
        basis (Basis): What a list rests on, so that it can be made again.
        completeness (list[ChainCompleteness]):
        gaps (list[GapRecord]):
        n_gaps (int): Gaps in all; the list may be shorter
        not_enough_data (list[UnjudgedSegment]):
        peers (None | PeerRecord): Null where the city has no peers of the kind
        similar (list[str]): Cities whose industry is most alike, nearest first
        weights (GapListWeights): Exponents and weights of the score
    """

    basis: Basis
    completeness: list[ChainCompleteness]
    gaps: list[GapRecord]
    n_gaps: int
    not_enough_data: list[UnjudgedSegment]
    peers: None | PeerRecord
    similar: list[str]
    weights: GapListWeights

    def to_dict(self) -> dict[str, Any]:
        from ..models.peer_record import PeerRecord  # noqa: PLC0415

        basis = self.basis.to_dict()

        completeness = []
        for completeness_item_data in self.completeness:
            completeness_item = completeness_item_data.to_dict()
            completeness.append(completeness_item)

        gaps = []
        for gaps_item_data in self.gaps:
            gaps_item = gaps_item_data.to_dict()
            gaps.append(gaps_item)

        n_gaps = self.n_gaps

        not_enough_data = []
        for not_enough_data_item_data in self.not_enough_data:
            not_enough_data_item = not_enough_data_item_data.to_dict()
            not_enough_data.append(not_enough_data_item)

        peers: dict[str, Any] | None
        if isinstance(self.peers, PeerRecord):
            peers = self.peers.to_dict()
        else:
            peers = self.peers

        similar = self.similar

        weights = self.weights.to_dict()

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "basis": basis,
                "completeness": completeness,
                "gaps": gaps,
                "n_gaps": n_gaps,
                "not_enough_data": not_enough_data,
                "peers": peers,
                "similar": similar,
                "weights": weights,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.basis import Basis  # noqa: PLC0415
        from ..models.chain_completeness import ChainCompleteness  # noqa: PLC0415
        from ..models.gap_list_weights import GapListWeights  # noqa: PLC0415
        from ..models.gap_record import GapRecord  # noqa: PLC0415
        from ..models.peer_record import PeerRecord  # noqa: PLC0415
        from ..models.unjudged_segment import UnjudgedSegment  # noqa: PLC0415

        d = dict(src_dict)
        basis = Basis.from_dict(d.pop("basis"))

        completeness = []
        _completeness = d.pop("completeness")
        for completeness_item_data in _completeness:
            completeness_item = ChainCompleteness.from_dict(completeness_item_data)

            completeness.append(completeness_item)

        gaps = []
        _gaps = d.pop("gaps")
        for gaps_item_data in _gaps:
            gaps_item = GapRecord.from_dict(gaps_item_data)

            gaps.append(gaps_item)

        n_gaps = d.pop("n_gaps")

        not_enough_data = []
        _not_enough_data = d.pop("not_enough_data")
        for not_enough_data_item_data in _not_enough_data:
            not_enough_data_item = UnjudgedSegment.from_dict(not_enough_data_item_data)

            not_enough_data.append(not_enough_data_item)

        def _parse_peers(data: object) -> None | PeerRecord:
            if data is None:
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                peers_type_0 = PeerRecord.from_dict(data)

                return peers_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | PeerRecord, data)

        peers = _parse_peers(d.pop("peers"))

        similar = cast(list[str], d.pop("similar"))

        weights = GapListWeights.from_dict(d.pop("weights"))

        gap_list = cls(
            basis=basis,
            completeness=completeness,
            gaps=gaps,
            n_gaps=n_gaps,
            not_enough_data=not_enough_data,
            peers=peers,
            similar=similar,
            weights=weights,
        )

        return gap_list
