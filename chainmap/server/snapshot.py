"""The snapshot behind every answer: code, taxonomy, data and models, by their hashes."""

from __future__ import annotations

from functools import cache

from chainmap import __version__, resources
from chainmap.concepts.service_records import SnapshotRecord
from chainmap.pipeline import load_world
from chainmap.reports.records import COVERAGE
from chainmap.reports.snapshot_making import data_sha256
from chainmap.reports.snapshot_store import rests_on


@cache
def current_snapshot() -> SnapshotRecord:
    """Return what this process answers from; the id changes when any part does."""
    hashes = {name: resources.content_hash(name) for name in ("taxonomy", "models")}
    hashes["data"] = data_sha256()
    return SnapshotRecord(
        id=rests_on({"code": __version__, **hashes}),
        code_version=__version__,
        taxonomy_sha256=hashes["taxonomy"],
        data_sha256=hashes["data"],
        models_sha256=hashes["models"],
        edition=load_world().edition,
        coverage=COVERAGE,
        may_act=False,
    )
