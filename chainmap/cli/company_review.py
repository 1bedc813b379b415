"""`chainmap review`, second half: the companies, their segments, and the data cards."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from chainmap.chains.reader import Taxonomy
from chainmap.cli.doctor import DATASETS
from chainmap.concepts.finding import Finding
from chainmap.concepts.kinds import Role
from chainmap.errors import CurationError
from chainmap.sources.cards import card_faults
from chainmap.sources.companies import roster_faults
from chainmap.sources.csv_table import RowFault


class CompanyReview(NamedTuple):
    """How many companies were looked at, and what was found, in file and line order."""

    n_companies: int
    findings: list[Finding]


def review_companies(taxonomy: Taxonomy) -> CompanyReview:
    """Return what does not hold in `data/`.

    Rules: `roster` (a row of the roster), `placement` (a segment or role that does not exist, or
    a segment named twice), `assertion` (a promise of a dataset's card). Of several rules for one
    cell the more special one is given.

    Raises:
        ResourceError: A bundled file is missing or was changed.
    """
    roster, faults = roster_faults()
    known = {segment.id for chain, _ in taxonomy.chains for segment in chain.segments}
    found = [("roster", fault) for fault in faults]
    for row in roster.iter_rows(named=True):
        found += [("placement", fault) for fault in _placements(row, known)]
    for dataset in DATASETS:
        found += [("assertion", fault) for fault in _card(dataset)]
    taken: set[tuple[str, int, str]] = set()
    findings = []
    for rule, fault in found:
        file, line, field, message, _ = fault
        if rule != "assertion" or (file, line, field) not in taken:
            findings.append(Finding(severity="error", rule=rule, file=file, line=line, field=field,
                                    message=message))  # fmt: skip
        if line:
            taken.add((file, line, field))
    ordered = sorted(findings, key=lambda f: (f.file, f.line, f.rule, f.field))
    return CompanyReview(roster.height, ordered)


def _placements(row: Mapping[str, object], known: set[str]) -> Iterator[RowFault]:
    seen: set[str] = set()
    todo = "写法：环节编号:角色，多项用 ; 分隔；角色为 make、rd、serve、trade。"
    for item in str(row["segments"] or "").split(";"):
        segment, _, role = item.partition(":")
        if not item:
            message = "多了一个 ;" if row["segments"] else ""
        elif segment not in known:
            message = f"没有环节 {segment}"
        elif role not in {r.value for r in Role}:
            message = f"{segment} 没有角色" if not role else f"没有角色 {role}"
        else:
            message = f"环节 {segment} 写了两次" if segment in seen else ""
        seen.add(segment)
        if message:
            yield RowFault(str(row["file"]), int(str(row["line"])), "segments", message, todo)


def _card(dataset: str) -> list[RowFault]:
    try:
        return card_faults(dataset)
    except CurationError as error:
        message = error.message.partition("：")[2]
        return [RowFault(error.file, error.line, error.field, message, error.todo)]
