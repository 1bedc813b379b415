"""Goals and timelines as Excel files, with the plans they come from."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from chainmap.concepts.policy_records import GoalRegister, PlanRecord, Timeline
from chainmap.reports.plain_workbook import write_rows
from chainmap.reports.register import goal_rows
from chainmap.reports.timeline import timeline_rows


def write_goals(register: GoalRegister, file: Path) -> None:
    """Write goals as a sheet, in the register's order."""
    write_rows(file, goals_title(register), goals_notes(register), goal_rows(register))


def write_timeline(timeline: Timeline, file: Path) -> None:
    """Write a timeline as a sheet, a row a field, in its own order."""
    title = f"{len(timeline.fields)} 个领域{timeline_suffix(timeline)}"
    write_rows(file, title, timeline_notes(timeline), timeline_rows(timeline))


def goals_title(register: GoalRegister) -> str:
    """Return what a register is called, with its length and day."""
    where = register.city or ""
    return f"{where}规划目标台账（{len(register.goals)} 项，时点 {register.as_of}）"


def goals_notes(register: GoalRegister) -> list[str]:
    """Return what a reader of goals has to know."""
    return [plans_text(register.plans), "数值照原文；单位或数字缺失的照录，不补。"]


def timeline_suffix(timeline: Timeline) -> str:
    """Return how the title of a timeline ends, behind which fields it tells of."""
    return f"的规划沿革（时点 {timeline.as_of}）"


def timeline_notes(timeline: Timeline) -> list[str]:
    """Return what a reader of a timeline has to know."""
    plans = [plan for plans in timeline.rounds for plan in plans.plans]
    return [timeline.note, plans_text(plans)]


def plans_text(plans: Sequence[PlanRecord]) -> str:
    """Return plans with period and state, on one line."""
    shown = [f"《{plan.title}》{plan.years}，{plan.state}" for plan in plans]
    return f"规划：{'；'.join(shown)}。" if shown else "没有收录这里的规划。"
