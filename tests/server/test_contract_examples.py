"""The examples of the contract: whoever tries one gets an answer."""

import json
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient

from chainmap import resources
from chainmap.server.app import create_app

CONTRACT = json.loads(resources.read_bytes("api", "openapi.json"))


def examples_of(parameter):
    return parameter["schema"].get("examples", []) + parameter.get("examples", [])


def asked():
    """Yield what the examples of the operations that only read ask for, one parameter each."""
    for path, operations in CONTRACT["paths"].items():
        known = operations.get("get", {}).get("parameters", [])
        filled = path
        for one in known:
            if one["in"] == "path" and examples_of(one):
                filled = filled.replace(f"{{{one['name']}}}", quote(str(examples_of(one)[0])))
        if "{" in filled:
            continue  # an id that is made while the service runs
        if filled != path:
            yield filled
        for one in known:
            if one["in"] == "query":
                yield from (f"{filled}?{one['name']}={quote(str(e))}" for e in examples_of(one))


@pytest.fixture(scope="module")
def client():
    return TestClient(create_app())


def test_names_of_every_sort_are_tried():
    tried = list(asked())
    for part in ("/cities/330600/", "/segments/", "/panorama", "/why", "?chain="):
        assert any(part in path for path in tried)


@pytest.mark.parametrize("path", list(asked()))
def test_an_example_is_answered(client, path):
    assert client.get(path).status_code == 200, path
