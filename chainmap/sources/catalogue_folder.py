"""Where versions of catalogues lie: `catalogues/<city>/<version>.yml` of a workspace."""

from __future__ import annotations

import os
import uuid
from pathlib import Path

from chainmap import resources
from chainmap.errors import InputError, reason_of
from chainmap.sources.workspace_folder import make_folder

FOLDER = "catalogues"


class CatalogueFolder:
    """The catalogues of one workspace. A version that is written never changes.

    Args:
        workspace: The workspace's folder; it need not exist yet.
    """

    def __init__(self, workspace: Path) -> None:
        self._workspace = workspace
        self.folder = workspace / FOLDER

    def versions(self, city_code: str) -> list[str]:
        """Return the names of a city's stored versions, sorted as text."""
        found = (self.folder / city_code).glob("*.yml")
        return sorted(file.stem for file in found if not file.name.startswith("."))

    def cities(self) -> list[str]:
        """Return the codes of the cities that have a stored version."""
        if not self.folder.is_dir():
            return []
        return sorted(folder.name for folder in self.folder.iterdir() if folder.is_dir())

    def path(self, city_code: str, version: str) -> Path:
        """Return where a version lies or would lie."""
        return self.folder / city_code / f"{version}.yml"

    def read(self, city_code: str, version: str) -> str:
        """Return a stored version's text.

        Raises:
            InputError: There is none of that name, or it is not UTF-8.
        """
        return read_text(self.path(city_code, version))

    def write(self, city_code: str, version: str, text: str) -> Path:
        """Write a version under a temporary name and rename it; returns the file.

        The same version written again is left as it is.

        Raises:
            InputError: Another text stands under that name, or the folder cannot be written.
        """
        file = self.path(city_code, version)
        content = text.encode("utf-8")
        if file.is_file():
            if file.read_bytes() == content:
                return file
            raise InputError(
                f"{file} 已有另一份内容，已存的版本不改写。",
                todo="用 chainmap catalogue edit 由它生成新的草案版本。",
            )
        try:
            make_folder(self._workspace, FOLDER, city_code)
            _put(content, file)
        except FileExistsError:
            return self.write(city_code, version, text)  # somebody was faster: compared above
        except OSError as error:
            raise InputError(
                f"无法写入 {file}：{reason_of(error)}。", todo="检查权限和磁盘空间。"
            ) from error
        return file


def _put(content: bytes, file: Path) -> None:
    """Write a new file: whole or not at all, and never in place of another.

    Raises:
        FileExistsError: There is one already.
        OSError: It cannot be written.
    """
    partial = file.with_name(f".{file.name}.{uuid.uuid4().hex}.partial")
    try:
        with partial.open("xb") as written:
            written.write(content)
            written.flush()
            os.fsync(written.fileno())
        try:
            os.link(partial, file)  # unlike a rename, it refuses where a file is
        except FileExistsError:
            raise
        except OSError:  # a file system without links: the last moment to look
            if file.exists():
                raise FileExistsError from None
            partial.replace(file)
    finally:
        partial.unlink(missing_ok=True)


def read_text(file: Path) -> str:
    """Return a user's UTF-8 file.

    Raises:
        InputError: It is missing, cannot be read, or is not UTF-8.
    """
    try:
        return file.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise InputError(f"无法读取 {file}：{reason_of(error)}。", todo="检查路径。") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{file} 不是 UTF-8 编码。", todo="请另存为 UTF-8。") from error


def bundled_cities() -> list[str]:
    """Return the codes of the cities with a bundled draft."""
    return sorted(file.stem for file in resources.path("taxonomy", "catalogue").glob("*.yml"))


def read_bundled(city_code: str) -> str:
    """Return a bundled draft's text.

    Raises:
        ResourceError: There is none, or it was changed after the release.
    """
    return resources.read_text("taxonomy", "catalogue", f"{city_code}.yml")
