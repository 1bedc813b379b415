import datetime as dt
from email.utils import parsedate_to_datetime

import pytest
from pydantic import ValidationError

from chainmap.concepts.access import Scope
from chainmap.server.deprecations import Deprecated, deprecated_operations, mark_deprecated
from chainmap.server.problems import KINDS
from tests.server.routes import contract
from tests.server.serving import kind

GOING = Deprecated(
    operation="listChains",
    since=dt.date(2027, 1, 31),
    sunset=dt.date(2028, 1, 31),
    instead="listSegments",
)


def test_what_is_to_go_is_announced_in_every_answer_and_in_the_contract(served):
    mark_deprecated(served.app, {"listChains": GOING})
    key = served.key(origins=("https://park.example",))
    answer = served.get("/v1/chains", key, origin="https://park.example")
    moment = dt.datetime(2027, 1, 31, tzinfo=dt.UTC)
    assert answer.headers["deprecation"] == f"@{int(moment.timestamp())}"
    assert parsedate_to_datetime(answer.headers["sunset"]).date() == GOING.sunset
    assert 'rel="deprecation"' in answer.headers["link"]
    assert 'rel="describedby"' in answer.headers["link"]
    shown = answer.headers["access-control-expose-headers"]
    assert "Deprecation" in shown and "Sunset" in shown
    assert "deprecation" not in served.get("/v1/cities", key).headers
    paths = served.app.openapi()["paths"]
    assert paths["/v1/chains"]["get"]["deprecated"] is True
    assert "deprecated" not in paths["/v1/cities"]["get"]


def test_problems_of_what_is_to_go_announce_it_too(served):
    mark_deprecated(served.app, {"getChain": GOING})
    answer = served.get("/v1/chains/nothing")
    assert kind(answer) == "unknown-name" and "sunset" in answer.headers


def test_nobody_is_given_less_than_a_year():
    with pytest.raises(ValidationError, match="365"):
        Deprecated(operation="x", since=dt.date(2027, 1, 31), sunset=dt.date(2028, 1, 30))


def test_the_table_names_operations_that_exist():
    operations = {
        operation["operationId"]
        for methods in contract()["paths"].values()
        for operation in methods.values()
    }
    for one in deprecated_operations().values():
        assert one.operation in operations
        assert one.instead is None or one.instead in operations


def test_every_kind_of_problem_is_explained(served):
    served.key()
    page = served.get("/docs/problems")
    assert page.status_code == 200
    for slug, what in KINDS.items():
        assert f'id="{slug}"' in page.text and what.title in page.text
        assert what.todo in page.text and what.todo_en in page.text
    assert "<script" not in page.text and "style=" not in page.text
    refused = served.get("/v1/chains")
    assert '</docs/problems>; rel="help"' in refused.headers["link"]
    narrow = served.key("admin", scopes=frozenset({Scope.METRICS}))
    assert 'rel="help"' in served.get("/v1/chains", narrow).headers["link"]
