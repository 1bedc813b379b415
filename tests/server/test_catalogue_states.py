"""Which catalogue answers rest on, asked with every request."""

import os
import time

from chainmap.pipeline import load_world
from chainmap.server import catalogue_states
from chainmap.server.catalogue_states import SETTLED_NS, catalogue_state
from chainmap.sources.places import find_city


def test_a_version_counts_once_it_is_there(tmp_path, monkeypatch):
    monkeypatch.setenv("CHAINMAP_WORKSPACE", str(tmp_path))
    state = catalogue_state(find_city(load_world().cities, "绍兴"))
    assert state() == ""
    folder = tmp_path / "catalogues" / "330600"
    folder.mkdir(parents=True)
    assert state() == ""
    for version in ("2026-v1", "2026-v2", "2026-v10"):  # within one step of the clock
        (folder / f"{version}.yml").touch()
        assert state() == version
    (folder / "draft.yml").touch()
    assert state() == "2026-v10"


def test_a_folder_that_is_left_alone_is_not_read_again(tmp_path, monkeypatch):
    monkeypatch.setenv("CHAINMAP_WORKSPACE", str(tmp_path))
    folder = tmp_path / "catalogues" / "330600"
    folder.mkdir(parents=True)
    (folder / "2026-v1.yml").touch()
    long_ago = time.time_ns() - 2 * SETTLED_NS
    os.utime(folder, ns=(long_ago, long_ago))
    state = catalogue_state(find_city(load_world().cities, "绍兴"))
    assert state() == "2026-v1"
    read = []
    monkeypatch.setattr(catalogue_states, "_newest", lambda *_: read.append(1) or "?")
    assert state() == "2026-v1" and not read
    (folder / "2026-v2.yml").touch()
    assert state() == "?" and read
