"""Released models as files: text, a manifest that names their hash, a card; checked when read.

`coefficients.json` holds the model, `manifest.json` its SHA-256, where it came from, how it did and
a seal over all that, `CARD.md` what a stranger needs to judge it. The same training gives the same
bytes.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Container, Mapping, Sequence
from typing import Any, NamedTuple

from chainmap import resources
from chainmap.errors import ModelError

COEFFICIENTS, MANIFEST, CARD = "coefficients.json", "manifest.json", "CARD.md"
SEAL = "seal"
"""Field of a manifest: the SHA-256 of its other fields as `as_text` writes them."""


class Release(NamedTuple):
    """A released model as plain values."""

    plain: dict[str, Any]
    manifest: dict[str, Any]


class Named(NamedTuple):
    """What an error calls a model: its folder under `models/`, its Chinese name, its command."""

    folder: str
    zh: str
    command: str


def rounded(value: float, digits: int = 6) -> float:
    """Return a number with so many significant digits: more are noise, and differ by processor."""
    return float(f"{value:.{digits}g}")


def release_files(
    plain: Mapping[str, Any], manifest: Mapping[str, Any], card: str
) -> dict[str, bytes]:
    """Return a model's files by name; the manifest is given the coefficients' hash and a seal."""
    content = as_text(plain)
    whole = {**manifest, "files": {COEFFICIENTS: hashlib.sha256(content).hexdigest()}}
    return {COEFFICIENTS: content, MANIFEST: as_text(sealed(whole)), CARD: card.encode("utf-8")}


def sealed(manifest: Mapping[str, Any]) -> dict[str, Any]:
    """Return a manifest with the seal of its other fields as the last one."""
    plain = {name: value for name, value in manifest.items() if name != SEAL}
    return {**plain, SEAL: hashlib.sha256(as_text(plain)).hexdigest()}


def read_manifest(folder: str, version: str) -> dict[str, Any]:
    """Return the manifest of a bundled release, held to its seal and its folder.

    Args:
        folder: Of the model under `models/`.
        version: Of the release, its folder.

    Raises:
        ModelError: It is no manifest, was changed after the release, or is of another version.
        ResourceError: It is missing.
    """
    place = ("models", folder, version, MANIFEST)
    return unsealed(resources.read_text(*place), "/".join(place), version)


def unsealed(text: str, named: str, version: str) -> dict[str, Any]:
    """Return what a manifest's text holds, held to its seal.

    Args:
        text: The file.
        named: What an error calls the file.
        version: What it must be of.

    Raises:
        ModelError: It is no manifest, was changed after the release, or is of another version.
    """
    todo = "请恢复该文件，或重新安装；数字有变应重新训练，不要手改清单。"
    try:
        found = json.loads(text)
    except json.JSONDecodeError as error:
        raise ModelError(
            f"模型清单 {named} 读不出：第 {error.lineno} 行第 {error.colno} 列起不是 JSON。",
            todo=todo,
        ) from error
    if not isinstance(found, dict) or not isinstance(found.get(SEAL), str):
        raise ModelError(f"{named} 不是模型清单：没有封印（{SEAL}）一项。", todo=todo)
    wanted = sealed(found)[SEAL]
    if found[SEAL] != wanted:
        raise ModelError(
            f"模型清单 {named} 在发布后被改动：各项合起来的 SHA-256 为 {wanted[:12]}…，"
            f"封印记为 {found[SEAL][:12]}…。",
            todo=todo,
        )
    if found.get("version") != version:
        raise ModelError(
            f"模型清单 {named} 写的版本是 {found.get('version')}，应为 {version}。", todo=todo
        )
    return found


def read_release(named: Named, version: str) -> Release:
    """Return a bundled model, held to its manifest.

    Raises:
        ModelError: The file is not the one the manifest names, or the manifest is not as released.
        ResourceError: The model is missing.
    """
    content = resources.read_bytes("models", named.folder, version, COEFFICIENTS)
    return checked(content, read_manifest(named.folder, version), named)


def checked(content: bytes, manifest: dict[str, Any], named: Named) -> Release:
    """Return what a coefficients file holds.

    Raises:
        ModelError: Its SHA-256 is not that of the manifest, or the manifest names none.
    """
    files = manifest.get("files")
    wanted = files.get(COEFFICIENTS) if isinstance(files, dict) else None
    found = hashlib.sha256(content).hexdigest()
    if found != wanted:
        raise ModelError(
            f"{named.zh}的文件与清单不符：SHA-256 为 {found[:12]}…，"
            f"清单{f'记为 {str(wanted)[:12]}…' if wanted else '没有记'}。",
            todo=f"请重新安装，或用 {named.command} 重新训练。",
        )
    return Release(json.loads(content), manifest)


def agree_on_features(
    named: Named, release: Release, used: Sequence[str], known: Container[str]
) -> None:
    """Hold the features a model reads to its manifest and to this package.

    Args:
        named: What an error calls the model.
        release: The model.
        used: Features its coefficients read, in their order.
        known: Features this package can work out.

    Raises:
        ModelError: They differ in number, name or order, or one is not known.
    """
    unknown = [name for name in used if name not in known]
    if list(used) != release.manifest.get("features") or unknown:
        raise ModelError(
            f"{named.zh}的特征与清单或本软件不符"
            f"{'：没有 ' + '、'.join(unknown) if unknown else '：次序或名称不同'}。",
            todo="模型须与软件同版本：请重新安装，或重新训练。",
        )


def as_text(plain: Any) -> bytes:
    """Return plain values as JSON that reads and compares well: UTF-8, one value a line."""
    return (json.dumps(plain, ensure_ascii=False, indent=1) + "\n").encode("utf-8")
