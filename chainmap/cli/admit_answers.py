"""What `chainmap admit` answers, and the template it reads."""

from __future__ import annotations

from pathlib import Path

from chainmap.catalogue.admission import FIELD_ZH, Applicant, check_project
from chainmap.chains.library import load_library
from chainmap.cli.output import Format, emit, say, write_template_file
from chainmap.cli.policy_answers import day_of
from chainmap.concepts.admission import AdmissionReport
from chainmap.reports.plain_workbook import write_rows
from chainmap.reports.project_template import write_project_template
from chainmap.reports.rows import Rows
from chainmap.sources.admission_rules import load_admission_rules
from chainmap.sources.places import find_city, load_cities
from chainmap.sources.project_file import read_project


def show_admission(
    file: Path, city: str | None, as_of: str | None, fmt: Format, out: Path | None
) -> None:
    """Answer `chainmap admit`: what every rule in force says of the project in a file."""
    library, project = load_library(), read_project(file, FIELD_ZH)
    given = city or project.city
    applicant = Applicant(
        project,
        find_city(load_cities(), given) if given else None,
        library.find_segment(project.segment) if project.segment else None,
    )
    report = check_project(applicant, load_admission_rules(), library, day_of(as_of))
    rows = admission_rows(report)
    title = f"{report.project}：准入对照（{report.city or '未写城市'}，时点 {report.as_of}）"
    notes = [_counted(report), report.note]
    emit(
        fmt,
        out,
        record=report,
        rows=_screen(rows) if fmt is Format.TABLE else rows,
        title=title,
        workbook=lambda path: write_rows(path, title, notes, rows),
    )
    if fmt is not Format.JSON:
        for note in notes:
            say(note)


def write_template(out: Path) -> None:
    """Answer `chainmap template project`."""
    write_template_file(out, write_project_template)


def admission_rows(report: AdmissionReport) -> Rows:
    """Return one row a rule."""
    return [
        {
            "指标": answer.metric_zh,
            "要求": answer.requirement,
            "性质": "约束" if answer.binding else "参考",
            "结果": answer.result_zh,
            "项目事实": answer.fact,
            "计算值": "" if answer.computed is None else answer.computed,
            "要求值": "" if answer.threshold is None else answer.threshold,
            "单位": answer.unit or "",
            "出处": answer.source,
            "向谁核实": answer.ask,
            "规则编号": answer.rule,
        }
        for answer in report.answers
    ]


def _screen(rows: Rows) -> Rows:
    kept = ("指标", "要求", "性质", "结果", "项目事实", "出处")
    return [{name: row[name] for name in kept} for row in rows]


def _counted(report: AdmissionReport) -> str:
    counts = report.counts
    return (
        f"约束规则 {sum(counts.values())} 条：符合 {counts['pass']}、"
        f"不符合 {counts['fail']}、未知 {counts['unknown']}。"
    )
