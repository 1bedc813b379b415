"""The headers the contract promises are those that come, from every operation."""

import io

import pytest

from chainmap.server import reloads
from chainmap.server.contract_headers import HEADERS
from chainmap.server.deprecations import mark_deprecated
from tests.server.contract_paths import LIST, asked_for, things_made
from tests.server.routes import contract
from tests.server.serving import ON_ONE
from tests.server.test_deprecations import GOING

ORIGIN = "https://park.example"
QUESTION = LIST["question"]
BODIES = {
    "rankTargets": QUESTION,
    "allocateTargets": {"cities": ["绍兴", "宁波"], "chain": "集成电路", "top": 2},
    "saveList": LIST,
    "saveSnapshot": LIST,
    "startTargetBatch": LIST | {"cities": ["绍兴"]},
    "buildCatalogue": {"city": "绍兴"},
    "buildPresence": {},
    "createEmbedToken": {"origin": ORIGIN},
    "approveCatalogue": {"by": "投资促进处", "date": "2024-12-02"},
}
NOT_HERE = {"approveCatalogue", "getJobRejects"}
"""What `things_made` has done already, and what needs a list of companies with wrong rows."""
OPERATIONS = [
    (method, path, operation)
    for path, methods in contract()["paths"].items()
    for method, operation in sorted(methods.items(), reverse=True)  # what is deleted comes last
]


def declared(operation, status):
    """Names in small letters → whether they always come, of an answer in the contract."""
    said = operation["responses"][str(status)].get("headers", {})
    components = contract()["components"]["headers"]
    found = {name.lower(): one["$ref"].rpartition("/")[2] for name, one in said.items()}
    return {name: components[key]["required"] for name, key in found.items()}


def hold(operation, answer):
    """Hold an answer to what the contract says of its headers, both ways."""
    at = operation["operationId"], answer.status_code, answer.text[:200]
    said, known = declared(operation, answer.status_code), {name.lower() for name in HEADERS}
    came = set(answer.headers) & known
    assert {name for name, always in said.items() if always} <= came, at
    assert came <= said.keys(), at
    assert all(name in known for name in answer.headers if name.startswith("chainmap-")), at


@pytest.fixture
def asking(served, monkeypatch):
    """A function that puts an example of an operation to a service where there is something."""
    monkeypatch.setattr(reloads, "ask_for_reload", lambda: None)
    key = served.key("admin", origins=(ORIGIN,))
    made = things_made(served, key)

    def ask(method, path, operation, **headers):
        shown, sent = {"X-API-Key": key} | headers, {}
        if operation["operationId"] in BODIES:
            sent["json"] = BODIES[operation["operationId"]]
        elif operation["operationId"].startswith("import"):
            sent["files"] = {"file": ("甲.csv", io.BytesIO("企业名称\n甲公司\n".encode()))}
        asked = asked_for(path, operation, made)
        return served.client.request(method, asked, headers=shown, **sent)

    return ask


@ON_ONE
def test_what_is_promised_comes_and_what_comes_is_promised(asking):
    statuses = set()
    for method, path, operation in OPERATIONS:
        if operation["operationId"] in NOT_HERE:
            continue
        keyed = {"Idempotency-Key": operation["operationId"]} if method == "post" else {}
        answer = asking(method, path, operation, **keyed)
        assert answer.is_success, (path, answer.text)
        hold(operation, answer)
        statuses.add(answer.status_code)
        if "304" in operation["responses"]:
            known = asking(method, path, operation, **{"If-None-Match": answer.headers["etag"]})
            assert known.status_code == 304
            hold(operation, known)
        if "Idempotent-Replayed" in operation["responses"].get("201", {}).get("headers", {}):
            again = asking(method, path, operation, **keyed)
            assert again.headers["idempotent-replayed"] == "true"
            hold(operation, again)
        if "text/csv" in operation["responses"].get("200", {}).get("content", {}):
            hold(operation, asking(method, path, operation, accept="text/csv"))
        if path.startswith("/v1/"):
            refused = asking(method, path, operation, **{"X-API-Key": "cm_wrong"})
            assert refused.status_code == 401
            hold(operation, refused)
    assert statuses == {200, 201, 202, 204}


@ON_ONE
def test_while_there_is_no_key_and_where_too_much_is_asked(serve):
    served = serve(rate_limit="2/minute")
    chains = contract()["paths"]["/v1/chains"]["get"]
    for _ in range(2):
        answer = served.get("/v1/chains")
        assert answer.status_code == 200 and "chainmap-notice" in answer.headers
        hold(chains, answer)
    late = served.get("/v1/chains")
    assert late.status_code == 429 and int(late.headers["retry-after"]) > 0
    hold(chains, late)


@ON_ONE
def test_pages_of_what_is_kept_say_where_the_next_one_is(asking):
    listed = contract()["paths"]["/v1/snapshots"]["get"]
    page = asking("get", "/v1/snapshots?limit=1", listed)
    assert "next" in page.links
    hold(listed, page)


@ON_ONE
def test_the_end_of_an_operation_is_promised_too(served):
    mark_deprecated(served.app, {"listChains": GOING, "getJob": GOING})
    for _ in range(2):  # the contract is made once and kept
        document = served.app.openapi()
    listed = document["paths"]["/v1/chains"]["get"]["responses"]
    job = document["paths"]["/v1/jobs/{job_id}"]["get"]["responses"]
    for answer in [*listed.values(), *job.values()]:
        assert {"Deprecation", "Sunset"} <= answer["headers"].keys()
    assert listed["200"]["headers"]["Link"]["$ref"].endswith("/Link")
    assert job["200"]["headers"]["Link"]["$ref"].endswith("/LinkDeprecation")
    assert "Link" not in listed["304"]["headers"]
    assert "Sunset" not in document["paths"]["/v1/cities"]["get"]["responses"]["200"]["headers"]


def test_every_header_is_explained_once_and_shown_to_pages_elsewhere():
    components = contract()["components"]["headers"]
    for one in components.values():
        assert one["description"] and one["schema"]["type"]
    assert {name.replace("-", "") for name in HEADERS} <= components.keys()
