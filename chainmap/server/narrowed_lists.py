"""Target lists with filters (筛选): cut from the order of the question without them."""

from __future__ import annotations

from dataclasses import replace

from chainmap.concepts.records import TargetList
from chainmap.ranking.list_question import ListQuestion
from chainmap.ranking.target_options import TargetOptions
from chainmap.server.target_slips import Written
from chainmap.server.weighed_lists import WeighedLists


class NarrowedLists:
    """The lists of one question and its filters; methods are those of `WeighedLists`.

    The order and what is said of firms are those of the question without filters, of which lists
    with other filters are cut as well. A limit within one segment counts for nothing, and the
    record says so.

    Args:
        whole: The lists without filters.
        filters: As a kept list names them.
    """

    def __init__(self, whole: WeighedLists, filters: ListQuestion) -> None:
        self._whole = whole
        self._order = whole.narrowed(filters)
        self._one_segment = filters.segment_id is not None

    def under(self, options: TargetOptions) -> TargetList:
        """Return the list under these options, rank 1 first."""
        return self._whole.under(self._limited(options), self._order)

    def written(self, options: TargetOptions) -> bytes:
        """Return the JSON of the list `under` these options."""
        return self._whole.written(self._limited(options), self._order)

    def at_once(self, options: TargetOptions) -> bytes | None:
        """Return what `written` does under weights of somebody's own; None where it takes long."""
        return self._whole.at_once(self._limited(options), self._order)

    def at_hand(self, options: TargetOptions, shown: int | None) -> Written | None:
        """Return what `written` does under the usual weights; None where it takes long."""
        return self._whole.at_hand(self._limited(options), shown, self._order)

    def _limited(self, options: TargetOptions) -> TargetOptions:
        return replace(options, per_segment=0) if self._one_segment else options
