"""Names as policy varies them: one index of everything the taxonomy knows a name for."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from chainmap.chains.library import ChainLibrary
from chainmap.chains.reader import Domain
from chainmap.concepts.chain import Segment
from chainmap.concepts.proposal import TargetKind

How = Literal["same", "quality", "kind_of", "broader", "inside"]

_MARKS = re.compile(r"[\s()\[\]{}〔〕【】《》“”\"'·•、/-]+")
_GLOSS = re.compile(r"[(（\[]([^()（）\[\]]+)[)）\]]")
_TAIL = re.compile(
    r"(?:关键核心技术|关键技术|共性技术|核心技术|技术|产业|领域|行业|产品|制造业|及其?应用|及产业化|(?:研发|开发)?[及与和]?示范应用|应用|研究|系列)$"
)
_QUALITY = re.compile(
    r"^(?:高端|中高端|新型|新式|先进|高性能|新一代|下一代|现代|大型|高档|高效|高可靠性?|高精度|高品质|关键|核心|重要|优势|特色"
    r"|国产化?|自主可控|绿色|智能化|精密|超?高速|大功率|低成本|创新型|专业化|\d+(?:英寸|寸|纳米|nm|微米)(?:及?以上)?)+的?"
)
_SHORTEST = 2
_SHORTEST_TAIL = 3  # two characters end too many words by chance (电机, 材料)
_TAIL_SHARE = 0.4
_LONE_GROUP = 4  # a shorter group name (材料, 设计) means something inside its chain only
_ALIKE = 0.75
_SHORTEST_ALIKE = 4


class Match(NamedTuple):
    """Something known that a term names, and how the term comes to it.

    `how`: the `same` name; the name behind a `quality` word; a `kind_of` what the name ends
    with; `broader`, the common end of several names of one group; a name that makes up most of
    it stands `inside`. `via` is the normal form of the name that matched.
    """

    kind: TargetKind
    id: str
    name: str
    how: How
    via: str


def plain(text: str) -> str:
    """Return a name with width and case folded, spaces, brackets and quotes closed."""
    return _MARKS.sub("", unicodedata.normalize("NFKC", text).casefold())


def normal(text: str) -> str:
    """Return a name without what does not change its meaning.

    Width and case folded; spaces, brackets and quotes closed; 技术, 产业 and the like off its end
    as long as two characters stay.
    """
    bare = plain(text)
    while True:
        short = _TAIL.sub("", bare)
        if short == bare or len(short) < _SHORTEST:
            return bare
        bare = short


def gloss(text: str) -> tuple[str, str] | None:
    """Return the two names of `MEMS(微机电系统)`, or None where no bracket glosses a name."""
    wide = unicodedata.normalize("NFKC", text)
    found = _GLOSS.search(wide)
    if found is None or found.end() != len(wide) or len(found[1]) < _SHORTEST:
        return None
    outer = wide[: found.start()].strip()
    return (outer, found[1].strip()) if len(outer) >= _SHORTEST else None


def forms(text: str) -> tuple[str, ...]:
    """Return the forms of a name, nearest first.

    Whole and without its tail; then what stands before a gloss, and the gloss itself.
    """
    found = [form for part in (text, *(gloss(text) or ())) for form in _shortened(plain(part))]
    return tuple(dict.fromkeys(form for form in found if len(form) >= _SHORTEST))


def likeness(one: str, other: str) -> float:
    """Return how far two names share their characters, 0..1: Dice over bigrams."""
    a, b = _bigrams(one), _bigrams(other)
    return 2 * len(a & b) / max(1, len(a) + len(b))


class NameIndex:
    """Every name of a library in normal form.

    Args:
        library: The compiled taxonomy; names of retired segments mean their successors.
    """

    def __init__(self, library: ChainLibrary) -> None:
        self._library = library
        self._segments = _entered((name, s) for name, (_, s) in library.vocabulary().items())
        self._ending: dict[str, list[tuple[str, str]]] = {}
        for form, ids in self._segments.items():
            if len(ids) == 1 and len(form) >= _SHORTEST_ALIKE:
                self._ending.setdefault(form[-2:], []).append((form, next(iter(ids))))
        self._groups = _entered((g.name, g.id) for g in library.groups.values())
        self._chains = _entered(
            (name, c.id) for c in library.chains.values() for name in (c.name, *c.aliases)
        )
        self._domains: dict[str, Domain] = {}
        for domain in reversed(library.domains):
            for name in (*domain.aliases, domain.name):
                self._domains |= dict.fromkeys(forms(name), domain)

    def domain(self, term: str) -> Domain | None:
        """Return the domain a term names, its aliases and quality words seen through."""
        for form in (*forms(term), *_without_quality(term)):
            if form in self._domains:
                return self._domains[form]
        return None

    def match(self, term: str, chain_id: str | None = None) -> Match | None:
        """Return the segment, group or chain a term names, the surest reading first, or None.

        Args:
            term: Clean text.
            chain_id: The chain it is spoken of in; decides where a name is common to several.
        """
        readings: list[tuple[How, Iterable[str]]] = [
            ("same", forms(term)),
            ("quality", _without_quality(term)),
        ]
        for how, candidates in readings:
            for form in candidates:
                for kind, id_ in self._exact(form, chain_id):
                    if how == "quality" and kind == "group" and len(form) < _SHORTEST_TAIL:
                        continue  # 关键材料 says no more than 材料
                    return Match(kind, id_, self._shown(kind, id_), how, form)
        return self._kind_of(term, chain_id) or self._broader(term, chain_id)

    def inside(self, term: str, segment_id: str) -> Match | None:
        """Return the segment if one of its names makes up at least half of the term, or None."""
        whole = normal(term)
        segment = self._library.segments.get(self._library.successors.get(segment_id, segment_id))
        names = [plain(name) for name in segment.names] if segment is not None else []
        inside = [n for n in names if n in whole and 2 * len(n) >= len(whole)]
        if segment is None or not inside:
            return None
        return Match("segment", segment.id, segment.name, "inside", max(inside, key=len))

    def alike(self, term: str, chain_id: str | None) -> Segment | None:
        """Return the segment of the chain whose name shares most with the term, or None.

        Both must end alike, because the head of a Chinese name stands last, and differ by one
        or two characters; `硅基负极材料` and `硅碳负极材料` are two things, so an expert decides.
        """
        wanted = normal(term)
        best: tuple[float, str, str] | None = None
        if len(wanted) < _SHORTEST_ALIKE:
            return None
        for form, id_ in self._ending.get(wanted[-2:], ()):
            if form.endswith(wanted) or form.startswith(wanted):
                continue  # the broader name of several things, not another name of this one
            if abs(len(form) - len(wanted)) > 2:
                continue
            if chain_id is not None and self._library.chain_of(id_).id != chain_id:
                continue
            share = likeness(form, wanted)
            if share >= _ALIKE and (best is None or share > best[0]):
                best = (share, id_, form)
        return None if best is None else self._library.segments[best[1]]

    def nearest_group(self, term: str, chain_id: str) -> tuple[str, str, float]:
        """Return the group of a chain whose names come nearest to a term.

        Returns:
            The group's id, the name in it that comes nearest, and their likeness 0..1.
        """
        wanted = normal(term)
        chain = self._library.chains[chain_id]
        names = [(g.id, g.name) for g in chain.groups]
        names += [(s.group, name) for s in chain.segments for name in s.names]
        scored = [(_head_likeness(wanted, normal(name)), group, name) for group, name in names]
        share, group, name = max(scored, key=lambda s: s[0])
        return group, name, share

    def domain_alike(self, term: str) -> Domain | None:
        """Return the domain whose name has the same characters in another order, or nearly so."""
        wanted = normal(term)
        if len(wanted) < 4:
            return None
        for form, domain in self._domains.items():
            if sorted(form) == sorted(wanted):
                return domain
            near = abs(len(form) - len(wanted)) <= 2 and form[-2:] == wanted[-2:]
            if near and not form.endswith(wanted) and likeness(form, wanted) >= _ALIKE:
                return domain
        return None

    def _exact(self, form: str, chain_id: str | None) -> Iterator[tuple[TargetKind, str]]:
        segment = self._one(self._segments.get(form, set()), chain_id)
        if segment is not None:
            yield "segment", segment
        if len(form) >= _LONE_GROUP or chain_id is not None:
            group = self._one(self._groups.get(form, set()), chain_id)
            if group is not None and (len(form) >= _LONE_GROUP or self._chain(group) == chain_id):
                yield "group", group
        for id_ in self._chains.get(form, ()):
            yield "chain", id_

    def _kind_of(self, term: str, chain_id: str | None) -> Match | None:
        whole = normal(term)
        for start in range(1, len(whole) - _SHORTEST_TAIL + 1):
            form = whole[start:]
            if len(form) < len(whole) * _TAIL_SHARE:
                return None
            segment = self._one(self._segments.get(form, set()), chain_id)
            if segment is not None and chain_id in (None, self._chain(segment)):
                return Match("segment", segment, self._shown("segment", segment), "kind_of", form)
        return None

    def _broader(self, term: str, chain_id: str | None) -> Match | None:
        tail = normal(term)
        if len(tail) < _SHORTEST_TAIL:
            return None
        owners = {
            id_
            for form, ids in self._segments.items()
            if form.endswith(tail)
            for id_ in ids
            if chain_id in (None, self._chain(id_))
        }
        groups = {self._library.segments[id_].group for id_ in owners}
        if len(owners) < 2 or len(groups) != 1:
            return None
        group = groups.pop()
        return Match("group", group, self._shown("group", group), "broader", tail)

    def _one(self, ids: set[str], chain_id: str | None) -> str | None:
        inside = {id_ for id_ in ids if self._chain(id_) == chain_id}
        pool = inside or ids
        return next(iter(pool)) if len(pool) == 1 else None

    def _chain(self, id_: str) -> str:
        return self._library.chain_of(id_).id

    def _shown(self, kind: TargetKind, id_: str) -> str:
        library = self._library
        if kind == "chain":
            return library.chains[id_].name
        return library.groups[id_].name if kind == "group" else library.segments[id_].name


def _entered(names: Iterable[tuple[str, str]]) -> dict[str, set[str]]:
    """Return form → ids. A form that only a cut tail gives yields to one written that way."""
    written: dict[str, set[str]] = {}
    cut: dict[str, set[str]] = {}
    for name, id_ in names:
        whole = plain(name)
        written.setdefault(whole, set()).add(id_)
        for form in forms(name):
            if form != whole:
                cut.setdefault(form, set()).add(id_)
    return {form: ids for form, ids in cut.items() if form not in written} | written


def _without_quality(term: str) -> list[str]:
    found = []
    for form in forms(term):
        bare = _QUALITY.sub("", form)
        if bare != form:
            found += [short for short in _shortened(bare) if len(short) >= _SHORTEST]
    return found


def _shortened(bare: str) -> tuple[str, ...]:
    """Return a plain name whole, 芯片制造业 as 芯片制造, and without any tail."""
    making = (bare[:-1],) if bare.endswith("制造业") else ()
    return bare, *making, normal(bare)


def _bigrams(text: str) -> set[str]:
    return {text[i : i + 2] for i in range(len(text) - 1)} or {text}


def _head_likeness(one: str, other: str) -> float:
    """Return likeness with weight on the end of the names, where a Chinese name says what it is."""
    shared = 0
    while shared < min(len(one), len(other)) and one[-1 - shared] == other[-1 - shared]:
        shared += 1
    return 0.6 * likeness(one, other) + 0.4 * shared / max(len(one), len(other))
