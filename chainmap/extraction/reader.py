"""One policy document in, everything the product reads from it out."""

from __future__ import annotations

import re
from collections import Counter

from chainmap.concepts.policy import Box, Damage, Item, PolicyExtraction, Term
from chainmap.extraction.boxes import layout_of
from chainmap.extraction.document import document_of, region_of
from chainmap.extraction.goals import goals_of
from chainmap.extraction.items import Piece, pieces_of
from chainmap.extraction.mechanisms import mechanisms_of
from chainmap.extraction.parts import Part
from chainmap.extraction.places import Mention, PlaceTable
from chainmap.extraction.positions import positions_of
from chainmap.extraction.repair import Clean, repair
from chainmap.extraction.sections import lost_headings, sections_of
from chainmap.extraction.standing import Assigned, Whereabouts
from chainmap.extraction.subjects import Field, usable_field
from chainmap.extraction.terms import Found, Lexicon, Vocabulary, phrases_of, term_of
from chainmap.extraction.wounds import wounds_of
from chainmap.sources.policy import PolicySource

_SHORTEST_SHARED = 2


def extract_document(
    source: PolicySource, vocabulary: Vocabulary, places: PlaceTable
) -> PolicyExtraction:
    """Return the document card, damage, boxes, items, terms, goals, positions and mechanisms.

    Args:
        source: The file as read; its `text` is what all offsets count in.
        vocabulary: Clean term to (chain id, segment id or null).
        places: Place name, full and short, to (code, administrative level).

    Returns:
        All parts in text order; an empty part where the text has none. Text the reader
        cannot make sense of is reported in `damage`, never raised.
    """
    clean = repair(source.text)
    sections = sections_of(clean)
    words = Lexicon(vocabulary, source.text)
    layout = layout_of(clean, sections, words.is_field)
    parts = list(layout.parts)
    pieces = [p for box, part in enumerate(parts) for p in pieces_of(clean, box, part)]
    terms = _terms(clean, phrases_of(clean, parts, pieces), words)
    items = _items(clean, pieces, terms, words)
    document = document_of(clean, source, places)
    region = region_of(clean, document.title, places)
    name = document.region.name if document.region else None
    here = _whereabouts(name, region, places)
    goals, goal_damage = goals_of(clean, sections, here, _fields(clean, parts, pieces))
    damage = [
        *clean.damage, *layout.damage, *lost_headings(clean, sections), *goal_damage,
        *wounds_of(clean), *_nameless(items), *_encoding(source),
    ]  # fmt: skip
    return PolicyExtraction(
        document=document,
        damage=tuple(sorted(damage, key=lambda d: (d.start, d.end, d.kind))),
        boxes=_boxes(clean, parts),
        items=items,
        terms=terms,
        goals=tuple(goals),
        positions=tuple(positions_of(clean, sections, _assigned(pieces, items, terms), here)),
        mechanisms=tuple(mechanisms_of(clean)),
    )


def _fields(clean: Clean, parts: list[Part], pieces: list[Piece]) -> list[Field]:
    """Return the stretches that stand under the name of a field: key areas and their items."""
    areas = [part for part in parts if part.kind == "key_area"]
    found = [(part.start, part.end, part.title) for part in areas if not part.areas]
    found += [
        (area.start, area.end, clean.text[area.name_start : area.name_end])
        for part in areas
        for area in part.areas
    ]
    found += [(p.start, p.end, p.name) for p in pieces if parts[p.box] in areas and not p.is_member]
    return [Field(start, end, field) for start, end, name in found if (field := usable_field(name))]


def _boxes(clean: Clean, parts: list[Part]) -> tuple[Box, ...]:
    found = []
    for index, part in enumerate(parts):
        start, end = clean.span(part.start, part.end)
        found.append(
            Box(
                id=_box_id(index),
                label=part.label,
                title=part.title,
                kind=part.kind,
                parent_section=part.section,
                start=start,
                end=end,
            )
        )
    return tuple(found)


def _box_id(index: int) -> str:
    return f"b{index + 1}"


def _item_id(index: int) -> str:
    return f"i{index + 1}"


def _terms(clean: Clean, found: list[Found], words: Lexicon) -> tuple[Term, ...]:
    terms: list[Term] = []
    seen: set[tuple[int, int, str]] = set()
    for one in found:
        key = (one.phrase.start, one.phrase.end, one.phrase.role)
        if key in seen:
            continue
        seen.add(key)
        item = _item_id(one.piece) if one.piece is not None else None
        ids = (f"t{len(terms) + 1}", _box_id(one.box), item)
        terms.append(term_of(clean, ids, one.phrase, words))
    return tuple(terms)


def _items(
    clean: Clean, pieces: list[Piece], terms: tuple[Term, ...], words: Lexicon
) -> tuple[Item, ...]:
    by_item: dict[str, list[Term]] = {}
    for term in terms:
        if term.item is not None and term.role == "leaf":
            by_item.setdefault(term.item, []).append(term)
    found = []
    for index, piece in enumerate(pieces):
        own = by_item.get(_item_id(index), [])
        name, reason = piece.name, None
        if not name:
            name, reason = _inferred(own, clean.text[piece.body_start : piece.end])
        chain = words.look_up(name)[0] if name else None
        chains = Counter(t.chain for t in own if t.chain)
        if chain is None and chains and chains.most_common(1)[0][1] * 2 > len(own):
            chain = chains.most_common(1)[0][0]
        start, end = clean.span(piece.start, piece.end)
        found.append(
            Item(
                id=_item_id(index),
                box=_box_id(piece.box),
                name=name,
                inferred=reason is not None,
                inferred_reason=reason,
                chain=chain,
                start=start,
                end=end,
            )
        )
    return tuple(found)


def _inferred(terms: list[Term], text: str) -> tuple[str, str]:
    """Return a name for a paragraph that lost its own, and the reason for it.

    The beginning or end of its terms that the paragraph says most often, at least three
    times, or twice where its first term says it too; else its first term.
    """
    counts: Counter[str] = Counter()
    for term in terms:
        word = term.term
        edges = (
            {word}
            | {word[:n] for n in range(2, len(word))}
            | {word[-n:] for n in range(2, len(word))}
        )
        for edge in edges:
            if re.fullmatch(r"[一-鿿A-Za-z0-9]+", edge):
                counts[edge] = text.count(edge)
    first = terms[0].term if terms else ""
    usable = [
        (n, len(w), w)
        for w, n in counts.items()
        if (n >= 3 or (n == 2 and w in first)) and not _EMPTY.fullmatch(w)
    ]
    if usable:
        most, _, name = max(usable, key=lambda u: (u[0] * (1 + min(u[1], 4)), u[1], u[2]))
        return name, f"原标题缺失，按段内反复出现的“{name}”（{most}次）推定。"
    if terms:
        return terms[0].term, f"原标题缺失，按段内首个方向“{terms[0].term}”推定。"
    return "未命名", "原标题缺失，段内没有可作依据的词。"


_EMPTY = re.compile(
    r"(?:技术|产品|设备|系统|服务|产业|发展|应用|材料|智能|数据|高端|新型|数字|开发|研发|一批|终端|平台|器件|关键|基于|示范|工程|网络"
    r"|发展.|.展|高性|性能|应用.|高性能|生产|装备|制造).?"
)


def _nameless(items: tuple[Item, ...]) -> list[Damage]:
    return [
        Damage(
            kind="lost_heading",
            start=i.start,
            end=min(i.end, i.start + 1),
            note=i.inferred_reason or "",
        )
        for i in items
        if i.inferred
    ]


def _encoding(source: PolicySource) -> list[Damage]:
    return [
        Damage(kind="encoding", start=m.start(), end=m.end(), note="字节不合编码，无法解码。")
        for m in re.finditer("\ufffd+", source.text)
    ]


def _assigned(
    pieces: list[Piece], items: tuple[Item, ...], terms: tuple[Term, ...]
) -> list[Assigned]:
    leaves: dict[str, list[str]] = {}
    for term in terms:
        if term.item is not None and term.role == "leaf":
            leaves.setdefault(term.item, []).append(term.term)
    return [
        Assigned(p.start, p.end, i.name, tuple(dict.fromkeys(leaves.get(i.id, []))))
        for p, i in zip(pieces, items, strict=True)
        if not p.is_member
    ]


def _whereabouts(name: str | None, region: Mention | None, places: PlaceTable) -> Whereabouts:
    if region is None:
        return Whereabouts(name, None, None, _nearby(places, None))
    return Whereabouts(name, region.code, region.level, _nearby(places, region.code))


def _nearby(places: PlaceTable, code: str | None) -> PlaceTable:
    """Return the table without two-character names of other provinces, which are words too."""
    if code is None:
        return {n: p for n, p in places.items() if len(n) > _SHORTEST_SHARED}
    return {n: p for n, p in places.items() if len(n) > _SHORTEST_SHARED or p[0][:2] == code[:2]}
