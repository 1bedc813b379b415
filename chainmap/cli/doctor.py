"""`chainmap doctor`: is this installation sound?"""

from __future__ import annotations

import datetime as dt
import os
import shutil
import socket
import sys
from collections.abc import Callable
from importlib import metadata
from typing import NamedTuple

from chainmap import __version__, resources
from chainmap.errors import ChainmapError
from chainmap.ledger import schema
from chainmap.ledger.engine import DATABASE, Ledger, ledger_url
from chainmap.settings import load_settings
from chainmap.sources.cards import broken_assertions, load_card
from chainmap.sources.workspace_folder import open_to_others

DATASETS = ("cities", "companies", "landings", "policies")
LEAST_FREE_MB = 200
"""As `/readyz` asks for: a province's tables are about that large."""

_LIBRARIES = (
    "polars",
    "pandas",
    "networkx",
    "scikit-learn",
    "lightgbm",
    "fastapi",
    "sqlalchemy",
    "mcp",
    "xlsxwriter",
)


class Check(NamedTuple):
    """One thing looked at."""

    name: str
    ok: bool
    found: str
    todo: str = ""


def checks() -> list[Check]:
    """Return every check, in reading order; none of them changes anything."""
    return [_guarded(name, check) for name, check in _CHECKS.items()]


def _guarded(name: str, check: Callable[[], tuple[bool, str, str]]) -> Check:
    try:
        return Check(name, *check())
    except ChainmapError as error:
        return Check(name, False, error.message, error.todo or "按提示处理后重试。")


def _versions() -> tuple[bool, str, str]:
    found = []
    for library in _LIBRARIES:
        try:
            found.append(f"{library} {metadata.version(library)}")
        except metadata.PackageNotFoundError:
            return False, f"缺少 {library}", "请重新安装 industry-chainmap。"
    python = ".".join(map(str, sys.version_info[:3]))
    return True, f"chainmap {__version__}、Python {python}、{'、'.join(found)}", ""


def _bundle() -> tuple[bool, str, str]:
    changed = resources.tampered()
    if changed:
        return False, f"与发布时不一致：{'、'.join(changed[:5])}", "请重新安装 industry-chainmap。"
    digests = "、".join(f"{f} {resources.content_hash(f)[:12]}" for f in ("taxonomy", "data"))
    own = resources.own_taxonomy()
    where = f"；分类用自有副本 {own}（{resources.OWN_TAXONOMY}）" if own else ""
    return True, f"{resources.root()}（{digests}）{where}", ""


def _data() -> tuple[bool, str, str]:
    broken = [f"{d}: {what}" for d in DATASETS for what in broken_assertions(d)]
    if broken:
        return False, "；".join(broken[:5]), "按 data/README.md 改正数据文件。"
    return True, f"数据卡断言全部成立（{'、'.join(DATASETS)}）", ""


def _taxonomy() -> tuple[bool, str, str]:
    from chainmap.pipeline import load_world

    world = load_world()
    n_chains, n_segments = len(world.library.chains), len(world.library.segments)
    return True, f"{n_chains} 条产业链、{n_segments} 个环节、{world.companies.height} 家企业", ""


def _workspace() -> tuple[bool, str, str]:
    folder = load_settings().workspace
    nearest = next(parent for parent in (folder, *folder.absolute().parents) if parent.exists())
    ok = os.access(nearest, os.W_OK)
    return (
        ok,
        f"{folder.absolute()}（{'可写' if ok else '不可写'}）",
        "换一个可写的 CHAINMAP_WORKSPACE。",
    )


def _disk() -> tuple[bool, str, str]:
    folder = load_settings().workspace
    nearest = next(parent for parent in (folder, *folder.absolute().parents) if parent.exists())
    free_mb = shutil.disk_usage(nearest).free >> 20
    enough = free_mb >= LEAST_FREE_MB
    return enough, f"{nearest.absolute()} 剩余 {free_mb} MB", f"至少腾出 {LEAST_FREE_MB} MB。"


def _clock() -> tuple[bool, str, str]:
    """Keys expire and leases run out by the clock; one that was never set shows in its year."""
    now, edition = dt.datetime.now(dt.UTC), load_card("companies").date
    sound = edition - dt.timedelta(days=1) <= now.date() <= edition + dt.timedelta(days=3650)
    todo = "校准系统时间（如启用 NTP）：密钥期限和任务租约都按它计算。"
    return sound, f"{now.isoformat(timespec='seconds')}（名录日期 {edition}）", todo


def _permissions() -> tuple[bool, str, str]:
    settings = load_settings()
    folder = settings.workspace.absolute()
    wanted = {folder: "700"}
    if settings.database is None:
        wanted[folder / DATABASE] = "600"
    there = [path for path in wanted if path.exists()]
    modes = {path: mode for path in there if (mode := open_to_others(path)) is not None}
    if modes:
        found = "、".join(f"{path} 权限 {mode}" for path, mode in modes.items())
        closing = "；".join(f"chmod {wanted[path]} {path}" for path in modes)
        return False, f"{found}，其他账户可以进入或读取", f"只留给服务账户：{closing}"
    if not there:
        return True, f"{folder} 尚未建立，首次使用时建立，其他账户不能进入", ""
    return True, f"{'、'.join(map(str, there))} 其他账户不能进入或读取", ""


def _database() -> tuple[bool, str, str]:
    settings = load_settings()
    ledger = Ledger(ledger_url(settings.database, settings.workspace))
    try:
        if ledger.file is not None and not ledger.file.is_file():
            return True, f"{ledger.shown} 尚未建立，首次使用时建立", ""
        found, newest = schema.stored_revision(ledger), schema.newest_revision()
    finally:
        ledger.close()
    told = f"{ledger.shown} 结构 {found or '空'}（本版本 {newest}）"
    return found == newest, told, "运行 chainmap database upgrade。"


def _port() -> tuple[bool, str, str]:
    settings = load_settings()
    with socket.socket() as probe:
        probe.settimeout(1)
        taken = probe.connect_ex((settings.host, settings.port)) == 0
    state = "已有服务在监听" if taken else "空闲"
    return True, f"{settings.host}:{settings.port} {state}", ""


_CHECKS = {
    "版本": _versions,
    "随附文件": _bundle,
    "数据": _data,
    "分类与名录": _taxonomy,
    "工作目录": _workspace,
    "磁盘": _disk,
    "时钟": _clock,
    "权限": _permissions,
    "业务数据库": _database,
    "服务端口": _port,
}
