"""Where the bundled folders live: the only module that knows.

In a checkout they are `taxonomy/ models/ data/ api/` beside the package, so an
expert's edit counts at once; in an installed wheel they are in
`chainmap/_bundled/`, and every read is held to the hash the wheel recorded.
"""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib import metadata
from pathlib import Path

from chainmap.errors import ResourceError

_PACKAGE = Path(__file__).resolve().parent
_FOLDERS = ("taxonomy", "models", "data", "api")


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
    found = root().joinpath(*parts)
    if not found.exists():
        raise ResourceError(
            f"缺少随附文件 {'/'.join(parts)}（应在 {root()} 下）。",
            todo="请恢复该文件，或重新安装 industry-chainmap。",
        )
    return found


def read_bytes(*parts: str) -> bytes:
    """Return a bundled file's bytes, checked against the release where one is installed.

    Raises:
        ResourceError: The file is missing, or its hash is not the released one.
    """
    content = path(*parts).read_bytes()
    expected = _recorded_hashes().get("/".join(parts))
    if expected is not None and _record_hash(content) != expected:
        raise ResourceError(
            f"随附文件 {'/'.join(parts)} 与发布时不一致，可能被改动或损坏。",
            todo="请重新安装 industry-chainmap；如需自行修改分类，请在源码目录中进行。",
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
        raise ResourceError(
            f"随附文件 {'/'.join(parts)} 不是 UTF-8 编码（第 {error.start} 字节）。",
            todo="请另存为 UTF-8。",
        ) from error


def tampered() -> list[str]:
    """Return the bundled files whose bytes differ from the installed release, sorted.

    Empty in a checkout, where files are meant to be edited.
    """
    changed = []
    for name in sorted(_recorded_hashes()):
        file = root() / name
        if not file.is_file() or _record_hash(file.read_bytes()) != _recorded_hashes()[name]:
            changed.append(name)
    return changed


def content_hash(*parts: str) -> str:
    """Return the SHA-256 over a bundled folder's files: names and bytes, in name order.

    Raises:
        ResourceError: The folder is missing.
    """
    digest = hashlib.sha256()
    folder = path(*parts)
    for file in sorted(p for p in folder.rglob("*") if p.is_file()):
        digest.update(file.relative_to(folder).as_posix().encode())
        digest.update(b"\0")
        digest.update(file.read_bytes())
        digest.update(b"\0")
    return digest.hexdigest()


def _record_hash(content: bytes) -> str:
    """Return the hash in the form a wheel's RECORD uses (PEP 376, PEP 427)."""
    return base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()


@cache
def _recorded_hashes() -> dict[str, str]:
    """Return bundled name → recorded hash; empty in a checkout."""
    if root() != _PACKAGE / "_bundled":
        return {}
    try:
        files = metadata.files("industry-chainmap") or []
    except metadata.PackageNotFoundError:
        return {}
    prefix = "chainmap/_bundled/"
    return {
        file.as_posix().removeprefix(prefix): file.hash.value
        for file in files
        if file.hash is not None and file.as_posix().startswith(prefix)
    }
