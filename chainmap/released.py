"""Released models as files: text, a manifest that names their hash, a card; checked when read.

`coefficients.json` holds the model, `manifest.json` its SHA-256 and where it came from, `CARD.md`
what a stranger needs to judge it. The same training gives the same bytes.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Container, Mapping, Sequence
from typing import Any, NamedTuple

from chainmap import resources
from chainmap.errors import ModelError

COEFFICIENTS, MANIFEST, CARD = "coefficients.json", "manifest.json", "CARD.md"


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
    """Return a model's files by name; the manifest is given the hash of the coefficients."""
    content = as_text(plain)
    sealed = {**manifest, "files": {COEFFICIENTS: hashlib.sha256(content).hexdigest()}}
    return {COEFFICIENTS: content, MANIFEST: as_text(sealed), CARD: card.encode("utf-8")}


def read_release(named: Named, version: str) -> Release:
    """Return a bundled model, held to its manifest.

    Raises:
        ModelError: The file is not the one the manifest names.
        ResourceError: The model is missing.
    """
    folder = ("models", named.folder, version)
    content = resources.read_bytes(*folder, COEFFICIENTS)
    return checked(content, json.loads(resources.read_text(*folder, MANIFEST)), named)


def checked(content: bytes, manifest: dict[str, Any], named: Named) -> Release:
    """Return what a coefficients file holds.

    Raises:
        ModelError: Its SHA-256 is not that of the manifest.
    """
    found, wanted = hashlib.sha256(content).hexdigest(), manifest["files"][COEFFICIENTS]
    if found != wanted:
        raise ModelError(
            f"{named.zh}的文件与清单不符：SHA-256 为 {found[:12]}…，清单记为 {wanted[:12]}…。",
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
    if list(used) != release.manifest["features"] or unknown:
        raise ModelError(
            f"{named.zh}的特征与清单或本软件不符"
            f"{'：没有 ' + '、'.join(unknown) if unknown else '：次序或名称不同'}。",
            todo="模型须与软件同版本：请重新安装，或重新训练。",
        )


def as_text(plain: Any) -> bytes:
    """Return plain values as JSON that reads and compares well: UTF-8, one value a line."""
    return (json.dumps(plain, ensure_ascii=False, indent=1) + "\n").encode("utf-8")
