"""What `chainmap report` answers: a document, in the form the file's name asks for."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from chainmap.catalogue.store import find_version
from chainmap.cli.catalogue_deeds import workspace_of
from chainmap.cli.output import say, write_file
from chainmap.errors import InputError
from chainmap.gaps.score import GapOptions
from chainmap.pipeline import find_gaps, rank_targets, world_on
from chainmap.reports.city_shapes import CityMap, read_map
from chainmap.reports.city_tiles import GRID
from chainmap.reports.document import Document
from chainmap.reports.document_files import Form, document_bytes, form_of
from chainmap.reports.document_word import bundled_template
from chainmap.reports.report import measured_report
from chainmap.reports.report_catalogue import catalogue_bytes
from chainmap.reports.report_material import Material, ReportKind, Steps
from chainmap.settings import load_settings
from chainmap.sources.admission_rules import load_fair_competition
from chainmap.sources.asked_days import typed_asked_day
from chainmap.sources.places import find_city, load_cities


class ReportQuestion(NamedTuple):
    """What the user asked for, as typed."""

    city: str
    kind: str = "gaps"
    chain: str | None = None
    company: str | None = None
    other: str | None = None
    top: int = 20
    as_of: str | None = None
    include_expired: bool = False


def write_report(
    asked: ReportQuestion,
    out: Path,
    template: Path | None,
    stored: tuple[str | None, Path | None],
) -> None:
    """Answer `chainmap report`.

    Args:
        asked: The question.
        out: The file; its end names the form.
        template: The office's own Word template.
        stored: Version and workspace of a catalogue; None takes the version in use.

    Raises:
        InputError: The kind or the form is unknown, or what the kind needs is missing.
        UnknownNameError: No city, chain or company answers to a name.
    """
    kind, form = kind_of(asked.kind), form_of(out)
    _refuse_unused(kind, asked, stored[0])
    if kind is ReportKind.CATALOGUE:
        if asked.chain is not None or template is not None:
            raise InputError("招商目录按版本整份输出。", todo="去掉 --chain 和 --template。")
        content = _catalogue(asked.city, stored, form)
        name = kind.zh
    else:
        document = _document(kind, asked)
        content, name = document_bytes(document, form, template), document.title
    write_file(out, lambda file: file.write_bytes(content))
    say(f"{name}：已写入 {out}")


def _refuse_unused(kind: ReportKind, asked: ReportQuestion, version: str | None) -> None:
    """Raise where something was asked for that this kind of report does not look at."""
    whole = kind is ReportKind.CATALOGUE
    unused = {
        "--company": asked.company is not None and kind is not ReportKind.PROFILE,
        "--with": asked.other is not None and kind is not ReportKind.COMPARISON,
        "--version": version is not None and not whole,
        "--as-of": asked.as_of is not None and whole,
        "--include-expired": asked.include_expired and whole,
    }
    named = [name for name, is_unused in unused.items() if is_unused]
    if named:
        raise InputError(
            f"{kind.zh}不用 {'、'.join(named)}。", todo="请去掉，或用 --kind 指定另一种报告。"
        )


def write_template(out: Path, profile: bool) -> None:
    """Answer `chainmap template report`: the bundled Word template, to be edited."""
    if out.suffix.lower() != ".docx":
        raise InputError(f"模板是 Word 文件，不能写成 {out.name}。", todo="请以 .docx 结尾。")
    content = bundled_template(profile)
    write_file(out, lambda file: file.write_bytes(content))
    keep = "请保留 {{ }} 和 {% %} 标记"
    say(f"已写入 {out}。可在 Word 或 WPS 中改字体、版式和固定文字；{keep}。")


def kind_of(given: str) -> ReportKind:
    """Return the kind of report meant.

    Raises:
        InputError: There is no such kind.
    """
    for kind in ReportKind:
        if given in (kind.value, kind.zh):
            return kind
    known = "、".join(f"{kind.value}（{kind.zh}）" for kind in ReportKind)
    raise InputError(f"没有报告“{given[:40]}”。", todo=f"可用：{known}。")


def _document(kind: ReportKind, asked: ReportQuestion) -> Document:
    given = typed_asked_day(asked.as_of)
    world = world_on(given)
    city = find_city(world.cities, asked.city)
    day = given or world.edition
    material = Material(
        world,
        city,
        GapOptions(as_of=day, include_expired=asked.include_expired),
        Steps(find_gaps, rank_targets),
        world.library.find_chain(asked.chain) if asked.chain is not None else None,
        _own_map(),
        asked.top,
    )
    other = material.of(find_city(world.cities, asked.other)) if asked.other else None
    return measured_report(kind, material, asked.company or "", other)


def _catalogue(city: str, stored: tuple[str | None, Path | None], form: Form) -> bytes:
    version, workspace = stored
    where = find_city(load_cities(), city)
    catalogue = find_version(where, version, workspace_of(workspace))
    return catalogue_bytes(catalogue, load_fair_competition(), form)


def _own_map() -> CityMap | None:
    settings = load_settings()
    if settings.map_geojson is None:
        return None
    rows = load_cities().select("city_code", "city", "short_name").iter_rows()
    cities = tuple((code, name, short) for code, name, short in rows if code in GRID)
    return read_map(settings.map_geojson, settings.map_approval, cities)
