"""One report of any kind as a document: built once, whatever form it is written in."""

from __future__ import annotations

from chainmap.errors import InputError
from chainmap.reports.document import Document
from chainmap.reports.report_comparison import comparison_report
from chainmap.reports.report_gaps import gaps_report
from chainmap.reports.report_material import Material, ReportKind
from chainmap.reports.report_profile import find_company, profile_report
from chainmap.reports.report_targets import targets_report


def measured_report(
    kind: ReportKind, material: Material, company: str = "", other: Material | None = None
) -> Document:
    """Return a report made of measured data; a catalogue is none (`report_catalogue`).

    Args:
        kind: What it is about.
        material: City, day and chain.
        company: As typed; a profile needs one.
        other: The second city; a comparison needs one.

    Raises:
        InputError: What the kind needs was not given, or a catalogue is asked for.
        UnknownNameError: No company answers to the name.
    """
    if kind is ReportKind.GAPS:
        return gaps_report(material)
    if kind is ReportKind.TARGETS:
        return targets_report(material)
    if kind is ReportKind.PROFILE:
        return profile_report(material, find_company(material, company))
    if kind is ReportKind.CATALOGUE:
        raise InputError("招商目录不由测算得出。", todo="请用目录的版本。")
    if other is None:
        raise InputError("城市对比要指明第二个城市。", todo="请给出要对比的城市。")
    if other.city.code == material.city.code:
        raise InputError(f"两个城市都是{other.city.name}。", todo="请选两个不同的城市。")
    return comparison_report(material, other)
