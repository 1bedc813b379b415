import os
import stat

import pytest

from chainmap.sources.catalogue_folder import CatalogueFolder
from chainmap.sources.serving import nobody_serving, serving
from chainmap.sources.snapshot_files import SnapshotFolder
from chainmap.sources.workspace import Workspace
from chainmap.sources.workspace_folder import make_folder, open_to_others

pytestmark = pytest.mark.skipif(os.name != "posix", reason="modes are of POSIX systems")


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


def serve(folder):
    with serving(folder):
        pass


def restore(folder):
    with nobody_serving(folder):
        pass


MAKERS = {
    "import": lambda folder: Workspace(folder).staging(),
    "snapshot": lambda folder: SnapshotFolder(folder).write("a" * 64, b"archive"),
    "catalogue": lambda folder: CatalogueFolder(folder).write("330600", "2026-v1", "items: []\n"),
    "service": serve,
    "restore": restore,
    "folder within": lambda folder: make_folder(folder, "uploads", "1"),
}


@pytest.mark.parametrize("made", MAKERS)
def test_whoever_makes_a_workspace_closes_it_to_others(tmp_path, made):
    folder = tmp_path / "office" / "workspace"
    MAKERS[made](folder)
    assert mode(folder) == 0o700
    assert mode(folder.parent) == mode(make_plain(tmp_path / "plain"))


def make_plain(folder):
    folder.mkdir()
    return folder


@pytest.mark.parametrize("made", MAKERS)
def test_a_workspace_that_is_there_stays_as_open_as_it_is(tmp_path, made):
    folder = make_plain(tmp_path / "workspace")
    folder.chmod(0o750)
    MAKERS[made](folder)
    assert mode(folder) == 0o750


def test_who_may_look_in_is_told_as_chmod_takes_it(tmp_path):
    tmp_path.chmod(0o700)
    assert open_to_others(tmp_path) is None
    tmp_path.chmod(0o755)
    assert open_to_others(tmp_path) == "755"
