"""What the tables of a folder of target data are: known by their columns, each named."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from chainmap.errors import InputError
from chainmap.sources.firm_columns import Headings, firm_columns, recognised
from chainmap.sources.plain_table import BOOKS

FIRM = frozenset({"firm_id", "name"})
UNIVERSE_FIELDS = ("firm_id", "name", "city", "founded", "staff")
REGISTER_FIELDS = frozenset({"name", "city", "founded", "business"})
TABLES = (".csv", ".tsv", ".parquet", *BOOKS)
NEAR = 4
"""Columns of a universe that a table has which is told what it lacks."""


class Role(StrEnum):
    """What a table of the folder is read as."""

    UNIVERSE = "universe"
    PRESENCE = "presence"
    LEDGER = "ledger"
    REGISTER = "register"
    UNUSED = "unused"

    @property
    def zh(self) -> str:
        """The Chinese word."""
        return _ROLES[self]


_ROLES = {
    Role.UNIVERSE: "企业总体",
    Role.PRESENCE: "外地布局（无日期）",
    Role.LEDGER: "落地台账（有日期）",
    Role.REGISTER: "企业登记",
    Role.UNUSED: "未用",
}


@dataclass(frozen=True)
class FolderFile:
    """A table and what it is read as.

    Attributes:
        path: The file.
        name: Its path inside the folder.
        role: What it is read as.
        unknown: Headings that answer to no field.
        why: Why it is not used; empty where it is.
    """

    path: Path
    name: str
    role: Role
    unknown: tuple[str, ...] = ()
    why: str = ""


@dataclass(frozen=True)
class TargetFolder:
    """The tables of a folder by name."""

    files: tuple[FolderFile, ...]

    def of(self, role: Role) -> list[FolderFile]:
        """Return the tables read as one thing."""
        return [file for file in self.files if file.role is role]


def target_folder(folder: Path) -> TargetFolder:
    """Return what the tables of a folder are, those one level below in Parquet too.

    Sites may stand in several tables, a register in several parts; firms stand in one.

    Raises:
        InputError: There is no table of firms, or more than one, or none of their sites.
    """
    found = TargetFolder(tuple(_file(folder, path) for path in _tables(folder)))
    universes = found.of(Role.UNIVERSE)
    if len(universes) > 1:
        raise InputError(
            f"{folder} 中有 {len(universes)} 张企业总体的表：{_names(universes)}。",
            todo="企业总体只能有一张，请把其余的移走或并成一张。",
        )
    if not universes or not (found.of(Role.PRESENCE) or found.of(Role.LEDGER)):
        lacking = "企业异地布局" if universes else "企业总体（含人数和成立日期）"
        read = "；".join(f"{file.name} 是{file.role.zh}" for file in found.files if not file.why)
        raise InputError(
            f"{folder} 中没有{lacking}的表{f'（{read}）' if read else ''}。",
            todo="需要两张表：企业总体（代码、名称、城市、成立日期、员工数）、"
            "企业异地布局（代码或名称、异地城市，有日期的作台账）；CSV、Excel 或 Parquet。"
            + "".join(f"{file.name}：{file.why}。" for file in found.of(Role.UNUSED)[:3]),
        )
    return found


def unused_lines(folder: TargetFolder) -> list[str]:
    """Return one line a reason for the tables that are not used."""
    by_why: dict[str, list[FolderFile]] = {}
    for file in folder.of(Role.UNUSED):
        by_why.setdefault(file.why, []).append(file)
    return [f"未用：{_names(files)}（{why}）。" for why, files in by_why.items()]


def _tables(folder: Path) -> list[Path]:
    inside = [*folder.glob("*"), *folder.glob("*/*")]
    shown = (p for p in inside if not p.name.startswith((".", "~$")))
    return sorted(p for p in shown if p.suffix.lower() in TABLES and p.is_file())


def _file(folder: Path, path: Path) -> FolderFile:
    name = path.relative_to(folder).as_posix()
    if path.parent != folder and path.suffix.lower() != ".parquet":
        return FolderFile(path, name, Role.UNUSED, why="在子文件夹里，那里只读 Parquet")
    headings = recognised(path)
    role = _role(headings.fields, path)
    why = _why(headings) if role is Role.UNUSED else ""
    return FolderFile(path, name, role, headings.unknown, why)


def _role(fields: frozenset[str], path: Path) -> Role:
    if "other_city" in fields and fields & FIRM:
        return Role.LEDGER if "date" in fields else Role.PRESENCE
    if fields.issuperset(UNIVERSE_FIELDS):
        return Role.UNIVERSE
    if path.suffix.lower() == ".parquet" and fields >= REGISTER_FIELDS:
        return Role.REGISTER
    return Role.UNUSED


def _why(headings: Headings) -> str:
    fields = headings.fields
    if not fields and not headings.unknown:
        return "读不成表格，或没有列名"
    if not fields & FIRM:
        return "没有企业一列"
    lacking = [field for field in UNIVERSE_FIELDS if field not in fields]
    if len(lacking) <= len(UNIVERSE_FIELDS) - NEAR:
        return f"像企业总体，缺列：{'；'.join('、'.join(firm_columns()[f][:3]) for f in lacking)}"
    return "没有外地城市一列，也不是企业总体"


def _names(files: Iterable[FolderFile]) -> str:
    return "、".join(file.name for file in files)
