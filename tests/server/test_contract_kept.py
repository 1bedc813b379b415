"""The running service against its own contract, with questions nobody thought of."""

import os
import tempfile
from contextlib import ExitStack
from pathlib import Path

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from chainmap.ledger.engine import ledger_url
from tests import postgres
from tests.server.contract_paths import things_made
from tests.server.routes import contract as document
from tests.server.serving import Served

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
EXAMPLES = int(os.environ.get("CHAINMAP_TEST_EXAMPLES", "6"))
"""Cases of an operation on each database."""

REAL = {
    "code": ["330600", "绍兴"],
    "chain": ["integrated-circuits", "新材料"],
    "segment": ["ic-photoresist-duv", "紫外光刻胶"],
    "company": ["silan", "600460.SH"],
    "city": ["330200", "宁波"],
    "cities": [["330200", "嘉兴"]],
    "accept": ["text/csv", "application/json"],
    "limit": [1, 3],
    "version": ["2026-v1"],
    "peers": ["size", "330100,330200"],
    "sort": ["-rank", "name"],
    "fields": ["rank,company", "id,name"],
    "in_use": ["2026-v1"],
    "weights": [{"affinity": 0.5}],
}
"""Names that exist: without them everything ends at 404. Ids of things made here come on top."""


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def contract(request):
    """The schema of an application over each database, with a key that may do everything."""
    with ExitStack() as closing:
        folder = Path(closing.enter_context(tempfile.TemporaryDirectory()))
        address = ledger_url(None, folder)
        if request.param == "postgresql":
            server = closing.enter_context(postgres.server())
            address = ledger_url(
                closing.enter_context(postgres.database(server, "contract")), folder
            )
        served = Served(address, folder, job_workers=0, request_timeout_s=3600)
        closing.callback(served.service.ledger.close)
        served.everything = served.key("admin", rate="1000000/minute")
        served.real = REAL | things_made(served, served.everything)
        schema = schemathesis.openapi.from_asgi("/openapi.json", served.app)
        schema.served = served
        yield schema


OPERATIONS = sorted(
    f"{method.upper()} {path}"
    for path, methods in document()["paths"].items()
    for method in methods
)


@pytest.mark.parametrize("label", OPERATIONS)
def test_every_operation_keeps_its_contract(contract, label):
    method, path = label.split()
    headers = {"Authorization": f"Bearer {contract.served.everything}"}

    @given(case=contract[path][method].as_strategy(), real=st.integers(0, 2))
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize=EXAMPLES <= 10,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    def ask(case, real):
        known = contract.served.real
        for place in (case.path_parameters, case.query, case.body):
            place = place if real and hasattr(place, "keys") else {}
            for name in known.keys() & place.keys():
                place[name] = known[name][real % len(known[name])]
            if isinstance(place.get("question"), dict):
                place["question"] |= {"city": "绍兴", "chain": None, "segment": None}
        case.call_and_validate(headers=headers, checks=CHECKS, timeout=600)

    ask()
