"""Decisions on the taxonomy: accepted, rejected, retired, rolled back, each with its journal line.

Nothing here touches a disk: files come in as texts by their path inside `taxonomy/` and the
changed ones go out, the journal among them, to be written all or none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from chainmap.chains.amendments import Amendment, amended
from chainmap.chains.changes import Ids, changes_of
from chainmap.chains.journal import (
    ACTION_ZH,
    Decision,
    Stamp,
    decision,
    read_journal,
    refuse_person,
    standing,
)
from chainmap.chains.library import ChainLibrary
from chainmap.chains.reader import Taxonomy, read_taxonomy
from chainmap.chains.review import review
from chainmap.concepts.proposal import KIND_ZH, Proposal
from chainmap.errors import CurationError, InputError, UnknownNameError
from chainmap.resources import JOURNAL


class Verdict(NamedTuple):
    """The files to be written and the decisions they carry."""

    changed: dict[str, str]
    decisions: list[Decision]


Texts = Mapping[str, str]

_POSITIONS = (
    "# 专家采纳的地方定位：规划给哪个地方布局哪些领域。只记地名、术语和位置，不存原句。\n"
    "positions: []\n"
)
"""What `positions.yml` begins as."""


def accept(texts: Texts, proposals: Sequence[Proposal], stamp: Stamp) -> Verdict:
    """Return the taxonomy with proposals accepted, one decision each.

    Raises:
        InputError: A proposal is decided already, incomplete, or renames an id; or the result
            would break the taxonomy or make its review worse. Then none is accepted.
    """
    refuse_person(stamp.by)
    journal = read_journal(texts)
    before = read_taxonomy(texts)
    ids = Ids(ChainLibrary(before))
    order = list(KIND_ZH)
    new, decisions = dict(texts), list[Decision]()
    for proposal in sorted(proposals, key=lambda p: order.index(p.kind)):
        _undecided(proposal.id, journal)
        known = ids.all()
        changes = changes_of(proposal, ids)
        new, inverse = _made(new, changes)
        decisions.append(
            decision(
                "accept",
                stamp,
                (proposal.id, proposal.summary + ("" if changes else "（分类中已有，未改动）")),
                serial=len(journal) + len(decisions),
                evidence=_evidence(proposal),
                changes=tuple(changes),
                inverse=inverse,
                created=tuple(sorted(ids.all() - known)),
            )
        )
    _refuse_worse(before, texts, new, "采纳")
    return _verdict(texts, new, decisions)


def preview(texts: Texts, proposals: Sequence[Proposal]) -> tuple[dict[str, str], dict[str, str]]:
    """Return the texts as they would be, and by proposal id why one cannot be accepted yet."""
    ids = Ids(ChainLibrary(read_taxonomy(texts)))
    order = list(KIND_ZH)
    new, blocked = dict(texts), {}
    for proposal in sorted(proposals, key=lambda p: order.index(p.kind)):
        try:
            new, _ = _made(new, changes_of(proposal, ids))
        except (InputError, CurationError) as error:
            blocked[proposal.id] = str(error)
    return new, blocked


def reject(texts: Texts, proposals: Sequence[Proposal], stamp: Stamp) -> Verdict:
    """Return the journal with proposals rejected; they are not proposed again.

    Raises:
        InputError: A proposal is decided already, or no reason is given.
    """
    refuse_person(stamp.by)
    if not stamp.why.strip():
        raise InputError("驳回须说明理由。", todo="用 --why 写明。")
    journal = read_journal(texts)
    for proposal in proposals:
        _undecided(proposal.id, journal)
    decisions = [
        decision("reject", stamp, (p.id, p.summary), serial=len(journal) + n, evidence=_evidence(p))
        for n, p in enumerate(proposals)
    ]
    return _verdict(texts, dict(texts), decisions)


def retire(texts: Texts, segment_id: str, successor: str, stamp: Stamp) -> Verdict:
    """Return the taxonomy with a segment retired; its successor answers to its id from now on.

    Raises:
        UnknownNameError: One of the two is not a living segment.
        InputError: They are the same, no reason is given, or the review would get worse.
    """
    refuse_person(stamp.by)
    if not stamp.why.strip():
        raise InputError("停用环节须说明理由。", todo="用 --why 写明。")
    before = read_taxonomy(texts)
    library = ChainLibrary(before)
    for given in (segment_id, successor):
        if given not in library.segments:
            raise UnknownNameError("在用的环节", given)
    if segment_id == successor:
        raise InputError("环节不能由自己接替。", todo="给出另一个环节的编号。")
    file = f"chains/{library.chain_of(segment_id).id}.yml"
    at = ("segments", segment_id, "replaced_by")
    changes = [Amendment(file=file, at=at, op="set", value=successor)]
    new, inverse = _made(texts, changes)
    _refuse_worse(before, texts, new, "停用")
    names = [f"“{library.segments[i].name}”（{i}）" for i in (segment_id, successor)]
    what = f"停用环节{names[0]}，由{names[1]}接替"
    made = decision(
        "retire",
        stamp,
        (segment_id, what),
        serial=len(read_journal(texts)),
        changes=tuple(changes),
        inverse=inverse,
    )
    return _verdict(texts, new, [made])


def rollback(texts: Texts, decision_id: str, stamp: Stamp) -> Verdict:
    """Return the taxonomy with one decision undone by its recorded inverse.

    Raises:
        UnknownNameError: There is no such decision.
        InputError: It is undone already, later decisions depend on it, what it wrote has been
            edited since, or the review would get worse.
    """
    refuse_person(stamp.by)
    journal = read_journal(texts)
    found = next((d for d in journal if d.id == decision_id), None)
    if found is None:
        raise UnknownNameError("决定", decision_id)
    if found.action == "rollback":
        raise InputError("回退本身不能再回退。", todo="重新采纳原提案即可。")
    if standing(journal).get(found.subject) != found:
        raise InputError(f"{decision_id} 已经回退。", todo="运行 chainmap taxonomy log 查看。")
    later = _dependants(found, journal)
    if later:
        raise InputError(
            f"后来的决定依赖 {decision_id}：{'、'.join(later[:5])}。", todo="先回退这些决定。"
        )
    before = read_taxonomy(texts)
    try:
        new, _ = _made(texts, found.inverse)
    except CurationError as error:
        raise InputError(
            f"{decision_id} 写入的内容后来被改动，不能自动回退：{error.message}", todo=error.todo
        ) from error
    _refuse_worse(before, texts, new, "回退", losing=set(found.created))
    what = f"回退{ACTION_ZH[found.action]}：{found.what}"
    made = decision("rollback", stamp, (found.id, what), serial=len(journal), changes=found.inverse)
    return _verdict(texts, new, [made])


def _made(
    texts: Texts, changes: Sequence[Amendment]
) -> tuple[dict[str, str], tuple[Amendment, ...]]:
    new = dict(texts)
    inverse = []
    for change in changes:
        text = new.get(change.file)
        if text is None:
            if change.file != "positions.yml":
                raise CurationError("没有这个文件", file=f"taxonomy/{change.file}")
            text = _POSITIONS
        new[change.file], back = amended(text, change)
        inverse.append(back)
    return new, tuple(reversed(inverse))


def _refuse_worse(
    before: Taxonomy, texts: Texts, new: Texts, what: str, losing: set[str] | None = None
) -> None:
    """Raise unless the new texts compile, keep every id, and review no worse than before."""
    old_ids = Ids(ChainLibrary(before)).all()
    try:
        after = read_taxonomy(new)
        new_ids = Ids(ChainLibrary(after)).all()
        found = Counter((f.rule, f.file, f.message) for f in review(after))
    except CurationError as error:
        raise InputError(f"{what}后分类不能成立：{error.message}", todo=error.todo) from error
    lost = old_ids - new_ids - (losing or set())
    if lost:
        raise InputError(
            f"{what}会让编号消失：{'、'.join(sorted(lost))}。",
            todo="编号不改；不再使用的环节用 chainmap taxonomy retire。",
        )
    found -= Counter((f.rule, f.file, f.message) for f in review(before))
    if found:
        problems = "；".join(f"{file} {message}（{rule}）" for rule, file, message in found)
        raise InputError(
            f"{what}后 chainmap review 会多出 {found.total()} 个问题：{problems}",
            todo="改正草案后再来；没有写入任何内容。",
        )


def _dependants(found: Decision, journal: Sequence[Decision]) -> list[str]:
    """Return later standing decisions whose changes mention an id that `found` created."""
    created = {name.split(":", 1)[1] for name in found.created}
    alive = {d.id for d in standing(journal).values()}
    later = [d for d in journal[journal.index(found) + 1 :] if d.id in alive]
    return [d.id for d in later if created & _mentioned(d)]


def _mentioned(later: Decision) -> set[str]:
    found: set[str] = set()
    pending: list[object] = [part for change in later.changes for part in (change.at, change.value)]
    while pending:
        value = pending.pop()
        if isinstance(value, str):
            found.add(value)
        elif isinstance(value, dict):
            pending.extend(value.values())
        elif isinstance(value, list | tuple):
            pending.extend(value)
    return found


def _undecided(proposal_id: str, journal: Sequence[Decision]) -> None:
    decided = standing(journal).get(proposal_id)
    if decided is not None:
        raise InputError(
            f"{proposal_id} 已于 {decided.at[:10]} {ACTION_ZH[decided.action]}（{decided.id}）。",
            todo=f"要重新决定，先运行 chainmap taxonomy rollback {decided.id}。",
        )


def _evidence(proposal: Proposal) -> tuple[str, ...]:
    return tuple(f"{e.document}:{e.start}-{e.end}" for e in proposal.evidence)


def _verdict(texts: Texts, new: dict[str, str], decisions: list[Decision]) -> Verdict:
    journal = texts.get(JOURNAL, "")
    journal += "".join(d.model_dump_json() + "\n" for d in decisions)
    changed = {name: text for name, text in new.items() if text != texts.get(name)}
    return Verdict({**changed, JOURNAL: journal}, decisions)
