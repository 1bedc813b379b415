"""Target lists of one question under any weights and of any length.

What does not hang on the weights — candidates, their terms, their facts and sentences — is worked
out once and kept; a list is then a weighing, its intervals, and the records of those on it. The
answers are those of `pipeline.rank_targets` or `rank_by_mode`, and `records.target_list`; a test
holds them together.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from threading import Lock

from chainmap.concepts.records import TargetList, TargetRecord
from chainmap.ranking.families import FAMILIES
from chainmap.ranking.list_question import ListQuestion
from chainmap.ranking.placed import Listed, Place
from chainmap.ranking.retelling import chosen
from chainmap.ranking.reweighed_narrowing import NarrowedWeighable
from chainmap.ranking.reweighing import Weighable
from chainmap.ranking.target_options import TargetOptions
from chainmap.server.list_material import ListMaterial
from chainmap.server.questions import Asked
from chainmap.server.target_slips import (
    Around,
    RowSlip,
    Slip,
    Written,
    numbers_of,
    ranked_numbers,
)
from chainmap.server.told_words import Known, ToldWords

MOST_KNOWN = 1000
"""Rows of a question whose records are kept, some 20 KB each; beyond that they are made anew."""

SHORT_LIST = 50
"""Targets of a list that is made under new weights where requests come in, longer ones taking the
route, in a thread of their own; under the usual weights as many are told of with the first list."""

LOOKED_AHEAD = 120
"""Targets whose records are made with those of a list under new weights: of any weights, hardly
more ever stand among the first 20."""

Order = Weighable | NarrowedWeighable
"""What lists are cut from: all rows, or those that filters leave."""

_RANKS = ("rank", "rank_low", "rank_high")


class _Said:
    """What was said of rows under some weights.

    Attributes:
        weights: In the order of `FAMILIES`.
        records: By row, with the ranks they had first.
        slips: By row.
    """

    def __init__(self, weights: tuple[float, ...]) -> None:
        self.weights = weights
        self.records: dict[int, TargetRecord] = {}
        self.slips: dict[int, Slip] = {}


class WeighedLists:
    """The lists of one question.

    Args:
        question: City, day, chain or segment, mode.
        options: All but length, limit per segment and weights are those of every list.

    Raises:
        ModelError: The released ranker is not the one its manifest names.
        UnknownNameError: The mode's leader or an industry is not known.
    """

    def __init__(self, question: Asked, options: TargetOptions) -> None:
        self._question = question
        self._material = ListMaterial(question, options)
        self._weighable, self._told = self._material.weighable, self._material.told
        self._known: dict[int, Known] = {}
        self._words = ToldWords(self._material)
        self._empty: TargetList | None = None
        self._around: Around | None = None
        self._last = self._usual = _Said(())
        self._lock = Lock()

    @property
    def size(self) -> int:
        """How many candidates are kept: some 2.5 KB each, and some 20 KB for each target met."""
        return self._weighable.rows.height

    def narrowed(self, filters: ListQuestion) -> NarrowedWeighable:
        """Return the order of what filters leave; the lists below are then cut from it."""
        return self._material.narrowed(filters)

    def under(self, options: TargetOptions, order: Order | None = None) -> TargetList:
        """Return the list under these options, rank 1 first.

        Args:
            options: Weights, length, limit per segment.
            order: What it is cut from, where it is `narrowed`; so for all lists below.
        """
        order, options = order or self._weighable, self._limited(options)
        places = order.ranked(options)
        known, said = self._rows(places, options, order), self._said(options)
        if not options.custom:  # lists of other lengths are put together from them
            self._slips(places, known, said)
        return self._frame(options, self._targets(places, known, said))

    def written(self, options: TargetOptions, order: Order | None = None) -> bytes:
        """Return the JSON of the list `under` these options."""
        order, options = order or self._weighable, self._limited(options)
        listed = order.listed(options)
        places = listed.places()
        known = self._rows(places, options, order)
        if options.custom:
            return self._anew(listed, known, options)
        slips = self._slips(places, known, self._said(options))
        return self._joined(options, (s.ranked(p) for s, p in zip(slips, places, strict=True)))

    def at_once(self, options: TargetOptions, order: Order | None = None) -> bytes | None:
        """Return what `written` does under weights of somebody's own, in a few milliseconds.

        Returns:
            None for a long list, for one of very many companies, and where a target on it was on
            none before.
        """
        order = order or self._weighable
        if not options.custom or not 0 < options.top <= SHORT_LIST or not order.at_once(options):
            return None
        options = self._limited(options)
        listed = order.listed(options)
        try:
            known = {row: self._known[row] for row in listed.ranks[0].tolist()}
        except KeyError:
            return None
        return self._anew(listed, known, options)

    def _anew(self, listed: Listed, known: dict[int, Known], options: TargetOptions) -> bytes:
        """Return the JSON of a list under weights that hardly come again: only words do."""
        before, behind = self._ends(options)
        pieces = [before]
        rows, ranks = (column.tolist() for column in listed.ranks[:2])
        for row, rank, numbers, choice in zip(
            rows, ranks, ranked_numbers(listed), chosen(listed.parts), strict=True
        ):
            words = self._words.written(row, known[row], choice)
            pieces += known[row].slip.pieces(rank, numbers, words)
        if rows:
            pieces.pop()
        pieces.append(behind)
        return b"".join(pieces)

    def _joined(self, options: TargetOptions, texts: Iterable[bytes]) -> bytes:
        before, behind = self._ends(options)
        return b"".join((before, b",".join(texts), behind))

    def at_hand(
        self, options: TargetOptions, shown: int | None, order: Order | None = None
    ) -> Written | None:
        """Return what `written` does, the first of the list only, in about a millisecond.

        Args:
            options: With the usual weights.
            shown: How many; None is all.
            order: What it is cut from, where it is `narrowed`.

        Returns:
            None where anything about it has to be worked out first.
        """
        options = self._limited(options)
        ranks = (order or self._weighable).remembered(options)
        if ranks is None or options.custom:
            return None
        first, slips, known = ranks[:shown], self._usual.slips, self._known
        try:
            texts = [slips[rank.row].ranked(rank) for rank in first]
            last = known[first[-1].row].record.company_id if len(first) < len(ranks) else None
        except KeyError:
            return None
        return Written(self._joined(options, texts), last)

    def _limited(self, options: TargetOptions) -> TargetOptions:
        """Return the options a list is ranked with: within one segment there is no limit."""
        return options if self._question.segment is None else replace(options, per_segment=0)

    def _frame(self, options: TargetOptions, targets: list[TargetRecord]) -> TargetList:
        said = {
            "weights": dict(options.weights),
            "custom": options.custom,
            "per_segment": options.per_segment,
            "targets": targets,
        }
        return self._any(options).model_copy(update=said)

    def _any(self, options: TargetOptions) -> TargetList:
        """Return one of the lists, without targets."""
        if self._empty is None:
            self._empty = self._material.as_list(self._material.described([]), options)
        return self._empty

    def _ends(self, options: TargetOptions) -> tuple[bytes, bytes]:
        """Return the JSON before and behind the targets of a list."""
        if self._around is None:
            self._around = Around(self._any(options))
        return self._around.of(options)

    def _said(self, options: TargetOptions) -> _Said:
        """Return what was said under the weights so far."""
        found, weights = self._last if options.custom else self._usual, options.multipliers
        if found.weights != weights or len(found.records) + len(found.slips) > 2 * MOST_KNOWN:
            found = _Said(weights)
            if options.custom:
                self._last = found
            else:
                self._usual = found
        return found

    def _targets(
        self, places: list[Place], known: dict[int, Known], said: _Said
    ) -> list[TargetRecord]:
        """Return the records of a list; what hangs on the weights alone is said once for them."""
        made = []
        for place, choice in zip(places, _choices(places), strict=True):
            record = said.records.get(place.row)
            if record is None:
                of_row = known[place.row]
                numbers = {
                    "score": place.score,
                    "parts": dict(zip(FAMILIES, place.parts, strict=True)),
                }
                said_of = numbers | self._words.said(of_row, choice)
                record = of_row.record.model_copy(update=said_of)
                said.records[place.row] = record
            ranks = (place.rank, place.rank_low, place.rank_high)
            if (record.rank, record.rank_low, record.rank_high) != ranks:
                record = record.model_copy(update=dict(zip(_RANKS, ranks, strict=True)))
            made.append(record)
        return made

    def _slips(self, places: list[Place], known: dict[int, Known], said: _Said) -> list[Slip]:
        """Return the targets of a list as JSON but for their ranks."""
        new = [place for place in places if place.row not in said.slips]
        for place, numbers, choice in zip(new, numbers_of(new), _choices(new), strict=True):
            words = self._words.written(place.row, known[place.row], choice)
            said.slips[place.row] = known[place.row].slip.under(numbers, words)
        return [said.slips[place.row] for place in places]

    def _rows(self, places: list[Place], options: TargetOptions, order: Order) -> dict[int, Known]:
        """Return the rows of a list with their records; those not met before are made."""
        with self._lock:
            new = [place for place in places if place.row not in self._known]
            if new:
                if len(self._known) + len(new) > MOST_KNOWN:
                    self._known.clear()
                    self._told.forget()
                    new = places
                else:
                    new += self._ahead(options, new, order)
                rows = self._material.described(new)
                made = self._material.as_list(rows, options)
                self._empty = self._empty or made.model_copy(update={"targets": []})
                for place, told_of, record in zip(
                    new, rows.iter_rows(named=True), made.targets, strict=True
                ):
                    self._known[place.row] = Known(told_of, record, RowSlip.of(record))
                if not options.custom:
                    self._slips(new, self._known, self._said(options))
            return {place.row: self._known[place.row] for place in places}

    def _ahead(self, options: TargetOptions, new: list[Place], order: Order) -> list[Place]:
        """Return rows that a longer list, another limit or other weights may bring up next.

        Telling of them costs little more.
        """
        if options.custom:
            further = [replace(options, top=LOOKED_AHEAD, per_segment=0)]
        else:
            longer = replace(options, top=SHORT_LIST)
            further = [replace(longer, per_segment=n) for n in (longer.per_segment, 1, 0)]
        room = MOST_KNOWN - len(self._known) - len(new)
        met = {place.row for place in new} | self._known.keys()
        found = {place.row: place for one in further for place in order.ranked(one)}
        others = [place for row, place in found.items() if row not in met][:room]
        # Numbered on behind the list; a list gives its rows the ranks they have there.
        numbered = enumerate(others, max(place.rank for place in new) + LOOKED_AHEAD)
        return [place._replace(rank=n, rank_low=n, rank_high=n) for n, place in numbered]


def _choices(places: list[Place]) -> list[bytes]:
    return chosen([place.parts for place in places])
