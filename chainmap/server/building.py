"""The jobs that work something out and keep it in the workspace: catalogues, presence."""

from __future__ import annotations

import threading

from chainmap.catalogue.store import save
from chainmap.chains.library import load_library
from chainmap.concepts.service_records import CatalogueBuild, PresenceBuild
from chainmap.gaps.presence_partitions import Counting
from chainmap.gaps.presence_store import coverage, workspace_presence
from chainmap.ledger import jobs
from chainmap.ledger.audit import Deed
from chainmap.ledger.jobs import Job, Json
from chainmap.pipeline import draft_catalogue, load_world
from chainmap.server.service import Recorder, Service
from chainmap.sources.catalogue_folder import CatalogueFolder
from chainmap.sources.places import find_city
from chainmap.sources.workspace import Workspace

BUILD_CATALOGUE = "build-catalogue"
BUILD_PRESENCE = "build-presence"


def build_catalogue(service: Service, job: Job, _stopping: threading.Event) -> None:
    """Draft a city's catalogue and keep it as the newest version of the workspace."""
    asked = CatalogueBuild.model_validate(job.question)
    world = load_world()
    city = find_city(world.cities, asked.city)
    catalogue = draft_catalogue(world, city, asked.year, asked.per_chain)
    result: Json = {
        "city_code": city.code, "year": catalogue.year, "version": catalogue.version_name,
        "items": len(catalogue.items),
    }  # fmt: skip
    with service.record() as write:  # what cannot be audited is not stored
        _finish(write, job, result)
        save(catalogue, CatalogueFolder(service.settings.workspace))


def build_presence(service: Service, job: Job, _stopping: threading.Event) -> None:
    """Place the workspace's companies and keep how many there are by city and segment."""
    asked = PresenceBuild.model_validate(job.question)
    workspace, counting = Workspace(service.settings.workspace), Counting(asked.as_of)
    counts = workspace_presence(workspace, load_library(), counting=counting)
    with service.record() as write:
        _finish(write, job, {"cells": counts.height, **coverage(workspace, counting)})


def _finish(write: Recorder, job: Job, result: Json) -> None:
    jobs.finish(write.tx, job, write.now, result)
    write(Deed(f"job:{job.id}", job.kind, str(result.get("version", "")), detail=result))
