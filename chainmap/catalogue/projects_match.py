"""Projects matched to segments by their own words: segment, product, what is to be built."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import polars as pl

from chainmap.catalogue.match import SURE, match_rows
from chainmap.chains.library import ChainLibrary
from chainmap.concepts.project_records import ProjectRecord, SegmentMatch
from chainmap.errors import UnknownNameError
from chainmap.linkage.evidence import place_companies
from chainmap.linkage.scopes import PROPOSED
from chainmap.sources.foreign_catalogue import ForeignRow

LEAST = 0.4
"""Below this a reading is no match; a name that is the common end of several segments has 0.4."""

OTHER_CHAIN = 0.6
"""Most a reading counts for that lies in another chain than the list states."""

SHOWN = 5
_PIECES = 8
"""Products of one project looked at; a longer list is a catalogue, its main ones come first."""

_CUT = re.compile(r"[、,，;；/\n]|以及|和(?=[\u4e00-\u9fff]{2})")
_AMOUNT = re.compile(
    r"^(?:年产|新增|新建|建设|生产|研发|实施|形成年产)?[约]?[\d.,]*\s*(?:万|亿|百|千)?"
    r"(?:吨|台套|台|套|片|件|支|颗|只|个|平方米|米|辆|架|条|公斤|千克|升)?(?:/年)?的?"
)
_SUFFIX = re.compile(r"(?:产业化|生产线|生产基地|制造基地|研发及|建设|生产|产业园|基地|项目)+$")


def match_projects(
    projects: Sequence[ProjectRecord], library: ChainLibrary
) -> dict[str, list[SegmentMatch]]:
    """Return each project's segments by id, the surest first; none where its words name none.

    Two readings are put together, the surer one of a segment counts: names (环节 and products as
    stated; where neither is, the project's own name) as a catalogue's rows are matched, and
    placement of the product and building texts as companies are placed.
    """
    found: dict[str, dict[str, SegmentMatch]] = {project.id: {} for project in projects}
    for project_id, match in (*_by_name(projects, library), *_by_text(projects, library)):
        known = found[project_id].get(match.segment_id)
        if match.confidence >= LEAST and (known is None or known.confidence < match.confidence):
            found[project_id][match.segment_id] = match
    return {
        project_id: sorted(matches.values(), key=lambda m: (-m.confidence, m.segment_id))[:SHOWN]
        for project_id, matches in found.items()
    }


def pieces(text: str | None) -> list[str]:
    """Return the things a text lists, amounts before and 项目 or 生产线 behind them left out."""
    found = []
    for part in _CUT.split(text or ""):
        bare = _SUFFIX.sub("", _AMOUNT.sub("", part.strip())).strip()
        if len(bare) >= 2:
            found.append(bare)
    return found[:_PIECES]


def _by_name(
    projects: Sequence[ProjectRecord], library: ChainLibrary
) -> Iterator[tuple[str, SegmentMatch]]:
    asked: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for project in projects:
        chain = project.chain or ""
        told = [("环节", piece) for piece in pieces(project.segment)]
        told += [("产品", piece) for piece in pieces(project.product)]
        told = told or [("项目名称", piece) for piece in pieces(project.name)[:1]]
        for what, piece in told:
            asked.setdefault((piece, chain), []).append((project.id, what))
    rows = [
        ForeignRow("", number, {"name": piece, "chain": chain})
        for number, (piece, chain) in enumerate(asked, start=1)
    ]
    # Rows of one text are asked once each, so none of them is turned down as a repetition.
    for row, found in zip(rows, match_rows(rows, library), strict=True):
        if found.segment is None:
            continue
        for project_id, what in asked[row.cells["name"], row.cells["chain"]]:
            confidence = found.confidence
            if what == "项目名称":
                confidence = min(confidence, SURE - 0.05)  # a title sells, it does not specify
            why = f"{what}“{row.cells['name']}”：{found.why}"
            yield project_id, _match(found.segment, round(confidence, 4), why, library)


def _by_text(
    projects: Sequence[ProjectRecord], library: ChainLibrary
) -> Iterator[tuple[str, SegmentMatch]]:
    if not projects:
        return
    by_id = {project.id: project for project in projects}
    texts = pl.DataFrame(
        {
            "company": [p.id for p in projects],
            "name": [p.sponsor or "" for p in projects],
            "products": [_joined(p.segment, p.product, p.process) for p in projects],
            "business": [_joined(p.name, p.content) for p in projects],
            "industry_code": [p.industry_code for p in projects],
        },
        schema_overrides={"industry_code": pl.String},
    )
    # A segment the model only proposes is not in the project's own words.
    own = pl.col("segment_id").is_not_null() & ~pl.col("rule").str.starts_with(PROPOSED)
    placed = place_companies(texts).filter(own & (pl.col("role") != "trade"))
    for row in placed.iter_rows(named=True):
        stated = _chain(by_id[row["company"]].chain, library)
        other = stated is not None and stated != row["chain_id"]
        confidence = min(row["confidence"], OTHER_CHAIN) if other else row["confidence"]
        where = "产品" if row["source"] == "products" else "建设内容"
        why = f"{where}中的“{row['evidence']}”" + ("；但所填产业链不是这一条" if other else "")
        yield row["company"], _match(row["segment_id"], round(confidence, 4), why, library)


def _match(segment_id: str, confidence: float, why: str, library: ChainLibrary) -> SegmentMatch:
    return SegmentMatch(
        segment_id=segment_id,
        segment=library.segments[segment_id].name,
        chain_id=library.chain_of(segment_id).id,
        confidence=confidence,
        why=why,
    )


def _joined(*parts: str | None) -> str:
    return "；".join(part for part in parts if part)


def _chain(given: str | None, library: ChainLibrary) -> str | None:
    for name in (given, (given or "").removesuffix("产业链"), (given or "").removesuffix("产业")):
        try:
            return library.find_chain(name).id if name else None
        except UnknownNameError:
            continue
    return None
