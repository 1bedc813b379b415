"""The running service against its own contract, with questions nobody thought of."""

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
from chainmap.server.app import build_app
from tests import postgres
from tests.server.serving import Served

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
REAL = {
    "code": ["330600", "绍兴"],
    "chain": ["integrated-circuits", "新材料"],
    "segment": ["ic-photoresist", "光刻胶"],
    "company": ["silan"],
    "snapshot": ["current"],
    "city": ["330200"],
    "accept": ["text/csv", "application/json"],
}
"""Names that exist: without them everything ends at 404."""


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
        served = Served(address, folder, job_workers=0)
        closing.callback(served.service.ledger.close)
        served.everything = served.key("admin", rate="1000000/minute")
        schema = schemathesis.openapi.from_asgi("/openapi.json", served.app)
        schema.served = served
        yield schema


OPERATIONS = sorted(
    f"{method.upper()} {path}"
    for path, methods in build_app().openapi()["paths"].items()
    for method in methods
)


@pytest.mark.parametrize("label", OPERATIONS)
def test_every_operation_keeps_its_contract(contract, label):
    method, path = label.split()
    headers = {"Authorization": f"Bearer {contract.served.everything}"}

    @given(case=contract[path][method].as_strategy(), real=st.integers(0, 2))
    @settings(
        max_examples=10, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
    )
    def ask(case, real):
        for place in (case.path_parameters, case.query):
            for name in REAL.keys() & (place or {}).keys() if real else ():
                place[name] = REAL[name][real % len(REAL[name])]
        case.call_and_validate(headers=headers, checks=CHECKS)

    ask()
