"""Tracing a segment (环节溯源): every passage that names it, with its sentence where at hand."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from chainmap.chains.library import ChainLibrary
from chainmap.concepts.chain import Segment
from chainmap.concepts.kinds import CiteScope
from chainmap.concepts.policy import PolicyExtraction
from chainmap.concepts.policy_records import Trace, TracePassage
from chainmap.concepts.register import PositionFact
from chainmap.gaps.passages import field_names
from chainmap.reports.plans import extracted_plan
from chainmap.reports.rows import Rows

_STOPS = "。；;！？|\x0c"
_BLANK_LINE = re.compile(r"\n[ \t\u3000]*\n")
_HEADING = re.compile(r"(?<=\n)[^\n]{1,24}\n|\A[^\n]{1,24}\n")
"""A short line without a full stop is a heading, not the first half of a wrapped sentence."""

_LONGEST_SIDE = 120
"""Code points shown on either side of a passage where no full stop ends the sentence sooner."""

_STATE_ZH = {"absent": "", "at_hand": "原文在手", "changed": "文件已变，未核对"}


@dataclass(frozen=True)
class Shelf:
    """Documents at hand: raw text by hash, hash by file name, and what was read out of others.

    Attributes:
        texts: sha256 → raw text, which offsets count in.
        names: file name → sha256.
        extractions: Documents the taxonomy does not hold, read anew.
    """

    texts: Mapping[str, str] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    extractions: Sequence[PolicyExtraction] = ()

    def state(self, file: str, sha256: str) -> str:
        """Return `at_hand` by hash, `changed` where only the name is right, else `absent`."""
        if sha256 in self.texts:
            return "at_hand"
        return "changed" if file in self.names else "absent"


def trace_segment(
    library: ChainLibrary,
    segment: Segment,
    positions: Iterable[PositionFact],
    shelf: Shelf,
    as_of: dt.date,
) -> Trace:
    """Return every passage that names a segment, its group or its chain.

    Citations of the taxonomy first (own, group's, chain's), then positions of places that name
    its field, then terms read out of documents the taxonomy does not hold.
    """
    files = {document.id: document.file for document in library.documents.values()}
    passages = [
        _with_text(passage, shelf, files.get(passage.document_id, ""))
        for passage in (
            *_cited(library, segment, as_of),
            *_placed(library, segment, positions, as_of),
            *_read(library, segment, shelf.extractions, as_of),
        )
    ]
    changed = [
        document.file
        for document in library.documents.values()
        if shelf.state(document.file, document.sha256) == "changed"
    ]
    return Trace(
        as_of=as_of,
        segment_id=segment.id,
        segment=segment.name,
        group=library.groups[segment.group].name,
        chain=library.chain_of(segment.id).name,
        passages=passages,
        changed_files=changed,
    )


def sentence_around(text: str, start: int, end: int) -> str:
    """Return the sentence around a span, the span in 【】, line breaks and stray spaces closed.

    Cut at …, at most `_LONGEST_SIDE` code points from the span, where no full stop comes sooner.
    """
    before = text[max(0, start - _LONGEST_SIDE) : start]
    after = text[end : end + _LONGEST_SIDE]
    opening = max(
        [before.rfind(stop) + 1 for stop in _STOPS] + _ends(before, start <= _LONGEST_SIDE)
    )
    closing = [at + 1 for at in (after.find(stop) for stop in _STOPS) if at >= 0]
    closing += [m.start() for m in _BLANK_LINE.finditer(after)][:1]
    cut_left = "…" if opening == 0 and start > _LONGEST_SIDE else ""
    cut_right = "" if closing or len(after) < _LONGEST_SIDE else "…"
    stop = min(closing, default=len(after))
    inner = closed(text[start:end])
    right = closed(after[:stop]).rstrip("|")
    return f"{cut_left}{closed(before[opening:])}【{inner}】{right}{cut_right}"


def closed(text: str) -> str:
    """Return text on one line, without the spaces between Chinese characters."""
    return re.sub(r"(?<![A-Za-z0-9])\s+|\s+(?![A-Za-z0-9])", "", re.sub(r"\s+", " ", text))


def trace_rows(trace: Trace) -> Rows:
    """Return one row a passage; the sentence column only where some text is at hand."""
    with_text = any(passage.sentence for passage in trace.passages)
    rows: Rows = []
    for passage in trace.passages:
        kind = {"citation": passage.scope, "position": f"布局：{passage.place}"}
        row: dict[str, str | int | float] = {
            "范围": kind.get(passage.kind, f"{passage.scope}（新读文件，未入库）"),
            "文件": passage.title,
            "专栏或条目": passage.box,
            "原文位置": f"{passage.start}–{passage.end}",
            "点名词语": "、".join(passage.names),
            "动词": passage.verb or "",
            "措辞": passage.wording,
            "状态": "已到期" if passage.expired else "在期" if passage.in_force else "未生效",
        }
        if with_text or trace.changed_files:
            row["原文"] = passage.sentence or _STATE_ZH[passage.text] or "原文不在手"
        rows.append(row)
    return rows


def _cited(library: ChainLibrary, segment: Segment, as_of: dt.date) -> list[TracePassage]:
    found = []
    for scope, cited in library.cited(segment.id):
        document = library.documents[cited.document]
        found.append(
            TracePassage(
                kind="citation",
                id=cited.id,
                scope=scope.zh,
                cite_scope=scope.value,
                document_id=document.id,
                title=document.title,
                sha256=document.sha256,
                box=cited.box,
                start=cited.start,
                end=cited.end,
                names=list(cited.names),
                verb=cited.verb,
                wording=library.wording.strength(cited.verb).value,
                in_force=document.in_force(as_of),
                expired=document.expired(as_of),
            )
        )
    return found


def _placed(
    library: ChainLibrary,
    segment: Segment,
    positions: Iterable[PositionFact],
    as_of: dt.date,
) -> list[TracePassage]:
    names, found = field_names(library), []
    for position in positions:
        scope = names.of_terms(position.terms).get(segment.id)
        document = library.documents.get(position.document)
        if scope is None or document is None:
            continue
        found.append(
            TracePassage(
                kind="position",
                id=f"{document.id}@{position.start}",
                scope=scope.zh,
                cite_scope=scope.value,
                document_id=document.id,
                title=document.title,
                sha256=document.sha256,
                box=position.box or "",
                start=position.start,
                end=position.end,
                names=list(position.terms),
                place=position.place,
                wording=library.wording.strength(None).value,
                in_force=document.in_force(as_of),
                expired=document.expired(as_of),
            )
        )
    return found


def _read(
    library: ChainLibrary,
    segment: Segment,
    extractions: Sequence[PolicyExtraction],
    as_of: dt.date,
) -> list[TracePassage]:
    found = []
    for extraction in extractions:
        plan = extracted_plan(extraction, library, as_of)
        labels = {box.id: box.label for box in extraction.boxes}
        card = extraction.document
        found += [
            TracePassage(
                kind="extracted",
                id=f"{plan.id}@{term.start}",
                scope=CiteScope.SEGMENT.zh,
                cite_scope=CiteScope.SEGMENT.value,
                document_id=plan.id,
                title=plan.title,
                sha256=card.sha256,
                box=labels.get(term.box, ""),
                start=term.start,
                end=term.end,
                names=[term.term],
                verb=term.verb,
                wording=library.wording.strength(term.verb).value,
                in_force=plan.in_force,
                expired=plan.expired,
            )
            for term in extraction.terms
            if term.segment == segment.id
        ]
    return found


def _with_text(passage: TracePassage, shelf: Shelf, file: str) -> TracePassage:
    state = shelf.state(file, passage.sha256)
    if state != "at_hand":
        return passage.model_copy(update={"text": state})
    raw = shelf.texts[passage.sha256]
    return passage.model_copy(
        update={
            "text": state,
            "surface": raw[passage.start : passage.end],
            "sentence": sentence_around(raw, passage.start, passage.end),
        }
    )


def _ends(before: str, at_start: bool) -> list[int]:
    """Return where a blank line or a heading ends in the text before a passage."""
    breaks = [match.end() for match in _BLANK_LINE.finditer(before)]
    whole = [match for match in _HEADING.finditer(before) if match.start() or at_start]
    return breaks + [match.end() for match in whole]
