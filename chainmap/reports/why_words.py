"""Changes that would bring a company onto a list, in Chinese words, and how to ask for them."""

from __future__ import annotations

from math import exp

from chainmap.concepts.why_records import ChangeRecord
from chainmap.ranking.why_changes import Change, Kind
from chainmap.ranking.why_standing import Standing


def change_record(standing: Standing, change: Change) -> ChangeRecord:
    """Return a change as a record."""
    return ChangeRecord(
        kind=change.kind.value,
        kind_zh=change.kind.zh,
        text=_text(standing, change),
        amount=None if change.kind in (Kind.SEGMENT, Kind.MAKES) else change.amount,
        family=change.family.value if change.family else None,
        segment_id=change.segment_id,
        rank_after=change.rank,
        command=_command(change),
    )


def _text(standing: Standing, change: Change) -> str:
    then = f"列第{change.rank}位"
    segment = ""
    if change.segment_id is not None:
        segment = f"“{standing.world.library.segments[change.segment_id].name}”"
    now = standing.options
    if change.kind is Kind.TOP:
        return f"清单由{now.top}家加长到{change.amount:.0f}家，{then}（{segment}环节）"
    if change.kind is Kind.PER_SEGMENT:
        longer = f"，同时清单加长到{change.top}家" if change.top else ""
        return (
            f"同一环节的家数上限由{now.per_segment}家放宽到{change.amount:.0f}家{longer}，"
            f"{then}（{segment}环节）"
        )
    if change.kind is Kind.SEGMENT:
        return f"单看{segment}环节，{then}"
    if change.kind is Kind.WEIGHT:
        assert change.family is not None
        before = now.weights[change.family.value]
        return f"“{change.family.zh}”的权重由{before:g}调到{change.amount:g}，{then}"
    if change.kind is Kind.MAKES:
        return f"查实其已在{segment}环节生产，{then}"
    if change.kind is Kind.STAFF:
        return f"名录未收录其员工人数；查实达到约{change.amount:.0f}人，{then}"
    assert change.family is not None and change.reach is not None
    return (
        f"“{change.family.zh}”（{segment}环节）提高{change.amount:.2f}，"
        f"相当于可能性约{exp(change.amount):.1f}倍，{then}；"
        f"本市候选中此项最高的比它高{change.reach:.2f}{_others(change)}"
    )


def _others(change: Change) -> str:
    """Return the families of which the same rise would do as well."""
    named = "、".join(f"“{family.zh}”" for family in change.others)
    return f"；{named}提高同样多亦可" if named else ""


def _command(change: Change) -> str | None:
    if change.kind is Kind.TOP:
        return f"--top {change.amount:.0f}"
    if change.kind is Kind.PER_SEGMENT:
        longer = f" --top {change.top}" if change.top else ""
        return f"--per-segment {change.amount:.0f}{longer}"
    if change.kind is Kind.SEGMENT:
        return f"--segment {change.segment_id}"
    if change.kind is Kind.WEIGHT and change.family is not None:
        return f"--weight {change.family.value}={change.amount:g}"
    return None
