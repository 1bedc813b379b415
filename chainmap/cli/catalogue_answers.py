"""What the `chainmap catalogue` commands answer about versions; none of them measures anything."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from chainmap.catalogue.difference import WHAT_ZH, compare
from chainmap.catalogue.edit import apply_sheets
from chainmap.catalogue.store import (
    as_approved,
    find_version,
    is_version,
    list_versions,
    sanction_of,
)
from chainmap.catalogue.yaml_file import catalogue_yaml, read_catalogue
from chainmap.chains.library import load_library
from chainmap.cli.catalogue_deeds import save_recorded, workspace_of
from chainmap.cli.output import Format, emit, say, write_file
from chainmap.concepts.catalogue import Catalogue, as_draft
from chainmap.errors import InputError
from chainmap.ledger.audit import Detail
from chainmap.reports.catalogue_document import write_catalogue_document
from chainmap.reports.catalogue_rows import item_rows, screen_rows
from chainmap.reports.catalogue_workbook import write_catalogue
from chainmap.reports.rows import Rows
from chainmap.sources.admission_rules import load_fair_competition
from chainmap.sources.catalogue_excel import read_catalogue_sheets
from chainmap.sources.catalogue_folder import CatalogueFolder, bundled_cities, read_text
from chainmap.sources.places import find_city, load_cities


def show_versions(city: str | None, workspace: Path | None, fmt: Format, out: Path | None) -> None:
    """Answer `chainmap catalogue list`: every version of a city, or of all that have one."""
    folder, cities = workspace_of(workspace), load_cities()
    if city is not None:
        found = [find_city(cities, city)]
    else:
        codes = sorted({*bundled_cities(), *CatalogueFolder(folder).cities()})
        found = [find_city(cities, code) for code in codes]
    rows: Rows = []
    for where in found:
        for listed in list_versions(where, folder):
            catalogue = listed.catalogue
            rows.append(
                {
                    "城市": where.name,
                    "版本": catalogue.version_name,
                    "状态": "已审定" if catalogue.sanction else "草案",
                    "在用": "是" if listed.in_use else "",
                    "条目": len(catalogue.items),
                    "来自": "随附" if listed.bundled else "工作区",
                    "上一版本": catalogue.based_on or "",
                    "审定": catalogue.sanction.by if catalogue.sanction else "",
                    "日期": catalogue.sanction.date.isoformat() if catalogue.sanction else "",
                }
            )
    emit(fmt, out, record=rows, rows=rows, title="招商目录的版本")


def show_catalogue(
    city: str, version: str | None, workspace: Path | None, fmt: Format, out: Path | None
) -> None:
    """Answer `chainmap catalogue show`: the version asked for, or the one in use."""
    catalogue = _find(city, version, workspace)
    rule = load_fair_competition()
    full = item_rows(catalogue, rule)
    emit(
        fmt,
        out,
        record=catalogue,
        rows=screen_rows(catalogue) if fmt is Format.TABLE else full,
        title=f"{catalogue.city}招商目录：{catalogue.label}",
        workbook=lambda file: write_catalogue(catalogue, rule, file),
    )
    if fmt is Format.TABLE:
        say("准入条件、政策依据和理由见 chainmap catalogue export。")


def export_catalogue(city: str, version: str | None, workspace: Path | None, out: Path) -> None:
    """Answer `chainmap catalogue export`: Excel, Word, JSON or YAML by the file's ending.

    Raises:
        InputError: The ending is none of these.
    """
    catalogue, rule = _find(city, version, workspace), load_fair_competition()
    suffix = out.suffix.lower()
    if suffix == ".xlsx":
        write_file(out, lambda file: write_catalogue(catalogue, rule, file))
    elif suffix == ".docx":
        write_file(out, lambda file: write_catalogue_document(catalogue, rule, file))
    elif suffix in (".yml", ".yaml", ".json"):
        text = catalogue.model_dump_json(indent=2) + "\n"
        if suffix != ".json":
            text = catalogue_yaml(catalogue)
        write_file(out, lambda file: file.write_bytes(text.encode("utf-8")))
    else:
        raise InputError(
            f"不认识输出格式 {out.name}。", todo="请以 .xlsx、.docx、.json 或 .yml 结尾。"
        )
    say_made("导出", catalogue, out)


def edit_catalogue(city: str, file: Path, workspace: Path | None, drop_missing: bool) -> None:
    """Answer `chainmap catalogue edit`: an edited Excel or YAML file becomes a new draft.

    Raises:
        InputError: The file is of another city, or something in it cannot be taken.
    """
    where, folder = find_city(load_cities(), city), workspace_of(workspace)
    if file.suffix.lower() == ".xlsx":
        sheets = read_catalogue_sheets(file)
        if not sheets.version.startswith(f"{where.code}-"):
            raise InputError(f"{file.name} 是 {sheets.version} 的导出件，不是{where.name}的。")
        base = find_version(where, sheets.version, folder)
        draft = apply_sheets(base, sheets, load_library(), drop_missing=drop_missing)
    else:
        given = read_catalogue(read_text(file), file.name)
        if given.city_code != where.code:
            raise InputError(f"{file.name} 是{given.city}的目录，不是{where.name}的。")
        base = find_version(where, given.version, folder)
        gone = sorted({i.id for i in base.items} - {i.id for i in given.items})
        if gone and not drop_missing:
            raise InputError(
                f"{file.name} 少了 {len(gone)} 个条目：{'、'.join(gone[:12])}。",
                todo="确要删除时加 --drop-missing；没有写入任何内容。",
            )
        draft = as_draft(given, base.version_name)
    if draft.content_sha256 == base.content_sha256:
        say(f"没有改动：内容与 {base.version_name} 相同。")
        return
    counts = compare(base, draft).counts
    changed = {what: counts[f"items_{what}"] for what in WHAT_ZH}
    detail: Detail = {"based_on": base.version_name, **changed}
    saved = save_recorded(draft, workspace, "catalogue.edit", detail)
    shown = "、".join(f"{zh} {counts[f'items_{what}']}" for what, zh in WHAT_ZH.items())
    say_made(f"采用改动（条目{shown}）", draft, saved)
    marked = sum(bool(item.incentive.strip()) for item in draft.items)
    if marked:
        say(f"{marked} 个条目填有激励内容，已标记“{load_fair_competition().mark}”。")


def approve_catalogue(
    city: str, version: str, approval: tuple[str, str, str], workspace: Path | None
) -> None:
    """Answer `chainmap catalogue approve`; `approval` is office, day and reason as typed."""
    where, folder = find_city(load_cities(), city), workspace_of(workspace)
    draft = find_version(where, version, folder)
    sanction = sanction_of(*approval, dt.datetime.now(dt.UTC))
    approved = as_approved(draft, sanction, CatalogueFolder(folder))
    about: Detail = {"by": sanction.by, "draft": draft.version_name}
    save_recorded(approved, workspace, "catalogue.approve", about)
    say(f"已审定 {approved.version_name}：{approved.label}，{len(approved.items)} 个条目。")


def show_difference(
    before: str, after: str, workspace: Path | None, fmt: Format, out: Path | None
) -> None:
    """Answer `chainmap catalogue diff`: two versions by name, or YAML files."""
    record = compare(_named(before, workspace), _named(after, workspace))
    rows: Rows = [
        {"变化": WHAT_ZH[c.what], "条目": c.entry, "名称": c.name, "字段": c.field,
         "之前": c.before, "之后": c.after}
        for c in record.changes
    ]  # fmt: skip
    title = f"招商目录比较：{record.before} → {record.after}"
    emit(fmt, out, record=record, rows=rows, title=title)
    if fmt is Format.TABLE:
        counts = record.counts
        shown = "、".join(f"{zh} {counts[f'items_{what}']}" for what, zh in WHAT_ZH.items())
        say(f"条目{shown}。")


def _named(given: str, workspace: Path | None) -> Catalogue:
    if is_version(given) and len(given.split("-")[0]) == 6:
        return _find(given.split("-")[0], given, workspace)
    if Path(given).suffix.lower() in (".yml", ".yaml"):
        return read_catalogue(read_text(Path(given)), Path(given).name)
    raise InputError(
        f"“{given}”不是版本名，也不是 YAML 文件。",
        todo="版本名如 330600-2026-v1，见 chainmap catalogue list。",
    )


def _find(city: str, version: str | None, workspace: Path | None) -> Catalogue:
    return find_version(find_city(load_cities(), city), version, workspace_of(workspace))


def say_made(what: str, catalogue: Catalogue, file: Path) -> None:
    """Say which version came to be, and where it lies."""
    say(f"{what}：{catalogue.label}，{len(catalogue.items)} 个条目，已写入 {file}")
