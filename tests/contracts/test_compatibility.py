"""Today's contract against the last one released: nobody's client breaks without a new major."""

import json
import re

import pytest

import chainmap
from chainmap import resources
from chainmap.server.compatibility import breaking_changes


def released():
    """The released contracts by version, oldest first."""
    folder = resources.root() / "api" / "released"
    found = {
        tuple(int(n) for n in match[1].split(".")): file
        for file in folder.glob("openapi-*.json")
        if (match := re.fullmatch(r"openapi-(\d+\.\d+\.\d+)\.json", file.name))
    }
    return dict(sorted(found.items()))


def test_nothing_of_the_last_release_breaks():
    contracts = released()
    if not contracts:
        pytest.skip("nothing is released yet: the first release puts its contract in api/released")
    version, file = list(contracts.items())[-1]
    today = json.loads(resources.read_text("api", "openapi.json"))
    broken = breaking_changes(json.loads(file.read_text("utf-8")), today)
    major = int(chainmap.__version__.split(".")[0])
    # Before 1.0 the minor version is what tells of a break.
    same = version[0] == major and (
        major > 0 or version[1] == int(chainmap.__version__.split(".")[1])
    )
    assert not same or broken == [], f"breaks clients of {file.name}"


def test_todays_contract_is_compatible_with_itself():
    today = json.loads(resources.read_text("api", "openapi.json"))
    assert breaking_changes(today, today) == []
