"""Where the bundled folders live: the only module that knows.

In a checkout they are `taxonomy/ models/ data/ api/` beside the package, so an
expert's edit counts at once; in an installed wheel they are in
`chainmap/_bundled/`, and every read is held to the hash the wheel recorded. An
expert's own copy of `taxonomy/`, named by `CHAINMAP_TAXONOMY`, takes the place of
either and is meant to be edited.
"""

from __future__ import annotations

import base64
import hashlib
import os
from functools import cache
from importlib import metadata
from pathlib import Path

from chainmap.errors import ResourceError

_PACKAGE = Path(__file__).resolve().parent
_FOLDERS = ("taxonomy", "models", "data", "api")
OWN_TAXONOMY = "CHAINMAP_TAXONOMY"
JOURNAL = "decisions.jsonl"


@cache
def root() -> Path:
    """Return the folder that holds `taxonomy/ models/ data/ api/`.

    Raises:
        ResourceError: Neither a checkout nor an installed bundle is there.
    """
    checkout = _PACKAGE.parent
    if (checkout / "pyproject.toml").is_file() and (checkout / "taxonomy").is_dir():
        return checkout
    bundled = _PACKAGE / "_bundled"
    if bundled.is_dir():
        return bundled
    raise ResourceError(f"安装不完整：{bundled} 不存在。", todo="请重新安装 industry-chainmap。")


def path(*parts: str) -> Path:
    """Return the path of a bundled file or folder that exists.

    Raises:
        ResourceError: It is missing.
    """
    found = _locate(parts)
    if not found.exists():
        if _is_own(parts):
            raise ResourceError(
                f"缺少文件 {found}。", todo="请恢复该文件，或用 chainmap taxonomy export 重新导出。"
            )
        raise ResourceError(
            f"缺少随附文件 {'/'.join(parts)}（应为 {found}）。",
            todo="请恢复该文件，或重新安装 industry-chainmap。",
        )
    return found


def own_taxonomy() -> Path | None:
    """Return the expert's own copy of `taxonomy/` that `CHAINMAP_TAXONOMY` names, or None.

    Raises:
        ResourceError: The variable names a folder that is no taxonomy.
    """
    named = os.environ.get(OWN_TAXONOMY, "").strip()
    if not named:
        return None
    folder = Path(named).expanduser()
    if not (folder / "domains.yml").is_file():
        raise ResourceError(
            f"环境变量 {OWN_TAXONOMY} 所指的 {folder} 中没有 domains.yml。",
            todo=f"先运行 chainmap taxonomy export 目录，再把 {OWN_TAXONOMY} 设为该目录。",
        )
    return folder


def writable_taxonomy() -> Path:
    """Return the folder whose taxonomy files may be edited: the own copy, or the checkout's.

    Raises:
        ResourceError: The taxonomy in use is the read-only one of an installed wheel.
    """
    own = own_taxonomy()
    if own is None and root() == _PACKAGE / "_bundled":
        raise ResourceError(
            "安装包自带的 taxonomy/ 只读，不能采纳或回退。",
            todo=f"先运行 chainmap taxonomy export 目录，再把环境变量 {OWN_TAXONOMY} 设为该目录。",
        )
    return own or root() / "taxonomy"


def shown(*parts: str) -> str:
    """Return a bundled file's name as a reader would open it."""
    if parts[:1] == ("taxonomy",) and own_taxonomy() is not None:
        return str(_locate(parts))
    return "/".join(parts)


def read_bytes(*parts: str) -> bytes:
    """Return a bundled file's bytes, checked against the release where one is installed.

    Raises:
        ResourceError: The file is missing, not part of the release, or its hash is not the
            released one.
    """
    content = path(*parts).read_bytes()
    recorded = {} if _is_own(parts) else _recorded_hashes()
    if recorded and recorded.get("/".join(parts)) != _record_hash(content):
        raise ResourceError(
            f"随附文件 {'/'.join(parts)} 与发布时不一致，可能被改动或损坏。",
            todo="请重新安装 industry-chainmap；要自行修改分类，先运行 chainmap taxonomy export。",
        )
    return content


def read_text(*parts: str) -> str:
    """Return a bundled UTF-8 text file; line ends as stored.

    Raises:
        ResourceError: The file is missing, changed, or not UTF-8.
    """
    try:
        return read_bytes(*parts).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        named = shown(*parts) if _is_own(parts) else f"随附文件 {'/'.join(parts)}"
        raise ResourceError(
            f"{named} 不是 UTF-8 编码（第 {error.start} 字节）。",
            todo="请另存为 UTF-8。",
        ) from error


def tampered() -> list[str]:
    """Return the bundled files that are not as released: changed, missing or added, sorted.

    Empty in a checkout, where files are meant to be edited. Hidden files are not looked at, nor
    what pip compiles of the bundled client, which is never run from there.

    Raises:
        ResourceError: The installed bundle has no record of what was released.
    """
    recorded = _recorded_hashes()
    if not recorded:
        return []
    there = {
        file.relative_to(root()).as_posix(): file
        for folder in _FOLDERS
        for file in (root() / folder).rglob("*")
        if file.is_file() and not file.name.startswith(".") and file.parent.name != "__pycache__"
    }
    for name in recorded:
        there.setdefault(name, root() / name)
    return sorted(
        name
        for name, file in there.items()
        if not file.is_file() or _record_hash(file.read_bytes()) != recorded.get(name)
    )


def content_hash(*parts: str, without: str | None = None) -> str:
    """Return the SHA-256 over a bundled folder's files: names and bytes, in name order.

    The journal of decisions and unfinished files are left out: a rejected proposal changes
    nothing a list rests on.

    Args:
        parts: The folder.
        without: A folder in it that does not count.

    Raises:
        ResourceError: The folder is missing.
    """
    digest = hashlib.sha256()
    folder = path(*parts)
    for file in sorted(p for p in folder.rglob("*") if p.is_file()):
        if file.name == JOURNAL or file.name.startswith("."):
            continue
        if file.relative_to(folder).parts[0] == without:
            continue
        digest.update(file.relative_to(folder).as_posix().encode())
        digest.update(b"\0")
        digest.update(file.read_bytes())
        digest.update(b"\0")
    return digest.hexdigest()


def taxonomy_hash() -> str:
    """Return the hash of what experts keep in `taxonomy/`, which models are trained on.

    The drafts of catalogues there are made from the models and do not count.
    """
    return content_hash("taxonomy", without="catalogue")


def _is_own(parts: tuple[str, ...]) -> bool:
    return parts[:1] == ("taxonomy",) and own_taxonomy() is not None


def _locate(parts: tuple[str, ...]) -> Path:
    own = own_taxonomy() if parts[:1] == ("taxonomy",) else None
    return own.joinpath(*parts[1:]) if own is not None else root().joinpath(*parts)


def _record_hash(content: bytes) -> str:
    """Return the hash in the form a wheel's RECORD uses (PEP 376, PEP 427)."""
    return base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()


@cache
def _recorded_hashes() -> dict[str, str]:
    """Return bundled name → recorded hash; empty in a checkout.

    Raises:
        ResourceError: An installed bundle has no RECORD beside it.
    """
    if root() != _PACKAGE / "_bundled":
        return {}
    beside = metadata.distributions(name="industry-chainmap", path=[str(_PACKAGE.parent)])
    files = [file for found in beside for file in found.files or []]
    prefix = "chainmap/_bundled/"
    recorded = {
        file.as_posix().removeprefix(prefix): file.hash.value
        for file in files
        if file.hash is not None and file.as_posix().startswith(prefix)
    }
    if not recorded:
        raise ResourceError(
            "安装记录（RECORD）缺失，无法核对随附文件是否与发布时一致。",
            todo="请重新安装 industry-chainmap。",
        )
    return recorded
