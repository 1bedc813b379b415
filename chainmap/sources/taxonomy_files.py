"""The taxonomy's files as decisions change them: all that a decision touches, or none."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from chainmap import resources
from chainmap.errors import ResourceError, reason_of

_MARK = ".decided"


def taxonomy_texts() -> dict[str, str]:
    """Return the taxonomy's files that a decision may change, by path inside `taxonomy/`.

    The journal is among them once there is one; line breaks as stored.
    """
    folder = resources.path("taxonomy")
    names = [f.relative_to(folder).as_posix() for f in sorted(folder.rglob("*.yml"))]
    texts = {name: resources.read_text("taxonomy", *name.split("/")) for name in names}
    if (folder / resources.JOURNAL).is_file():
        texts[resources.JOURNAL] = resources.read_text("taxonomy", resources.JOURNAL)
    return texts


def replace_taxonomy(changed: Mapping[str, str], before: Mapping[str, str]) -> None:
    """Write the taxonomy's changed files: all of them, or none.

    Every file goes to a temporary name first; a list of them marks the change as decided, and a
    change cut short after that mark is finished by `finish_replacement`.

    Args:
        changed: New texts by path inside `taxonomy/`.
        before: The texts the change was worked out from.

    Raises:
        ResourceError: The taxonomy is read-only, or a file has changed since it was read.
    """
    folder = resources.writable_taxonomy()
    for name in changed:
        file = folder / name
        found = file.read_bytes().decode("utf-8-sig") if file.is_file() else None
        if found != before.get(name):
            raise ResourceError(
                f"{file} 在读取之后被改动。", todo="没有写入任何内容；请重新运行这条命令。"
            )
    partials = {name: _partial(folder / name) for name in changed}
    mark = folder / _MARK
    try:
        for name, partial in partials.items():
            partial.write_bytes(changed[name].encode("utf-8"))
        unmarked = _partial(mark)
        # Passages before what cites them: a reader in between finds every reference.
        order = sorted(changed, key=lambda name: name != "citations.yml")
        unmarked.write_text("\n".join(order), encoding="utf-8")
        unmarked.replace(mark)
    except OSError as error:
        for partial in (*partials.values(), _partial(mark)):
            partial.unlink(missing_ok=True)
        raise ResourceError(
            f"无法写入 {folder}：{reason_of(error)}。", todo="检查文件夹权限和磁盘空间。"
        ) from error
    finish_replacement()


def finish_replacement() -> bool:
    """Finish a change to the taxonomy that was cut short; returns whether there was one."""
    folder = resources.path("taxonomy")
    mark = folder / _MARK
    if not mark.is_file():
        return False
    for name in mark.read_text(encoding="utf-8").splitlines():
        partial = _partial(folder / name)
        if partial.is_file():
            partial.replace(folder / name)
    mark.unlink()
    return True


def _partial(file: Path) -> Path:
    return file.with_name(f".{file.name}.partial")
